"""Styles and lists of a DOCX: levels of headings, labels of numbering, what a style hides."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.documents.numbering import label
from gongkai.documents.packages import Package, attribute, child, children, descendants
from gongkai.documents.readers import ooxml

if TYPE_CHECKING:
    from lxml.etree import _Element

_OFF = {"0", "false", "off"}

_Level = tuple[int, str, str, bool]
"""Start, form and text of one level of a list, and whether the levels above are written in digits."""


@dataclass
class Style:
    """What of a paragraph or character style matters here."""

    key: str = ""
    name: str = ""
    based_on: str = ""
    level: int | None = None
    number: tuple[str, int] | None = None
    hidden: bool | None = None
    colour: str | None = None


@dataclass
class Numbers:
    """Lists: levels by list, and where each counter stands."""

    forms: dict[str, dict[int, _Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def next(self, number: str, level: int) -> str:
        """Count one on and return the label."""
        key = self.abstract.get(number, "")
        forms = self.forms.get(number) or self.forms.get(f"abstract {key}", {})
        if level not in forms or number == "0":
            return ""
        counters = self.counters[key or number]
        counters[level] = counters[level] + 1 if level in counters else forms[level][0]
        for deeper in [one for one in counters if one > level]:
            del counters[deeper]

        def value(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            start, form, _text, _legal = forms.get(at, (1, "decimal", "", False))
            return label(counters.get(at, start), "decimal" if forms[level][3] else form)

        if forms[level][1] == "bullet":
            return ""
        return re.sub(r"%([1-9])", value, forms[level][2])


class StyleSheet:
    """The styles of a document and where its lists stand."""

    def __init__(self, package: Package, main: str) -> None:
        self._styles: dict[str, Style] = {}
        self._levels: dict[str, int] = {}
        self.numbers = Numbers()
        self.default = ""
        self._load(package, main)

    def _load(self, package: Package, main: str) -> None:
        """Load styles and lists."""
        for relation in ooxml.relations(package, main).values():
            part = None if relation.external else package.find(relation.target)
            if part and relation.kind == "styles":
                for style in descendants(package.xml(part), "style"):
                    self._style(style)
            elif part and relation.kind == "numbering":
                self._lists(package.xml(part))

    def _style(self, element: _Element) -> None:
        key = attribute(element, "styleId")
        name, based = child(element, "name"), child(element, "basedOn")
        style = Style(
            key,
            attribute(name, "val") if name is not None else "",
            attribute(based, "val") if based is not None else "",
        )
        properties, run = child(element, "pPr"), child(element, "rPr")
        outline = child(properties, "outlineLvl")
        if outline is not None and attribute(outline, "val").isdigit():
            style.level = int(attribute(outline, "val")) + 1
        style.number = number_of(properties)
        if run is not None:
            style.hidden = switch(run, "vanish")
            colour = child(run, "color")
            style.colour = attribute(colour, "val").upper() if colour is not None else None
        self._styles[key] = style
        if attribute(element, "default") in ("1", "true") and attribute(element, "type") == "paragraph":
            self.default = key

    def _lists(self, root: _Element) -> None:
        for abstract in children(root, "abstractNum"):
            key = attribute(abstract, "abstractNumId")
            levels: dict[int, _Level] = {}
            for level in children(abstract, "lvl"):
                levels[integer(attribute(level, "ilvl"))] = _level(level)
                style = child(level, "pStyle")
                if style is not None:
                    self._levels[attribute(style, "val")] = integer(attribute(level, "ilvl"))
            self.numbers.forms[f"abstract {key}"] = levels
        for number in children(root, "num"):
            key, abstract_id = attribute(number, "numId"), child(number, "abstractNumId")
            if abstract_id is None:
                continue
            self.numbers.abstract[key] = attribute(abstract_id, "val")
            levels = dict(self.numbers.forms.get(f"abstract {self.numbers.abstract[key]}", {}))
            for override in children(number, "lvlOverride"):
                at, start = integer(attribute(override, "ilvl")), child(override, "startOverride")
                inner = child(override, "lvl")
                if inner is not None:
                    levels[at] = _level(inner)
                elif start is not None and at in levels:
                    levels[at] = (integer(attribute(start, "val")), *levels[at][1:])
                    self.numbers.abstract[key] = f"{self.numbers.abstract[key]} restarted {key}"
            self.numbers.forms[key] = levels

    def chain(self, key: str) -> list[Style]:
        """Return a style and those it is based on."""
        found: list[Style] = []
        while key in self._styles and len(found) < 12:
            found.append(self._styles[key])
            key = self._styles[key].based_on
        return found

    def listing(self, properties: _Element | None, chain: list[Style]) -> tuple[str, int] | None:
        """Return list and level of a paragraph: its own, or those of its style, which lists name by level."""
        own = number_of(properties)
        if own is not None:
            return own
        for style in chain:
            if style.number:
                return style.number[0], self._levels.get(style.key, style.number[1])
        return None


def _level(level: _Element) -> _Level:
    """Read one level of a list."""
    start, form, text = child(level, "start"), child(level, "numFmt"), child(level, "lvlText")
    return (
        integer(attribute(start, "val"), 1) if start is not None else 1,
        attribute(form, "val") if form is not None else "decimal",
        attribute(text, "val") if text is not None else "",
        switch(level, "isLgl") is True,
    )


def number_of(properties: _Element | None) -> tuple[str, int] | None:
    """Return list and level that a paragraph or style names."""
    numbering = child(properties, "numPr")
    number = child(numbering, "numId")
    if number is None:
        return None
    level = child(numbering, "ilvl")
    return attribute(number, "val"), integer(attribute(level, "val")) if level is not None else 0


def switch(properties: _Element | None, name: str) -> bool | None:
    """An on/off property: None when it is not stated."""
    element = child(properties, name)
    return None if element is None else attribute(element, "val", "1").lower() not in _OFF


def fill_of(properties: _Element | None) -> str:
    """Return the fill behind a text as six hexadecimal digits, or nothing."""
    element = child(properties, "shd")
    fill = attribute(element, "fill").upper() if element is not None else ""
    return fill if len(fill) == 6 else ""


def close(colour: str, ground: str) -> bool:
    """Whether two colours cannot be told apart."""
    try:
        return all(abs(int(colour[i : i + 2], 16) - int(ground[i : i + 2], 16)) <= 8 for i in (0, 2, 4))
    except ValueError:
        return False


def integer(text: str, default: int = 0) -> int:
    """Read a whole number, or take the default."""
    try:
        return int(text)
    except ValueError:
        return default
