"""The year of an agency in pictures: public items by channel, key area and month.

A page includes them by one line, `{% include "portal/parts/charts.html" with year=year_of(agency, 2017) %}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import ExtractMonth
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.agencies.models import Agency
from gongkai.portal import catalogue
from gongkai.publishing.models import ChannelKind, Item, ItemChannel
from gongkai.ui.components import Bar, bars


@dataclass(frozen=True)
class Chart:
    """One question with its answer in numbers: `kind` is `bars` (a bar a line) or `columns` (one beside the other)."""

    code: str
    caption: str
    unit: str
    bars: list[Bar]
    kind: str = "bars"
    note: str | Promise = ""

    @property
    def in_words(self) -> str:
        """What the picture shows, for those who do not see it."""
        said = "，".join(f"{bar.label}{bar.value}{self.unit}" for bar in self.bars)
        return f"{self.caption}：{said}"


@dataclass(frozen=True)
class Year:
    """What was public of a year; without items there is nothing to draw."""

    agency: Agency
    year: int
    total: int
    charts: list[Chart]


SAME_ITEM_MORE_THAN_ONCE = gettext_lazy("一条信息可以由几种渠道公开，各渠道之和可以大于总数。")


def years_of(agency: Agency) -> list[int]:
    """The years in which something of an agency became public, newest first."""
    return [day.year for day in Item.objects.public().filter(agency=agency).dates("published_on", "year", order="DESC")]


def year_of(agency: Agency, year: int) -> Year:
    """Count the public items of a year by the day on which they became public; an item of another state counts nowhere.

    The channels are those used in the same year, as rows 1.2.x of the statistics count them. Four queries.
    """
    items = Item.objects.public().filter(agency=agency, published_on__year=year)
    total = items.count()
    if not total:
        return Year(agency, year, 0, [])
    months = _counted(items.order_by().annotate(month=ExtractMonth("published_on")).values_list("month"))
    areas = _counted(items.order_by().values_list("key_area"))
    used = ItemChannel.objects.filter(item__in=items, on__year=year).order_by()
    channels = dict(used.values_list("kind").annotate(Count("item_id", distinct=True)))
    shelves = {area.value: shelf for area, shelf in catalogue.SHELF_OF_AREA.items()}
    charts = [
        Chart(
            "month",
            _("各月公开数"),
            _("条"),
            bars((_("%(month)d月") % {"month": month}, months.get(month, 0)) for month in range(1, 13)),
            kind="columns",
        ),
        Chart(
            "area",
            _("各重点领域公开数"),
            _("条"),
            bars(
                (str(shelf.name), areas[area], reverse("portal:shelf", args=[agency.code, shelf.code, 1]))
                for area, shelf in shelves.items()
                if areas.get(area)
            ),
        ),
        Chart(
            "channel",
            _("各渠道公开数"),
            _("条"),
            bars((str(kind.label), channels[kind.value]) for kind in ChannelKind if channels.get(kind.value)),
            note=SAME_ITEM_MORE_THAN_ONCE,
        ),
    ]
    return Year(agency, year, total, [chart for chart in charts if chart.bars])


def _counted(values: Iterable[object]) -> Mapping[object, int]:
    """Rows of (value,) grouped and counted by the database."""
    return dict(values.annotate(Count("pk")))  # type: ignore[attr-defined]  # a query set of values
