"""A page asks the database a bounded number of times, however much it shows."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongkai.portal import catalogue, items
from tests.portal.conftest import Housing
from tests.portal.factories import make_agency, make_column, make_findable, make_item

MOST = {
    "/": 4,
    "/a/housing/": 9,
    "/a/housing/guide/": 4,
    "/a/housing/rules/": 4,
    "/a/housing/contents/": 7,
    "/a/housing/contents/all/page/1/": 7,
    "/a/housing/c/housing/page/1/": 7,
    "/a/housing/reports/": 5,
    "/a/housing/reports/2017/": 6,
    "/a/housing/about/": 4,
    # PostgreSQL asks more for each batch of hits (how rare the words are, where they stand), and hits are confirmed as
    # public before they are counted.
    "/search/?q=公开摇号&agency=housing": 16,
}
MOST_OF_AN_ITEM = 11


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def grow(housing: Housing) -> None:
    """Three agencies, ten columns on three levels and thirty items more."""
    for number in range(3):
        make_agency(f"more-{number}", f"示例区第{number}局", parent=housing.agency)
    above = housing.column
    columns = []
    for number in range(10):
        columns.append(
            make_column(housing.agency, f"more-{number}", f"栏目{number}", parent=above if number % 3 else None)
        )
        above = columns[-1]
    for number in range(30):
        day = dt.date(2017, 3, 1) + dt.timedelta(days=number)
        make_findable(make_item(housing.agency, columns[number % 10], housing.column, published_on=day))
        make_item(housing.agency, columns[number % 10], interprets=housing.policy, published_on=day)


def test_pages_ask_a_bounded_number_of_queries(client: Client, housing: Housing) -> None:
    items = (housing.item, housing.policy, housing.interpretation)
    most = MOST | {item.get_absolute_url(): MOST_OF_AN_ITEM for item in items}
    before = {address: queries(client, address) for address in most}
    grow(housing)
    after = {address: queries(client, address) for address in most}
    assert [address for address in most if max(before[address], after[address]) > most[address]] == [], (before, after)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only on SQLite: PostgreSQL plans by what the tables hold")
def test_counts_of_agencies_and_halves_of_a_policy_are_found_by_their_own_index(housing: Housing) -> None:
    """SQLite has no statistics: what it is asked must lead it to the index, not through everything that is public."""
    with CaptureQueriesContext(connection) as asked:
        catalogue.agency_lines()
        items.interpretations_of(housing.policy)
    with connection.cursor() as cursor:
        plans = ""
        for query in asked:
            if query["sql"].startswith("SELECT"):
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                plans += "\n".join(row[3] for row in cursor.fetchall()) + "\n"
    assert "COVERING INDEX publishing_item_open" in plans
    assert "publishing_item_interprets" in plans
    assert "publishing_item_newest" not in plans
