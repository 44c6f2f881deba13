"""Addresses for phones and for those who index the site: nothing that is not public is named."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from gongkai.portal import sitemaps
from tests.portal.conftest import Housing
from tests.portal.factories import make_agency, make_column, make_item, make_not_public


def locations(client: Client, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/xml")
    assert not answer.cookies
    return re.findall(r"<loc>http://testserver(.*?)</loc>", answer.content.decode())


def test_qr_code_is_a_picture_from_our_own_address(client: Client, housing: Housing) -> None:
    answer = client.get(f"{housing.item.get_absolute_url()}qr.png")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert not answer.cookies
    picture = Image.open(io.BytesIO(answer.content))
    assert picture.size[0] == picture.size[1] >= 150
    page = client.get(housing.item.get_absolute_url()).content.decode()
    assert f'src="{housing.item.get_absolute_url()}qr.png"' in page
    assert 'alt="本页地址的二维码"' in page


def test_what_is_not_public_has_no_qr_code(client: Client, housing: Housing) -> None:
    assert client.get(f"{housing.withdrawn.get_absolute_url()}qr.png").status_code == 410
    for item in make_not_public(housing.agency, housing.column).values():
        assert client.get(f"{item.get_absolute_url()}qr.png").status_code == 404
    assert client.get("/info/housing/2017-99999/qr.png").status_code == 404


def test_sitemap_names_every_public_page_and_no_other(client: Client, housing: Housing) -> None:
    hidden = make_not_public(housing.agency, housing.column)
    assert locations(client, "/sitemap.xml") == ["/sitemap/pages.xml", "/sitemap/items-1.xml"]
    named = locations(client, "/sitemap/items-1.xml")
    assert sorted(named) == sorted(
        item.get_absolute_url() for item in (housing.item, housing.policy, housing.interpretation)
    )
    pages = locations(client, "/sitemap/pages.xml")
    assert {"/", "/a/housing/guide/", "/a/district/", "/a/housing/c/housing/page/1/"} <= set(pages)
    assert "/a/housing/c/budget/page/1/" not in pages, "an empty column"
    for item in hidden.values():
        assert item.get_absolute_url() not in named + pages
    assert all(client.get(address).status_code == 200 for address in named + pages)


def test_sitemap_goes_on_in_a_second_file(client: Client, housing: Housing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "PER_FILE", 2)
    assert len(locations(client, "/sitemap.xml")) == 3
    assert len(locations(client, "/sitemap/items-1.xml")) == 2
    assert len(locations(client, "/sitemap/items-2.xml")) == 1
    assert client.get("/sitemap/items-3.xml").status_code == 404
    assert client.get("/sitemap/items-0.xml").status_code == 404


def test_sitemap_of_a_home_without_items(client: Client, db: None) -> None:
    assert locations(client, "/sitemap.xml") == ["/sitemap/pages.xml"]
    assert locations(client, "/sitemap/pages.xml") == ["/"]


def test_robots_are_kept_from_staff_pages_and_searches(client: Client, db: None) -> None:
    told = client.get("/robots.txt").content.decode().splitlines()
    assert told[:3] == ["User-agent: *", "Disallow: /staff/", "Disallow: /search/"]
    assert told[3] == "Sitemap: http://testserver/sitemap.xml"


def test_sitemap_asks_few_questions(client: Client, housing: Housing, django_assert_max_num_queries: Any) -> None:
    for number in range(5):
        agency = make_agency(f"more-{number}", f"示例区第{number}局")
        make_item(agency, make_column(agency))
    with django_assert_max_num_queries(3):  # agencies, columns, reports
        client.get("/sitemap/pages.xml")
    with django_assert_max_num_queries(1):
        client.get("/sitemap/items-1.xml")
