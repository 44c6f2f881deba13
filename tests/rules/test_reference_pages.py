"""What the law package holds of outcomes, fees, relations and tables is on its reference pages."""

from __future__ import annotations

import pytest

from gongkai.rules import fees, ladder, outcomes
from gongkai.rules.indicators import table
from gongkai.rules.legal_settings import registry
from gongkai.rules.relations import catalogue
from tools import docs_outcomes

PAGES = {name: write() for name, write in docs_outcomes.pages().items()}


def test_every_outcome_question_and_piece_of_evidence_is_told() -> None:
    page = PAGES["outcomes.md"]
    for each in outcomes.catalogue().values():
        assert f"| {each.code} | {each.name} |" in page
        assert all(content in page for content in each.contents)
    for question in ladder.questions().values():
        assert f"**{question.text}**（`{question.key}`）" in page
        assert all(f"| `{answer.key}` | {answer.text}" in page for answer in question.answers.values())
    assert all(name in page for name in ladder.evidence_names().values())


@pytest.mark.parametrize("format", ["2014", "2019", "2021"])
def test_every_relation_is_told_with_its_sentence(format: str) -> None:
    chapter = PAGES["relations.md"].partition(f"## {format}年格式")[2].partition("\n## ")[0]
    for relation in catalogue(format):
        assert f"| {relation.id} |" in chapter
        assert f"| {relation.sentence} |" in chapter


@pytest.mark.parametrize("format", ["2019", "2021"])
def test_every_row_and_column_of_the_later_tables_is_told(format: str) -> None:
    chapter = PAGES["tables.md"].partition(f"## {format}年格式")[2].partition("\n## ")[0]
    for part in table(format).parts:
        assert f"### {part.heading}（`{part.key}`" in chapter
        assert all(f"| {row.code} | {row.label} |" in chapter for row in part.rows)
        assert all(f"`{column.key}` {column.name}" in chapter for column in part.columns)


def test_every_cost_waiver_and_setting_of_the_fees_is_told() -> None:
    page = PAGES["fees.md"]
    assert all(f"| {name} | `{code}` |" in page for code, name in fees.cost_kinds().items())
    assert all(f"| `{code}` | {waiver['name']} |" in page for code, waiver in fees.waivers().items())
    assert all(f"`{name}`" in page for name in registry() if "fee" in name)
