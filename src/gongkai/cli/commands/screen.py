"""`gongkai screen`: look through files, or through all that is public, for what may not leave the house."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongkai.cli import chinese, output
from gongkai.cli.errors import FAILED, FOUND, CommandError
from gongkai.cli.options import json_option

if TYPE_CHECKING:
    from gongkai.documents import Document, Refusal
    from gongkai.screening import Finding, Verdict

LISTED = 100  # findings of one file that are printed for people; --json has them all
VERDICTS = {"clean": "可以公开", "warn": "请核对", "block": "不能公开", "unreadable": "没有读成"}
SEVERITIES = {"block": "阻止", "warn": "提醒", "info": "说明"}


@dataclass(frozen=True)
class Input:
    """A file to screen: where it is, and its path below what was named on the command line."""

    path: Path
    relative: Path


@dataclass(frozen=True)
class Answer:
    """What is said of one file."""

    path: str
    sha256: str
    type: str
    verdict: Verdict
    findings: Sequence[Finding]

    def as_json(self) -> dict[str, Any]:
        """Give the answer as the contract has it."""
        return {
            "path": self.path,
            "sha256": self.sha256,
            "type": self.type,
            "verdict": str(self.verdict),
            "findings": [finding.as_json() for finding in self.findings],
        }


@click.command(
    cls=chinese.Command,
    help="检查文件或文件夹中的个人信息、密级和内部标记、隐藏内容。不需要数据库；找到的号码一律遮盖后输出。"
    "有阻止公开的发现或没有读成的文件，退出码为 1；一个文件也没有读成，退出码为 2。"
    "用 --published 检查本系统里已经公开的全部信息和附件，发现的交办公室办理。",
)
@click.argument("paths", nargs=-1, metavar="[路径…]", type=click.Path(exists=True, path_type=Path))
@json_option
@click.option(
    "--mask-to",
    metavar="文件夹",
    type=click.Path(file_okay=False, path_type=Path),
    help="把遮盖后的副本写到这个文件夹，文件名和扩展名不变，已有的文件不覆盖",
)
@click.option(
    "--published",
    is_flag=True,
    help="检查已经公开的全部信息和附件；检查过而规则、词表没有变的不再检查，中断后可以接着做",
)
def screen(paths: tuple[Path, ...], as_json: bool, mask_to: Path | None, published: bool) -> int:
    """Screen files, print what was found, write masked copies when asked; or screen what is public."""
    if published:
        if paths or mask_to is not None:
            raise CommandError("--published 检查本系统里已经公开的信息，不能同时给路径或 --mask-to。")
        from gongkai.cli import rescanning  # only with --published: it needs the home

        return rescanning.run(as_json=as_json)
    if not paths:
        raise CommandError("请给出要检查的文件或文件夹，或者用 --published 检查已经公开的信息。")
    inputs = list(_inputs(paths))
    if not inputs:
        raise CommandError("没有可检查的文件：所给的文件夹是空的。请核对路径。")
    answers: list[Answer] = []
    failed = 0
    with _progress(len(inputs)) as step:
        for each in inputs:
            document, answer = _screened(each)
            answers.append(answer)
            if not as_json:
                _print(answer)
            if mask_to is not None and document is not None:
                failed += not _write_masked(each, document, mask_to)
            step()
    if as_json:
        output.answer_json({"files": [answer.as_json() for answer in answers]})
    verdicts = Counter(str(answer.verdict) for answer in answers)
    if not as_json and len(answers) > 1:
        output.answer(
            "合计：" + "，".join(f"{name}{verdicts[key]}个" for key, name in VERDICTS.items() if verdicts[key])
        )
    if verdicts["unreadable"] == len(answers):
        output.tell("错误：没有一个文件读成。请看每个文件的说明。")
        return FAILED
    return FOUND if verdicts["block"] or verdicts["unreadable"] or failed else 0


def _inputs(paths: Iterable[Path]) -> Iterator[Input]:
    """The files that are named and those in named folders, each once, in order of their names."""
    seen: set[Path] = set()
    for path in paths:
        found = sorted(_below(path)) if path.is_dir() else [path]
        for each in found:
            resolved = each.resolve()
            if resolved not in seen:
                seen.add(resolved)
                yield Input(each, each.relative_to(path) if path.is_dir() else Path(each.name))


def _below(folder: Path) -> Iterator[Path]:
    """All in a folder but folders: what cannot be listed or followed is given too, and then answered as not read."""
    lost: list[str] = []
    for place, folders, names in os.walk(folder, onerror=lambda error: lost.append(str(error.filename))):
        here = Path(place)
        yield from (here / name for name in names)
        yield from (here / name for name in folders if (here / name).is_symlink())
    yield from map(Path, lost)


def _screened(file: Input) -> tuple[Document | None, Answer]:
    """Read and screen one file; a file that cannot be opened is answered like one that cannot be read."""
    from gongkai import documents, screening  # help needs neither

    name = screening.safe_text(str(file.path))
    try:
        if not file.path.is_file() and file.path.exists():
            raise OSError(0, "不是文件，或者是指向文件夹的链接")
        read: Document | Refusal = documents.read(file.path)
        sha256 = read.sha256 or _sha256(file.path)
    except OSError as error:
        reason = f"文件打不开（{error.strerror or type(error).__name__}），请检查权限或重新复制。"
        read, sha256 = documents.Refusal(documents.RefusalKind.DAMAGED, reason), ""
    findings = screening.screen(read)
    if isinstance(read, documents.Refusal):
        kind = file.path.suffix.lstrip(".").lower() or "unknown"
        return None, Answer(name, sha256, kind, screening.Verdict.UNREADABLE, findings)
    return read, Answer(name, sha256, read.type, screening.verdict(findings), findings)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_masked(file: Input, document: Document, folder: Path) -> bool:
    """Write the masked copy of a file, or say why not; never over a file, never outside the folder."""
    from gongkai import screening  # only with --mask-to

    name = screening.safe_text(str(file.path))
    target = folder / file.relative
    if screening.safe_text(str(file.relative)) != str(file.relative):
        output.tell(f"没有写出副本：{name}：文件名含有个人信息，请先改名。")
        return False
    if target.exists():
        output.tell(f"没有写出副本：{name}：目标文件夹中已有同名文件，请换一个空的文件夹。")
        return False
    try:
        data = screening.mask(file.path.read_bytes(), document)
    except screening.NotMasked as refused:
        output.tell(f"没有写出副本：{name}：{refused}")
        return False
    except OSError as error:
        output.tell(f"没有写出副本：{name}：文件打不开（{error.strerror}），请检查权限或重新复制。")
        return False
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as opened:
            opened.write(data)
    except OSError as error:
        raise CommandError(
            f"写不进文件夹 {screening.safe_text(str(folder))}（{error.strerror}）。请检查权限和磁盘空间。"
        ) from error
    output.tell(f"已写出副本：{screening.safe_text(str(target))}")
    return True


def _print(answer: Answer) -> None:
    """Print the answer on one file for people."""
    from gongkai.screening import KINDS, PARTS  # help does not need it

    output.answer(f"{VERDICTS[answer.verdict]}  {answer.path}")
    for finding in answer.findings[:LISTED]:
        where = finding.where
        place = [PARTS.get(where.part, where.part)]
        place += [f"第{where.page}页"] if where.page else []
        place += [part for part in (where.member, where.sheet, where.cell) if part]
        kind = KINDS[finding.kind].name
        shown = f"：{finding.masked}" if finding.masked else ""
        note = f"（{finding.note}）" if finding.note else ""
        output.answer(f"  {SEVERITIES[finding.severity]}  {kind}{shown}  {'，'.join(place)}{note}")
    if len(answer.findings) > LISTED:
        output.answer(f"  还有{len(answer.findings) - LISTED}处，用 --json 可看全部。")


@contextmanager
def _progress(total: int) -> Iterator[Any]:
    """A progress bar on stderr when someone watches; gives the function that counts one file."""
    import sys

    if total < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console  # only with a terminal
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("正在检查", total=total)
        yield lambda: bar.advance(task)
