"""`gongkai screen --published`: look again through everything that is public, and hand the offices what is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from gongkai.cli import output, start
from gongkai.cli.errors import FOUND

if TYPE_CHECKING:
    from gongkai.review.gate.published import Answer

LISTED = 20  # findings of one part that are printed for people; --json has them all
VERDICTS = {"clean": "可以公开", "warn": "请核对", "block": "不能公开", "unreadable": "没有读成"}
SEVERITIES = {"block": "阻止", "warn": "提醒", "info": "说明"}


def run(*, as_json: bool) -> int:
    """Look through what is public; give the exit code."""
    start.open_home()
    # Django is ready only now.
    from django.utils import timezone

    from gongkai.review.gate.published import everything_public, rescan

    rows = everything_public()
    answers: list[Answer] = []
    with _progress(len(rows)) as step:
        for answer in rescan(rows, at=timezone.now(), step=step):
            if as_json:
                answers.append(answer)
            else:
                _print(answer)
                answers.append(answer)
    if as_json:
        output.answer_json({"looked_at": len(rows), "files": [answer.as_json() for answer in answers]})
    else:
        output.answer(_summary(len(rows), answers))
    return FOUND if any(answer.part.blocking for answer in answers) else 0


def _summary(looked_at: int, answers: Sequence[Answer]) -> str:
    verdicts = Counter(str(answer.part.open_verdict) for answer in answers)
    found = "，".join(f"{name}{verdicts[key]}处" for key, name in VERDICTS.items() if key != "clean" and verdicts[key])
    return f"合计：检查了{looked_at}条已公开的信息，{found or '没有发现'}。"


def _print(answer: Answer) -> None:
    """Print a part for people, when something in it stops publication or wants a look."""
    part = answer.part
    shown = [found for found in part.findings if found.severity != "info"]
    if not shown:
        return
    output.answer(f"{VERDICTS[str(part.open_verdict)]}  {answer.path}")
    for found in shown[:LISTED]:
        masked = f"：{found.masked}" if found.masked else ""
        note = f"（{found.note}）" if found.note else ""
        passed = "  已放行" if found.key in part.passed else ""
        output.answer(f"  {SEVERITIES[found.severity]}  {found.label}{masked}  {found.place}{note}{passed}")
    if len(shown) > LISTED:
        output.answer(f"  还有{len(shown) - LISTED}处，用 --json 可看全部。")


@contextmanager
def _progress(total: int) -> Iterator[Any]:
    """A progress bar on stderr when someone watches; gives the function that counts objects."""
    import sys

    if not total or not sys.stderr.isatty():
        yield lambda _done: None
        return
    from rich.console import Console  # only with a terminal
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("正在检查已公开的信息", total=total)
        yield lambda done: bar.advance(task, done)
