"""Enquiries: entered all or none, every fault named."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gongkai.audit.models import Event
from gongkai.enquiries.acts import EnquiryRow, enter_enquiries
from gongkai.enquiries.models import Enquiry, HotTopic
from gongkai.periods.records.acts import enter_records
from gongkai.rules.refusals import ActRefused
from tests.cast import Cast

AT = dt.datetime(2018, 1, 8, 1, 0, tzinfo=dt.UTC)
DAY = dt.date(2017, 3, 1)


def row(number: str = "1", **changes: object) -> EnquiryRow:
    values: dict[str, object] = {"channel": "hotline", "topic": "物业管理", "received_on": DAY, "answered_on": DAY}
    return EnquiryRow(number=number, **(values | changes))  # type: ignore[arg-type]


def test_enter_enquiries_writes_rows_and_one_event_each(cast: Cast) -> None:
    enter_enquiries(agency=cast.agency, rows=[row("1"), row("2")], by=cast.enquiry_officer, at=AT)
    assert Enquiry.objects.count() == 2
    assert Event.objects.filter(kind="records.entered").count() == 2


def test_enter_enquiries_reports_every_fault_and_writes_nothing(cast: Cast) -> None:
    rows = [
        row("1", answered_on=dt.date(2017, 2, 1)),
        row("2", received_on=dt.date(2018, 2, 1), answered_on=None),
        row("3", settled_on=dt.date(2018, 2, 1)),
        row("4"),
        row("4"),
        row(" "),
    ]
    with pytest.raises(ActRefused) as refused:
        enter_enquiries(agency=cast.agency, rows=rows, by=cast.enquiry_officer, at=AT)
    assert [refusal.code for refusal in refused.value.refusals] == [
        "days_out_of_order",
        "day_in_future",
        "day_in_future",
        "duplicate_number",
        "invalid",
    ]
    assert Enquiry.objects.count() == 0


def test_enter_enquiries_refuses_a_number_known_in_the_same_channel_only(cast: Cast) -> None:
    enter_enquiries(agency=cast.agency, rows=[row("1")], by=cast.office, at=AT)
    enter_enquiries(agency=cast.agency, rows=[row("1", channel="petition")], by=cast.office, at=AT)
    with pytest.raises(ActRefused) as refused:
        enter_enquiries(agency=cast.agency, rows=[row("1")], by=cast.office, at=AT)
    assert [refusal.code for refusal in refused.value.refusals] == ["taken_number"]


@pytest.mark.parametrize("who", ["contributor", "head", "auditor", "stranger", "supervisor"])
def test_enter_enquiries_is_refused_without_the_post(cast: Cast, who: str) -> None:
    with pytest.raises(ActRefused) as refused:
        enter_enquiries(agency=cast.agency, rows=[row()], by=getattr(cast, who), at=AT)
    assert [refusal.code for refusal in refused.value.refusals] == ["not_your_register"]


@pytest.mark.parametrize(
    ("who", "count"), [("office", 1), ("supervisor", 1), ("stranger", 0), ("system_administrator", 0)]
)
def test_visible_to_keeps_agencies_apart(cast: Cast, who: str, count: int) -> None:
    enter_enquiries(agency=cast.agency, rows=[row()], by=cast.office, at=AT)
    assert Enquiry.objects.visible_to(getattr(cast, who)).count() == count


def test_an_enquiry_that_answers_a_hot_topic_counts_as_a_response(cast: Cast) -> None:
    topic = enter_records(
        agency=cast.agency,
        rows=[HotTopic(topic="电梯补贴", answered_on=DAY, channel="other")],
        by=cast.office,
        at=AT,
    )[0]
    with pytest.raises(ActRefused) as refused:
        enter_enquiries(agency=cast.agency, rows=[row(hot_topic=topic)], by=cast.office, at=AT)
    assert [refusal.code for refusal in refused.value.refusals] == ["topic_without_response"]
    enter_enquiries(agency=cast.agency, rows=[row(hot_topic=topic, counts_as_response=True)], by=cast.office, at=AT)


@pytest.mark.parametrize(
    ("changes", "code"), [({"channel": ""}, "channel_missing"), ({"answered_on": None}, "day_missing")]
)
def test_a_hot_topic_is_answered_on_a_day_by_some_means(cast: Cast, changes: dict[str, Any], code: str) -> None:
    values: dict[str, Any] = {"topic": "电梯补贴", "answered_on": DAY, "channel": "wechat"}
    with pytest.raises(ActRefused) as refused:
        enter_records(agency=cast.agency, rows=[HotTopic(**(values | changes))], by=cast.office, at=AT)
    assert [refusal.code for refusal in refused.value.refusals] == [code]
