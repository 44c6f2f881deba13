"""Cells under the names that each side uses: `table/row/column` in text, `table.row.column` in the rules."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from gongkai.proofing.report import STATISTICS, Cell, Report, Where
from gongkai.proofing.subject import Subject, format_of_tables
from gongkai.rules import indicators

Value = int | Decimal | str | None


def rule_code(cell: Cell) -> str:
    """Return the code under which `rules.relations` knows a cell."""
    if cell.where.table == STATISTICS:
        return cell.where.row
    return f"{cell.where.table}.{cell.where.row}.{cell.where.column}"


def cell_at(report: Report, code: str) -> Cell | None:
    """Return the cell for a code of the rules."""
    if STATISTICS in report.tables:
        return report.tables[STATISTICS].cell(code)
    key, _, rest = code.partition(".")
    row, _, column = rest.rpartition(".")
    table = report.tables.get(key)
    return table.cell(row, column) if table else None


def place_of(report: Report, code: str) -> Where:
    """Return the place of a cell by its code in the rules, printed or not."""
    cell = cell_at(report, code)
    if cell is not None:
        return cell.where
    if STATISTICS in report.tables:
        return Where(table=STATISTICS, row=code, column="value")
    key, _, rest = code.partition(".")
    row, _, column = rest.rpartition(".")
    return Where(table=key, row=row, column=column)


def values_of(report: Report, *, blank_is_zero: bool = False) -> dict[str, Value]:
    """Return the numbers of all tables by their codes in the rules; what is no number is None, or 0 on request.

    Rows and columns that the form of the tables' format does not have are left out.
    """
    known = indicators.table(format_of_tables(report)).by_code
    values: dict[str, Value] = {}
    for cell in report.cells():
        code = rule_code(cell)
        if code in known:
            values[code] = cell.value if cell.state == "number" else 0 if blank_is_zero else None
    return values


def name_of(format: str, code: str) -> str:
    """Return how a person calls a cell: the label of its row, and the column where there are several."""
    indicator = indicators.table(format).by_code.get(code)
    if indicator is None:
        return code
    if not indicator.part:
        return f"{code}「{indicator.name}」"
    table = next(part for part in indicators.table(format).parts if part.key == indicator.part)
    row = next((each.label for each in table.rows if each.code == indicator.row_code), indicator.row_code)
    column = next((each.name for each in table.columns if each.key == indicator.column_key), "")
    return f"「{row[:18]}」{column}" if len(table.columns) > 1 else f"「{row[:18]}」"


def names_of(format: str, codes: Iterable[str], most: int = 4) -> str:
    """Name some cells, the rest by their number."""
    listed = [name_of(format, code) for code in codes]
    return "、".join(listed[:most]) + (f"等{len(listed)}格" if len(listed) > most else "")


def shown(value: object) -> str:
    """Write a value for a message."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "空白" if value is None else str(value)


def plain(value: object) -> str | int | float | None:
    """Return a value as JSON can hold it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if isinstance(value, str | int | float) or value is None else str(value)


def knows_tables(subject: Subject) -> bool:
    """Whether there are tables whose format is known."""
    return bool(subject.report.tables)
