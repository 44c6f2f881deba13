"""What is kept when a year is frozen, and how the figures of now differ from it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from importlib.metadata import version
from typing import Any

from gongkai.agencies.models import Agency
from gongkai.figures import derived, statutory
from gongkai.figures.definitions import RESPONSES_SETTING
from gongkai.figures.models import Snapshot
from gongkai.figures.registers import State
from gongkai.lawbook import settings as lawbook
from gongkai.periods.frozen import Change

# Ordinary work after the year's end moves these (a letter of December is answered in January): they are kept, and
# a difference is shown, but it refuses nothing.
MOVING = frozenset(
    code
    for code in derived.CODES
    if code.endswith((".received_answered", ".received_settled", "_rate")) or code.startswith("agencies.")
) | {"publishing.history_confirmed"}


@dataclass(frozen=True)
class Frozen:
    """A snapshot, read."""

    snapshot: Snapshot

    @cached_property
    def data(self) -> dict[str, Any]:
        """What it holds."""
        loaded: dict[str, Any] = json.loads(self.snapshot.canonical)
        return loaded

    @property
    def is_whole(self) -> bool:
        """Whether the text still has the digest under which it was kept."""
        return digest_of(self.snapshot.canonical) == self.snapshot.digest

    def values(self) -> dict[str, str]:
        """The printed value of each figure by code; empty for none."""
        return {code: figure["value"] for code, figure in self.data["figures"].items()}


def canonical(agency: Agency, year: int) -> str:
    """The figures of a year with the records behind them and the rules by which they were counted, as JSON."""
    data = {
        "agency": agency.code,
        "year": year,
        "rules": _rules(agency, year),
        "figures": figures_of(agency, year),
        "records": _records(agency, year),
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """The SHA-256 of a canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()


def figures_of(agency: Agency, year: int) -> dict[str, dict[str, str]]:
    """Every figure of a year by code: name, printed value and state. Headings are none."""
    table = statutory.compute([agency], year)[agency.pk]
    found = {
        row.code: {"name": row.indicator.name, "value": row.text, "state": row.state.value}
        for row in table.rows
        if row.state is not State.HEADING
    }
    rows = {row.code: row.value for row in table.rows}
    for code, figure in derived.compute([agency], year, {agency.pk: rows})[agency.pk].items():
        found[code] = {"name": str(figure.name), "value": _printed(figure.value), "state": figure.state.value}
    return found


def latest(agency: Agency, year: int) -> Frozen | None:
    """The figures that stand for a frozen year; none for an open one."""
    snapshot = Snapshot.objects.filter(agency=agency, year=year).order_by("-number").first()
    return Frozen(snapshot) if snapshot else None


def compare(agency: Agency, year: int) -> list[Change]:
    """The figures of a frozen year that are no longer what stands, without those that ordinary work moves."""
    frozen = latest(agency, year)
    if frozen is None:
        return []
    return changes_between(frozen.data["figures"], figures_of(agency, year), without=MOVING)


def changes_between(
    before: Mapping[str, Mapping[str, str]],
    after: Mapping[str, Mapping[str, str]],
    *,
    without: frozenset[str] = frozenset(),
) -> list[Change]:
    """The figures whose printed value differs, in the order of the first."""
    return [
        Change(code, figure["name"], figure["value"], after.get(code, {}).get("value", ""))
        for code, figure in before.items()
        if code not in without and figure["value"] != after.get(code, {}).get("value", "")
    ]


def _printed(value: int | Decimal | None) -> str:
    return "" if value is None else str(value)


def _rules(agency: Agency, year: int) -> dict[str, Any]:
    """By what the figures were counted: program, table, and the settings of the agency that matter."""
    table = statutory.compute([agency], year)[agency.pk]
    return {
        "program": version("gongkai"),
        "table": f"{table.format}/{table.variant}",
        "settings": {RESPONSES_SETTING: lawbook.values(RESPONSES_SETTING, [agency.pk], year)[agency.pk]},
        "notes": list(table.notes),
    }


def _records(agency: Agency, year: int) -> dict[str, list[str]]:
    """The uids of the records behind each figure, by code, in order."""
    found: dict[str, set[str]] = {}
    definitions = [*statutory.standing_definitions(agency, year), *derived.COUNTS]
    for definition in definitions:
        uids = definition.records(agency, year).order_by().values_list("uid", flat=True)
        found.setdefault(definition.code, set()).update(str(uid) for uid in uids)
    return {code: sorted(uids) for code, uids in found.items()}
