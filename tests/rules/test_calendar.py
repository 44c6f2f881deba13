"""Working days: C-01, C-02, C-03, C-10 and C-12 of the domain facts, against counts, a witness and worked dates."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import chinese_calendar
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongkai.rules.calendar import Calendar, Notice, read_notices
from gongkai.rules.errors import DayOutOfRange, FaultyNotice

CALENDAR = Calendar.standard()
FINAL_YEARS = range(2008, 2027)
FACTS = Path(__file__).resolve().parents[3] / "shared" / "domain" / "deadlines.md"
FIRST, LAST = dt.date(2008, 1, 1), dt.date(2035, 12, 31)

WORKING_DAYS_OF_YEAR = {
    2008: 251,
    2009: 250,
    2010: 250,
    2011: 250,
    2012: 249,
    2013: 250,
    2014: 250,
    2015: 249,
    2016: 250,
    2017: 249,
    2018: 250,
    2019: 250,
    2020: 249,
    2021: 250,
    2022: 249,
    2023: 249,
    2024: 251,
    2025: 248,
    2026: 248,
}

# id: start, number of working days, due day (the worked examples of the domain facts with plain limits)
LIMITS = {
    "P-01 signed in September 2017": ("2017-09-20", 20, "2017-10-24"),
    "P-01 signed before Spring Festival 2018": ("2018-02-09", 20, "2018-03-14"),
    "Q-11 R492": ("2017-03-01", 15, "2017-03-22"),
    "Q-12 R492 over Qingming": ("2017-03-01", 30, "2017-04-13"),
    "Q-11 R492 over National Day": ("2017-09-25", 15, "2017-10-20"),
    "Q-12 R492 over National Day": ("2017-09-25", 30, "2017-11-10"),
    "Q-05 received on a working Saturday": ("2017-09-30", 15, "2017-10-27"),
    "Q-05 received on a Sunday": ("2017-10-01", 15, "2017-10-27"),
    "C-12 Labour Day 2019": ("2019-04-11", 15, "2019-05-05"),
    "Q-11 R492 last day of the regime": ("2019-05-14", 15, "2019-06-04"),
    "Q-11 R711 first day of the regime": ("2019-05-15", 20, "2019-06-13"),
    "Q-11 R711 ends on a working Saturday": ("2024-09-09", 20, "2024-10-12"),
    "Q-12 R711": ("2024-09-09", 40, "2024-11-08"),
    "Q-03 R711 over Spring Festival": ("2024-02-06", 20, "2024-03-11"),
    "Q-20 notice within 7": ("2024-02-06", 7, "2024-02-21"),
    "Q-20 notice within 7 over Labour Day": ("2025-04-21", 7, "2025-04-29"),
    "Q-20 restarted": ("2025-05-12", 20, "2025-06-10"),
    "Q-23 third party": ("2025-03-11", 15, "2025-04-01"),
    "Q-25 other agency": ("2025-03-10", 15, "2025-03-31"),
    "Q-30 payment": ("2026-01-12", 20, "2026-02-09"),
    "Q-30 restarted": ("2026-01-20", 20, "2026-02-24"),
    "I-03": ("2017-09-29", 7, "2017-10-16"),
    "I-02": ("2017-09-29", 3, "2017-10-10"),
    "M-02": ("2023-09-22", 15, "2023-10-19"),
    "M-01": ("2023-09-22", 7, "2023-10-09"),
    "M-04": ("2024-09-27", 5, "2024-10-10"),
    "M-05": ("2024-09-27", 15, "2024-10-23"),
    "M-07": ("2017-04-20", 15, "2017-05-12"),
    "M-08": ("2022-04-28", 5, "2022-05-09"),
    "O-01 ends on a working Saturday": ("2025-01-20", 10, "2025-02-08"),
}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(("start", "limit", "due"), LIMITS.values(), ids=LIMITS.keys())
def test_add_working_days_gives_the_day_on_which_a_limit_ends(start: str, limit: int, due: str) -> None:
    assert CALENDAR.add_working_days(day(start), limit) == day(due)


@pytest.mark.parametrize("year", FINAL_YEARS)
def test_every_day_of_a_year_agrees_with_chinesecalendar(year: int) -> None:
    days = [dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(366)]
    wrong = [
        each
        for each in days
        if each.year == year and CALENDAR.is_working_day(each) != chinese_calendar.is_workday(each)
    ]
    assert wrong == []


@pytest.mark.parametrize("year", FINAL_YEARS)
def test_every_day_of_a_year_agrees_with_the_domain_facts(year: int) -> None:
    if not FACTS.exists():
        pytest.skip("shared: ../shared/domain/deadlines.md is absent")
    line = re.search(rf"^{year} \d+ off: (.*) \| work: (.*)$", FACTS.read_text(encoding="utf-8"), re.MULTILINE)
    assert line is not None
    off, work = ([day(f"{year}-{text}") for text in group.split()] for group in line.groups())
    found = CALENDAR.year(year)
    assert (list(found.days_off), list(found.working_weekends)) == (off, work)


@pytest.mark.parametrize(("year", "count"), WORKING_DAYS_OF_YEAR.items())
def test_a_year_has_the_published_number_of_working_days(year: int, count: int) -> None:
    assert CALENDAR.count_working_days(dt.date(year - 1, 12, 31), dt.date(year, 12, 31)) == count


@pytest.mark.parametrize("year", FINAL_YEARS)
def test_every_built_in_year_names_its_notice(year: int) -> None:
    notice = CALENDAR.versions(year)[0]
    assert notice.published_on < dt.date(year, 1, 1)
    assert notice.title == f"国务院办公厅关于{year}年部分节假日安排的通知"
    # The number of the notice for 2008 is not confirmed; none is guessed.
    assert bool(notice.number) == (year != 2008)
    assert not CALENDAR.provisional(dt.date(year, 7, 1))


# id: known on, day, whether it works by what was known then
VERSIONS = {
    "2015 before the Victory Day notice": ("2015-05-12", "2015-09-03", True),
    "2015 after it, day off": ("2015-05-13", "2015-09-03", False),
    "2015 after it, working Sunday": ("2015-05-13", "2015-09-06", True),
    "2019 before the Labour Day notice, 2 May": ("2019-03-21", "2019-05-02", True),
    "2019 before the Labour Day notice, 5 May": ("2019-03-21", "2019-05-05", False),
    "2019 after it, 2 May": ("2019-03-22", "2019-05-02", False),
    "2019 after it, 5 May": ("2019-03-22", "2019-05-05", True),
    "2020 before the extension, 31 January": ("2020-01-26", "2020-01-31", True),
    "2020 before the extension, 1 February": ("2020-01-26", "2020-02-01", True),
    "2020 after it, 31 January": ("2020-01-27", "2020-01-31", False),
    "2020 after it, 1 February": ("2020-01-27", "2020-02-01", False),
    "31 December 2018 before the notice for 2019": ("2018-12-05", "2018-12-31", True),
    "31 December 2018 after it": ("2018-12-06", "2018-12-31", False),
    "31 December 2011 after the notice for 2012": ("2011-12-06", "2011-12-31", True),
}


@pytest.mark.parametrize(("known_on", "on", "works"), VERSIONS.values(), ids=VERSIONS.keys())
def test_a_day_counts_as_it_was_known_to(known_on: str, on: str, works: bool) -> None:
    assert Calendar.standard(day(known_on)).is_working_day(day(on)) is works


def test_a_limit_moves_with_a_notice_that_came_later() -> None:
    assert Calendar.standard(day("2019-03-21")).add_working_days(day("2019-04-11"), 15) == day("2019-05-03")
    assert Calendar.standard(day("2019-03-22")).add_working_days(day("2019-04-11"), 15) == day("2019-05-05")


def test_versions_of_a_year_are_kept_in_order() -> None:
    assert [each.number for each in CALENDAR.versions(2019)] == ["国办发明电〔2018〕15号", "国办发明电〔2019〕3号"]
    assert [each.number for each in CALENDAR.versions(2020)] == ["国办发明电〔2019〕16号", "国办发明电〔2020〕1号"]
    assert CALENDAR.versions(2030) == ()


def test_a_year_without_notice_is_provisional_and_keeps_the_certain_holidays() -> None:
    assert CALENDAR.provisional(day("2027-03-01"))
    assert CALENDAR.notice(2027) is None
    off = {n for n in range(1, 366) if not CALENDAR.is_working_day(dt.date(2026, 12, 31) + dt.timedelta(days=n))}
    on_weekdays = {dt.date(2026, 12, 31) + dt.timedelta(days=n) for n in off}
    assert {each for each in on_weekdays if each.weekday() < 5} == {
        day("2027-01-01"),  # 元旦
        day("2027-02-05"),  # 除夕
        day("2027-02-08"),  # 正月初三
        day("2027-04-05"),  # 清明节
        day("2027-06-09"),  # 端午节
        day("2027-09-15"),  # 中秋节
        day("2027-10-01"),  # 国庆节
    }


def test_a_year_is_provisional_until_its_notice_is_known() -> None:
    before = Calendar.standard(day("2016-11-30"))
    assert before.provisional(day("2017-05-30"))
    assert not before.is_working_day(day("2017-05-30"))  # the Dragon Boat Festival is certain
    assert before.is_working_day(day("2017-05-29"))  # that the Monday before was off came with the notice
    assert not CALENDAR.provisional(day("2017-05-30"))


@pytest.mark.parametrize("year", range(2008, 2027))
def test_certain_holidays_of_a_year_are_days_off_by_its_notice_too(year: int) -> None:
    holidays = [each for each in CALENDAR.holidays if each.on.year == year]
    assert len({each.on for each in holidays}) >= 10
    assert [each for each in holidays if CALENDAR.is_working_day(each.on)] == []


def test_a_year_outside_the_calendar_is_a_named_error_in_one_sentence() -> None:
    for year in (2007, 2036):
        with pytest.raises(DayOutOfRange, match=rf"^{year}年不在工作日历的范围内[^。]*请核对年份。$"):
            CALENDAR.year(year)


def test_entering_the_notice_makes_a_year_final() -> None:
    notice = Notice(2027, "示例通知", day("2026-11-30"), (day("2027-01-01"),), (day("2027-01-03"),))
    final = CALENDAR.with_notices(notice)
    assert not final.provisional(day("2027-01-03"))
    assert final.is_working_day(day("2027-01-03"))
    assert final.is_working_day(day("2027-04-05"))  # the notice alone decides now
    assert CALENDAR.provisional(day("2027-01-03"))


def test_a_day_says_why_it_counts() -> None:
    saturday = CALENDAR.day(day("2017-09-30"))
    assert (saturday.works, saturday.reason) == (True, "星期六，调休上班")
    assert saturday.basis == "《国务院办公厅关于2017年部分节假日安排的通知》（国办发明电〔2016〕17号）"
    assert CALENDAR.day(day("2017-10-02")).reason == "星期一，放假"
    assert CALENDAR.day(day("2017-10-15")).reason == "星期日，休息"
    assert CALENDAR.day(day("2017-10-16")).reason == "星期一，工作日"
    assert CALENDAR.day(day("2019-10-01")).basis.endswith("（国办发明电〔2018〕15号）")
    assert CALENDAR.day(day("2019-05-02")).basis.endswith("（国办发明电〔2019〕3号）")
    festival = CALENDAR.day(day("2027-02-08"))
    assert (festival.works, festival.reason, festival.provisional) == (False, "星期一，春节放假", True)
    assert "国务院令第795号" in festival.basis
    assert "暂定" in CALENDAR.day(day("2027-02-09")).reason


@pytest.mark.parametrize("outside", [FIRST - dt.timedelta(days=1), LAST + dt.timedelta(days=1), dt.date(1999, 1, 1)])
def test_a_day_outside_the_calendar_is_a_named_error_in_one_sentence(outside: dt.date) -> None:
    asks = (CALENDAR.is_working_day, CALENDAR.provisional, CALENDAR.day, CALENDAR.working_day_from)
    for ask in asks:
        with pytest.raises(DayOutOfRange, match=r"^[^。]*2008年1月1日至2035年12月31日[^。]*请核对日期。$"):
            ask(outside)


def test_a_limit_that_ends_outside_the_calendar_is_a_named_error() -> None:
    with pytest.raises(DayOutOfRange, match="超出了工作日历的范围"):
        CALENDAR.add_working_days(LAST, 1)
    with pytest.raises(DayOutOfRange, match="超出了工作日历的范围"):
        CALENDAR.add_working_days(FIRST, -1)


def test_a_limit_that_falls_on_a_day_off_moves_to_the_next_working_day() -> None:
    assert CALENDAR.working_day_from(day("2017-07-15")) == day("2017-07-17")  # L-02
    assert CALENDAR.working_day_from(day("2017-10-08")) == day("2017-10-09")  # L-05
    assert CALENDAR.working_day_from(day("2022-10-08")) == day("2022-10-08")  # L-03, a working Saturday


def test_a_fixed_date_on_a_day_off_is_planned_for_the_last_working_day_before() -> None:
    assert CALENDAR.working_day_until(day("2026-01-31")) == day("2026-01-30")  # Y-01


@pytest.mark.parametrize(
    ("after", "until", "count"),
    [
        ("2017-09-29", "2017-09-29", 0),
        ("2017-09-29", "2017-09-30", 1),
        ("2017-09-30", "2017-10-08", 0),
        ("2017-10-09", "2017-09-29", -2),
    ],
)
def test_count_working_days_leaves_out_the_first_day_and_counts_the_last(after: str, until: str, count: int) -> None:
    assert CALENDAR.count_working_days(day(after), day(until)) == count


# A busy machine is no failure of the law.
UNHURRIED = settings(deadline=None)
DAYS = st.dates(dt.date(2008, 6, 1), dt.date(2033, 12, 31))
LIMIT = st.integers(1, 250)


@UNHURRIED
@given(DAYS, LIMIT)
def test_counting_is_the_inverse_of_adding(start: dt.date, limit: int) -> None:
    due = CALENDAR.add_working_days(start, limit)
    assert CALENDAR.is_working_day(due)
    assert CALENDAR.count_working_days(start, due) == limit
    assert CALENDAR.count_working_days(due, start) == -limit


@UNHURRIED
@given(DAYS, LIMIT)
def test_counting_back_from_the_due_day_gives_the_last_working_day_on_or_before_the_start(
    start: dt.date, limit: int
) -> None:
    assume(start > dt.date(2009, 6, 1))
    due = CALENDAR.add_working_days(start, limit)
    assert CALENDAR.add_working_days(due, -limit) == CALENDAR.working_day_until(start)


@UNHURRIED
@given(DAYS, LIMIT, LIMIT)
def test_two_limits_in_a_row_are_one_limit(start: dt.date, one: int, other: int) -> None:
    due = CALENDAR.add_working_days(CALENDAR.add_working_days(start, one), other)
    assert due == CALENDAR.add_working_days(start, one + other)


@UNHURRIED
@given(DAYS, st.integers(0, 400))
def test_counting_agrees_with_looking_at_each_day(after: dt.date, span: int) -> None:
    days = [after + dt.timedelta(days=n) for n in range(1, span + 1)]
    counted = CALENDAR.count_working_days(after, after + dt.timedelta(days=span))
    assert counted == sum(CALENDAR.day(each).works for each in days)


GOOD: dict[str, Any] = {
    "title": "示例通知",
    "published_on": day("2026-11-30"),
    "days_off": [day("2027-01-01")],
    "working_weekends": [day("2026-12-27")],
}


def test_read_notices_takes_the_form_of_the_built_in_data() -> None:
    (notice,) = read_notices({"year": 2027, "notice": [GOOD]})
    assert notice == Notice(2027, "示例通知", day("2026-11-30"), (day("2027-01-01"),), (day("2026-12-27"),))
    assert notice.citation == "《示例通知》"


FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "no year": ({"notice": [GOOD]}, "缺少年份"),
    "no notice": ({"year": 2027}, "没有放假通知"),
    "no title": ({"year": 2027, "notice": [GOOD | {"title": ""}]}, "缺少标题"),
    "no day of publication": ({"year": 2027, "notice": [GOOD | {"published_on": "2026"}]}, "缺少公布日期"),
    "days as text": ({"year": 2027, "notice": [GOOD | {"days_off": ["2027-01-01"]}]}, "应为日期清单"),
    "a day twice": ({"year": 2027, "notice": [GOOD | {"days_off": [day("2027-01-01")] * 2}]}, "有重复日期"),
    "a Saturday off": ({"year": 2027, "notice": [GOOD | {"days_off": [day("2027-01-02")]}]}, "2027年1月2日是周末"),
    "a working Monday": ({"year": 2027, "notice": [GOOD | {"working_weekends": [day("2027-01-04")]}]}, "不是周末"),
    "another year": ({"year": 2027, "notice": [GOOD | {"days_off": [day("2028-01-03")]}]}, "2028年1月3日不在2027年"),
}


@pytest.mark.parametrize(("data", "words"), FAULTS.values(), ids=FAULTS.keys())
def test_read_notices_refuses_a_faulty_notice_in_one_sentence(data: dict[str, Any], words: str) -> None:
    with pytest.raises(FaultyNotice, match=rf"^[^。]*{words}[^。]*。$"):
        read_notices(data)
