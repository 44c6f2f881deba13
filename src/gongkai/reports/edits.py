"""The office's own words in a report, with every number bound to a figure or explained.

The office types plain text. A number that stands where a figure of the paragraph had the same value stays bound to
it; any other number is shown as unbound, with the figures of that value to choose from, until it is bound or explained.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongkai.proofing.numbers import CHINESE_NUMERAL, chinese_number
from gongkai.reports.drafting import Figure, FigurePart, Part, TextPart
from gongkai.reports.outlines import TOKEN

# A number in running text: digits, with a decimal part and per cent. Full-width digits are folded before.
NUMBER = re.compile(r"\d+(?:\.\d+)?%?")
# Numbers that name a day, a year, a document or an article count nothing.
_NAMING_BEFORE = re.compile(r"(第|〔|【|\d年|\d月|№)$")
_NAMING_AFTER = re.compile(r"^(年|月|日|号|时|\.\d|〕)")
_BRACKETS = re.compile(r"《[^》]*》|〔[^〕]*〕")
# Counts in Chinese numerals: with a measure word, or per cent. A lone 一 is rather a word than a count.
_IN_CHINESE = re.compile(
    rf"(百分之)?((?!一(?:条|件|次|篇|份|人|元)){CHINESE_NUMERAL})(?(1)|(?=条|件|次|篇|份|人|万元|元))"
)
_WIDE = str.maketrans("０１２３４５６７８９％．", "0123456789%.")
CONTEXT = 10


@dataclass(frozen=True)
class Unbound:
    """A number that no figure gives: its place in the text, what stands around it, and the figures of its value."""

    at: int
    number: str
    before: str
    after: str
    candidates: tuple[Figure, ...]
    explanation: str = ""


@dataclass(frozen=True)
class Edit:
    """An edited paragraph: its text with tokens, and what was said of unbound numbers by number."""

    text: str
    explained: Mapping[str, str]

    def as_json(self) -> dict[str, object]:
        """The edit as the report keeps it."""
        return {"text": self.text, "explained": dict(self.explained)}


def edits_of(data: Mapping[str, Mapping[str, object]]) -> dict[str, Edit]:
    """The kept edits by the key of their paragraph."""
    return {
        key: Edit(str(edit["text"]), {str(k): str(v) for k, v in dict(edit.get("explained") or {}).items()})  # type: ignore[call-overload]  # JSON of our own
        for key, edit in data.items()
    }


def parts_of(text: str, figures: Mapping[str, Figure]) -> tuple[Part, ...]:
    """A text with tokens as words and figures in turn; a token that names no figure stays as it is typed."""
    parts: list[Part] = []
    for index, piece in enumerate(TOKEN.split(text)):
        if index % 2 == 1 and piece in figures:
            parts.append(FigurePart(figures[piece]))
        elif index % 2 == 1:
            parts.append(TextPart("{" + piece + "}"))
        elif piece:
            parts.append(TextPart(piece))
    return tuple(parts)


def with_tokens(parts: Sequence[Part]) -> str:
    """The reverse of `parts_of`."""
    return "".join("{" + part.figure.code + "}" if isinstance(part, FigurePart) else part.text for part in parts)


def mark_of(parts: Sequence[Part]) -> str:
    """What a form keeps of the paragraph that it was opened with; a figure that moves does not change it."""
    return hashlib.sha256(with_tokens(parts).encode()).hexdigest()[:32]


def bound(typed: str, before: Sequence[Part], figures: Mapping[str, Figure]) -> str:
    """The typed text with its numbers bound again to the figures that the paragraph had before, in their order.

    Only a number with the value of the figure is bound, so that nothing is bound that the office did not leave.
    """
    typed = " ".join(typed.translate(_WIDE).split())
    had = [part.figure for part in before if isinstance(part, FigurePart)]
    places = [found for found in _numbers(typed)]
    values = [found[0] for found in places]
    matcher = difflib.SequenceMatcher(None, [figure.text for figure in had], values, autojunk=False)
    chosen: dict[int, Figure] = {}
    for block in matcher.get_matching_blocks():
        chosen |= {block.b + step: had[block.a + step] for step in range(block.size)}
    return _replaced(typed, [(places[index], figure.code) for index, figure in sorted(chosen.items())])


def bind(text: str, choices: Mapping[int, str], figures: Mapping[str, Figure]) -> str:
    """Bind unbound numbers: by their place among the unbound ones, the code of a figure with the same value."""
    open_numbers = _numbers(text)
    wanted = [
        (open_numbers[at], code)
        for at, code in sorted(choices.items())
        if at < len(open_numbers) and code in figures and figures[code].text == open_numbers[at][0]
    ]
    return _replaced(text, wanted)


def unbound(text: str, figures: Mapping[str, Figure], explained: Mapping[str, str]) -> list[Unbound]:
    """The numbers of a text with tokens that no figure gives, those already explained among them."""
    found = []
    for at, (number, start, end) in enumerate(_numbers(text)):
        candidates = tuple(figure for figure in figures.values() if figure.text == number)
        found.append(
            Unbound(
                at,
                number,
                _shown(text[:start], figures)[-CONTEXT:],
                _shown(text[end:], figures)[:CONTEXT],
                candidates,
                explained.get(number, ""),
            )
        )
    return found


def _shown(text: str, figures: Mapping[str, Figure]) -> str:
    """A text with tokens as it is read."""
    return "".join(part.text for part in parts_of(text, figures))


def _numbers(text: str) -> list[tuple[str, int, int]]:
    """The numbers that count something, outside tokens, titles and day names: number in digits, start, end."""
    skipped = [found.span() for found in (*TOKEN.finditer(text), *_BRACKETS.finditer(text))]
    written = [(match.group(), *match.span()) for match in NUMBER.finditer(text)]
    for match in _IN_CHINESE.finditer(text):
        value = chinese_number(match[2])
        if value is not None:
            written.append((f"{value}%" if match[1] else str(value), *match.span()))
    found = []
    for number, start, end in sorted(written, key=lambda one: one[1]):
        if any(first <= start < last for first, last in skipped):
            continue
        if _NAMING_BEFORE.search(text[:start]) or _NAMING_AFTER.match(text[end:]):
            continue
        found.append((number, start, end))
    return found


def _replaced(text: str, chosen: Sequence[tuple[tuple[str, int, int], str]]) -> str:
    """The text with some numbers replaced by tokens."""
    for (_number, start, end), code in reversed(chosen):
        text = text[:start] + "{" + code + "}" + text[end:]
    return text
