"""Items that were public before this system: entered in bulk, confirmed once by a second officer."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import refusals_to_enter
from gongkai.audit.acts import Entry, append_many
from gongkai.publishing import events
from gongkai.publishing.acts.drafting import ItemFields, fill, refusals_of_fields
from gongkai.publishing.acts.releasing import number_items
from gongkai.publishing.content import OBJECT_KIND, content_of
from gongkai.publishing.index import put_items
from gongkai.publishing.models import ChannelKind, Item, ItemChannel, ItemState
from gongkai.publishing.permissions import ENTERING_ROLES, refusals_of_days
from gongkai.review.content import freeze_many
from gongkai.rules.refusals import ActRefused, Refusal, require


@dataclass(frozen=True)
class HistoryRow:
    """An item as it was published elsewhere, with its stated day, the source of that day, and its channels.

    `index_number` empty means: issue one. `interprets_index_number` names the policy that the item interprets, in
    this batch or in the ledger; it stands beside `fields.interprets`, which must then be None.
    """

    fields: ItemFields
    published_on: dt.date
    published_on_source: str
    channels: tuple[tuple[str, dt.date, str], ...] = ()
    index_number: str = ""
    interprets_index_number: str = ""


@transaction.atomic
def enter_history(*, agency: Agency, rows: Sequence[HistoryRow], by: Account | None, at: dt.datetime) -> list[Item]:
    """Enter items that were public before this system, all or none, in a fixed number of statements per kind of row.

    They count in figures at once and become readable on our pages when a second officer confirms them.
    """
    refusals = refusals_to_enter(by, agency, *ENTERING_ROLES)
    for number, row in enumerate(rows, start=1):
        refusals += [
            Refusal(refusal.code, f"第{number}条「{row.fields.title}」：{refusal.sentence}", refusal.basis)
            for refusal in _refusals_of_row(row, agency, at)
        ]
    refusals += _refusals_of_numbers(rows)
    require(refusals)
    items = _store(agency, rows, by, at)
    _link_interpretations(agency, rows, items)
    copies = [content_of(item) for item in _with_relations(items)]
    freeze_many(copies)
    for item, copy in zip(items, copies, strict=True):
        item.published_digest = copy.digest
    Item.objects.bulk_update(items, ["published_digest"], batch_size=200)
    append_many(
        [
            Entry(
                events.HistoryEntered(
                    index_number=item.index_number or "",
                    published_on=row.published_on.isoformat(),
                    source=row.published_on_source,
                    digest=item.published_digest,
                ),
                str(item.uid),
            )
            for row, item in zip(rows, items, strict=True)
        ],
        agency_code=agency.code,
        object_kind=OBJECT_KIND,
        by=by,
        at=at,
    )
    return items


@transaction.atomic
def confirm_history(*, agency: Agency, items: Sequence[Item], by: Account, at: dt.datetime) -> list[Item]:
    """Confirm entered items as a second officer; from then on the public reads them."""
    keys = [item.pk for item in items]
    rows = list(Item.objects.select_for_update(of=("self",)).filter(pk__in=keys, agency=agency).order_by("pk"))
    refusals = refusals_to_enter(by, agency, *ENTERING_ROLES)
    if len(rows) != len(set(keys)):
        refusals.append(Refusal("foreign_item", "只能复核本机构的补录信息。"))
    if any(not row.entered_as_history for row in rows):
        refusals.append(Refusal("not_history", "只有补录的信息需要复核。"))
    if any(row.confirmed_at is not None for row in rows):
        refusals.append(Refusal("already_confirmed", "其中有已经复核过的信息，请刷新页面。"))
    if any(row.drafter_id == by.pk for row in rows):
        refusals.append(Refusal("same_person", "录入人不能复核自己补录的信息，须由另一人复核。"))
    require(refusals)
    Item.objects.filter(pk__in=keys).update(confirmed_by=by, confirmed_at=at)
    confirmed = list(
        Item.objects.filter(pk__in=keys).select_related("agency").prefetch_related("columns").order_by("pk")
    )
    put_items(confirmed)
    append_many(
        [Entry(events.HistoryConfirmed(digest=item.published_digest), str(item.uid)) for item in confirmed],
        agency_code=agency.code,
        object_kind=OBJECT_KIND,
        by=by,
        at=at,
    )
    return confirmed


def _refusals_of_row(row: HistoryRow, agency: Agency, at: dt.datetime) -> list[Refusal]:
    today = timezone.localdate(at)
    refusals = refusals_of_fields(row.fields, agency, at)
    refusals += [
        refusal
        for refusal in refusals_of_days(row.fields.written_on, row.published_on, today)
        if refusal not in refusals
    ]
    if not row.fields.columns:
        refusals.append(Refusal("no_column", "还没有栏目，请至少写一个。"))
    if not row.published_on_source.strip():
        refusals.append(Refusal("source_missing", "请写发布日期的依据，例如原网页。"))
    for kind, on, _place in row.channels:
        if on > today or on < row.published_on:
            label = ChannelKind(kind).label
            refusals.append(Refusal("channel_day", f"{label}的日期应在发布日期和今天之间。"))
    return refusals


def _refusals_of_numbers(rows: Sequence[HistoryRow]) -> list[Refusal]:
    """Why the index numbers that came from outside cannot be taken over."""
    given = [row.index_number for row in rows if row.index_number]
    twice = [number for number, count in Counter(given).items() if count > 1]
    taken = Item.objects.filter(index_number__in=given).values_list("index_number", flat=True)
    return [Refusal("duplicate_index_number", f"索引号「{number}」写了两次。") for number in twice] + [
        Refusal("taken_index_number", f"索引号「{number}」已经登记过。") for number in taken
    ]


def _store(agency: Agency, rows: Sequence[HistoryRow], by: Account | None, at: dt.datetime) -> list[Item]:
    """Store items, their columns and channels."""
    items = []
    for row in rows:
        item = Item(
            agency=agency,
            drafter=by,
            entered_at=at,
            state=ItemState.PUBLISHED,
            entered_as_history=True,
            published_on=row.published_on,
            published_on_source=row.published_on_source.strip(),
            index_number=row.index_number or None,
        )
        fill(item, row.fields)
        items.append(item)
    number_items(agency, items)
    Item.objects.bulk_create(items, batch_size=200)
    through = Item.columns.through
    through.objects.bulk_create(
        [
            through(item_id=item.pk, column_id=column.pk)
            for row, item in zip(rows, items, strict=True)
            for column in row.fields.columns
        ],
        batch_size=500,
    )
    ItemChannel.objects.bulk_create(
        [
            ItemChannel(item=item, kind=kind, on=on, place=place)
            for row, item in zip(rows, items, strict=True)
            for kind, on, place in row.channels
        ],
        batch_size=500,
    )
    return items


def _link_interpretations(agency: Agency, rows: Sequence[HistoryRow], items: Sequence[Item]) -> None:
    """Link interpretations to policies by index number. Raises `ActRefused` for a number nobody has."""
    wanted = {row.interprets_index_number for row in rows if row.interprets_index_number}
    policies = {item.index_number: item for item in Item.objects.filter(agency=agency, index_number__in=wanted)}
    missing = sorted(wanted - policies.keys())
    if missing:
        raise ActRefused(
            [Refusal("unknown_policy", f"没有索引号为「{number}」的文件，不能登记对它的解读。") for number in missing]
        )
    linked = []
    for row, item in zip(rows, items, strict=True):
        if row.interprets_index_number:
            item.interprets = policies[row.interprets_index_number]
            linked.append(item)
    Item.objects.bulk_update(linked, ["interprets"], batch_size=200)


def _with_relations(items: Sequence[Item]) -> list[Item]:
    """The same items in the same order, with what their content needs, in a few statements."""
    rows: dict[int, Item] = {}
    keys = [item.pk for item in items]
    for start in range(0, len(keys), 500):
        found = Item.objects.filter(pk__in=keys[start : start + 500])
        rows |= {row.pk: row for row in found.select_related("interprets", "department").prefetch_related("columns")}
    return [rows[key] for key in keys]
