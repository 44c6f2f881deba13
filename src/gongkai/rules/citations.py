"""Citations of law: short names written out, as in R711第十四条 for the Regulations of Order 711."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from gongkai.rules.sources import read_toml


def cited(basis: Iterable[str]) -> tuple[str, ...]:
    """Return citations with the short names of `rules/data/deadlines/laws.toml` written out."""
    return tuple(_cite(text) for text in basis)


def _cite(text: str) -> str:
    short = max((key for key in _laws() if text.startswith(key)), key=len, default="")
    return _laws().get(short, "") + text[len(short) :]


@cache
def _laws() -> Mapping[str, str]:
    return {str(key): str(title) for key, title in read_toml("deadlines/laws.toml").items()}
