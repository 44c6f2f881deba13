"""From characters and lines on a page to paragraphs and ruled tables (PDF and OFD)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gongkai.documents.model import Box, Cell


class Glyph(NamedTuple):
    """A character (or a run without inner position) on a page; `order` is its place in the order of painting."""

    text: str
    box: Box
    order: int = 0

    @property
    def x(self) -> float:
        """Centre, from the left."""
        return (self.box[0] + self.box[2]) / 2

    @property
    def y(self) -> float:
        """Centre, from the top."""
        return (self.box[1] + self.box[3]) / 2


class Rule(NamedTuple):
    """A straight line along an axis: position across, from, to."""

    at: float
    start: float
    end: float


@dataclass
class Rules:
    """The ruling lines of a page."""

    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)

    def add(self, box: Box, *, filled: bool, stroked: bool) -> None:
        """Add a line or the four edges of a rectangle. Fills that are no lines say nothing of tables."""
        left, top, right, bottom = box
        width, height = right - left, bottom - top
        if height <= 2.5 and width > 6:
            self.horizontal.append(Rule((top + bottom) / 2, left, right))
        elif width <= 2.5 and height > 6:
            self.vertical.append(Rule((left + right) / 2, top, bottom))
        elif stroked and width > 6 and height > 6:
            self.horizontal += [Rule(top, left, right), Rule(bottom, left, right)]
            self.vertical += [Rule(left, top, bottom), Rule(right, top, bottom)]
        del filled


@dataclass(frozen=True)
class Line:
    """A line of text with its box."""

    text: str
    box: Box


@dataclass(frozen=True)
class GridTable:
    """A ruled table found on a page."""

    rows: tuple[tuple[Cell, ...], ...]
    box: Box


_NEAR = 2.0
_MOST_RULES = 3_000


def tables(rules: Rules, glyphs: Sequence[Glyph]) -> tuple[list[GridTable], list[Glyph]]:
    """Find ruled tables. Returns them and the glyphs that stand outside.

    A table has at least two ruled rows or columns of cells, one of them holding text. Where a line between two cells is
    missing they are merged.
    """
    rules = Rules(_merged(rules.horizontal), _merged(rules.vertical))
    if len(rules.horizontal) < 2 or len(rules.vertical) < 2:
        return [], list(glyphs)
    if len(rules.horizontal) + len(rules.vertical) > _MOST_RULES:
        return [], list(glyphs)
    found: list[GridTable] = []
    rest = list(glyphs)
    for horizontal, vertical in _groups(rules):
        ys, xs = _positions(horizontal), _positions(vertical)
        if len(ys) < 2 or len(xs) < 2 or len(ys) + len(xs) < 5 or len(ys) * len(xs) > 20_000:
            continue
        box = (xs[0], ys[0], xs[-1], ys[-1])
        inside = [glyph for glyph in rest if _within(glyph, box)]
        if not any(glyph.text.strip() for glyph in inside):
            continue
        kept = set(map(id, inside))
        rest = [glyph for glyph in rest if id(glyph) not in kept]
        found.append(GridTable(_cells(xs, ys, horizontal, vertical, inside), box))
    return found, rest


def _merged(lines: list[Rule]) -> list[Rule]:
    """Put pieces of one line together: cells that are drawn one by one have each edge twice."""
    result: list[Rule] = []
    for rule in sorted(lines, key=lambda rule: (round(rule.at), rule.start)):
        last = result[-1] if result else None
        near = last is not None and abs(rule.at - last.at) <= 1
        if last is not None and near and last.start - _NEAR <= rule.end and rule.start <= last.end + _NEAR:
            result[-1] = Rule(last.at, min(last.start, rule.start), max(last.end, rule.end))
        else:
            result.append(rule)
    return result


def _groups(rules: Rules) -> list[tuple[list[Rule], list[Rule]]]:
    """Put lines that touch together."""
    lines = [(True, rule) for rule in rules.horizontal] + [(False, rule) for rule in rules.vertical]
    parent = list(range(len(lines)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    first_vertical = len(rules.horizontal)
    for one in range(first_vertical):
        flat = lines[one][1]
        for other in range(first_vertical, len(lines)):
            upright = lines[other][1]
            if (
                upright.start - _NEAR <= flat.at <= upright.end + _NEAR
                and flat.start - _NEAR <= upright.at <= flat.end + _NEAR
            ):
                parent[root(one)] = root(other)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for at, (is_flat, rule) in enumerate(lines):
        flats, uprights = groups.setdefault(root(at), ([], []))
        (flats if is_flat else uprights).append(rule)
    return sorted(groups.values(), key=lambda group: min((rule.at for rule in group[0]), default=0.0))


def _positions(lines: Iterable[Rule]) -> list[float]:
    found: list[float] = []
    for at in sorted(rule.at for rule in lines):
        if not found or at - found[-1] > _NEAR * 1.5:
            found.append(at)
    return found


def _within(glyph: Glyph, box: Box) -> bool:
    return box[0] - 1 <= glyph.x <= box[2] + 1 and box[1] - 1 <= glyph.y <= box[3] + 1


def _has(lines: Iterable[Rule], at: float, middle: float) -> bool:
    """Whether a line runs at a position past a point."""
    return any(abs(rule.at - at) <= _NEAR * 1.5 and rule.start - 1 <= middle <= rule.end + 1 for rule in lines)


def _cells(
    xs: list[float], ys: list[float], horizontal: list[Rule], vertical: list[Rule], glyphs: Sequence[Glyph]
) -> tuple[tuple[Cell, ...], ...]:
    columns, rows = len(xs) - 1, len(ys) - 1
    texts: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        row = min(rows - 1, bisect_left(ys, glyph.y, lo=1) - 1)
        column = min(columns - 1, bisect_left(xs, glyph.x, lo=1) - 1)
        texts.setdefault((row, column), []).append(glyph)
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    result: list[tuple[Cell, ...]] = []
    for row in range(rows):
        line: list[Cell] = []
        for column in range(columns):
            if (row, column) in owner:
                continue
            wide = column + 1
            middle = (ys[row] + ys[row + 1]) / 2
            while wide < columns and (row, wide) not in owner and not _has(vertical, xs[wide], middle):
                wide += 1
            deep = row + 1
            while deep < rows and not any(
                _has(horizontal, ys[deep], (xs[at] + xs[at + 1]) / 2) for at in range(column, wide)
            ):
                deep += 1
            inside: list[Glyph] = []
            for down in range(row, deep):
                for right in range(column, wide):
                    owner[down, right] = (row, column)
                    inside += texts.get((down, right), [])
            text = "\n".join(one.text for one in lines(inside))
            line.append(Cell(text, row + 1, column + 1, deep - row, wide - column))
        result.append(tuple(line))
    return tuple(result)


def lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """Put glyphs into lines, in the order they come; those that overlap in height and go on to the right are one line."""
    groups: list[list[Glyph]] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if not glyph.text.strip():
            if groups and glyph.text:
                groups[-1].append(glyph)
            continue
        if last is not None and _goes_on(last, glyph):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
        last = glyph
    return [_line(group) for group in groups]


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    """Whether a glyph stands on the line of the last one, to its right."""
    _left, top, _right, bottom = last.box
    left, upper, _, lower = glyph.box
    height = max(bottom - top, lower - upper, 1.0)
    return abs((top + bottom) - (upper + lower)) < height * 1.2 and left >= last.box[0] - height * 0.5


def _line(group: list[Glyph]) -> Line:
    text = ""
    previous: Glyph | None = None
    for glyph in group:
        if not glyph.text.strip():
            if text and not text.endswith(" "):
                text += " "
            continue
        if previous is not None and not text.endswith(" "):
            size = max(glyph.box[3] - glyph.box[1], 1.0)
            gap = glyph.box[0] - previous.box[2]
            if gap > size * 1.5:
                text += "  "
            elif gap > size * 0.3 and previous.text[-1:].isascii() and glyph.text[:1].isascii():
                text += " "
        text += glyph.text
        previous = glyph
    return Line(text.rstrip(), around(glyph.box for glyph in group if glyph.text.strip()))


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around others."""
    every = list(boxes)
    return (min(b[0] for b in every), min(b[1] for b in every), max(b[2] for b in every), max(b[3] for b in every))


def paragraphs(found: Sequence[Line]) -> list[list[Line]]:
    """Put lines into paragraphs: a paragraph ends where a line is short, the next is indented, or a gap is wide."""
    if not found:
        return []
    left, right = min(line.box[0] for line in found), max(line.box[2] for line in found)
    result = [[found[0]]]
    for line in found[1:]:
        if _is_continued(result[-1], line, left, right):
            result[-1].append(line)
        else:
            result.append([line])
    return result


def _is_continued(group: list[Line], line: Line, left: float, right: float) -> bool:
    """Whether a line belongs to the paragraph before it, between the page's outermost edges of text."""
    last = group[-1]
    size = last.box[3] - last.box[1]
    gap = line.box[1] - last.box[3]
    is_near = -size <= gap < size * 1.4 and abs((line.box[3] - line.box[1]) - size) < size * 0.35
    if not is_near or last.box[2] < right - size * 3:
        return False
    step = line.box[0] - last.box[0]
    if len(group) > 1:
        return abs(step) <= size * 0.5
    # A second line stands further left than an indented first one, or both begin at the edge.
    return step < -size or (abs(step) <= size * 0.5 and line.box[0] - left < size * 1.2)
