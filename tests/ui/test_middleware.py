from __future__ import annotations

import pytest
from django.test import Client

from gongkai.accounts.models import Account
from tests.cast import Cast

TYPED = "已经写好的正文，不应当丢失。"


def test_staff_page_sends_a_stranger_to_sign_in_and_back(client: Client) -> None:
    response = client.get("/staff/agencies/?page=2")
    assert response.status_code == 302
    assert response["Location"] == "/staff/sign-in/?next=/staff/agencies/%3Fpage%3D2"


@pytest.mark.parametrize("address", ["/staff", "/staff/", "/staff/there-is-no-such-page/", "/staff/sign-in/more/"])
def test_staff_address_tells_a_stranger_nothing(client: Client, address: str) -> None:
    assert client.get(address).status_code == 302


def test_sign_in_is_open_to_strangers_and_says_what_may_not_enter(client: Client) -> None:
    response = client.get("/staff/sign-in/")
    assert response.status_code == 200
    assert "本系统为非涉密系统，严禁存储、处理、传输国家秘密" in response.content.decode()


@pytest.mark.parametrize("address", ["/staff/sign-in/", "/staff/agencies/"])
def test_staff_answer_is_neither_stored_nor_indexed(client: Client, address: str) -> None:
    response = client.get(address)
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_form_sent_after_the_sign_in_ended_gets_its_text_back(client: Client) -> None:
    response = client.post(
        "/staff/form/", {"body": TYPED, "password": "not-for-the-page"}, HTTP_SEC_FETCH_SITE="same-origin"
    )
    shown = response.content.decode()
    assert response.status_code == 403
    assert "登录已经结束，没有提交" in shown
    assert TYPED in shown
    assert "not-for-the-page" not in shown


@pytest.mark.parametrize(
    "header", [{"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "https://elsewhere.example"}, {}]
)
def test_text_sent_by_another_site_is_not_shown(client: Client, header: dict[str, str]) -> None:
    assert TYPED not in client.post("/staff/form/", {"body": TYPED}, **header).content.decode()


def test_form_without_valid_mark_gets_its_text_back_in_the_shell(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.office)
    response = client.post("/staff/form/", {"body": TYPED}, HTTP_ORIGIN="http://testserver")
    shown = response.content.decode()
    assert response.status_code == 403
    assert "页面已经过期，没有提交" in shown
    assert TYPED in shown
    assert cast.office.name in shown


def test_account_without_post_is_told_whom_to_ask(client: Client, db: None) -> None:
    account = Account.objects.create_account(username="nobody", name="示例寅", password=None)
    client.force_login(account)
    response = client.get("/staff/agencies/")
    shown = response.content.decode()
    assert response.status_code == 403
    assert "您的账号今天没有岗位" in shown
    assert "示例寅" in shown
    assert "主菜单" not in shown


def test_account_without_post_can_sign_out(client: Client, db: None) -> None:
    client.force_login(Account.objects.create_account(username="nobody", name="示例寅", password=None))
    assert client.post("/staff/sign-out/").status_code == 302
    assert client.get("/staff/agencies/").status_code == 302


def test_refused_act_becomes_a_page_with_every_reason(office: Client) -> None:
    response = office.get("/staff/refuses/")
    shown = response.content.decode()
    assert response.status_code == 409
    assert "起草人不能审核自己起草的信息" in shown
    assert "政府信息公开保密审查制度" in shown
    assert "您看到的内容已经被修改" in shown


def test_public_page_neither_reads_nor_sets_a_cookie(client: Client) -> None:
    client.cookies.load({"gongkai_session": "of-somebody", "gongkai_csrf": "x" * 32, "messages": "x"})
    response = client.get("/a/sample-housing/")
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_missing_public_page_neither_reads_nor_sets_a_cookie(client: Client) -> None:
    client.cookies.load({"gongkai_session": "of-somebody"})
    response = client.get("/nothing/")
    assert response.status_code == 404
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_public_page_that_uses_a_session_fails_at_once(client: Client) -> None:
    client.cookies.load({"gongkai_session": "of-somebody"})
    with pytest.raises(TypeError):
        client.get("/session/")


def test_public_page_does_not_know_who_reads_it(office: Client) -> None:
    shown = office.get("/a/sample-housing/")
    assert shown.wsgi_request.user.is_anonymous
    assert "who" not in shown.context
