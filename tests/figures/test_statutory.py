"""The statutory table: one added record changes its rows and no other; blank is not zero."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.figures import definitions, statutory
from gongkai.periods import registers
from gongkai.rules import indicators
from gongkai.rules.errors import UnknownTable
from tests.figures import factories as make

pytestmark = pytest.mark.django_db
YEAR = make.YEAR
NEW_YEAR, LAST_DAY, EVE = dt.date(2017, 1, 1), dt.date(2017, 12, 31), dt.date(2016, 12, 31)


@pytest.fixture
def agency() -> Agency:
    return make.agency()


def table_of(agency: Agency, year: int = YEAR) -> statutory.Table:
    return statutory.compute([agency], year)[agency.pk]


def values_of(agency: Agency, year: int = YEAR) -> dict[str, Any]:
    return {row.code: row.value for row in table_of(agency, year).rows}


def changed(agency: Agency, add: Callable[[], object]) -> dict[str, Any]:
    """The rows that a record changes, with the difference; rows that are blank or headings count as nothing."""
    before = values_of(agency)
    add()
    after = values_of(agency)
    return {
        code: value - (before[code] or 0)
        for code, value in after.items()
        if value is not None and value != (before[code] or 0)
    }


REQUESTED = ((1, "in_person"), (2, "fax"), (3, "internet"), (4, "mail"), (5, "other"))
REPLIED = (
    (1, "already_published"),
    (2, "granted"),
    (3, "partly_granted"),
    (5, "not_ours"),
    (6, "does_not_exist"),
    (7, "clarification"),
    (8, "other_channel"),
)
REFUSED = (
    (1, "state_secret"),
    (2, "trade_secret"),
    (3, "personal_privacy"),
    (4, "security"),
    (5, "not_information"),
    (6, "other_law"),
)
DISPUTES = (("4", make.reconsideration), ("5", make.lawsuit), ("6", make.complaint))


def before(code: str) -> dict[str, dt.date]:
    """The first day of a case that was begun and ended the year before."""
    return {"received_on" if code == "6" else "filed_on": dt.date(2016, 10, 10)}


ADDED: list[tuple[str, Callable[[Agency], object], dict[str, Any]]] = [
    ("1.1", lambda a: make.item(a), {"1.1": 1}),
    ("1.1 first day of the year", lambda a: make.item(a, published_on=NEW_YEAR), {"1.1": 1}),
    ("1.1 last day of the year", lambda a: make.item(a, published_on=LAST_DAY), {"1.1": 1}),
    ("1.1 the year before", lambda a: make.item(a, published_on=EVE), {}),
    ("1.1 withdrawn later", lambda a: make.item(a, state="withdrawn"), {"1.1": 1}),
    ("1.1 in review", lambda a: make.item(a, state="in_review"), {}),
    ("1.1 disclosed on request only", lambda a: make.item(a, attribute="disclosure_on_request"), {}),
    ("1.1.1", lambda a: make.item(a, is_normative=True), {"1.1": 1, "1.1.1": 1}),
    (
        "1.1.2 written in the year, public later",
        lambda a: make.item(a, is_normative=True, written_on=LAST_DAY, published_on=dt.date(2018, 1, 5)),
        {"1.1.2": 1},
    ),
    (
        "1.1.2 issued and not public",
        lambda a: make.item(a, is_normative=True, written_on=make.MAY, attribute="non_disclosure"),
        {"1.1.2": 1},
    ),
    ("1.1.2 still a draft", lambda a: make.item(a, is_normative=True, written_on=make.MAY, state="drafted"), {}),
    ("1.2.1", lambda a: make.channel(a, "gazette"), {"1.1": 1, "1.2.1": 1}),
    ("1.2.2", lambda a: make.channel(a, "website"), {"1.1": 1, "1.2.2": 1}),
    ("1.2.3", lambda a: make.channel(a, "weibo"), {"1.1": 1, "1.2.3": 1}),
    ("1.2.4", lambda a: make.channel(a, "wechat"), {"1.1": 1, "1.2.4": 1}),
    ("1.2.5 media", lambda a: make.channel(a, "media"), {"1.1": 1, "1.2.5": 1}),
    ("1.2.5 posting", lambda a: make.channel(a, "posting"), {"1.1": 1, "1.2.5": 1}),
    ("1.2.5 other", lambda a: make.channel(a, "other"), {"1.1": 1, "1.2.5": 1}),
    ("1.2 used a year later", lambda a: make.channel(a, "weibo", on=dt.date(2018, 1, 2)), {"1.1": 1}),
    ("1.2 item of another year", lambda a: make.channel(a, "weibo", published_on=EVE), {}),
    ("1.2 in review", lambda a: make.channel(a, "weibo", state="in_review"), {}),
    ("2.1", lambda a: make.enquiry(a), {"2.1": 1, "2.2.5": 1}),
    ("2.1 petition", lambda a: make.enquiry(a, "petition"), {"2.1": 1, "2.2.5": 1}),
    ("2.1 not answered", lambda a: make.enquiry(a, answered_on=None), {}),
    ("2.1 received the year before", lambda a: make.enquiry(a, received_on=EVE), {"2.1": 1, "2.2.5": 1}),
    ("2.1 answered the year after", lambda a: make.enquiry(a, answered_on=dt.date(2018, 1, 2)), {}),
    ("2.1 mailbox", lambda a: make.enquiry(a, "mailbox"), {}),
    ("2.2.3", lambda a: make.item(a, interprets=make.item(a, published_on=EVE)), {"1.1": 1, "2.2.3": 1}),
    ("2.2.4 Weibo", lambda a: make.enquiry(a, "weibo"), {"2.2.4": 1}),
    ("2.2.4 WeChat", lambda a: make.enquiry(a, "wechat"), {"2.2.4": 1}),
    ("2.1 hot topic", lambda a: make.hot_topic(a), {"2.1": 1, "2.2.5": 1}),
    ("2.1 hot topic by WeChat", lambda a: make.hot_topic(a, "wechat"), {"2.1": 1, "2.2.4": 1}),
    ("2.1 hot topic not answered", lambda a: make.hot_topic(a, "", answered_on=None, noticed_on=make.MAY), {}),
    ("2.1 hot topic withdrawn from the ledger", lambda a: make.hot_topic(a, withdrawn_at=timezone.now()), {}),
    ("2.2.1", lambda a: make.news_conference(a), {"2.2.1": 1}),
    ("2.2.1.1", lambda a: make.news_conference(a, led_by_head=True), {"2.2.1": 1, "2.2.1.1": 1}),
    ("2.2.2", lambda a: make.online_interview(a), {"2.2.2": 1}),
    ("2.2.2.1", lambda a: make.online_interview(a, led_by_head=True), {"2.2.2": 1, "2.2.2.1": 1}),
    *((f"3.1.{n}", lambda a, c=c: make.request(a, channel=c), {"3.1": 1, f"3.1.{n}": 1}) for n, c in REQUESTED),
    ("3.1 received the year before", lambda a: make.request(a, received_on=EVE), {}),
    ("3.2.1", lambda a: make.request(a, received_on=EVE, served_on=make.MAY), {"3.2": 1, "3.2.1": 1}),
    (
        "3.2.1 on the last day of the limit",
        lambda a: make.request(a, received_on=EVE, served_on=make.MAY, base_limit_on=make.MAY),
        {"3.2": 1, "3.2.1": 1},
    ),
    (
        "3.2.2 after the base limit",
        lambda a: make.request(a, received_on=EVE, served_on=make.MAY, base_limit_on=dt.date(2017, 5, 18)),
        {"3.2": 1, "3.2.2": 1},
    ),
    *((f"3.3.{n}", lambda a, o=o: make.reply(a, o), {"3.3": 1, f"3.3.{n}": 1}) for n, o in REPLIED),
    *(
        (
            f"3.3.4.{n}",
            lambda a, g=g: make.reply(a, "refused", ground=g),
            {"3.3": 1, "3.3.4": 1, f"3.3.4.{n}": 1},
        )
        for n, g in REFUSED
    ),
    *(
        (f"{code}.{n}", lambda a, add=add, o=o: add(a, concluded_on=make.MAY, outcome=o), {code: 1, f"{code}.{n}": 1})
        for code, add in DISPUTES
        for n, o in ((1, "upheld"), (2, "corrected"), (3, "other"))
    ),
    *((f"{code} open", lambda a, add=add: add(a), {code: 1, f"{code}.3": 1}) for code, add in DISPUTES),
    *(
        (
            f"{code} concluded a year later",
            lambda a, add=add: add(a, concluded_on=dt.date(2018, 3, 1), outcome="upheld"),
            {code: 1, f"{code}.3": 1},
        )
        for code, add in DISPUTES
    ),
    *(
        (
            f"{code} concluded the year before",
            lambda a, add=add, code=code: add(a, concluded_on=EVE, outcome="upheld", **before(code)),
            {},
        )
        for code, add in DISPUTES
    ),
    ("7.1", lambda a: make.transfer(a, "paper", 3), {"7": 3, "7.1": 3}),
    ("7.2", lambda a: make.transfer(a, "electronic", 2), {"7": 2, "7.2": 2}),
    ("7 the year before", lambda a: make.transfer(a, "paper", handed_over_on=EVE), {}),
    ("8.5", lambda a: make.fund(a, "12345.67"), {"8.5": Decimal("1.23")}),
    ("8.5 half up", lambda a: make.fund(a, "50.00"), {"8.5": Decimal("0.01")}),
    ("9.1", lambda a: make.meeting(a), {"9.1": 1}),
    ("9.2", lambda a: make.training(a, 40), {"9.2": 1, "9.3": 40}),
    ("8.1", lambda a: make.office(a), {"8.1": 1}),
    ("8.1 closed on the last day", lambda a: make.office(a, to_on=LAST_DAY), {"8.1": 1}),
    ("8.1 closed before", lambda a: make.office(a, to_on=dt.date(2017, 12, 30)), {}),
    ("8.1 opened on the last day", lambda a: make.office(a, from_on=LAST_DAY), {"8.1": 1}),
    ("8.1 opened later", lambda a: make.office(a, from_on=dt.date(2018, 1, 1)), {}),
    ("8.2", lambda a: make.reading_point(a), {"8.2": 1}),
    ("8.3", lambda a: make.visit(a, make.reading_point(a), visitors=4), {"8.2": 1, "8.3": 4}),
    ("8.3 the year before", lambda a: make.visit(a, make.reading_point(a), on=EVE), {"8.2": 1}),
    ("8.4.1", lambda a: make.staff(a), {"8.4": 1, "8.4.1": 1}),
    ("8.4.2", lambda a: make.staff(a, "part_time"), {"8.4": 1, "8.4.2": 1}),
]


@pytest.mark.parametrize(("add", "rows"), [case[1:] for case in ADDED], ids=[case[0] for case in ADDED])
def test_one_record_changes_its_rows_and_no_other(
    agency: Agency, add: Callable[[Agency], object], rows: dict[str, int]
) -> None:
    make.count_work_orders(agency)
    assert changed(agency, lambda: add(agency)) == rows


@pytest.mark.parametrize(("add", "rows"), [case[1:] for case in ADDED], ids=[case[0] for case in ADDED])
def test_a_figure_opens_to_as_many_records_as_it_counts(
    agency: Agency, add: Callable[[Agency], object], rows: dict[str, int]
) -> None:
    make.count_work_orders(agency)
    add(agency)
    values = values_of(agency)
    for code in rows or ["1.1", "2.1", "8.1"]:
        groups = statutory.records(agency, YEAR, code)
        amounts = [
            getattr(record, group.amount_field) if group.amount_field else 1
            for group in groups
            for record in group.queryset
        ]
        per = 10_000 if code == "8.5" else 1
        assert (Decimal(sum(amounts)) / per).quantize(Decimal("0.01"), ROUND_HALF_UP) == (values[code] or 0)


def test_every_row_with_a_definition_is_tested_here() -> None:
    assert {definition.code for definition in definitions.ROWS} == {code for case in ADDED for code in case[2]}


def test_every_register_that_counts_has_a_definition_for_each_of_its_rows() -> None:
    defined = {definition.code for definition in definitions.ROWS}
    counting = set(registers._counters)
    rows = [row for row in indicators.table().values if row.register in counting]
    assert {row.code for row in rows} <= defined


def test_an_item_on_several_channels_counts_once_a_row(agency: Agency) -> None:
    one = make.item(agency)
    for kind, place in (("posting", "一号公告栏"), ("posting", "二号公告栏"), ("media", ""), ("website", "")):
        make.channel(agency, kind, item=one, place=place)
    values = values_of(agency)
    assert (values["1.1"], values["1.2.2"], values["1.2.5"]) == (1, 1, 1)
    [group] = statutory.records(agency, YEAR, "1.2.5")
    assert [record.pk for record in group.queryset] == [one.pk]


def test_records_of_another_agency_are_not_counted(agency: Agency) -> None:
    make.sample_year(make.agency())
    assert {value for value in values_of(agency).values() if value} == set()


def test_the_sample_year_gives_the_figures_of_the_published_table(agency: Agency) -> None:
    make.sample_year(agency)
    table = table_of(agency)
    printed = {
        "1.1": 53, "1.1.1": 1, "1.1.2": 1, "1.2.2": 53, "2.1": 136, "2.2.3": 1, "2.2.5": 136,
        "8.1": 1, "8.2": 1, "8.3": 1, "8.4": 2, "8.4.1": 1, "8.4.2": 1,
    }  # fmt: skip
    assert {row.code: row.value for row in table.rows if row.value} == printed
    assert all(row.value is not None for row in table.rows if row.state != "heading")
    assert table.row("2.2.4").state == "counted"
    assert table.row("3.1").state == "confirmed_zero"
    assert table.warnings == ()


def test_removing_a_record_takes_it_from_the_figure(agency: Agency) -> None:
    make.sample_year(agency)
    statutory.records(agency, YEAR, "2.1")[-1].queryset[0].delete()
    assert (values_of(agency)["2.1"], values_of(agency)["2.2.5"]) == (135, 135)


def test_an_empty_register_is_blank_with_a_warning(agency: Agency) -> None:
    table = table_of(agency)
    row = table.row("3.1")
    assert (row.value, row.state) == (None, "blank")
    assert "「依申请公开」登记簿本年度没有记录，也没有确认无事项，相应数值留空。" in "".join(table.warnings)
    assert len(table.warnings) == len({row.register for row in indicators.table().values})


def test_an_empty_register_is_zero_once_that_is_confirmed(agency: Agency) -> None:
    make.confirm(agency, "requests")
    table = table_of(agency)
    assert (table.row("3.1").value, table.row("3.1").state) == (0, "confirmed_zero")
    assert table.row("4").state == "blank"
    assert "「依申请公开」" not in "".join(table.warnings)


def test_a_confirmation_holds_for_its_year_alone(agency: Agency) -> None:
    make.confirm(agency, "requests", year=2016)
    assert table_of(agency).row("3.1").state == "blank"


def test_a_row_without_records_in_a_register_with_records_is_a_counted_zero(agency: Agency) -> None:
    make.item(agency)
    row = table_of(agency).row("1.2.3")
    assert (row.value, row.state) == (0, "counted")


def test_money_has_two_places(agency: Agency) -> None:
    make.confirm(agency, "funds")
    row = table_of(agency).row("8.5")
    assert (row.value, row.text) == (Decimal("0.00"), "0.00")


def test_responses_stand_on_hot_topics_while_the_setting_is_off(agency: Agency) -> None:
    make.enquiry(agency)
    table = table_of(agency)
    assert [table.row(code).state for code in ("2.1", "2.2.4", "2.2.5")] == ["blank"] * 3
    assert [group.queryset.count() for group in statutory.records(agency, YEAR, "2.1")] == [0]
    assert table.notes == ()


def test_responses_count_work_orders_with_a_note_while_the_setting_is_on(agency: Agency) -> None:
    make.count_work_orders(agency)
    make.enquiry(agency)
    table = table_of(agency)
    assert [(table.row(code).value, table.row(code).state) for code in ("2.1", "2.2.4", "2.2.5")] == [
        (1, "counted"),
        (0, "counted"),
        (1, "counted"),
    ]
    assert len(table.notes) == 1


def test_responses_are_zero_only_when_all_three_registers_are_confirmed(agency: Agency) -> None:
    make.count_work_orders(agency)
    make.confirm(agency, "hot_topics", "work_orders")
    assert table_of(agency).row("2.1").state == "blank"
    make.confirm(agency, "petitions")
    assert table_of(agency).row("2.1").state == "confirmed_zero"


def test_json_is_the_contract(agency: Agency) -> None:
    make.item(agency)
    make.confirm(agency, "requests", "funds")
    printed = table_of(agency).as_json()
    assert json.loads(json.dumps(printed)) == printed
    assert list(printed) == ["agency", "year", "format", "variant", "status", "rows"]
    assert printed["agency"] == {"code": agency.code, "name": agency.name}
    assert (printed["year"], printed["format"], printed["variant"], printed["status"]) == (
        2017,
        "2014",
        "shandong-2017",
        "live",
    )
    assert len(printed["rows"]) == 72
    assert all(list(row) == ["code", "name", "unit", "value", "state"] for row in printed["rows"])
    rows = {row["code"]: row for row in printed["rows"]}
    assert rows["1.1"] == {"code": "1.1", "name": "主动公开政府信息数", "unit": "条", "value": 1, "state": "counted"}
    assert rows["1.2"] | {"name": ""} == {"code": "1.2", "name": "", "unit": "", "value": None, "state": "heading"}
    assert sum(row["state"] == "heading" for row in printed["rows"]) == 7
    assert all((row["value"] is None) == (row["state"] in ("heading", "blank")) for row in printed["rows"])


def test_ten_agencies_take_no_more_statements_than_one() -> None:
    agencies = [make.agency() for _number in range(10)]
    for one in agencies:
        make.item(one)
        make.enquiry(one)
    with CaptureQueriesContext(
        connection,
    ) as for_one:
        statutory.compute(agencies[:1], YEAR)
    with CaptureQueriesContext(connection) as for_ten:
        computed = statutory.compute(agencies, YEAR)
    assert len(for_one) == len(for_ten) <= 45
    assert [computed[one.pk].row("1.1").value for one in agencies] == [1] * 10


def test_a_year_outside_the_format_says_so(agency: Agency) -> None:
    assert table_of(agency, 2018).notes == ()
    assert "2026年度按此格式列出的数据只供内部参考" in table_of(agency, 2026).notes[0]


def test_an_unknown_format_is_refused_in_one_sentence(agency: Agency) -> None:
    with pytest.raises(UnknownTable, match="没有「1999」格式的统计表"):
        statutory.compute([agency], YEAR, format="1999")


@pytest.mark.parametrize("format", ["2019", "2021"])
def test_a_format_without_definitions_is_refused_in_one_sentence(agency: Agency, format: str) -> None:
    with pytest.raises(UnknownTable, match="还不能由记录算出"):
        statutory.compute([agency], 2021, format=format)
