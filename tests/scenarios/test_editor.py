"""The text editor in a real browser: typed and pasted, kept while typing, refused nothing by our own policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.servers import Site

pytestmark = pytest.mark.one_database

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0}</style></head>
<body lang=ZH-CN><!--StartFragment--><h1 style='text-align:center'>配租结果<o:p></o:p></h1>
<p class=MsoNormal style='text-indent:21.0pt'><span lang=EN-US>　　</span>共<b>十二</b>户，<span style='color:red'>名单</span>如下。<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]>1.<span>&nbsp;&nbsp; </span><![endif]>异议期七日</p>
<table class=MsoTableGrid border=1 style='width:100pt' onclick="alert(1)"><tr><td width=284 colspan=2 style='border:solid'><p class=MsoNormal>户主</p></td></tr>
<tr><td><p>示例甲</p></td><td><img src="file:///c:/x.png">一人</td></tr></table>
<p><a href="javascript:alert(1)">坏链接</a><a href="https://example.invalid/a">好链接</a></p><!--EndFragment--></body></html>"""
PASTE = """(element, html) => {
  const carried = new DataTransfer();
  carried.setData("text/html", html);
  carried.setData("text/plain", "plain");
  element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true }));
}"""


def is_fault(message: ConsoleMessage) -> bool:
    """Whether the browser complains; that it reports a form which a test has refused is none."""
    return message.type == "error" and "status of 403" not in message.text


@pytest.fixture
def officer(site: Site, browser: Browser) -> Iterator[Page]:
    """The contributor's browser, which fails the test when the policy or a script complains."""
    context = browser.new_context(base_url=site.base_url, locale="zh-CN", timezone_id="Asia/Shanghai")
    context.set_default_timeout(20_000)
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text) if is_fault(message) else None)
    context.on("weberror", lambda error: said.append(str(error.error)))
    page = context.new_page()
    person = site.person("contributor")
    page.goto("/staff/")
    page.get_by_label("用户名").fill(person.username)
    page.get_by_label("密码").fill(person.password)
    page.get_by_role("button", name="登录").click()
    yield page
    context.close()
    assert said == []


def kept(page: Page) -> Any:
    return page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('gongkai:draft:'))")


def wait_until_kept(page: Page) -> None:
    """The draft is kept a moment after the last key; waiting by a script of the page would break its policy."""
    for _ in range(100):
        if kept(page):
            return
        page.wait_for_timeout(100)
    raise AssertionError("nothing was kept")


def go_to_the_end(page: Page) -> None:
    """Put the cursor behind the last table; a slow machine still places the click when the key comes."""
    for _ in range(40):
        page.get_by_role("textbox", name="正文").press("Control+End")
        page.wait_for_timeout(250)
        if page.get_by_role("button", name="插入表格").is_visible():
            return
    raise AssertionError("the cursor stays in a table")


def test_a_text_is_pasted_from_word_kept_while_typing_and_saved(officer: Page) -> None:
    officer.goto("/staff/publishing/new/")
    editor = officer.get_by_role("textbox", name="正文")
    expect(officer.get_by_role("toolbar", name="排版")).to_be_visible()
    officer.get_by_label(re.compile("^名称")).fill("关于配租结果的通告")
    editor.evaluate(PASTE, WORD)
    expect(editor.get_by_role("heading", name="配租结果")).to_be_visible()
    editor.press("Control+End")
    officer.keyboard.type("特此通告。")
    for width in (1280, 390):
        officer.set_viewport_size({"width": width, "height": 900})
        assert officer.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(officer)
        assert found.violations_count == 0, found.generate_report()
    wait_until_kept(officer)

    # The window was reloaded: the form is empty, what was typed is offered and taken.
    officer.reload()
    expect(officer.get_by_label(re.compile("^名称"))).to_have_value("")
    officer.get_by_role("button", name="取回没有保存的文字").click()
    expect(officer.get_by_label(re.compile("^名称"))).to_have_value("关于配租结果的通告")
    expect(editor.get_by_role("heading", name="配租结果")).to_be_visible()
    officer.get_by_role("button", name="保存", exact=True).click()
    expect(officer.get_by_text("草稿已保存")).to_be_visible()
    assert kept(officer) == []
    text = officer.locator("article .text").inner_html()
    for shown in ("<h2>配租结果</h2>", "<strong>十二</strong>", 'colspan="2"', "1. 异议期七日", "特此通告。"):
        assert shown in text
    for gone in ("javascript", "style", "class", "Mso", "<img", "onclick", "　"):
        assert gone not in text
    assert 'href="https://example.invalid/a"' in text

    # Opened again: clicking into it changes nothing; a table is made with the keyboard and the tool bar.
    officer.get_by_role("link", name="修改", exact=True).click()
    before = officer.locator("[name=body_text]").input_value()
    editor.click()
    assert officer.locator("[name=body_text]").input_value() == before
    go_to_the_end(officer)
    officer.get_by_role("combobox", name="段落样式").select_option(label="二级标题")
    officer.keyboard.type("附表")
    officer.keyboard.press("Enter")
    officer.get_by_role("button", name="插入表格").click()
    officer.keyboard.type("序号")
    officer.keyboard.press("Tab")
    officer.keyboard.type("姓名")
    officer.keyboard.press("Tab")
    officer.keyboard.type("备注")
    officer.get_by_role("button", name="加一行").click()
    officer.get_by_role("button", name="保存", exact=True).click()
    expect(officer.get_by_text("修改已保存")).to_be_visible()
    expect(officer.locator("article .text").get_by_role("heading", name="附表", level=3)).to_be_visible()
    expect(officer.locator("article .text table").nth(1).get_by_role("row")).to_have_count(4)

    # As the public will see it.
    officer.get_by_role("link", name="预览").click()
    expect(officer.get_by_text("预览：公众还看不到这一页")).to_be_visible()
    expect(officer.get_by_role("heading", name="配租结果", exact=True)).to_be_visible()
    found = Axe().run(officer)
    assert found.violations_count == 0, found.generate_report()


def test_a_link_is_set_by_the_keyboard_and_a_draft_goes_at_sign_out(officer: Page) -> None:
    officer.goto("/staff/publishing/new/")
    editor = officer.get_by_role("textbox", name="正文")
    expect(officer.get_by_role("toolbar", name="排版")).to_be_visible()
    editor.click()
    officer.keyboard.type("见全文")
    officer.keyboard.press("Shift+Home")
    officer.get_by_role("button", name="链接", exact=True).click()
    officer.get_by_label("链接的地址").fill("javascript:alert(1)")
    officer.keyboard.press("Enter")
    expect(officer.get_by_text("地址要以")).to_be_visible()
    officer.get_by_label("链接的地址").fill("https://example.invalid/b")
    officer.keyboard.press("Enter")
    expect(editor.get_by_role("link", name="见全文")).to_have_attribute("href", "https://example.invalid/b")
    wait_until_kept(officer)
    officer.get_by_role("button", name="退出").click()
    expect(officer.get_by_role("button", name="登录")).to_be_visible()
    assert kept(officer) == []


def test_a_text_survives_the_end_of_the_sign_in(officer: Page, site: Site) -> None:
    person = site.person("contributor")
    officer.goto("/staff/publishing/new/")
    expect(officer.get_by_role("toolbar", name="排版")).to_be_visible()
    officer.get_by_label("名称").fill("写了很久的通知")
    officer.get_by_role("textbox", name="正文").click()
    officer.keyboard.type("写了很久的正文。")
    officer.context.clear_cookies(name="gongkai_session")
    with officer.expect_response(lambda response: response.request.method == "POST"):
        officer.get_by_role("button", name="保存", exact=True).click()
    expect(officer.get_by_role("heading", name="登录已经结束，没有提交")).to_be_visible()
    expect(officer.get_by_label("刚才填写的第2项")).to_have_value("写了很久的正文。")
    officer.get_by_role("link", name="重新登录").click()
    officer.get_by_label("用户名").fill(person.username)
    officer.get_by_label("密码").fill(person.password)
    officer.get_by_role("button", name="登录").click()
    officer.get_by_role("button", name="取回没有保存的文字").click()
    expect(officer.get_by_label("名称")).to_have_value("写了很久的通知")
    expect(officer.get_by_role("textbox", name="正文")).to_contain_text("写了很久的正文。")
