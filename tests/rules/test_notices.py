"""Looking over a holiday notice before it is entered."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gongkai.rules.calendar import Calendar
from gongkai.rules.notices import Checked, Grade, check_notices
from gongkai.rules.sources import read_toml_folder

CALENDAR = Calendar.standard()


def days(*texts: str) -> list[dt.date]:
    return [dt.date.fromisoformat(f"2027-{text}") for text in texts]


# An invented arrangement for 2027: 13 statutory days, four weekends at work for four weekdays off.
OFF = days(
    "01-01", "02-05", "02-08", "02-09", "02-10", "02-11", "04-05", "05-03", "05-04", "06-09", "09-15",
    "10-01", "10-04", "10-05", "10-06", "10-07",
)  # fmt: skip
WORK = days("02-14", "09-26", "10-09")
NOTICE: dict[str, Any] = {
    "title": "示例通知",
    "published_on": dt.date(2026, 11, 30),
    "days_off": OFF,
    "working_weekends": WORK,
}


def checked(*entries: dict[str, Any], **data: Any) -> Checked:
    return check_notices({"year": 2027, "notice": list(entries)} | data, CALENDAR)


def sentences(found: Checked, grade: Grade) -> list[str]:
    return [each.sentence for each in found.findings if each.grade is grade]


def test_a_notice_that_agrees_with_the_law_has_no_findings_and_can_be_entered() -> None:
    found = checked(NOTICE)
    assert (found.year, found.findings) == (2027, ())
    assert not CALENDAR.with_notices(*found.notices).provisional(dt.date(2027, 3, 1))


@pytest.mark.parametrize("data", list(read_toml_folder("workdays")), ids=lambda data: str(data["year"]))
def test_the_built_in_notices_have_no_fault(data: dict[str, Any]) -> None:
    found = check_notices(data, CALENDAR)
    assert sentences(found, Grade.FAULT) == []
    # In 2015 and 2020 the State Council gave more days than the law.
    assert bool(found.findings) is (data["year"] in (2015, 2020))


def test_a_statutory_day_that_is_not_off_is_a_fault() -> None:
    found = checked(NOTICE | {"days_off": [day for day in OFF if day != dt.date(2027, 6, 9)]})
    assert sentences(found, Grade.FAULT) == ["2027年6月9日是端午节，法定放假，请列入 days_off。"]
    assert found.notices == ()


def test_a_statutory_day_at_work_is_a_fault() -> None:
    found = checked(NOTICE | {"working_weekends": [*WORK, dt.date(2027, 10, 2)]})
    assert "2027年10月2日是国庆节，法定放假，请从 working_weekends 中删去。" in sentences(found, Grade.FAULT)


def test_another_number_of_days_off_than_the_law_gives_is_a_doubt() -> None:
    found = checked(NOTICE | {"working_weekends": WORK[:-1]})
    (doubt,) = sentences(found, Grade.DOUBT)
    assert "相差14天，法定节假日是13天" in doubt
    assert found.notices != ()


def test_each_faulty_notice_is_told() -> None:
    found = checked(NOTICE | {"title": ""}, NOTICE | {"published_on": "2026"})
    assert len(sentences(found, Grade.FAULT)) == 2


def test_two_notices_of_one_day_are_a_fault() -> None:
    assert "公布日期相同" in sentences(checked(NOTICE, NOTICE), Grade.FAULT)[0]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "缺少年份"),
        ({"year": 2027}, "没有放假通知"),
        ({"year": 2027, "notice": []}, "没有放假通知"),
        ({"year": 2027, "notice": [1]}, "没有放假通知"),
        ({"year": 2027, "notice": "x"}, "没有放假通知"),
    ],
)
def test_a_file_without_its_parts_is_a_fault(data: dict[str, Any], words: str) -> None:
    found = check_notices(data, CALENDAR)
    assert words in sentences(found, Grade.FAULT)[0]


def test_a_year_without_data_of_the_law_is_a_doubt() -> None:
    entry = NOTICE | {"days_off": [], "working_weekends": []}
    found = check_notices({"year": 2040, "notice": [entry]}, CALENDAR)
    assert sentences(found, Grade.DOUBT) == ["没有2040年法定节假日的数据，无法核对放假天数。"]
