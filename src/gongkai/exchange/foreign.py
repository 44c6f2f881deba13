"""The export of another system as rows by header: XLSX, XLS, ET, ODS or CSV in UTF-8 or GB18030, read in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gongkai.documents import DEFAULT, Document, Table, read
from gongkai.documents import Refusal as Unreadable
from gongkai.exchange.faults import Faults

TYPES = ("xlsx", "xls", "ods", "csv")
MOST_ROWS = 20_000


@dataclass(frozen=True)
class ForeignRow:
    """One row with its number in the file and its cells by header; empty cells are absent."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class ForeignTable:
    """The first sheet that holds something: its headers in order, and the rows below them that are not empty."""

    sheet: str
    headers: tuple[str, ...]
    rows: tuple[ForeignRow, ...]


def open_file(path: Path, faults: Faults) -> Document | None:
    """Read an export from a file of the server; what stands against it is noted."""
    if not path.is_file():
        faults.add(f"没有文件 {path}")
        return None
    document = read(path, limits=DEFAULT)
    if isinstance(document, Unreadable):
        faults.add(document.sentence.rstrip("。"))
        return None
    return document


def table_of(document: Document, header_row: int, faults: Faults) -> ForeignTable | None:
    """The table of an export, with its headers in the given row; what stands against it is noted."""
    before = faults.total
    if document.type not in TYPES:
        faults.add("文件不是表格", "从对方系统导出的 XLSX、XLS 或 CSV 文件")
        return None
    table = next((one for one in document.blocks if isinstance(one, Table) and any(one.rows)), None)
    if table is None:
        faults.add("表格是空的", "有表头和内容的表格")
        return None
    sheet = table.where.sheet or ""
    by_row = _by_row(table)
    names = by_row.pop(header_row, {})
    headers = {column: " ".join(text.split()) for column, text in sorted(names.items())}
    if len(headers) < 2:
        faults.add("这一行不是表头", f"表头在第{header_row}行；不对的，请改「表头所在行」", sheet=sheet, row=header_row)
    for header, count in Counter(headers.values()).items():
        if count > 1:
            faults.add(f"表头「{header}」出现了{count}次", "一次", sheet=sheet, row=header_row)
    rows = tuple(_rows(by_row, headers, header_row))
    if len(rows) > MOST_ROWS:
        faults.add(f"有{len(rows)}行", f"一次最多{MOST_ROWS}行，请分几个时间段导出", sheet=sheet)
    return ForeignTable(sheet, tuple(headers.values()), rows) if faults.total == before else None


def _by_row(table: Table) -> dict[int, dict[int, str]]:
    """The visible texts by row and column; a merged cell stands at its upper left corner alone."""
    found: dict[int, dict[int, str]] = {}
    for cell in table.cells():
        text = cell.text.strip()
        if text:
            found.setdefault(cell.row, {})[cell.column] = text
    return found


def _rows(by_row: dict[int, dict[int, str]], headers: dict[int, str], header_row: int) -> Iterator[ForeignRow]:
    for number, cells in sorted(by_row.items()):
        named = {headers[column]: text for column, text in cells.items() if column in headers}
        if number > header_row and named:
            yield ForeignRow(number, named)
