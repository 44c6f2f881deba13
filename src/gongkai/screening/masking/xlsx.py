"""Masked copies of workbooks: made anew from what a reader sees, so that nothing hidden can come along."""

from __future__ import annotations

import io
import re
import zipfile
from copy import copy as same
from datetime import datetime
from typing import TYPE_CHECKING, Any

from gongkai.documents import Document, Table
from gongkai.screening.masking.covers import Covers, NotMasked
from gongkai.screening.screening import safe_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_NO_DAY = datetime(2000, 1, 1)  # noqa: DTZ001  # openpyxl wants a time without zone; when the copy was made says nothing


def copy(source: bytes, document: Document, covers: Covers) -> bytes:
    """Write the visible sheets, rows and columns with their looks; formulas become the values they had."""
    from openpyxl import Workbook, load_workbook  # takes longer to load than all the rest

    old = load_workbook(io.BytesIO(source), data_only=True)
    if _has_formulas(source):
        _refuse_uncounted(old, load_workbook(io.BytesIO(source)))
    changed = {table.where.sheet or "": covers.table(table) for table in document.blocks if isinstance(table, Table)}
    new = Workbook()
    new.remove(new.worksheets[0])
    for sheet in old.worksheets:
        if sheet.sheet_state == "visible":
            title = safe_text(sheet.title, covers.settings).replace("*", "x")
            _sheet(sheet, new.create_sheet(title), changed.get(sheet.title, {}))
    if not new.worksheets:
        raise NotMasked("工作簿中没有可见的工作表，没有生成副本。请核对原文件。")
    new.properties.creator = None
    new.properties.created = new.properties.modified = _NO_DAY
    out = io.BytesIO()
    new.save(out)
    return out.getvalue()


def _has_formulas(source: bytes) -> bool:
    """Tell whether a sheet has formulas, without loading the workbook a second time."""
    with zipfile.ZipFile(io.BytesIO(source)) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        return any(re.search(rb"<(?:\w+:)?f[ >/]", package.read(name)) for name in sheets)


def _refuse_uncounted(values: Any, formulas: Any) -> None:
    """Refuse a workbook whose formulas were never worked out: the copy would have holes."""
    for sheet in formulas.worksheets:
        counted = values[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" and counted.cell(cell.row, cell.column).value is None:
                    raise NotMasked("工作簿中有公式没有保存计算结果，请用电子表格软件打开、保存后再试。")


def _sheet(old: Worksheet, new: Worksheet, changed: dict[tuple[int, int], str]) -> None:
    from openpyxl.utils import get_column_letter  # as above

    hidden_columns: set[int] = set()
    for facts in old.column_dimensions.values():
        if facts.hidden:
            first = facts.min or 0
            hidden_columns |= set(range(first, (facts.max or first) + 1))
    rows = [number for number in range(1, old.max_row + 1) if not old.row_dimensions[number].hidden]
    columns = [number for number in range(1, old.max_column + 1) if number not in hidden_columns]
    row_at = {number: at for at, number in enumerate(rows, 1)}
    column_at = {number: at for at, number in enumerate(columns, 1)}
    for row in old.iter_rows():
        for cell in row:
            if cell.row not in row_at or cell.column not in column_at or (cell.value is None and not cell.has_style):
                continue
            target: Any = new.cell(row_at[cell.row], column_at[cell.column])
            text = changed.get((cell.row, cell.column))
            target.value = cell.value if text is None else text
            if isinstance(target.value, str):
                target.data_type = "s"  # a text that begins with = stays a text
            if cell.has_style:
                target.font, target.border, target.fill = same(cell.font), same(cell.border), same(cell.fill)
                target.alignment = same(cell.alignment)
                target.number_format = cell.number_format if text is None else "@"
    for merged in old.merged_cells.ranges:
        inside_rows = [row_at[number] for number in range(merged.min_row, merged.max_row + 1) if number in row_at]
        inside = [column_at[number] for number in range(merged.min_col, merged.max_col + 1) if number in column_at]
        if merged.min_row in row_at and merged.min_col in column_at and len(inside_rows) * len(inside) > 1:
            new.merge_cells(
                start_row=inside_rows[0], end_row=inside_rows[-1], start_column=inside[0], end_column=inside[-1]
            )
    for number, at in column_at.items():
        letter = get_column_letter(number)
        if letter in old.column_dimensions and (width := old.column_dimensions[letter].width):
            new.column_dimensions[get_column_letter(at)].width = width
