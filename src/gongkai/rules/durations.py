"""Counting forward from a day, with days left out: working days, calendar days, months, hours, fixed dates.

Each function gives the end and, when asked, every step on the way with the reason (deadlines C-01 to C-10). An
excluded interval (a, b] begins after the day a and holds the day b; both are ordinals, intervals are sorted and apart.
"""

from __future__ import annotations

import calendar as gregorian
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.rules.calendar import Calendar
from gongkai.rules.errors import DayOutOfRange

_DAY = dt.timedelta(days=1)
_HOUR = dt.timedelta(hours=1)

Interval = tuple[int, int]


@dataclass(frozen=True)
class Step:
    """One day (for a limit in hours: one hour, in months: the end of one month) on the way to the end.

    `n` is how many count up to and with it. The day the clock starts has n = 0.
    """

    on: dt.date | dt.datetime
    counts: bool
    n: int
    why: str


def union(intervals: Sequence[Interval], after: int) -> tuple[Interval, ...]:
    """Return the intervals joined where they overlap or touch, cut to what lies after a day (C-09)."""
    joined: list[Interval] = []
    for first, last in sorted((max(first, after), last) for first, last in intervals):
        if last <= first:
            continue
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)


def add_working_days(
    calendar: Calendar, start: dt.date, n: int, without: Sequence[Interval] = (), *, start_counts: bool = False
) -> dt.date:
    """Return the first day by which n working days outside the excluded intervals have passed (C-01, C-09).

    With `start_counts` a start that is a working day is day 1. Raises `DayOutOfRange`.
    """
    wanted = n - 1 if start_counts and calendar.is_working_day(start) else n
    due = calendar.add_working_days(start, wanted)
    while True:
        left_out = sum(_working_days_in(calendar, interval, due) for interval in without)
        later = calendar.add_working_days(start, wanted + left_out)
        if later == due:
            return due
        due = later


def _working_days_in(calendar: Calendar, interval: Interval, until: dt.date) -> int:
    first, last = interval[0], min(interval[1], until.toordinal(), calendar.last.toordinal())
    if last <= first:
        return 0
    return calendar.count_working_days(dt.date.fromordinal(first), dt.date.fromordinal(last))


def working_day_steps(
    calendar: Calendar,
    start: dt.date,
    due: dt.date,
    without: Sequence[tuple[Interval, str]] = (),
    *,
    start_counts: bool = False,
) -> Iterator[Step]:
    """Yield every day from the start to the due day: whether it counts and why."""
    n = int(start_counts and calendar.is_working_day(start) and not _reason(without, start.toordinal()))
    yield Step(start, bool(n), n, "起算日，按设置计入" if n else "起算日，不计入")
    for ordinal in range(start.toordinal() + 1, due.toordinal() + 1):
        on = dt.date.fromordinal(ordinal)
        day = calendar.day(on)
        why = f"{day.reason}（{day.basis}）" if day.basis else day.reason
        left_out = _reason(without, ordinal)
        if left_out and day.works:
            why = f"{why}；{left_out}"
        counts = day.works and not left_out
        n += counts
        yield Step(on, counts, n, why)


def add_days(start: dt.date, n: int, without: Sequence[Interval] = ()) -> dt.date:
    """Return the day by which n calendar days outside the excluded intervals have passed; negative n counts back (C-03).

    Nothing is moved. Raises `DayOutOfRange` beyond year 9999.
    """
    due = _plus_days(start, n)
    while True:
        left_out = sum(max(0, min(last, due.toordinal()) - first) for first, last in without)
        later = _plus_days(start, n + left_out)
        if later == due:
            return due
        due = later


def day_steps(
    start: dt.date, end: dt.date, without: Sequence[tuple[Interval, str]] = (), *, n: int = 0
) -> Iterator[Step]:
    """Yield every day after the start up to the end, forward or back: whether it counts and why; n goes on."""
    direction = 1 if end >= start else -1
    for ordinal in range(start.toordinal() + direction, end.toordinal() + direction, direction):
        left_out = _reason(without, ordinal)
        n += not left_out
        yield Step(dt.date.fromordinal(ordinal), not left_out, n, left_out or f"日历日，第{n}日")


def moving_steps(calendar: Calendar, end: dt.date, due: dt.date, n: int) -> Iterator[Step]:
    """Yield the days by which an end on a day off moves to the next working day (C-03)."""
    for ordinal in range(end.toordinal() + 1, due.toordinal() + 1):
        on = dt.date.fromordinal(ordinal)
        last = "，顺延后的最后一日" if on == due else ""
        yield Step(on, False, n, f"{calendar.day(on).reason}，最后一日是休息日而顺延{last}")


def add_months(start: dt.date, n: int) -> dt.date:
    """Return the day with the same number n months later, the last of the month where there is none (C-05)."""
    months = start.year * 12 + start.month - 1 + n
    year, month = divmod(months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise DayOutOfRange("期限的届满日超出了可以计算的年份，请核对日期。")
    return dt.date(year, month + 1, min(start.day, gregorian.monthrange(year, month + 1)[1]))


def month_steps(start: dt.date, months: int) -> Iterator[Step]:
    """Yield the end of each month of a limit in months."""
    for n in range(1, months + 1):
        end = add_months(start, n)
        why = f"第{n}个月届满" if end.day == start.day else f"第{n}个月届满，没有对应日，到月末"
        yield Step(end, True, n, why)


def hour_steps(start: dt.datetime, hours: int) -> Iterator[Step]:
    """Yield the start and each hour of a limit in hours (C-08)."""
    yield Step(start, False, 0, "起算的时刻")
    for n in range(1, hours + 1):
        yield Step(start + n * _HOUR, True, n, f"第{n}小时届满，夜间和休息日不停")


def month_end(day: dt.date) -> dt.date:
    """Return the last day of the month of a day."""
    return day.replace(day=gregorian.monthrange(day.year, day.month)[1])


def _plus_days(start: dt.date, n: int) -> dt.date:
    try:
        return start + n * _DAY
    except OverflowError:
        raise DayOutOfRange("期限的届满日超出了可以计算的年份，请核对日期。") from None


def _reason(without: Sequence[tuple[Interval, str]], ordinal: int) -> str:
    return next((why for (first, last), why in without if first < ordinal <= last), "")
