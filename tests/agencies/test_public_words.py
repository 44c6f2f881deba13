"""Words that the public reads at once, without a chain: what must not stand in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from gongkai.agencies import acts
from gongkai.agencies.models import Agency, Department
from gongkai.publishing.acts import amend_column, create_column
from gongkai.publishing.models import Column, ColumnKind
from gongkai.resources.acts import enter_office, enter_reading_point
from gongkai.resources.models import OgiOffice, ReadingPoint
from gongkai.rules.refusals import ActRefused
from tests.cast import ENTERED_AT, Cast

RESIDENT = "110101199003074610"
MOBILE = "13800138000"
START = dt.date(2016, 5, 3)


def codes(refused: pytest.ExceptionInfo[ActRefused]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("guide", f"联系人示例甲，身份证号{RESIDENT}。"),
        ("duties", f"值班 {MOBILE}"),
        ("office_hours", f"请先拨打{MOBILE}"),
        ("address", f"示例路1号（{RESIDENT}）"),
        ("name", f"示例{MOBILE}"),
        ("telephone", RESIDENT),
        ("guide", "机密★1年\n本机关的指南"),
    ],
)
def test_amend_refuses_what_may_not_leave_the_house_in_the_words_of_an_agency(
    cast: Cast, field: str, text: str
) -> None:
    with pytest.raises(ActRefused) as refused:
        acts.amend(record=cast.agency, values={field: text}, by=cast.system_administrator, at=ENTERED_AT)
    assert codes(refused) == ["not_for_the_public"]
    assert RESIDENT not in str(refused.value)
    assert MOBILE not in str(refused.value)
    assert getattr(Agency.objects.get(pk=cast.agency.pk), field) != text


def test_amend_takes_the_telephone_of_the_office_its_hours_and_an_account_for_fees(cast: Cast) -> None:
    values = {
        "telephone": MOBILE,
        "email": "ogi@sample.invalid",
        "address": "示例区示例大道8号",
        "guide": "咨询电话000-00000008。收费账号：1234567890。机密事项不予公开，内部资料不予公开。",
    }
    acts.amend(record=cast.agency, values=values, by=cast.system_administrator, at=ENTERED_AT)
    assert Agency.objects.get(pk=cast.agency.pk).guide == values["guide"]


def test_a_value_that_stood_there_before_does_not_stop_a_change_elsewhere(cast: Cast) -> None:
    Agency.objects.filter(pk=cast.agency.pk).update(duties=f"值班 {MOBILE}")
    acts.amend(record=cast.agency, values={"office_hours": "工作日"}, by=cast.system_administrator, at=ENTERED_AT)
    assert Agency.objects.get(pk=cast.agency.pk).office_hours == "工作日"


@pytest.mark.parametrize(
    "enter",
    [
        lambda c: acts.create_agency(
            code="x1",
            name=f"示例{MOBILE}",
            short_name="示例",
            kind="department",
            parent=c.agency,
            by=c.system_administrator,
            at=ENTERED_AT,
        ),
        lambda c: acts.add_department(agency=c.agency, name=f"股室{MOBILE}", by=c.system_administrator, at=ENTERED_AT),
        lambda c: create_column(agency=c.agency, code="x1", name=f"栏目{MOBILE}", by=c.office, at=ENTERED_AT),
        lambda c: amend_column(
            column=create_column(agency=c.agency, code="x2", name="栏目", by=c.office, at=ENTERED_AT),
            name=f"栏目{MOBILE}",
            kind=ColumnKind.BOARD,
            parent=None,
            is_hidden=False,
            by=c.office,
            at=ENTERED_AT,
        ),
        lambda c: enter_office(agency=c.agency, name=f"张三{MOBILE}", from_on=START, by=c.office, at=ENTERED_AT),
        lambda c: enter_reading_point(
            agency=c.agency, name="大厅", address=f"找{MOBILE}", from_on=START, by=c.office, at=ENTERED_AT
        ),
    ],
)
def test_other_words_on_public_pages_are_refused_too(cast: Cast, enter: Callable[[Cast], object]) -> None:
    with pytest.raises(ActRefused) as refused:
        enter(cast)
    assert codes(refused) == ["not_for_the_public"]
    for model in (Agency, Department, Column, OgiOffice, ReadingPoint):
        assert not model._default_manager.filter(name__contains=MOBILE).exists()
    assert not ReadingPoint.objects.filter(address__contains=MOBILE).exists()
