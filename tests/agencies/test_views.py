"""Staff pages of the settings: for system administrators, each in the own agency."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.agencies import acts
from gongkai.agencies.models import Agency, Department, Officer, Post, PostHolding, Role
from tests.asking import signed_in
from tests.cast import ENTERED_AT, PASSWORD, Cast

LISTS = ("index", "departments", "officers", "posts", "holdings")
NEW = ("agency_new", "department_new", "officer_new", "post_new")


def administrator(cast: Cast) -> Client:
    return signed_in(cast.system_administrator)


def without_token(page: bytes) -> bytes:
    return re.sub(rb'csrfmiddlewaretoken" value="[^"]*"', b"", page)


def pages_of(agency: Agency) -> list[str]:
    """Every page about something of an agency."""
    department = agency.departments.first() or acts.add_department(agency=agency, name="办公室", by=None, at=ENTERED_AT)
    officer, post = agency.officers.first(), agency.posts.first()
    holding = post.holdings.first()
    return [
        reverse("agencies:agency", args=[agency.code]),
        reverse("agencies:agency_edit", args=[agency.code]),
        reverse("agencies:department_edit", args=[department.uid]),
        reverse("agencies:officer", args=[officer.uid]),
        reverse("agencies:officer_edit", args=[officer.uid]),
        reverse("agencies:post", args=[post.uid]),
        reverse("agencies:post_edit", args=[post.uid]),
        reverse("agencies:holding_end", args=[holding.pk]),
        *(f"{reverse(f'agencies:{name}')}?agency={agency.code}" for name in NEW if name != "agency_new"),
    ]


def missing_pages() -> list[str]:
    uid = uuid.uuid4()
    names = ("department_edit", "officer", "officer_edit", "post", "post_edit")
    return [
        reverse("agencies:agency", args=["no-such"]),
        reverse("agencies:holding_end", args=[999_999]),
        *(reverse(f"agencies:{name}", args=[uid]) for name in names),
        f"{reverse('agencies:post_new')}?agency=no-such",
    ]


@pytest.mark.one_database  # who opens what: the rules are the same on both
def test_pages_by_role(cast: Cast) -> None:
    pages = [*pages_of(cast.agency), *(reverse(f"agencies:{name}") for name in (*LISTS, *NEW))]
    for role, account in cast.accounts.items():
        expected = 200 if role == Role.SYSTEM_ADMINISTRATOR else 404
        client = signed_in(account)
        for page in pages:
            assert client.get(page).status_code == expected, (role, page)


def test_foreign_and_missing_answer_alike(cast: Cast) -> None:
    client = administrator(cast)
    missing = without_token(client.get(missing_pages()[0]).content)
    for page in [*pages_of(cast.other_agency), *missing_pages()]:
        for method in (client.get, client.post):
            response = method(page)
            if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:  # a page that is only read says so first
                continue
            assert response.status_code == 404, page
            assert without_token(response.content) == missing


def test_lists_show_the_own_agency_only(cast: Cast) -> None:
    client = administrator(cast)
    foreign = cast.other_agency.officers.get()
    for name in LISTS:
        page = client.get(reverse(f"agencies:{name}")).content.decode()
        assert cast.other_agency.name not in page
        assert foreign.name not in page
    assert cast.officers["head"].name in client.get(reverse("agencies:officers")).content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_lists_take_a_bounded_number_of_statements(cast: Cast, name: str, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        officer = acts.add_officer(agency=cast.agency, name=f"示例{number}", by=None, at=ENTERED_AT)
        post = acts.add_post(agency=cast.agency, role="contributor", title=f"岗位{number}", by=None, at=ENTERED_AT)
        acts.appoint(post=post, officer=officer, from_on=dt.date(2017, 1, 1), by=None, at=ENTERED_AT)
    client = administrator(cast)
    with django_assert_max_num_queries(25):
        assert client.get(reverse(f"agencies:{name}")).status_code == 200


def test_an_officer_is_added_gets_an_account_and_a_post(cast: Cast) -> None:
    client = administrator(cast)
    response = client.post(reverse("agencies:officer_new"), {"name": "示例寅", "department": cast.departments[0].pk})
    officer = Officer.objects.get(name="示例寅")
    assert response.url == reverse("agencies:officer", args=[officer.uid])
    account = reverse("agencies:officer_account", args=[officer.uid, "open"])
    weak = client.post(account, {"username": "yin", "password": "123"})
    assert weak.status_code == 409
    assert "密码" in weak.content.decode()
    client.post(account, {"username": "yin", "password": "a-long-sample-phrase"})
    post = Post.objects.get(agency=cast.agency, role=Role.ENQUIRY_OFFICER)
    client.post(reverse("agencies:post", args=[post.uid]), {"officer": officer.pk, "from_on": "2017-01-05"})
    assert PostHolding.objects.filter(post=post, officer=officer).exists()
    assert Client().login(username="yin", password="a-long-sample-phrase")


def test_an_account_is_closed_reopened_and_given_a_password(cast: Cast) -> None:
    client = administrator(cast)
    officer = cast.officers["contributor"]

    def act(name: str, **data: str) -> int:
        return client.post(reverse("agencies:officer_account", args=[officer.uid, name]), data).status_code

    session = signed_in(cast.contributor)
    assert act("close") == 302
    assert session.get("/staff/").status_code == 302
    assert not Client().login(username=cast.contributor.username, password=PASSWORD)
    assert act("reopen") == 302
    assert act("password", password="another-sample-phrase") == 302
    assert Client().login(username=cast.contributor.username, password="another-sample-phrase")
    assert act("open", username="twice", password="another-sample-phrase") == 409
    assert act("nonsense") == 404


def test_the_last_administrator_stays(cast: Cast) -> None:
    client = administrator(cast)
    officer = cast.officers["system_administrator"]
    response = client.post(reverse("agencies:officer_account", args=[officer.uid, "close"]))
    assert response.status_code == 409
    assert "没有其他在任的系统管理员" in response.content.decode()
    holding = officer.holdings.get()
    end = reverse("agencies:holding_end", args=[holding.pk])
    assert client.post(end, {"to_on": "2999-01-01"}).status_code == 409
    second = cast.officers["auditor"]
    acts.appoint(post=holding.post, officer=second, from_on=dt.date(2017, 1, 1), by=None, at=ENTERED_AT)
    assert client.post(end, {"to_on": "2018-01-01"}).status_code == 302
    holding.refresh_from_db()
    assert holding.to_on == dt.date(2018, 1, 1)


def test_a_holding_does_not_end_before_it_began(cast: Cast) -> None:
    holding = cast.officers["head"].holdings.get()
    response = administrator(cast).post(reverse("agencies:holding_end", args=[holding.pk]), {"to_on": "2016-12-31"})
    assert response.status_code == 409
    assert "任职的止日不能早于起日" in response.content.decode()


def test_a_subordinate_agency_is_set_up_and_handed_over(cast: Cast) -> None:
    """Who administers the agency above appoints the first administrator and gives the account: then the say is over."""
    client = administrator(cast)
    typed = {"code": "sample-branch", "name": "示例所", "short_name": "示例所", "kind": "institution", "position": 1}
    assert client.post(reverse("agencies:agency_new"), {**typed, "credit_code": "99990101MB00000193"}).status_code in (
        409,
        422,
    )
    assert client.post(reverse("agencies:agency_new"), typed).status_code == 302
    branch = Agency.objects.get(code="sample-branch")
    assert branch.parent == cast.agency
    assert branch.name in client.get(reverse("agencies:index")).content.decode()
    query = f"?agency={branch.code}"
    client.post(reverse("agencies:officer_new") + query, {"name": "示例卯"})
    client.post(reverse("agencies:post_new") + query, {"role": "system_administrator", "title": "系统管理员"})
    officer, post = branch.officers.get(), branch.posts.get()
    appointed = reverse("agencies:post", args=[post.uid])
    assert client.post(appointed, {"officer": officer.pk, "from_on": "2017-01-05"}).url == appointed
    assert client.get(reverse("agencies:agency", args=[branch.code])).status_code == 200, "nobody could sign in yet"
    account = reverse("agencies:officer_account", args=[officer.uid, "open"])
    done = client.post(account, {"username": "mao", "password": "a-long-sample-phrase"}, follow=True)
    assert done.status_code == 200
    assert "以后的设置由它自己的系统管理员办理" in done.content.decode()
    assert client.get(reverse("agencies:agency", args=[branch.code])).status_code == 404
    assert client.get(reverse("agencies:officer", args=[officer.uid])).status_code == 404


def test_an_agency_is_amended_and_the_change_is_told(cast: Cast) -> None:
    client = administrator(cast)
    page = reverse("agencies:agency_edit", args=[cast.agency.code])
    typed = {"name": cast.agency.name, "short_name": "住房中心", "kind": "institution", "position": 0}
    assert client.post(page, {**typed, "name": ""}).status_code == 422
    assert client.post(page, typed).status_code == 302
    shown = client.get(reverse("agencies:agency", args=[cast.agency.code])).content.decode()
    assert f"简称由「{cast.agency.short_name}」改为「住房中心」" in shown
    assert "示例戊（主任）" in shown


def test_departments_and_posts_are_named_anew(cast: Cast) -> None:
    client = administrator(cast)
    client.post(reverse("agencies:department_new"), {"name": "房屋征收股"})
    department = Department.objects.get(agency=cast.agency, name="房屋征收股")
    edit = reverse("agencies:department_edit", args=[department.uid])
    assert client.post(edit, {"name": "住房保障股", "position": 9}).status_code in (409, 422)
    client.post(edit, {"name": "征收股", "position": 9})
    department.refresh_from_db()
    assert (department.name, department.position) == ("征收股", 9)
    post = Post.objects.get(agency=cast.agency, role=Role.LEADER_IN_CHARGE)
    client.post(
        reverse("agencies:post_edit", args=[post.uid]), {"title": "副主任（分管）", "departments": [department.pk]}
    )
    post.refresh_from_db()
    assert post.title == "副主任（分管）"
    assert list(post.departments.all()) == [department]


def test_amend_refuses_a_foreign_department_and_an_unknown_field(cast: Cast) -> None:
    foreign = acts.add_department(agency=cast.other_agency, name="外股室", by=None, at=ENTERED_AT)
    officer = cast.officers["contributor"]
    with pytest.raises(acts.ActRefused) as refused:
        acts.amend(record=officer, values={"department": foreign}, by=cast.system_administrator, at=ENTERED_AT)
    assert [refusal.code for refusal in refused.value.refusals] == ["foreign_department"]
    with pytest.raises(ValueError, match="may change"):
        acts.amend(record=cast.agency, values={"code": "other"}, by=None, at=ENTERED_AT)
