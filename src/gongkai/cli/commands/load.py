"""`gongkai load`: registers from a workbook, all or nothing."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongkai.cli import chinese, output, start
from gongkai.cli.errors import FAILED, FOUND, CommandError
from gongkai.cli.options import json_option

if TYPE_CHECKING:
    from gongkai.exchange.workbook import LoadResult


@click.command(
    cls=chinese.Command, help="从工作簿导入登记簿；有一处错误就整本不导入。先用 --template 写一个空的工作簿。"
)
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="文件.xlsx")
@click.option("--template", type=click.Path(path_type=Path), metavar="文件.xlsx", help="写一个空的工作簿，不导入")
@click.option("--dry-run", is_flag=True, help="只检查，不保存")
@click.option("--by", "username", metavar="用户名", help="以谁的名义登记；不写则为命令行操作员")
@json_option
def load(file: Path | None, template: Path | None, dry_run: bool, username: str | None, as_json: bool) -> int:
    """Write the template, or load a workbook."""
    if (file is None) == (template is None):
        raise CommandError("请写一个要导入的文件，或者用 --template 写空的工作簿。")
    if template is not None:
        return _write_template(template, as_json)
    assert file is not None  # noqa: S101  # one of the two was given
    return _load(file, dry_run, username, as_json)


def _write_template(path: Path, as_json: bool) -> int:
    start.set_up_django()
    # By name, so that the modules with models come after Django is set up.
    write_template = importlib.import_module("gongkai.exchange.template").write_template
    if path.exists():
        raise CommandError(f"{path} 已经存在，请换一个文件名。")
    try:
        write_template(path)
    except OSError as error:
        raise CommandError(f"不能写到 {path}:{error.strerror}。") from error
    if as_json:
        output.answer_json({"template": str(path)})
    else:
        output.answer(str(path))
    return 0


def _load(file: Path, dry_run: bool, username: str | None, as_json: bool) -> int:
    start.open_home()
    from django.utils import timezone

    from gongkai.exchange.workbook import load as load_workbook
    from gongkai.rules.refusals import ActRefused

    account = start.find_account(username) if username else None
    try:
        result = load_workbook(file, by=account, at=timezone.now(), dry_run=dry_run)
    except ActRefused as refused:
        raise CommandError("".join(refusal.sentence for refusal in refused.refusals), code=FOUND) from refused
    if as_json:
        output.answer_json(result.as_json())
    _tell(result)
    if result.faults:
        return FAILED
    if not as_json:
        _answer(result, dry_run)
    return 0


def _tell(result: LoadResult) -> None:
    for note in result.notes:
        output.tell(note)
    for fault in result.faults:
        output.tell(fault.sentence)
    if result.left_out:
        output.tell(f"还有{result.left_out}处错误没有列出。")
    if result.faults:
        output.tell(f"共{len(result.faults) + result.left_out}处错误，没有导入任何内容。")


def _answer(result: LoadResult, dry_run: bool) -> None:
    for name, count in result.counts.items():
        if count:
            output.answer(f"{name}:{count}条")
    total = sum(result.counts.values())
    if dry_run:
        output.answer(f"检查通过，共{total}条；没有保存。")
    else:
        output.answer(f"已导入{total}条。" if total else "没有可导入的内容，数据没有变化。")
