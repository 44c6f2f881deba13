"""For any records, the table equals a recount in plain Python, and the relations that are certain hold."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from gongkai.agencies.models import Agency
from gongkai.enquiries.models import Enquiry, HotTopic, NewsConference, OgiComplaint, OnlineInterview
from gongkai.figures.relations import check
from gongkai.figures.statutory import compute
from gongkai.inforequests.models import InfoRequest, Lawsuit, Reconsideration, Reply
from gongkai.publishing.models import Item
from gongkai.publishing.transfers import Transfer
from gongkai.resources.models import Fund, Meeting, OgiOffice, ReadingPoint, StaffMember, Training, Visit
from tests.figures import factories as make

pytestmark = pytest.mark.django_db
YEAR = make.YEAR
OUTCOMES = ("upheld", "corrected", "other")
REPLIES = (
    "already_published",
    "granted",
    "partly_granted",
    "refused",
    "not_ours",
    "does_not_exist",
    "clarification",
    "other_channel",
)
GROUNDS = ("state_secret", "trade_secret", "personal_privacy", "security", "not_information", "other_law")


def some_day(dice: random.Random) -> dt.date:
    """A day of the three years around the reported one, the year's ends more often than chance."""
    edges = (dt.date(2016, 12, 31), dt.date(2017, 1, 1), dt.date(2017, 12, 31), dt.date(2018, 1, 1))
    return dice.choice(edges) if dice.random() < 0.2 else dt.date(2016, 1, 1) + dt.timedelta(dice.randrange(1095))


def later(dice: random.Random, day: dt.date) -> dt.date | None:
    return None if dice.random() < 0.25 else day + dt.timedelta(dice.randrange(400))


def fill(agency: Agency, dice: random.Random) -> None:
    """About ten records of each register."""
    for _ in range(10):
        day = some_day(dice)
        item = make.item(
            agency,
            published_on=day,
            written_on=day - dt.timedelta(dice.randrange(60)),
            state=dice.choice(("published", "withdrawn", "published")),
            is_normative=dice.random() < 0.3,
            attribute=dice.choice(("proactive_disclosure", "proactive_disclosure", "disclosure_on_request")),
            interprets=dice.choice([None, *Item.objects.filter(agency=agency)[:1]]),
        )
        # As the acts have it: an item that goes out uses its first channel on that day.
        make.channel(agency, dice.choice(("gazette", "website", "weibo", "wechat", "media")), item=item, on=day)
        make.channel(agency, dice.choice(("posting", "other")), item=item, on=later(dice, day) or day)
        answered = later(dice, day)
        kind = dice.choice(("hotline", "petition", "mailbox", "weibo", "wechat"))
        make.enquiry(agency, kind, received_on=day, answered_on=answered)
        make.hot_topic(agency, dice.choice(("weibo", "wechat", "other")), answered_on=some_day(dice))
        make.news_conference(agency, held_on=some_day(dice), led_by_head=dice.random() < 0.5)
        make.online_interview(agency, held_on=some_day(dice), led_by_head=dice.random() < 0.5)
        request = make.request(
            agency,
            received_on=day,
            channel=dice.choice(("in_person", "fax", "internet", "mail", "other")),
            base_limit_on=day + dt.timedelta(21),
        )
        request.served_on = later(dice, day)
        request.save()
        outcome = dice.choice(REPLIES)
        ground = dice.choice(GROUNDS) if outcome == "refused" else ""
        make.reply(agency, outcome, request=request, served_on=some_day(dice), ground=ground)
        for add, first in (
            (make.reconsideration, "filed_on"),
            (make.lawsuit, "filed_on"),
            (make.complaint, "received_on"),
        ):
            begun = some_day(dice)
            ended = later(dice, begun)
            add(agency, **{first: begun}, concluded_on=ended, outcome=dice.choice(OUTCOMES) if ended else "")
        make.transfer(agency, dice.choice(("paper", "electronic")), dice.randrange(1, 9), handed_over_on=some_day(dice))
        begun = some_day(dice)
        make.office(agency, from_on=begun, to_on=later(dice, begun))
        make.staff(agency, dice.choice(("full_time", "part_time")), from_on=begun, to_on=later(dice, begun))
        point = make.reading_point(agency, from_on=begun, to_on=later(dice, begun))
        make.visit(agency, point, dice.randrange(1, 9), on=some_day(dice))
        make.fund(agency, f"{dice.randrange(1, 10**7) / 100:.2f}", on=some_day(dice))
        make.meeting(agency, held_on=some_day(dice))
        make.training(agency, dice.randrange(1, 90), held_on=some_day(dice))


def recount(agency: Agency) -> dict[str, int | Decimal]:
    """The table counted record by record."""
    found: Counter[str] = Counter()

    def of(day: dt.date | None) -> bool:
        return day is not None and day.year == YEAR

    def own(model: type[Any]) -> list[Any]:
        return [record for record in model.objects.all() if record.agency_id == agency.pk]

    for item in own(Item):
        if item.is_normative and of(item.written_on):
            found["1.1.2"] += 1
        if not of(item.published_on) or item.attribute != "proactive_disclosure":
            continue
        found["1.1"] += 1
        found["1.1.1"] += item.is_normative
        found["2.2.3"] += item.interprets is not None
        used = {channel.kind for channel in item.channels.all() if of(channel.on)}
        for row, kinds in {
            "1.2.1": {"gazette"},
            "1.2.2": {"website"},
            "1.2.3": {"weibo"},
            "1.2.4": {"wechat"},
            "1.2.5": {"media", "posting", "other"},
        }.items():
            found[row] += bool(used & kinds)
    for enquiry in own(Enquiry):
        if of(enquiry.answered_on):
            found["2.1"] += enquiry.channel in ("hotline", "petition")
            found["2.2.4"] += enquiry.channel in ("weibo", "wechat")
            found["2.2.5"] += enquiry.channel in ("hotline", "petition")
    for topic in own(HotTopic):
        if of(topic.answered_on):
            found["2.1"] += 1
            found["2.2.5" if topic.channel == "other" else "2.2.4"] += 1
    for row, model in (("2.2.1", NewsConference), ("2.2.2", OnlineInterview)):
        for event in own(model):
            if of(event.held_on):
                found[row] += 1
                found[f"{row}.1"] += event.led_by_head
    for request in own(InfoRequest):
        if of(request.received_on):
            found["3.1"] += 1
            order = ("in_person", "fax", "internet", "mail", "other")
            found[f"3.1.{order.index(request.channel) + 1}"] += 1
        if of(request.served_on):
            found["3.2"] += 1
            found["3.2.2" if request.served_on > request.base_limit_on else "3.2.1"] += 1
    for reply in own(Reply):
        if of(reply.served_on):
            row = f"3.3.{REPLIES.index(reply.outcome) + 1}"
            found["3.3"] += 1
            found[row] += 1
            if reply.ground:
                found[f"{row}.{GROUNDS.index(reply.ground) + 1}"] += 1
    for row, model, first in (
        ("4", Reconsideration, "filed_on"),
        ("5", Lawsuit, "filed_on"),
        ("6", OgiComplaint, "received_on"),
    ):
        for case in own(model):
            begun, ended = getattr(case, first), case.concluded_on
            if of(ended):
                found[row] += 1
                found[f"{row}.{OUTCOMES.index(case.outcome) + 1}"] += 1
            elif begun.year <= YEAR and (ended is None or ended.year > YEAR):
                found[row] += 1
                found[f"{row}.3"] += 1
    for transfer in own(Transfer):
        if of(transfer.handed_over_on):
            found["7"] += transfer.documents
            found["7.1" if transfer.medium == "paper" else "7.2"] += transfer.documents
    eve = dt.date(YEAR, 12, 31)
    for row, model in (("8.1", OgiOffice), ("8.2", ReadingPoint), ("8.4", StaffMember)):
        for resource in own(model):
            if resource.from_on <= eve and (resource.to_on is None or resource.to_on >= eve):
                found[row] += 1
                if row == "8.4":
                    found["8.4.1" if resource.employment == "full_time" else "8.4.2"] += 1
    found["8.3"] = sum(visit.visitors for visit in own(Visit) if of(visit.on))
    found["9.1"] = sum(of(meeting.held_on) for meeting in own(Meeting))
    found["9.2"] = sum(of(training.held_on) for training in own(Training))
    found["9.3"] = sum(training.participants for training in own(Training) if of(training.held_on))
    yuan = sum((fund.amount for fund in own(Fund) if of(fund.on)), Decimal())
    return {**found, "8.5": (yuan / 10_000).quantize(Decimal("0.01"), ROUND_HALF_UP)}


@pytest.mark.parametrize("seed", [2017, 711, 492])
def test_the_table_equals_a_recount_and_certain_relations_hold(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 # records for a test, no secret
    agency, other = make.agency(), make.agency()
    make.count_work_orders(agency)
    fill(agency, dice)
    fill(other, dice)
    table = compute([agency], YEAR)[agency.pk]
    expected = recount(agency)
    counted = {row.code: row.value for row in table.rows if not row.indicator.is_heading}
    assert counted == {code: expected.get(code, 0) for code in counted}
    certain = [failure for failure in check(table).failed if failure.grade == "certain"]
    assert [(failure.id, failure.cells) for failure in certain] == []
