"""Pages in a real browser: accessible, nothing cut off, nothing fetched elsewhere, nothing refused by our own policy."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client

from tests.portal.conftest import Housing
from tests.portal.factories import release
from tests.portal.test_pages import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

pytestmark = pytest.mark.one_database

HOST = "http://localhost"  # a name that browsers trust without TLS; every request is answered by the test
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LONG = "关于转发《示例市住房和城乡建设局关于进一步加强住宅专项维修资金管理和使用监督检查工作有关事项的通知》的通知" * 2


def addresses(housing: Housing) -> list[str]:
    """Each kind of page once."""
    pages = [PAGES[name] for name in PAGES if name not in ("rules", "shelf", "search")]
    items = (housing.item, housing.policy, housing.interpretation, housing.withdrawn)
    return [*pages, *(item.get_absolute_url() for item in items), "/a/nobody/"]


def test_every_page_in_a_browser(client: Client, housing: Housing, browser: Browser) -> None:
    housing.item.title = LONG[:255]
    housing.item.body = f"<p>{'A' * 200}</p><table><tr>{'<td>一格里的文字</td>' * 12}</tr></table>"
    housing.item.save()
    release(housing.item)
    answers = {address: client.get(address) for address in addresses(housing)}
    foreign: list[str] = []
    said: list[str] = []

    def answer(route: Route) -> None:
        address = route.request.url.removeprefix(HOST)
        if address in wanted:
            page = wanted[address]
            headers = {name: value for name, value in page.headers.items() if name != "Content-Length"}
            route.fulfill(status=page.status_code, headers=headers, body=page.content)
        elif address.startswith("/static/"):
            route.fulfill(path=finders.find(urlsplit(address).path.removeprefix("/static/")))
        else:
            foreign.append(route.request.url)
            route.abort()

    wanted = {quote(address, safe="/?&=%"): page for address, page in answers.items()}
    context = browser.new_context(locale="zh-CN")
    tab = context.new_page()
    tab.on("console", lambda message: said.append(message.text) if "status of 4" not in message.text else None)
    tab.route("**/*", answer)
    for address in wanted:
        tab.goto(HOST + address)
        for width in (1280, 320, 390):
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
        found = Axe().run(tab, options={"runOnly": LEVELS})
        assert found.violations_count == 0, f"{address}\n{found.generate_report()}"
    assert context.cookies() == []
    assert foreign == []
    assert said == []
    context.close()
