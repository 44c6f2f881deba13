"""Working days: the yearly State Council notices as data, and counting with them.

A working day is Monday to Friday without the statutory days off and the days off moved there, plus the Saturdays and
Sundays that a notice makes working days (deadlines C-02). A year whose notice is not known is computed with weekends
and the statutory holidays alone and is marked provisional.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, Self

from gongkai.rules.errors import DayOutOfRange, FaultyNotice
from gongkai.rules.sources import read_toml, read_toml_folder

_ONE_DAY = dt.timedelta(days=1)
_WEEKDAYS = "一二三四五六日"
_FIXED = (("new_year", "元旦"), ("labour_day", "劳动节"), ("national_day", "国庆节"))
_TRADITIONAL = (("qingming", "清明节"), ("dragon_boat", "端午节"), ("mid_autumn", "中秋节"))


@dataclass(frozen=True)
class Notice:
    """The arrangement of one year's days off as one notice leaves it.

    A notice that changes a year restates the whole arrangement; the last one published is in force. It may move days
    of the December before. `days_off` are Mondays to Fridays, `working_weekends` Saturdays and Sundays, both sorted.
    `published_on` is the day from which the arrangement was known. `number` and `url` are empty where not known.
    """

    year: int
    title: str
    published_on: dt.date
    days_off: tuple[dt.date, ...]
    working_weekends: tuple[dt.date, ...]
    number: str = ""
    url: str = ""

    @property
    def citation(self) -> str:
        """The notice as it is cited: its title, and its number where known."""
        return f"《{self.title}》（{self.number}）" if self.number else f"《{self.title}》"


@dataclass(frozen=True)
class Holiday:
    """A statutory day off for all citizens, with its legal basis."""

    on: dt.date
    name: str
    basis: str


@dataclass(frozen=True)
class Day:
    """Whether a day counts as a working day and why: the reason in one Chinese clause, the basis as cited."""

    on: dt.date
    works: bool
    reason: str
    basis: str
    provisional: bool


@dataclass(frozen=True)
class Year:
    """A year as the calendar has it: Mondays to Fridays off, Saturdays and Sundays at work, working days by month."""

    days_off: tuple[dt.date, ...]
    working_weekends: tuple[dt.date, ...]
    by_month: tuple[int, ...]
    provisional: bool


@dataclass(frozen=True)
class Calendar:
    """The working days between two days, as known on a day.

    `notices` are all notices, of any year and version; with `known_on` only those published by then count, without it
    all do. Every question about a day outside `first` to `last` raises `DayOutOfRange`.
    """

    notices: tuple[Notice, ...]
    holidays: tuple[Holiday, ...]
    first: dt.date
    last: dt.date
    known_on: dt.date | None = None

    @classmethod
    def standard(cls, known_on: dt.date | None = None) -> Calendar:
        """Return the built-in calendar: the notices of 2008 to 2026, later years provisional. Cached."""
        return _standard(known_on)

    def as_known_on(self, day: dt.date) -> Self:
        """Return this calendar with only the notices that were published by that day (deadlines C-12)."""
        return replace(self, known_on=day)

    def with_notices(self, *notices: Notice) -> Self:
        """Return this calendar with further notices; a later one for the same year replaces the earlier."""
        return replace(self, notices=(*self.notices, *notices))

    # -- questions about one day --

    def is_working_day(self, day: dt.date) -> bool:
        """Tell whether agencies work on that day (C-02)."""
        self._require(day)
        days = self._working_days
        at = bisect_left(days, day.toordinal())
        return at < len(days) and days[at] == day.toordinal()

    def provisional(self, day: dt.date) -> bool:
        """Tell whether the notice for the day's year is not known, so that the answer may still change."""
        self._require(day)
        return day.year not in self._in_force

    def day(self, day: dt.date) -> Day:
        """Return whether the day counts, with the reason and the notice or law behind it."""
        provisional = self.provisional(day)
        name = weekday(day)
        moved = self._moved.get(day)
        if moved is not None:
            works, notice = moved
            return Day(day, works, f"{name}，{'调休上班' if works else '放假'}", notice.citation, provisional)
        holiday = self._holiday_on.get(day) if provisional else None
        if holiday is not None:
            return Day(day, False, f"{name}，{holiday.name}放假", holiday.basis, provisional)
        if day.weekday() >= 5:
            return Day(day, False, f"{name}，休息", "", provisional)
        reason = f"{name}，工作日（当年放假通知尚未录入，暂定）" if provisional else f"{name}，工作日"
        return Day(day, True, reason, "", provisional)

    # -- counting --

    def add_working_days(self, day: dt.date, n: int) -> dt.date:
        """Return the n-th working day after a day; the day itself is day 0 and is not counted (C-01).

        `n` = 0 gives the day itself, whatever it is; a negative `n` counts back, again without the day itself.
        """
        self._require(day)
        if n == 0:
            return day
        days, ordinal = self._working_days, day.toordinal()
        at = bisect_right(days, ordinal) + n - 1 if n > 0 else bisect_left(days, ordinal) + n
        if not 0 <= at < len(days):
            raise DayOutOfRange(
                f"从{_zh(day)}起算{n}个工作日超出了工作日历的范围（{self._span()}），请核对日期和天数。"
            )
        return dt.date.fromordinal(days[at])

    def count_working_days(self, after: dt.date, until: dt.date) -> int:
        """Return the number of working days after one day and up to and with another, (after, until].

        Negative when `until` comes before `after`: then it is minus the number in (until, after]. `after` may be the
        day before the calendar's first.
        """
        for day in (after, until):
            if day != self.first - _ONE_DAY:
                self._require(day)
        days = self._working_days
        return bisect_right(days, until.toordinal()) - bisect_right(days, after.toordinal())

    def working_day_from(self, day: dt.date) -> dt.date:
        """Return the first working day on or after a day: where a limit ends that falls on a day off (C-03)."""
        return self.add_working_days(day, 0 if self.is_working_day(day) else 1)

    def working_day_until(self, day: dt.date) -> dt.date:
        """Return the last working day on or before a day: by when to act for a fixed date (C-10)."""
        return self.add_working_days(day, 0 if self.is_working_day(day) else -1)

    # -- what the answers rest on --

    def notice(self, year: int) -> Notice | None:
        """Return the notice in force for a year, None when none is known (the year is provisional)."""
        return self._in_force.get(year)

    def versions(self, year: int) -> tuple[Notice, ...]:
        """Return all notices for a year, the oldest first, whenever they became known."""
        return tuple(sorted((each for each in self.notices if each.year == year), key=lambda each: each.published_on))

    def year(self, year: int) -> Year:
        """Return the days off and at work of a year (C-02); raise `DayOutOfRange` for one outside the calendar."""
        if not self.first.year <= year <= self.last.year:
            raise DayOutOfRange(f"{year}年不在工作日历的范围内（{self._span()}），请核对年份。")
        first = dt.date(year, 1, 1)
        days = [first + n * _ONE_DAY for n in range((dt.date(year, 12, 31) - first).days + 1)]
        works = {day: self.is_working_day(day) for day in days}
        return Year(
            days_off=tuple(day for day in days if day.weekday() < 5 and not works[day]),
            working_weekends=tuple(day for day in days if day.weekday() >= 5 and works[day]),
            by_month=tuple(sum(works[day] for day in days if day.month == month) for month in range(1, 13)),
            provisional=self.provisional(first),
        )

    @cached_property
    def working_ordinals(self) -> tuple[int, ...]:
        """The proleptic ordinals of all working days, sorted: for those who count many limits at once."""
        return self._working_days

    @cached_property
    def kept(self) -> dict[Any, Any]:
        """What other modules of this package have worked out for this calendar and keep with it."""
        return {}

    @cached_property
    def _known(self) -> tuple[Notice, ...]:
        """The notices that count, in the order in which they were published."""
        known = (each for each in self.notices if self.known_on is None or each.published_on <= self.known_on)
        return tuple(sorted(known, key=lambda each: each.published_on))

    @cached_property
    def _in_force(self) -> dict[int, Notice]:
        return {each.year: each for each in self._known}

    @cached_property
    def _moved(self) -> dict[dt.date, tuple[bool, Notice]]:
        """The days that a notice moved: whether one works, and the notice that said so first."""
        of_year: dict[int, dict[dt.date, tuple[bool, Notice]]] = {}
        for notice in self._known:
            before = of_year.get(notice.year, {})
            listed = [(day, False) for day in notice.days_off] + [(day, True) for day in notice.working_weekends]
            said_first = {day: before[day][1] for day, works in listed if day in before and before[day][0] is works}
            of_year[notice.year] = {day: (works, said_first.get(day, notice)) for day, works in listed}
        # The notice for a year may move days of the December before; it comes after that year's own.
        return {day: moved for year in sorted(of_year) for day, moved in of_year[year].items()}

    @cached_property
    def _holiday_on(self) -> dict[dt.date, Holiday]:
        return {holiday.on: holiday for holiday in self.holidays}

    @cached_property
    def _working_days(self) -> tuple[int, ...]:
        """The ordinals of all working days, sorted; everything is counted by bisection in them."""
        off = {day.toordinal() for day, (works, _) in self._moved.items() if not works}
        off |= {each.on.toordinal() for each in self.holidays if each.on.year not in self._in_force}
        work = {day.toordinal() for day, (works, _) in self._moved.items() if works}
        ordinals = range(self.first.toordinal(), self.last.toordinal() + 1)
        # Ordinal 1 is a Monday.
        return tuple(each for each in ordinals if each in work or ((each - 1) % 7 < 5 and each not in off))

    def _require(self, day: dt.date) -> None:
        if not self.first <= day <= self.last:
            raise DayOutOfRange(f"{_zh(day)}不在工作日历的范围内（{self._span()}），请核对日期。")

    def _span(self) -> str:
        return f"{_zh(self.first)}至{_zh(self.last)}"


def weekday(day: dt.date) -> str:
    """Return the name of a day's weekday, 星期一 to 星期日."""
    return f"星期{_WEEKDAYS[day.weekday()]}"


def read_notices(data: Mapping[str, Any]) -> tuple[Notice, ...]:
    """Return the notices of one year from data in the form of `rules/data/workdays/<year>.toml`.

    Raises `FaultyNotice` with one sentence when a part is missing or a day contradicts the calendar.
    """
    year = data.get("year")
    if type(year) is not int:
        raise FaultyNotice("放假通知文件缺少年份，请填写 year。")
    entries = data.get("notice")
    if not isinstance(entries, list) or not entries:
        raise FaultyNotice(f"{year}年的文件中没有放假通知，请填写 [[notice]]。")
    return tuple(_read_notice(year, entry) for entry in entries)


def _read_notice(year: int, entry: Mapping[str, Any]) -> Notice:
    title, published_on = entry.get("title"), entry.get("published_on")
    if not isinstance(title, str) or not title:
        raise FaultyNotice(f"{year}年的放假通知缺少标题，请填写 title。")
    if type(published_on) is not dt.date:
        raise FaultyNotice(f"{year}年的放假通知缺少公布日期，请填写 published_on。")
    days_off = tuple(_read_days(year, entry, "days_off", "放假日"))
    working_weekends = tuple(_read_days(year, entry, "working_weekends", "上班日"))
    for day in days_off:
        if day.weekday() >= 5:
            raise FaultyNotice(f"{_zh(day)}是周末，不必列为放假日，请从 days_off 中删去。")
    for day in working_weekends:
        if day.weekday() < 5:
            raise FaultyNotice(f"{_zh(day)}不是周末，不应列为调休上班日，请从 working_weekends 中删去。")
    number, url = str(entry.get("number", "")), str(entry.get("url", ""))
    return Notice(year, title, published_on, days_off, working_weekends, number, url)


def _read_days(year: int, entry: Mapping[str, Any], key: str, label: str) -> list[dt.date]:
    days = entry.get(key)
    if not isinstance(days, list) or any(type(day) is not dt.date for day in days):
        raise FaultyNotice(f"{year}年放假通知的{label}应为日期清单，请填写 {key}。")
    if len(set(days)) != len(days):
        raise FaultyNotice(f"{year}年放假通知的{label}有重复日期，请核对 {key}。")
    for day in days:
        if not dt.date(year - 1, 12, 1) <= day <= dt.date(year, 12, 31):
            raise FaultyNotice(f"{_zh(day)}不在{year}年放假通知可以调整的范围内，请核对 {key}。")
    return sorted(days)


@lru_cache(maxsize=64)
def _standard(known_on: dt.date | None) -> Calendar:
    if known_on is not None:
        return _standard(None).as_known_on(known_on)
    notices = tuple(notice for data in read_toml_folder("workdays") for notice in read_notices(data))
    law = read_toml("statutory-holidays.toml")
    years = sorted(int(year) for year in law["traditional"])
    holidays = tuple(holiday for year in years for holiday in _holidays(year, law))
    return Calendar(notices, holidays, dt.date(years[0], 1, 1), dt.date(years[-1], 12, 31))


def _holidays(year: int, data: Mapping[str, Any]) -> Iterator[Holiday]:
    """Yield the statutory days off of a year (全国年节及纪念日放假办法, Article 2, in the text in force then)."""
    law = max((each for each in data["law"] if each["from_year"] <= year), key=lambda each: int(each["from_year"]))
    days = data["traditional"][str(year)]
    for key, name in _FIXED:
        for day in law[key]:
            yield Holiday(dt.date.fromisoformat(f"{year}-{day}"), name, law["basis"])
    for offset in law["spring_festival"]:
        yield Holiday(days["spring_festival"] + dt.timedelta(days=offset), "春节", law["basis"])
    for key, name in _TRADITIONAL:
        yield Holiday(days[key], name, law["basis"])


def _zh(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
