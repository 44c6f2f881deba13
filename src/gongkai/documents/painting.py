"""What is painted on a page and in which order: what covers a character, and on what ground it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from gongkai.documents.layout import Glyph, Rules
from gongkai.documents.model import Box, Hidden

Colour = tuple[int, int, int]
Point = tuple[float, float]
WHITE: Colour = (255, 255, 255)
_STRIP, _FAR = 12.0, 4_000.0
_SMALL = 1.5
"""Points below which nobody reads a text."""
_STRAY = 3
"""So many characters at least must lie under a shape that is no rectangle: a seal's star covers one or two."""


@dataclass(frozen=True)
class Paint:
    """How a piece of text is painted."""

    colour: Colour | None = None
    invisible: bool = False
    size: float = 12.0
    order: int = 0

    @cached_property
    def is_plain(self) -> bool:
        """Whether nothing but a cover could make it invisible on white paper."""
        return not self.invisible and self.size >= _SMALL and (self.colour is None or not near(self.colour, WHITE))


@dataclass(frozen=True)
class Cover:
    """An opaque area: its box, its outline when it is no rectangle, its colour (None for a picture)."""

    box: Box
    order: int
    colour: Colour | None
    outline: tuple[Point, ...] = ()
    is_picture: bool = False

    def covers(self, glyph: Glyph) -> bool:
        """Whether the middle of a character lies within, and most of its height."""
        left, top, right, bottom = self.box
        x, y = glyph.x, glyph.y
        if not (left <= x <= right and top <= y <= bottom):
            return False
        height = glyph.box[3] - glyph.box[1]
        if bottom - top < height * 0.4:
            return False
        return not self.outline or _inside(self.outline, x, y)


@dataclass
class Canvas:
    """All that is painted on a page but text; complete before `verdict` is asked."""

    covers: list[Cover] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    rules: Rules = field(default_factory=Rules)
    _strips: dict[int, list[Cover]] | None = None

    def scan(self, page: Box) -> Box | None:
        """The picture that fills the page, when it is a scan; several stripes of one count together."""
        if not self.pictures:
            return None
        area = sum(overlap(box, page) for box in self.pictures)
        whole = (page[2] - page[0]) * (page[3] - page[1])
        return self.pictures[0] if whole > 0 and area > 0.55 * whole else None

    def forget_strays(self, glyphs: Sequence[Glyph]) -> None:
        """Leave out shapes, no rectangles, that lie over a character or two: stars of seals, arrows, check marks."""
        counts: dict[int, int] = {}
        for glyph in glyphs:
            for cover in self._near(glyph.y):
                if cover.outline and glyph.text.strip() and cover.covers(glyph):
                    counts[cover.order] = counts.get(cover.order, 0) + 1
        self.covers = [one for one in self.covers if not one.outline or counts.get(one.order, 0) >= _STRAY]
        self._strips = None

    def _near(self, y: float) -> list[Cover]:
        """The covers at a height, in the order of painting; the page is looked at in strips."""
        if self._strips is None:
            self._strips = {}
            for cover in self.covers:
                first, last = max(cover.box[1], -_FAR), min(cover.box[3], _FAR)
                for strip in range(int(first // _STRIP), int(last // _STRIP) + 1):
                    self._strips.setdefault(strip, []).append(cover)
        return self._strips.get(int(y // _STRIP), [])

    def verdict(self, glyph: Glyph, paint: Paint, page: Box) -> tuple[Hidden, str] | None:
        """Why a character is not to be seen, or None when it is."""
        x, y = glyph.x, glyph.y
        if not (page[0] - 1 <= x <= page[2] + 1 and page[1] - 1 <= y <= page[3] + 1):
            return Hidden.OFF_PAGE, ""
        if paint.is_plain and not self.covers:
            return None
        near_by = self._near(y)
        for cover in near_by:
            if cover.order > paint.order and cover.covers(glyph):
                return Hidden.UNDER_BOX, "图片" if cover.is_picture else "图形"
        if paint.invisible:
            return Hidden.HIDDEN_TEXT, ""
        if paint.size < _SMALL:
            return Hidden.WHITE_TEXT, ""
        if paint.colour is None:
            return None
        ground: Colour | None = WHITE
        for cover in near_by:
            if cover.order < paint.order and cover.covers(glyph):
                ground = cover.colour
        for box in self.pictures:
            if ground == WHITE and box[0] <= glyph.x <= box[2] and box[1] <= glyph.y <= box[3]:
                ground = None
        if ground is not None and near(paint.colour, ground):
            return Hidden.WHITE_TEXT, ""
        return None


Verdict = tuple[Hidden, str]


def partly_hidden(glyphs: Sequence[Glyph], verdicts: Sequence[Verdict | None]) -> dict[int, Verdict]:
    """The characters that can be seen of a number or Latin word the rest of which is under a box, and under what.

    Both parts can be copied, so the hidden text is given whole: a number of which a box covers the middle is a number.
    """
    found: dict[int, Verdict] = {}
    start = 0
    while start < len(glyphs):
        end = start
        while end < len(glyphs) and _goes_on(glyphs, start, end):
            end += 1
        under = next((one for one in verdicts[start:end] if one is not None and one[0] is Hidden.UNDER_BOX), None)
        if under is not None:
            found.update({at: under for at in range(start, end) if verdicts[at] is None})
        start = max(end, start + 1)
    return found


def _goes_on(glyphs: Sequence[Glyph], start: int, at: int) -> bool:
    """Whether the character at a place belongs to the number or word that begins at another."""
    glyph = glyphs[at]
    if at > start and glyph.text in " -" and glyphs[at - 1].text.isdigit():
        return True
    if not (glyph.text.isascii() and glyph.text.isalnum()):
        return False
    height = glyph.box[3] - glyph.box[1]
    return at == start or (
        abs(glyph.y - glyphs[at - 1].y) < height / 2 and abs(glyph.box[0] - glyphs[at - 1].box[2]) < 2 * height
    )


def near(one: Colour, other: Colour) -> bool:
    """Whether two colours cannot be told apart by eye."""
    return all(abs(a - b) <= 10 for a, b in zip(one, other, strict=True))


def overlap(one: Box, other: Box) -> float:
    """The area that two boxes share."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, width) * max(0.0, height)


def is_rectangle(points: Sequence[Point]) -> bool:
    """Whether an outline runs along the edges of its box."""
    if not 4 <= len(points) <= 6:
        return False
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    return all(min(abs(x - left), abs(x - right)) < 0.5 and min(abs(y - top), abs(y - bottom)) < 0.5 for x, y in points)


def _inside(outline: tuple[Point, ...], x: float, y: float) -> bool:
    inside = False
    x1, y1 = outline[-1]
    for x2, y2 in outline:
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
        x1, y1 = x2, y2
    return inside
