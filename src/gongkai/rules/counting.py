"""Counting a case to its end, and telling every day on the way (deadlines C-01 to C-10)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from gongkai.rules import durations
from gongkai.rules.calendar import Calendar
from gongkai.rules.cases import Case
from gongkai.rules.durations import Interval, Step
from gongkai.rules.errors import ImpossibleFacts
from gongkai.rules.facts import Day, day_of, zh

_BASE_ENDS = "基本期限届满，以下为延长"


@dataclass(frozen=True)
class Run:
    """The count that decides: its start, the end of the base limit, the end before moving, the end."""

    start: dt.date
    base: Day
    nominal: Day
    due: Day
    base_nominal: Day | None = None


def count(case: Case) -> Run:
    """Count from the last start and see that the notice of an extension came in time."""
    starts = [day_of(case.start), *(each.on for each in case.restarts)]
    last = _count_from(case, max(starts))
    notice = case.extension.notice_on if case.extension else None
    if notice is not None and not case.base_only:
        begun = max(each for each in starts if each <= notice)
        base = day_of(_count_from(case, begun).base)
        if notice > base:
            raise ImpossibleFacts(
                f"延期告知的日期{zh(notice)}晚于基本期限的届满日{zh(base)}，期限届满后不能延长，请核对日期。"
            )
    return last


def _count_from(case: Case, start: dt.date) -> Run:
    calendar, law, unit = case.calendar, case.law, case.unit
    begin = durations.month_end(start) if law.start == "month_end" else start
    without = durations.union([interval for interval, _ in case.intervals()], begin.toordinal())
    if case.start_counts:
        without = durations.union([interval for interval, _ in case.intervals()], begin.toordinal() - 1)
    if unit == "hours":
        end = _instant(case) + dt.timedelta(hours=case.limit)
        calendar.is_working_day(end.date())
        return Run(begin, end, end, end)
    if unit == "working_days":
        base = durations.add_working_days(calendar, begin, case.limit, without, start_counts=case.start_counts)
        end_ = base
        if case.extra:
            end_ = durations.add_working_days(
                calendar, begin, case.limit + case.extra, without, start_counts=case.start_counts
            )
        return Run(begin, base, end_, end_)
    if unit == "days":
        return _count_days(case, begin, without)
    if unit == "months":
        nominal = durations.add_months(begin, case.limit)
    elif unit == "date":
        nominal = _fixed(case, begin)
    else:
        nominal = begin
    moves = case.moves and unit == "months"
    moves = moves or (unit == "date" and case.settings.text("fixed_date_on_day_off") == "moves")
    end_ = _moved(calendar, nominal, moves)
    return Run(begin, end_, nominal, end_)


def _count_days(case: Case, begin: dt.date, without: tuple[Interval, ...]) -> Run:
    calendar, moves = case.calendar, case.moves
    first = durations.add_days(begin, -case.limit if case.law.back else case.limit, without)
    base = _moved(calendar, first, moves)
    if not case.extra:
        return Run(begin, base, first, base)
    from_moved = case.settings.text("extension_counts_from") == "moved_end"
    after = base if from_moved else first
    rest = durations.union(without, after.toordinal())
    nominal = durations.add_days(after, case.extra, rest)
    return Run(begin, base, nominal, _moved(calendar, nominal, moves), base_nominal=first)


def _fixed(case: Case, begin: dt.date) -> dt.date:
    """The first such day on or after the start."""
    text = case.settings.text(case.law.setting) if case.law.setting else case.law.on
    try:
        days = [dt.date.fromisoformat(f"{year}-{text}") for year in (begin.year, begin.year + 1)]
    except ValueError:
        raise ImpossibleFacts(f"设置「{case.law.setting}」的取值「{text}」不是月-日，请写作 01-31 的样子。") from None
    return next(day for day in days if day >= begin)


def _moved(calendar: Calendar, end: dt.date, moves: bool) -> dt.date:
    if moves:
        return calendar.working_day_from(end)
    calendar.is_working_day(end)  # outside the calendar is an error, moved or not
    return end


def result(case: Case, run: Run) -> Day:
    """Return the end of the count, or the date that replaces it; raise `ImpossibleFacts` for one that may not."""
    if case.replacement is None:
        return run.due
    replaced = case.replacement
    if replaced.notice_on is not None and replaced.notice_on > day_of(run.due):
        raise ImpossibleFacts(
            f"另定期限的告知日期{zh(replaced.notice_on)}晚于期限的届满日{zh(day_of(run.due))}，请核对日期。"
        )
    if case.rule.of_requests and replaced.due_on < day_of(run.due):
        raise ImpossibleFacts(
            f"另定的期限{zh(replaced.due_on)}早于计算所得的届满日{zh(day_of(run.due))}，延迟答复应当更晚，请核对日期。"
        )
    return replaced.due_on


def provisional(case: Case, run: Run) -> bool:
    """Tell whether a day that was looked up lies in a year without its notice."""
    if case.unit == "working_days":
        spans = [(run.start + dt.timedelta(days=not case.start_counts), day_of(run.due))]
    elif case.unit in ("days", "months") and case.moves:
        spans = [(day_of(run.nominal), day_of(run.due))]
        if run.base_nominal is not None:
            spans.append((day_of(run.base_nominal), day_of(run.base)))
    else:
        return False
    years = {year for first, last in spans for year in range(first.year, last.year + 1)}
    return any(case.calendar.notice(year) is None for year in years)


def bare(case: Case) -> Day | None:
    """Return the due day of a case, None where there is no number."""
    if case.none:
        return case.replacement.due_on if case.replacement else None
    return result(case, count(case))


def steps(case: Case, run: Run) -> list[Step]:
    """Return every day from the last start to the end, with the reason why it counts or not."""
    calendar, unit = case.calendar, case.unit
    without = case.intervals()
    why = "重新起算日，不计入" if case.restarts else "起算日，不计入"
    if unit == "hours":
        return list(durations.hour_steps(_instant(case), case.limit))
    if unit == "working_days":
        steps = list(
            durations.working_day_steps(calendar, run.start, day_of(run.due), without, start_counts=case.start_counts)
        )
        if case.restarts and not steps[0].counts:
            steps[0] = replace(steps[0], why=why)
        return _with_ends(case, run, steps)
    start = Step(run.start, False, 0, why)
    if unit == "same_day":
        return [Step(run.start, False, 0, "当日")]
    if unit == "date":
        due_on = day_of(run.due)
        told = "固定日期，按设置顺延" if run.due != run.nominal else "固定日期，遇休息日不顺延"
        return [Step(due_on, False, 0, f"{told}；{calendar.day(due_on).reason}")]
    if unit == "months":
        return [start, *durations.month_steps(run.start, case.limit), *_moving(case, run.nominal, run.due, case.limit)]
    first = day_of(run.base_nominal if run.base_nominal is not None else run.nominal)
    steps = [start, *durations.day_steps(run.start, first, without)]
    if run.base_nominal is None:
        return [*steps, *_moving(case, run.nominal, run.due, case.limit)]
    after = first
    if case.settings.text("extension_counts_from") == "moved_end":
        after = day_of(run.base)
        steps += _moving(case, first, after, case.limit)
    steps[-1] = replace(steps[-1], why=f"{steps[-1].why}；{_BASE_ENDS}")
    steps += durations.day_steps(after, day_of(run.nominal), without, n=case.limit)
    return [*steps, *_moving(case, run.nominal, run.due, case.limit + case.extra)]


def _moving(case: Case, nominal: Day, due_on: Day, n: int) -> list[Step]:
    return list(durations.moving_steps(case.calendar, day_of(nominal), day_of(due_on), n))


def _with_ends(case: Case, run: Run, steps: list[Step]) -> list[Step]:
    """Mark the last day of the base limit where an extension follows."""
    if not case.extra:
        return steps
    return [replace(each, why=f"{each.why}；{_BASE_ENDS}") if each.on == run.base else each for each in steps]


def _instant(case: Case) -> dt.datetime:
    """The start of a limit in hours; that it is an instant was asked before."""
    return case.start if isinstance(case.start, dt.datetime) else dt.datetime.combine(case.start, dt.time())
