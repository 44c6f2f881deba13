"""Figures with subordinate institutions: sums, blanks and confirmed zeros."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.figures.registers import State
from gongkai.figures.relations import check
from gongkai.figures.rollup import with_institutions
from gongkai.figures.statutory import compute
from tests.figures import factories as make

pytestmark = pytest.mark.django_db


def test_the_sum_takes_in_institutions_in_being_and_no_other_agency() -> None:
    agency = make.agency()
    institution = make.agency(parent=agency, kind="institution")
    make.item(agency)
    make.item(institution)
    make.item(make.agency(parent=agency, kind="department"))
    make.item(make.agency(parent=agency, kind="institution", to_on=dt.date(2017, 6, 30)))
    summed = with_institutions(agency, make.YEAR)
    assert summed.total.row("1.1").value == 2
    assert [part.agency for part in summed.parts] == [agency, institution]
    assert institution.name in summed.total.notes[0]


def test_a_blank_share_leaves_the_sum_blank_with_its_register() -> None:
    agency = make.agency()
    make.agency(parent=agency, kind="institution")
    make.confirm(agency, "requests")
    row = with_institutions(agency, make.YEAR).total.row("3.1")
    assert (row.value, row.state, row.silent) == (None, State.BLANK, ("requests",))


def test_a_zero_confirmed_by_all_is_a_confirmed_zero_and_one_count_makes_it_counted() -> None:
    agency = make.agency()
    institution = make.agency(parent=agency, kind="institution")
    for each in (agency, institution):
        make.confirm(each, "requests", "items")
    assert with_institutions(agency, make.YEAR).total.row("3.1").state is State.CONFIRMED_ZERO
    make.item(institution)
    row = with_institutions(agency, make.YEAR).total.row("1.1")
    assert (row.value, row.state) == (1, State.COUNTED)


def test_the_sum_takes_a_fixed_number_of_statements() -> None:
    def statements(number: int) -> int:
        agency = make.agency()
        for _ in range(number):
            make.item(make.agency(parent=agency, kind="institution"))
        with CaptureQueriesContext(connection) as asked:
            with_institutions(agency, make.YEAR)
        return len(asked)

    assert statements(1) == statements(6)


def test_relations_do_not_judge_a_blank_row() -> None:
    agency = make.agency()
    make.item(agency)
    result = check(compute([agency], make.YEAR)[agency.pk])
    assert not [failure for failure in result.failed if "3.1" in failure.cells]
