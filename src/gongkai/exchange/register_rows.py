"""Rows of the registers that are declared as kinds of records: checked by row with the registers' own rules."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.agencies.models import Agency
from gongkai.exchange.faults import Faults
from gongkai.exchange.reader import Row
from gongkai.exchange.register_sheets import REGISTER_SHEETS, RegisterSheet, called
from gongkai.periods.records.models import STANDING, Record
from gongkai.periods.records.permissions import refusals_by_row
from gongkai.rules.refusals import Refusal

BATCH = 500
Known = Mapping[str, Mapping[str, Sequence[Record]]]
"""The records that cells can name: by column, then by what they are called."""


def check_registers(rows: dict[str, list[Row]], agencies: dict[str, Agency], at: dt.datetime, faults: Faults) -> None:
    """Check the rows of these sheets as their registers would, so that every fault is named by its row."""
    for register in REGISTER_SHEETS:
        for code, of_agency in _by_agency(rows.get(register.sheet.name, [])).items():
            agency = agencies[code]
            known = _known(register, agency, of_agency, rows)
            records = [_record(register, row, known) for row in of_agency]
            kept, found = [], []
            for row, record in zip(of_agency, records, strict=True):
                if missing := _missing(register, row, known):
                    for name in missing:
                        _note_missing(register, row, name, faults)
                    continue
                record.agency, record.entered_at = agency, at
                kept.append(row)
                found.append(record)
            repeated = _note_repeated(register, agency, kept, found, faults)
            for row, refusals in zip(kept, refusals_by_row(register.kind, agency, found, at), strict=True):
                for refusal in refusals:
                    # Each row that repeats another is told which; the rule itself tells both that there are two.
                    if refusal.code != "duplicate_number" and row.number not in repeated:
                        _note(register, row, refusal, faults)


def records_of(register: RegisterSheet, agency: Agency, rows: Sequence[Row]) -> list[Any]:
    """Unsaved records of rows of one agency whose links stand in the ledger."""
    known = _known(register, agency, rows, {})
    return [_record(register, row, known) for row in rows]


def _by_agency(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["agency"], []).append(row)
    return found


def _known(register: RegisterSheet, agency: Agency, rows: Sequence[Row], workbook: Mapping[str, list[Row]]) -> Known:
    """What these rows may name: the standing records of the ledger, and those that other sheets bring for them."""
    found: dict[str, dict[str, list[Record]]] = {}
    for name, parent in register.links().items():
        by_name: dict[str, list[Record]] = defaultdict(list)
        wanted = sorted({row[name] for row in rows if row[name]})
        standing = parent.model._default_manager.filter(STANDING, agency=agency)
        for start in range(0, len(wanted), BATCH):
            for record in standing.filter(**{f"{called(parent)}__in": wanted[start : start + BATCH]}):
                by_name[str(getattr(record, called(parent)))].append(record)
        for other in REGISTER_SHEETS:
            if other.kind is parent:
                for row in _by_agency(workbook.get(other.sheet.name, [])).get(agency.code, []):
                    record = _record(other, row, {})
                    record.agency = agency
                    by_name[row[called(parent)]].append(record)
        found[name] = by_name
    return found


def _missing(register: RegisterSheet, row: Row, known: Known) -> list[str]:
    """The columns of a row that name a record which is not there."""
    return [name for name in register.links() if row[name] and row[name] not in known[name]]


def _record(register: RegisterSheet, row: Row, known: Known) -> Any:
    links = {name: _named(known.get(name, {}).get(row[name], ()), register, row) for name in register.links()}
    values: dict[str, Any] = {name: row[name] for name in register.names if name not in links}
    named = {name: record for name, record in links.items() if record is not None}
    return register.kind.model(**register.fixed, **values, **named)


def _named(records: Sequence[Record], register: RegisterSheet, row: Row) -> Record | None:
    """The one of several records of a name that is meant: that in being on the day of the row, or the last."""
    on = row[register.kind.decides]
    for record in records:
        begins, ends = getattr(record, "from_on", None), getattr(record, "to_on", None)
        if begins is not None and begins <= on and (ends is None or on <= ends):
            return record
    return records[-1] if records else None


def _note_missing(register: RegisterSheet, row: Row, name: str, faults: Faults) -> None:
    parent = register.links()[name]
    faults.add(
        f"没有{parent.title_of(called(parent))}为「{row[name]}」的{parent.label}",
        f"已登记的{parent.label}，或本工作簿中的一行",
        sheet=register.sheet.name,
        row=row.number,
        column=register.sheet.field(name).header,
    )


def _note_repeated(
    register: RegisterSheet, agency: Agency, rows: Sequence[Row], records: Sequence[Any], faults: Faults
) -> set[int]:
    """Note rows that repeat another row, or a record of the ledger where the register itself would not see it.

    Gives the numbers of these rows.
    """
    names = register.once or tuple(name for name in register.kind.key if name in register.names)
    known = set() if register.kind.key else _in_ledger(register, agency, records, names)
    label = names[-1] if len(names) < len(register.names) else register.kind.decides
    field = register.sheet.field(label)
    first: dict[tuple[Any, ...], int] = {}
    repeated = set()
    for row, record in zip(rows, records, strict=True):
        said = tuple(_said(record, name) for name in names)
        shown = "、".join(str(part) for part in said) if len(names) < len(register.names) else ""
        problem = ""
        if said in first:
            problem = f"「{shown}」与第{first[said]}行重复" if shown else f"与第{first[said]}行完全相同"
        elif said in known:
            problem = f"「{shown}」已经登记过" if shown else "与已登记的一条记录完全相同"
        if problem:
            faults.add(problem, "每行不同的记录", sheet=register.sheet.name, row=row.number, column=field.header)
            repeated.add(row.number)
        first.setdefault(said, row.number)
    return repeated


def _in_ledger(
    register: RegisterSheet, agency: Agency, records: Sequence[Any], names: Sequence[str]
) -> set[tuple[Any, ...]]:
    """What the standing records of the same days say."""
    days = sorted({getattr(record, register.kind.decides) for record in records})
    standing = register.kind.model._default_manager.filter(STANDING, agency=agency).select_related(*register.links())
    return {
        tuple(_said(record, name) for name in names)
        for start in range(0, len(days), BATCH)
        for record in standing.filter(**{f"{register.kind.decides}__in": days[start : start + BATCH]})
    }


def _said(record: Any, name: str) -> Any:
    """A value as the sheet says it: another record by its name."""
    value = getattr(record, name)
    return str(value) if isinstance(value, Record) else value


def _note(register: RegisterSheet, row: Row, refusal: Refusal, faults: Faults) -> None:
    """Note a refusal at the column of the fact that it names; at none where the sheet has no such column."""
    column = register.sheet.field(refusal.field).header if refusal.field in register.names else ""
    faults.add(refusal.sentence.rstrip("。"), sheet=register.sheet.name, row=row.number, column=column)
