"""The page of an agency's year: its registers, and the word that there was nothing to report."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from gongkai.agencies.models import Role
from gongkai.periods.models import NothingToReport
from gongkai.periods.registers import REGISTERS
from gongkai.resources.kinds import FUND
from tests.asking import signed_in
from tests.cast import Cast
from tests.periods.records.rows import entered


def address(cast: Cast, year: int = 2017) -> str:
    return reverse("periods:year", args=[cast.agency.code, year])


def test_every_register_is_shown_with_its_list_and_an_empty_one_can_be_confirmed(cast: Cast) -> None:
    entered(FUND, cast.agency)
    page = signed_in(cast.office).get(address(cast)).content.decode()
    for register in REGISTERS.values():
        assert f">{register.label}</a>" in page
    offered = set(re.findall(r'name="register" value="(\w+)"', page))
    assert offered == set(REGISTERS) - {"funds"}


def test_the_office_confirms_several_registers_at_once(cast: Cast) -> None:
    client = signed_in(cast.office)
    response = client.post(address(cast), {"register": ["requests", "lawsuits"]})
    assert response.status_code == 302
    assert set(NothingToReport.objects.values_list("register", "confirmed_by")) == {
        ("requests", cast.office.pk),
        ("lawsuits", cast.office.pk),
    }
    page = client.get(address(cast)).content.decode()
    assert page.count("已确认无事项") == 2
    assert cast.office.name in page


def test_confirming_is_all_or_nothing_and_says_why(cast: Cast) -> None:
    entered(FUND, cast.agency)
    client = signed_in(cast.office)
    response = client.post(address(cast), {"register": ["requests", "funds"]})
    assert response.status_code == 409
    assert "2017年度已有记录" in response.content.decode()
    assert client.post(address(cast), {}).status_code == 409
    assert not NothingToReport.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_the_year_is_read_by_who_reads_the_records_and_confirmed_by_the_office(cast: Cast, role: str) -> None:
    client = signed_in(cast.accounts[role])
    readable = role != Role.SYSTEM_ADMINISTRATOR
    assert client.get(address(cast)).status_code == (200 if readable else 404)
    posted = client.post(address(cast), {"register": ["requests"]})
    assert posted.status_code == (302 if role == Role.OFFICE else 404)


@pytest.mark.parametrize("year", [2007, 2999])
def test_a_year_that_cannot_be_does_not_exist(cast: Cast, year: int) -> None:
    assert signed_in(cast.office).get(address(cast, year)).status_code == 404


def test_a_foreign_agency_is_as_missing_as_one_that_never_was(cast: Cast) -> None:
    client = signed_in(cast.office)
    for code in (cast.other_agency.code, "no-such-agency"):
        assert client.get(reverse("periods:year", args=[code, 2017])).status_code == 404
        assert client.post(reverse("periods:year", args=[code, 2017]), {"register": ["requests"]}).status_code == 404
        assert client.get(reverse("periods:go"), {"agency": code, "year": "2017"}).status_code == 404


def test_the_running_year_cannot_be_confirmed(cast: Cast) -> None:
    client = signed_in(cast.office)
    index = client.get(reverse("periods:index"))
    year = int(index.url.rstrip("/").split("/")[-1]) + 1
    assert "还没有结束" in client.get(address(cast, year)).content.decode()
    assert client.post(address(cast, year), {"register": ["requests"]}).status_code == 404


def test_the_choice_of_year_and_agency_leads_there(cast: Cast) -> None:
    client = signed_in(cast.supervisor)
    response = client.get(reverse("periods:go"), {"agency": cast.other_agency.code, "year": "2017"})
    assert response.url == reverse("periods:year", args=[cast.other_agency.code, 2017])
    assert client.get(reverse("periods:go"), {"agency": cast.other_agency.code, "year": "x"}).status_code == 404


def test_the_year_takes_a_bounded_number_of_statements(cast: Cast, django_assert_max_num_queries: Any) -> None:
    client = signed_in(cast.supervisor)
    with django_assert_max_num_queries(60):
        assert client.get(address(cast)).status_code == 200
