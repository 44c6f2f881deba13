"""Every sentence of an outline depends on the records behind its numbers: take one away and it reads differently."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.figures import derived, statutory
from gongkai.periods.records.models import Record
from gongkai.publishing.models import Item, KeyArea
from gongkai.reports.drafting import NAMES, Figure, figures_of, sentences
from gongkai.reports.outlines import TOKEN, Sentence
from tests.figures import factories as make

# No record of a register carries these: the tree of agencies, and a number that the office writes itself.
WITHOUT_REGISTER = {"agencies.institutions", "agencies.institutions.items", "fees.charged"}
VARIANTS = (
    "responses by topic",
    "work orders count",
    "some unanswered",
    "history not confirmed",
    "history confirmed by nobody",
)
OUTCOMES = ("already_published", "granted", "partly_granted", "not_ours", "does_not_exist", "clarification")
GROUNDS = ("state_secret", "trade_secret", "personal_privacy", "security", "not_information", "other_law")


def tokens_of(text: str) -> list[str]:
    return [token for token in TOKEN.findall(text) if token not in NAMES]


def written(agency: Agency) -> tuple[list[tuple[Sentence, str, frozenset[str]]], dict[str, Figure]]:
    figures = figures_of(agency, 2017)
    return sentences(agency, 2017, figures), figures


def full_year(agency: Agency) -> None:
    """At least two records behind every figure that a sentence may name."""
    drafter = make.account_with("contributor", agency)
    board, common = make.column(agency), make.column(agency, "common")
    for number in range(2):
        for area in KeyArea.values:
            item = make.item(agency, key_area=area, is_normative=number == 0, written_on=dt.date(2017, 2, 3))
            item.columns.add(board if number else common)
            for kind in ("gazette", "website", "weibo", "wechat", "posting", "other"):
                make.channel(agency, kind, item=item)
        make.item(agency, interprets=item, entered_as_history=False, drafter=drafter)
        make.item(agency, confirmed_at=timezone.now())
        for channel in ("weibo", "wechat", "other"):
            make.hot_topic(agency, channel)
        for channel in ("hotline", "petition"):
            make.enquiry(agency, channel, settled_on=make.MAY)
        make.news_conference(agency, led_by_head=True)
        make.online_interview(agency, led_by_head=True)
        for channel in ("in_person", "fax", "internet", "mail", "other"):
            make.request(agency, channel=channel, served_on=dt.date(2017, 7, 1 if number else 3))
            make.request(agency, channel=channel, served_on=make.MAY)
        for outcome in (*OUTCOMES, "other_channel"):
            make.reply(agency, outcome)
        for ground in GROUNDS:
            make.reply(agency, "refused", ground=ground)
        for outcome in ("upheld", "corrected", "other"):
            for case in (make.reconsideration, make.lawsuit, make.complaint):
                case(agency, concluded_on=make.MAY, outcome=outcome)
        for medium in ("paper", "electronic"):
            make.transfer(agency, medium, 3)
        make.office(agency)
        make.visit(agency, make.reading_point(agency))
        make.staff(agency)
        make.staff(agency, "part_time")
        make.fund(agency, "20000")
        make.meeting(agency)
        make.training(agency, 30)


def remove(record: Any) -> None:
    """Take a record out of its register: a record is withdrawn, an item goes with what hangs on it."""
    if isinstance(record, Item):
        Item.objects.filter(interprets=record).update(interprets=None)
        record.channels.all().delete()
        record.columns.clear()
        record.delete()
    elif isinstance(record, Record):
        type(record)._default_manager.filter(pk=record.pk).update(withdrawn_at=timezone.now())
    else:
        raise TypeError(type(record))


def record_behind(agency: Agency, code: str) -> Any:
    definitions = statutory.definitions_of(agency, 2017, code) or derived.definitions_of(code)
    groups = statutory.groups_of(definitions, agency, 2017)
    return next((record for group in groups for record in group.queryset), None)


def put(agency: Agency, variant: str) -> None:
    """Bring the year into a state; between them the states print every sentence with a number."""
    if variant != "responses by topic":
        make.count_work_orders(agency)
    if variant == "some unanswered":
        for channel in ("hotline", "petition"):
            make.enquiry(agency, channel, answered_on=None)
    if variant.startswith("history"):
        Item.objects.filter(agency=agency, entered_as_history=True).update(confirmed_at=None)
    if variant == "history not confirmed":
        item = Item.objects.filter(agency=agency, entered_as_history=True).last()
        Item.objects.filter(pk=item.pk).update(confirmed_at=timezone.now())  # type: ignore[union-attr]
    elif variant != "history confirmed by nobody":
        Item.objects.filter(agency=agency, entered_as_history=True).update(confirmed_at=timezone.now())


@pytest.mark.one_database
def test_each_sentence_changes_when_a_record_behind_one_of_its_numbers_goes(db: None) -> None:
    tried: set[tuple[int, str]] = set()
    wanted: set[tuple[int, str]] = set()
    for variant in VARIANTS:
        agency = make.agency()
        full_year(agency)
        put(agency, variant)
        before, values = written(agency)
        naming: dict[str, set[int]] = {}
        for number, (sentence, _text, codes) in enumerate(before):
            for code in codes - WITHOUT_REGISTER:
                naming.setdefault(code, set()).add(number)
            if not any(condition.test == "blank" for condition in sentence.when):  # those stand without a record
                tokens = {token for text in sentence.texts for token in tokens_of(text)}
                wanted |= {(number, token) for token in tokens - WITHOUT_REGISTER}
        for code, numbers in naming.items():
            if all((number, code) in tried for number in numbers):
                continue
            record = record_behind(agency, code)
            assert record is not None, (variant, code)
            point = transaction.savepoint()
            remove(record)
            after, now = written(agency)
            transaction.savepoint_rollback(point)
            # The figure asked for, and every other one that counted the same record.
            for changed in {code} | {other for other in naming if now[other].value != values[other].value}:
                for number in naming[changed]:
                    assert after[number][1] != before[number][1], (changed, before[number][1])
                    tried.add((number, changed))
    assert wanted == tried, sorted(wanted - tried)


@pytest.mark.one_database
def test_an_institution_that_goes_changes_its_sentence(db: None) -> None:
    agency = make.agency()
    make.confirm(agency)
    below = [make.agency(kind="institution", parent=agency) for _number in range(2)]
    make.item(below[0])
    before = {text for _s, text, _c in written(agency)[0]}
    assert "本单位有所属事业单位2个，全年主动公开政府信息合计1条。" in before
    Agency.objects.filter(pk=below[1].pk).update(to_on=dt.date(2017, 6, 30))
    after = {text for _s, text, _c in written(agency)[0]}
    assert "本单位有所属事业单位1个，全年主动公开政府信息合计1条。" in after


def test_funds_are_rounded_but_never_hide_a_record(db: None) -> None:
    agency = make.agency()
    make.confirm(agency)
    make.fund(agency, "20000")
    assert statutory.compute([agency], 2017)[agency.pk].row("8.5").value == Decimal("2.00")
