"""The relations (勾稽关系) of the statistics tables, and checking any table against them.

Relations are data (`rules/data/relations`), graded `certain` (a failure is an error), `plausible` and `local`
(a failure is a warning). A blank is not a zero: what hangs on a blank cell is not evaluated, with the reason. Those on
the request table are printed in the form itself (国办公开办函〔2021〕30号); R711 Art. 50 says what the tables must hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import Any, Literal

from gongkai.rules import entries, filling, indicators, suspects
from gongkai.rules.expressions import (
    Cells,
    Comparison,
    Exact,
    Statement,
    parse_comparison,
    parse_statement,
    plain,
)
from gongkai.rules.indicators import IndicatorTable
from gongkai.rules.legal_settings import Settings
from gongkai.rules.sources import read_toml

Grade = Literal["certain", "plausible", "local"]
Number = int | float | Decimal
Values = Mapping[str, Number | str | None]

_SIGNS = {"=": "", "<=": "≤", ">=": "≥", "<": "<", ">": ">"}
_FACTS = {"no_rulemaking_power": "本机关是否有规章制定权"}
_JUDGED_ON = {"text": "报告正文", "records": "办件和文件记录", "labels": "印出的表式"}
_MOST_NAMED = 5  # blank cells that a reason names one by one


@dataclass(frozen=True)
class Relation:
    """One relation: statements on cells, or the name of a check on how the table is filled, never both.

    `judged_on` says what it takes: `table`, the `text` of the report, the `records` of the cases or the printed
    `labels`; only those on the table have statements or a check. `given` names a fact about the agency without which
    a failure cannot be told from an exception. With `is_if_shown` it is asked only where the first cell of a statement is given.
    """

    id: str
    grade: Grade
    sentence: str
    statements: tuple[Statement, ...] = ()
    unless: Comparison | None = None
    check: str = ""
    judged_on: str = "table"
    given: str = ""
    is_if_shown: bool = False


@dataclass(frozen=True)
class Failure:
    """A place where a relation does not hold.

    `cells` are the codes of the cells concerned. `expected` is a number where exactly one would be right, otherwise
    words such as "≤53"; `found` is the number found, None for a blank. For a failed sum `suspects` are the cells that,
    if they alone were wrong, would explain all failed sums; `previous[…]` is a cell of last year's table.
    """

    id: str
    grade: Grade
    sentence: str
    cells: tuple[str, ...]
    expected: int | Decimal | str
    found: int | Decimal | str | None
    suspects: tuple[str, ...] = ()


@dataclass(frozen=True)
class NotEvaluated:
    """A relation that could not be judged, wholly or in part, and why, in one Chinese sentence."""

    id: str
    why: str


@dataclass(frozen=True)
class Result:
    """What a check found: failures in the order of the relations, and what could not be judged.

    `beyond` are the relations that no table can show, with what it takes to judge them.
    """

    failed: tuple[Failure, ...]
    not_evaluated: tuple[NotEvaluated, ...]
    beyond: tuple[NotEvaluated, ...] = ()

    @property
    def has_error(self) -> bool:
        """Whether a relation that is certain failed."""
        return any(failure.grade == "certain" for failure in self.failed)


def check(
    table: Values,
    format: str,
    previous: Values | None = None,
    *,
    previous_format: str | None = None,
    facts: Mapping[str, bool] | None = None,
    settings: Settings | None = None,
    labels: filling.Labels | None = None,
) -> Result:
    """Check a table, code to number or None for a blank, against all relations of its format.

    A code that is absent counts as blank; a local row and a whole part that are absent are not asked for. `previous` is
    last year's table, of `previous_format` when that is another one. `facts` may hold `no_rulemaking_power`: whether
    the agency has no power to make rules (规章), as county agencies have not (立法法 2023 Art. 93); `labels` are the codes
    and labels as printed, where those are to be checked too. A text such as "/"
    is reported; raises `UnknownTable` for an unknown format, `UnknownIndicator` for a code the format does not have and
    `InvalidValue` for any other value that is no number.
    """
    form = indicators.table(format)
    exact = entries.exact(form, table)
    cells = entries.countable(exact)
    before = None
    if previous is not None:
        before = entries.countable(entries.exact(indicators.table(previous_format or format), previous))
    failed: list[Failure] = []
    sums: list[tuple[int, Relation, Statement]] = []
    not_evaluated: list[NotEvaluated] = []
    for relation in relations(format):
        if relation.check:
            found = filling.CHECKS[relation.check](form, exact, before, settings or Settings.defaults())
            if found is None:
                not_evaluated.append(NotEvaluated(relation.id, "缺少上一年度的统计表，无法核对。"))
            else:
                failed += [Failure(relation.id, relation.grade, relation.sentence, *each) for each in found]
            continue
        unjudged: list[Statement] = []
        for statement in relation.statements:
            if relation.is_if_shown and cells.get(statement.conclusion.cells[0].code) is None:
                continue
            holds = _judge(relation, statement, cells, before)
            if holds is False and relation.given:
                holds = {True: False, False: True, None: None}[(facts or {}).get(relation.given)]
            if holds is None:
                unjudged.append(statement)
            elif not holds:
                if _is_sum(relation, statement):
                    sums.append((len(failed), relation, statement))
                failed.append(_failure(relation, statement, cells, before))
        if unjudged:
            why = _why_not(relation, unjudged, form, table, cells, before)
            not_evaluated.append(NotEvaluated(relation.id, why))
    if sums:
        for at, named in _suspects(form, format, sums, cells, before).items():
            failed[at] = replace(failed[at], suspects=named)
    others = beyond(format)
    if labels is not None:
        on_labels = {each.id: each for each in catalogue(format) if each.judged_on == "labels"}
        for relation in on_labels.values():
            of_labels = filling.LABEL_CHECKS[relation.check](form, labels)
            failed += [Failure(relation.id, relation.grade, relation.sentence, *each) for each in of_labels]
        others = tuple(each for each in others if each.id not in on_labels)
    return Result(tuple(failed), tuple(not_evaluated), others)


def relations(format: str) -> tuple[Relation, ...]:
    """Return the relations of a format that a table shows, in the order in which they are reported.

    RT-01 is printed in the form itself (国办公开办函〔2021〕30号); the others follow from its structure. Raises `UnknownTable`.
    """
    return _of_table(format)


@lru_cache(maxsize=16)
def catalogue(format: str) -> tuple[Relation, ...]:
    """Return all relations of a format, those on text, records and labels too. Cached.

    The report must be true to R711 Art. 50 in table and text alike. Raises `UnknownTable`.
    """
    found: list[Mapping[str, Any]] = []
    sets: dict[str, list[str]] = {}
    for path in indicators.catalogue_entry(format)["relations"]:
        contents = read_toml(path)
        sets |= contents.get("sets", {})
        found += contents["relation"]
    return tuple(_read_relation(each, sets) for each in found)


@lru_cache(maxsize=16)
def beyond(format: str) -> tuple[NotEvaluated, ...]:
    """Return the relations of a format that no table can show, each with what it takes (R711 Art. 50).

    Raises `UnknownTable`.
    """
    return tuple(
        NotEvaluated(each.id, f"须对照{_JUDGED_ON[each.judged_on]}核对，仅凭统计表不能判断。")
        for each in catalogue(format)
        if each.judged_on != "table"
    )


@lru_cache(maxsize=16)
def _of_table(format: str) -> tuple[Relation, ...]:
    return tuple(each for each in catalogue(format) if each.judged_on == "table")


def _read_relation(row: Mapping[str, Any], sets: Mapping[str, list[str]]) -> Relation:
    texts = [text for template in row.get("holds", ()) for text in _expand(template, sets)]
    return Relation(
        id=row["id"],
        grade=row["grade"],
        sentence=row["sentence"],
        statements=tuple(parse_statement(text) for text in texts),
        unless=parse_comparison(row["unless"]) if "unless" in row else None,
        check=row.get("check", ""),
        judged_on=row.get("judged_on", "table"),
        given=row.get("given", ""),
        is_if_shown=row.get("if_shown", False),
    )


def _expand(template: str, sets: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield the expressions of a template: `{+name}` in a cell makes a sum over a set, `{name}` one for each of it."""

    def added(cell: re.Match[str]) -> str:
        name = cell[2]
        return " + ".join(f"{cell[1]}{each}{cell[3]}" for each in sets[name])

    text = re.sub(r"(\[[^]{]*(?:\{\w+\}[^]{]*)*)\{\+(\w+)\}([^]]*\])", added, template)
    names = list(dict.fromkeys(re.findall(r"\{(\w+)\}", text)))
    for chosen in product(*(sets[name] for name in names)):
        yield text.format_map(dict(zip(names, chosen, strict=True)))


def _judge(relation: Relation, statement: Statement, cells: Cells, previous: Cells | None) -> bool | None:
    """Tell whether a statement of a relation holds or is excused, None when that hangs on a blank."""
    holds = statement.holds(cells, previous)
    if holds is False and relation.unless is not None:
        return relation.unless.holds(cells, previous)
    return holds


def _failure(relation: Relation, statement: Statement, cells: Cells, previous: Cells | None) -> Failure:
    sides = statement.conclusion.sides(cells, previous)
    assert sides is not None  # noqa: S101  a statement that fails has both its sides
    sign, limit = statement.conclusion.sign, plain(sides[1])
    codes = tuple(dict.fromkeys(cell.code for cell in statement.cells if not cell.is_previous))
    expected = limit if sign == "=" else f"{_SIGNS[sign]}{limit}"
    return Failure(relation.id, relation.grade, relation.sentence, codes, expected, plain(sides[0]))


def _why_not(
    relation: Relation,
    unjudged: Iterable[Statement],
    form: IndicatorTable,
    table: Values,
    cells: Cells,
    previous: Cells | None,
) -> str:
    """Return in one sentence why some statements of a relation could not be judged."""
    blank: dict[str, None] = {}
    wants_previous = wants_fact = False
    for statement in unjudged:
        holds = statement.holds(cells, previous)
        wants_fact = wants_fact or (holds is False and bool(relation.given))
        hangs_on_excuse = relation.unless is not None and holds is False
        for cell in (*statement.cells, *(relation.unless.cells if relation.unless and hangs_on_excuse else ())):
            if cell.is_previous:
                wants_previous = wants_previous or (previous or {}).get(cell.code) is None
            elif cells.get(cell.code) is None:
                blank[cell.code] = None
    reasons = _blank_reasons(form, table, list(blank))
    if wants_previous:
        reasons.append("缺少上一年度的统计表或其中的数")
    if wants_fact:
        reasons.append(f"没有说明{_FACTS[relation.given]}")
    return f"{'、'.join(reasons)}，无法核对。"


def _blank_reasons(form: IndicatorTable, table: Values, codes: list[str]) -> list[str]:
    if not codes:
        return []
    given = {code.partition(".")[0] for code in table}
    absent = [part for part in form.parts if part.key not in given]
    reasons = [f"没有提供「{part.heading}」表" for part in absent if any(c.startswith(f"{part.key}.") for c in codes)]
    named = [form.by_code[code] for code in codes if not form.parts or form.by_code[code].part in given]
    if named and not form.parts:
        reasons.append(f"第{'、'.join(each.code for each in named)}行未填")
    elif named:
        places = "、".join(f"「{each.name}」" for each in named[:_MOST_NAMED])
        reasons.append(f"{places}{f'等{len(named)}格' if len(named) > _MOST_NAMED else ''}未填")
    return reasons


def _is_sum(relation: Relation, statement: Statement) -> bool:
    """Whether a statement is a sum that must come out, with no condition, excuse or fact about it."""
    plain_one = not (statement.conditions or relation.unless or relation.given)
    return plain_one and statement.conclusion.sign == "="


def _suspects(
    form: IndicatorTable,
    format: str,
    failed: list[tuple[int, Relation, Statement]],
    cells: Cells,
    previous: Cells | None,
) -> dict[int, tuple[str, ...]]:
    """Return the suspect cells of each failed sum by its place among the failures.

    First the sums that are certain explain one another, then, where a plausible one failed, all together.
    """
    values = {**cells, **{f"previous[{code}]": number for code, number in (previous or {}).items()}}

    def may_be(cell: str, number: Exact) -> bool:
        # Last year's table may be of another form; what is asked of its cells are counts.
        indicator = form.by_code.get(cell)
        decimals, is_signed = (indicator.decimals, indicator.is_signed) if indicator else (0, False)
        return (number >= 0 or is_signed) and number * 10**decimals % 1 == 0

    def cost(changes: suspects.Changes) -> tuple[int, ...] | None:
        return _upset(format, changes, cells, previous)

    tiers = [frozenset({"certain"})]
    if any(relation.grade != "certain" for _at, relation, _statement in failed):
        tiers.append(frozenset({"certain", "plausible", "local"}))
    equations = _equations(format)
    place = {id(statement): number for number, (_grade, statement, _equation) in enumerate(equations)}
    named: dict[int, tuple[str, ...]] = {}
    for grades in tiers:
        judged = tuple(
            number
            for number, (grade, _statement, equation) in enumerate(equations)
            if grade in grades and all(values.get(cell) is not None for cell in equation.factors)
        )
        explained = suspects.explain(_groups(format, judged), values, may_be, cost)
        for at, relation, statement in failed:
            if at not in named and relation.grade in grades:
                named[at] = explained[judged.index(place[id(statement)])]
    return named


@lru_cache(maxsize=16)
def _equations(format: str) -> tuple[tuple[Grade, Statement, suspects.Equation], ...]:
    return tuple(
        (relation.grade, statement, suspects.Equation.of(statement))
        for relation in relations(format)
        for statement in relation.statements
        if _is_sum(relation, statement)
    )


@lru_cache(maxsize=64)
def _groups(format: str, judged: tuple[int, ...]) -> tuple[suspects.Group, ...]:
    equations = _equations(format)
    return suspects.groups([equations[number][2] for number in judged])


def _upset(format: str, changes: suspects.Changes, cells: Cells, previous: Cells | None) -> tuple[int, ...] | None:
    """Return what a set of changes leaves failed and newly upsets; None when it breaks what is certain.

    The first number counts certain relations that stay failed, the second others that newly fail.
    """
    now, before = dict(cells), None if previous is None else dict(previous)
    for cell, delta in changes.items():
        code = cell.removeprefix("previous[").removesuffix("]")
        place = now if code == cell else before
        if place is not None:
            place[code] = (place[code] or 0) + delta
    still_failed = newly_failed = 0
    for relation in relations(format):
        for statement in relation.statements:
            if relation.given or statement.names.isdisjoint(changes):
                continue
            if _judge(relation, statement, now, before) is False:
                if _judge(relation, statement, cells, previous) is False:
                    still_failed += relation.grade == "certain"
                elif relation.grade == "certain":
                    return None
                else:
                    newly_failed += 1
    return still_failed, newly_failed
