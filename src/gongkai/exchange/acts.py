"""Save column mappings, and bring in by them what another system knows of work orders and petitions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.audit.acts import append
from gongkai.audit.events import EventData
from gongkai.enquiries.kinds import ENQUIRY
from gongkai.enquiries.models import Enquiry
from gongkai.exchange import events
from gongkai.exchange.faults import Fault, Faults
from gongkai.exchange.mapped import BY_NAME
from gongkai.exchange.mapped_rows import MappedRow, MappedRows
from gongkai.exchange.models import ColumnMapping
from gongkai.exchange.permissions import refusals_of_mapping, refusals_to_map
from gongkai.periods.records.acts import Correction, correct_records, enter_records
from gongkai.periods.records.models import STANDING
from gongkai.periods.records.permissions import refusals_by_row
from gongkai.rules.refusals import require

BATCH = 500
SHOWN = 50  # numbers that a result names


@dataclass(frozen=True)
class Changed:
    """A matter that the export tells otherwise than the register: by field the old and the new value, in words."""

    number: str
    said: str


@dataclass(frozen=True)
class ImportResult:
    """What an import does, or did when `saved`.

    `missing` are numbers of the register, received in the days that the export covers, which it no longer names: they
    stay as they are. `withdrawn` are numbers that were withdrawn here as mistakes and are not entered again.
    """

    saved: bool
    entered: list[str] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    unchanged: int = 0
    missing: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left_out: int = 0

    def as_json(self) -> dict[str, Any]:
        """The result for a program."""
        return {
            "saved": self.saved,
            "entered": len(self.entered),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "missing": self.missing,
            "withdrawn": self.withdrawn,
            "notes": self.notes,
            "faults": [fault.as_json() for fault in self.faults],
            "faults_left_out": self.left_out,
        }


@transaction.atomic
def save_mapping(
    *,
    agency: Agency,
    register: str,
    name: str,
    columns: Mapping[str, str],
    header_row: int = 1,
    day_order: str = "ymd",
    results: Mapping[str, str] | None = None,
    mapping: ColumnMapping | None = None,
    by: Account | None,
    at: dt.datetime,
) -> ColumnMapping:
    """Make a mapping, or change the one given. Columns without a header are left out.

    Raises `ActRefused`: no such post, a needed column is missing, a column of persons' data, a name that is taken.
    """
    saved = mapping or ColumnMapping(agency=agency)
    saved.register, saved.name, saved.header_row, saved.day_order = register, name.strip(), header_row, day_order
    saved.columns = {key: header for key, header in columns.items() if header}
    saved.results = {said.strip(): value for said, value in (results or {}).items() if said.strip() and value}
    saved.saved_at = at
    require(refusals_to_map(by, agency) + refusals_of_mapping(saved))
    saved.save()
    said = "，".join(f"{BY_NAME[key].label}取「{header}」列" for key, header in saved.columns.items())
    _tell(saved, events.MappingSaved(saved.name, said), by, at)
    return saved


@transaction.atomic
def remove_mapping(*, mapping: ColumnMapping, by: Account | None, at: dt.datetime) -> None:
    """Remove a mapping; what came in by it stays."""
    require(refusals_to_map(by, mapping.agency))
    _tell(mapping, events.MappingRemoved(mapping.name), by, at)
    mapping.delete()


@transaction.atomic
def import_rows(
    *,
    mapping: ColumnMapping,
    found: MappedRows,
    faults: Faults,
    digest: str,
    sheet: str = "",
    by: Account | None,
    at: dt.datetime,
    dry_run: bool = False,
) -> ImportResult:
    """Enter the matters that are new and correct those that changed, all or none; with `dry_run` only say what would be.

    A matter is known by its number within agency and channel. An empty cell leaves what is there. `faults` may hold
    what reading the export gave; with any fault nothing is entered. Raises `ActRefused` for who may not keep the
    register.
    """
    require(refusals_to_map(by, mapping.agency))
    Agency.objects.without_tree_fields().select_for_update().get(pk=mapping.agency_id)
    plan = _plan(mapping, found.rows)
    _check(mapping, plan, sheet, faults, at)
    told: dict[str, Any] = {
        "entered": [record.number for _row, record in plan.new],
        "changed": [Changed(record.number, _said(record, values)) for _row, record, values in plan.changed],
        "unchanged": plan.unchanged,
        "missing": plan.missing,
        "withdrawn": plan.withdrawn,
        "notes": found.notes,
    }
    if not faults and not dry_run:
        _write(mapping, plan, digest, by, at)
    return ImportResult(saved=not faults and not dry_run, faults=list(faults), left_out=faults.left_out, **told)


@dataclass
class _Plan:
    """What an export means for the register."""

    new: list[tuple[MappedRow, Enquiry]] = field(default_factory=list)
    changed: list[tuple[MappedRow, Enquiry, dict[str, Any]]] = field(default_factory=list)
    unchanged: int = 0
    missing: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)


def _plan(mapping: ColumnMapping, rows: Sequence[MappedRow]) -> _Plan:
    plan = _Plan()
    own = Enquiry.objects.filter(agency=mapping.agency, channel=mapping.register)
    standing: dict[str, Enquiry] = {}
    withdrawn: set[str] = set()
    numbers = [row.values["number"] for row in rows]
    for start in range(0, len(numbers), BATCH):
        for record in own.filter(number__in=numbers[start : start + BATCH]):
            if record.withdrawn_at is None:
                standing[record.number] = record
            else:
                withdrawn.add(record.number)
    for row in rows:
        number = row.values["number"]
        known = standing.get(number)
        if known is not None:
            values = {name: value for name, value in row.values.items() if getattr(known, name) != value}
            if values:
                plan.changed.append((row, known, values))
            else:
                plan.unchanged += 1
        elif number in withdrawn:
            plan.withdrawn.append(number)
        else:
            plan.new.append((row, Enquiry(channel=mapping.register, **row.values)))
    days = [row.values["received_on"] for row in rows]
    if days:
        between = own.filter(STANDING, received_on__range=(min(days), max(days))).order_by("received_on", "number")
        named = set(numbers)
        plan.missing = [number for number in between.values_list("number", flat=True) if number not in named]
    return plan


def _check(mapping: ColumnMapping, plan: _Plan, sheet: str, faults: Faults, at: dt.datetime) -> None:
    """Ask the register's own rule of every row, as it would stand; the records themselves are left as they were."""
    as_new = [record for _row, record in plan.new]
    after = [_with(record, values) for _row, record, values in plan.changed]
    for record in as_new:
        record.agency, record.entered_at = mapping.agency, at
    rows = [row for row, _record in plan.new] + [row for row, _record, _values in plan.changed]
    for row, refusals in zip(rows, refusals_by_row(ENQUIRY, mapping.agency, as_new + after, at), strict=True):
        for refusal in refusals:
            column = mapping.columns.get(refusal.field, "")
            faults.add(refusal.sentence.rstrip("。"), sheet=sheet, row=row.number, column=column)


def _with(record: Enquiry, values: Mapping[str, Any]) -> Enquiry:
    """A copy of a record with other values."""
    fields = {one.attname: getattr(record, one.attname) for one in Enquiry._meta.concrete_fields}
    return Enquiry(**(fields | dict(values)))


def _write(mapping: ColumnMapping, plan: _Plan, digest: str, by: Account | None, at: dt.datetime) -> None:
    enter_records(agency=mapping.agency, rows=[record for _row, record in plan.new], by=by, at=at)
    correct_records(
        corrections=[Correction(record, values) for _row, record, values in plan.changed],
        reason=f"按对应关系「{mapping.name}」再次导入",
        by=by,
        at=at,
    )
    mapping.used_at = at
    mapping.save(update_fields=["used_at"])
    told = events.RowsImported(
        mapping=mapping.name,
        register=str(mapping.get_register_display()),
        digest=digest,
        entered=len(plan.new),
        changed=len(plan.changed),
        unchanged=plan.unchanged,
        missing=len(plan.missing),
    )
    _tell(mapping, told, by, at)


def _said(record: Enquiry, values: Mapping[str, Any]) -> str:
    """What changes, in words."""
    return "；".join(
        f"{BY_NAME[name].label}由「{_shown(record, name, getattr(record, name))}」改为「{_shown(record, name, value)}」"
        for name, value in values.items()
    )


def _shown(record: Enquiry, name: str, value: Any) -> str:
    choices = dict(ENQUIRY.field(name).flatchoices)
    return str(choices.get(value, value)) if value not in (None, "") else "空"


def _tell(mapping: ColumnMapping, data: EventData, by: Account | None, at: dt.datetime) -> None:
    append(
        data,
        agency_code=mapping.agency.code,
        object_kind="exchange.columnmapping",
        object_key=str(mapping.uid),
        by=by,
        at=at,
    )
