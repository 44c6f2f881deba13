"""The time limits as data: every rule by id, with the wordings that hold by regime or by date.

`rules/data/deadlines/<letter>.toml` holds them: P disclosure, Q requests, Y annual report, I interpretation, M messages
and hotline, L petitions, W website upkeep, A reconsideration, J litigation, O others, C conventions of counting.
`rules.clock` counts with them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from gongkai.rules.citations import cited
from gongkai.rules.errors import UnknownRule
from gongkai.rules.sources import read_toml

LETTERS = "PQYIMLWAJO"
CONVENTIONS = "C"
EXTENDED = "extended"

# 《政府信息公开条例》 as revised by Order 711 is in force since this day (Order 711, Article 56).
REVISED_ON = dt.date(2019, 5, 15)
ORDER_492_ON = dt.date(2008, 5, 1)
R492, R711 = "492", "711"
REGIMES = (R492, R711)

_ID = re.compile(r"[A-Z]-\d\d")
_FOLDER = "deadlines"


@dataclass(frozen=True)
class Wording:
    """What a rule says under one regime or between two days, for one variant.

    `unit` is working_days, days, months, hours, date or same_day, empty where there is no number; then `none` says so,
    or `same_as` names the rule whose limit holds. `limit` is the number, unless `setting` names the setting that gives it.
    `extension` is added to it once, always where `extended`. `moves`: whether an end on a day off moves to the next
    working day (C-03), or the setting that says so. `back`: counted back from the start. `minimum`: at least so long.
    `on`: month and day of a fixed date, the first on or after the start. `base_only`: an extension does not
    move it. `only_when`: "setting=value" on which `same_as` depends. `since`: the setting
    with the day from which the number holds. The `*_basis` are cited where such a change is among the facts.
    """

    variant: str
    regime: str
    first: dt.date
    last: dt.date
    starts: str
    basis: tuple[str, ...]
    unit: str = ""
    limit: int = 0
    setting: str = ""
    extension: int = 0
    extended: bool = False
    moves: bool | str = True
    back: bool = False
    minimum: bool = False
    on: str = ""
    start: str = ""
    same_as: str = ""
    base_only: bool = False
    only_when: str = ""
    since: str = ""
    none: str = ""
    note: str = ""
    settings: tuple[str, ...] = ()
    exclude_basis: tuple[str, ...] = ()
    restart_basis: tuple[str, ...] = ()
    replace_basis: tuple[str, ...] = ()

    def holds(self, on: dt.date, regime: str) -> bool:
        """Tell whether this wording is the law for a start day; for requests the regime, given as such, decides too."""
        return (not regime or self.regime == regime) and self.first <= on <= self.last


@dataclass(frozen=True)
class Rule:
    """One time limit.

    `variants` maps names to what they mean, the first is the default; empty where there is only one. `changes` are the
    facts that may change its clock. `effect` is what the event of this rule does to the clock of `effect_on`.
    `convention` is the text of a rule of counting, which has no limit of its own.
    """

    id: str
    name: str
    starts: str
    variants: Mapping[str, str]
    changes: frozenset[str]
    wordings: tuple[Wording, ...]
    effect: str = ""
    effect_on: str = ""
    note: str = ""
    convention: str = ""
    basis: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()

    @property
    def of_requests(self) -> bool:
        """Whether the regime of the request decides, not the day alone."""
        return self.id.startswith("Q-")

    @property
    def default(self) -> str:
        """The variant that is meant when none is named."""
        return next(iter(self.variants), "")

    def all_variants(self) -> dict[str, str]:
        """Every name that `--variant` takes, with what it means."""
        known = dict(self.variants)
        if "extend" in self.changes:
            if not known:
                known[""] = "基本期限"
            known.setdefault(EXTENDED, "延长后")
        return known

    def variant(self, name: str) -> str:
        """Return the variant of that name, the default for an empty one; raise `UnknownRule` for a name that is none."""
        if not name:
            return self.default
        if name not in self.variants:
            known = "、".join(each for each in self.all_variants() if each)
            raise UnknownRule(
                f"{self.id}没有「{name}」这种情形，可用：{known}。"
                if known
                else f"{self.id}只有一种情形，请不要写情形。"
            )
        return name

    def wording(self, on: dt.date, variant: str, regime: str = "") -> Wording | None:
        """Return what the rule says for a start day (for requests: under a regime), None where it says nothing."""
        held = [each for each in self.wordings if each.holds(on, regime)]
        # A text that names no variant (not in force yet, no number) speaks for all that have no text of their own.
        return next((each for name in (variant, "") for each in held if each.variant == name), None)


def find(rule_id: str) -> Rule:
    """Return the rule with an id such as Q-11; raise `UnknownRule` with one sentence when there is none."""
    letter = rule_id[:1]
    if not _ID.fullmatch(rule_id) or letter not in LETTERS + CONVENTIONS or rule_id not in _rules(letter):
        raise UnknownRule(f"没有编号为「{rule_id}」的期限规则，请用 gongkai due --list 查看全部规则。")
    return _rules(letter)[rule_id]


def limits() -> tuple[Rule, ...]:
    """Every rule with a limit or the statement that it has none, by letter and number."""
    return tuple(each for letter in LETTERS for each in _rules(letter).values())


def conventions() -> tuple[Rule, ...]:
    """Every convention of counting (C-01 to C-12)."""
    return tuple(_rules(CONVENTIONS).values())


@cache
def _rules(letter: str) -> Mapping[str, Rule]:
    read = read_toml(f"{_FOLDER}/{letter}.toml")
    return MappingProxyType({rule_id: _rule(rule_id, entry) for rule_id, entry in read.items()})


def _rule(rule_id: str, entry: Mapping[str, Any]) -> Rule:
    variants = MappingProxyType(dict(entry.get("variants", {})))
    starts = str(entry.get("starts", ""))
    return Rule(
        id=rule_id,
        name=str(entry["name"]),
        starts=starts,
        variants=variants,
        changes=frozenset(entry.get("changes", ())),
        wordings=tuple(_wording(text, starts, next(iter(variants), "")) for text in _texts(entry)),
        effect=str(entry.get("effect", "")),
        effect_on=str(entry.get("effect_on", "")),
        note=str(entry.get("note", "")),
        convention=entry["text"] if isinstance(entry.get("text"), str) else "",
        basis=cited(entry.get("basis", ())),
        settings=tuple(entry.get("settings", ())),
    )


def _texts(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    texts = entry.get("text", [])
    return texts if isinstance(texts, list) else []


def _wording(text: Mapping[str, Any], starts: str, default: str) -> Wording:
    values = dict(text)
    for name in ("basis", "exclude_basis", "restart_basis", "replace_basis"):
        if name in values:
            values[name] = cited(values[name])
    values["settings"] = tuple(values.get("settings", ()))
    values["variant"] = values.get("variant", "" if "unit" not in values and "same_as" not in values else default)
    values["regime"] = values.get("regime", "")
    values["starts"] = values.get("starts", starts)
    values["first"] = values.pop("from", dt.date.min)
    values["last"] = values.pop("until", dt.date.max)
    return Wording(**values)
