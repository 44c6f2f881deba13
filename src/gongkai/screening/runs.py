"""What was found, and the runs of digits and gaps in which numbers are looked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from gongkai.screening.folding import CELL, CODES, fold
from gongkai.screening.kinds import Kind
from gongkai.screening.labels import Around

_ALPHANUMERIC = re.compile("[A-Za-z]")
GAP_LENGTH = 4  # characters between two groups of one number
_GROUPS = re.compile(r"[0-9]+")
_WORDS_BEFORE = re.compile(r"(?:tel|phone|mobile|mob|wx|cell|no|[^a-z][mt])\.?$", re.I)
_CHECK_LETTER = re.compile(r"[ \n\x1c\x1f-]{0,2}[xX](?![A-Za-z])")
_LETTER = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]").match


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found in a text, from `start` to `end`; inside this package only, for it points at the number."""

    kind: Kind
    start: int
    end: int
    note: str
    certain: bool = True


Header = Callable[[int], str]
"""Gives the header of the column in which an offset stands, empty when there is none."""


def no_header(_offset: int) -> str:
    """The header of a text that is no table."""
    return ""


class Run:
    """A stretch of digits and gaps in a text, cut into groups."""

    def __init__(self, text: str, start: int, end: int, header: Header) -> None:
        self.text = text
        self.start = start
        self.folded = fold(text[start:end])
        self.header = header
        self.groups = [(found.start(), found.group()) for found in _GROUPS.finditer(self.folded)]
        self.sizes = [len(digits) for _position, digits in self.groups]
        self.joined = "".join([digits for _position, digits in self.groups])
        self.offsets = [0, *accumulate(self.sizes)]
        """Where each group begins in `joined`, and its length at the end."""
        self.group_at = {offset: index for index, offset in enumerate(self.offsets)}
        crossings = [self._crossing(index) for index in range(len(self.sizes) - 1)]
        self.reach_certain = _reach(crossings, 1)
        """For each group the last one to which a number that a checksum confirms may go from it."""
        self.reach_any = _reach(crossings, 2)
        """The same for any number."""

    def around(self, first: int, last: int) -> Around:
        """The words around the groups from first to last."""
        start, end = self.span(first, last)
        return Around(self.text, start, end, self.header(start))

    def digits(self, first: int, last: int) -> str:
        """The digits of the groups from first to last."""
        return self.joined[self.offsets[first] : self.offsets[last + 1]]

    def last(self, first: int, length: int) -> int:
        """The group with which a number of a length ends that begins with a group, -1 when it ends inside one."""
        return self.group_at.get(self.offsets[first] + length, 0) - 1

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the groups from first to last begin and end in the text."""
        return self.start + self.groups[first][0], self.start + self.groups[last][0] + self.sizes[last]

    def gap(self, index: int) -> str:
        """What stands between a group and the next one."""
        return self.folded[self.groups[index][0] + self.sizes[index] : self.groups[index + 1][0]]

    def touches_letters(self, first: int, last: int) -> bool:
        """Tell whether a letter touches the number, so that it is part of a longer code."""
        start, end = self.span(first, last)
        right, left = self.text[end : end + 1], self.text[start - 1 : start] if start else ""
        if right and _LETTER(right) and fold(right) not in "xX":
            return True
        if not left or not _LETTER(left):
            return False
        return _WORDS_BEFORE.search(" " + fold(self.text[max(0, start - 7) : start])) is None

    def check_letter(self, last: int) -> int:
        """Where the check character X after the last group ends, 0 when there is none."""
        end = self.start + self.groups[last][0] + self.sizes[last]
        found = _CHECK_LETTER.match(fold(self.text[end : end + 4]))
        return end + found.end() if found else 0

    def _crossing(self, index: int) -> int:
        """Say which numbers may go over a gap: 0 none, 1 those that a checksum confirms, 2 any."""
        gap = self.gap(index)
        if _ALPHANUMERIC.search(gap):
            return 0
        borders = gap.count(CELL) + gap.count(CODES)
        if len(gap) - borders > GAP_LENGTH or borders > 1 or "." in gap:
            return 0
        return 1 if CODES in gap else 2


def _reach(crossings: list[int], least: int) -> list[int]:
    """For each group the last one that is reached over gaps of at least a kind."""
    reach = list(range(len(crossings) + 1))
    for index in range(len(crossings) - 1, -1, -1):
        if crossings[index] >= least:
            reach[index] = reach[index + 1]
    return reach
