"""Settings of an agency hold from a year on."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.audit.acts import timeline
from gongkai.lawbook.acts import set_setting
from gongkai.lawbook.settings import values
from gongkai.rules.refusals import ActRefused
from tests.cast import Cast

AT = dt.datetime(2018, 1, 8, 1, 0, tzinfo=dt.UTC)
NAME = "count_work_orders_as_responses"


def test_values_are_the_latest_not_after_the_year(cast: Cast) -> None:
    set_setting(agency=cast.agency, name=NAME, from_year=2017, value=True, by=cast.office, at=AT)
    set_setting(agency=cast.agency, name=NAME, from_year=2019, value=False, by=cast.office, at=AT)
    pk = cast.agency.pk
    assert [values(NAME, [pk], year)[pk] for year in (2016, 2017, 2018, 2019)] == [False, True, True, False]


def test_values_of_an_agency_are_its_own(cast: Cast) -> None:
    set_setting(agency=cast.agency, name=NAME, from_year=2017, value=True, by=cast.office, at=AT)
    assert values(NAME, [cast.other_agency.pk], 2017) == {cast.other_agency.pk: False}


def test_set_setting_replaces_the_value_of_its_year(cast: Cast) -> None:
    for value in (True, False):
        set_setting(agency=cast.agency, name=NAME, from_year=2017, value=value, by=cast.office, at=AT)
    assert values(NAME, [cast.agency.pk], 2017)[cast.agency.pk] is False


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [(NAME, "yes", "wrong_kind"), (NAME, 1, "wrong_kind"), ("other", True, "unknown_setting")],
)
def test_set_setting_refuses_what_is_no_value(cast: Cast, name: str, value: object, code: str) -> None:
    with pytest.raises(ActRefused) as refused:
        set_setting(agency=cast.agency, name=name, from_year=2017, value=value, by=cast.office, at=AT)
    assert [refusal.code for refusal in refused.value.refusals] == [code]


def test_set_setting_is_refused_to_a_contributor(cast: Cast) -> None:
    with pytest.raises(ActRefused) as refused:
        set_setting(agency=cast.agency, name=NAME, from_year=2017, value=True, by=cast.contributor, at=AT)
    assert [refusal.code for refusal in refused.value.refusals] == ["not_your_register"]


def test_a_setting_is_told_in_words(cast: Cast) -> None:
    set_setting(agency=cast.agency, name=NAME, from_year=2017, value=True, by=cast.office, at=AT)
    told = timeline("agencies.agency", cast.agency.code)[-1].sentence
    assert told == "自2017年度起，「回应数按热线工单和信访件统计」设为「是」"
