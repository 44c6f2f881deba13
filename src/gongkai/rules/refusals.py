"""What a rule says when an act may not happen: all its reasons, as values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """One reason why not.

    `code` is stable and for programs, `sentence` is plain Chinese for an officer and says what to do next,
    `basis` names the law, document or internal rule and may be empty; `field` the one fact that is wrong, so that a
    form or a workbook can point to it, empty where it is none or several.
    """

    code: str
    sentence: str
    basis: str = ""
    field: str = ""


class ActRefused(Exception):
    """An act was refused; nothing was written. `refusals` holds every reason, never none."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(";".join(refusal.sentence for refusal in self.refusals))


def require(refusals: Iterable[Refusal]) -> None:
    """Raise `ActRefused` with all the refusals, if there are any."""
    found = tuple(refusals)
    if found:
        raise ActRefused(found)
