"""The office's own word list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gongkai.screening.folding import fold
from gongkai.screening.kinds import Kind
from gongkai.screening.runs import Hit

_SHORTEST = 2  # one character would be found in every paper


class WordList:
    """Words that are looked for together, in one pass over a text however many they are.

    Width and letter case do not matter. Words of one character are left out.
    """

    def __init__(self, words: Sequence[str]) -> None:
        folded = {fold(word).strip().lower() for word in words}
        self.words = frozenset(word for word in folded if len(word) >= _SHORTEST)
        self._automaton: Any = None
        if self.words:
            import ahocorasick  # only offices with a word list need it

            self._automaton = ahocorasick.Automaton()
            for word in self.words:
                self._automaton.add_word(word, len(word))
            self._automaton.make_automaton()

    def find(self, text: str) -> Iterator[Hit]:
        """Find the words in a text; of words that overlap the longest at each end."""
        if self._automaton is None:
            return
        for last, length in self._automaton.iter_long(_lowered(text)):
            yield Hit(Kind.WORD_LIST, last - length + 1, last + 1, "本机构词表中的词")


def _lowered(text: str) -> str:
    """Small letters with every character in its place (`lower` makes two of a few)."""
    folded = fold(text)
    lowered = folded.lower()
    return lowered if len(lowered) == len(folded) else folded
