"""The register of checks: a check is one function with what it compares, how it grades and an example.

    @check("CK-PAIR", name="括号、引号成对", compares="…", grades="…", example="…")
    def pairs(subject: Subject) -> Iterator[Finding]: ...

Importing `gongkai.proofing.checks` fills the register; a new check is one more function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.proofing.findings import Finding

if TYPE_CHECKING:
    from gongkai.proofing.subject import Subject

Function = Callable[["Subject"], Iterator[Finding]]


@dataclass(frozen=True)
class Check:
    """A check: its id, its name, what it compares, how it grades, an example, and its functions.

    A check over several reports (`together`) has no function here; `gongkai.proofing.together` makes its findings.
    """

    id: str
    name: str
    compares: str
    grades: str
    example: str
    functions: tuple[Function, ...]


_CHECKS: dict[str, Check] = {}


def check(
    id: str, *, name: str = "", compares: str = "", grades: str = "", example: str = ""
) -> Callable[[Function], Function]:
    """Register a function as (part of) the check with that id; the first one of an id carries the words."""

    def register(function: Function) -> Function:
        known = _CHECKS.get(id)
        if known is None:
            _CHECKS[id] = Check(id, name, compares, grades, example, (function,))
        else:
            _CHECKS[id] = Check(
                id,
                name or known.name,
                compares or known.compares,
                grades or known.grades,
                example or known.example,
                (*known.functions, function),
            )
        return function

    return register


def describe(id: str, *, name: str, compares: str, grades: str, example: str) -> None:
    """Register a check whose findings come from a comparison of several reports."""
    known = _CHECKS.get(id)
    _CHECKS[id] = Check(id, name, compares, grades, example, known.functions if known else ())


def registered() -> dict[str, Check]:
    """All checks by id, in alphabetical order."""
    return dict(sorted(_CHECKS.items()))
