"""One item as the public finds it: open, withdrawn, or not there at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import Http404

from gongkai.portal.content import Content, NotReleased, Row, content_of, rows
from gongkai.publishing.models import Attachment, Column, Item
from gongkai.rules.calendar import Calendar
from gongkai.rules.errors import DayOutOfRange

SIMILAR = 5


@dataclass(frozen=True)
class Interpretation:
    """The other half of a policy and its interpretation, and the working days between the two publications."""

    row: Row
    working_days: int | None


def find(code: str, year: int, serial: int) -> Item:
    """The public or withdrawn item with an address.

    Raises `Http404` for what is not there and, just the same, for what is not public. A withdrawn item is found only
    if it could be read before.
    """
    found = (
        Item.objects.went_public()
        .filter(agency__code=code, year=year, serial=serial)
        .select_related("agency", "department", "interprets", "outside")
        .prefetch_related(
            Prefetch("columns", Column.objects.without_tree_fields().select_related("agency")), "channels"
        )
        .first()
    )
    if found is None:
        raise Http404
    return found


def released(item: Item) -> Content:
    """The public content of an item. Raises `Http404` when it cannot be shown."""
    try:
        return content_of(item)
    except NotReleased as error:
        raise Http404 from error


def taken_away_of(item: Item) -> list[Attachment]:
    """The attachments that were taken away when the publicity term was over, in their order."""
    if item.publicity_ended_at is None:
        return []
    rows = Attachment.kept.filter(item=item, taken_away_on__isnull=False)
    return list(rows.order_by("position", "pk"))


def interpretations_of(item: Item) -> list[Interpretation]:
    """The public interpretations of a policy, oldest first."""
    # Sorted here: they are few, and asked in order SQLite walks through everything that is public.
    found = Item.objects.public().filter(interprets=item).select_related("agency").order_by()
    listed = sorted(found, key=lambda half: (half.published_on or dt.date.max, half.pk))
    return [Interpretation(row, _working_days(item, row.item)) for row in rows(listed)]


def interpreted_by(item: Item, content: Content) -> Interpretation | None:
    """The public policy that an item interprets, as its released copy says."""
    if not content.interprets:
        return None
    found = Item.objects.public().filter(uid=content.interprets).select_related("agency")
    for row in rows(found):
        return Interpretation(row, _working_days(row.item, item))
    return None


def similar_to(item: Item) -> list[Row]:
    """The newest other public items in the columns of an item."""
    column_ids = [column.pk for column in item.columns.all()]
    inside = Item.columns.through.objects.filter(column_id__in=column_ids).values("item_id")
    found = Item.objects.public().filter(pk__in=inside).exclude(pk=item.pk).select_related("agency")
    return rows(found.order_by("-published_on", "-id")[:SIMILAR])


def _working_days(policy: Item, interpretation: Item) -> int | None:
    """Working days from a policy's publication to its interpretation's; none when that came first, is unknown or lies
    before the calendar."""
    first, second = policy.published_on, interpretation.published_on
    if first is None or second is None or second < first:
        return None
    try:
        return Calendar.standard().count_working_days(first, second)
    except DayOutOfRange:
        return None
