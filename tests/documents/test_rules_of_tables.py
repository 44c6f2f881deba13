"""Lines of a ruled table: pieces of one line are one, lines of two tables stay two."""

from __future__ import annotations

from gongkai.documents.layout import Rule, _merged


def test_edges_of_two_tables_a_hair_apart_stay_two() -> None:
    upper, lower = Rule(545.64, 78, 540), Rule(545.14, 555, 630)
    assert sorted(_merged([upper, lower]), key=lambda rule: rule.start) == [upper, lower]


def test_pieces_of_one_line_are_one_whatever_their_order() -> None:
    assert [(rule.start, rule.end) for rule in _merged([Rule(10.4, 50, 90), Rule(10.0, 10, 55)])] == [(10, 90)]
