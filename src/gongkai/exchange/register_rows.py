"""Rows of the registers that are declared as kinds of records: checked by row, entered by the registers' own acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.exchange.faults import Faults
from gongkai.exchange.reader import Row
from gongkai.exchange.register_sheets import REGISTER_SHEETS, RegisterSheet
from gongkai.periods.records.acts import enter_records
from gongkai.periods.records.models import STANDING, Record
from gongkai.periods.records.permissions import refusals_by_row
from gongkai.rules.refusals import Refusal

BATCH = 500


def check_registers(rows: dict[str, list[Row]], agencies: dict[str, Agency], at: dt.datetime, faults: Faults) -> None:
    """Check the rows of these sheets as their registers would, so that every fault is named by its row."""
    for register in REGISTER_SHEETS:
        for code, of_agency in _by_agency(rows.get(register.sheet.name, [])).items():
            links = _links(register, agencies[code], of_agency)
            for link in register.links():
                _add_rows_of_the_file(register, link, rows, agencies[code], links[link])
            found, missing = _records(register, of_agency, links)
            for row, name, said in missing:
                _note_missing(register, row, name, said, faults)
            kept = [row for row in of_agency if not any(row is lacking for lacking, _name, _said in missing)]
            for record in found:
                record.agency, record.entered_at = agencies[code], at
            reasons = refusals_by_row(register.kind, agencies[code], found, at)
            if not register.kind.key:
                _note_repeated(register, agencies[code], kept, found, faults)
            for row, refusals in zip(kept, reasons, strict=True):
                for refusal in refusals:
                    _note(register, row, refusal, faults)


def enter_registers(
    rows: dict[str, list[Row]], agencies: dict[str, Agency], *, by: Account | None, at: dt.datetime
) -> None:
    """Enter the rows of these sheets. Raises `ActRefused` when the account may not keep a register."""
    for register in REGISTER_SHEETS:
        for code, of_agency in _by_agency(rows.get(register.sheet.name, [])).items():
            for start in range(0, len(of_agency), BATCH):
                batch = of_agency[start : start + BATCH]
                records, _missing = _records(register, batch, _links(register, agencies[code], batch))
                enter_records(agency=agencies[code], rows=records, by=by, at=at)


def _by_agency(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["agency"], []).append(row)
    return found


def _links(register: RegisterSheet, agency: Agency, rows: Sequence[Row]) -> dict[str, dict[str, Record]]:
    """The standing records of the ledger that rows name, by column and by what they are called."""
    found: dict[str, dict[str, Record]] = {}
    for name, parent in register.links().items():
        key = parent.key[-1]
        named = sorted({row[name] for row in rows if row[name]})
        found[name] = {}
        for start in range(0, len(named), BATCH):
            standing = parent.model._default_manager.filter(STANDING, agency=agency)
            for record in standing.filter(**{f"{key}__in": named[start : start + BATCH]}):
                found[name][str(getattr(record, key))] = record
    return found


def _add_rows_of_the_file(
    register: RegisterSheet, link: str, rows: dict[str, list[Row]], agency: Agency, known: dict[str, Record]
) -> None:
    """Take the records that another sheet of the same workbook brings for records of the ledger."""
    parent = register.links()[link]
    for other in REGISTER_SHEETS:
        if other.kind is parent:
            for row in _by_agency(rows.get(other.sheet.name, [])).get(agency.code, []):
                record = _record(other, row, dict.fromkeys(other.links()))
                record.agency = agency
                known.setdefault(row[parent.key[-1]], record)


def _records(
    register: RegisterSheet, rows: Sequence[Row], links: dict[str, dict[str, Record]]
) -> tuple[list[Any], list[tuple[Row, str, str]]]:
    """Unsaved records of rows, and the rows that name a record which is not there."""
    records, missing = [], []
    for row in rows:
        lacking = [(row, name, row[name]) for name in register.links() if row[name] and row[name] not in links[name]]
        if lacking:
            missing += lacking
            continue
        records.append(_record(register, row, {name: links[name].get(row[name]) for name in register.links()}))
    return records, missing


def _record(register: RegisterSheet, row: Row, links: Mapping[str, Record | None]) -> Any:
    values: dict[str, Any] = {name: row[name] for name in register.kind.fields if name not in links}
    return register.kind.model(**values, **{name: record for name, record in links.items() if record is not None})


def _note_missing(register: RegisterSheet, row: Row, name: str, said: str, faults: Faults) -> None:
    parent = register.links()[name]
    faults.add(
        f"没有{parent.title_of(parent.key[-1])}为「{said}」的{parent.label}",
        f"已登记的{parent.label}，或本工作簿中的一行",
        sheet=register.sheet.name,
        row=row.number,
        column=register.sheet.field(name).header,
    )


def _note_repeated(
    register: RegisterSheet, agency: Agency, rows: Sequence[Row], records: Sequence[Any], faults: Faults
) -> None:
    """Note rows that say exactly what another row or a record of the ledger says.

    Asked only of registers whose records have no number or name of their own: there, loading a workbook twice would
    count everything twice.
    """
    names = register.kind.fields
    keys = [tuple(_said(record, name) for name in names) for record in records]
    days = sorted({getattr(record, register.kind.decides) for record in records})
    known: set[tuple[Any, ...]] = set()
    for start in range(0, len(days), BATCH):
        standing = register.kind.model._default_manager.filter(STANDING, agency=agency)
        of_days = standing.filter(**{f"{register.kind.decides}__in": days[start : start + BATCH]})
        known.update(
            tuple(_said(record, name) for name in names) for record in of_days.select_related(*register.links())
        )
    first: dict[tuple[Any, ...], int] = {}
    place = {"sheet": register.sheet.name, "column": register.sheet.field(register.kind.decides).header}
    for row, key in zip(rows, keys, strict=True):
        if key in known:
            faults.add("与已登记的一条记录完全相同", "尚未登记过的记录", row=row.number, **place)
        elif key in first:
            faults.add(f"与第{first[key]}行完全相同", "每行不同的记录", row=row.number, **place)
        first.setdefault(key, row.number)


def _said(record: Any, name: str) -> Any:
    """A value as the sheet says it: another record by its name."""
    value = getattr(record, name)
    return str(value) if isinstance(value, Record) else value


def _note(register: RegisterSheet, row: Row, refusal: Refusal, faults: Faults) -> None:
    """Note a refusal at the column that its sentence names first, after the record's own name; at none otherwise."""
    _name, _bracket, said = refusal.sentence.rpartition("」的")
    said = said or refusal.sentence
    named = [header for header in register.sheet.headers if header in said]
    column = min(named, key=lambda header: (said.index(header), -len(header))) if named else ""
    faults.add(refusal.sentence.rstrip("。"), sheet=register.sheet.name, row=row.number, column=column)
