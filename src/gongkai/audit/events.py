"""Kinds of events: a dataclass of data and one Chinese sentence per kind.

A package declares its kinds in its own `events.py`:

    @event("publishing.item_submitted", "送审「{title}」")
    @dataclass(frozen=True)
    class ItemSubmitted(EventData):
        title: str
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, TypeVar


@dataclass(frozen=True)
class EventData:
    """What an event of a kind holds; every field is JSON: text, number, list or dictionary."""

    kind: ClassVar[str] = ""
    sentence: ClassVar[str] = ""

    def as_json(self) -> dict[str, Any]:
        """The data as it is stored."""
        return asdict(self)

    @classmethod
    def in_words(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Stored data as its sentence tells it; a kind whose values are no words overrides this."""
        return data


_KINDS: dict[str, type[EventData]] = {}
Kind = TypeVar("Kind", bound=type[EventData])


def event(kind: str, sentence: str) -> Callable[[Kind], Kind]:
    """Register a kind of event with the sentence that tells it, a format string over its fields."""

    def register(data: Kind) -> Kind:
        if kind in _KINDS:
            raise ValueError(f"event kind {kind} is registered twice")
        data.kind = kind
        data.sentence = sentence
        _KINDS[kind] = data
        return data

    return register


def kinds() -> dict[str, type[EventData]]:
    """All registered kinds by name."""
    return dict(_KINDS)


def sentence(kind: str, data: dict[str, Any]) -> str:
    """The sentence of a stored event; of a kind that no longer exists, the kind itself."""
    known = _KINDS.get(kind)
    return known.sentence.format_map(known.in_words(data)) if known else kind
