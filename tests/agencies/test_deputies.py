"""Deputies stand in from a day to a day; two records of one natural person are one person."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.agencies import acts
from gongkai.agencies.models import Officer, PostHolding, Role
from gongkai.agencies.permissions import holdings_of
from gongkai.rules.refusals import ActRefused
from tests.asking import codes
from tests.cast import ENTERED_AT, Cast

FROM, TO = dt.date(2017, 5, 15), dt.date(2017, 5, 20)


def holding(cast: Cast, role: str) -> PostHolding:
    return PostHolding.objects.get(officer=cast.officers[role], post__role=role)


def deputise(cast: Cast, **changes: object) -> PostHolding:
    values = {"holding": holding(cast, Role.HEAD), "officer": cast.officers[Role.LEADER_IN_CHARGE]}
    return acts.deputise(**{**values, "from_on": FROM, "to_on": TO, "by": None, "at": ENTERED_AT, **changes})  # type: ignore[arg-type]


def holds(cast: Cast, day: dt.date) -> bool:
    return holdings_of(cast.leader_in_charge, day).filter(post__role=Role.HEAD).exists()


def test_a_deputy_holds_the_post_from_the_first_to_the_last_day(cast: Cast) -> None:
    deputise(cast)
    day = dt.timedelta(days=1)
    assert [holds(cast, on) for on in (FROM - day, FROM, TO, TO + day)] == [False, True, True, False]


def test_a_deputy_stands_in_only_while_the_principal_is_in_post(cast: Cast) -> None:
    deputise(cast)
    acts.end_appointment(holding=holding(cast, Role.HEAD), to_on=FROM, by=None, at=ENTERED_AT)
    assert [holds(cast, on) for on in (FROM, TO)] == [True, False]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"to_on": dt.date(2017, 5, 14)}, ["ends_before_start"]),
        ({"from_on": dt.date(2016, 12, 31)}, ["not_in_post"]),
    ],
)
def test_deputise_refuses_days_on_which_nobody_is_represented(
    cast: Cast, changes: dict[str, dt.date], expected: list[str]
) -> None:
    with pytest.raises(ActRefused) as refused:
        deputise(cast, **changes)
    assert codes(refused) == expected


def test_deputise_refuses_strangers_oneself_and_a_deputy_of_a_deputy(cast: Cast) -> None:
    for officer, expected in (
        (cast.stranger.officer, ["foreign_officer"]),
        (cast.officers[Role.HEAD], ["own_deputy"]),
    ):
        with pytest.raises(ActRefused) as refused:
            deputise(cast, officer=officer)
        assert codes(refused) == expected
    with pytest.raises(ActRefused) as refused:
        deputise(cast, holding=deputise(cast), officer=cast.officers[Role.OFFICE])
    assert codes(refused) == ["deputy_of_deputy"]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SYSTEM_ADMINISTRATOR])
def test_deputise_and_join_are_refused_to_every_other_role(cast: Cast, role: str) -> None:
    with pytest.raises(ActRefused) as refused:
        deputise(cast, by=cast.accounts[role])
    assert codes(refused) == ["not_administrator"]
    one, other = cast.officers[Role.HEAD], cast.officers[Role.OFFICE]
    with pytest.raises(ActRefused) as refused:
        acts.join_officers(officer=one, other=other, by=cast.accounts[role], at=ENTERED_AT)
    assert codes(refused) == ["not_administrator"]


def test_joined_officers_are_one_person_until_one_is_parted(cast: Cast) -> None:
    a, b, c = (cast.officers[role] for role in (Role.CONTRIBUTOR, Role.OFFICE, Role.HEAD))
    acts.join_officers(officer=a, other=b, by=None, at=ENTERED_AT)
    acts.join_officers(officer=Officer.objects.get(pk=a.pk), other=c, by=None, at=ENTERED_AT)
    persons = [Officer.objects.get(pk=officer.pk).person for officer in (a, b, c)]
    assert len(set(persons)) == 1
    with pytest.raises(ActRefused) as refused:
        acts.join_officers(
            officer=Officer.objects.get(pk=b.pk), other=Officer.objects.get(pk=a.pk), by=None, at=ENTERED_AT
        )
    assert codes(refused) == ["same_already"]
    acts.part_officer(officer=Officer.objects.get(pk=c.pk), by=None, at=ENTERED_AT)
    persons = [Officer.objects.get(pk=officer.pk).person for officer in (a, b, c)]
    assert persons[0] == persons[1] != persons[2]


def test_the_administrator_registers_a_deputy_and_one_person_on_screen(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.system_administrator)
    answer = client.post(
        reverse("agencies:deputy_new"),
        {
            "holding": holding(cast, Role.HEAD).pk,
            "officer": cast.officers[Role.LEADER_IN_CHARGE].pk,
            "from_on": "2017-05-15",
            "to_on": "2017-05-20",
        },
    )
    assert answer.status_code == 302
    listed = client.get(reverse("agencies:deputies")).content.decode()
    assert "示例丁" in listed
    assert "示例戊" in listed
    officer = cast.officers[Role.OFFICE]
    url = reverse("agencies:officer_same", args=[officer.uid])
    assert client.post(url, {"other": cast.officers[Role.HEAD].pk}).status_code == 302
    assert "同一人" in client.get(reverse("agencies:officer", args=[officer.uid])).content.decode()
    assert client.post(url, {"other": ""}).status_code == 302
    assert Officer.objects.filter(same_person_as__isnull=False).count() == 0
