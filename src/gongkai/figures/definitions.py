"""What each figure counts: one definition serves both its value and its records.

A source is the records of one model that a year takes in, by the day that decides (design §8). A definition narrows a
source by one condition. `evaluate` reads the definitions of any number of agencies with one statement a source;
`Definition.records` gives the records behind one agency's value, from the same window and condition.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Count, F, Min, Model, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.enquiries.models import Enquiry, EnquiryChannel
from gongkai.publishing.models import ChannelKind, DisclosureAttribute, Item, ItemChannel, ItemState
from gongkai.resources.models import Employment, OgiOffice, ReadingPoint, StaffMember, Visit

Records = QuerySet[Any]
Value = int | Decimal
RESPONSES_SETTING = "count_work_orders_as_responses"
WENT_OUT = (ItemState.PUBLISHED, ItemState.WITHDRAWN)


def in_year(field: str, year: int) -> Q:
    """The condition that a day falls between 1 January and 31 December."""
    return Q(**{f"{field}__range": (dt.date(year, 1, 1), dt.date(year, 12, 31))})


def disclosed_in(year: int, prefix: str = "") -> Q:
    """Row 1.1: disclosed on the agency's own initiative, first public in the year; a later withdrawal does not undo it."""
    went_out = {f"{prefix}state__in": WENT_OUT, f"{prefix}attribute": DisclosureAttribute.PROACTIVE}
    return in_year(f"{prefix}published_on", year) & Q(**went_out)


def issued_in(year: int) -> Q:
    """Row 1.1.2: written in the year and issued, whatever its disclosure attribute. A draft was never issued."""
    return in_year("written_on", year) & Q(is_normative=True, state__in=WENT_OUT)


def used_in(year: int) -> Q:
    """Rows 1.2.x: the items of row 1.1 by the channels that they used in the same year."""
    return disclosed_in(year, "item__") & in_year("on", year)


def in_being(year: int) -> Q:
    """Rows 8.1, 8.2, 8.4: there on 31 December; a last day of 31 December is still there."""
    last = dt.date(year, 12, 31)
    return Q(from_on__lte=last) & (Q(to_on__isnull=True) | Q(to_on__gte=last))


@dataclass(frozen=True)
class Source:
    """The records of one model that belong to a year.

    `counted` is what counts once however many records name it; `deciding_field` the day shown beside a record.
    Records of the channels are shown as the items that used them, with the first day of use.
    """

    code: str
    label: str | Promise
    model: type[Model]
    window: Callable[[int], Q]
    deciding_field: str
    deciding_label: str | Promise
    agency: str = "agency"
    counted: str = "pk"

    def of(self, agency_ids: Collection[int], year: int) -> Records:
        """The records of some agencies in a year."""
        manager = self.model._default_manager
        return manager.filter(self.window(year), **{f"{self.agency}__in": agency_ids}).order_by()


DISCLOSED = Source("disclosed", _("公开信息"), Item, disclosed_in, "published_on", _("首次公开日"))
ISSUED = Source("issued", _("规范性文件"), Item, issued_in, "written_on", _("成文日期"))
CHANNELS = Source("channels", _("公开信息"), ItemChannel, used_in, "used_on", _("渠道使用日"), "item__agency", "item")
ANSWERED = Source(
    "answered", _("来信来电"), Enquiry, lambda year: in_year("answered_on", year), "answered_on", _("首次答复日")
)
OFFICES = Source("offices", _("专门机构"), OgiOffice, in_being, "from_on", _("设立日期"))
POINTS = Source("points", _("查阅点"), ReadingPoint, in_being, "from_on", _("设立日期"))
STAFF = Source("staff", _("工作人员"), StaffMember, in_being, "from_on", _("到岗日期"))
VISITS = Source("visits", _("接待查阅"), Visit, lambda year: in_year("on", year), "on", _("接待日期"))


@dataclass(frozen=True)
class Definition:
    """One count (or sum of `amount`) over a source; with `setting`, only for agencies that have it on."""

    code: str
    source: Source
    condition: Q = Q()
    amount: str = ""
    setting: str = ""

    def aggregate(self) -> Aggregate:
        """The value, as part of a grouped statement over the source."""
        if self.amount:
            return Sum(self.amount, filter=self.condition, default=0)
        distinct = self.source.counted != "pk"
        return Count(self.source.counted, filter=self.condition, distinct=distinct)

    def records(self, agency: Agency, year: int) -> Records:
        """The records that the value counts, newest deciding day first."""
        counted = self.source.of([agency.pk], year).filter(self.condition)
        if self.source.counted == "item":
            items = Item.objects.filter(pk__in=counted.values("item")).select_related("agency")
            if self.source is CHANNELS:
                first_use = counted.filter(item=OuterRef("pk")).values("item").annotate(first=Min("on"))
                items = items.annotate(used_on=Subquery(first_use.values("first")))
            return items.order_by(F(self.source.deciding_field).desc(), "-pk")
        return counted.select_related("agency").order_by(F(self.source.deciding_field).desc(), "-pk")


def _channel(code: str, *kinds: ChannelKind) -> Definition:
    return Definition(code, CHANNELS, Q(kind__in=kinds))


def _answered(code: str, *channels: EnquiryChannel) -> Definition:
    return Definition(code, ANSWERED, Q(channel__in=channels), setting=RESPONSES_SETTING)


# The rows whose register has a model. A row without a definition has no records: zero once that is confirmed.
ROWS: tuple[Definition, ...] = (
    Definition("1.1", DISCLOSED),
    Definition("1.1.1", DISCLOSED, Q(is_normative=True)),
    Definition("1.1.2", ISSUED),
    _channel("1.2.1", ChannelKind.GAZETTE),
    _channel("1.2.2", ChannelKind.WEBSITE),
    _channel("1.2.3", ChannelKind.WEIBO),
    _channel("1.2.4", ChannelKind.WECHAT),
    _channel("1.2.5", ChannelKind.MEDIA, ChannelKind.POSTING, ChannelKind.OTHER),
    _answered("2.1", EnquiryChannel.HOTLINE, EnquiryChannel.PETITION),
    Definition("2.2.3", DISCLOSED, Q(interprets__isnull=False)),
    _answered("2.2.4", EnquiryChannel.WEIBO, EnquiryChannel.WECHAT),
    _answered("2.2.5", EnquiryChannel.HOTLINE, EnquiryChannel.PETITION),
    Definition("8.1", OFFICES),
    Definition("8.2", POINTS),
    Definition("8.3", VISITS, amount="visitors"),
    Definition("8.4", STAFF),
    Definition("8.4.1", STAFF, Q(employment=Employment.FULL_TIME)),
    Definition("8.4.2", STAFF, Q(employment=Employment.PART_TIME)),
)

# With the setting on, these rows stand on three registers and not on one.
RESPONSE_ROWS = frozenset({"2.1", "2.2.4", "2.2.5"})
RESPONSE_REGISTERS = ("hot_topics", "work_orders", "petitions")


def evaluate(definitions: Sequence[Definition], agency_ids: Collection[int], year: int) -> list[dict[int, Value]]:
    """The value of each definition by agency id, in the order given; one grouped statement a source.

    An agency without records is left out.
    """
    values: list[dict[int, Value]] = [{} for _definition in definitions]
    for source in dict.fromkeys(definition.source for definition in definitions):
        wanted = [index for index, definition in enumerate(definitions) if definition.source is source]
        aggregates = {f"value_{index}": definitions[index].aggregate() for index in wanted}
        for row in source.of(agency_ids, year).values(source.agency).annotate(**aggregates):
            for index in wanted:
                values[index][row[source.agency]] = row[f"value_{index}"]
    return values
