"""Findings together with the sentence in which each stands, every number in it covered."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.documents import Document, Refusal, Where
from gongkai.screening import covering, marks
from gongkai.screening.findings import Finding
from gongkai.screening.folding import BORDERS, ROW
from gongkai.screening.runs import Hit
from gongkai.screening.screening import _Screening
from gongkai.screening.settings import DEFAULT, Masking, Settings
from gongkai.screening.words import WordList

AROUND = 60  # characters that are shown on either side, at most
_ENDS = "。；！？;!?\n" + ROW
_LEFT_OVER = re.compile(r"[0-9０-９]{7,}[XxＸｘ]?")
_GAPS = re.compile(rf"[{re.escape(BORDERS)}]+")


def screen_with_sentences(
    document: Document | Refusal,
    *,
    words: Sequence[str] | WordList = (),
    settings: Settings = DEFAULT,
    most: int = 300,
    until: float | None = None,
) -> list[tuple[Finding, str]]:
    """Screen a document as `screen` does; give each of the first `most` findings with its sentence.

    In a sentence everything that was found is covered, and so is any long number that is left. It is empty for a
    finding that has no sentence (a column, a hidden part, a file that was not read).
    """
    work = _WithSentences(words if isinstance(words, WordList) else WordList(words), settings, until)
    work.most = most
    work.file(document, "")
    work.tell_rest()
    return [(finding, work.sentence(index)) for index, finding in enumerate(work.findings)]


class _WithSentences(_Screening):
    """Remembers, for the first findings, in which text and where in it they stand."""

    def __init__(self, words: WordList, settings: Settings, until: float | None = None) -> None:
        super().__init__(words, settings, until)
        self.most = 0
        self._stretches: dict[int, tuple[str, int, int]] = {}
        self._hits: dict[int, list[Hit]] = {}

    def _hit(self, text: str, hit: Hit, where: Where, member: str) -> None:
        self._remember(text, hit.start, hit.end)
        if len(self.findings) < self.most or id(text) in self._hits:
            self._hits.setdefault(id(text), []).append(hit)
        super()._hit(text, hit, where, member)

    def _mark(self, text: str, mark: marks.Mark, where: Where, member: str) -> None:
        self._remember(text, mark.start, mark.end)
        super()._mark(text, mark, where, member)

    def _word(self, text: str, hit: Hit, where: Where, member: str) -> None:
        self._remember(text, hit.start, hit.end)
        super()._word(text, hit, where, member)

    def _remember(self, text: str, start: int, end: int) -> None:
        """Keep the text itself: while it is kept no other text has its identity."""
        if len(self.findings) < self.most:
            self._stretches[len(self.findings)] = (text, start, end)

    def sentence(self, index: int) -> str:
        """The sentence of a finding, covered."""
        if index not in self._stretches:
            return ""
        text, start, end = self._stretches[index]
        begin = max((text.rfind(sign, max(0, start - AROUND), start) for sign in _ENDS), default=-1) + 1
        begin = max(begin, start - AROUND, 0)
        stops = [at for sign in _ENDS if (at := text.find(sign, end, end + AROUND)) >= 0]
        stop = min(stops) + 1 if stops else min(end + AROUND, len(text))
        piece = text[begin:stop]
        for hit in self._hits.get(id(text), ()):
            if hit.end > begin and hit.start < stop:
                piece = _covered(text, piece, begin, hit, self.settings.masking)
        piece = _LEFT_OVER.sub(lambda found: found[0][:2] + covering.STAR * (len(found[0]) - 4) + found[0][-2:], piece)
        piece = _GAPS.sub(" ｜ ", piece)
        return " ".join(piece.split()).strip("｜ ")


def _covered(text: str, piece: str, begin: int, hit: Hit, masking: Masking) -> str:
    """A piece of a text, which begins at an offset of it, with what of a hit is in it covered."""
    offsets = [at - begin for at in covering.covered(text, hit, masking) if begin <= at < begin + len(piece)]
    return covering.cover(piece, offsets)
