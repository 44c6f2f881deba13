"""`gongkai check`: proof-reading of annual reports."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongkai.cli import chinese, output
from gongkai.cli.errors import FAILED, FOUND, CommandError
from gongkai.cli.options import json_option

if TYPE_CHECKING:
    from gongkai.proofing.batch import Result
    from gongkai.proofing.profile import Profile
    from gongkai.proofing.report import Report

SHOW_PROGRESS_FROM = 4


@click.command(
    cls=chinese.Command,
    help="校对年度报告：正文与统计表、勾稽关系、法定部分、用语、日期、雷同等。有错误或者警告时退出码为 1。",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="路径…")
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    metavar="路径",
    help="上一年度的报告或者装有它们的文件夹，用来核对年度衔接",
)
@click.option(
    "--profile", type=click.Path(path_type=Path), metavar="文件", help="本机构的配置（TOML）：名称、关闭的检查及理由"
)
@click.option("--together", is_flag=True, help="各份报告放在一起核对：年度衔接、雷同、汇总")
@click.option("--html", type=click.Path(path_type=Path), metavar="文件", help="另存为网页：正文旁边是发现的问题")
@click.option("--xlsx", type=click.Path(path_type=Path), metavar="文件", help="另存为工作簿：每条一行，每个机构一张表")
@json_option
def check(
    paths: tuple[Path, ...],
    previous: Path | None,
    profile: Path | None,
    together: bool,
    html: Path | None,
    xlsx: Path | None,
    as_json: bool,
) -> int:
    """Check the files, print what was found, write what was asked for."""
    from gongkai.proofing.batch import check_files, collect

    for target in (html, xlsx):
        if target is not None and not target.absolute().parent.is_dir():
            raise CommandError(f"没有文件夹 {target.absolute().parent}，不能把结果写到 {target.name}，请先建立文件夹。")
    known = _profile(profile)
    before = _previous(previous)
    files = collect(paths)
    for path in files.absent:
        output.tell(f"没有这个文件或者文件夹：{path}")
    if not files.found:
        raise CommandError("没有找到可以检查的文件，请给出年度报告的文件，或者装有它们的文件夹。")
    with _progress(len(files.found)) as step:
        result = check_files(files.found, profile=known, previous=before, together=together, progress=step)
    for each in result.files:
        if each.failure is not None:
            output.tell(f"没有读成 {each.path}：{each.failure.sentence}")
    _write(result, html, xlsx)
    if as_json:
        from gongkai.proofing.outputs.data import as_json as data

        output.answer_json(data(result))
    else:
        from gongkai.proofing.outputs.terminal import show

        show(result, output.console())
    if not result.readable:
        return FAILED
    return FOUND if result.has_fault else 0


def _profile(path: Path | None) -> Profile | None:
    if path is None:
        return None
    from gongkai.proofing.check import check_ids
    from gongkai.proofing.profile import ProfileError, read_profile

    try:
        return read_profile(path, check_ids())
    except ProfileError as error:
        raise CommandError(str(error)) from error


def _previous(path: Path | None) -> list[Report]:
    """Read last year's report, or all of a folder; what cannot be read in a folder is told and left out."""
    if path is None:
        return []
    from gongkai.proofing.batch import collect
    from gongkai.proofing.reading import read_report
    from gongkai.proofing.report import ReadFailure

    found = collect([path]).found
    if not found:
        raise CommandError(f"没有上一年度报告的文件 {path}，请核对路径。")
    reports = []
    for each in found:
        report = read_report(each)
        if not isinstance(report, ReadFailure):
            reports.append(report)
        else:
            output.tell(f"没有读成 {each}：{report.sentence}")
    if not reports:
        raise CommandError(f"上一年度的报告 {path} 没有读成，请换一个文件。")
    return reports


def _write(result: Result, html: Path | None, xlsx: Path | None) -> None:
    from gongkai.proofing.outputs import page, workbook

    for target, write in ((html, page.write), (xlsx, workbook.write)):
        if target is None:
            continue
        try:
            write(result, target)
        except OSError as error:
            raise CommandError(f"不能写到 {target}：{error.strerror or error}。") from error
        output.tell(f"已写到 {target}")


@contextmanager
def _progress(total: int) -> Iterator[Callable[[Path], None]]:
    """Show a bar on stderr while many files are read; nothing where stderr is no terminal."""
    if total < SHOW_PROGRESS_FROM or not sys.stderr.isatty():
        yield lambda _path: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("校对", total=total)

        def step(_path: Path) -> None:
            bar.advance(task)

        yield step
