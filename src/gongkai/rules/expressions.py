"""The small language in which relations between cells are written in `rules/data/relations`.

`[3.1]` and `[requests.3.1.total]` are cells, `previous[3.1]` is the same cell of last year's table, `100 * [3.1]` a
multiple. Sums and differences of them and of whole numbers are compared by `=`, `<=`, `>=`, `<`, `>`; `A and B => C`
reads: where A and B hold, C must hold.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

Exact = int | Decimal
Cells = Mapping[str, Exact | None]

_COMPARISON = re.compile(r"(.+?)(<=|>=|=|<|>)(.+)")
_CODE = r"\d[\d.]*|[a-z]\w*(?:\.\w+)+"
_TERM = re.compile(rf"\s*([+-]?)\s*(?:(?:(\d+)\s*\*\s*)?(previous)?\[({_CODE})\]|(\d+))")
_OPERATORS: Mapping[str, Callable[[Exact, Exact], bool]] = {
    "=": operator.eq,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}


def plain(value: Exact) -> int | Decimal | str:
    """Return a number as it is printed: whole numbers as `int`, one that is not finite as its name."""
    if isinstance(value, int):
        return value
    if not value.is_finite():
        return str(value)
    return int(value) if value == value.to_integral_value() else value


@dataclass(frozen=True)
class Cell:
    """A cell of this year's table or, with `is_previous`, of last year's."""

    code: str
    is_previous: bool = False

    @property
    def name(self) -> str:
        """The cell as an expression writes it, without the brackets of this year's."""
        return f"previous[{self.code}]" if self.is_previous else self.code


@dataclass(frozen=True)
class Sum:
    """A sum of cells and a constant; each cell with its factor, mostly 1 or -1."""

    terms: tuple[tuple[int, Cell], ...]
    constant: int

    def value(self, cells: Cells, previous: Cells | None) -> Exact | None:
        """Return the sum, None when one of its cells is blank or last year's table is wanting."""
        total: Exact = self.constant
        for factor, code, is_previous in self._flat:
            value = cells.get(code) if not is_previous else None if previous is None else previous.get(code)
            if value is None:
                return None
            total += value if factor == 1 else factor * value
        return total

    @cached_property
    def _flat(self) -> tuple[tuple[int, str, bool], ...]:
        """The terms without their objects: a table is checked some hundred terms at a time."""
        return tuple((factor, cell.code, cell.is_previous) for factor, cell in self.terms)


@dataclass(frozen=True)
class Comparison:
    """Two sums and what must hold between them."""

    left: Sum
    sign: str
    right: Sum

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """All cells it names, in their order."""
        return tuple(cell for _, cell in (*self.left.terms, *self.right.terms))

    def sides(self, cells: Cells, previous: Cells | None) -> tuple[Exact, Exact] | None:
        """Return the values of both sides, None when a cell that it needs is blank."""
        left, right = self.left.value(cells, previous), self.right.value(cells, previous)
        return None if left is None or right is None else (left, right)

    def holds(self, cells: Cells, previous: Cells | None) -> bool | None:
        """Tell whether it holds, None when a cell that it needs is blank."""
        sides = self.sides(cells, previous)
        return None if sides is None else _OPERATORS[self.sign](*sides)


@dataclass(frozen=True)
class Statement:
    """What must hold where all the conditions hold; without conditions, always."""

    conditions: tuple[Comparison, ...]
    conclusion: Comparison

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """All cells it names, each once, those of the conditions first."""
        named = [cell for each in (*self.conditions, self.conclusion) for cell in each.cells]
        return tuple(dict.fromkeys(named))

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all its cells."""
        return frozenset(cell.name for cell in self.cells)

    def holds(self, cells: Cells, previous: Cells | None) -> bool | None:
        """Tell whether it holds, None when that hangs on a blank cell."""
        concluded = self.conclusion.holds(cells, previous)
        if not self.conditions:
            return concluded
        conditions = [each.holds(cells, previous) for each in self.conditions]
        if concluded is True or False in conditions:
            return True
        return None if concluded is None or None in conditions else False


def parse_statement(text: str) -> Statement:
    """Read a statement; raises `ValueError` naming the text when it is not well formed."""
    before, arrow, after = text.rpartition("=>")
    # "A >= B" has no arrow; an arrow always has a condition with its own comparison before it.
    if not arrow or not _COMPARISON.fullmatch(before):
        return Statement((), parse_comparison(text))
    return Statement(tuple(parse_comparison(each) for each in before.split(" and ")), parse_comparison(after))


def parse_comparison(text: str) -> Comparison:
    """Read a comparison; raises `ValueError` naming the text when it is not well formed."""
    parts = _COMPARISON.fullmatch(text)
    if parts is None:
        raise ValueError(f"not a comparison: {text!r}")
    return Comparison(_parse_sum(parts[1]), parts[2], _parse_sum(parts[3]))


def _parse_sum(text: str) -> Sum:
    terms: list[tuple[int, Cell]] = []
    constant, at, text = 0, 0, text.strip()
    while at < len(text) or at == 0:
        term = _TERM.match(text, at)
        if term is None or (at > 0 and not term[1]):
            raise ValueError(f"not a sum: {text!r}")
        sign = -1 if term[1] == "-" else 1
        if term[4]:
            terms.append((sign * int(term[2] or 1), Cell(term[4], is_previous=bool(term[3]))))
        else:
            constant += sign * int(term[5])
        at = term.end()
    return Sum(tuple(terms), constant)
