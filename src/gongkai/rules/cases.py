"""Which law holds for a limit, and whether the facts are possible; `rules.clock` counts what comes out of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from gongkai.rules import durations
from gongkai.rules.calendar import Calendar
from gongkai.rules.deadlines import EXTENDED, ORDER_492_ON, R492, R711, REGIMES, REVISED_ON, Rule, Wording, find
from gongkai.rules.durations import Interval
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
    zh,
)
from gongkai.rules.legal_settings import Settings, Value

T = TypeVar("T")

# What an event of a request can do to the reply limit; such facts ask about that limit (deadlines 3.3).
_ON_THE_REPLY = {"exclude", "restart", "replace"}
AUTO = "auto"

# Conventions that are cited for a way of counting.
_CONVENTIONS = {
    "working_days": ("C-01", "C-02"),
    "days": ("C-03",),
    "weeks": ("C-03",),
    "months": ("C-05", "C-03"),
    "years": ("C-05", "C-03"),
    "hours": ("C-08",),
    "date": ("C-10",),
}
_FACTORS = {"weeks": ("days", 7), "years": ("months", 12)}


def regime_of(received_on: dt.date, calendar: Calendar, settings: Settings) -> str:
    """Return the regime of a request: Order 492 when received before 2019-05-15, Order 711 since.

    The setting `request_open_on_change` decides for one whose base limit under Order 492 ends on that day or later.
    """
    if received_on >= REVISED_ON:
        return R711
    wording = find("Q-11").wording(received_on, "", R492)
    if wording is not None and settings.text("request_open_on_change") == R711:
        counted = settings.text("request_start_day") == "included"
        if durations.add_working_days(calendar, received_on, wording.limit, start_counts=counted) >= REVISED_ON:
            return R711
    return R492


@dataclass(frozen=True)
class Case:
    """A rule, the wording that holds, and its facts, found possible.

    `none` says why there is no number, empty where there is one. `cited`, `used`, `said`: basis, settings and notes found
    on the way to the wording.
    """

    asked: str
    rule: Rule
    variant: str
    regime: str
    wording: Wording | None
    cited: tuple[str, ...]
    base_only: bool
    none: str
    start: Day
    calendar: Calendar
    settings: Settings
    used: tuple[str, ...]
    said: tuple[str, ...]
    exclusions: tuple[Exclusion, ...]
    restarts: tuple[Restart, ...]
    extension: Extension | None
    replacement: Replacement | None
    end: End | None

    @classmethod
    def of(cls, asked: str, facts: Facts, calendar: Calendar, settings: Settings, regime: str, variant: str) -> Case:
        """Return the case of a rule and facts; legal basis and errors as of `rules.clock.due`."""
        rule = find(asked)
        day = day_of(facts.start)
        calendar.is_working_day(day)  # a start outside the calendar is an error even where nothing is counted
        changes = facts.changes
        if variant == EXTENDED and variant not in rule.variants and "extend" in rule.changes:
            variant = ""
            if not any(isinstance(each, Extension) for each in changes):
                changes = (*changes, Extension())
        found = Found(rule, rule.variant(variant))
        said: list[str] = []
        kinds = {_kind(each) for each in changes} - {"end"}
        if kinds & _ON_THE_REPLY and rule.effect in _ON_THE_REPLY:
            target = find(rule.effect_on)
            said.append(f"{rule.id}（{rule.name}）改变的是{target.id}（{target.name}）的期限，所得为该期限。")
            found = Found(target, target.default)
            found.allowed |= rule.changes
            found.basis_before = _basis_of(rule, day, regime, calendar, settings)
        regime = _regime(rule, day, regime, calendar, settings)
        found.resolve(day, regime if rule.of_requests else "", settings)
        case = cls(
            asked=asked,
            rule=rule,
            variant=rule.variant(variant),
            regime=regime,
            wording=found.wording,
            cited=found.basis,
            base_only=found.base_only,
            none=found.none,
            start=facts.start if found.wording and found.wording.unit == "hours" else day,
            calendar=calendar,
            settings=settings,
            used=found.used,
            said=(*said, *found.said),
            exclusions=_sorted(changes, Exclusion, lambda each: (each.first, each.last, each.why, each.setting)),
            restarts=_sorted(changes, Restart, lambda each: (each.on, each.why, each.setting)),
            extension=_only(changes, Extension, "期限只能延长一次，请只保留一次延长。"),
            replacement=_only(changes, Replacement, "只能有一个另定的期限，请只保留一个。"),
            end=_only(changes, End, "办结日期只能有一个，请只保留一个。"),
        )
        case.check(found.allowed)
        return case

    def check(self, allowed: frozenset[str] | set[str]) -> None:
        """Raise `ImpossibleFacts` for changes that the rule does not know or that contradict the start."""
        name, day = self.rule.id, day_of(self.start)
        if self.wording is not None and self.wording.unit == "hours" and not isinstance(self.start, dt.datetime):
            raise ImpossibleFacts(f"{name}按小时计算，请写明起算的时刻，例如 {day.isoformat()}T09:00。")
        if self.exclusions and "exclude" not in allowed:
            raise ImpossibleFacts(f"{name}（{self.rule.name}）的期限没有扣除的规定，请去掉扣除的期间。")
        if self.restarts and "restart" not in allowed:
            raise ImpossibleFacts(f"{name}（{self.rule.name}）的期限没有重新起算的规定，请去掉重新起算日。")
        no_extension = self.wording is None or not self.wording.extension
        if self.extension and not self.none and ("extend" not in allowed or no_extension) and not self.base_only:
            raise ImpossibleFacts(f"{name}（{self.rule.name}）的期限没有延长的规定，请去掉延长。")
        no_replacement = self.rule.of_requests and not (self.wording and self.wording.replace_basis)
        if self.replacement and ("replace" not in allowed or no_replacement):
            raise ImpossibleFacts(f"{name}（{self.rule.name}）的期限不能另定，请去掉另定的日期。")
        for each in self.exclusions:
            if each.last < each.first:
                raise ImpossibleFacts(f"扣除期间的结束日{zh(each.last)}早于开始日{zh(each.first)}，请核对扣除的期间。")
        for restart in self.restarts:
            if restart.on < day:
                raise ImpossibleFacts(f"重新起算日{zh(restart.on)}早于起算日{zh(day)}，请核对日期。")
        if self.extension and self.extension.notice_on and self.extension.notice_on < day:
            raise ImpossibleFacts(f"延期告知的日期{zh(self.extension.notice_on)}早于起算日{zh(day)}，请核对日期。")
        if self.replacement and self.replacement.due_on < day:
            raise ImpossibleFacts(f"另定的期限{zh(self.replacement.due_on)}早于起算日{zh(day)}，请核对日期。")
        if self.end:
            later = [self.end.on < each.on for each in self.restarts]
            if self.end.on < day or any(later):
                raise ImpossibleFacts(f"办结日期{zh(self.end.on)}早于起算或者重新起算之日，请核对日期。")

    @property
    def law(self) -> Wording:
        """The wording of a case that has a number."""
        if self.wording is None:
            raise TypeError(f"{self.asked} has no number here")
        return self.wording

    @property
    def unit(self) -> str:
        """The unit that is counted: weeks count as days, years as months."""
        return _FACTORS.get(self.law.unit, (self.law.unit, 1))[0]

    @property
    def limit(self) -> int:
        """The base limit in the unit that is counted."""
        number = self.settings.number(self.law.setting) if self.law.setting else self.law.limit
        return number * _FACTORS.get(self.law.unit, ("", 1))[1]

    @property
    def extra(self) -> int:
        """What the extension adds, 0 without one."""
        extended = (self.law.extended or self.extension is not None) and not self.base_only
        return self.law.extension if extended else 0

    @property
    def moves(self) -> bool:
        """Whether an end on a day off moves (C-03)."""
        moves = self.law.moves
        return self.settings.yes(moves) if isinstance(moves, str) else moves

    @property
    def start_counts(self) -> bool:
        """Whether the start day is day 1 (setting `request_start_day`, requests only)."""
        return self.rule.of_requests and self.settings.text("request_start_day") == "included"

    def intervals(self) -> list[tuple[Interval, str]]:
        """The excluded intervals as (a, b] by the setting `exclusion_interval`, with the reason of each."""
        kind = self.settings.text("exclusion_interval")
        before, after = int(kind == "first_through_last"), int(kind == "between")
        return [
            ((each.first.toordinal() - before, each.last.toordinal() - after), each.why or "征求意见等所需时间，扣除")
            for each in self.exclusions
        ]

    def basis(self) -> tuple[str, ...]:
        """Every article behind the result, once, and the conventions of counting."""
        wording = self.wording
        found = list(self.cited)
        if wording is not None:
            found += wording.exclude_basis if self.exclusions else ()
            found += wording.restart_basis if self.restarts else ()
            found += wording.replace_basis if self.replacement else ()
            for convention in _CONVENTIONS.get(wording.unit, ()):
                found.append(f"{convention}：{'、'.join(find(convention).basis)}")
        return tuple(dict.fromkeys(found))

    def settings_used(self) -> dict[str, Value]:
        """The settings that had a say, with their values."""
        names = list(self.used)
        wording = self.wording
        if wording is not None and not self.none:
            if wording.setting:
                names.append(wording.setting)
            if self.rule.of_requests and self.unit == "working_days":
                names.append("request_start_day")
            if self.exclusions:
                names.append("exclusion_interval")
            names += [each.setting for each in self.exclusions if each.setting]
            names += [each.setting for each in self.restarts if each.setting]
            if isinstance(wording.moves, str):
                names.append(wording.moves)
            if self.extra and self.unit == "days":
                names.append("extension_counts_from")
            if wording.unit == "date":
                names.append("fixed_date_on_day_off")
        return {name: self.settings.value(name) for name in dict.fromkeys(names)}

    def notes(self) -> tuple[str, ...]:
        """What an officer should know beside the date."""
        found = [*self.said, self.rule.note]
        if self.wording is not None:
            found += [self.wording.note]
            if self.wording.minimum:
                found.append("这是最短的时间，届满前不得结束。")
        return tuple(dict.fromkeys(each for each in found if each))


class Found:
    """The wording that holds for a rule, followed through `same_as`."""

    def __init__(self, rule: Rule, variant: str) -> None:
        self.rule, self.variant = rule, variant
        self.allowed: set[str] = set(rule.changes)
        self.wording: Wording | None = None
        self.basis_before: tuple[str, ...] = ()
        self.basis: tuple[str, ...] = ()
        self.used: tuple[str, ...] = ()
        self.said: tuple[str, ...] = ()
        self.base_only = False
        self.none = ""

    def resolve(self, on: dt.date, regime: str, settings: Settings) -> None:
        """Look up what holds on a day (for requests: under a regime), or why there is no number."""
        rule, variant = self.rule, self.variant
        basis, used = list(self.basis_before), list(rule.settings)
        said: list[str] = []
        while True:
            self.wording = None if rule.convention else rule.wording(on, variant, regime)
            if self.wording is None:
                basis += rule.basis
                self.none = rule.convention or _nothing(rule, on)
                break
            basis += self.wording.basis
            used += self.wording.settings
            self.base_only = self.base_only or self.wording.base_only
            name, _, value = self.wording.only_when.partition("=")
            used += [name] if name else []
            if not self.wording.same_as or (name and settings.text(name) != value):
                break
            said += [each for each in (rule.note, self.wording.note) if each]
            rule = find(self.wording.same_as)
            variant = rule.default
            self.allowed |= rule.changes
        if self.wording is not None:
            self._check_number(self.wording, on, settings)
            used += [self.wording.since] if self.wording.since else []
            used += [self.wording.setting] if self.none and self.wording.setting else []
        if not self.none and regime == R492 and on < ORDER_492_ON:
            self.none = "《政府信息公开条例》自2008年5月1日起施行，此前收到的申请没有期限。"
        self.basis, self.used, self.said = tuple(basis), tuple(used), tuple(said)

    def _check_number(self, wording: Wording, on: dt.date, settings: Settings) -> None:
        """Note why a wording has no number: it has no unit, its setting is not filled in, or it holds from a later day."""
        unset = bool(wording.setting) and wording.unit != "date" and not settings.number(wording.setting)
        if not wording.unit or unset or (wording.since and on < _setting_day(wording.since, settings)):
            self.none = wording.none


def _setting_day(name: str, settings: Settings) -> dt.date:
    text = settings.text(name)
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ImpossibleFacts(f"设置「{name}」的取值「{text}」不是日期，请写作 2021-01-01 的样子。") from None


def _nothing(rule: Rule, on: dt.date) -> str:
    if any(each.holds(on, "") for each in rule.wordings):
        return f"{zh(on)}适用的文本没有这一情形的期限。"
    return f"{zh(on)}没有适用的文本，没有期限。"


def _basis_of(rule: Rule, on: dt.date, regime: str, calendar: Calendar, settings: Settings) -> tuple[str, ...]:
    wording = rule.wording(on, rule.default, _regime(rule, on, regime, calendar, settings))
    return wording.basis if wording else ()


def _regime(rule: Rule, on: dt.date, asked: str, calendar: Calendar, settings: Settings) -> str:
    """The regime of a case, empty for a rule that knows none. Asked for must fit a rule that goes by date."""
    if asked not in (AUTO, *REGIMES):
        raise ImpossibleFacts(f"没有「{asked}」这个条例版本，可用：492、711、auto。")
    if rule.of_requests:
        return regime_of(on, calendar, settings) if asked == AUTO else asked
    by_date = next((each.regime for each in rule.wordings if each.regime and each.holds(on, "")), "")
    if asked not in (AUTO, by_date) and by_date:
        raise ImpossibleFacts(f"{rule.id}按日期适用第{by_date}号令，只有依申请公开的规则可以另选条例版本。")
    return by_date


def _kind(change: Change) -> str:
    kinds = {Exclusion: "exclude", Restart: "restart", Extension: "extend", Replacement: "replace", End: "end"}
    return kinds[type(change)]


def _sorted(changes: tuple[Change, ...], kind: type[T], key: Callable[[T], Any]) -> tuple[T, ...]:
    return tuple(sorted({each for each in changes if isinstance(each, kind)}, key=key))


def _only(changes: tuple[Change, ...], kind: type[Any], sentence: str) -> Any:
    found = [each for each in changes if isinstance(each, kind)]
    if len(found) > 1:
        raise ImpossibleFacts(sentence)
    return found[0] if found else None
