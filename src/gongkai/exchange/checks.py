"""Check rows of items, confirmations and settings with the rules of the acts that enter them, each fault by its place.

Of its own this module knows only what names in cells mean, and that no row may stand twice.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from gongkai.agencies.models import Agency, Department
from gongkai.exchange.declarations import AGENCY
from gongkai.exchange.faults import Faults
from gongkai.exchange.reader import Row
from gongkai.exchange.sheets import CHANNELS, CONFIRMATIONS, ITEMS, SETTING_VALUES, setting_value
from gongkai.lawbook.models import AgencySetting
from gongkai.periods.acts import refusals_to_confirm
from gongkai.publishing.acts import DetailFields, HistoryRow, ItemFields, refusals_of_history
from gongkai.publishing.models import Column, Item
from gongkai.publishing.text import from_plain

CHUNK = 500
_ITEM_FIELDS = (
    "title",
    "written_on",
    "document_number",
    "subject_class",
    "genre",
    "attribute",
    "key_area",
    "is_normative",
)
_DETAIL_FIELDS = ("effective_on", "valid_until", "ground", "ground_note")
_HISTORY_FIELDS = (
    "published_on",
    "published_on_source",
    "index_number",
    "validity",
    "validity_from_on",
    "validity_note",
)
# The columns that a refusal about a channel names.
_KEYS_OF_CHANNELS = {f"{kind}.on": day for kind, day, _place in CHANNELS} | {
    f"{kind}.place": place or day for kind, day, place in CHANNELS
}
Part = TypeVar("Part")


@dataclass
class Ledger:
    """What the rows are checked against: the agencies they name, with columns and departments."""

    agencies: dict[str, Agency]
    columns: dict[int, list[Column]] = field(default_factory=dict)
    departments: dict[int, dict[str, Department]] = field(default_factory=dict)

    @classmethod
    def for_rows(cls, rows: Iterable[Row]) -> Ledger:
        """Read the agencies that the rows name."""
        codes = sorted({row["agency"] for row in rows})
        agencies = {agency.code: agency for agency in Agency.objects.filter(code__in=codes)}
        ledger = cls(agencies)
        keys = [agency.pk for agency in agencies.values()]
        for column in Column.objects.filter(agency_id__in=keys):
            ledger.columns.setdefault(column.agency_id, []).append(column)
        for department in Department.objects.filter(agency_id__in=keys):
            ledger.departments.setdefault(department.agency_id, {})[department.name] = department
        return ledger

    def agency(self, row: Row) -> Agency:
        """The agency of a row that `known` let through."""
        return self.agencies[row["agency"]]

    def known(self, rows: Sequence[Row], faults: Faults) -> list[Row]:
        """Keep the rows whose agency is in the ledger."""
        kept = []
        for row in rows:
            if row["agency"] in self.agencies:
                kept.append(row)
            else:
                _fault(faults, row, AGENCY.key, f"没有代码为「{row['agency']}」的机构", "本系统中的机构代码")
        return kept

    def named_columns(self, row: Row) -> tuple[list[Column], list[str]]:
        """The columns that a row names by name or code, and the names that no column has or more than one."""
        of_agency = self.columns.get(self.agency(row).pk, [])
        found, missing = [], []
        for name in split(row["columns"]):
            named = [column for column in of_agency if name in (column.code, column.name)]
            if len(named) == 1:
                found.append(named[0])
            else:
                missing.append(name)
        return list(dict.fromkeys(found)), missing

    def department(self, row: Row) -> Department | None:
        """The department that a row names, if there is one."""
        return self.departments.get(self.agency(row).pk, {}).get(row["department"])


def split(text: str) -> list[str]:
    """The parts of an enumeration, parted by 、 or ; of either width."""
    return [part.strip() for part in re.split("[、;\uff1b]", text) if part.strip()]


def check_items(rows: Sequence[Row], ledger: Ledger, faults: Faults, at: dt.datetime) -> None:
    """Check the items: what they name is there, none stands twice, and the rules of the act that enters them."""
    by_agency: dict[str, list[Row]] = {}
    for row in rows:
        by_agency.setdefault(row["agency"], []).append(row)
        _check_names(row, ledger, faults)
    numbered = [row for row in rows if row["index_number"]]
    repeated = _unique(numbered, ("index_number",), "index_number", set(), faults)
    unnumbered = [row for row in rows if not row["index_number"]]
    same = {
        (item.agency.code, item.title, item.published_on)
        for chunk in _chunks([row["title"] for row in unnumbered])
        for item in Item.objects.filter(title__in=chunk).select_related("agency")
    }
    _unique(unnumbered, ("agency", "title", "published_on"), "title", same, faults)
    for code, of_agency in by_agency.items():
        entries = [history_row(row, ledger) for row in of_agency]
        found = refusals_of_history(ledger.agencies[code], entries, at)
        for row, refusals in zip(of_agency, found, strict=True):
            for refusal in refusals:
                # `_check_names` and `_unique` have told these with what the workbook says.
                told = refusal.code in ("no_column", "duplicate_index_number") or row.number in repeated
                if not told:
                    key = _KEYS_OF_CHANNELS.get(refusal.field, refusal.field)
                    _fault(faults, row, key, refusal.sentence.rstrip("。"))
    _check_policies(rows, faults)


def _check_names(row: Row, ledger: Ledger, faults: Faults) -> None:
    """Check that columns and department are the agency's, and that a channel with a place or name has its day."""
    columns, missing = ledger.named_columns(row)
    known = "、".join(column.name for column in ledger.columns.get(ledger.agency(row).pk, []))
    for name in missing:
        _fault(faults, row, "columns", f"没有栏目「{name}」，或有几个同名栏目", f"以下之一：{known}")
    if not columns and not missing:
        _fault(faults, row, "columns", "没有填写", f"以下之一：{known}")
    if row["department"] and ledger.department(row) is None:
        names = "、".join(ledger.departments.get(ledger.agency(row).pk, {}))
        _fault(faults, row, "department", f"没有股室「{row['department']}」", f"以下之一：{names}")
    for _kind, day, place in CHANNELS:
        if row[day] is None and place and row[place]:
            header = row.sheet.field(place).header
            _fault(faults, row, day, f"填写了「{header}」，没有填写日期", row.sheet.field(day).expected)


def _check_policies(rows: Sequence[Row], faults: Faults) -> None:
    """Check that an interpretation names a policy of its agency, in the file or in the ledger, and not itself."""
    in_file = {(row["agency"], row["index_number"]) for row in rows if row["index_number"]}
    wanted = [row for row in rows if row["interprets"]]
    in_ledger = {
        (item.agency.code, item.index_number)
        for chunk in _chunks([row["interprets"] for row in wanted])
        for item in Item.objects.filter(index_number__in=chunk).select_related("agency")
    }
    for row in wanted:
        if row["interprets"] == row["index_number"]:
            _fault(faults, row, "interprets", "填写的是本条自己的索引号", "所解读文件的索引号")
        elif (row["agency"], row["interprets"]) not in in_file | in_ledger:
            _fault(faults, row, "interprets", f"没有索引号为「{row['interprets']}」的文件", "本机构已有的索引号")


def history_row(row: Row, ledger: Ledger) -> HistoryRow:
    """A row of the sheet of items as the act takes it."""
    columns, _missing = ledger.named_columns(row)
    return HistoryRow(
        fields=ItemFields(
            **{name: row[name] for name in _ITEM_FIELDS},
            body=from_plain(row["body"]),
            department=ledger.department(row),
            columns=tuple(columns),
        ),
        details=DetailFields(**{name: row[name] for name in _DETAIL_FIELDS}, issuers=tuple(split(row["issuers"]))),
        **{name: row[name] for name in _HISTORY_FIELDS},
        channels=tuple(_channels(row)),
        interprets_index_number=row["interprets"],
    )


def _channels(row: Row) -> Iterator[tuple[str, dt.date, str]]:
    """The channels of an item; one that was posted at several places went out by each."""
    for kind, day, place in CHANNELS:
        if row[day] is None:
            continue
        places = split(row[place]) if place == "posting_places" else [row[place]] if place else [""]
        for name in dict.fromkeys(places or [""]):
            yield kind, row[day], name


def check_confirmations(rows: Sequence[Row], ledger: Ledger, at: dt.datetime, faults: Faults) -> None:
    """Check confirmations: one per register and year, and what the act asks of each."""
    repeated = _unique(rows, ("agency", "year", "register"), "register", set(), faults)
    for row in rows:
        if row.number not in repeated:
            refusals = refusals_to_confirm(agency=ledger.agency(row), year=row["year"], register=row["register"], at=at)
            for refusal in refusals:
                _fault(faults, row, refusal.field, refusal.sentence.rstrip("。"))


def check_settings(rows: Sequence[Row], ledger: Ledger, faults: Faults) -> None:
    """Check settings: the value fits, one per setting and year."""
    for row in rows:
        try:
            setting_value(row["name"], row["value"])
        except ValueError as expected:
            _fault(faults, row, "value", f"填写的是「{row['value']}」", str(expected))
    agencies = [agency.pk for agency in ledger.agencies.values()]
    taken = set(AgencySetting.objects.filter(agency_id__in=agencies).values_list("agency__code", "name", "from_year"))
    _unique(rows, ("agency", "name", "from_year"), "name", taken, faults)


def check_all(rows: dict[str, list[Row]], ledger: Ledger, at: dt.datetime, faults: Faults) -> dict[str, list[Row]]:
    """Check items, confirmations and settings; give the rows whose agency is known, of every sheet, by its name."""
    known = {name: ledger.known(rows.get(name, []), faults) for name in rows}

    def of(name: str) -> list[Row]:
        return known.get(name, [])

    check_items(of(ITEMS.name), ledger, faults, at)
    check_confirmations(of(CONFIRMATIONS.name), ledger, at, faults)
    check_settings(of(SETTING_VALUES.name), ledger, faults)
    return known


def _fault(faults: Faults, row: Row, key: str, problem: str, expected: str = "") -> None:
    column = row.sheet.field(key).header if key else ""
    faults.add(problem, expected, sheet=row.sheet.name, row=row.number, column=column)


def _unique(
    rows: Sequence[Row], keys: Sequence[str], column: str, taken: set[tuple[Any, ...]], faults: Faults
) -> set[int]:
    """Note rows that repeat an earlier row of the file or a record of the ledger; give the numbers of the former."""
    repeated = set()
    first: dict[tuple[Any, ...], int] = {}
    for row in rows:
        value = tuple(row[key] for key in keys)
        shown, header = _label(row, column), row.sheet.field(column).header
        if value in first:
            _fault(faults, row, column, f"「{shown}」与第{first[value]}行重复", f"每行不同的{header}")
            repeated.add(row.number)
        elif value in taken:
            _fault(faults, row, column, f"「{shown}」已经登记过", f"尚未登记过的{header}")
        first.setdefault(value, row.number)
    return repeated


def _label(row: Row, key: str) -> str:
    """A value as the cell shows it."""
    return dict(row.sheet.field(key).choices).get(row[key], str(row[key]))


def _chunks(values: Sequence[Part]) -> Iterator[list[Part]]:
    """The distinct values in pieces that both databases take as parameters of one statement."""
    distinct = list(dict.fromkeys(values))
    for start in range(0, len(distinct), CHUNK):
        yield distinct[start : start + CHUNK]
