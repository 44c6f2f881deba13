"""What a check looks at: one report, its text folded for comparison, its profile and last year's report.

Checks read the compact text (`folding`): no white space, half-width , : ; ( ) ? ! %. A match in it quotes the printed text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gongkai.proofing.findings import Finding, Severity
from gongkai.proofing.folding import Compact, compact, fold
from gongkai.proofing.profile import NO_PROFILE, Profile
from gongkai.proofing.report import STATISTICS, Part, Report, Table, Where

_CLAUSES = re.compile(r"[^,;。!?:\n]+")
_SENTENCES = re.compile(r"[^。!?;\n]+[。!?;]?")


@dataclass(frozen=True)
class Line:
    """One paragraph: its compact text, as printed, and what the reader knew of it."""

    compact: Compact
    raw: str
    where: Where
    level: int
    kind: str
    section: str

    @property
    def text(self) -> str:
        """The compact text."""
        return self.compact.text

    @property
    def is_text(self) -> bool:
        """Whether it is running text."""
        return self.kind == "text"

    def sentences(self) -> Iterator[re.Match[str]]:
        """Yield the sentences, each with its place in the line."""
        yield from _SENTENCES.finditer(self.text)

    def clauses(self) -> Iterator[re.Match[str]]:
        """Yield what stands between punctuation marks, each with its place in the line."""
        yield from _CLAUSES.finditer(self.text)

    def sentence_at(self, position: int) -> str:
        """Return the sentence around a position."""
        return next((each[0] for each in self.sentences() if each.start() <= position < each.end()), self.text)

    def quote(self, span: tuple[int, int]) -> str:
        """Return the printed characters for a span of the compact text."""
        start, end = self.compact.span(max(0, span[0]), min(len(self.text), span[1]))
        return self.raw[start:end]

    def quote_raw(self, span: tuple[int, int]) -> str:
        """Return what is printed around a span of the printed text, enough to find it by."""
        return self.raw[max(0, span[1] - 10) : span[1] + 2].strip("，,。；; ")

    def finding(
        self,
        check: str,
        severity: Severity,
        message: str,
        span: tuple[int, int],
        expected: str | int | float | None = None,
        found: str | int | float | None = None,
    ) -> Finding:
        """Make a finding that quotes a part of the line."""
        return Finding(check, severity, message, self.where, self.quote(span), expected, found)


@dataclass(frozen=True)
class Subject:
    """A report under check with what else is known: the profile of the agency and last year's report."""

    report: Report
    profile: Profile = NO_PROFILE
    previous: Report | None = None

    @cached_property
    def memo(self) -> dict[object, Any]:
        """What several checks need and one of them has worked out."""
        return {}

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All paragraphs."""
        return tuple(
            Line(compact(each.text), each.text, each.where, each.level, each.kind, each.section)
            for each in self.report.paragraphs
        )

    @cached_property
    def body(self) -> tuple[Line, ...]:
        """Paragraphs that the author wrote as text: no title, date, caption or note."""
        return tuple(line for line in self.lines if line.kind in ("text", "heading"))

    @cached_property
    def text(self) -> str:
        """All of the compact text, a paragraph on a line."""
        return "\n".join(line.text for line in self.body)

    @property
    def year(self) -> int | None:
        """The year reported on."""
        return self.report.year

    @property
    def format(self) -> str:
        """The format whose forms apply: a local one is compared with that of its year, where that is known."""
        if self.report.format in ("2014", "2019", "2021"):
            return self.report.format
        year = self.report.year
        if year is None:
            return ""
        return "2014" if 2014 <= year <= 2018 else "2019" if year in (2019, 2020) else "2021" if year >= 2021 else ""

    @property
    def is_order_711(self) -> bool:
        """Whether the Regulations of 2019 apply to the year reported on."""
        return self.format in ("2019", "2021") or (self.report.year or 0) >= 2019

    @cached_property
    def agency(self) -> str:
        """The name of the agency, compact; empty when unknown."""
        return fold(self.report.agency)

    def part_lines(self, part: Part) -> list[Line]:
        """Return the lines below the heading of a part."""
        return [self.lines[each.index] for each in part.paragraphs if each.kind in ("text", "heading")]

    def table(self, key: str) -> Table | None:
        """Return a recognised table."""
        return self.report.tables.get(key)

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[Line, re.Match[str]]]:
        """Yield every match in the author's text with its line."""
        for line in self.body:
            for match in pattern.finditer(line.text):
                yield line, match

    @property
    def table_format(self) -> str:
        """The format of the tables as printed, empty when there are none."""
        if not self.report.tables:
            return ""
        return format_of_tables(self.report)


def format_of_tables(report: Report) -> str:
    """Return the format that the tables of a report have, whatever its year: the columns of Article 20 tell it."""
    if STATISTICS in report.tables:
        return "2014"
    columns = {column for key, table in report.tables.items() if key.startswith("art20") for column in table.columns}
    own_2021 = {"issued_this_year", "repealed_this_year", "in_force", "amount_this_year"}
    if columns & own_2021:
        return "2021"
    if columns & {
        "produced_this_year",
        "published_this_year",
        "published_total",
        "items_last_year",
        "change_this_year",
    }:
        return "2019"
    return report.format if report.format in ("2019", "2021") else "2019" if report.year in (2019, 2020) else "2021"
