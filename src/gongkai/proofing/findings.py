"""What a check has to say: one finding with its place, and the order in which findings are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from gongkai.proofing.report import Where

Severity = Literal["error", "warning", "question", "info"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "question", "info")
SEVERITY_NAMES: Mapping[Severity, str] = {"error": "错误", "warning": "警告", "question": "疑问", "info": "提示"}
QUOTE_LENGTH = 12
NOWHERE = Where()
"""The place of what concerns a report as a whole."""


def place_as_json(where: Where) -> dict[str, Any]:
    """A place for a program; what does not apply is null."""
    return {
        "part": where.part or None,
        "paragraph": where.paragraph,
        "table": where.table or None,
        "row": where.row or None,
        "column": where.column or None,
    }


@dataclass(frozen=True)
class Finding:
    """One finding: check id, severity, one sentence with what to do, place, a quote of at most 12 characters.

    `expected` and `found` are the values that differ, where there are such. `suspects` are all places that may be
    the wrong one, the likeliest first (`where` is the first). `files` are the reports concerned, when several are.
    """

    check: str
    severity: Severity
    message: str
    where: Where = NOWHERE
    quote: str = ""
    expected: str | int | float | None = None
    found: str | int | float | None = None
    suspects: tuple[Where, ...] = ()
    files: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "quote", " ".join(self.quote.split())[:QUOTE_LENGTH])

    def at(self, severity: Severity) -> Finding:
        """The same finding with another severity."""
        return replace(self, severity=severity)

    def as_json(self) -> dict[str, Any]:
        """The finding for a program, as the command line promises it."""
        data: dict[str, Any] = {
            "check": self.check,
            "severity": self.severity,
            "message": self.message,
            "where": place_as_json(self.where),
            "quote": self.quote,
            "expected": self.expected,
            "found": self.found,
        }
        if self.suspects:
            data["suspects"] = [place_as_json(place) for place in self.suspects]
        if self.files:
            data["files"] = list(self.files)
        return data


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in reading order: text by paragraph, then tables; the graver first at one place; each once."""
    seen: dict[tuple[object, ...], Finding] = {}
    for each in findings:
        seen.setdefault((each.check, each.where, each.quote, each.message, each.files), each)
    return sorted(
        seen.values(),
        key=lambda each: (
            each.where.paragraph is None,
            each.where.paragraph or 0,
            each.where.table or "",
            SEVERITIES.index(each.severity),
            each.check,
        ),
    )
