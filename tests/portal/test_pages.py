"""What holds on every public page."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.portal.pages import FRESH_FOR
from gongkai.resources.models import OgiOffice, ReadingPoint
from tests.portal.conftest import Housing
from tests.portal.factories import make_agency, make_item

PAGES = {
    "home": "/",
    "agency": "/a/housing/",
    "guide": "/a/housing/guide/",
    "rules": "/a/housing/rules/",
    "contents": "/a/housing/contents/",
    "shelf": "/a/housing/contents/all/page/1/",
    "column": "/a/housing/c/housing/page/1/",
    "empty column": "/a/housing/c/budget/page/1/",
    "reports": "/a/housing/reports/",
    "year": "/a/housing/reports/2017/",
    "about": "/a/housing/about/",
    "search": "/search/",
    "search too short": "/search/?q=房",
    "search found": "/search/?q=租赁住房",
    "search nothing": "/search/?q=没有的词",
}
every_page = pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)


class Elements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]

    def tags(self) -> dict[str, str | None]:
        """The page tags by name."""
        return {str(meta["name"]): meta["content"] for meta in self.named("meta") if "name" in meta}


def page(client: Client, address: str) -> Elements:
    return Elements(client.get(address).content.decode())


@every_page
def test_page_is_open_to_everyone_and_sets_no_cookie(client: Client, housing: Housing, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


@every_page
def test_page_may_be_kept_for_a_short_while(client: Client, housing: Housing, address: str) -> None:
    answer = client.get(address)
    kept = {part.strip() for part in answer["Cache-Control"].split(",")}
    assert kept == {"public", "no-cache" if address.startswith("/search/") else f"max-age={FRESH_FOR}"}
    again = client.get(address, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


@every_page
def test_page_only_reads(client: Client, housing: Housing, address: str) -> None:
    refused = client.post(address)
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD")
    assert "公开页面只供查看" in refused.content.decode()
    assert client.head(address).status_code == 200


@every_page
def test_page_has_language_landmarks_and_one_heading(client: Client, housing: Housing, address: str) -> None:
    elements = page(client, address)
    assert [html["lang"] for html in elements.named("html")] == ["zh-CN"]
    assert len(elements.named("main")) == len(elements.named("header")) == len(elements.named("footer")) == 1
    assert len(elements.named("h1")) == 1
    assert all(nav.get("aria-label") or nav.get("aria-labelledby") for nav in elements.named("nav"))


@every_page
def test_page_has_no_inline_script_or_style_and_asks_no_foreign_host(
    client: Client, housing: Housing, address: str
) -> None:
    elements = page(client, address)
    assert not elements.named("style")
    assert not [attributes for _tag, attributes in elements.found if "style" in attributes]
    assert not [name for _tag, attributes in elements.found for name in attributes if name.startswith("on")]
    fetched = [script.get("src") for script in elements.named("script")]
    fetched += [image.get("src") for image in elements.named("img")]
    fetched += [link.get("href") for link in elements.named("link") if link.get("rel") != "canonical"]
    assert all(source and not urlsplit(source).netloc for source in fetched), fetched


@every_page
def test_page_names_its_one_address_and_its_site(client: Client, housing: Housing, address: str) -> None:
    elements = page(client, address)
    canonical = [str(link["href"]) for link in elements.named("link") if link.get("rel") == "canonical"]
    assert len(canonical) == 1
    assert urlsplit(canonical[0]).path == urlsplit(address).path
    assert "SiteName" in elements.tags()


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith("search")])
def test_page_of_a_column_has_the_tags_of_a_column(client: Client, housing: Housing, name: str) -> None:
    tags = page(client, PAGES[name]).tags()
    assert {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"} <= set(tags)


def test_addresses_of_pages_are_final(client: Client, housing: Housing) -> None:
    menu = [link["href"] for link in page(client, "/a/housing/").named("a")]
    assert [address for address in menu if address and address.startswith("/a/housing/")][:6] == [
        "/a/housing/",
        "/a/housing/guide/",
        "/a/housing/rules/",
        "/a/housing/contents/",
        "/a/housing/reports/",
        "/a/housing/guide/#request",
    ]


@pytest.mark.parametrize(
    "part", ["", "guide/", "rules/", "contents/", "contents/all/page/1/", "c/housing/page/1/", "reports/", "about/"]
)
def test_agency_that_is_not_there_answers_404(client: Client, housing: Housing, part: str) -> None:
    assert client.get(f"/a/nobody/{part}").status_code == 404
    assert client.get(f"/a/HOUSING/{part}").status_code == 404


def test_home_without_an_agency_says_what_will_be_here(client: Client, db: None) -> None:
    assert "这里还没有公开机构" in client.get("/").content.decode()


def test_home_with_one_agency_is_its_page(client: Client, db: None) -> None:
    agency = make_agency()
    item = make_item(agency)
    elements = page(client, "/")
    assert item.get_absolute_url() in [link["href"] for link in elements.named("a")]
    assert [link["href"] for link in elements.named("link") if link.get("rel") == "canonical"] == [
        "http://testserver/a/housing/"
    ]


def test_home_with_several_agencies_lists_them_with_their_numbers(client: Client, housing: Housing) -> None:
    shown = client.get("/").content.decode()
    assert shown.index("示例区住房保障服务中心</a>") < shown.index("示例区人民政府</a>")
    assert "3 条" in shown
    assert "0 条" in shown


def test_agency_page_counts_its_key_areas(client: Client, housing: Housing) -> None:
    links = page(client, "/a/housing/")
    assert "/a/housing/contents/affordable-housing/page/1/" in [link["href"] for link in links.named("a")]
    shown = client.get("/a/housing/").content.decode()
    assert "全部 3 条" in shown
    assert "全部 1 件" in shown
    assert "全部 1 篇" in shown


def test_about_shows_duties_and_how_to_reach_the_agency(client: Client, housing: Housing) -> None:
    shown = client.get("/a/housing/about/").content.decode()
    for said in ("承担公共租赁住房的配租。", "示例区示例路1号", "tel:0000-0000000", "住房保障股"):
        assert said in shown


def test_about_says_what_is_not_entered_yet(client: Client, db: None) -> None:
    make_agency("bare", "示例区水务局")
    shown = client.get("/a/bare/about/").content.decode()
    assert "主要职责还没有登记" in shown
    assert "联系方式还没有登记" in shown


def test_reports_without_a_public_one_says_so(client: Client, housing: Housing) -> None:
    assert "还没有在这里公布年度报告" in client.get("/a/housing/reports/").content.decode()


def test_text_of_an_agency_is_escaped(client: Client, db: None) -> None:
    make_agency("odd", "示例<b>局", duties="<script>1</script>", guide="<img src=x>", address='"><i>')
    for part in ("", "guide/", "about/"):
        shown = client.get(f"/a/odd/{part}").content.decode()
        assert [raw for raw in ("<script>1", "<img src=x", "<b>局", '"><i>') if raw in shown] == []


def test_guide_names_only_what_is_in_being_today_and_stands(client: Client, housing: Housing) -> None:
    today = timezone.localdate()
    day = dt.timedelta(days=1)
    times: dict[str, dict[str, Any]] = {
        "今天起": {"from_on": today},
        "到今天": {"from_on": today - day, "to_on": today},
        "到昨天": {"from_on": today - 2 * day, "to_on": today - day},
        "明天起": {"from_on": today + day},
        "登记错了": {"from_on": today - day, "withdrawn_at": timezone.now()},
    }
    for name, more in times.items():
        for model, kind in ((ReadingPoint, "查阅点"), (OgiOffice, "公开办")):
            model.objects.create(agency=housing.agency, name=f"{name}的{kind}", entered_at=timezone.now(), **more)
    text = client.get("/a/housing/guide/").content.decode()
    for kind in ("查阅点", "公开办"):
        assert [name for name in times if f"{name}的{kind}" in text] == ["今天起", "到今天"]
