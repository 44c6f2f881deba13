"""The clock: from facts to a deadline, with every day explained.

`due(rule, facts, calendar, settings)` is the whole of it. Facts are a start and changes in any order: exclude days,
restart, extend, replace, end (deadlines C-09; 政府信息公开条例, Order 711, Articles 30 and 33; Order 492, Article 24).
`due_on` gives the bare date for those who need many.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from gongkai.rules.calendar import Calendar
from gongkai.rules.cases import AUTO, Case, regime_of
from gongkai.rules.counting import Run, bare, count, provisional, result, steps
from gongkai.rules.deadlines import ORDER_492_ON, R492, R711, REVISED_ON, find
from gongkai.rules.durations import Step
from gongkai.rules.errors import ImpossibleFacts
from gongkai.rules.facts import (
    Change,
    Day,
    End,
    Exclusion,
    Extension,
    Facts,
    Replacement,
    Restart,
    day_of,
    iso,
    zh,
)
from gongkai.rules.legal_settings import Settings, Value

__all__ = [
    "AUTO",
    "Change",
    "Deadline",
    "End",
    "Exclusion",
    "Extension",
    "Facts",
    "Replacement",
    "Restart",
    "Step",
    "Warnings",
    "due",
    "due_on",
    "interpretation_rule",
    "reckoner",
    "regime_of",
    "warnings",
]


@dataclass(frozen=True)
class Deadline:
    """The end of a limit and how it came about.

    `due_on` is a date, for hours a local date-time, None where the law gives no number: then `why` says so.
    `base_due_on` is the end of the limit without its extension or replacement. `plan_by` is the last working day on or
    before the due day. `provisional`: a year without its holiday notice was counted. `basis` cites the articles,
    `settings` the values that decided what the law leaves open, `notes` what else an officer should know.
    """

    rule: str
    regime: str
    variant: str
    start: Day
    due_on: Day | None
    why: str = ""
    base_due_on: Day | None = None
    plan_by: dt.date | None = None
    provisional: bool = False
    basis: tuple[str, ...] = ()
    settings: Mapping[str, Value] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    notes: tuple[str, ...] = ()
    ended_on: dt.date | None = None

    @property
    def in_time(self) -> bool | None:
        """Whether the matter was closed by the due day; None while it is open or has no due day."""
        if self.ended_on is None or self.due_on is None:
            return None
        return self.ended_on <= day_of(self.due_on)

    def as_json(self) -> dict[str, Any]:
        """The deadline as `gongkai due --json` prints it."""
        answer: dict[str, Any] = {
            "rule": self.rule,
            "regime": self.regime or None,
            "variant": self.variant or None,
            "from": iso(self.start),
            "due_on": None if self.due_on is None else iso(self.due_on),
        }
        if self.due_on is None:
            answer["why"] = self.why
        return answer | {
            "provisional": self.provisional,
            "plan_by": None if self.plan_by is None else iso(self.plan_by),
            "basis": list(self.basis),
            "settings": dict(self.settings),
            "notes": list(self.notes),
            "steps": [
                {"date": iso(each.on), "counts": each.counts, "n": each.n, "why": each.why} for each in self.steps
            ],
        }


def due(
    rule: str, facts: Facts, calendar: Calendar, settings: Settings, *, regime: str = AUTO, variant: str = ""
) -> Deadline:
    """Return the deadline of a rule, explained day by day.

    Legal basis: that of the rule, in `Deadline.basis`. `regime` is 492, 711 or auto, for requests only; everything else
    goes by date. Raises `UnknownRule`, `DayOutOfRange`, or `ImpossibleFacts` with one sentence: an end before its start,
    a second extension, one that came too late, a change that the rule does not know.
    """
    case = Case.of(rule, facts, calendar, settings, regime, variant)
    answer = Deadline(
        rule=rule,
        regime=case.regime,
        variant=case.variant,
        start=case.start,
        due_on=None,
        basis=case.basis(),
        settings=case.settings_used(),
        notes=case.notes(),
        ended_on=case.end.on if case.end else None,
    )
    if case.none:
        if case.replacement is not None:
            return replace(answer, due_on=case.replacement.due_on)
        return replace(answer, why=case.none)
    run = count(case)
    last = result(case, run)
    return replace(
        answer,
        due_on=last,
        base_due_on=run.base,
        plan_by=None if isinstance(last, dt.datetime) else calendar.working_day_until(last),
        provisional=provisional(case, run),
        steps=tuple(steps(case, run)),
        notes=(*answer.notes, *_under_order_711(case, run, facts)),
    )


def _under_order_711(case: Case, run: Run, facts: Facts) -> tuple[str, ...]:
    """Say what Order 711 would give for a request under Order 492 that is open on 2019-05-15; no rule was found."""
    reply = case.rule.of_requests and bool(case.law.exclude_basis) and case.regime == R492
    if not reply or not day_of(run.due) >= REVISED_ON > day_of(case.start):
        return ()
    other = count(Case.of(case.asked, facts, case.calendar, case.settings, R711, case.variant))
    return (f"2019年5月15日尚未办结；按第711号令计算为{zh(day_of(other.due))}，供参考。",)


def due_on(
    rule: str, facts: Facts, calendar: Calendar, settings: Settings, *, regime: str = AUTO, variant: str = ""
) -> Day | None:
    """Return what `due(…).due_on` is, without the explanation; legal basis and errors as there."""
    if not facts.changes:
        known = calendar.kept.get((rule, settings, regime, variant))
        return (known or reckoner(rule, calendar, settings, regime=regime, variant=variant))(facts.start)
    return bare(Case.of(rule, facts, calendar, settings, regime, variant))


def reckoner(
    rule: str, calendar: Calendar, settings: Settings, *, regime: str = AUTO, variant: str = ""
) -> Callable[[Day], Day | None]:
    """Return a function from a start to the due day of a rule without changes, for many starts (lists, sweeps).

    It is kept with the calendar. Legal basis and errors as of `due`.
    """
    key = (rule, settings, regime, variant)
    found: Callable[[Day], Day | None] | None = calendar.kept.get(key)
    if found is None:
        found = calendar.kept[key] = _reckoner(rule, calendar, settings, regime, variant)
    return found


@dataclass(frozen=True)
class Warnings:
    """The days of the traffic light: yellow from, the last working day before the end, red from."""

    yellow_from: dt.date
    last_call_on: dt.date
    red_from: dt.date


def warnings(due_on: dt.date, calendar: Calendar, settings: Settings) -> Warnings:
    """Return when a limit turns yellow and red: no law sets it; setting `yellow_days`, model M-07 (deadlines 3.4).

    Yellow from so many working days before the end and again on the last; red from the first working day after it.
    """
    return Warnings(
        yellow_from=calendar.add_working_days(due_on, -settings.number("yellow_days")),
        last_call_on=calendar.add_working_days(due_on, -1),
        red_from=calendar.add_working_days(due_on, 1),
    )


def interpretation_rule(published_on: dt.date, settings: Settings) -> str:
    """Return which rule holds for interpretation material of a document published on a day (I-01, I-02, I-03).

    By the setting `interpretation_limit`; 国办发〔2016〕80号 wants it on the same day.
    """
    by_name = {"same_day": "I-01", "three_working_days": "I-02", "seven_working_days": "I-03"}
    by_regime = "I-01" if published_on >= REVISED_ON else "I-03"
    return by_name.get(settings.text("interpretation_limit"), by_regime)


# -- many dates --


def _reckoner(
    rule: str, calendar: Calendar, settings: Settings, regime: str, variant: str
) -> Callable[[Day], Day | None]:
    """A bisection where a limit is a plain number of working days in a period, the long way elsewhere."""

    def in_full(start: Day) -> Day | None:
        return bare(Case.of(rule, Facts(start), calendar, settings, regime, variant))

    firsts, numbers = _plain_numbers(rule, calendar, settings, regime, variant)
    if not any(numbers):
        return in_full
    days, end = calendar.working_ordinals, len(calendar.working_ordinals)
    from_ordinal, period_of = dt.date.fromordinal, bisect_right

    def by_bisection(start: Day) -> Day | None:
        ordinal = start.toordinal()
        number = numbers[period_of(firsts, ordinal)]
        if number:
            at = bisect_right(days, ordinal) + number - 1
            if at < end:
                return from_ordinal(days[at])
        return in_full(start)

    return by_bisection


def _plain_numbers(
    rule: str, calendar: Calendar, settings: Settings, regime: str, variant: str
) -> tuple[list[int], list[int]]:
    """The periods between changes of the law, and the working days of each; 0 where the limit is no such number."""
    found = find(rule)
    edges = {calendar.first, calendar.last, ORDER_492_ON, REVISED_ON}
    edges |= {each.first for each in found.wordings}
    edges |= {each.last + dt.timedelta(days=1) for each in found.wordings if each.last < calendar.last}
    inside = sorted(edge for edge in edges if calendar.first <= edge <= calendar.last)
    if settings.text("request_open_on_change") == R711 and found.of_requests:
        return [], [0]  # the regime depends on where the limit ends
    numbers = [0]  # before the calendar
    for edge in inside:
        try:
            case = Case.of(rule, Facts(edge), calendar, settings, regime, variant)
        except ImpossibleFacts:
            return [], [0]  # the long way says what is wrong
        plain = not case.none and case.unit == "working_days" and not case.law.start and not case.start_counts
        numbers.append(case.limit + case.extra if plain else 0)
    numbers[-1] = 0  # the last day of the calendar and what lies beyond
    return [edge.toordinal() for edge in inside], numbers
