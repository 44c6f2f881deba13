"""A report as a workbook: the table, the numbers of the text, and how many records stand behind each figure."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.figures.registers import STATE_LABELS, State
from gongkai.reports.drafting import BLANK, Report
from gongkai.reports.layouts.printed import made_on
from gongkai.reports.layouts.zipped import settled
from gongkai.ui.exports import FORMULA_STARTS, plain

_LINE = Side(style="thin", color="B9B5AC")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WASH = PatternFill("solid", start_color="F6F5F2")


def as_xlsx(report: Report) -> bytes:
    """The report's figures as a workbook of three sheets. Texts stay texts, numbers are numbers."""
    book = Workbook()
    book.properties.creator = report.agency.name
    book.properties.title = report.title
    book.properties.created = book.properties.modified = dt.datetime.combine(made_on(report), dt.time())
    table = book.active
    assert isinstance(table, Worksheet)  # noqa: S101  # a new workbook has one sheet
    table.title = _("统计表")
    _table(table, report)
    _numbers(book.create_sheet(_("正文数字")), report)
    _records(book.create_sheet(_("记录数")), report)
    stream = io.BytesIO()
    book.save(stream)
    return settled(stream.getvalue(), made_on(report))


def _table(sheet: Worksheet, report: Report) -> None:
    """The statutory table: label, unit, value, state, basis."""
    _heading(sheet, _("%(year)s年%(name)s") % {"year": report.year, "name": report.table.name}, report)
    _head(sheet, [_("统计指标"), _("单位"), _("统计数"), _("状态"), _("统计口径")], [52, 8, 12, 16, 60])
    for row in report.table.rows:
        is_head = row.state is State.HEADING or row.indicator.level == 0
        shown = BLANK if row.state is State.BLANK else row.value
        line = [
            row.indicator.label,
            row.indicator.unit,
            shown,
            str(STATE_LABELS[row.state]),
            row.indicator.definition,
        ]
        _append(sheet, line, bold=is_head, wash=is_head, indent=row.indicator.level)
    for note in report.note_lines:
        _append(sheet, [note], plain_line=True)


def _numbers(sheet: Worksheet, report: Report) -> None:
    """Every number that the text names."""
    _heading(sheet, _("正文中的数字"), report)
    header = [_("编码"), _("名称"), _("单位"), _("数值"), _("状态"), _("统计口径")]
    _head(sheet, header, [34, 40, 8, 12, 16, 60])
    for figure in report.figures().values():
        value = BLANK if figure.value is None else figure.value
        line = [figure.code, figure.name, figure.unit, value, str(STATE_LABELS[figure.state]), figure.definition]
        _append(sheet, line)


def _records(sheet: Worksheet, report: Report) -> None:
    """How many records each figure counts. The records themselves stay inside: this file goes to the public."""
    _heading(sheet, _("每个数字由多少条记录得出"), report)
    _head(sheet, [_("编码"), _("名称"), _("数值"), _("记录数"), _("归入年度的日期")], [34, 52, 12, 12, 36])
    figures = report.figures()
    for row in report.table.rows:
        if row.state is not State.HEADING:
            value = BLANK if row.value is None else row.value
            count = report.record_counts.get(row.code)
            _append(sheet, [row.code, row.indicator.name, value, count, row.indicator.deciding_day])
    for code, figure in figures.items():
        if code not in report.row_codes:
            value = BLANK if figure.value is None else figure.value
            _append(sheet, [code, figure.name, value, report.record_counts.get(code), figure.definition])


def _heading(sheet: Worksheet, title: str, report: Report) -> None:
    """Title and agency above the table; how the sheet prints."""
    sheet.append([_text(title)])
    mark = f"（{_('示例')}）" if report.agency.is_sample else ""
    sheet.append([_text(f"{_('填报单位：')}{report.agency.name}{mark}")])
    sheet["A1"].font = Font(size=14, bold=True)
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "3:3"


def _head(sheet: Worksheet, header: Sequence[str], widths: Sequence[int]) -> None:
    _append(sheet, header, bold=True, wash=True)
    for number, width in enumerate(widths):
        sheet.column_dimensions["ABCDEF"[number]].width = width
    sheet.freeze_panes = "A4"


def _append(
    sheet: Worksheet,
    line: Sequence[Any],
    *,
    bold: bool = False,
    wash: bool = False,
    indent: int = 0,
    plain_line: bool = False,
) -> None:
    """A line whose texts are never calculated."""
    sheet.append([_text(value) for value in line])
    for number, cell in enumerate(sheet[sheet.max_row], start=1):
        if isinstance(cell.value, str):
            cell.data_type = "s"
            if cell.value.startswith(FORMULA_STARTS):
                cell.quotePrefix = True
        if plain_line:
            continue
        if isinstance(cell.value, Decimal):
            cell.number_format = "0.00"
        cell.font, cell.border = Font(bold=bold), _BOX
        if wash:
            cell.fill = _WASH
        cell.alignment = Alignment(wrap_text=True, vertical="center", indent=indent if number == 1 else 0)


def _text(value: Any) -> Any:
    return plain(value)
