"""By which channels items went out: recorded one by one or many at once, taken back with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.audit.acts import Entry, append_many
from gongkai.files.models import StoredFile
from gongkai.periods.frozen import refuse_changes
from gongkai.publishing import events
from gongkai.publishing.acts.drafting import locked, tell
from gongkai.publishing.content import OBJECT_KIND
from gongkai.publishing.models import ChannelKind, Item, ItemChannel
from gongkai.publishing.permissions import (
    refusals_of_channel,
    refusals_to_record_channels,
    refusals_to_remove_channel,
)
from gongkai.rules.refusals import ActRefused, Refusal, require


@transaction.atomic
def record_channel(
    *,
    item: Item,
    kind: str,
    on: dt.date,
    by: Account,
    at: dt.datetime,
    place: str = "",
    photo: StoredFile | None = None,
    photo_name: str = "",
) -> ItemChannel:
    """Record that a public item went out by a channel on a day.

    `place` is where it was posted, or the name of the paper, programme or other way. `photo` shows a posting; officers
    see it, the public does not. Refused where it would change a figure of a frozen year.
    """
    item = locked(item)
    place = place.strip()
    refusals = _refusals(item, kind, on, place, by, at)
    if photo is not None and kind != ChannelKind.POSTING:
        refusals.append(Refusal("photo_without_posting", "照片只随现场张贴登记。"))
    require(refusals)
    channel = ItemChannel.objects.create(item=item, kind=kind, on=on, place=place, photo=photo, photo_name=photo_name)
    tell(item, _recorded(channel), by, at)
    refuse_changes(item.agency, [on])
    return channel


@transaction.atomic
def record_channels(
    *, agency: Agency, items: Sequence[Item], kind: str, on: dt.date, by: Account, at: dt.datetime, place: str = ""
) -> list[ItemChannel]:
    """Record one channel and day for many items of an agency, for all or for none; the refusals are those of all."""
    place = place.strip()
    keys = [item.pk for item in items]
    rows = list(
        Item.objects.select_for_update(of=("self",))
        .filter(pk__in=keys, agency=agency)
        .select_related("agency")
        .prefetch_related("channels")
        .order_by("pk")
    )
    refusals = [] if rows else [Refusal("nothing_chosen", "还没有选择信息。请先在列表里勾选。")]
    if len(rows) != len(set(keys)):
        refusals.append(Refusal("foreign_item", "只能登记本机构的信息，请重新选择。"))
    for row in rows:
        refusals += [
            Refusal(refusal.code, f"「{row.title}」：{refusal.sentence}", refusal.basis)
            for refusal in _refusals(row, kind, on, place, by, at)
        ]
    require(refusals)
    channels = ItemChannel.objects.bulk_create(
        [ItemChannel(item=row, kind=kind, on=on, place=place) for row in rows], batch_size=200
    )
    append_many(
        [Entry(_recorded(channel), str(row.uid)) for row, channel in zip(rows, channels, strict=True)],
        agency_code=agency.code,
        object_kind=OBJECT_KIND,
        by=by,
        at=at,
    )
    refuse_changes(agency, [on])
    return channels


@transaction.atomic
def remove_channel(*, channel: ItemChannel, reason: str, by: Account, at: dt.datetime) -> None:
    """Take a mistaken channel out of the record; what it said and why it went stays in the item's history."""
    item = locked(channel.item)
    found = ItemChannel.objects.filter(pk=channel.pk, item=item).first()
    if found is None:
        raise ActRefused([Refusal("no_channel", "这条渠道已经不在记录里了，请刷新页面。")])
    require(refusals_to_remove_channel(by, item, found, reason))
    told = events.ChannelRemoved(
        channel=str(ChannelKind(found.kind).label),
        on=found.on.isoformat(),
        place=found.place,
        photo=found.photo_id or "",
        reason=reason.strip(),
    )
    on = found.on
    found.delete()
    tell(item, told, by, at)
    refuse_changes(item.agency, [on])


def _refusals(item: Item, kind: str, on: dt.date, place: str, by: Account, at: dt.datetime) -> list[Refusal]:
    """Why this item may not get this channel; the one of the same kind and place is there once."""
    refusals = refusals_to_record_channels(by, item)
    refusals += refusals_of_channel(item, kind, on, place, timezone.localdate(at))
    for channel in item.channels.all():
        if (channel.kind, channel.place) == (kind, place):
            named = f"（{place}）" if place else ""
            refusals.append(
                Refusal(
                    "channel_twice",
                    f"{channel.get_kind_display()}{named}已登记过，日期是{channel.on}。日期有误的，请先删除再登记。",
                )
            )
    return refusals


def _recorded(channel: ItemChannel) -> events.ChannelRecorded:
    return events.ChannelRecorded(
        channel=str(ChannelKind(channel.kind).label),
        on=channel.on.isoformat(),
        place=channel.place,
        photo=channel.photo_id or "",
    )
