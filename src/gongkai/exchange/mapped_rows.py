"""Read the rows of an export by a mapping: only number, dates, limit, topic and result come through."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from gongkai.exchange.faults import Faults
from gongkai.exchange.foreign import ForeignRow, ForeignTable
from gongkai.exchange.mapped import BY_NAME, USUAL_RESULTS, MappedField, Target
from gongkai.exchange.models import ColumnMapping, DayOrder
from gongkai.screening import safe_text

NUMBER_LENGTH = 64
TOPIC_LENGTH = 128
_PARTS = re.compile(r"(\d{1,4})\D+(\d{1,2})\D+(\d{1,4})(?:日)?(?=\D|$)", re.ASCII)
_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?\Z", re.ASCII)
_PLACES = {DayOrder.YEAR_FIRST: (0, 1, 2), DayOrder.DAY_FIRST: (2, 1, 0), DayOrder.MONTH_FIRST: (2, 0, 1)}


@dataclass(frozen=True)
class MappedRow:
    """What is kept of a row: the values by field; a field whose cell is empty is absent."""

    number: int
    values: dict[str, Any]


@dataclass
class MappedRows:
    """The sound rows of an export, and what was done to them on the way."""

    rows: list[MappedRow] = field(default_factory=list)
    masked: int = 0
    shortened: int = 0

    @property
    def notes(self) -> list[str]:
        """What the officer is told of it."""
        said = []
        if self.masked:
            said.append(f"有{self.masked}条主题里写有号码，已经隐去。")
        if self.shortened:
            said.append(f"有{self.shortened}条主题超过{TOPIC_LENGTH}字，只登记前面的部分。")
        return said


def read_rows(mapping: ColumnMapping, table: ForeignTable, faults: Faults) -> MappedRows:
    """Take from each row what the mapping names; every fault is noted with row and column."""
    found = MappedRows()
    missing = [header for header in mapping.columns.values() if header not in table.headers]
    for header in missing:
        faults.add(f"没有「{header}」列", "保存对应关系时的表头；对方改了表头的，请修改对应关系", sheet=table.sheet)
    if missing:
        return found
    for row in table.rows:
        values = _values(mapping, row, table.sheet, found, faults)
        if values is not None:
            found.rows.append(MappedRow(row.number, values))
    _note_repeated(mapping, table.sheet, found.rows, faults)
    return found


def _values(
    mapping: ColumnMapping, row: ForeignRow, sheet: str, found: MappedRows, faults: Faults
) -> dict[str, Any] | None:
    values: dict[str, Any] = {}
    before = faults.total
    for name, header in mapping.columns.items():
        text = row.cells.get(header, "")
        mapped = BY_NAME[name]
        if not text:
            if mapped.required:
                faults.add("没有填写", _expected(mapped), sheet=sheet, row=row.number, column=header)
            continue
        value = _value(mapping, mapped, text, found)
        if value is None:
            shown = safe_text(text[:40])
            faults.add(f"填写的是「{shown}」", _expected(mapped, mapping), sheet=sheet, row=row.number, column=header)
        values[name] = value
    return values if faults.total == before else None


def _value(mapping: ColumnMapping, mapped: MappedField, text: str, found: MappedRows) -> Any:
    """The value of a cell; None for one that cannot be read."""
    if mapped.target is Target.DAY:
        return day_of(text, mapping.day_order)
    if mapped.target is Target.RESULT:
        return mapping.results.get(text) or USUAL_RESULTS.get(text)
    if mapped.name == "number":
        return text if len(text) <= NUMBER_LENGTH else None
    return _topic(text, found)


def _topic(text: str, found: MappedRows) -> str:
    """A topic without numbers of persons, in one line, no longer than the register holds."""
    plain = " ".join(text.split())
    covered = safe_text(plain)
    found.masked += covered != plain
    if len(covered) > TOPIC_LENGTH:
        found.shortened += 1
        return covered[: TOPIC_LENGTH - 1] + "…"
    return covered


def day_of(text: str, order: str) -> dt.date | None:
    """The day that a text tells, with or without a time of day behind it; None when it tells none.

    A year of four digits in front decides by itself; otherwise the parts stand in the given order.
    """
    run = _RUN.match(text.strip())
    match = run or _PARTS.match(text.strip())
    if match is None:
        return None
    parts = [int(part) for part in match.groups()]
    first = _PLACES[DayOrder.YEAR_FIRST] if len(match[1]) == 4 else _PLACES[DayOrder(order)]
    year, month, day = (parts[place] for place in first)
    try:
        return dt.date(year, month, day) if year >= 1900 else None
    except ValueError:
        return None


def _expected(mapped: MappedField, mapping: ColumnMapping | None = None) -> str:
    if mapped.target is Target.DAY:
        example = DayOrder(mapping.day_order).label if mapping else DayOrder.YEAR_FIRST.label
        return f"日期（{example}）"
    if mapped.target is Target.RESULT:
        return "对应关系里写明的一种说法；新的说法请加到对应关系的「结果的说法」里"
    return f"不超过{NUMBER_LENGTH}字的编号" if mapped.name == "number" else "文字"


def _note_repeated(mapping: ColumnMapping, sheet: str, rows: Sequence[MappedRow], faults: Faults) -> None:
    """Note numbers that stand in several rows."""
    counts = Counter(row.values["number"] for row in rows)
    first: dict[str, int] = {}
    for row in rows:
        number = row.values["number"]
        if counts[number] > 1 and number in first:
            faults.add(
                f"「{number}」与第{first[number]}行重复",
                "每行不同的编号",
                sheet=sheet,
                row=row.number,
                column=mapping.columns["number"],
            )
        first.setdefault(number, row.number)
