"""Mutation: a changed cell of a consistent table is found and is among the suspects; so is a changed figure in the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.proofing.check import check
from gongkai.proofing.findings import Finding
from gongkai.proofing.reading import read_report
from gongkai.proofing.report import Report
from tests.proofing.corpus import Draft, draft_2014, draft_2019, draft_2021
from tests.proofing.rendering import write

BOUND_TABLES = ("requests", "review_litigation")
# The rows of 2014 that a relation binds; the rest of the table stands for itself.
BOUND_ROWS = re.compile(r"1\.1$|1\.2\.[1-5]$|3|4|5|6|7|8\.4")
DRAFTS: dict[str, Callable[[], Draft]] = {"2014": draft_2014, "2019": draft_2019, "2021": draft_2021}


@lru_cache(maxsize=3)
def clean(format: str) -> Report:
    with TemporaryDirectory() as folder:
        report = read_report(write(DRAFTS[format](), "html", Path(folder)))
    assert isinstance(report, Report)
    return report


def with_cell(report: Report, key: str, place: tuple[str, str], value: int) -> Report:
    """The report with one cell changed, as if it had been printed so."""
    table = report.tables[key]
    cell = replace(table.cells[place], value=value, printed=str(value))
    changed = replace(table, cells={**table.cells, place: cell})
    return replace(report, tables={**report.tables, key: changed})


def cells_of(format: str) -> list[tuple[str, tuple[str, str]]]:
    if format == "2014":
        return [
            ("statistics", place) for place in clean(format).tables["statistics"].cells if BOUND_ROWS.match(place[0])
        ]
    return [(key, place) for key in BOUND_TABLES for place in clean(format).tables[key].cells]


def suspects(findings: list[Finding]) -> set[tuple[str, tuple[str, str]]]:
    places = [place for finding in findings for place in (finding.where, *finding.suspects)]
    return {(place.table, (place.row, place.column)) for place in places if place.table}


CELLS = [(format, key, place) for format in ("2014", "2019", "2021") for key, place in cells_of(format)]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(CELLS), st.integers(min_value=1, max_value=40), st.sampled_from([1, 1, -1]))
def test_changed_cell_is_found_and_is_among_the_suspects(
    cell: tuple[str, str, tuple[str, str]], amount: int, sign: int
) -> None:
    format, key, place = cell
    report = clean(format)
    before = report.tables[key].cells[place].value
    assert isinstance(before, int)
    if format == "2014" and place[0].startswith("1."):
        # Here inequalities bind: only a total above its channels or a channel above the total can be told.
        value = 1000 if place[0] == "1.1" else 400
    else:
        value = max(0, before + sign * amount)
        if value == before:
            value = before + amount
    found = [each for each in check(with_cell(report, key, place, value)) if each.severity in ("error", "warning")]
    assert found
    assert (key, place) in suspects(found)


FIGURES = [
    (format, statement.position)
    for format in ("2014", "2019", "2021")
    for statement in clean(format).statements
    if statement.own_words
    and not statement.is_general
    and statement.value is not None
    and statement.relation in ("equals", "part_of")
    and clean(format).number(statement.indicator(format) or "-") == statement.value
]


@pytest.mark.parametrize(("format", "position"), FIGURES)
@pytest.mark.parametrize("change", [1, 7])
def test_changed_figure_in_the_text_is_found(format: str, position: int, change: int, tmp_path: Path) -> None:
    statement = clean(format).statements[position]
    if statement.negative or not isinstance(statement.value, int):
        return
    line = clean(format).paragraphs[statement.where.paragraph or 0].text
    start, end = statement.span
    assert line[start:end].startswith(str(statement.value))
    changed = f"{line[:start]}{statement.value + change}{line[start + len(str(statement.value)) :]}"
    draft = DRAFTS[format]()
    draft.replace(line, changed)
    report = read_report(write(draft, "txt", tmp_path))
    assert isinstance(report, Report)
    found = [each for each in check(report) if each.check == "CK-TEXTTABLE" and each.severity in ("error", "warning")]
    assert any(each.where.paragraph == statement.where.paragraph for each in found)


def test_there_are_figures_to_change() -> None:
    assert len(FIGURES) >= 30
