from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from gongkai.ui import errors
from tests.cast import Cast


def test_missing_public_page_offers_search_and_the_way_home(client: Client) -> None:
    response = client.get("/nothing/")
    shown = response.content.decode()
    assert response.status_code == 404
    assert "没有找到这个页面" in shown
    assert 'action="/search/"' in shown
    assert 'href="/"' in shown


def test_missing_staff_page_keeps_the_shell(office: Client, cast: Cast) -> None:
    shown = office.get("/staff/nothing/").content.decode()
    assert "没有找到这个页面" in shown
    assert cast.office.name in shown
    assert "主菜单" in shown


def test_denial_shows_the_sentence_that_the_rule_gave(office: Client) -> None:
    response = office.get("/staff/denies/")
    assert response.status_code == 403
    assert "只有办公室可以导出。" in response.content.decode()


@pytest.mark.parametrize("address", ["/fails/", "/staff/sign-in/"])
def test_fault_needs_no_database_and_tells_nothing_of_the_inside(address: str) -> None:
    # Without the fixture `db` every query would fail.
    response = errors.server_error(RequestFactory().get(address))
    shown = response.content.decode()
    assert response.status_code == 500
    assert "系统出了故障" in shown
    assert "接下来可以" in shown


def test_fault_of_a_public_view_becomes_the_page(client: Client) -> None:
    client.raise_request_exception = False
    shown = client.get("/fails/").content.decode()
    assert "系统出了故障" in shown
    assert "a secret of the inside" not in shown


def test_unknown_host_gets_a_page_without_asking_the_request(client: Client) -> None:
    response = client.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "这个请求无法处理" in response.content.decode()


def test_fault_page_needs_no_request_at_all() -> None:
    assert "系统出了故障" in errors.server_error(None).content.decode()  # type: ignore[arg-type]


def test_public_page_takes_no_form_and_says_so(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/search/")
    shown = response.content.decode()
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert "公开页面只供查看" in shown
    assert "登录" not in shown
    assert "<title>不能这样打开这个地址</title>" in shown, "no dash where no site has a name"


def test_staff_page_says_when_it_is_not_opened_that_way(office: Client) -> None:
    response = office.get("/staff/sign-out/")
    assert response.status_code == 405
    assert "POST" in response["Allow"]
    assert "系统没有作任何改动" in response.content.decode()
    assert 'href="/staff/"' in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"


def test_form_sent_after_the_end_of_the_sign_in_gives_words_back_and_leads_to_its_page(db: None) -> None:
    typed = {"title": "关于示例的通知", "body": "<p>第一段</p><p>第二段</p>", "attribute": "proactive_disclosure"}
    client = Client(headers={"Referer": "http://testserver/staff/form/?step=2", "Sec-Fetch-Site": "same-origin"})
    shown = client.post("/staff/form/", typed).content.decode()
    assert 'href="/staff/sign-in/?next=%2Fstaff%2Fform%2F%3Fstep%3D2"' in shown
    assert ">关于示例的通知</textarea>" in shown
    assert ">第一段\n第二段</textarea>" in shown
    assert "proactive_disclosure" not in shown
    foreign = Client(headers={"Referer": "http://elsewhere.example/staff/form/"})
    assert 'href="/staff/sign-in/"' in foreign.post("/staff/form/", typed).content.decode()
