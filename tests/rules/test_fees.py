"""Fees: 国办函〔2020〕109号 by item and by volume, Order 492 Art. 27 by cost."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.rules.errors import InvalidFee
from gongkai.rules.fees import (
    by_items,
    by_pages,
    by_pages_of,
    charge,
    cost_fees,
    cost_kinds,
    of_each_request,
    plain,
    scale,
    waivers,
)
from gongkai.rules.legal_settings import Settings

# Other work on the machine must not make a property fail.
UNHURRIED = settings(deadline=None)

# review-and-metadata.md, E.2: number of items or pages to yuan.
ITEMS = {0: 0, 1: 0, 10: 0, 11: 100, 30: 2000, 31: 2200, 35: 3000, 40: 4000, 41: 4300, 50: 7000, 60: 11000}
PAGES = {0: 0, 30: 0, 31: 10, 100: 700, 101: 720, 200: 2700, 201: 2740, 250: 4700}
NTH = {1: 0, 10: 0, 11: 100, 30: 100, 31: 200, 40: 200, 41: 300, 51: 400, 101: 900}


@pytest.mark.parametrize(("count", "yuan"), ITEMS.items())
def test_fee_by_item_of_a_month(count: int, yuan: int) -> None:
    assert by_items(count).amount == yuan


@pytest.mark.parametrize(("nth", "yuan"), NTH.items())
def test_fee_of_the_nth_request_of_a_month(nth: int, yuan: int) -> None:
    assert by_items(nth, first=nth).amount == yuan


@pytest.mark.parametrize(("count", "yuan"), PAGES.items())
def test_fee_by_volume_of_a_request(count: int, yuan: int) -> None:
    assert by_pages(count).amount == yuan


def test_the_explanation_adds_up_and_is_written_in_full() -> None:
    assert by_items(35, first=11).steps == ("第11至30件：20件×100元＝2000元", "第31至35件：5件×200元＝1000元")
    assert by_pages(201).steps[-1] == "第201页：1页×40元＝40元"
    assert "国办函〔2020〕109号" in "".join(by_items(1).basis)


@UNHURRIED
@given(st.integers(0, 60), st.integers(0, 60))
def test_the_fee_of_a_month_is_the_sum_of_its_requests(one: int, more: int) -> None:
    whole = by_items(one + more)
    assert whole.amount == sum(by_items(nth, first=nth).amount for nth in range(1, one + more + 1))
    assert whole.amount == sum(line.amount for line in whole.lines)
    if one and more:
        assert whole.amount == by_items(one).amount + by_items(one + more, first=one + 1).amount


@UNHURRIED
@given(st.integers(1, 400))
def test_a_further_page_or_item_never_lowers_the_fee(count: int) -> None:
    assert by_pages(count).amount >= by_pages(count - 1).amount
    assert by_items(count).amount >= by_items(count - 1).amount


def test_requests_are_numbered_within_their_calendar_month() -> None:
    march, april = dt.date(2025, 3, 3), dt.date(2025, 4, 1)
    fees = [fee.amount for fee in of_each_request([april, *[march] * 12, dt.date(2025, 3, 1)])]
    # The one of 1 March is the first of its month; so the eleventh to thirteenth stand at the end of the twelve.
    assert fees == [0] + [0] * 9 + [100] * 3 + [0]


def test_one_request_is_charged_by_item_or_by_volume_and_never_both() -> None:
    assert charge(items=31).amount == 2200
    assert charge(pages=31).amount == 10
    for both in ({"items": 31, "pages": 31}, {}):
        with pytest.raises(InvalidFee, match="只能选一种"):
            charge(**both)


def test_different_requests_are_not_added_up_by_volume_unless_a_setting_says_so() -> None:
    assert [fee.amount for fee in by_pages_of([30, 31])] == [0, 10]
    added = Settings.of({"fee_pages_add_requests": True})
    assert [fee.amount for fee in by_pages_of([30, 31], settings=added)] == [310]


def test_no_fee_before_the_rule_nor_when_the_agency_makes_no_use_of_it() -> None:
    assert by_items(35, on=dt.date(2020, 12, 31)).amount == 0
    assert by_items(35, on=dt.date(2021, 1, 1)).amount == 3000
    assert (
        by_items(35, on=dt.date(2020, 12, 1), settings=Settings.of({"information_fee_from": "2020-12-01"})).amount
        == 3000
    )
    waived = by_items(35, is_waived=True)
    assert waived.amount == 0
    assert "由行政机关逐件决定" in waived.steps[-1]


def test_information_that_is_public_is_not_charged_by_volume() -> None:
    assert by_pages(201, is_public=True).amount == 0
    assert by_pages(201, is_public=True, settings=Settings.of({"fee_pages_already_public": True})).amount == 2740


def test_the_scale_goes_on_by_tens_without_end() -> None:
    steps = scale("items", 61)
    assert [(step.first, step.last, step.rate) for step in steps] == [
        (1, 10, 0), (11, 30, 100), (31, 40, 200), (41, 50, 300), (51, 60, 400), (61, 61, 500),
    ]  # fmt: skip


@pytest.mark.parametrize(("first", "last"), [(5, 3), (0, 3), (1, -1), (1, 100_001)])
def test_a_range_that_is_none_is_refused_in_one_sentence(first: int, last: int) -> None:
    with pytest.raises(InvalidFee, match=r"^[^。]*请核对。$"):
        by_items(last, first=first)


COST_DAY = dt.date(2016, 5, 1)


def test_cost_fees_until_2017_03_31_and_none_after() -> None:
    counts = {"search": 1, "a4": 11, "disk": 1}
    until = cost_fees(counts, dt.date(2017, 3, 31))
    assert plain(until.amount) == "10.2"
    assert until.steps[1] == "复制费（黑白A4）：11页×0.2元＝2.2元"
    after = cost_fees(counts, dt.date(2017, 4, 1))
    assert (after.amount, after.lines) == (0, ())
    assert after.basis == ("财税〔2017〕20号",)


def test_cost_fees_at_local_rates() -> None:
    assert cost_fees({"a4": 3}, COST_DAY, rates={"a4": Decimal("0.335")}).amount == Decimal("1.01")  # half up
    with pytest.raises(InvalidFee, match="没有写明复制费（黑白A3）的标准"):
        cost_fees({"a3": 3}, COST_DAY, rates={"a4": Decimal("0.3")})


@pytest.mark.parametrize("waiver", ["rural_support", "minimum_living", "preferential", "hardship"])
def test_who_is_freed_pays_nothing_and_the_file_says_on_what_proof(waiver: str) -> None:
    fee = cost_fees({"search": 1}, COST_DAY, waiver=waiver)
    assert fee.amount == 0
    assert fee.lines[0].amount == 5
    assert waivers()[waiver]["evidence"] in fee.steps[-1]


@pytest.mark.parametrize(
    ("counts", "more", "words"),
    [
        ({"coffee": 1}, {}, "没有「coffee」这项费用"),
        ({"a4": -1}, {}, "不小于0"),
        ({"a4": Decimal("NaN")}, {}, "不小于0"),
        ({"a4": 1}, {"rates": "mars"}, "没有名为「mars」的收费标准"),
        ({"a4": 1}, {"waiver": "friend"}, "没有「friend」这种免收情形"),
    ],
)
def test_an_unknown_cost_rate_or_waiver_is_refused(counts: dict, more: dict, words: str) -> None:
    with pytest.raises(InvalidFee, match=words):
        cost_fees(counts, COST_DAY, **more)


def test_every_cost_has_a_rate_in_the_example() -> None:
    assert cost_fees(dict.fromkeys(cost_kinds(), 1), COST_DAY).amount == Decimal("12.6")
