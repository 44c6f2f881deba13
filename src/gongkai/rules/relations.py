"""The relations (勾稽关系) of the statistics tables, and checking any table against them.

Relations are data (`rules/data/relations`), graded `certain` (a failure is an error), `plausible` and `local`
(a failure is a warning). A blank is not a zero: what hangs on a blank cell is not evaluated, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from gongkai.rules import indicators
from gongkai.rules.errors import InvalidValue, UnknownTable
from gongkai.rules.expressions import Cells, Comparison, Statement, parse_comparison, parse_statement
from gongkai.rules.indicators import IndicatorTable
from gongkai.rules.sources import read_toml

Grade = Literal["certain", "plausible", "local"]
Number = int | float | Decimal
Values = Mapping[str, Number | None]

_SIGNS = {"=": "", "<=": "≤", ">=": "≥", "<": "<", ">": ">"}


@dataclass(frozen=True)
class Relation:
    """One relation: statements on cells, or the name of a check on how the table is filled, never both."""

    id: str
    grade: Grade
    sentence: str
    statements: tuple[Statement, ...] = ()
    unless: Comparison | None = None
    check: str = ""


@dataclass(frozen=True)
class Failure:
    """A place where a relation does not hold.

    `cells` are the codes of the cells concerned. `expected` is a number where exactly one would be right, otherwise
    words such as "≤53"; `found` is the number found, None for a blank.
    """

    id: str
    grade: Grade
    sentence: str
    cells: tuple[str, ...]
    expected: int | Decimal | str
    found: int | Decimal | str | None


@dataclass(frozen=True)
class NotEvaluated:
    """A relation that could not be judged, wholly or in part, and why, in one Chinese sentence."""

    id: str
    why: str


@dataclass(frozen=True)
class Result:
    """What a check found: failures in the order of the relations, and what could not be judged."""

    failed: tuple[Failure, ...]
    not_evaluated: tuple[NotEvaluated, ...]

    @property
    def has_error(self) -> bool:
        """Whether a relation that is certain failed."""
        return any(failure.grade == "certain" for failure in self.failed)


def check(table: Values, format: str, previous: Values | None = None) -> Result:
    """Check a table, code to number or None for a blank, against all relations of its format.

    A code that is absent counts as blank; a local row that is absent is not asked for. `previous` is last year's
    table. Raises `UnknownTable` for an unknown format, `UnknownIndicator` for a code the format does not have and
    `InvalidValue` for a value that is no number.
    """
    form = indicators.table(format)
    exact = _exact(form, table)
    cells = _countable(exact)
    before = None if previous is None else _countable(_exact(form, previous))
    failed: list[Failure] = []
    not_evaluated: list[NotEvaluated] = []
    for relation in relations(format):
        if relation.check:
            found = _CHECKS[relation.check](form, exact)
            failed += [Failure(relation.id, relation.grade, relation.sentence, *each) for each in found]
        else:
            failed += _failures(relation, cells, before)
            why = _why_not_evaluated(relation, cells, before)
            not_evaluated += [NotEvaluated(relation.id, why)] if why else []
    return Result(tuple(failed), tuple(not_evaluated))


@lru_cache(maxsize=16)
def relations(format: str) -> tuple[Relation, ...]:
    """Return the relations of a format in the order in which they are reported; raises `UnknownTable`. Cached."""
    path = indicators.catalogue_entry(format).get("relations")
    if path is None:
        raise UnknownTable(f"{format}格式的统计表还没有勾稽关系，无法核对。")
    return tuple(
        Relation(
            id=each["id"],
            grade=each["grade"],
            sentence=each["sentence"],
            statements=tuple(parse_statement(text) for text in each.get("holds", ())),
            unless=parse_comparison(each["unless"]) if "unless" in each else None,
            check=each.get("check", ""),
        )
        for each in read_toml(path)["relation"]
    )


def _judge(relation: Relation, statement: Statement, cells: Cells, previous: Cells | None) -> bool | None:
    """Tell whether a statement of a relation holds or is excused, None when that hangs on a blank."""
    holds = statement.holds(cells, previous)
    if holds is False and relation.unless is not None:
        return relation.unless.holds(cells, previous)
    return holds


def _failures(relation: Relation, cells: Cells, previous: Cells | None) -> Iterator[Failure]:
    for statement in relation.statements:
        sides = statement.conclusion.sides(cells, previous)
        if sides is None or _judge(relation, statement, cells, previous) is not False:
            continue
        found, limit = _plain(sides[0]), _plain(sides[1])
        sign = statement.conclusion.sign
        codes = tuple(dict.fromkeys(cell.code for cell in statement.cells if not cell.is_previous))
        expected = limit if sign == "=" else f"{_SIGNS[sign]}{limit}"
        yield Failure(relation.id, relation.grade, relation.sentence, codes, expected, found)


def _why_not_evaluated(relation: Relation, cells: Cells, previous: Cells | None) -> str:
    """Return in one sentence why some part of a relation could not be judged, empty when all was."""
    blank: dict[str, None] = {}
    wants_previous = False
    for statement in relation.statements:
        if _judge(relation, statement, cells, previous) is not None:
            continue
        hangs_on_excuse = relation.unless is not None and statement.holds(cells, previous) is False
        for cell in (*statement.cells, *(relation.unless.cells if relation.unless and hangs_on_excuse else ())):
            if cell.is_previous:
                wants_previous = wants_previous or (previous or {}).get(cell.code) is None
            elif cells.get(cell.code) is None:
                blank[cell.code] = None
    reasons = [f"第{'、'.join(blank)}行未填"] if blank else []
    if wants_previous:
        reasons.append("缺少上一年度的统计表或其中的数")
    return f"{'、'.join(reasons)}，无法核对。" if reasons else ""


def _exact(form: IndicatorTable, table: Values) -> Cells:
    """Return the table as exact numbers; a number that is not finite stays what it is."""
    exact: dict[str, Decimal | None] = {}
    for code, value in table.items():
        form.indicator(code)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float | Decimal)):
            raise InvalidValue(f"第{code}行的值「{value}」不是数，请填写数字或者留空。")
        exact[code] = None if value is None else Decimal(str(value))
    return exact


def _countable(exact: Cells) -> Cells:
    """Leave out what is no finite number, which ST-91 reports."""
    return {code: value if value is not None and value.is_finite() else None for code, value in exact.items()}


def _plain(value: Decimal) -> int | Decimal | str:
    if not value.is_finite():
        return str(value)
    return int(value) if value == value.to_integral_value() else value


Found = tuple[tuple[str, ...], int | Decimal | str, int | Decimal | str | None]


def _check_parents(form: IndicatorTable, table: Cells) -> Iterator[Found]:
    """IN-04: a row printed as 其中 is filled only where its parent is."""
    for row in form.values:
        if row.is_of_which and table.get(row.code) is not None and table.get(row.parent_code) is None:
            yield (row.code, row.parent_code), "应填写", None


def _check_sections(form: IndicatorTable, table: Cells) -> Iterator[Found]:
    """ST-90: the cells of a section are all filled, or all blank."""
    for section in dict.fromkeys(row.section for row in form.values):
        asked = [r.code for r in form.values if r.section == section and (r.code in table or not r.is_local)]
        blank = tuple(code for code in asked if table.get(code) is None)
        if 0 < len(blank) < len(asked):
            yield blank, "应填写", None


def _check_numbers(form: IndicatorTable, table: Cells) -> Iterator[Found]:
    """ST-91: values are whole numbers not below 0, in 8.5 with at most two decimal places."""
    for row in form.values:
        value = table.get(row.code)
        if value is None:
            continue
        if not value.is_finite() or value < 0:
            yield (row.code,), "≥0", _plain(value)
        elif (scaled := value.scaleb(row.decimals)) != scaled.to_integral_value():
            yield (row.code,), f"至多{row.decimals}位小数" if row.decimals else "整数", _plain(value)


def _check_headings(form: IndicatorTable, table: Cells) -> Iterator[Found]:
    """ST-94: a heading holds no value."""
    for row in form.indicators:
        value = table.get(row.code)
        if row.is_heading and value is not None:
            yield (row.code,), "不填", _plain(value)


_CHECKS: Mapping[str, Callable[[IndicatorTable, Cells], Iterator[Found]]] = {
    "parent_filled": _check_parents,
    "section_filled": _check_sections,
    "numbers": _check_numbers,
    "headings_blank": _check_headings,
}
