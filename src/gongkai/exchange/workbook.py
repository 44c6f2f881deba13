"""Load a workbook: the one door through which registers come in from a file, all or nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import transaction

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.audit.acts import append
from gongkai.exchange import events
from gongkai.exchange.checks import Ledger, check_all, history_row
from gongkai.exchange.declarations import Sheet
from gongkai.exchange.faults import Fault, Faults
from gongkai.exchange.reader import Row, read
from gongkai.exchange.register_rows import check_registers, records_of
from gongkai.exchange.register_sheets import REGISTER_SHEETS, RegisterSheet
from gongkai.exchange.sheets import CONFIRMATIONS, ITEMS, SETTING_VALUES, SHEETS, setting_value
from gongkai.exchange.template import write_template as write_template
from gongkai.lawbook.acts import set_setting
from gongkai.periods.acts import confirm_nothing_to_report
from gongkai.periods.records.acts import enter_records
from gongkai.publishing.acts import enter_history
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
        ledger = Ledger.for_rows([row for rows in contents.rows.values() for row in rows])
        rows = check_all(contents.rows, ledger, at, faults)
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
        self._each(rows.get(SETTING_VALUES.name, []), self._setting)
        # Policies before their interpretations, which name them by index number.
        items = sorted(rows.get(ITEMS.name, []), key=lambda row: bool(row["interprets"]))
        self._in_batches(items, self._items)
        for register in REGISTER_SHEETS:
            self._in_batches(rows.get(register.sheet.name, []), partial(self._records, register))
        # Last, for they are refused where a register has records.
        self._each(rows.get(CONFIRMATIONS.name, []), self._confirmation)

    def _each(self, rows: Sequence[Row], enter: Callable[[Row], object]) -> None:
        for row in rows:
            try:
                enter(row)
            except ActRefused as refused:
                self._note(refused, row.sheet, row.number)

    def _in_batches(self, rows: Sequence[Row], enter: Callable[[Agency, Sequence[Row]], object]) -> None:
        """Enter rows of one agency at a time, in the order of the file, so many to an act."""
        for agency, of_agency in self._by_agency(rows):
            for start in range(0, len(of_agency), BATCH):
                batch = of_agency[start : start + BATCH]
                try:
                    enter(agency, batch)
                except ActRefused as refused:
                    self._note(refused, batch[0].sheet, 0)

    def _by_agency(self, rows: Sequence[Row]) -> Iterator[tuple[Agency, list[Row]]]:
        for code, of_agency in groupby(sorted(rows, key=lambda row: str(row["agency"])), lambda row: row["agency"]):
            yield self.ledger.agencies[code], list(of_agency)

    def _note(self, refused: ActRefused, sheet: Sheet, number: int) -> None:
        """Turn refusals into faults; one about the person who loads is not the workbook's and goes on up."""
        if any(refusal.code in REFUSALS_OF_PERSON for refusal in refused.refusals):
            raise refused
        for refusal in refused.refusals:
            header = next((field.header for field in sheet.fields if number and field.key == refusal.field), "")
            self.faults.add(refusal.sentence.rstrip("。"), sheet=sheet.name, row=number, column=header)

    def _setting(self, row: Row) -> None:
        value = setting_value(row["name"], row["value"])
        agency = self.ledger.agency(row)
        set_setting(agency=agency, name=row["name"], from_year=row["from_year"], value=value, by=self.by, at=self.at)

    def _confirmation(self, row: Row) -> None:
        confirm_nothing_to_report(
            agency=self.ledger.agency(row), year=row["year"], register=row["register"], by=self.by, at=self.at
        )

    def _items(self, agency: Agency, rows: Sequence[Row]) -> None:
        entries = [history_row(row, self.ledger) for row in rows]
        enter_history(agency=agency, rows=entries, by=self.by, at=self.at)

    def _records(self, register: RegisterSheet, agency: Agency, rows: Sequence[Row]) -> None:
        enter_records(agency=agency, rows=records_of(register, agency, rows), by=self.by, at=self.at)
