"""Folding: texts that a reader takes for the same become equal, and no character moves.

Folding replaces one character by one character, so that a place in the folded text is the same place in the original.
Made equal are: full and half width, upper and lower case, compatibility forms of one character (Kangxi radicals from
PDF files among them), all white space, the brackets of document numbers 〔〕［］【】(), quotation marks, dashes, and
simplified with traditional and variant characters (`data/variants.txt`).
"""

from __future__ import annotations

import re
import unicodedata
from importlib import resources

_SURROGATES_AND_NUL = re.compile("[\x00\ud800-\udfff]")
_REMEMBERED = 0x30000
_ALIKE = {
    "(": "〔[［【〖{",  # document numbers are written 〔2017〕3号 and, by many, [2017]3号 or (2017)3号
    ")": "〕]］】〗}",
    '"': "“”„‟«»「」『』",
    "'": "‘’‚‛`´",
    "-": "‐‑‒–—―−─",
    "~": "〜∼",
    "·": "•・‧∙",
}


def _variants() -> dict[str, str]:
    lines = (resources.files("gongkai.search") / "data" / "variants.txt").read_text(encoding="utf-8").splitlines()
    return {other: line[0] for line in lines if not line.startswith("#") for other in line[1:]}


class _Table(dict[int, str]):
    """A table for `str.translate` that works out each character once; it forgets those of planes hardly in use."""

    def __init__(self) -> None:
        super().__init__()
        self._alike = {other: one for one, others in _ALIKE.items() for other in others} | _variants()

    def __missing__(self, code: int) -> str:
        folded = chr(code)
        while (further := self._step(folded)) != folded:
            folded = further
        if code < _REMEMBERED:
            self[code] = folded
        return folded

    def _step(self, char: str) -> str:
        if char.isspace():
            return " "
        lower = char.casefold()
        for form in (unicodedata.normalize("NFKC", char), lower if len(lower) == 1 else char.lower()):
            if len(form) == 1 and form != char:
                return form
        return self._alike.get(char, char)


_TABLE = _Table()


def fold(text: str) -> str:
    """The text with each character replaced by the one that stands for it; as long as the text."""
    return text.translate(_TABLE)


def storable(text: str) -> str:
    """The text with what no database stores (NUL, halves of surrogate pairs) replaced by U+FFFD; as long as before."""
    return _SURROGATES_AND_NUL.sub("�", text)
