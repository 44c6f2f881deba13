"""Enter, correct and withdraw records of any declared register, many at once, all or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models, transaction

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.audit.acts import Entry, append_many
from gongkai.periods.frozen import refuse_changes
from gongkai.periods.records import events
from gongkai.periods.records.kinds import RecordKind, kind_of
from gongkai.periods.records.models import Record
from gongkai.periods.records.permissions import (
    BATCH,
    plain,
    refusals_by_row,
    refusals_of_links,
    refusals_of_state,
    refusals_to_keep,
)
from gongkai.rules.refusals import Refusal, require

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Correction:
    """A record and the fields of it that were wrong, with their right values."""

    record: Record
    values: Mapping[str, Any]


@transaction.atomic
def enter_records(*, agency: Agency, rows: Sequence[R], by: Account | None, at: dt.datetime) -> list[R]:
    """Enter unsaved records of one model into the register of an agency, all or none.

    Raises `ActRefused` with every reason of every row. Texts are stripped, stored days that follow from others are
    derived, and each record gets an event.
    """
    if not rows:
        return []
    kind = kind_of(type(rows[0]))
    _lock(agency)
    for row in rows:
        row.agency, row.entered_at = agency, at
        _strip(kind, row)
    require(refusals_to_keep(kind, agency, by) + _flat(refusals_by_row(kind, agency, rows, at)))
    entered: list[R] = list(kind.model._default_manager.bulk_create(rows, batch_size=BATCH))  # type: ignore[arg-type]
    if kind.restate is not None:
        kind.restate(entered)
    entries = [
        Entry(events.RecordEntered(kind.label, str(record), _values(kind, record)), str(record.uid))
        for record in entered
    ]
    append_many(entries, agency_code=agency.code, object_kind=kind.object_kind, by=by, at=at)
    refuse_changes(agency, _days(kind, entered))
    return entered


@transaction.atomic
def correct_records(
    *, corrections: Sequence[Correction], by: Account | None, at: dt.datetime, reason: str = ""
) -> list[Record]:
    """Fill in or correct records of one model and agency, all or none; what is left as it was gets no event.

    Filling in what was empty (a day of answer, a result) is ordinary work; changing what was there is a correction
    and wants a reason. Raises `ActRefused` with every reason why not: no post, no reason given, withdrawn already,
    values that cannot be. Raises `ValueError` for a field that the register's form does not have.
    """
    if not corrections:
        return []
    kind = kind_of(type(corrections[0].record))
    agency = corrections[0].record.agency
    wrong = {name for one in corrections for name in one.values} - set(kind.fields)
    if wrong or any(one.record.agency_id != agency.pk for one in corrections):
        raise ValueError(f"records of one agency are corrected in {kind.fields}, not in {sorted(wrong)}")
    _lock(agency)
    fresh = _fresh(kind, [one.record for one in corrections])
    refusals = refusals_to_keep(kind, agency, by) + refusals_of_state(list(fresh.values()))
    days = _days(kind, fresh.values())
    before: dict[int, dict[str, Any]] = {}
    for one in corrections:
        record = fresh[one.record.pk]
        before[record.pk] = _values(kind, record)
        for name, value in one.values.items():
            setattr(record, name, value)
        _strip(kind, record)
    changed = [record for record in fresh.values() if _values(kind, record) != before[record.pk]]
    if any(_replaces(before[record.pk], _values(kind, record)) for record in changed):
        refusals += _refusals_of_reason(reason)
    require(refusals + _flat(refusals_by_row(kind, agency, changed, at)))
    if changed:
        kind.model._default_manager.bulk_update(changed, kind.fields, batch_size=BATCH)
        if kind.restate is not None:
            kind.restate(changed)
        entries = [Entry(_told(kind, record, before[record.pk], reason.strip()), str(record.uid)) for record in changed]
        append_many(entries, agency_code=agency.code, object_kind=kind.object_kind, by=by, at=at)
        refuse_changes(agency, days | _days(kind, changed))
    return list(fresh.values())


def correct_record(
    *, record: Record, values: Mapping[str, Any], by: Account | None, at: dt.datetime, reason: str = ""
) -> Record:
    """Fill in or correct one record; see `correct_records`."""
    return correct_records(corrections=[Correction(record, values)], reason=reason, by=by, at=at)[0]


@transaction.atomic
def withdraw_records(*, records: Sequence[Record], reason: str, by: Account | None, at: dt.datetime) -> None:
    """Withdraw mistaken records of one model and agency: they keep their page and chain and no longer count.

    Raises `ActRefused` with every reason: no post, no reason given, withdrawn already, others hang on it.
    """
    if not records:
        return
    kind = kind_of(type(records[0]))
    agency = records[0].agency
    if any(record.agency_id != agency.pk for record in records):
        raise ValueError("records of one agency are withdrawn at a time")
    _lock(agency)
    fresh = list(_fresh(kind, records).values())
    refusals = refusals_to_keep(kind, agency, by) + _refusals_of_reason(reason)
    require(refusals + refusals_of_state(fresh) + refusals_of_links(fresh))
    for record in fresh:
        record.withdrawn_at, record.withdrawal_reason = at, reason.strip()
    kind.model._default_manager.bulk_update(fresh, ["withdrawn_at", "withdrawal_reason"], batch_size=BATCH)
    if kind.restate is not None:
        kind.restate(fresh)
    entries = [
        Entry(events.RecordWithdrawn(kind.label, str(record), reason.strip()), str(record.uid)) for record in fresh
    ]
    append_many(entries, agency_code=agency.code, object_kind=kind.object_kind, by=by, at=at)
    refuse_changes(agency, _days(kind, fresh))


def withdraw_record(*, record: Record, reason: str, by: Account | None, at: dt.datetime) -> None:
    """Withdraw one record; see `withdraw_records`."""
    withdraw_records(records=[record], reason=reason, by=by, at=at)


def _lock(agency: Agency) -> None:
    """Let one act at a time change the registers of an agency, so that no number is entered twice."""
    Agency.objects.without_tree_fields().select_for_update().get(pk=agency.pk)


def _fresh(kind: RecordKind, records: Iterable[Record]) -> dict[int, Record]:
    """The records as the database has them now, by key."""
    keys = [record.pk for record in records]
    found: dict[int, Record] = {}
    for start in range(0, len(keys), BATCH):
        rows = kind.model._default_manager.select_related("agency", *kind.links())
        found.update({row.pk: row for row in rows.filter(pk__in=keys[start : start + BATCH])})
    return found


def _days(kind: RecordKind, records: Iterable[Record]) -> set[dt.date | None]:
    """The days that records carry, None among them for one that is open."""
    names = kind.days()
    return {getattr(record, name) for record in records for name in names}


def _strip(kind: RecordKind, record: Record) -> None:
    for name in kind.fields:
        if isinstance(kind.field(name), models.CharField | models.TextField) and isinstance(getattr(record, name), str):
            setattr(record, name, getattr(record, name).strip())


def _values(kind: RecordKind, record: Record) -> dict[str, Any]:
    """What the form of a record would show, as an event keeps it."""
    return {name: plain(getattr(record, name)) for name in kind.fields}


def _replaces(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether something that was there is another now, and not only something empty filled in."""
    return any(before[name] not in (None, "", False) and before[name] != after[name] for name in before)


def _told(
    kind: RecordKind, record: Record, before: Mapping[str, Any], reason: str
) -> events.RecordCompleted | events.RecordCorrected:
    """The event of a change: a correction where something was replaced, with its reason."""
    after = _values(kind, record)
    changes = {name: [before[name], after[name]] for name in kind.fields if before[name] != after[name]}
    if not _replaces(before, after):
        said = "；".join(f"{kind.title_of(name)}「{_shown(kind, name, new)}」" for name, (_old, new) in changes.items())
        return events.RecordCompleted(kind.label, str(record), said, changes)
    said = "；".join(
        f"{kind.title_of(name)}由「{_shown(kind, name, old)}」改为「{_shown(kind, name, new)}」"
        for name, (old, new) in changes.items()
    )
    return events.RecordCorrected(kind.label, str(record), said, reason, changes)


def _shown(kind: RecordKind, name: str, value: Any) -> str:
    """A kept value in words: choices by their label, yes and no, nothing as 空."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if value in (None, ""):
        return "空"
    return str(dict(kind.field(name).flatchoices).get(value, value))


def _refusals_of_reason(reason: str) -> list[Refusal]:
    return [] if reason.strip() else [Refusal("reason_missing", "请写明原因，它会留在办理记录里。")]


def _flat(rows: Iterable[Sequence[Refusal]]) -> list[Refusal]:
    """The reasons of all rows, each once."""
    return list(dict.fromkeys(refusal for row in rows for refusal in row))
