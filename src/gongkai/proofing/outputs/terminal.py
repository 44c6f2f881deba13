"""Findings on a terminal: under the sentence they belong to, then those of the tables, then the count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gongkai.proofing.batch import Checked, Result
from gongkai.proofing.findings import SEVERITIES, SEVERITY_NAMES, Finding, Severity
from gongkai.proofing.outputs.places import is_in_text, place_in_words

if TYPE_CHECKING:
    from rich.console import Console

STYLES: dict[Severity, str] = {"error": "bold red", "warning": "yellow", "question": "cyan", "info": "dim"}


def show(result: Result, console: Console) -> None:
    """Print the result."""
    for checked in result.files:
        _file(checked, console)
    if result.across:
        console.rule("各报告之间", align="left")
        for finding in result.across:
            _finding(finding, console, "　".join(finding.files))
    counts = count([*(each for file in result.files for each in file.findings), *_only_across(result)])
    unread = len(result.files) - len(result.readable)
    console.print(f"共{len(result.files)}份报告，{counts}{f'，{unread}份没有读成' if unread else ''}。", markup=False)


def _only_across(result: Result) -> list[Finding]:
    """Findings of the comparison that are not among those of a file already."""
    own = {id(each) for file in result.files for each in file.findings}
    return [each for each in result.across if id(each) not in own]


def count(findings: Sequence[Finding]) -> str:
    """Say how many findings there are of each severity."""
    numbers = [(severity, sum(1 for each in findings if each.severity == severity)) for severity in SEVERITIES]
    return (
        "、".join(f"{SEVERITY_NAMES[severity]}{number}条" for severity, number in numbers if number) or "没有发现问题"
    )


def _file(checked: Checked, console: Console) -> None:
    from rich.text import Text  # only a terminal needs it

    report = checked.report
    console.rule(Text(checked.path), align="left")
    if report is None:
        console.print(Text(checked.failure.sentence if checked.failure else "文件没有读成。", style="bold red"))
        return
    year = f"{report.year}年" if report.year else "年度不明"
    console.print(
        Text(f"{report.agency or '机构不明'}　{year}　{report.format or '不明'}格式　{count(checked.findings)}")
    )
    for sentence in report.unread:
        console.print(Text(f"没有读懂：{sentence}", style="magenta"))
    paragraph = -1
    for finding in checked.findings:
        if is_in_text(finding):
            if finding.where.paragraph != paragraph:
                paragraph = finding.where.paragraph or 0
                if paragraph < len(report.paragraphs):
                    _sentence(report.paragraphs[paragraph].text, checked.findings, paragraph, console)
            _finding(finding, console, "", indent=2)
        else:
            _finding(finding, console, place_in_words(report, finding.where))


def _sentence(text: str, findings: Sequence[Finding], paragraph: int, console: Console) -> None:
    """Print a paragraph, shortened to what the findings are about, with the quotes marked."""
    from rich.text import Text  # only a terminal needs it

    line = Text(text)
    for finding in findings:
        if finding.where.paragraph == paragraph and finding.quote:
            at = text.find(finding.quote)
            if at >= 0:
                line.stylize(f"underline {STYLES[finding.severity]}", at, at + len(finding.quote))
    if len(line) > 400:
        line = line[:400] + Text("……")
    console.print()
    console.print(line)


def _finding(finding: Finding, console: Console, place: str, indent: int = 0) -> None:
    from rich.text import Text  # only a terminal needs it

    style = STYLES[finding.severity]
    head = f"{' ' * indent}{SEVERITY_NAMES[finding.severity]} {finding.check}　"
    console.print(Text.assemble((head, style), finding.message, (f"（{place}）" if place else "", "dim")))
