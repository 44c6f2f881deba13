"""Compact text: what a grammar reads, with the way back to the printed characters.

White space is dropped, full width becomes half width (，：；（）％０-９), variants of quotation marks, dashes and
brackets become one. `Compact.at` leads from a place in the compact text to the place in the printed text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_ALIKE = {
    "—": "-", "–": "-", "―": "-", "−": "-", "‐": "-", "‑": "-", "─": "-", "〜": "~", "～": "~", "∼": "~",
    "〔": "[", "〕": "]", "［": "[", "］": "]", "【": "[", "】": "]", "｛": "{", "｝": "}", "﹐": ",", "﹔": ";",
    "\u201f": "\u201c", "„": "\u201c", "｢": "「", "｣": "」", "•": "·", "・": "·", "‧": "·", "○": "〇", "◯": "〇", "∶": ":",
}  # fmt: skip
_DROPPED = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"
_SPACE = re.compile(r"\s+")


class _Table(dict[int, str]):
    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char.isspace() or char in _DROPPED or unicodedata.category(char) == "Cc":
            folded = ""
        elif char in _ALIKE:
            folded = _ALIKE[char]
        else:
            folded = unicodedata.normalize("NFKC", char)
            if len(folded) != 1:  # 「㈠」 and 「…」 keep their one place
                folded = char
        if code < 0x30000:
            self[code] = folded
        return folded


_TABLE = _Table()


@dataclass(frozen=True)
class Compact:
    """A compact text; `at[i]` is the place of its i-th character in the printed text."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the printed text for a span of the compact one."""
        if not self.at:
            return 0, 0
        return self.at[min(start, len(self.at) - 1)], self.at[max(end - 1, 0)] + 1


def compact(printed: str) -> Compact:
    """Return the compact text of a printed one."""
    chars: list[str] = []
    at: list[int] = []
    for place, char in enumerate(printed):
        folded = _TABLE[ord(char)]
        if folded:
            chars.append(folded)
            at.append(place)
    return Compact("".join(chars), tuple(at))


def fold(printed: str) -> str:
    """Return the compact text alone."""
    return printed.translate(_TABLE)


def one_line(printed: str) -> str:
    """Return a printed text on one line: runs of white space become one space, none at the ends."""
    return _SPACE.sub(" ", printed.translate({ord(char): None for char in _DROPPED})).strip()
