"""The main line in a real browser: written, reviewed, signed, released by three people and by six; read, found, counted.

Each person has a browser context of their own. Pictures go to build/screenshots; look at them after a change.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from tests.servers import Person, Site

SCREENSHOTS = Path(__file__).resolve().parents[2] / "build" / "screenshots"
TITLE = "关于公布示例区公共租赁住房年度审核结果的通知"
SENTENCE = "经审核，示例花园小区共有十二户家庭符合续租条件，自下月起按新合同缴纳租金。"
INSIDE = "小区共有十二户家庭"  # begins and ends inside words
SMALL = "sl-csfw"  # the agency whose chain is merged for three people
CLEAR = "不涉密，可以公开"
ADDED = "对结果有异议的，可以在十个工作日内向住房保障股书面提出。"


@dataclass
class Watch:
    """What must not happen in any browser context: foreign requests, script errors, breaches of the policy."""

    base_url: str
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        """Listen to every page of a context."""
        context.on("request", self.note_request)
        context.on("console", self.note_console)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    def note_request(self, request: Request) -> None:
        """Keep an address that is not the site's."""
        if not request.url.startswith((self.base_url + "/", "data:")):
            self.foreign.append(request.url)

    def note_console(self, message: ConsoleMessage) -> None:
        """Keep what the browser refused by the Content-Security-Policy."""
        if "Content Security Policy" in message.text:
            self.errors.append(message.text)


@pytest.fixture
def watch(site: Site) -> Watch:
    """One watch over all people of a test."""
    return Watch(site.base_url)


@pytest.fixture
def people(site: Site, browser: Browser, watch: Watch) -> Iterator[Any]:
    """Give a page of a new context: signed in for a role, or a reader's for none."""
    contexts = []

    def page_of(person: Person | None = None) -> Page:
        context = browser.new_context(base_url=site.base_url, locale="zh-CN", timezone_id="Asia/Shanghai")
        context.set_default_timeout(20_000)
        watch.follow(context)
        contexts.append(context)
        page = context.new_page()
        if person is not None:
            sign_in(page, person)
        return page

    yield page_of
    for context in contexts:
        context.close()


def sign_in(page: Page, person: Person) -> None:
    """Sign in by the form, as a person does."""
    page.goto("/staff/")
    page.get_by_label("用户名").fill(person.username)
    page.get_by_label("密码").fill(person.password)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_text(person.name).first).to_be_visible()


def picture(page: Page, name: str) -> None:
    """Save what the page looks like, whole."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


def check_accessible(page: Page) -> None:
    """Ask axe-core; a page has no violation of any of its rules."""
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def count_of(site: Site, agency: str, year: int) -> int:
    """Row 1.1 of the year as the command line prints it; a blank row counts nothing."""
    done = site.run("figures", "--agency", agency, "--year", str(year), "--format", "2014", "--json")
    assert done.returncode == 0, done.stderr
    rows = {row["code"]: row["value"] for row in json.loads(done.stdout)["rows"]}
    return int(rows["1.1"] or 0)


def hits_of(reader: Page, words: str) -> int:
    """How many hits the public search gives for some words."""
    reader.goto("/search/")
    reader.get_by_role("main").get_by_role("searchbox").fill(words)
    reader.get_by_role("main").get_by_role("button", name="搜索").click()
    expect(reader.get_by_role("main").get_by_role("status")).to_be_visible()  # what was found, or that nothing was
    return reader.get_by_role("main").get_by_role("link", name=TITLE).count()


def write(page: Page, text: str) -> None:
    """Write the text of an item, in the editor, once it stands in the place of the plain field."""
    expect(page.get_by_role("toolbar", name="排版")).to_be_visible()
    page.locator(".ProseMirror").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def agree(page: Page, *, checks_secrecy: bool = False) -> None:
    """Agree to what is on the page, with the result of the secrecy check where the step asks for it."""
    if checks_secrecy:
        page.get_by_label(CLEAR).check()
    page.get_by_role("button", name="同意").click()
    expect(page.get_by_text("已提交同意意见")).to_be_visible()


def open_from_worklist(page: Page) -> None:
    """Go home and open the matter that waits."""
    page.goto("/staff/")
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_role("heading", name=TITLE).first).to_be_visible()


def test_a_draft_becomes_public_through_three_people(site, people, watch, chinese_fonts):
    agency = SMALL
    contributor = people(site.person("contributor", agency))
    office = people(site.person("office", agency))
    head = people(site.person("head", agency))
    reader = people()

    # The contributor writes a draft.
    contributor.goto("/staff/publishing/")
    check_accessible(contributor)
    picture(contributor, "01-items")
    contributor.get_by_role("link", name="起草").first.click()
    contributor.get_by_label("名称").fill(TITLE)
    write(contributor, SENTENCE)
    contributor.get_by_role("group", name="栏目").get_by_role("checkbox").first.check()
    check_accessible(contributor)
    picture(contributor, "02-draft-form")
    year = int(contributor.get_by_label("成文日期").input_value()[:4])
    before = count_of(site, agency, year)
    contributor.get_by_role("button", name="保存").click()
    expect(contributor.get_by_text("草稿已保存")).to_be_visible()
    check_accessible(contributor)
    picture(contributor, "03-draft")

    # Nobody outside sees it, in whatever state it is.
    address = f"/info/{agency}/{year}-{before + 1}/"
    assert reader.goto(address).status == 404
    assert hits_of(reader, INSIDE) == 0

    contributor.get_by_role("button", name="送审").click()
    expect(contributor.get_by_text("已送审")).to_be_visible()
    assert reader.goto(address).status == 404
    assert hits_of(reader, INSIDE) == 0

    # The office has the page open; meanwhile the text is changed in another window.
    open_from_worklist(office)
    item_url = office.url
    stale = office.context.new_page()
    stale.goto(item_url)
    office.get_by_role("link", name="修改", exact=True).click()
    write(office, f"{SENTENCE}\n{ADDED}")
    office.get_by_role("button", name="保存").click()
    expect(office.get_by_text("修改已保存")).to_be_visible()

    # An opinion on the old text is refused, with the reason.
    stale.get_by_label(CLEAR).check()
    stale.get_by_role("button", name="同意").click()
    refusal = stale.get_by_role("alert")
    expect(refusal).to_contain_text("内容有改动")
    check_accessible(stale)
    picture(stale, "04-stale-opinion-refused")

    # The office agrees to what is there now; the head signs.
    office.goto(item_url)
    check_accessible(office)
    picture(office, "05-review")
    agree(office, checks_secrecy=True)
    head.goto("/staff/")
    check_accessible(head)
    picture(head, "06-worklist-of-the-head")
    open_from_worklist(head)
    agree(head)
    picture(head, "07-signed")
    assert reader.goto(address).status == 404

    # The office releases.
    open_from_worklist(office)
    office.get_by_role("button", name="发布", exact=True).click()
    expect(office.get_by_text("已发布")).to_be_visible()
    check_accessible(office)
    picture(office, "08-released")

    # It is public at its final address and found inside the sentence, for a reader whose browser has kept no page.
    reader = people()
    answer = reader.goto(address)
    assert answer.status == 200
    expect(reader.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    expect(reader.get_by_text(SENTENCE)).to_be_visible()
    expect(reader.get_by_text(ADDED)).to_be_visible()
    check_accessible(reader)
    picture(reader, "09-public-item")
    assert hits_of(reader, INSIDE) == 1
    check_accessible(reader)
    picture(reader, "10-search")
    reader.get_by_role("main").get_by_role("link", name=TITLE).click()
    assert reader.url == site.base_url + address

    # Row 1.1 of its year counts one more and opens to it.
    assert count_of(site, agency, year) == before + 1
    office.goto(f"/staff/figures/{agency}/{year}/")
    check_accessible(office)
    picture(office, "11-figures")
    office.get_by_role("link", name=re.compile(rf"^主动公开政府信息数：{before + 1}$")).click()
    expect(office.get_by_role("link", name=TITLE)).to_be_visible()
    check_accessible(office)
    picture(office, "12-records-of-row-1-1")
    office.get_by_role("link", name=address).click()
    assert office.url == site.base_url + address

    assert reader.context.cookies() == []
    assert watch.foreign == []
    assert watch.errors == []


@pytest.mark.one_database  # the pages are the same on both; three people walk on both
def test_six_officers_take_a_draft_through_the_full_chain(site, people, watch, chinese_fonts):
    contributor = people(site.person("contributor"))
    contributor.goto("/staff/publishing/new/")
    contributor.get_by_label("名称").fill(TITLE)
    write(contributor, SENTENCE)
    contributor.get_by_role("group", name="栏目").get_by_role("checkbox").first.check()
    contributor.get_by_label("重点领域").select_option(label="住房保障")
    year = int(contributor.get_by_label("成文日期").input_value()[:4])
    before = count_of(site, site.agency, year)
    contributor.get_by_role("button", name="保存").click()
    contributor.get_by_role("button", name="送审").click()
    expect(contributor.get_by_text("已送审")).to_be_visible()
    address = f"/info/{site.agency}/{year}-{before + 1}/"
    reader = people()
    for role in ("department_head", "office", "leader_in_charge", "head"):
        officer = people(site.person(role))
        check_accessible(officer)
        open_from_worklist(officer)
        picture(officer, f"six-{role}")
        agree(officer, checks_secrecy=role == "department_head")
        assert reader.goto(address).status == 404
    releaser = people(site.person("releaser"))
    open_from_worklist(releaser)
    releaser.get_by_role("button", name="发布", exact=True).click()
    expect(releaser.get_by_text("已发布")).to_be_visible()
    check_accessible(releaser)
    assert people().goto(address).status == 200
    assert count_of(site, site.agency, year) == before + 1
    assert watch.foreign == []
    assert watch.errors == []


@pytest.mark.one_database  # the pages are the same on both; three people walk on both
def test_public_pages_are_accessible_and_keep_no_trace_of_the_reader(site, people, watch, chinese_fonts):
    reader = people()
    reader.goto("/")
    own = [f"/a/{site.agency}/{section}" for section in ("", "guide/", "rules/", "contents/", "reports/", "about/")]
    reader.goto(own[0])
    first_item = reader.locator("main a[href^='/info/']").first.get_attribute("href")
    assert first_item is not None
    for number, address in enumerate(["/", *own, first_item, "/search/?q=住房"], start=1):
        answer = reader.goto(address)
        assert answer.status == 200, address
        assert "set-cookie" not in answer.all_headers(), address
        check_accessible(reader)
        picture(reader, f"public-{number:02}")
    missing = reader.goto(f"/info/{site.agency}/2017-99999/")
    assert missing.status == 404
    check_accessible(reader)
    assert reader.context.cookies() == []
    assert watch.foreign == []
    assert watch.errors == []


@pytest.mark.one_database  # the pages are the same on both; three people walk on both
def test_staff_pages_ask_a_stranger_to_sign_in(site, people):
    reader = people()
    for address in ("/staff/", "/staff/publishing/", f"/staff/figures/{site.agency}/2017/"):
        reader.goto(address)
        expect(reader.get_by_role("button", name="登录")).to_be_visible()
    check_accessible(reader)


@pytest.mark.one_database  # the pages are the same on both; three people walk on both
def test_people_without_a_post_in_the_agency_do_not_find_its_draft(site, people):
    contributor = people(site.person("contributor"))
    contributor.goto("/staff/publishing/new/")
    contributor.get_by_label("名称").fill(TITLE)
    write(contributor, SENTENCE)
    contributor.get_by_role("button", name="保存").click()
    expect(contributor.get_by_text("草稿已保存")).to_be_visible()
    # One person of each other agency: the supervisor above, and a neighbour.
    strangers = {person.agency: person for person in site.people if person.agency != site.agency}
    assert len(strangers) >= 2
    for person in strangers.values():
        stranger = people(person)
        assert stranger.goto(contributor.url).status == 404, person
        stranger.goto("/staff/publishing/")
        expect(stranger.get_by_role("link", name=TITLE)).to_have_count(0)
