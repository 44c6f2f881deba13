"""Outlines of annual reports as data: headings, sentences with tokens, and the conditions under which they stand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

TOKEN = re.compile(r"\{([a-z0-9_.]+)\}")
_STATE = re.compile(r"(?P<figure>[a-z0-9_.]+) (?P<test>zero|not_zero|positive|blank)")
_COMPARISON = re.compile(r"(?P<left>[a-z0-9_.]+) (?P<test>[=<]) (?P<right>[a-z0-9_.]+)")
_SETTING = re.compile(r"setting (?P<setting>[a-z_]+) (?P<test>on|off)")


class OutlineError(Exception):
    """An outline in this package is not well-formed: a mistake of ours, not of an officer."""


@dataclass(frozen=True)
class Condition:
    """One condition of a sentence. `test` is zero, not_zero, positive, blank, =, <, on or off."""

    test: str
    left: str
    right: str = ""


@dataclass(frozen=True)
class EachPart:
    """A part of an enumeration, printed when its figure is positive."""

    figure: str
    text: str


@dataclass(frozen=True)
class Sentence:
    """One sentence: its text with tokens, printed when all conditions hold."""

    text: str
    when: tuple[Condition, ...] = ()
    each: tuple[EachPart, ...] = ()
    end: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """Every piece of text that it may print."""
        return (self.text, *(part.text for part in self.each), self.end)


@dataclass(frozen=True)
class ParagraphOutline:
    """A paragraph: the heading it begins with (may be empty), its sentences, and what it says when none applies."""

    lead: str
    sentences: tuple[Sentence, ...]
    fallback: Sentence | None = None


@dataclass(frozen=True)
class SectionOutline:
    """A section of the report."""

    heading: str
    paragraphs: tuple[ParagraphOutline, ...]


@dataclass(frozen=True)
class Outline:
    """The outline of a report, with the years for which it is prescribed and the table that goes with it.

    `title` is in pieces, between which a printed title may break.
    """

    id: str
    name: str
    format: str
    variant: str
    years: tuple[int, ...]
    title: tuple[str, ...]
    preface: ParagraphOutline
    sections: tuple[SectionOutline, ...]

    def sentences(self) -> list[Sentence]:
        """Every sentence, in order."""
        paragraphs = [self.preface, *(paragraph for section in self.sections for paragraph in section.paragraphs)]
        found: list[Sentence] = []
        for paragraph in paragraphs:
            found += paragraph.sentences
            if paragraph.fallback is not None:
                found.append(paragraph.fallback)
        return found


@cache
def outlines() -> tuple[Outline, ...]:
    """All outlines, by id. Raises `OutlineError` for one that is not well-formed."""
    folder = files("gongkai.reports") / "data"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.startswith("outline-"))
    return tuple(_outline(tomllib.loads((folder / name).read_text(encoding="utf-8"))) for name in names)


def outline_for(year: int) -> Outline | None:
    """The outline prescribed for the report on a year, or none."""
    return next((outline for outline in outlines() if year in outline.years), None)


def _outline(data: Mapping[str, Any]) -> Outline:
    try:
        return Outline(
            id=data["id"],
            name=data["name"],
            format=data["format"],
            variant=data["variant"],
            years=tuple(data["years"]),
            title=tuple(data["title"]),
            preface=_paragraph(data["preface"]),
            sections=tuple(
                SectionOutline(section["heading"], tuple(_paragraph(part) for part in section["paragraphs"]))
                for section in data["sections"]
            ),
        )
    except KeyError as error:
        raise OutlineError(f"key {error} is missing in outline {data.get('id')}") from error


def _paragraph(data: Mapping[str, Any]) -> ParagraphOutline:
    fallback = data.get("fallback")
    return ParagraphOutline(
        lead=data.get("lead", ""),
        sentences=tuple(_sentence(sentence) for sentence in data["sentences"]),
        fallback=None if fallback is None else _sentence(fallback),
    )


def _sentence(data: Mapping[str, Any]) -> Sentence:
    return Sentence(
        text=data["text"],
        when=tuple(_condition(text) for text in data.get("when", ())),
        each=tuple(EachPart(part["figure"], part["text"]) for part in data.get("each", ())),
        end=data.get("end", ""),
    )


def _condition(text: str) -> Condition:
    if found := _STATE.fullmatch(text):
        return Condition(found["test"], found["figure"])
    if found := _COMPARISON.fullmatch(text):
        return Condition(found["test"], found["left"], found["right"])
    if found := _SETTING.fullmatch(text):
        return Condition(found["test"], found["setting"])
    raise OutlineError(f"no condition: {text!r}")
