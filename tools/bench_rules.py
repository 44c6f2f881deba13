"""Measure the law package: due dates a second, beside a bare bisection, chinesecalendar's day loop and `holidays`.

    python tools/bench_rules.py [--rounds N]

`tools/run_bench.py` calls it. docs/reference/benchmarks.md says what the lines mean.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import statistics
import sys
import time
from bisect import bisect_right
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 20
STARTS, SLOW_STARTS = 5_000, 300
FIRST, LAST = dt.date(2019, 5, 15), dt.date(2025, 11, 1)


def main() -> None:
    """Measure and print one line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="runs of each measurement (default 7)")
    run(parser.parse_args().rounds)


def run(rounds: int = 7) -> None:
    """Measure how many reply limits (Q-11, 20 working days) a second each way of counting gives."""
    sys.path.insert(0, str(ROOT / "src"))
    from gongkai.rules.calendar import Calendar  # needs the source tree on the path
    from gongkai.rules.clock import Facts, due, due_on, reckoner
    from gongkai.rules.facts import Exclusion
    from gongkai.rules.legal_settings import Settings

    calendar, settings = Calendar.standard(), Settings.defaults()
    days = [dt.date.fromordinal(each) for each in calendar.working_ordinals]
    chance = random.Random(711)  # noqa: S311  # dates to measure with
    starts = [FIRST + dt.timedelta(days=chance.randrange((LAST - FIRST).days)) for _ in range(STARTS)]
    facts = {start: Facts(start) for start in starts}
    paused = {
        start: Facts(start, (Exclusion(start + dt.timedelta(days=4), start + dt.timedelta(days=18)),))
        for start in starts
    }
    of = reckoner("Q-11", calendar, settings)

    def bare(start: dt.date) -> dt.date:
        return days[bisect_right(days, start) + LIMIT - 1]

    if [of(start) for start in starts] != [bare(start) for start in starts]:
        raise ValueError("the clock and the bare bisection disagree")
    ways: list[tuple[str, Callable[[dt.date], object], int]] = [
        ("bare bisection over the sorted working days", bare, STARTS),
        ("clock.reckoner, many starts of one rule", of, STARTS),
        ("clock.due_on, one rule and facts", lambda start: due_on("Q-11", facts[start], calendar, settings), STARTS),
        (
            "clock.due_on with an exclusion",
            lambda start: due_on("Q-11", paused[start], calendar, settings),
            SLOW_STARTS,
        ),
        ("clock.due, explained day by day", lambda start: due("Q-11", facts[start], calendar, settings), SLOW_STARTS),
        *_others(starts[:SLOW_STARTS], bare),
    ]
    unit: float | None = None
    for name, way, number in ways:
        seconds = _seconds_each(way, starts[:number], rounds)
        unit = unit or seconds
        print(f"{name:<60} {1 / seconds:12,.0f} due dates/s {seconds / unit:8.1f} × bare", flush=True)


def _others(
    starts: Sequence[dt.date], bare: Callable[[dt.date], dt.date]
) -> list[tuple[str, Callable[[dt.date], object], int]]:
    """The other libraries that are installed; what they give is compared first."""
    found: list[tuple[str, Callable[[dt.date], object], int]] = []
    try:
        import chinese_calendar
    except ImportError:
        print("chinesecalendar is not installed: not measured")
    else:

        def by_loop(start: dt.date) -> dt.date:
            on, counted = start, 0
            while counted < LIMIT:
                on += dt.timedelta(days=1)
                counted += chinese_calendar.is_workday(on)
            return on

        found.append(("chinesecalendar, a loop over days", by_loop, SLOW_STARTS))
        _compare("chinesecalendar", by_loop, bare, starts)
    try:
        import holidays
    except ImportError:
        print("holidays is not installed: not measured")
    else:
        china = holidays.country_holidays("CN", years=range(FIRST.year, LAST.year + 2))

        def by_holidays(start: dt.date) -> dt.date:
            return china.get_nth_working_day(start, LIMIT)

        found.append(("holidays, get_nth_working_day", by_holidays, SLOW_STARTS))
        _compare("holidays", by_holidays, bare, starts)
    return found


def _compare(
    name: str, way: Callable[[dt.date], dt.date], bare: Callable[[dt.date], dt.date], starts: Sequence[dt.date]
) -> None:
    wrong = sum(way(start) != bare(start) for start in starts)
    print(f"{name + ' gives other days for':<60} {wrong:5} of {len(starts)} starts")


def _seconds_each(way: Callable[[dt.date], object], starts: Sequence[dt.date], rounds: int) -> float:
    """The median time of a due date in seconds, after one round that warms up."""
    times = []
    for _ in range(rounds + 1):
        begun = time.perf_counter()
        for start in starts:
            way(start)
        times.append((time.perf_counter() - begun) / len(starts))
    return statistics.median(times[1:])


if __name__ == "__main__":
    main()
