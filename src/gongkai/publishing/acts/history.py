"""Items that were public before this system: entered in bulk, confirmed once by a second officer."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.agencies.numbers import raise_to
from gongkai.agencies.permissions import person_of, refusals_to_enter
from gongkai.audit.acts import Entry, append_many
from gongkai.periods.frozen import refuse_changes
from gongkai.publishing import events
from gongkai.publishing.acts.details import DetailFields, put_details, refusals_of_details, refusals_of_validity
from gongkai.publishing.acts.drafting import ItemFields, fill, refusals_of_fields
from gongkai.publishing.acts.releasing import number_items
from gongkai.publishing.content import OBJECT_KIND, content_of
from gongkai.publishing.index import put_items
from gongkai.publishing.models import ChannelKind, DisclosureAttribute, Item, ItemChannel, ItemState, Validity
from gongkai.publishing.permissions import ENTERING_ROLES, refusals_of_channel, refusals_of_days
from gongkai.review.content import freeze_many
from gongkai.review.gate import examine_many
from gongkai.rules.errors import InvalidIdentifier
from gongkai.rules.identifiers import IndexNumber, parse_index_number
from gongkai.rules.refusals import ActRefused, Refusal, require
from gongkai.screening import safe_text

HIGHEST_OWN_SERIAL = 99_999  # five digits, as index numbers are printed


@dataclass(frozen=True)
class HistoryRow:
    """An item as it was published elsewhere, with its stated day, the source of that day, and its channels.

    `index_number` empty means: issue one. `validity` with its day and note is what was stated since, all three or none.
    `interprets_index_number` names the policy that the item interprets, in
    this batch or in the ledger; it stands beside `fields.interprets`, which must then be None.
    """

    fields: ItemFields
    published_on: dt.date
    published_on_source: str
    channels: tuple[tuple[str, dt.date, str], ...] = ()
    index_number: str = ""
    interprets_index_number: str = ""
    details: DetailFields = field(default_factory=DetailFields)
    validity: str = ""
    validity_from_on: dt.date | None = None
    validity_note: str = ""


@transaction.atomic
def enter_history(*, agency: Agency, rows: Sequence[HistoryRow], by: Account | None, at: dt.datetime) -> list[Item]:
    """Enter items that were public before this system, all or none, in a fixed number of statements per kind of row.

    They count in figures at once and become readable on our pages when a second officer confirms them.
    """
    refusals = refusals_to_enter(by, agency, *ENTERING_ROLES)
    for number, (row, found) in enumerate(zip(rows, refusals_of_history(agency, rows, at), strict=True), start=1):
        refusals += [
            Refusal(refusal.code, f"第{number}条「{row.fields.title}」：{refusal.sentence}", refusal.basis)
            for refusal in found
        ]
    require(refusals)
    items = _store(agency, rows, by, at)
    _link_interpretations(agency, rows, items)
    copies = [content_of(item) for item in _with_relations([item.pk for item in items])]
    freeze_many(copies)
    for item, copy in zip(items, copies, strict=True):
        item.published_digest, item.state = copy.digest, ItemState.PUBLISHED
    Item.objects.bulk_update(items, ["published_digest", "state"], batch_size=200)
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
    append_many(
        [
            Entry(
                events.ValiditySet(
                    validity=str(Validity(row.validity).label),
                    from_on=item.validity_from_on.isoformat(),
                    note=item.validity_note,
                ),
                str(item.uid),
            )
            for row, item in zip(rows, items, strict=True)
            if row.validity and item.validity_from_on
        ],
        agency_code=agency.code,
        object_kind=OBJECT_KIND,
        by=by,
        at=at,
    )
    days = {row.published_on for row in rows} | {row.fields.written_on for row in rows}
    days |= {on for row in rows for _kind, on, _place in row.channels}
    refuse_changes(agency, (), years={day.year for day in days})
    return items


def confirm_history(*, agency: Agency, digests: Mapping[uuid.UUID, str], by: Account, at: dt.datetime) -> list[Item]:
    """Confirm entered items as a second officer; from then on the public reads them.

    `digests` gives, by uid, the digest of the content that the officer read; a stale one is refused, and so is what
    the release gate does not let pass.
    """
    # Looking takes its time: it is done, and kept, before the transaction that writes.
    keys = Item.objects.filter(uid__in=list(digests), agency=agency).order_by("pk").values_list("pk", flat=True)
    examine_many([(agency, str(row.uid), content_of(row)) for row in _with_relations(list(keys))])
    return _confirm(agency=agency, digests=digests, by=by, at=at)


@transaction.atomic
def _confirm(*, agency: Agency, digests: Mapping[uuid.UUID, str], by: Account, at: dt.datetime) -> list[Item]:
    locked = Item.objects.select_for_update(of=("self",)).filter(uid__in=list(digests), agency=agency)
    keys = list(locked.order_by("pk").values_list("pk", flat=True))
    rows = _with_relations(keys)
    refusals = refusals_to_enter(by, agency, *ENTERING_ROLES)
    if not digests:
        refusals.append(Refusal("nothing_chosen", "还没有选择要复核的信息。请逐条阅读，勾选核对无误的。"))
    if len(rows) != len(digests):
        refusals.append(Refusal("foreign_item", "只能复核本机构的补录信息。"))
    if any(not row.entered_as_history for row in rows):
        refusals.append(Refusal("not_history", "只有补录的信息需要复核。"))
    if any(row.confirmed_at is not None for row in rows):
        refusals.append(Refusal("already_confirmed", "其中有已经复核过的信息，请刷新页面。"))
    if any(row.state != ItemState.PUBLISHED or row.attribute != DisclosureAttribute.PROACTIVE for row in rows):
        refusals.append(Refusal("not_to_publish", "其中有已撤回或不属于主动公开的信息，不能复核公开。请刷新页面。"))
    if any(not row.published_digest == digests[row.uid] == content_of(row).digest for row in rows):
        refusals.append(Refusal("content_changed", "其中有内容与您阅读时不一致的信息。请重新打开，读过后再复核。"))
    drafters = Account.objects.filter(pk__in={row.drafter_id for row in rows}).select_related("officer")
    if person_of(by) in {person_of(drafter) for drafter in drafters}:
        refusals.append(Refusal("same_person", "录入人不能复核自己补录的信息，须由另一人复核。"))
    refusals += _refusals_of_gate(agency, rows)
    require(refusals)
    for start in range(0, len(keys), 500):
        Item.objects.filter(pk__in=keys[start : start + 500]).update(confirmed_by=by, confirmed_at=at)
    confirmed = _with_relations(keys)
    put_items(confirmed)
    append_many(
        [Entry(events.HistoryConfirmed(digest=item.published_digest), str(item.uid)) for item in confirmed],
        agency_code=agency.code,
        object_kind=OBJECT_KIND,
        by=by,
        at=at,
    )
    return confirmed


def _refusals_of_gate(agency: Agency, rows: Sequence[Item]) -> list[Refusal]:
    """Why the release gate does not let the items pass, each sentence with the name of its item."""
    examined = examine_many([(agency, str(row.uid), content_of(row)) for row in rows])
    return [
        Refusal(refusal.code, f"「{safe_text(row.title)}」：{refusal.sentence}", refusal.basis)
        for row, examination in zip(rows, examined, strict=True)
        for refusal in examination.refusals
    ]


def refusals_of_history(agency: Agency, rows: Sequence[HistoryRow], at: dt.datetime) -> list[list[Refusal]]:
    """Why each of these items cannot be entered as it is; one list a row, in their order.

    `Refusal.field` is a name in `HistoryRow`, `ItemFields` or `DetailFields`; for a channel it is its kind followed by
    `.on` or `.place`. Asks the database once for each 500 index numbers.
    """
    numbers = _refusals_of_numbers(agency, rows)
    return [_refusals_of_row(row, agency, at) + found for row, found in zip(rows, numbers, strict=True)]


def _refusals_of_row(row: HistoryRow, agency: Agency, at: dt.datetime) -> list[Refusal]:
    today = timezone.localdate(at)
    refusals = refusals_of_fields(row.fields, agency, at)
    refusals += [
        refusal
        for refusal in refusals_of_days(row.fields.written_on, row.published_on, today)
        if refusal not in refusals
    ]
    if not row.fields.columns:
        refusals.append(Refusal("no_column", "还没有栏目，请至少写一个。", field="columns"))
    if not row.published_on_source.strip():
        refusals.append(Refusal("source_missing", "请写发布日期的依据，例如原网页。", field="published_on_source"))
    if safe_text(row.published_on_source) != row.published_on_source:
        # The public reads it, and it is no part of the content that the gate looks at.
        said = "发布日期的依据里有个人号码，公众会看到它。请去掉。"
        refusals.append(Refusal("number_in_source", said, field="published_on_source"))
    item = Item(agency=agency, published_on=row.published_on)
    fill(item, row.fields)
    refusals += refusals_of_details(item, row.details)
    if row.validity or row.validity_from_on or row.validity_note:
        refusals += refusals_of_validity(
            row.fields.written_on, row.validity, row.validity_from_on, row.validity_note, today
        )
    for kind, on, place in row.channels:
        refusals += [
            replace(refusal, sentence=f"{ChannelKind(kind).label}：{refusal.sentence}", field=f"{kind}.{refusal.field}")
            for refusal in refusals_of_channel(item, kind, on, place, today)
        ]
    return refusals


def _refusals_of_numbers(agency: Agency, rows: Sequence[HistoryRow]) -> list[list[Refusal]]:
    """Why the index numbers that came from outside cannot be taken over, one list a row.

    One of the agency's own series moves its counter along; one far beyond any real number would use the series up.
    """
    counted = Counter(row.index_number for row in rows if row.index_number)
    given = list(counted)
    taken: set[str | None] = set()
    for start in range(0, len(given), 500):
        found = Item.objects.filter(index_number__in=given[start : start + 500])
        taken.update(found.values_list("index_number", flat=True))
    refusals = []
    for number in (row.index_number for row in rows):
        own = _own_number(agency, number) if number else None
        said = []
        if own is not None and own.serial > HIGHEST_OWN_SERIAL:
            said.append(("number_too_high", f"索引号「{number}」的序号超过{HIGHEST_OWN_SERIAL}，请核对。"))
        if counted[number] > 1:
            said.append(("duplicate_index_number", f"索引号「{number}」写了{counted[number]}次。"))
        if number in taken:
            said.append(("taken_index_number", f"索引号「{number}」已经登记过。"))
        refusals.append([Refusal(code, sentence, field="index_number") for code, sentence in said])
    return refusals


def _store(agency: Agency, rows: Sequence[HistoryRow], by: Account | None, at: dt.datetime) -> list[Item]:
    """Store items, their columns and channels."""
    items = []
    for row in rows:
        item = Item(
            agency=agency,
            drafter=by,
            entered_at=at,
            # Published only together with the digest of its content, which needs the stored row.
            state=ItemState.DRAFTED,
            entered_as_history=True,
            published_on=row.published_on,
            published_on_source=row.published_on_source.strip(),
            index_number=row.index_number or None,
        )
        fill(item, row.fields)
        put_details(item, row.details)
        item.validity, item.validity_from_on = row.validity, row.validity_from_on
        item.validity_note = row.validity_note.strip()
        items.append(item)
    given = [_own_number(agency, row.index_number) for row in rows if row.index_number]
    highest: dict[int, int] = {}
    for own in given:
        if own is not None:
            highest[own.year] = max(own.serial, highest.get(own.year, 0))
    for year, serial in sorted(highest.items()):
        raise_to(agency, "index_number", year, serial)
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


def _own_number(agency: Agency, text: str) -> IndexNumber | None:
    """An index number that the agency's own series could issue; none for one of another form or code."""
    try:
        number = parse_index_number(text)
    except InvalidIdentifier:
        return None
    return number if number.code == agency.credit_code else None


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


def _with_relations(keys: Sequence[int]) -> list[Item]:
    """The items with these keys in the same order, with what their content needs, in a few statements."""
    rows: dict[int, Item] = {}
    for start in range(0, len(keys), 500):
        found = Item.objects.filter(pk__in=keys[start : start + 500])
        found = found.select_related("agency", "interprets", "department")
        found = found.prefetch_related("columns", "attachments")
        rows |= {row.pk: row for row in found}
    return [rows[key] for key in keys]
