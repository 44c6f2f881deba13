"""The registers of enquiries and of responses to public concern."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from gongkai.agencies.models import Role
from gongkai.enquiries.models import (
    Enquiry,
    EnquiryChannel,
    EnquiryResult,
    HotTopic,
    NewsConference,
    OgiComplaint,
    OnlineInterview,
)
from gongkai.periods.records.checks import concluded_with_outcome
from gongkai.periods.records.kinds import RecordKind
from gongkai.periods.records.permissions import name_of
from gongkai.periods.records.windows import in_year, within
from gongkai.rules.refusals import Refusal

ROLES = (Role.ENQUIRY_OFFICER, Role.OFFICE)


def check_enquiry(enquiry: Enquiry, _today: dt.date) -> list[Refusal]:
    """An enquiry that answers a hot topic counts as a response; a result that says so has its day."""
    refusals = []
    if enquiry.result == EnquiryResult.SETTLED and enquiry.settled_on is None:
        said = f"{name_of(enquiry)}的办理结果是「已办结」，请填写办结日期。"
        refusals.append(Refusal("day_missing", said, field="settled_on"))
    if enquiry.result == EnquiryResult.ANSWERED and enquiry.answered_on is None:
        said = f"{name_of(enquiry)}的办理结果是「已答复」，请填写答复日期。"
        refusals.append(Refusal("day_missing", said, field="answered_on"))
    if enquiry.hot_topic is not None and not enquiry.counts_as_response:
        said = f"{name_of(enquiry)}已选回应的热点，请同时勾选「属于回应公众关注」。"
        refusals.append(Refusal("topic_without_response", said, field="counts_as_response"))
    return refusals


def check_hot_topic(topic: HotTopic, _today: dt.date) -> list[Refusal]:
    """A topic that was answered was answered by some means."""
    if topic.answered_on is not None and not topic.channel:
        return [Refusal("channel_missing", f"{name_of(topic)}已填首次回应日期，请选择回应方式。", field="channel")]
    if topic.answered_on is None and topic.channel:
        return [Refusal("day_missing", f"{name_of(topic)}已选回应方式，请填写首次回应日期。", field="answered_on")]
    return []


ENQUIRY = RecordKind(
    Enquiry,
    slug="enquiries",
    roles=ROLES,
    fields=(
        "channel",
        "number",
        "topic",
        "received_on",
        "limit_on",
        "answered_on",
        "settled_on",
        "result",
        "counts_as_response",
        "hot_topic",
    ),
    columns=(
        "number",
        "channel",
        "topic",
        "received_on",
        "limit_on",
        "answered_on",
        "settled_on",
        "counts_as_response",
    ),
    filters=("channel", "result", "counts_as_response"),
    search=("number", "topic"),
    window=in_year("received_on", "answered_on", "settled_on"),
    decides="received_on",
    registers={
        "work_orders": Q(channel=EnquiryChannel.HOTLINE),
        "petitions": Q(channel=EnquiryChannel.PETITION),
    },
    order=(("received_on", "limit_on"), ("received_on", "answered_on"), ("received_on", "settled_on")),
    ahead=("limit_on",),
    key=("channel", "number"),
    waiting=Q(answered_on=None, settled_on=None, result__in=["", EnquiryResult.IN_HAND]),
    check=check_enquiry,
)
HOT_TOPIC = RecordKind(
    HotTopic,
    slug="hot-topics",
    roles=ROLES,
    fields=("topic", "noticed_on", "answered_on", "channel"),
    columns=("topic", "noticed_on", "answered_on", "channel"),
    filters=("channel",),
    search=("topic",),
    window=in_year("noticed_on", "answered_on"),
    decides="answered_on",
    registers={"hot_topics": Q()},
    order=(("noticed_on", "answered_on"),),
    key=("topic",),
    check=check_hot_topic,
)
NEWS_CONFERENCE = RecordKind(
    NewsConference,
    slug="news-conferences",
    roles=ROLES,
    fields=("held_on", "topic", "led_by_head"),
    columns=("topic", "held_on", "led_by_head"),
    filters=("led_by_head",),
    search=("topic",),
    window=in_year("held_on"),
    decides="held_on",
    registers={"news_conferences": Q()},
    key=("held_on", "topic"),
)
ONLINE_INTERVIEW = RecordKind(
    OnlineInterview,
    slug="online-interviews",
    roles=ROLES,
    fields=("held_on", "topic", "led_by_head"),
    columns=("topic", "held_on", "led_by_head"),
    filters=("led_by_head",),
    search=("topic",),
    window=in_year("held_on"),
    decides="held_on",
    registers={"online_interviews": Q()},
    key=("held_on", "topic"),
)
OGI_COMPLAINT = RecordKind(
    OgiComplaint,
    slug="complaints",
    roles=(*ROLES, Role.REQUEST_OFFICER),
    fields=("number", "received_on", "concluded_on", "outcome"),
    columns=("number", "received_on", "concluded_on", "outcome"),
    filters=("outcome",),
    search=("number",),
    window=within("received_on", "concluded_on"),
    decides="concluded_on",
    registers={"complaints": Q()},
    order=(("received_on", "concluded_on"),),
    key=("number",),
    check=concluded_with_outcome,
)
KINDS = (ENQUIRY, HOT_TOPIC, NEWS_CONFERENCE, ONLINE_INTERVIEW, OGI_COMPLAINT)
