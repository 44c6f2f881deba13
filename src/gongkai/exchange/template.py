"""Write workbooks: the empty template, and one filled with rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.exchange.declarations import Field, Kind, Sheet, Value
from gongkai.exchange.packages import LAST_ROW
from gongkai.exchange.sheets import CHOICES_SHEET, GUIDE_SHEET, SHEETS

INSTRUCTIONS = (
    "每个工作表是一个登记簿，第一行是表头，不要改名、移动到别的行或合并；从第二行起一行填一条。",
    "第一列填本系统中的机构代码。第一列为「示例」的行是示例，原样保留时跳过；要改成真实数据，先把「示例」改成机构代码。",
    "哪些列必填、每列填什么，见下表；必填的表头底色较深。单元格有下拉箭头的从列表中选。",
    "日期填成日期格式或 2017-03-15 这样的文字；编号类单元格请先设为文本格式再填写。",
    "不要使用公式。空行跳过。一个工作表最多填到第5万行，一个文件不超过 20 MB。",
    "导入时全部正确才保存；有一处错误就整本不导入，并列出每一处错误的工作表、行、列。",
    "本系统为非涉密系统，严禁存储、处理、传输国家秘密。",
)
HEADER_FONT = Font(bold=True)
HEADER_FILL = PatternFill("solid", start_color="FFE8EEF5")
REQUIRED_FILL = PatternFill("solid", start_color="FFD5E3F3")
EXAMPLE_FONT = Font(italic=True, color="FF595959")
THIN = Side(style="thin", color="FFBFBFBF")
BORDER = Border(bottom=THIN)
FLAGS = (("1", "是"), ("0", "否"))


def write_template(path: Path) -> None:
    """Write the empty workbook: instructions, headers, drop-downs and one example row per sheet."""
    rows = {sheet.name: [tuple(field.example for field in sheet.fields)] for sheet in SHEETS.values()}
    _write(path, rows, EXAMPLE_FONT)


def write_workbook(path: Path, rows: Mapping[str, Sequence[Sequence[Value]]]) -> None:
    """Write a workbook with rows by sheet name, each in the order of the sheet's columns, labels for choices."""
    _write(path, rows, None)


def _write(path: Path, rows: Mapping[str, Sequence[Sequence[Value]]], font: Font | None) -> None:
    book = Workbook()
    guide: Any = book.active
    guide.title = GUIDE_SHEET
    _write_guide(guide)
    lists = book.create_sheet(CHOICES_SHEET)
    lists.sheet_state = "hidden"
    for sheet in SHEETS.values():
        page = book.create_sheet(sheet.name)
        _write_headers(page, sheet)
        for number, values in enumerate(rows.get(sheet.name, ()), start=2):
            for place, (field, value) in enumerate(zip(sheet.fields, values, strict=True), start=1):
                _write_cell(page.cell(number, place), field, value, font)
        _add_drop_downs(book, page, lists, sheet)
    book.move_sheet(lists, offset=len(SHEETS))
    book.save(path)


def _write_guide(page: Worksheet) -> None:
    page["A1"] = "填写说明"
    page["A1"].font = Font(bold=True, size=14)
    for number, sentence in enumerate(INSTRUCTIONS, start=2):
        page.cell(number, 1, f"{number - 1}. {sentence}")
    row = len(INSTRUCTIONS) + 3
    for place, header in enumerate(("工作表", "列", "是否必填", "填什么", "说明"), start=1):
        cell = page.cell(row, place, header)
        cell.font, cell.fill = HEADER_FONT, HEADER_FILL
    for sheet in SHEETS.values():
        row += 1
        page.cell(row, 1, sheet.name).font = HEADER_FONT
        page.cell(row, 5, sheet.help).alignment = Alignment(wrap_text=True, vertical="top")
        for field in sheet.fields:
            row += 1
            values = (sheet.name, field.header, "必填" if field.required else "选填", field.expected, field.help)
            for place, value in enumerate(values, start=1):
                page.cell(row, place, value).alignment = Alignment(wrap_text=place > 3, vertical="top")
    for letter, width in zip("ABCDE", (16, 20, 10, 48, 52), strict=True):
        page.column_dimensions[letter].width = width


def _write_headers(page: Worksheet, sheet: Sheet) -> None:
    for place, field in enumerate(sheet.fields, start=1):
        cell = page.cell(1, place, field.header)
        cell.font, cell.border = HEADER_FONT, BORDER
        cell.fill = REQUIRED_FILL if field.required else HEADER_FILL
        column = page.column_dimensions[get_column_letter(place)]
        column.width = field.width
        if field.kind is Kind.TEXT:
            column.number_format = "@"  # so that a long number typed there stays what was typed
    page.freeze_panes = "B2"


def _write_cell(cell: Cell, field: Field, value: Value, font: Font | None) -> None:
    """Write a value; a text that begins like a formula stays a text."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
        cell.alignment = Alignment(wrap_text="\n" in value, vertical="top")
    elif isinstance(value, dt.date):
        cell.number_format = "yyyy-mm-dd"
    if font is not None:
        cell.font = font


def _add_drop_downs(book: Workbook, page: Worksheet, lists: Worksheet, sheet: Sheet) -> None:
    """Let choices be picked from a list, and days and counts be checked as they are typed."""
    for place, field in enumerate(sheet.fields, start=1):
        rule = _rule(book, lists, sheet, field)
        if rule is None:
            continue
        rule.allow_blank = not field.required
        rule.showErrorMessage = True
        rule.errorTitle = field.header
        rule.error = f"应为{field.expected}"[:220]
        letter = get_column_letter(place)
        rule.add(f"{letter}2:{letter}{LAST_ROW}")
        page.add_data_validation(rule)


def _rule(book: Workbook, lists: Worksheet, sheet: Sheet, field: Field) -> DataValidation | None:
    if field.kind is Kind.DATE:
        return DataValidation("date", operator="greaterThan", formula1="17533")  # 1948-01-01
    if field.kind is Kind.COUNT:
        return DataValidation("whole", operator="greaterThanOrEqual", formula1="1")
    if field.kind is Kind.AMOUNT:
        return DataValidation("decimal", operator="greaterThan", formula1="0")
    if field.kind is Kind.YEAR:
        return DataValidation("whole", operator="between", formula1="2008", formula2="2100")
    if field.kind not in (Kind.CHOICE, Kind.FLAG):
        return None
    choices = FLAGS if field.kind is Kind.FLAG else field.choices
    return DataValidation("list", formula1=_list(book, lists, f"{sheet.name}_{field.header}", choices))


def _list(book: Workbook, lists: Worksheet, name: str, choices: Sequence[tuple[str, str]]) -> str:
    """Put the labels into a column of the hidden sheet and name that range; a list in the rule itself is cut at 255."""
    place = len(book.defined_names) + 1
    lists.cell(1, place, name)
    for number, (_code, label) in enumerate(choices, start=2):
        lists.cell(number, place, label)
    letter = get_column_letter(place)
    target = f"{quote_sheetname(CHOICES_SHEET)}!${letter}$2:${letter}${len(choices) + 1}"
    book.defined_names[name] = DefinedName(name, attr_text=target)
    return name
