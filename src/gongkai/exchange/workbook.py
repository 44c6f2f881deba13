"""Load a workbook: the one door through which registers come in from a file, all or nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import transaction

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.audit.acts import append
from gongkai.enquiries.acts import EnquiryRow, enter_enquiries
from gongkai.exchange import events
from gongkai.exchange.checks import ENQUIRY_CHANNELS, Ledger, check_all, split
from gongkai.exchange.faults import Fault, Faults
from gongkai.exchange.reader import Row, read
from gongkai.exchange.register_rows import check_registers, enter_registers
from gongkai.exchange.sheets import (
    CHANNELS,
    CONFIRMATIONS,
    ITEMS,
    OGI_OFFICES,
    PETITIONS,
    READING_POINTS,
    SETTING_VALUES,
    SHEETS,
    STAFF,
    VISITS,
    WORK_ORDERS,
    setting_value,
)
from gongkai.exchange.template import write_template as write_template
from gongkai.lawbook.acts import set_setting
from gongkai.periods.acts import confirm_nothing_to_report
from gongkai.publishing.acts import HistoryRow, ItemFields, enter_history
from gongkai.publishing.text import from_plain
from gongkai.resources.acts import enter_office, enter_reading_point, enter_staff_member, enter_visit
from gongkai.resources.models import ReadingPoint
from gongkai.rules.refusals import ActRefused

BATCH = 500
# Refusals that are about who loads and not about what is in the workbook.
REFUSALS_OF_PERSON = frozenset({"not_your_register"})


@dataclass(frozen=True)
class LoadResult:
    """What came of loading a workbook.

    `counts` are the rows by sheet, entered when `saved`, sound otherwise. With `faults` nothing was entered;
    `left_out` faults more were counted and are not listed.
    """

    saved: bool
    counts: dict[str, int]
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left_out: int = 0

    def as_json(self) -> dict[str, Any]:
        """The result for a program."""
        return {
            "saved": self.saved,
            "counts": self.counts,
            "notes": self.notes,
            "faults": [fault.as_json() for fault in self.faults],
            "faults_left_out": self.left_out,
        }


def load(path: Path, *, by: Account | None, at: dt.datetime, dry_run: bool = False) -> LoadResult:
    """Enter the rows of a workbook through the acts of their registers, in one transaction.

    With `dry_run` everything is done and taken back. Raises `ActRefused` when the account may not enter records for
    an agency in the workbook; whatever is wrong with the workbook itself is in the result's faults.
    """
    faults = Faults()
    contents = read(path, faults)
    with transaction.atomic():
        ledger = Ledger.for_rows([row for rows in contents.rows.values() for row in rows], at)
        rows = check_all(contents.rows, ledger, faults)
        check_registers(rows, ledger.agencies, at, faults)
        if not faults:
            _Entry(ledger, by, at, faults).enter_all(rows)
            _tell(path, rows, ledger, by, at)
        if faults or dry_run:
            transaction.set_rollback(True)
    return LoadResult(
        saved=not faults and not dry_run,
        counts={name: len(rows.get(name, [])) for name in SHEETS},
        notes=contents.notes,
        faults=list(faults),
        left_out=faults.left_out,
    )


def _tell(path: Path, rows: dict[str, list[Row]], ledger: Ledger, by: Account | None, at: dt.datetime) -> None:
    """Note in each agency's chain that this file came in at the command line, and in whose name."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    for code, agency in sorted(ledger.agencies.items()):
        own = sum(row["agency"] == code for sheet in rows.values() for row in sheet)
        data = events.WorkbookLoaded(
            file=path.name, digest=digest, rows=own, in_name_of=f"，以{by.name}的名义" if by else ""
        )
        append(data, agency_code=agency.code, object_kind="agencies.agency", object_key=agency.code, by=None, at=at)


class _Entry:
    """Enter sound rows, sheet by sheet; what an act refuses is a fault of its row."""

    def __init__(self, ledger: Ledger, by: Account | None, at: dt.datetime, faults: Faults) -> None:
        self.ledger = ledger
        self.by = by
        self.at = at
        self.faults = faults

    def enter_all(self, rows: dict[str, list[Row]]) -> None:
        """Enter every sheet in the order in which registers need one another."""
        singly: tuple[tuple[str, Callable[[Row], object]], ...] = (
            (SETTING_VALUES.name, self._setting),
            (OGI_OFFICES.name, self._office),
            (READING_POINTS.name, self._reading_point),
            (STAFF.name, self._staff_member),
            (VISITS.name, self._visit),
        )
        for name, enter in singly:
            self._each(rows.get(name, []), enter)
        # Policies before their interpretations, which name them by index number.
        items = sorted(rows.get(ITEMS.name, []), key=lambda row: bool(row["interprets"]))
        self._in_batches(items, self._items)
        for sheet in (WORK_ORDERS, PETITIONS):
            self._in_batches(rows.get(sheet.name, []), self._enquiries)
        enter_registers(rows, self.ledger.agencies, by=self.by, at=self.at)
        # Last, for they are refused where a register has records.
        self._each(rows.get(CONFIRMATIONS.name, []), self._confirmation)

    def _each(self, rows: Sequence[Row], enter: Callable[[Row], object]) -> None:
        for row in rows:
            try:
                enter(row)
            except ActRefused as refused:
                self._note(refused, row.sheet.name, row.number)

    def _in_batches(self, rows: Sequence[Row], enter: Callable[[Agency, Sequence[Row]], object]) -> None:
        """Enter rows of one agency at a time, in the order of the file, so many to an act."""
        for agency, of_agency in self._by_agency(rows):
            for start in range(0, len(of_agency), BATCH):
                batch = of_agency[start : start + BATCH]
                try:
                    enter(agency, batch)
                except ActRefused as refused:
                    self._note(refused, batch[0].sheet.name, 0)

    def _by_agency(self, rows: Sequence[Row]) -> Iterator[tuple[Agency, list[Row]]]:
        for code, of_agency in groupby(sorted(rows, key=lambda row: str(row["agency"])), lambda row: row["agency"]):
            yield self.ledger.agencies[code], list(of_agency)

    def _note(self, refused: ActRefused, sheet: str, number: int) -> None:
        """Turn refusals into faults; one about the person who loads is not the workbook's and goes on up."""
        if any(refusal.code in REFUSALS_OF_PERSON for refusal in refused.refusals):
            raise refused
        for refusal in refused.refusals:
            self.faults.add(refusal.sentence.rstrip("。"), sheet=sheet, row=number)

    def _setting(self, row: Row) -> None:
        value = setting_value(row["name"], row["value"])
        agency = self.ledger.agency(row)
        set_setting(agency=agency, name=row["name"], from_year=row["from_year"], value=value, by=self.by, at=self.at)

    def _office(self, row: Row) -> None:
        agency = self.ledger.agency(row)
        enter_office(
            agency=agency, name=row["name"], from_on=row["from_on"], to_on=row["to_on"], by=self.by, at=self.at
        )

    def _reading_point(self, row: Row) -> None:
        enter_reading_point(
            agency=self.ledger.agency(row),
            name=row["name"],
            address=row["address"],
            from_on=row["from_on"],
            to_on=row["to_on"],
            by=self.by,
            at=self.at,
        )

    def _staff_member(self, row: Row) -> None:
        enter_staff_member(
            agency=self.ledger.agency(row),
            name=row["name"],
            employment=row["employment"],
            from_on=row["from_on"],
            to_on=row["to_on"],
            by=self.by,
            at=self.at,
        )

    def _visit(self, row: Row) -> None:
        point = ReadingPoint.objects.get(agency=self.ledger.agency(row), name=row["reading_point"])
        enter_visit(reading_point=point, on=row["on"], visitors=row["visitors"], by=self.by, at=self.at)

    def _confirmation(self, row: Row) -> None:
        confirm_nothing_to_report(
            agency=self.ledger.agency(row), year=row["year"], register=row["register"], by=self.by, at=self.at
        )

    def _items(self, agency: Agency, rows: Sequence[Row]) -> None:
        enter_history(agency=agency, rows=[self._history(row) for row in rows], by=self.by, at=self.at)

    def _history(self, row: Row) -> HistoryRow:
        columns, _missing = self.ledger.named_columns(row)
        fields = ItemFields(
            title=row["title"],
            body=from_plain(row["body"]),
            written_on=row["written_on"],
            document_number=row["document_number"],
            subject_class=row["subject_class"],
            genre=row["genre"],
            attribute=row["attribute"],
            key_area=row["key_area"],
            is_normative=row["is_normative"],
            department=self.ledger.department(row),
            columns=tuple(columns),
        )
        return HistoryRow(
            fields=fields,
            published_on=row["published_on"],
            published_on_source=row["published_on_source"],
            channels=tuple(_channels(row)),
            index_number=row["index_number"],
            interprets_index_number=row["interprets"],
        )

    def _enquiries(self, agency: Agency, rows: Sequence[Row]) -> None:
        entries = [
            EnquiryRow(
                channel=ENQUIRY_CHANNELS[row.sheet.name],
                number=row["number"],
                topic=row["topic"],
                received_on=row["received_on"],
                answered_on=row["answered_on"],
                settled_on=row["settled_on"],
            )
            for row in rows
        ]
        enter_enquiries(agency=agency, rows=entries, by=self.by, at=self.at)


def _channels(row: Row) -> Iterator[tuple[str, dt.date, str]]:
    """The channels of an item; one that was posted at several places went out by each."""
    for kind, day, place in CHANNELS:
        if row[day] is None:
            continue
        places = split(row[place]) if place == "posting_places" else [row[place]] if place else [""]
        for name in dict.fromkeys(places or [""]):
            yield kind, row[day], name
