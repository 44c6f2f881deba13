"""A year of an agency and its confirmations."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.enquiries.acts import EnquiryRow, enter_enquiries
from gongkai.periods.acts import confirm_nothing_to_report, open_period
from gongkai.periods.models import NothingToReport
from gongkai.periods.registers import confirmed
from gongkai.rules.refusals import ActRefused
from tests.asking import codes
from tests.cast import Cast

AT = dt.datetime(2018, 1, 8, 1, 0, tzinfo=dt.UTC)


def test_confirm_nothing_keeps_who_and_when(cast: Cast) -> None:
    confirm_nothing_to_report(agency=cast.agency, year=2017, register="requests", by=cast.office, at=AT)
    row = NothingToReport.objects.get()
    assert (row.confirmed_by, row.confirmed_at) == (cast.office, AT)
    assert confirmed([cast.agency.pk, cast.other_agency.pk], 2017) == {(cast.agency.pk, "requests")}
    assert confirmed([cast.agency.pk], 2018) == set()


def test_confirm_nothing_is_refused_for_a_register_with_records(cast: Cast) -> None:
    row = EnquiryRow("hotline", "1", "物业管理", dt.date(2017, 3, 1), dt.date(2017, 3, 2))
    enter_enquiries(agency=cast.agency, rows=[row], by=cast.enquiry_officer, at=AT)
    with pytest.raises(ActRefused) as refused:
        confirm_nothing_to_report(agency=cast.agency, year=2017, register="work_orders", by=cast.office, at=AT)
    assert codes(refused) == ["not_empty"]


def test_confirm_nothing_is_refused_twice_early_unknown_and_to_a_stranger(cast: Cast) -> None:
    confirm_nothing_to_report(agency=cast.agency, year=2017, register="requests", by=cast.office, at=AT)
    with pytest.raises(ActRefused) as refused:
        confirm_nothing_to_report(agency=cast.agency, year=2017, register="requests", by=cast.office, at=AT)
    assert codes(refused) == ["already_confirmed"]
    with pytest.raises(ActRefused) as refused:
        confirm_nothing_to_report(agency=cast.agency, year=2018, register="requests", by=cast.office, at=AT)
    assert codes(refused) == ["year_not_over"]
    with pytest.raises(ActRefused) as refused:
        confirm_nothing_to_report(agency=cast.agency, year=2017, register="letters", by=cast.office, at=AT)
    assert codes(refused) == ["unknown_register"]
    with pytest.raises(ActRefused) as refused:
        confirm_nothing_to_report(agency=cast.agency, year=2017, register="lawsuits", by=cast.stranger, at=AT)
    assert codes(refused) == ["not_your_register"]


@pytest.mark.parametrize("year", [2007, 2019])
def test_open_period_refuses_a_year_without_regulations_or_in_the_future(cast: Cast, year: int) -> None:
    with pytest.raises(ActRefused) as refused:
        open_period(agency=cast.agency, year=year, by=cast.office, at=AT)
    assert codes(refused) == ["year_out_of_range"]


def test_open_period_gives_back_the_same_year(cast: Cast) -> None:
    first = open_period(agency=cast.agency, year=2017, by=cast.office, at=AT)
    assert open_period(agency=cast.agency, year=2017, by=cast.office, at=AT) == first


def test_confirm_nothing_goes_by_the_year_in_shanghai(cast: Cast) -> None:
    new_year_morning = dt.datetime(2017, 12, 31, 22, 0, tzinfo=dt.UTC)  # 1 January 2018, 06:00 in Shanghai
    confirm_nothing_to_report(agency=cast.agency, year=2017, register="requests", by=cast.office, at=new_year_morning)
    assert NothingToReport.objects.get().period.year == 2017
