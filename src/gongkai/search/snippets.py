"""The passage of a text in which a hit is shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

LENGTH = 120
"""Characters of a passage."""
BEFORE = 30
"""Characters of it before the first match."""

PART = "\f"
"""Stands between the parts of a text."""

_WHITE = re.compile(r"\s+")

Passage = list[tuple[str, bool]]


def marked(text: str, folded: str, terms: Sequence[str]) -> Passage:
    """The text in parts, each with whether it is a match. `folded` is the folded text, character by character."""
    parts: Passage = []
    done = 0
    for start, end in _matches(folded, terms):
        if start > done:
            parts.append((text[done:start], False))
        parts.append((text[start:end], True))
        done = end
    if done < len(text):
        parts.append((text[done:], False))
    return parts


def snippet(text: str, folded: str, terms: Sequence[str]) -> Passage:
    """A passage around the first match in the original text, or its beginning where no term stands in it.

    White space becomes single spaces; "…" stands where the text goes on. A form feed parts what does not belong
    together (a text, its numbers, its attachments): no passage crosses one.
    """
    first, behind = min(
        ((place, place + len(term)) for term in terms if (place := folded.find(term)) >= 0), default=(0, 0)
    )
    begins = text.rfind(PART, 0, first) + 1
    ends = text.find(PART, behind)
    ends = len(text) if ends < 0 else ends
    start = max(first - BEFORE, begins)
    end = min(max(start + LENGTH, behind), ends)
    parts = [(_WHITE.sub(" ", part), is_match) for part, is_match in marked(text[start:end], folded[start:end], terms)]
    if start > begins:
        parts.insert(0, ("…", False))
    if end < ends:
        parts.append(("…", False))
    return parts


def _matches(folded: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    """From–to of every match, in order; those that touch or overlap are joined."""
    found = sorted(
        (match.start(), match.start() + len(term))
        for term in terms
        for match in re.finditer(f"(?={re.escape(term)})", folded)
    )
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
