"""What a record must be like, and who may enter, correct or withdraw it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import refusals_to_enter
from gongkai.periods.records.kinds import RecordKind, kind_of, linked_to
from gongkai.periods.records.models import STANDING, Record
from gongkai.rules.refusals import Refusal

BATCH = 500


def name_of(record: Record) -> str:
    """How a sentence names a record."""
    return f"{kind_of(type(record)).label}「{record}」"


def refusals_to_keep(kind: RecordKind, agency: Agency, account: Account | None) -> list[Refusal]:
    """Why the account may not enter, correct or withdraw records of a kind in an agency."""
    return refusals_to_enter(account, agency, *kind.roles)


def refusals_by_row(
    kind: RecordKind, agency: Agency, records: Sequence[Record], at: dt.datetime
) -> list[list[Refusal]]:
    """Why each of these records cannot stand as it is; one list a record, in their order.

    Asks the database in a fixed number of statements for each 500 records. A record with a key is one being corrected.
    """
    today = timezone.localdate(at)
    found = [_refusals_of(kind, agency, record, today) for record in records]
    if kind.key:
        for row, refusals in zip(_refusals_of_keys(kind, agency, records), found, strict=True):
            refusals.extend(row)
    return found


def _refusals_of(kind: RecordKind, agency: Agency, record: Record, today: dt.date) -> list[Refusal]:
    """Why one record by itself cannot stand."""
    links = kind.links()
    refusals = []
    try:
        record.clean_fields(exclude=["agency", "entered_at", *links])
    except ValidationError as error:
        for name, errors in error.error_dict.items():
            said = "".join(
                sentence if sentence.endswith("。") else f"{sentence}。" for e in errors for sentence in e.messages
            )
            refusals.append(Refusal("invalid", f"{kind.label}的{kind.title_of(name)}：{said}", field=name))
        return refusals
    missing = [link for link in links if not kind.field(link).null and getattr(record, link, None) is None]
    if missing:
        return [Refusal("link_missing", f"{kind.label}须指明{kind.title_of(link)}。", field=link) for link in missing]
    name = name_of(record)
    for day in kind.days():
        value = getattr(record, day)
        if value is not None and value > today and day not in kind.ahead:
            refusals.append(Refusal("day_in_future", f"{name}的{kind.title_of(day)}不能晚于今天。", field=day))
    for earlier, later in kind.order:
        first, second = getattr(record, earlier), getattr(record, later)
        if first is not None and second is not None and second < first:
            refusals.append(
                Refusal(
                    "days_out_of_order",
                    f"{name}的{kind.title_of(later)}不能早于{kind.title_of(earlier)}（{first}）。",
                    field=later,
                )
            )
    for link in links:
        refusals += _refusals_of_link(kind, agency, record, link, name)
    if kind.check is not None and not refusals:
        refusals += kind.check(record, today)
    return refusals


def _refusals_of_link(kind: RecordKind, agency: Agency, record: Record, link: str, name: str) -> list[Refusal]:
    """Why a record may not name the other one that it names."""
    other = getattr(record, link, None)
    title = kind.title_of(link)
    if other is None:
        return []
    if other.agency_id != agency.pk:
        return [Refusal("foreign_record", f"{name}的{title}不是本机构的记录。", field=link)]
    if other.withdrawn_at is not None:
        return [Refusal("withdrawn_record", f"{name}的{title}「{other}」已经撤销，不能再关联。", field=link)]
    return []


def _refusals_of_keys(kind: RecordKind, agency: Agency, records: Sequence[Record]) -> list[list[Refusal]]:
    """Which records carry a number or name that another one carries too."""
    keys = [tuple(getattr(record, name) for name in kind.key) for record in records]
    own = {record.pk for record in records if record.pk}
    counted = Counter(keys)
    taken: set[tuple[Any, ...]] = set()
    first = kind.key[-1]
    values = sorted({getattr(record, first) for record in records if getattr(record, first) not in (None, "")})
    standing = kind.model._default_manager.filter(STANDING, agency=agency)
    for start in range(0, len(values), BATCH):
        rows = standing.filter(**{f"{first}__in": values[start : start + BATCH]}).order_by()
        taken.update(row[1:] for row in rows.values_list("pk", *kind.key) if row[0] not in own)
    titles = "、".join(kind.title_of(name) for name in kind.key)
    found = []
    for record, key in zip(records, keys, strict=True):
        row = []
        if counted[key] > 1:
            said = f"{name_of(record)}写了{counted[key]}次，{titles}不能重复。"
            row.append(Refusal("duplicate_number", said, field=first))
        if key in taken:
            row.append(Refusal("taken_number", f"{name_of(record)}已经登记过，{titles}不能重复。", field=first))
        found.append(row)
    return found


def refusals_of_state(records: Sequence[Record]) -> list[Refusal]:
    """Why records can no longer be changed."""
    return [
        Refusal("already_withdrawn", f"{name_of(record)}已经撤销，不能再改动。")
        for record in records
        if record.withdrawn_at is not None
    ]


def refusals_of_links(records: Sequence[Record]) -> list[Refusal]:
    """Why records cannot be withdrawn while standing records name them."""
    refusals = []
    for kind, link in linked_to(type(records[0])):
        standing = kind.model._default_manager.filter(STANDING, **{f"{link}__in": records})
        named = set(standing.order_by().values_list(link, flat=True))
        refusals += [
            Refusal("has_records", f"{name_of(record)}还关联着{kind.plural}的记录，请先撤销或者更正那些记录。")
            for record in records
            if record.pk in named
        ]
    return refusals


def refusals_to_change(record: Record, account: Account | None) -> list[Refusal]:
    """Why the account may not correct a record."""
    return refusals_to_keep(kind_of(type(record)), record.agency, account) + refusals_of_state([record])


def refusals_to_withdraw(record: Record, account: Account | None) -> list[Refusal]:
    """Why the account may not withdraw a record: also when other records hang on it."""
    return refusals_to_change(record, account) + refusals_of_links([record])


def plain(value: Any) -> Any:
    """A value as an event keeps it."""
    if isinstance(value, models.Model):
        return str(value)
    return value if value is None or isinstance(value, bool | int | str) else str(value)
