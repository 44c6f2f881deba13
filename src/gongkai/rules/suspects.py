"""Which cells, if they alone were wrong, would explain the sums of a table that do not come out.

A statistics table is over-determined: a cell stands in the sum of its row and in that of its column. A changed cell
therefore breaks a pattern of sums, and the pattern names the cell. What is looked for is the smallest set of cells
whose change puts every failed sum right, breaks no sum that held, and asks for no number below zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.rules.expressions import Exact, Statement

# More wrong cells than this at once are not searched for together, nor more changes than that tried.
MOST_WRONG_CELLS = 8
MOST_STEPS = 3000
# So many wrong cells are searched for in every order; of more, each change must lessen the number of failed sums.
SEARCHED_FULLY = 2

# Cells go by their names here, `previous[…]` for one of last year's table.
Changes = Mapping[str, Exact]
Values = Mapping[str, Exact | None]


@dataclass(frozen=True)
class Equation:
    """A sum that must come out: its cells with 1 or -1, all brought to one side."""

    factors: Mapping[str, int]

    @classmethod
    def of(cls, statement: Statement) -> Equation:
        """Return the equation that a statement without conditions and with the sign `=` makes.

        Raises `ValueError` when it takes a cell more than once.
        """
        factors: dict[str, int] = {}
        for factor, cell in statement.conclusion.left.terms:
            factors[cell.name] = factors.get(cell.name, 0) + factor
        for factor, cell in statement.conclusion.right.terms:
            factors[cell.name] = factors.get(cell.name, 0) - factor
        if not set(factors.values()) <= {1, 0, -1}:
            raise ValueError(f"a sum takes each cell once: {statement}")
        return cls({cell: factor for cell, factor in factors.items() if factor})


@dataclass(frozen=True)
class Group:
    """Equations that hang together by common cells: their numbers among all, and where each cell stands."""

    numbers: tuple[int, ...]
    equations: tuple[Equation, ...]
    where: Mapping[str, tuple[int, ...]]


@dataclass
class _Search:
    """One search for the smallest explanations of some failed sums of a group."""

    group: Group
    values: Values
    may_be: Callable[[str, Exact], bool]
    steps: int = 0

    def smallest(self, residuals: Mapping[int, Exact]) -> list[Changes]:
        """Return all explanations of the smallest size, none when there is none of a size that is searched."""
        for size in range(1, MOST_WRONG_CELLS + 1):
            found: dict[frozenset[str], Changes] = {}
            for changes in self.explanations(residuals, {}, size):
                found.setdefault(frozenset(changes), changes)
            if found or self.steps > MOST_STEPS:
                return list(found.values())
        return []

    def explanations(self, residuals: Mapping[int, Exact], changes: Changes, size: int) -> Iterator[Changes]:
        """Yield the sets of changes, with those already made at most `size`, after which every sum comes out."""
        if not residuals:
            yield changes
        elif len(changes) < size and self.steps <= MOST_STEPS:
            # One of the cells of any failed sum is wrong, by as much as one of its failed sums is off.
            number = min(residuals, key=lambda each: (len(self.group.equations[each].factors), each))
            for cell in self.group.equations[number].factors:
                if cell not in changes:
                    for delta in self._deltas(residuals, cell):
                        after = self._after(residuals, cell, delta)
                        if size <= SEARCHED_FULLY or len(after) < len(residuals):
                            yield from self.explanations(after, {**changes, cell: delta}, size)

    def _deltas(self, residuals: Mapping[int, Exact], cell: str) -> Iterator[Exact]:
        """Yield the changes of a cell that put one of its failed sums right and leave it a possible number."""
        failed = (number for number in self.group.where[cell] if number in residuals)
        for delta in dict.fromkeys(
            -residuals[number] * self.group.equations[number].factors[cell] for number in failed
        ):
            self.steps += 1
            if self._is_possible(cell, delta):
                yield delta

    def alone(self, residuals: Mapping[int, Exact]) -> list[Changes]:
        """Return the single cells that put right every sum they stand in, where those are two or more and all failed.

        That is what is left to say of a table with many wrong cells.
        """
        found: list[Changes] = []
        for cell, numbers in self.group.where.items():
            wanted = {-residuals.get(each, 0) * self.group.equations[each].factors[cell] for each in numbers}
            if len(numbers) > 1 and len(wanted) == 1 and (delta := wanted.pop()) and self._is_possible(cell, delta):
                found.append({cell: delta})
        return found

    def _is_possible(self, cell: str, delta: Exact) -> bool:
        value = self.values.get(cell)
        return value is not None and self.may_be(cell, value + delta)

    def _after(self, residuals: Mapping[int, Exact], cell: str, delta: Exact) -> dict[int, Exact]:
        after = dict(residuals)
        for number in self.group.where[cell]:
            off = after.pop(number, 0) + self.group.equations[number].factors[cell] * delta
            if off:
                after[number] = off
        return after


def explain(
    groups: Iterable[Group],
    values: Values,
    may_be: Callable[[str, Exact], bool],
    cost: Callable[[Changes], tuple[int, ...] | None],
) -> dict[int, tuple[str, ...]]:
    """Return the suspect cells of each equation that does not come out, by its number.

    `groups` hold equations all of whose cells are filled, `values` the number of each cell. `may_be` tells whether a
    cell may hold a number, `cost` what else a set of changes upsets: None forbids it, of the others the least is taken.
    Where several explanations are equally small, the suspects are the cells of all of them.
    """
    suspects: dict[int, tuple[str, ...]] = {}
    for group in groups:
        residuals = {at: off for at, each in enumerate(group.equations) if (off := _residual(each, values))}
        if not residuals:
            continue
        search = _Search(group, values, may_be)
        explained = _cheapest(search.smallest(residuals), cost) or search.alone(residuals)
        named = {cell for changes in explained for cell in changes}
        for at in residuals:
            cells = group.equations[at].factors
            suspects[group.numbers[at]] = tuple(cell for cell in cells if cell in named) or tuple(cells)
    return suspects


def groups(equations: Sequence[Equation]) -> tuple[Group, ...]:
    """Return equations in groups that have no cell in common."""
    apart: list[tuple[set[str], list[int]]] = []
    for number, equation in enumerate(equations):
        cells, numbers = set(equation.factors), [number]
        others: list[tuple[set[str], list[int]]] = []
        for group in apart:
            if cells.isdisjoint(group[0]):
                others.append(group)
            else:
                cells |= group[0]
                numbers = group[1] + numbers
        apart = [*others, (cells, numbers)]
    return tuple(_group(equations, numbers) for _cells, numbers in apart)


def _group(equations: Sequence[Equation], numbers: list[int]) -> Group:
    chosen = tuple(equations[number] for number in numbers)
    where: dict[str, list[int]] = {}
    for at, equation in enumerate(chosen):
        for cell in equation.factors:
            where.setdefault(cell, []).append(at)
    return Group(tuple(numbers), chosen, {cell: tuple(places) for cell, places in where.items()})


def _cheapest(explained: list[Changes], cost: Callable[[Changes], tuple[int, ...] | None]) -> list[Changes]:
    costs = [(paid, changes) for changes in explained if (paid := cost(changes)) is not None]
    least = min((paid for paid, _changes in costs), default=None)
    return [changes for paid, changes in costs if paid == least]


def _residual(equation: Equation, values: Values) -> Exact:
    total: Exact = 0
    for cell, factor in equation.factors.items():
        total += factor * (values.get(cell) or 0)
    return total
