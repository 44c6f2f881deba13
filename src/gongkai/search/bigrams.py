"""The words of the index: overlapping pairs of characters of the folded text.

A pair that begins with white space is left out: no term of a query holds white space, and the pair before it, which
ends with the white space, keeps the neighbours apart. A last pair ends with a space that stands for the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

TERM_LENGTH = 32
"""Characters of a term that are looked up in the index; the rest is confirmed on the folded text."""
PIECE_SIZE = 250
"""Pairs in a piece at most: PostgreSQL keeps 256 positions of a word."""
PIECE_OVERLAP = 32
"""Pairs that a piece shares with the next, more than a term has, so that a term is whole in one of them."""

# ASCII other than letters and digits would part words; each such character has a stand-in from the private use area.
_STAND_INS = {code: chr(0xF700 + code) for code in range(128) if not chr(code).isalnum()}


def pairs(folded: str) -> list[str]:
    """The words of a folded text, in order."""
    chars = folded.translate(_STAND_INS)
    space = _STAND_INS[ord(" ")]
    return [first + second for first, second in zip(chars, chars[1:] + space, strict=True) if first != space]


def pieces(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Cut the words into pieces of at most `PIECE_SIZE` that overlap by `PIECE_OVERLAP`."""
    step = PIECE_SIZE - PIECE_OVERLAP
    for start in range(0, max(len(words) - PIECE_OVERLAP, 1), step):
        yield words[start : start + PIECE_SIZE]


def words_of_term(term: str) -> list[str]:
    """The words that stand side by side wherever the folded term stands; none for a term of one character."""
    chars = term[:TERM_LENGTH].translate(_STAND_INS)
    return [first + second for first, second in pairwise(chars)]


def beginning_of_term(term: str) -> str:
    """What the words begin with that stand where a term of one character stands."""
    return term[:1].translate(_STAND_INS)
