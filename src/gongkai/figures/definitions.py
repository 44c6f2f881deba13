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
from gongkai.enquiries.models import (
    ComplaintOutcome,
    Enquiry,
    EnquiryChannel,
    HotTopic,
    NewsConference,
    OgiComplaint,
    OnlineInterview,
    ResponseChannel,
)
from gongkai.inforequests.models import (
    DisputeOutcome,
    InfoRequest,
    Lawsuit,
    Reconsideration,
    RefusalGround,
    Reply,
    ReplyOutcome,
    RequestChannel,
)
from gongkai.periods.records.models import STANDING, Record
from gongkai.publishing.models import ChannelKind, DisclosureAttribute, Item, ItemChannel, ItemState
from gongkai.publishing.transfers import Medium, Transfer
from gongkai.resources.models import (
    Employment,
    Fund,
    Meeting,
    OgiOffice,
    ReadingPoint,
    StaffMember,
    Training,
    Visit,
)

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


def pending_in(first: str) -> Callable[[int], Q]:
    """Rows 4.3, 5.3, 6.3: begun by 31 December and not concluded by then."""

    def condition(year: int) -> Q:
        last = dt.date(year, 12, 31)
        open_then = Q(concluded_on__isnull=True) | Q(concluded_on__gt=last)
        return Q(**{f"{first}__lte": last}) & open_then

    return condition


def concluded_or_pending_in(first: str) -> Callable[[int], Q]:
    """Rows 4, 5, 6: concluded in the year, or open on 31 December."""
    pending = pending_in(first)
    return lambda year: in_year("concluded_on", year) | pending(year)


def day_of(field: str) -> Callable[[int], Q]:
    """Records whose day falls in the year."""
    return lambda year: in_year(field, year)


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
        rows = self.model._default_manager.filter(self.window(year), **{f"{self.agency}__in": agency_ids}).order_by()
        return rows.filter(STANDING) if issubclass(self.model, Record) else rows


DISCLOSED = Source("disclosed", _("公开信息"), Item, disclosed_in, "published_on", _("首次公开日"))
ISSUED = Source("issued", _("规范性文件"), Item, issued_in, "written_on", _("成文日期"))
CHANNELS = Source("channels", _("公开信息"), ItemChannel, used_in, "used_on", _("渠道使用日"), "item__agency", "item")
TOPICS = Source("topics", _("热点和舆情"), HotTopic, day_of("answered_on"), "answered_on", _("首次回应日"))
ANSWERED = Source("answered", _("来信来电"), Enquiry, day_of("answered_on"), "answered_on", _("首次答复日"))
CONFERENCES = Source("conferences", _("新闻发布会"), NewsConference, day_of("held_on"), "held_on", _("举办日期"))
INTERVIEWS = Source("interviews", _("在线访谈"), OnlineInterview, day_of("held_on"), "held_on", _("举办日期"))
RECEIVED = Source("received", _("申请"), InfoRequest, day_of("received_on"), "received_on", _("收到日期"))
SETTLED = Source("settled", _("申请"), InfoRequest, day_of("served_on"), "served_on", _("答复送达日期"))
REPLIES = Source("replies", _("答复"), Reply, day_of("served_on"), "served_on", _("送达日期"))
RECONSIDERATIONS = Source(
    "reconsiderations",
    _("行政复议"),
    Reconsideration,
    concluded_or_pending_in("filed_on"),
    "concluded_on",
    _("审结日期"),
)
LAWSUITS = Source(
    "lawsuits", _("行政诉讼"), Lawsuit, concluded_or_pending_in("filed_on"), "concluded_on", _("审结日期")
)
COMPLAINTS = Source(
    "complaints", _("举报投诉"), OgiComplaint, concluded_or_pending_in("received_on"), "concluded_on", _("办结日期")
)
TRANSFERS = Source("transfers", _("报送信息"), Transfer, day_of("handed_over_on"), "handed_over_on", _("移交日期"))
OFFICES = Source("offices", _("专门机构"), OgiOffice, in_being, "from_on", _("设立日期"))
POINTS = Source("points", _("查阅点"), ReadingPoint, in_being, "from_on", _("设立日期"))
STAFF = Source("staff", _("工作人员"), StaffMember, in_being, "from_on", _("到岗日期"))
VISITS = Source("visits", _("接待查阅"), Visit, day_of("on"), "on", _("接待日期"))
FUNDS = Source("funds", _("专项经费"), Fund, day_of("on"), "on", _("支出日期"))
MEETINGS = Source("meetings", _("工作会议"), Meeting, day_of("held_on"), "held_on", _("召开日期"))
TRAININGS = Source("trainings", _("培训"), Training, day_of("held_on"), "held_on", _("举办日期"))


@dataclass(frozen=True)
class Definition:
    """One count (or sum of `amount`) over a source; with `setting`, only for agencies that have it on.

    The condition may depend on the year. `per` is what one of the row's units holds, for instance 10,000 yuan.
    """

    code: str
    source: Source
    condition: Q | Callable[[int], Q] = Q()
    amount: str = ""
    setting: str = ""
    per: int = 1

    def narrowed(self, year: int) -> Q:
        """The condition in a year."""
        return self.condition if isinstance(self.condition, Q) else self.condition(year)

    def aggregate(self, year: int) -> Aggregate:
        """The value, as part of a grouped statement over the source."""
        if self.amount:
            return Sum(self.amount, filter=self.narrowed(year), default=0)
        distinct = self.source.counted != "pk"
        return Count(self.source.counted, filter=self.narrowed(year), distinct=distinct)

    def records(self, agency: Agency, year: int) -> Records:
        """The records that the value counts, newest deciding day first."""
        counted = self.source.of([agency.pk], year).filter(self.narrowed(year))
        if self.source.counted == "item":
            items = Item.objects.filter(pk__in=counted.values("item")).select_related("agency")
            if self.source is CHANNELS:
                first_use = counted.filter(item=OuterRef("pk")).values("item").annotate(first=Min("on"))
                items = items.annotate(used_on=Subquery(first_use.values("first")))
            return items.order_by(F(self.source.deciding_field).desc(), "-pk")
        deciding = F(self.source.deciding_field).desc(nulls_first=True)
        return counted.select_related("agency").order_by(deciding, "-pk")


def _channel(code: str, *kinds: ChannelKind) -> Definition:
    return Definition(code, CHANNELS, Q(kind__in=kinds))


def _answered(code: str, *channels: EnquiryChannel) -> Definition:
    return Definition(code, ANSWERED, Q(channel__in=channels), setting=RESPONSES_SETTING)


def _replied(code: str, outcome: ReplyOutcome) -> Definition:
    return Definition(code, REPLIES, Q(outcome=outcome))


def _refused(code: str, ground: RefusalGround) -> Definition:
    return Definition(code, REPLIES, Q(outcome=ReplyOutcome.REFUSED, ground=ground))


def _disputes(code: str, source: Source, first: str, upheld: str, corrected: str, other: str) -> list[Definition]:
    """A total with its three outcomes; what is open on 31 December is another case."""

    def concluded(*outcomes: str) -> Callable[[int], Q]:
        return lambda year: in_year("concluded_on", year) & Q(outcome__in=outcomes)

    pending = pending_in(first)
    return [
        Definition(code, source),
        Definition(f"{code}.1", source, concluded(upheld)),
        Definition(f"{code}.2", source, concluded(corrected)),
        Definition(f"{code}.3", source, lambda year: concluded(other)(year) | pending(year)),
    ]


def _requested(code: str, channel: RequestChannel) -> Definition:
    return Definition(code, RECEIVED, Q(channel=channel))


LATE = Q(served_on__gt=F("base_limit_on"))

ROWS: tuple[Definition, ...] = (
    Definition("1.1", DISCLOSED),
    Definition("1.1.1", DISCLOSED, Q(is_normative=True)),
    Definition("1.1.2", ISSUED),
    _channel("1.2.1", ChannelKind.GAZETTE),
    _channel("1.2.2", ChannelKind.WEBSITE),
    _channel("1.2.3", ChannelKind.WEIBO),
    _channel("1.2.4", ChannelKind.WECHAT),
    _channel("1.2.5", ChannelKind.MEDIA, ChannelKind.POSTING, ChannelKind.OTHER),
    Definition("2.1", TOPICS),
    _answered("2.1", EnquiryChannel.HOTLINE, EnquiryChannel.PETITION),
    Definition("2.2.1", CONFERENCES),
    Definition("2.2.1.1", CONFERENCES, Q(led_by_head=True)),
    Definition("2.2.2", INTERVIEWS),
    Definition("2.2.2.1", INTERVIEWS, Q(led_by_head=True)),
    Definition("2.2.3", DISCLOSED, Q(interprets__isnull=False)),
    Definition("2.2.4", TOPICS, Q(channel__in=(ResponseChannel.WEIBO, ResponseChannel.WECHAT))),
    _answered("2.2.4", EnquiryChannel.WEIBO, EnquiryChannel.WECHAT),
    Definition("2.2.5", TOPICS, Q(channel=ResponseChannel.OTHER)),
    _answered("2.2.5", EnquiryChannel.HOTLINE, EnquiryChannel.PETITION),
    Definition("3.1", RECEIVED),
    _requested("3.1.1", RequestChannel.IN_PERSON),
    _requested("3.1.2", RequestChannel.FAX),
    _requested("3.1.3", RequestChannel.INTERNET),
    _requested("3.1.4", RequestChannel.MAIL),
    _requested("3.1.5", RequestChannel.OTHER),
    Definition("3.2", SETTLED),
    Definition("3.2.1", SETTLED, ~LATE),
    Definition("3.2.2", SETTLED, LATE),
    Definition("3.3", REPLIES),
    _replied("3.3.1", ReplyOutcome.ALREADY_PUBLISHED),
    _replied("3.3.2", ReplyOutcome.GRANTED),
    _replied("3.3.3", ReplyOutcome.PARTLY_GRANTED),
    _replied("3.3.4", ReplyOutcome.REFUSED),
    _refused("3.3.4.1", RefusalGround.STATE_SECRET),
    _refused("3.3.4.2", RefusalGround.TRADE_SECRET),
    _refused("3.3.4.3", RefusalGround.PERSONAL_PRIVACY),
    _refused("3.3.4.4", RefusalGround.SECURITY_AND_STABILITY),
    _refused("3.3.4.5", RefusalGround.NOT_GOVERNMENT_INFORMATION),
    _refused("3.3.4.6", RefusalGround.OTHER_LAW),
    _replied("3.3.5", ReplyOutcome.NOT_OURS),
    _replied("3.3.6", ReplyOutcome.DOES_NOT_EXIST),
    _replied("3.3.7", ReplyOutcome.CLARIFICATION),
    _replied("3.3.8", ReplyOutcome.OTHER_CHANNEL),
    *_disputes(
        "4", RECONSIDERATIONS, "filed_on", DisputeOutcome.UPHELD, DisputeOutcome.CORRECTED, DisputeOutcome.OTHER
    ),
    *_disputes("5", LAWSUITS, "filed_on", DisputeOutcome.UPHELD, DisputeOutcome.CORRECTED, DisputeOutcome.OTHER),
    *_disputes(
        "6",
        COMPLAINTS,
        "received_on",
        ComplaintOutcome.UPHELD,
        ComplaintOutcome.CORRECTED,
        ComplaintOutcome.OTHER,
    ),
    Definition("7", TRANSFERS, amount="documents"),
    Definition("7.1", TRANSFERS, Q(medium=Medium.PAPER), amount="documents"),
    Definition("7.2", TRANSFERS, Q(medium=Medium.ELECTRONIC), amount="documents"),
    Definition("8.1", OFFICES),
    Definition("8.2", POINTS),
    Definition("8.3", VISITS, amount="visitors"),
    Definition("8.4", STAFF),
    Definition("8.4.1", STAFF, Q(employment=Employment.FULL_TIME)),
    Definition("8.4.2", STAFF, Q(employment=Employment.PART_TIME)),
    Definition("8.5", FUNDS, amount="amount", per=10_000),
    Definition("9.1", MEETINGS),
    Definition("9.2", TRAININGS),
    Definition("9.3", TRAININGS, amount="participants"),
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
        aggregates = {f"value_{index}": definitions[index].aggregate(year) for index in wanted}
        for row in source.of(agency_ids, year).values(source.agency).annotate(**aggregates):
            for index in wanted:
                value, per = row[f"value_{index}"], definitions[index].per
                values[index][row[source.agency]] = value if per == 1 else Decimal(value) / per
    return values
