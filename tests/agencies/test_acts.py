"""Agencies, posts and officers: who may set them up, what is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from gongkai.agencies import acts, numbers
from gongkai.agencies.models import Agency, Post, Role
from gongkai.agencies.permissions import holdings_of, holds_role
from gongkai.rules.refusals import ActRefused
from tests.asking import codes
from tests.cast import ENTERED_AT, Cast


def test_create_agency_refuses_a_credit_code_with_a_wrong_check_character(cast: Cast) -> None:
    with pytest.raises(ActRefused, match="校验码"):
        acts.create_agency(
            code="x1",
            name="示例",
            short_name="示例",
            kind="department",
            credit_code="99990101MB00000193",
            by=None,
            at=ENTERED_AT,
        )
    assert not Agency.objects.filter(code="x1").exists()


@pytest.mark.parametrize("code", ["A", "x", "住房", "a_b", "a" * 33, "ab\n"])
def test_create_agency_refuses_a_code_that_cannot_stand_in_an_address(db: None, code: str) -> None:
    with pytest.raises(ActRefused):
        acts.create_agency(code=code, name="示例", short_name="示例", kind="department", by=None, at=ENTERED_AT)


def test_create_agency_is_refused_to_an_officer_at_the_top(cast: Cast) -> None:
    with pytest.raises(ActRefused) as refused:
        acts.create_agency(
            code="x1", name="示例", short_name="示例", kind="department", by=cast.system_administrator, at=ENTERED_AT
        )
    assert codes(refused) == ["not_administrator"]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SYSTEM_ADMINISTRATOR])
def test_add_officer_is_refused_to_every_other_role(cast: Cast, role: str) -> None:
    with pytest.raises(ActRefused) as refused:
        acts.add_officer(agency=cast.agency, name="示例寅", by=cast.accounts[role], at=ENTERED_AT)
    assert codes(refused) == ["not_administrator"]


def test_add_officer_by_the_administrator_opens_an_account_without_rights(cast: Cast) -> None:
    officer = acts.add_officer(
        agency=cast.agency,
        name="示例寅",
        username="new",
        password="a-long-password",
        by=cast.system_administrator,
        at=ENTERED_AT,
    )
    assert officer.account is not None
    assert officer.account.check_password("a-long-password")
    assert not holdings_of(officer.account).exists()


def test_add_officer_refuses_a_user_name_twice(cast: Cast) -> None:
    with pytest.raises(ActRefused) as refused:
        acts.add_officer(
            agency=cast.agency, name="示例寅", username=cast.head.username, password="x", by=None, at=ENTERED_AT
        )
    assert codes(refused) == ["username_taken"]


def test_appoint_refuses_an_officer_of_another_agency_and_reversed_days(cast: Cast) -> None:
    post = Post.objects.get(agency=cast.agency, role=Role.HEAD)
    with pytest.raises(ActRefused) as refused:
        acts.appoint(
            post=post,
            officer=cast.stranger.officer,
            from_on=dt.date(2017, 2, 1),
            to_on=dt.date(2017, 1, 1),
            by=None,
            at=ENTERED_AT,
        )
    assert codes(refused) == ["foreign_officer", "ends_before_start"]


def test_a_post_counts_from_its_first_to_its_last_day(cast: Cast) -> None:
    post = Post.objects.get(agency=cast.agency, role=Role.AUDITOR)
    acts.appoint(
        post=post,
        officer=cast.contributor.officer,
        from_on=dt.date(2017, 3, 1),
        to_on=dt.date(2017, 3, 31),
        by=None,
        at=ENTERED_AT,
    )

    def held(day: dt.date) -> bool:
        return holdings_of(cast.contributor, day).filter(post=post).exists()

    assert [
        held(dt.date(2017, 2, 28)),
        held(dt.date(2017, 3, 1)),
        held(dt.date(2017, 3, 31)),
        held(dt.date(2017, 4, 1)),
    ] == [
        False,
        True,
        True,
        False,
    ]


def test_an_inactive_account_holds_nothing(cast: Cast) -> None:
    cast.head.is_active = False
    cast.head.save()
    assert not holds_role(cast.head, cast.agency, Role.HEAD)


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("office", {"sample-housing"}),
        ("supervisor", {"sample-district", "sample-housing", "sample-water"}),
        ("system_administrator", {"sample-housing"}),
        ("stranger", {"sample-water"}),
    ],
)
def test_visible_to_shows_own_and_supervised_agencies(cast: Cast, who: str, seen: set[str]) -> None:
    assert set(Agency.objects.visible_to(getattr(cast, who)).values_list("code", flat=True)) == seen


def test_take_gives_numbers_without_gap_per_series_and_year(cast: Cast) -> None:
    with transaction.atomic():
        assert numbers.take(cast.agency, "item", 2017) == 1
        assert numbers.take(cast.agency, "item", 2017, 3) == 2
        assert numbers.take(cast.agency, "item", 2017) == 5
        assert numbers.take(cast.agency, "item", 2018) == 1
        assert numbers.take(cast.other_agency, "item", 2017) == 1


def test_take_refuses_a_count_below_one(cast: Cast) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        numbers.take(cast.agency, "item", 2017, 0)
