"""Offices, reading points, visitors and staff."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.periods.registers import has_records
from gongkai.resources.acts import enter_office, enter_reading_point, enter_staff_member, enter_visit
from gongkai.resources.models import Visit
from gongkai.rules.refusals import ActRefused
from tests.asking import codes
from tests.cast import Cast

AT = dt.datetime(2018, 1, 8, 1, 0, tzinfo=dt.UTC)
START = dt.date(2016, 5, 3)


def test_registers_count_what_was_in_being_in_the_year(cast: Cast) -> None:
    enter_office(agency=cast.agency, name="办公室", from_on=START, to_on=dt.date(2017, 6, 30), by=cast.office, at=AT)
    pk = cast.agency.pk
    assert [has_records("ogi_offices", [pk], year)[pk] for year in (2015, 2016, 2017, 2018)] == [0, 1, 1, 0]


def test_enter_refuses_reversed_days_and_a_name_twice(cast: Cast) -> None:
    with pytest.raises(ActRefused) as refused:
        enter_office(agency=cast.agency, name="办公室", from_on=START, to_on=dt.date(2016, 1, 1), by=cast.office, at=AT)
    assert codes(refused) == ["days_out_of_order"]
    enter_staff_member(agency=cast.agency, name="示例甲", employment="full_time", from_on=START, by=cast.office, at=AT)
    with pytest.raises(ActRefused) as refused:
        enter_staff_member(
            agency=cast.agency, name="示例甲", employment="part_time", from_on=START, by=cast.office, at=AT
        )
    assert codes(refused) == ["in_being_twice", "taken_number"]


def test_enter_staff_refuses_an_unknown_employment(cast: Cast) -> None:
    with pytest.raises(ActRefused):
        enter_staff_member(agency=cast.agency, name="示例甲", employment="half", from_on=START, by=cast.office, at=AT)


def test_enter_visit_refuses_nobody_the_future_and_a_closed_point(cast: Cast) -> None:
    point = enter_reading_point(
        agency=cast.agency, name="政务大厅", address="示例路1号", from_on=START, by=cast.office, at=AT
    )
    with pytest.raises(ActRefused) as refused:
        enter_visit(reading_point=point, on=dt.date(2018, 2, 1), visitors=0, by=cast.office, at=AT)
    assert codes(refused) == ["invalid"]
    with pytest.raises(ActRefused) as refused:
        enter_visit(reading_point=point, on=dt.date(2016, 5, 2), visitors=1, by=cast.office, at=AT)
    assert codes(refused) == ["not_in_being"]
    enter_visit(reading_point=point, on=START, visitors=3, by=cast.office, at=AT)
    assert Visit.objects.visible_to(cast.office).get().visitors == 3
    assert not Visit.objects.visible_to(cast.stranger).exists()
