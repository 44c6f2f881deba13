"""The small language in which relations between cells are written in `rules/data/relations`.

`[3.1]` is a cell, `previous[3.1]` the same cell of last year's table; sums and differences of cells and whole numbers
are compared by `=`, `<=`, `>=`, `<`, `>`; `A and B => C` reads: where A and B hold, C must hold.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

Cells = Mapping[str, Decimal | None]

_COMPARISON = re.compile(r"(.+?)(<=|>=|=|<|>)(.+)")
_TERM = re.compile(r"\s*([+-]?)\s*(?:(previous)?\[([0-9.]+)\]|(\d+))")
_OPERATORS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "=": operator.eq,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}


@dataclass(frozen=True)
class Cell:
    """A cell of this year's table or, with `is_previous`, of last year's."""

    code: str
    is_previous: bool = False


@dataclass(frozen=True)
class Sum:
    """A sum of cells and a constant; each cell with its sign, 1 or -1."""

    terms: tuple[tuple[int, Cell], ...]
    constant: int

    def value(self, cells: Cells, previous: Cells | None) -> Decimal | None:
        """Return the sum, None when one of its cells is blank or last year's table is wanting."""
        total = Decimal(self.constant)
        for sign, cell in self.terms:
            value = (previous or {}).get(cell.code) if cell.is_previous else cells.get(cell.code)
            if value is None:
                return None
            total += sign * value
        return total


@dataclass(frozen=True)
class Comparison:
    """Two sums and what must hold between them."""

    left: Sum
    sign: str
    right: Sum

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All cells it names, in their order."""
        return tuple(cell for _, cell in (*self.left.terms, *self.right.terms))

    def sides(self, cells: Cells, previous: Cells | None) -> tuple[Decimal, Decimal] | None:
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

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All cells it names, each once, those of the conditions first."""
        named = [cell for each in (*self.conditions, self.conclusion) for cell in each.cells]
        return tuple(dict.fromkeys(named))

    def holds(self, cells: Cells, previous: Cells | None) -> bool | None:
        """Tell whether it holds, None when that hangs on a blank cell."""
        concluded = self.conclusion.holds(cells, previous)
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
        if term[3]:
            terms.append((sign, Cell(term[3], is_previous=bool(term[2]))))
        else:
            constant += sign * int(term[4])
        at = term.end()
    return Sum(tuple(terms), constant)
