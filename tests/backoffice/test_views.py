"""Sign-in and the work list."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.agencies.acts import create_agency
from gongkai.agencies.models import AgencyKind
from gongkai.publishing import acts
from gongkai.publishing.content import OBJECT_KIND
from tests.cast import PASSWORD, Cast
from tests.publishing.rows import AT, draft, prepare, submitted
from tests.publishing.test_history import row, second_office


def test_sign_in_leads_to_the_work_list(cast: Cast) -> None:
    client = Client()
    response = client.post(
        reverse("backoffice:sign_in"), {"username": cast.office.username, "password": PASSWORD}, follow=True
    )
    assert response.redirect_chain == [(reverse("backoffice:home"), 302)]
    assert "现在没有等您办理的事项" in response.content.decode()


@pytest.mark.parametrize(("username", "password"), [("sample-housing-office", "wrong"), ("nobody", PASSWORD)])
def test_sign_in_answers_a_wrong_name_and_a_wrong_password_alike(cast: Cast, username: str, password: str) -> None:
    response = Client().post(reverse("backoffice:sign_in"), {"username": username, "password": password})
    assert "用户名或密码不对" in response.content.decode()
    assert password not in response.content.decode()


def test_sign_in_does_not_lead_to_a_foreign_host(cast: Cast) -> None:
    response = Client().post(
        reverse("backoffice:sign_in"),
        {"username": cast.office.username, "password": PASSWORD, "next": "https://example.com/"},
    )
    assert response["Location"] == reverse("backoffice:home")


def test_an_inactive_account_cannot_sign_in(cast: Cast) -> None:
    cast.office.is_active = False
    cast.office.save()
    response = Client().post(reverse("backoffice:sign_in"), {"username": cast.office.username, "password": PASSWORD})
    assert "用户名或密码不对" in response.content.decode()


def test_sign_out_ends_the_session(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.office)
    client.post(reverse("backoffice:sign_out"))
    assert client.get(reverse("backoffice:home")).status_code == 302


def test_the_work_list_shows_the_step_to_whose_turn_it_is_only(cast: Cast) -> None:
    item = submitted(cast, prepare(cast))
    for who, shown in (("office", True), ("head", False), ("contributor", False), ("stranger", False)):
        client = Client()
        client.force_login(getattr(cast, who))
        page = client.get(reverse("backoffice:home")).content.decode()
        assert (item.title in page) is shown, who


def test_the_work_list_reminds_the_drafter_of_a_draft(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    client = Client()
    client.force_login(cast.contributor)
    assert item.title in client.get(reverse("backoffice:home")).content.decode()


@pytest.mark.parametrize("name", ["backoffice:home", "publishing:list", "publishing:new", "publishing:history"])
def test_a_stranger_is_led_to_the_sign_in(db: None, name: str) -> None:
    response = Client().get(reverse(name))
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('backoffice:sign_in')}?next={reverse(name)}"


def test_the_work_list_asks_to_confirm_only_history_that_would_become_public(cast: Cast) -> None:
    column = prepare(cast)
    withheld = row(cast, column, attribute="non_disclosure", details=acts.DetailFields(ground="state_secret"))
    rows = [row(cast, column, title="一"), row(cast, column, title="二"), withheld]
    items = acts.enter_history(agency=cast.agency, rows=rows, by=cast.office, at=AT.replace(year=2018))
    client = Client()
    client.force_login(second_office(cast))
    assert "2 条补录的公开信息" in client.get(reverse("backoffice:home")).content.decode()
    for item in items[:2]:
        acts.withdraw_item(item=item, reason="duplicate", by=cast.office, at=AT.replace(year=2018))
    assert "补录的公开信息" not in client.get(reverse("backoffice:home")).content.decode()


def test_the_work_list_shows_a_recalled_item_to_its_drafter(cast: Cast) -> None:
    item = submitted(cast, prepare(cast))
    acts.recall_item(item=item, reason="附表有误。", by=cast.contributor, at=AT)
    for who, shown in (("contributor", True), ("office", False)):
        client = Client()
        client.force_login(getattr(cast, who))
        assert (item.title in client.get(reverse("backoffice:home")).content.decode()) is shown, who


def test_the_work_list_says_what_is_left_of_the_limit_for_disclosure(cast: Cast) -> None:
    column = prepare(cast)
    today = timezone.localdate()
    draft(cast, column)
    for attribute in ("proactive_disclosure", "disclosure_on_request"):
        made = draft(cast, column, attribute=attribute)
        type(made).objects.filter(pk=made.pk).update(written_on=today)
    client = Client()
    client.force_login(cast.contributor)
    page = client.get(reverse("backoffice:home")).content.decode()
    assert 'class="tag ok">还有20个工作日' in page
    assert 'class="tag late">逾期' in page
    assert page.count("公开期限") == 2


def test_the_work_list_names_the_limit_of_a_step(cast: Cast) -> None:
    submitted(cast, prepare(cast))
    client = Client()
    client.force_login(cast.office)
    page = client.get(reverse("backoffice:home")).content.decode()
    assert 'class="tag late">逾期' in page
    assert '<time datetime="2017-06-15">' in page, "written on 17 May 2017: 20 working days, the boat festival between"


def work_list(account: Account) -> str:
    client = Client()
    client.force_login(account)
    return client.get(reverse("backoffice:home")).content.decode()


def test_an_empty_work_list_says_where_to_go(cast: Cast) -> None:
    for name, ways in (("supervisor", ["publishing:list", "figures:index"]), ("auditor", ["review:list"])):
        page = work_list(getattr(cast, name)).partition('<main id="main"')[2]
        assert [way for way in ways if f'class="button" href="{reverse(way)}"' not in page] == [], name


def test_the_work_list_puts_the_nearest_limit_first_and_counts_what_presses(cast: Cast) -> None:
    column = prepare(cast)
    today = timezone.localdate()
    for title, days in (("不急的草稿", 0), ("逾期的草稿", 90)):
        made = draft(cast, column, title=title)
        type(made).objects.filter(pk=made.pk).update(written_on=today - dt.timedelta(days=days))
    page = work_list(cast.contributor)
    assert page.index("逾期的草稿") < page.index("不急的草稿")
    assert "共 2 项，逾期 1 项" in page


def test_the_work_list_of_the_administrator_names_what_the_agency_lacks(cast: Cast) -> None:
    lacking = {"还没有栏目": "publishing:columns", "还没有审核流程": "", "还没有人能起草": "agencies:posts"}
    page = work_list(cast.system_administrator)
    assert [words for words in lacking if words in page] == ["还没有栏目", "还没有审核流程"]
    assert f'href="{reverse("review:chain", args=[cast.agency.code, OBJECT_KIND])}"' in page
    prepare(cast)
    page = work_list(cast.system_administrator)
    assert [words for words in lacking if words in page] == []


def test_the_work_list_asks_for_the_first_administrator_of_an_agency_below(cast: Cast) -> None:
    prepare(cast)
    below = create_agency(
        parent=cast.agency,
        code="below",
        name="示例区新设中心",
        short_name="新设中心",
        kind=AgencyKind.INSTITUTION,
        by=cast.system_administrator,
        at=AT,
    )
    page = work_list(cast.system_administrator)
    assert "还没有系统管理员" in page
    assert f'href="{reverse("agencies:agency", args=[below.code])}"' in page
    assert "还没有栏目" not in page, "what comes after is its own administrator's"
