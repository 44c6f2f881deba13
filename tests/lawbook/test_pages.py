"""The pages of the settings: the office sets, everybody else finds nothing, nothing typed is lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gongkai.lawbook.forms import FIELDS
from gongkai.lawbook.models import AgencySetting
from gongkai.lawbook.settings import SETTINGS, values
from tests.asking import signed_in
from tests.cast import Cast

NAME = "count_work_orders_as_responses"


def test_every_setting_has_a_field() -> None:
    assert {setting.kind for setting in SETTINGS.values()} <= FIELDS.keys()


def test_the_office_sets_from_a_year_on_and_reads_what_holds(cast: Cast) -> None:
    office = signed_in(cast.office)
    page = office.get(reverse("lawbook:index", args=[cast.agency.code])).content.decode()
    assert "没有设置过，各年度都按默认值：否。" in page
    done = office.post(reverse("lawbook:change", args=[cast.agency.code, NAME]), {"from_year": "2017", "value": "yes"})
    assert done.status_code == 302
    pk = cast.agency.pk
    assert [values(NAME, [pk], year)[pk] for year in (2016, 2017, 2018)] == [False, True, True]
    page = office.get(reverse("lawbook:index", args=[cast.agency.code])).content.decode()
    assert "自2017年度起：是" in page
    assert reverse("lawbook:index", args=[cast.agency.code]) in office.get(reverse("figures:index")).content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {"from_year": "2017"},
        {"value": "yes"},
        {"from_year": "1999", "value": "no"},
        {"from_year": "2017", "value": "x"},
    ],
)
def test_what_is_no_value_is_refused_and_stays(cast: Cast, typed: dict[str, str]) -> None:
    answer = signed_in(cast.office).post(reverse("lawbook:change", args=[cast.agency.code, NAME]), typed)
    assert answer.status_code == 422
    assert f'value="{typed.get("from_year", "")}"' in answer.content.decode() or "from_year" not in typed
    assert not AgencySetting.objects.exists()


@pytest.mark.parametrize("who", ["contributor", "auditor", "supervisor", "system_administrator", "head", "stranger"])
def test_others_find_nothing(cast: Cast, who: str) -> None:
    client = signed_in(getattr(cast, who))
    assert client.get(reverse("lawbook:index", args=[cast.agency.code])).status_code == 404
    address = reverse("lawbook:change", args=[cast.agency.code, NAME])
    assert client.post(address, {"from_year": "2017", "value": "yes"}).status_code == 404
    assert not AgencySetting.objects.exists()


def test_a_setting_that_is_none_is_missing(cast: Cast) -> None:
    assert signed_in(cast.office).get(reverse("lawbook:change", args=[cast.agency.code, "other"])).status_code == 404
