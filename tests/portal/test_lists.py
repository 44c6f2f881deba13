"""The tree of columns and the lists."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from gongkai.portal.pages import PER_PAGE
from gongkai.publishing.models import Column
from tests.portal.conftest import Housing
from tests.portal.factories import make_agency, make_column, make_item, make_not_public
from tests.portal.test_pages import page


def names(client: Client, address: str) -> list[str]:
    """The titles that a list shows, in its order."""
    return re.findall(r'class="listing-name"><a href="[^"]*">([^<]*)</a>', client.get(address).content.decode())


def test_column_lists_its_items_and_those_below_newest_first(client: Client, housing: Housing) -> None:
    assert names(client, "/a/housing/c/housing/page/1/") == [
        "公共租赁住房怎样申请",
        "公共租赁住房管理办法",
        housing.item.title,
    ]
    assert names(client, "/a/housing/c/rental/page/1/") == [housing.item.title]


def test_item_in_a_column_and_in_one_below_is_listed_and_counted_once(client: Client, housing: Housing) -> None:
    housing.item.columns.add(housing.column)
    assert names(client, "/a/housing/c/housing/page/1/").count(housing.item.title) == 1
    assert counts(client, "/a/housing/contents/")["/a/housing/c/housing/page/1/"] == 3


def test_list_shows_name_index_number_agency_and_day(client: Client, housing: Housing) -> None:
    text = client.get("/a/housing/c/rental/page/1/").content.decode()
    heads = re.findall(r'<th scope="col">(.*?)</th>', text)
    assert heads == ["名称", "索引号", "发布机构", "发布日期"]
    assert str(housing.item.index_number) in text
    assert ">2017-05-19</time>" in text


def counts(client: Client, address: str) -> dict[str, int]:
    """The numbers beside the links of a page."""
    text = client.get(address).content.decode()
    return {
        link: int(number)
        for link, number in re.findall(r'href="([^"]*)"[^>]*>[^<]*</a> <span class="num">(\d+)<', text)
    }


def test_contents_number_is_what_the_page_lists(client: Client, housing: Housing) -> None:
    make_not_public(housing.agency, housing.below)
    told = counts(client, "/a/housing/contents/")
    assert told["/a/housing/c/housing/page/1/"] == 3
    assert told["/a/housing/c/rental/page/1/"] == 1
    assert told["/a/housing/c/budget/page/1/"] == 0
    for address, number in told.items():
        assert len(names(client, address)) == number, address


def test_contents_without_columns_shows_what_there_is(client: Client, db: None) -> None:
    make_item(make_agency("bare", "示例区水务局"))
    text = client.get("/a/bare/contents/").content.decode()
    assert "还没有设立栏目" in text
    assert counts(client, "/a/bare/contents/")["/a/bare/contents/all/page/1/"] == 1


def test_column_without_items_has_a_page_that_says_so(client: Client, housing: Housing) -> None:
    text = client.get("/a/housing/c/budget/page/1/").content.decode()
    assert "这个栏目还没有公开的信息" in text
    assert "/a/housing/guide/#request" in text


def test_pages_of_a_list_have_their_numbers_in_the_path(client: Client, housing: Housing) -> None:
    for number in range(2 * PER_PAGE):
        make_item(housing.agency, housing.empty, title=f"信息{number}", published_on=dt.date(2017, 1, 3))
    first = page(client, "/a/housing/c/budget/page/1/")
    assert "/a/housing/c/budget/page/2/" in [link["href"] for link in first.named("a")]
    assert [link["href"] for link in first.named("link") if link.get("rel") == "next"] == [
        "/a/housing/c/budget/page/2/"
    ]
    listed = names(client, "/a/housing/c/budget/page/1/") + names(client, "/a/housing/c/budget/page/2/")
    assert listed == [f"信息{number}" for number in reversed(range(2 * PER_PAGE))]
    assert client.get("/a/housing/c/budget/page/3/").status_code == 404


@pytest.mark.parametrize("number", ["2", "0", "01", "-1", "x", "9999999999"])
def test_page_beyond_a_list_answers_404(client: Client, housing: Housing, number: str) -> None:
    assert client.get(f"/a/housing/c/budget/page/{number}/").status_code == 404
    assert client.get(f"/a/housing/contents/all/page/{number}/").status_code == 404


def test_column_that_is_not_there_answers_404(client: Client, housing: Housing) -> None:
    make_column(make_agency("water", "示例区水务局"), "supply", "供水")
    assert client.get("/a/housing/c/nothing/page/1/").status_code == 404
    assert client.get("/a/housing/c/supply/page/1/").status_code == 404
    assert client.get("/a/housing/c/nothing/").status_code == 404
    assert client.get("/a/housing/contents/nothing/page/1/").status_code == 404


def test_column_without_page_leads_to_the_first(client: Client, housing: Housing) -> None:
    answer = client.get("/a/housing/c/housing/")
    assert (answer.status_code, answer["Location"]) == (301, "/a/housing/c/housing/page/1/")


@pytest.mark.parametrize(
    ("shelf", "listed"),
    [
        ("policies", ["公共租赁住房管理办法"]),
        ("interpretations", ["公共租赁住房怎样申请"]),
        ("expropriation-of-housing", []),
        ("other", ["公共租赁住房怎样申请", "公共租赁住房管理办法"]),
    ],
)
def test_shelf_lists_what_it_is_for(client: Client, housing: Housing, shelf: str, listed: list[str]) -> None:
    assert names(client, f"/a/housing/contents/{shelf}/page/1/") == listed


@pytest.mark.parametrize("section", ["rules", "reports"])
def test_section_lists_the_column_of_its_name(client: Client, housing: Housing, section: str) -> None:
    item = make_item(housing.agency, make_column(housing.agency, section, "本单位的"), title="本单位的一件")
    assert item.get_absolute_url() in client.get(f"/a/housing/{section}/").content.decode()


def test_hidden_column_and_those_below_it_are_named_nowhere_and_keep_their_address(
    client: Client, housing: Housing
) -> None:
    Column.objects.filter(pk=housing.column.pk).update(is_hidden=True)
    addresses = ["/", "/a/housing/", "/a/housing/guide/", "/a/housing/contents/", "/a/housing/contents/all/page/1/"]
    addresses += ["/a/housing/c/budget/page/1/", "/search/?agency=housing", "/sitemap/pages.xml"]
    addresses += [housing.item.get_absolute_url(), housing.policy.get_absolute_url()]
    shown = {address: client.get(address).content.decode() for address in addresses}
    marks = ("/c/rental/", "/c/housing/", 'value="rental"', 'content="公共租赁住房"')
    assert [(address, mark) for address, text in shown.items() for mark in marks if mark in text] == []
    assert "/c/notices/" in shown[housing.policy.get_absolute_url()]  # the others of the item stay
    assert client.get("/a/housing/c/rental/page/1/").status_code == 200
