"""The list for a supervisor: one line per finding, one sheet per agency, a summary in front."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from gongkai.proofing.batch import Checked, Result
from gongkai.proofing.checks.registry import registered
from gongkai.proofing.findings import SEVERITIES, SEVERITY_NAMES, Finding
from gongkai.proofing.outputs.places import place_in_words
from gongkai.proofing.report import Report

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEAD = ("文件", "年度", "级别", "检查项", "名称", "位置", "原文", "说明", "应为", "现为", "相关文件")
WIDTHS = (30, 8, 8, 16, 18, 30, 24, 70, 14, 14, 40)
SUMMARY = ("机构", "年度", "文件", "格式", *(SEVERITY_NAMES[each] for each in SEVERITIES), "没有读成的原因")
SUMMARY_WIDTHS = (30, 8, 50, 8, 8, 8, 8, 8, 60)
_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write(result: Result, target: Path | IO[bytes]) -> None:
    """Write the workbook to a path or a stream; raises `OSError` when that cannot be done."""
    from openpyxl import Workbook  # only needed for this output

    book = Workbook()
    summary = book.active
    if summary is None:
        raise TypeError("a new workbook has a sheet")
    summary.title = "汇总"
    _row(summary, SUMMARY)
    for checked in result.files:
        _row(summary, _summary(checked))
    _finish(summary, SUMMARY_WIDTHS)
    taken = {"汇总"}
    groups: dict[str, list[Checked]] = {}
    for checked in result.readable:
        groups.setdefault(checked.report.agency if checked.report else "", []).append(checked)
    for agency, files in groups.items():
        sheet = book.create_sheet(sheet_name(agency or "机构不明", taken))
        _row(sheet, HEAD)
        for checked in files:
            for finding in checked.findings:
                _row(sheet, _line(checked.path, checked.report, finding))
        _finish(sheet, WIDTHS)
    if result.across:
        sheet = book.create_sheet(sheet_name("各报告之间", taken))
        _row(sheet, HEAD)
        reports = {each.path: each.report for each in result.files}
        for finding in result.across:
            first = finding.files[0] if finding.files else ""
            _row(sheet, _line(first, reports.get(first), finding))
        _finish(sheet, WIDTHS)
    book.save(target)


def _summary(checked: Checked) -> list[Any]:
    report = checked.report
    if report is None:
        reason = checked.failure.sentence if checked.failure else ""
        return ["", None, checked.path, "", None, None, None, None, reason]
    counts = [sum(1 for each in checked.findings if each.severity == severity) for severity in SEVERITIES]
    return [report.agency, report.year, checked.path, report.format, *counts, "；".join(report.unread)]


def _line(path: str, report: Report | None, finding: Finding) -> list[Any]:
    known = registered().get(finding.check)
    return [
        Path(path).name,
        report.year if report else None,
        SEVERITY_NAMES[finding.severity],
        finding.check,
        known.name if known else "",
        place_in_words(report, finding.where),
        finding.quote,
        finding.message,
        finding.expected,
        finding.found,
        "\n".join(finding.files),
    ]


def _row(sheet: Worksheet, values: Sequence[Any]) -> None:
    """Append a line; a text never becomes a formula."""
    number = sheet.max_row + 1 if sheet.max_row > 1 or sheet.cell(1, 1).value is not None else 1
    for column, value in enumerate(values, start=1):
        if value is None:
            continue
        cell = sheet.cell(number, column)
        if isinstance(value, str):
            cell.value = _CONTROL.sub("", value)
            cell.data_type = "s"
        else:
            cell.value = value


def _finish(sheet: Worksheet, widths: Sequence[int]) -> None:
    from openpyxl.styles import Alignment, Font  # as above
    from openpyxl.utils import get_column_letter

    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.cell(1, column).font = Font(bold=True)
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that a workbook allows and does not have yet."""
    base = _FORBIDDEN.sub("", name).strip()[:31] or "机构"
    chosen, number = base, 2
    while chosen.lower() in taken:
        tail = f"（{number}）"
        chosen, number = base[: 31 - len(tail)] + tail, number + 1
    taken.add(chosen.lower())
    return chosen
