"""Pages in a real browser: accessible, nothing cut off, nothing fetched elsewhere, nothing refused by our own policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

from tests.portal.conftest import Housing
from tests.portal.factories import make_item, release
from tests.portal.test_pages import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.one_database

HOST = "http://localhost"  # a name that browsers trust without TLS; every request is answered by the test
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FOUND = "/search/?q=租赁住房&agency=housing"
NOT_FOUND = ("/search/", "/search/?q=没有的东西", "/search/?q=没有的东西&agency=housing&year=2017")
LONG = "关于转发《示例市住房和城乡建设局关于进一步加强住宅专项维修资金管理和使用监督检查工作有关事项的通知》的通知" * 2


def addresses(housing: Housing) -> list[str]:
    """Each kind of page once."""
    pages = [PAGES[name] for name in PAGES if name not in ("rules", "shelf", "search")]
    items = (housing.item, housing.policy, housing.interpretation, housing.withdrawn)
    return [*pages, *(item.get_absolute_url() for item in items), "/a/nobody/"]


@dataclass
class Reader:
    """A tab whose every request is answered by the test; what it asked elsewhere and what it complained of is kept."""

    tab: Page
    answers: dict[str, Any]
    foreign: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        """Answer with a page, a static file, or not at all."""
        address = route.request.url.removeprefix(HOST)
        if address in self.answers:
            page = self.answers[address]
            headers = {name: value for name, value in page.headers.items() if name != "Content-Length"}
            route.fulfill(status=page.status_code, headers=headers, body=page.content)
        elif address.startswith("/static/"):
            route.fulfill(path=finders.find(urlsplit(address).path.removeprefix("/static/")))
        else:
            self.foreign.append(route.request.url)
            route.abort()

    def barriers(self) -> str:
        """What axe finds, nothing when all is well."""
        found = Axe().run(self.tab, options={"runOnly": LEVELS})
        return str(found.generate_report()) if found.violations_count else ""


@pytest.fixture
def reader(client: Client, housing: Housing, browser: Browser) -> Iterator[Reader]:
    """A reader of every page; one item has a title and a table of a length that breaks what can be broken."""
    housing.item.title = LONG[:255]
    housing.item.body = f"<p>{'A' * 200}</p><table><tr>{'<td>一格里的文字</td>' * 12}</tr></table>"
    housing.item.save()
    release(housing.item)
    make_item(housing.agency, housing.column, published_on=timezone.localdate())
    wanted = [*addresses(housing), FOUND, *NOT_FOUND, f"{housing.item.get_absolute_url()}qr.png"]
    context = browser.new_context(locale="zh-CN")
    made = Reader(context.new_page(), {quote(address, safe="/?&=%"): client.get(address) for address in wanted})
    made.tab.on("console", lambda message: made.said.append(message.text) if "of 4" not in message.text else None)
    made.tab.route("**/*", made.answer)
    yield made
    cookies = context.cookies()
    context.close()
    assert cookies == []
    assert made.foreign == []
    assert made.said == []


def pages_of(reader: Reader) -> list[str]:
    return [address for address in reader.answers if not address.endswith(".png")]


def test_every_page_fits_and_has_no_barrier(reader: Reader) -> None:
    tab = reader.tab
    for address in pages_of(reader):
        tab.goto(HOST + address)
        for width in (320, 1280, 390):
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
        assert not (found := reader.barriers()), f"{address}\n{found}"


def test_every_page_in_elder_mode_fits_and_has_no_barrier(reader: Reader) -> None:
    tab = reader.tab
    tab.goto(f"{HOST}/a/housing/")
    size = tab.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    tab.get_by_role("button", name="长者模式").click()
    for address in pages_of(reader):
        tab.goto(HOST + address)
        assert tab.get_by_role("button", name="长者模式").get_attribute("aria-pressed") == "true", address
        assert tab.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == size * 1.25
        for width in (320, 1280):
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
        assert not (found := reader.barriers()), f"{address}\n{found}"
    tab.get_by_role("button", name="长者模式").click()
    tab.reload()
    assert tab.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == size


def test_size_of_the_text_is_chosen_shared_and_printed(reader: Reader, housing: Housing) -> None:
    tab = reader.tab
    tab.goto(HOST + housing.item.get_absolute_url())
    size = "parseFloat(getComputedStyle(document.querySelector('article .text')).fontSize)"
    small = tab.evaluate(size)
    tab.get_by_role("radio", name=re.compile(r"字号\s*大")).focus()
    tab.keyboard.press("Space")
    large = tab.evaluate(size)
    assert large > small * 1.4
    tab.reload()
    assert tab.evaluate(size) == large, "kept in the reader's own browser"
    tab.locator(".share summary").click()
    picture = tab.get_by_role("img", name="本页地址的二维码")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    assert tab.get_by_label("本页地址").input_value().endswith(housing.item.get_absolute_url())
    assert not (found := reader.barriers()), found
    tab.evaluate("window.print = () => { document.title = 'printed' }")
    tab.get_by_role("button", name="打印").click()
    assert tab.title() == "printed"


def test_charts_are_drawn_and_keep_their_numbers(reader: Reader) -> None:
    tab = reader.tab
    tab.goto(f"{HOST}/a/housing/reports/2017/")
    tab.locator(".charts.drawn").wait_for()
    assert tab.locator(".chart canvas").count() == tab.locator(".chart").count() == 3
    tab.emulate_media(media="print")
    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert tab.locator(".chart-picture:visible").count() == 0, "on paper stand the tables"
    assert tab.get_by_role("rowheader", name="5月").is_visible()
    tab.evaluate("window.dispatchEvent(new Event('afterprint'))")
    tab.emulate_media(media="screen")
    assert not tab.get_by_role("rowheader", name="5月").is_visible()
    tab.get_by_text("看数字").first.click()
    assert tab.get_by_role("rowheader", name="5月").is_visible()
    assert not (found := reader.barriers()), found


def test_a_reader_without_a_mouse_searches_and_reads(reader: Reader, housing: Housing) -> None:
    tab = reader.tab
    tab.goto(f"{HOST}/a/housing/")

    def walk_to(what: str) -> None:
        for _ in range(40):
            tab.keyboard.press("Tab")
            if tab.evaluate("what => document.activeElement.matches(what)", what):
                outline = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline != "none", "the focus can be seen"
                return
        raise AssertionError(what)

    walk_to("#find-q")
    tab.keyboard.type("租赁住房")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search/**")
    walk_to("a.skip")
    tab.keyboard.press("Enter")
    walk_to(f"a[href='{housing.policy.get_absolute_url()}']")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**{housing.policy.get_absolute_url()}")
    assert tab.get_by_role("heading", level=1, name=housing.policy.title).is_visible()


def test_pages_say_the_same_without_scripts(client: Client, housing: Housing, browser: Browser) -> None:
    context = browser.new_context(locale="zh-CN", java_script_enabled=False)
    wanted = ("/a/housing/reports/2017/", housing.item.get_absolute_url())
    reader = Reader(context.new_page(), {address: client.get(address) for address in wanted})
    reader.tab.route("**/*", reader.answer)
    reader.tab.goto(HOST + wanted[0])
    assert reader.tab.get_by_role("rowheader", name="5月").is_visible()
    reader.tab.goto(HOST + wanted[1])
    for absent in ("打印", "长者模式"):
        assert not reader.tab.get_by_role("button", name=absent).is_visible(), "a button that would do nothing"
    text = reader.tab.locator("article .text")
    before = text.bounding_box()
    reader.tab.locator("label[for=text-size-3]").click()
    after = text.bounding_box()
    assert before
    assert after
    assert after["height"] > before["height"], "the size of the text is chosen without scripts too"
    context.close()
