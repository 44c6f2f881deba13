"""Characters that mean a digit, a letter or a gap, whatever their width. Folding keeps every offset."""

from __future__ import annotations

CELL = "\x1f"
"""Stands between neighbouring cells of a row; a number may go across it."""
CODES = "\x1c"
"""Stands between neighbouring cells one of which holds serial numbers or days; only a number that a checksum confirms
may go across it."""
WALL = "\x1d"
"""Stands between cells one of which holds an amount, area or count; no number goes across it."""
BORDERS = CELL + CODES + WALL
ROW = "\x1e"
"""Stands after a row and between texts that do not belong together; no number goes across it."""

SPACES = " \t\r\n\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f"
SPACES += "\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\xad"
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
STARS = "*\uff0a\xd7\u2715\u25cf\u2022\u25cb\u2605#\uff03"

_FOLD = {ord("\uff10") + i: ord("0") + i for i in range(10)}
_FOLD |= {ord("\uff21") + i: ord("A") + i for i in range(26)}
_FOLD |= {ord("\uff41") + i: ord("a") + i for i in range(26)}
_FOLD |= dict.fromkeys(map(ord, SPACES), ord(" ")) | {ord("\n"): ord("\n"), ord("\r"): ord("\n")}
_FOLD |= dict.fromkeys(map(ord, DASHES), ord("-"))
_FOLD |= {0xFF0E: ord("."), 0xFF0F: ord("/"), 0xFF20: ord("@"), 0xFF1A: ord(":")}


def fold(text: str) -> str:
    """Give a text with digits, letters, dashes and spaces in their plain form; every character keeps its place."""
    return text.translate(_FOLD)
