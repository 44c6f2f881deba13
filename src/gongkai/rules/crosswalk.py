"""How the rows of one statistics format correspond to those of a later one, and what does not, said plainly.

The formats of 2014 (国办发〔2014〕32号), 2019 (国办公开办函〔2019〕60号) and 2021 (国办公开办函〔2021〕30号) count partly
the same things under other heads. Only what corresponds exactly, or by adding rows up, can be carried over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from gongkai.rules import indicators
from gongkai.rules.errors import UnknownTable
from gongkai.rules.sources import read_csv

Kind = Literal["exact", "merged", "total", "narrower", "split", "partly", "none"]
FORMATS = ("2014", "2019", "2021")

_CARRIED = ("exact", "merged")


@dataclass(frozen=True)
class Match:
    """What a row or cell becomes in the later format.

    `exact`: the same number. `merged`: several rows are added up. `total`: it is the sum of cells that the later
    format does not print. `narrower`: less is counted. `split`: the number is
    divided, case by case. `partly`: only some of the cases count there. `none`: nothing corresponds. `note` says it in
    words.
    """

    code: str
    targets: tuple[str, ...]
    kind: Kind
    note: str


@lru_cache(maxsize=8)
def matches(earlier: str, later: str) -> tuple[Match, ...]:
    """Return what each value of the earlier format becomes in the later one, in its order (R711 Art. 50 and its notices).

    Raises `UnknownTable` unless both are formats and the first is the earlier.
    """
    rules = [row for row in read_csv("crosswalk.csv") if (row["from"], row["to"]) == (earlier, later)]
    if not rules:
        pairs = "、".join(f"{one}到{two}" for one, two in pairs_of_formats())
        raise UnknownTable(f"没有从{earlier}格式到{later}格式的对照，现有：{pairs}。")
    return tuple(_match(each.code, rules) for each in indicators.table(earlier).values)


@lru_cache(maxsize=8)
def unmatched(earlier: str, later: str) -> tuple[str, ...]:
    """Return the codes of the later format to which nothing of the earlier one leads, in their order.

    Raises `UnknownTable`.
    """
    reached = {target for match in matches(earlier, later) for target in match.targets}
    return tuple(each.code for each in indicators.table(later).values if each.code not in reached)


def pairs_of_formats() -> tuple[tuple[str, str], ...]:
    """Return the pairs of formats that can be compared, earlier first."""
    return tuple(dict.fromkeys((row["from"], row["to"]) for row in read_csv("crosswalk.csv")))


def carry(values: Mapping[str, int | Decimal | None], earlier: str, later: str) -> dict[str, int | Decimal | None]:
    """Return what of a table can be carried over to the later format, blank where an addend is blank.

    A cell is left out unless all that leads to it corresponds exactly or by adding up. Raises `UnknownTable`.
    """
    sources: dict[str, list[Match]] = defaultdict(list)
    for match in matches(earlier, later):
        for target in match.targets if match.kind != "total" else ():
            sources[target].append(match)
    carried: dict[str, int | Decimal | None] = {}
    for target, leading in sources.items():
        if all(match.kind in _CARRIED for match in leading):
            addends = [values.get(match.code) for match in leading]
            filled = [addend for addend in addends if addend is not None]
            carried[target] = sum(filled) if len(filled) == len(addends) else None
    return carried


def _match(code: str, rules: list[dict[str, str]]) -> Match:
    """Return the match of a code by the first rule that names it; `*` stands for the rest of the code."""
    for rule in rules:
        name, star, _end = rule["code"].partition("*")
        if code == name or (star and code.startswith(name)):
            texts = [code if target == "=" else target for target in rule["targets"].split(";") if target]
            targets = tuple(text.replace("*", code[len(name) :]) for text in texts)
            return Match(code, targets, rule["kind"], rule["note"])  # type: ignore[arg-type]  # a test compares them
    raise LookupError(f"the cross-walk lacks {code}")
