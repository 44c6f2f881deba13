"""Read a workbook into typed rows. Every fault is noted; what is sound is given on, so that all faults show at once."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any
from unicodedata import category

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException

from gongkai.exchange.declarations import AGENCY, EXAMPLE_MARK, LAST_YEAR, Field, Kind, Sheet, Value
from gongkai.exchange.faults import Faults
from gongkai.exchange.packages import LAST_ROW, PACKAGE_ERRORS, Extent, NotAWorkbook, examine
from gongkai.exchange.sheets import SHEETS, SILENT_SHEETS
from gongkai.rules.years import FIRST_YEAR

WRITTEN_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)\Z", re.ASCII)
LONGEST_EXACT_NUMBER = 10**15  # a spreadsheet keeps fifteen digits of a number
MAX_COUNT = 2**31 - 1
MAX_AMOUNT = 999_999_999_999  # yuan, the twelve digits before the point that are stored
MAX_UNKNOWN_HEADERS = 20
# What openpyxl raises for files that are broken in ways a look at the package does not show.
READ_ERRORS = (*PACKAGE_ERRORS, InvalidFileException, TypeError, AttributeError, IndexError)


@dataclass(frozen=True)
class Row:
    """One row of a sheet with sound cells; blank ones hold the column's default."""

    sheet: Sheet
    number: int
    values: dict[str, Value]

    def __getitem__(self, key: str) -> Any:
        return self.values[key]


@dataclass
class Contents:
    """What a workbook holds: rows by sheet name, and notes on what was passed over."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read(path: Path, faults: Faults) -> Contents:
    """Read the sheets of a workbook; the formulas in it are not calculated but refused."""
    contents = Contents()
    try:
        extents = examine(path, {sheet.name: len(sheet.fields) for sheet in SHEETS.values()})
        usable = list(_usable(extents, faults))
        if usable:
            _read_sheets(path, usable, contents, faults)
    except NotAWorkbook as error:
        faults.add(str(error))
    except READ_ERRORS:
        faults.add("文件不是完好的 Excel 工作簿（.xlsx），请用 Excel 或 WPS 打开后另存为 .xlsx")
    return contents


def _usable(extents: Sequence[Extent], faults: Faults) -> Iterator[Extent]:
    """Give on the sheets whose rows can be read; note what stands against the others."""
    counts = Counter(extent.name for extent in extents)
    known = "、".join(SHEETS)
    for name, count in counts.items():
        if count > 1:
            faults.add(f"工作簿里有{count}个名为「{name}」的工作表，请只保留一个", sheet=name)
        elif name not in SHEETS and name not in SILENT_SHEETS:
            faults.add("没有这个工作表，请删除或改名", f"以下之一：{known}", sheet=name)
    if not any(extent.name in SHEETS for extent in extents):
        faults.add("工作簿里没有可以导入的工作表", f"以下之一：{known}")
    for extent in extents:
        if counts[extent.name] > 1 or extent.name not in SHEETS:
            continue
        for merged in extent.merged:
            faults.add(f"单元格 {merged} 是合并的，请取消合并，逐格填写", sheet=extent.name)
        for place in extent.beyond:
            faults.add(f"单元格 {place} 有内容，但这一列没有表头", sheet=extent.name)
        if extent.too_low:
            faults.add(f"单元格 {extent.too_low} 有内容，一个工作表最多填到第{LAST_ROW}行", sheet=extent.name)
        else:
            yield extent


def _read_sheets(path: Path, extents: Sequence[Extent], contents: Contents, faults: Faults) -> None:
    with warnings.catch_warnings():
        # openpyxl warns of styles and extensions that it passes over; they are nothing to a reader of values.
        warnings.simplefilter("ignore")
        book = load_workbook(path, read_only=True, keep_links=False, rich_text=False)
        try:
            for extent in extents:
                cells = book[extent.name].iter_rows(
                    min_row=1,
                    max_row=max(extent.last_row, 1),
                    max_col=max(min(extent.columns, len(SHEETS[extent.name].fields) + MAX_UNKNOWN_HEADERS), 1),
                )
                contents.rows[extent.name] = list(_read_rows(SHEETS[extent.name], cells, contents, faults))
                if extent.empty_rows:
                    contents.notes.append(f"「{extent.name}」跳过空行{extent.empty_rows}行。")
        finally:
            book.close()


def _read_rows(sheet: Sheet, rows: Iterator[Sequence[Any]], contents: Contents, faults: Faults) -> Iterator[Row]:
    fields = _fields_by_position(sheet, [_text(cell.value) for cell in next(rows, ())], faults)
    if fields is None:
        return
    for number, cells in enumerate(rows, start=2):
        if all(_is_blank(cell.value) for cell in cells):
            continue
        if cells[0].value == EXAMPLE_MARK:
            if _is_untouched(fields, cells):
                contents.notes.append(f"「{sheet.name}」第{number}行是示例行，已跳过。")
            else:
                faults.add(
                    "示例行改动过，不会导入。要填真实数据，请把第一列的「示例」改成机构代码；不填请恢复原样或删除这一行",
                    sheet=sheet.name,
                    row=number,
                    column=AGENCY.header,
                )
            continue
        row = _read_row(sheet, number, fields, cells, faults)
        if row is not None:
            yield row


def _fields_by_position(sheet: Sheet, headers: Sequence[str], faults: Faults) -> list[Field] | None:
    """The columns in the order in which they stand; None when the headers are not those of the template."""
    before = faults.total
    counts = Counter(header for header in headers if header)
    for header in sheet.headers:
        if counts[header] == 0:
            faults.add(f"缺少表头「{header}」", "模板中的表头", sheet=sheet.name, row=1)
        elif counts[header] > 1:
            faults.add(f"表头「{header}」出现了{counts[header]}次", "一次", sheet=sheet.name, row=1)
    for place, header in enumerate(headers, start=1):
        if header and header not in sheet.headers:
            faults.add(
                f"{get_column_letter(place)}列的表头「{header}」不在模板中", "模板中的表头", sheet=sheet.name, row=1
            )
    for place in range(1, len(headers)):
        if not headers[place - 1] and any(headers[place:]):
            faults.add(f"{get_column_letter(place)}列没有表头，请删除这一列", sheet=sheet.name, row=1)
    if faults.total == before and headers[0] != AGENCY.header:
        faults.add("第一列的表头不对", f"「{AGENCY.header}」", sheet=sheet.name, row=1)
    if faults.total > before:
        return None
    by_header = {field.header: field for field in sheet.fields}
    return [by_header[header] for header in headers if header]


def _is_untouched(fields: Sequence[Field], cells: Sequence[Any]) -> bool:
    """Whether every cell of an example row is as the template has it."""
    return all(
        cell.data_type != "f" and _plain(cell.value) == field.example
        for field, cell in zip(fields, cells, strict=False)
    )


def _plain(value: Any) -> Any:
    """A cell's value, with days as days and blanks as nothing, to be compared with an example."""
    if isinstance(value, dt.datetime):
        return value.date()
    return None if _is_blank(value) else value


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _read_row(sheet: Sheet, number: int, fields: Sequence[Field], cells: Sequence[Any], faults: Faults) -> Row | None:
    values: dict[str, Value] = {field.key: field.default for field in sheet.fields}
    sound = True
    for place, field_ in enumerate(fields):
        cell = cells[place] if place < len(cells) else None
        try:
            values[field_.key] = _read_cell(field_, cell)
        except _CellFault as fault:
            sound = False
            faults.add(fault.problem, fault.expected, sheet=sheet.name, row=number, column=field_.header)
    return Row(sheet, number, values) if sound else None


class _CellFault(Exception):
    """A cell does not hold what its column says."""

    def __init__(self, problem: str, expected: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.expected = expected


def _read_cell(field_: Field, cell: Any) -> Value:
    value = None if cell is None else cell.value
    if cell is not None and cell.data_type == "f":
        raise _CellFault("填写的是公式，请改为数值（复制后选择性粘贴为数值）", field_.expected)
    if cell is not None and cell.data_type == "e":
        raise _CellFault(f"填写的是错误值 {value}", field_.expected)
    if _is_blank(value):
        if field_.required:
            raise _CellFault("没有填写", field_.expected)
        return field_.default if field_.kind is not Kind.TEXT else ""
    return READERS[field_.kind](field_, value)


def _shown(value: Any) -> str:
    """A cell's value in a message, cut short."""
    shown = str(value).strip()
    return f"「{shown[:40]}…」" if len(shown) > 40 else f"「{shown}」"


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _read_text(field_: Field, value: Any) -> str:
    if isinstance(value, bool | dt.date | dt.time | dt.timedelta):
        raise _CellFault(f"填写的是{_shown(value)}，单元格不是文字", field_.expected)
    if isinstance(value, int | float | Decimal):
        number = float(value)
        if not number.is_integer() or abs(number) >= LONGEST_EXACT_NUMBER:
            raise _CellFault(
                f"填写的是数值{_shown(value)}，表格软件可能已改动其中的数字", "文字，请把单元格设为文本格式后重新填写"
            )
        value = int(number)
    text = _in_lines(unescape(str(value))).strip()
    if any(category(sign) in ("Cc", "Cs", "Co", "Cn") and sign not in "\n\t" for sign in text):
        raise _CellFault("含有不能保存的控制字符，请删去或重新键入这一格", field_.expected)
    if not field_.has_lines:
        if "\n" in text:
            raise _CellFault("单元格里换了行", f"写成一行的{field_.expected}")
        if any(category(sign) == "Cf" for sign in text):
            # Nobody sees them, and with them two equal numbers differ.
            raise _CellFault("含有看不见的字符（例如零宽空格），请删去或重新键入这一格", field_.expected)
    if field_.max_length and len(text) > field_.max_length:
        raise _CellFault(f"填写了{len(text)}字", field_.expected)
    return text


def _in_lines(text: str) -> str:
    """A text whose lines end in one way; Windows and old Mac programs end them in two others."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_day(field_: Field, value: Any) -> dt.date:
    day: dt.date | None = None
    if isinstance(value, dt.datetime):
        day = value.date()
    elif isinstance(value, dt.date):
        day = value
    elif isinstance(value, str) and (match := WRITTEN_DAY.match(value.strip())):
        year, month, date = (int(part) for part in match.groups() if part)
        try:
            day = dt.date(year, month, date)
        except ValueError:
            day = None
    if day is None or not FIRST_YEAR - 60 <= day.year <= LAST_YEAR:
        raise _CellFault(f"填写的是{_shown(value)}", field_.expected)
    return day


def _read_count(field_: Field, value: Any) -> int:
    if isinstance(value, int | float) and not isinstance(value, bool):
        count = float(value)
        if count.is_integer() and 1 <= count <= MAX_COUNT:
            return int(count)
    raise _CellFault(f"填写的是{_shown(value)}", field_.expected)


def _read_amount(field_: Field, value: Any) -> Decimal:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= MAX_AMOUNT:
        amount = Decimal(str(value))
        if amount == amount.quantize(Decimal("0.01")):
            return amount
    raise _CellFault(f"填写的是{_shown(value)}", field_.expected)


def _read_year(field_: Field, value: Any) -> int:
    shown = _text(value)
    if isinstance(value, bool) or not re.fullmatch(r"\d{4}(\.0)?", shown, re.ASCII):
        raise _CellFault(f"填写的是{_shown(value)}", field_.expected)
    year = int(shown[:4])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _CellFault(f"填写的是{_shown(value)}", field_.expected)
    return year


def _read_choice(field_: Field, value: Any) -> str:
    for code, label in field_.choices:
        if _text(value) == label:
            return code
    raise _CellFault(f"填写的是{_shown(value)}", field_.expected)


def _read_flag(field_: Field, value: Any) -> bool:
    if _text(value) not in ("是", "否"):
        raise _CellFault(f"填写的是{_shown(value)}", field_.expected)
    return _text(value) == "是"


READERS: dict[Kind, Callable[[Field, Any], Value]] = {
    Kind.TEXT: _read_text,
    Kind.DATE: _read_day,
    Kind.COUNT: _read_count,
    Kind.YEAR: _read_year,
    Kind.CHOICE: _read_choice,
    Kind.FLAG: _read_flag,
    Kind.AMOUNT: _read_amount,
}
