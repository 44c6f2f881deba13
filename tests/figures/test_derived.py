"""Counts and rates beside the table."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.agencies.models import Agency
from gongkai.figures import derived, statutory
from tests.figures import factories as make

pytestmark = pytest.mark.django_db


def figures_of(agency: Agency, year: int = make.YEAR) -> dict[str, derived.Derived]:
    table = statutory.compute([agency], year)[agency.pk]
    rows = {agency.pk: {row.code: row.value for row in table.rows}}
    return derived.compute([agency], year, rows)[agency.pk]


def test_the_sample_year_has_its_boards_and_rates() -> None:
    agency = make.agency()
    make.sample_year(agency)
    figures = figures_of(agency)
    expected = {
        "publishing.board": 49,
        "publishing.common": 4,
        "publishing.electronic_rate": 100,
        "publishing.area.affordable_housing": 51,
        "enquiries.hotline.answered": 130,
        "enquiries.hotline.reply_rate": 100,
        "enquiries.petition.settlement_rate": 100,
    }
    assert {code: figures[code].value for code in expected} == expected
    assert set(figures) == derived.CODES


def test_an_item_in_two_columns_of_the_board_counts_once() -> None:
    agency = make.agency()
    one = make.item(agency)
    one.columns.add(make.column(agency), make.column(agency))
    assert figures_of(agency)["publishing.board"].value == 1


def test_a_rate_follows_what_was_received_in_the_year() -> None:
    agency = make.agency()
    make.enquiry(agency)
    make.enquiry(agency, answered_on=dt.date(2018, 1, 2))
    make.enquiry(agency, answered_on=None)
    make.enquiry(agency, received_on=dt.date(2016, 12, 30))
    figures = figures_of(agency)
    assert figures["enquiries.hotline.received"].value == 3
    assert figures["enquiries.hotline.answered"].value == 2
    assert figures["enquiries.hotline.reply_rate"].value == Decimal("66.67")


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(0, 0, None), (0, 3, 0), (3, 3, 100), (99_999, 100_000, Decimal("99.99")), (1, 100_000, Decimal("0.01"))],
)
def test_a_rate_is_full_only_when_nothing_is_missing(
    numerator: int, denominator: int, expected: Decimal | None
) -> None:
    assert derived.rate(numerator, denominator) == expected


def test_a_derived_figure_is_blank_until_its_register_speaks() -> None:
    agency = make.agency()
    assert figures_of(agency)["enquiries.hotline.received"].state == "blank"
    make.confirm(agency, "work_orders")
    figures = figures_of(agency)
    assert (figures["enquiries.hotline.received"].value, figures["enquiries.hotline.received"].state) == (
        0,
        "confirmed_zero",
    )
    assert figures["enquiries.hotline.reply_rate"].value is None


def test_institutions_are_those_in_being_at_the_end_of_the_year() -> None:
    agency = make.agency()
    below = make.agency(parent=agency, kind="institution")
    make.agency(parent=agency, kind="institution", to_on=dt.date(2017, 6, 30))
    make.agency(parent=agency)
    make.item(below)
    figures = figures_of(agency)
    assert figures["agencies.institutions"].value == 1
    assert figures["agencies.institutions.items"].value == 1


def test_ten_agencies_take_no_more_statements_than_one() -> None:
    agencies = [make.agency() for _number in range(10)]
    with CaptureQueriesContext(connection) as for_one:
        derived.compute(agencies[:1], make.YEAR, {})
    with CaptureQueriesContext(connection) as for_ten:
        derived.compute(agencies, make.YEAR, {})
    assert len(for_one) == len(for_ten)


def test_the_items_of_the_board_are_the_records_of_their_count() -> None:
    agency = make.agency()
    one = make.item(agency)
    one.columns.add(make.column(agency), make.column(agency))
    make.item(agency)
    [definition] = [definition for definition in derived.COUNTS if definition.code == "publishing.board"]
    assert [record.pk for record in definition.records(agency, make.YEAR)] == [one.pk]
