"""Write a list as XLSX. Text stays text: a spreadsheet must not calculate what somebody typed."""

from __future__ import annotations

import datetime as dt
import html
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "+", "-", "@")
LONGEST_SHEET_NAME = 31
WIDEST = 60
CJK_START = 0x2E80


def workbook(title: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of one sheet with a frozen head row; days are days, numbers are numbers, all else is text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(sheet_name(title))
    sheet.freeze_panes = "A2"
    for number, text in enumerate(header, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = min(WIDEST, max(12, 2 * _width(text) + 4))
    sheet.append([_cell(sheet, text, bold=True) for text in header])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: without the signs that Excel forbids, at most 31 characters, never empty."""
    return "".join("-" if sign in "[]:*?/\\" else sign for sign in title)[:LONGEST_SHEET_NAME].strip("'") or "Sheet1"


def plain(value: Any) -> Any:
    """A value as a cell can hold it: markup goes, instants become Shanghai time, unknown things their text."""
    if value is None or isinstance(value, bool | int | float | Decimal):
        return {True: "是", False: "否"}[value] if isinstance(value, bool) else value
    if isinstance(value, dt.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.replace(tzinfo=None)
    if isinstance(value, dt.date):
        return value
    if isinstance(value, Promise):
        value = str(value)
    text = " ".join(html.unescape(strip_tags(value)).split()) if isinstance(value, SafeString) else str(value)
    return without_controls(text)


def without_controls(text: str) -> str:
    """A text without the control characters that neither a workbook nor a Word document may hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Cell:
    content = plain(value)
    cell = WriteOnlyCell(sheet, content)
    if isinstance(content, str):
        cell.data_type = "s"
        if content.startswith(FORMULA_STARTS):
            cell.quotePrefix = True
    elif isinstance(content, dt.datetime):
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(content, dt.date):
        cell.number_format = "yyyy-mm-dd"
    if bold:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def _width(text: str) -> int:
    return sum(2 if ord(sign) >= CJK_START else 1 for sign in text)
