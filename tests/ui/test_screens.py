"""The common look in a real browser: nothing spills over, nothing that axe finds, nothing that the policy blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from gongkai.project.home import Home
from gongkai.ui.examples import Example, all_examples
from tests.cast import Cast, make_agency

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.one_database

ORIGIN = "http://testserver"
PAGES = [
    "/",
    "/a/x/",
    "/staff/",
    "/staff/agencies/?sort=-name&page=2",
    "/staff/agencies/empty/",
    "/staff/gallery/",
    "/staff/refuses/",
]


Answers = dict[str, tuple[int, dict[str, str], bytes]]


@pytest.fixture
def answers(supervisor: Client, cast: Cast, settings: Any, tmp_path: Path) -> Answers:
    """Every page with what it loads, answered before the browser starts, whose loop has connections of its own."""
    settings.HOME = Home(tmp_path)  # a sample, so that its mark is looked at too
    settings.HOME.demo_stamp.write_text("{}")
    for number in range(4):
        name = f"示例{number}街道办事处及其名称很长的所属事业单位"
        make_agency(f"sample-{number}", name, "department", parent=cast.government)
    found: Answers = {}
    wanted = list(PAGES)
    while wanted:
        address = wanted.pop()
        response: Any = supervisor.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        found[ORIGIN + address] = (response.status_code, dict(response.items()), body)
        if response["Content-Type"].startswith("text/html"):
            loaded = re.findall(r'(?:href|src)="(/static/[^"]+)"', body.decode())
            wanted += [one for one in dict.fromkeys(loaded) if ORIGIN + one not in found]
    return found


@pytest.fixture
def page(answers: Answers, browser: Browser) -> Iterator[Page]:
    """A page of a browser that gets the answers and nothing else."""

    def answer(route: Route) -> None:
        status, headers, body = answers[route.request.url]
        route.fulfill(status=status, headers=headers, body=body)

    context = browser.new_context(locale="zh-CN")
    shown = context.new_page()
    shown.route("**/*", answer)
    yield shown
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_fit_and_have_no_barrier(page: Page, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.set_viewport_size({"width": width, "height": 800})
    found: list[tuple[str, str, str]] = []
    for address in PAGES:
        page.goto(ORIGIN + address)
        spill: Any = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if spill > 0:
            found.append((address, "spills", str(spill)))
        for one in Axe().run(page).response["violations"]:
            found += [(address, one["id"], node["html"]) for node in one["nodes"]]
    assert found == []
    assert [line for line in said if "Content Security Policy" in line] == []


def test_skip_link_is_the_first_stop_and_leads_to_the_matter(page: Page) -> None:
    page.goto(ORIGIN + "/a/x/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("example", all_examples(), ids=lambda one: f"{one.component}-{one.name}")
def test_example_of_a_component_is_rendered(example: Example) -> None:
    assert example.render().strip().startswith("<")
