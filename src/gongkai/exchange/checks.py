"""Check rows against one another and against the ledger, row by row, so that every fault can be named by its place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.utils import timezone

from gongkai.agencies.models import Agency, Department
from gongkai.enquiries.models import Enquiry, EnquiryChannel
from gongkai.exchange.declarations import AGENCY
from gongkai.exchange.faults import Faults
from gongkai.exchange.reader import Row
from gongkai.exchange.sheets import (
    CHANNELS,
    CONFIRMATIONS,
    ITEMS,
    OGI_OFFICES,
    PETITIONS,
    READING_POINTS,
    SETTING_VALUES,
    STAFF,
    VISITS,
    WORK_ORDERS,
    setting_value,
)
from gongkai.lawbook.models import AgencySetting
from gongkai.periods.models import NothingToReport
from gongkai.publishing.models import Column, Item
from gongkai.resources.models import OgiOffice, ReadingPoint, StaffMember, Visit

CHUNK = 500
ENQUIRY_CHANNELS = {WORK_ORDERS.name: EnquiryChannel.HOTLINE, PETITIONS.name: EnquiryChannel.PETITION}
Part = TypeVar("Part")


@dataclass
class Ledger:
    """What the rows are checked against: the agencies they name, with columns and departments, and today."""

    today: dt.date
    agencies: dict[str, Agency]
    columns: dict[int, list[Column]] = field(default_factory=dict)
    departments: dict[int, dict[str, Department]] = field(default_factory=dict)

    @classmethod
    def for_rows(cls, rows: Iterable[Row], at: dt.datetime) -> Ledger:
        """Read the agencies that the rows name."""
        codes = sorted({row["agency"] for row in rows})
        agencies = {agency.code: agency for agency in Agency.objects.filter(code__in=codes)}
        ledger = cls(timezone.localdate(at), agencies)
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


def check_items(rows: Sequence[Row], ledger: Ledger, faults: Faults) -> None:
    """Check the items: days in order, columns and departments known, numbers new, policies there."""
    for row in rows:
        _not_in_future(row, ("written_on", "published_on"), ledger, faults)
        _in_order(row, "written_on", "published_on", faults)
        _check_channels(row, ledger, faults)
        columns, missing = ledger.named_columns(row)
        known = "、".join(column.name for column in ledger.columns.get(ledger.agency(row).pk, []))
        for name in missing:
            _fault(faults, row, "columns", f"没有栏目「{name}」，或有几个同名栏目", f"以下之一：{known}")
        if not columns and not missing:
            _fault(faults, row, "columns", "没有填写", f"以下之一：{known}")
        if row["department"] and ledger.department(row) is None:
            names = "、".join(ledger.departments.get(ledger.agency(row).pk, {}))
            _fault(faults, row, "department", f"没有股室「{row['department']}」", f"以下之一：{names}")
    numbered = [row for row in rows if row["index_number"]]
    taken = set(_existing(Item, "index_number", [row["index_number"] for row in numbered]))
    _unique(numbered, ("index_number",), "index_number", {(number,) for number in taken}, faults)
    unnumbered = [row for row in rows if not row["index_number"]]
    same = {
        (item.agency.code, item.title, item.published_on)
        for chunk in _chunks([row["title"] for row in unnumbered])
        for item in Item.objects.filter(title__in=chunk).select_related("agency")
    }
    _unique(unnumbered, ("agency", "title", "published_on"), "title", same, faults)
    _check_policies(rows, faults)


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


def _check_channels(row: Row, ledger: Ledger, faults: Faults) -> None:
    for _kind, day, place in CHANNELS:
        if row[day] is not None:
            _not_in_future(row, (day,), ledger, faults)
            _in_order(row, "published_on", day, faults)
        elif place and row[place]:
            header = row.sheet.field(place).header
            _fault(faults, row, day, f"填写了「{header}」，没有填写日期", row.sheet.field(day).expected)


def check_enquiries(rows: Sequence[Row], ledger: Ledger, faults: Faults) -> None:
    """Check work orders or petitions: days in order, numbers new."""
    if not rows:
        return
    for row in rows:
        _not_in_future(row, ("received_on", "answered_on", "settled_on"), ledger, faults)
        _in_order(row, "received_on", "answered_on", faults)
        _in_order(row, "received_on", "settled_on", faults)
    channel = ENQUIRY_CHANNELS[rows[0].sheet.name]
    taken = {
        (enquiry.agency.code, enquiry.number)
        for chunk in _chunks([row["number"] for row in rows])
        for enquiry in Enquiry.objects.filter(channel=channel, number__in=chunk).select_related("agency")
    }
    _unique(rows, ("agency", "number"), "number", taken, faults)


def check_resources(rows: Sequence[Row], ledger: Ledger, faults: Faults) -> None:
    """Check offices, reading points or staff: days in order, names new."""
    if not rows:
        return
    model: Any = {OGI_OFFICES.name: OgiOffice, READING_POINTS.name: ReadingPoint, STAFF.name: StaffMember}[
        rows[0].sheet.name
    ]
    for row in rows:
        _not_in_future(row, ("from_on",), ledger, faults)
        _in_order(row, "from_on", "to_on", faults)
    taken = {
        (record.agency.code, record.name)
        for chunk in _chunks([row["name"] for row in rows])
        for record in model.objects.filter(name__in=chunk).select_related("agency")
    }
    _unique(rows, ("agency", "name"), "name", taken, faults)


def check_visits(rows: Sequence[Row], points: Sequence[Row], ledger: Ledger, faults: Faults) -> None:
    """Check visits: the reading point is in the file or in the ledger and in being that day; one row a day."""
    being: dict[tuple[str, str], tuple[dt.date, dt.date | None]] = {
        (point.agency.code, point.name): (point.from_on, point.to_on)
        for chunk in _chunks([row["reading_point"] for row in rows])
        for point in ReadingPoint.objects.filter(name__in=chunk).select_related("agency")
    }
    being |= {(row["agency"], row["name"]): (row["from_on"], row["to_on"]) for row in points}
    for row in rows:
        _not_in_future(row, ("on",), ledger, faults)
        span = being.get((row["agency"], row["reading_point"]))
        if span is None:
            _fault(faults, row, "reading_point", f"没有查阅点「{row['reading_point']}」", "已登记的查阅点名称")
        elif row["on"] < span[0] or (span[1] is not None and row["on"] > span[1]):
            until = f"{span[1]}" if span[1] else "今天"
            _fault(faults, row, "on", f"{row['on']} 时该查阅点没有启用", f"{span[0]}至{until}之间的日期")
    taken = {
        (visit.agency.code, visit.reading_point.name, visit.on)
        for chunk in _chunks([row["on"] for row in rows])
        for visit in Visit.objects.filter(on__in=chunk).select_related("agency", "reading_point")
    }
    _unique(rows, ("agency", "reading_point", "on"), "on", taken, faults)


def check_confirmations(rows: Sequence[Row], ledger: Ledger, faults: Faults) -> None:
    """Check confirmations: one per register and year, the year is over."""
    for row in rows:
        if row["year"] >= ledger.today.year:
            _fault(faults, row, "year", f"{row['year']}年度还没有结束", f"{ledger.today.year - 1}年及以前的年度")
    agencies = [agency.pk for agency in ledger.agencies.values()]
    taken = set(
        NothingToReport.objects.filter(period__agency_id__in=agencies).values_list(
            "period__agency__code", "period__year", "register"
        )
    )
    _unique(rows, ("agency", "year", "register"), "register", taken, faults)


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


def check_all(rows: dict[str, list[Row]], ledger: Ledger, faults: Faults) -> dict[str, list[Row]]:
    """Check every sheet; give the rows whose agency is known, by sheet name."""
    known = {name: ledger.known(rows.get(name, []), faults) for name in rows}

    def of(name: str) -> list[Row]:
        return known.get(name, [])

    check_items(of(ITEMS.name), ledger, faults)
    for sheet in (WORK_ORDERS, PETITIONS):
        check_enquiries(of(sheet.name), ledger, faults)
    for sheet in (OGI_OFFICES, READING_POINTS, STAFF):
        check_resources(of(sheet.name), ledger, faults)
    check_visits(of(VISITS.name), of(READING_POINTS.name), ledger, faults)
    check_confirmations(of(CONFIRMATIONS.name), ledger, faults)
    check_settings(of(SETTING_VALUES.name), ledger, faults)
    return known


def _fault(faults: Faults, row: Row, key: str, problem: str, expected: str = "") -> None:
    faults.add(problem, expected, sheet=row.sheet.name, row=row.number, column=row.sheet.field(key).header)


def _not_in_future(row: Row, keys: Iterable[str], ledger: Ledger, faults: Faults) -> None:
    for key in keys:
        if row[key] is not None and row[key] > ledger.today:
            _fault(faults, row, key, f"{row[key]} 在今天（{ledger.today}）之后", "不晚于今天的日期")


def _in_order(row: Row, first: str, second: str, faults: Faults) -> None:
    if row[first] is not None and row[second] is not None and row[second] < row[first]:
        header = row.sheet.field(first).header
        _fault(faults, row, second, f"{row[second]} 早于「{header}」{row[first]}", f"不早于「{header}」的日期")


def _unique(rows: Sequence[Row], keys: Sequence[str], column: str, taken: set[tuple[Any, ...]], faults: Faults) -> None:
    """Note rows that repeat an earlier row of the file or a record of the ledger."""
    first: dict[tuple[Any, ...], int] = {}
    for row in rows:
        value = tuple(row[key] for key in keys)
        shown, header = _label(row, column), row.sheet.field(column).header
        if value in first:
            _fault(faults, row, column, f"「{shown}」与第{first[value]}行重复", f"每行不同的{header}")
        elif value in taken:
            _fault(faults, row, column, f"「{shown}」已经登记过", f"尚未登记过的{header}")
        first.setdefault(value, row.number)


def _label(row: Row, key: str) -> str:
    """A value as the cell shows it."""
    return dict(row.sheet.field(key).choices).get(row[key], str(row[key]))


def _existing(model: Any, name: str, values: Sequence[Any]) -> Iterator[Any]:
    for chunk in _chunks(values):
        yield from model.objects.filter(**{f"{name}__in": chunk}).values_list(name, flat=True)


def _chunks(values: Sequence[Part]) -> Iterator[list[Part]]:
    """The distinct values in pieces that both databases take as parameters of one statement."""
    distinct = list(dict.fromkeys(values))
    for start in range(0, len(distinct), CHUNK):
        yield distinct[start : start + CHUNK]
