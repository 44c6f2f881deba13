"""Masked copies of web pages: visible text in its markup, without comments, scripts, forms' values and hidden elements."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from gongkai.documents import Cell, Document, Table
from gongkai.documents.decoding import decode
from gongkai.screening.masking.covers import Covers

_BLOCKS = frozenset(
    "address article aside blockquote body br caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4"
    " h5 h6 head header hr html legend li main nav ol option p pre section summary table tbody td tfoot th thead title"
    " tr ul".split()
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_DROPPED = frozenset("script style noscript template object embed iframe applet svg math audio video canvas".split())
_VOID_DROPPED = frozenset("base embed input link meta param source track".split())
_KEPT = _BLOCKS | frozenset(
    "a abbr b bdi bdo big center cite code col colgroup del dfn dir em font i ins kbd label mark nobr q rp rt ruby s samp"
    " small span strike strong sub sup time tt u var wbr".split()
)
"""The elements whose tags are kept. Of any other name, such as a broken one with text in it, only the content stays."""
_KEPT_ATTRIBUTES = {
    "colspan": re.compile(r"[0-9]{1,4}"),
    "rowspan": re.compile(r"[0-9]{1,4}"),
    "start": re.compile(r"-?[0-9]{1,4}"),
    "border": re.compile(r"[0-9]{1,2}"),
    "width": re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,2})?(?:%|px|pt)?"),
    "height": re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,2})?(?:%|px|pt)?"),
    "align": re.compile("left|right|center|justify|char", re.I),
    "valign": re.compile("top|middle|bottom|baseline", re.I),
    "lang": re.compile("[a-z]{2,3}(?:-[a-z]{2,4}){0,2}", re.I),
    "dir": re.compile("ltr|rtl|auto", re.I),
    "type": re.compile("[1ai]|disc|circle|square", re.I),
    "scope": re.compile("row|col|rowgroup|colgroup", re.I),
}
"""The attributes that are kept, each with what its value may be: nothing in which a number could be written."""
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d])|text-indent\s*:\s*-\d{3,}"
    r"|(?<![-\w])color\s*:\s*(?:#fff(?:fff)?\b|white|transparent)|(?:left|top)\s*:\s*-\d{3,}",
    re.I,
)


@dataclass
class _Cells:
    """A table that is open: its cells and the pieces of text in each."""

    row: int = 0
    column: int = 0
    pieces: dict[tuple[int, int], list[int]] = field(default_factory=dict)


class _Reader(HTMLParser):
    """Takes a page apart into markup, which is kept or dropped, and pieces of text, which will be covered."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str | int] = []
        self.texts: list[str] = []
        self.breaks: list[bool] = []
        self.loose: list[int] = []
        self.tables: list[_Cells] = []
        self._open: list[_Cells] = []
        self._skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipped:
            if tag not in _VOID:
                self._skipped.append(tag)
            return
        facts = {name: value or "" for name, value in attrs}
        hidden = "hidden" in facts or facts.get("aria-hidden") == "true" or _HIDDEN_STYLE.search(facts.get("style", ""))
        if tag in _DROPPED or hidden or tag in _VOID_DROPPED:
            if tag not in _VOID:
                self._skipped.append(tag)
            return
        self._end_line(tag)
        if tag == "table":
            self._open.append(_Cells())
            self.tables.append(self._open[-1])
        elif tag == "tr" and self._open:
            self._open[-1].row += 1
            self._open[-1].column = 0
        elif tag in ("td", "th") and self._open:
            self._open[-1].column += 1
        if tag not in _KEPT:
            return
        kept = "".join(
            f' {name}="{escape(value)}"'
            for name, value in facts.items()
            if name in _KEPT_ATTRIBUTES and _KEPT_ATTRIBUTES[name].fullmatch(value)
        )
        self.out.append(f"<{tag}{kept}>")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            if tag in self._skipped:
                while self._skipped.pop() != tag:
                    pass
            return
        if tag in _VOID:
            return
        self._end_line(tag)
        if tag == "table" and self._open:
            self._open.pop()
        if tag in _KEPT:
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._skipped or not data:
            return
        self.out.append(len(self.texts))
        inside = self._open[-1] if self._open and self._open[-1].column else None
        if inside is None:
            self.loose.append(len(self.texts))
        else:
            inside.pieces.setdefault((max(inside.row, 1), inside.column), []).append(len(self.texts))
        self.texts.append(data)
        self.breaks.append(False)

    def _end_line(self, tag: str) -> None:
        if tag in _BLOCKS and self.breaks:
            self.breaks[-1] = True


def copy(source: bytes, document: Document, covers: Covers) -> bytes:
    """Write the page in UTF-8 with its text covered."""
    del document
    reader = _Reader()
    reader.feed(decode(source))
    reader.close()
    texts = list(reader.texts)
    for table in reader.tables:
        _cover_table(table, texts, covers)
    loose = covers.pieces([texts[at] for at in reader.loose], [reader.breaks[at] for at in reader.loose])
    for at, text in zip(reader.loose, loose, strict=True):
        texts[at] = text
    body = "".join(escape(texts[part], quote=False) if isinstance(part, int) else part for part in reader.out)
    head = '<meta charset="utf-8">'
    found = re.search(r"<head[^>]*>", body)
    body = body[: found.end()] + head + body[found.end() :] if found else head + body
    return ("<!DOCTYPE html>\n" + body).encode("utf-8")


def _cover_table(table: _Cells, texts: list[str], covers: Covers) -> None:
    rows: dict[int, list[Cell]] = {}
    for (row, column), pieces in table.pieces.items():
        rows.setdefault(row, []).append(Cell("".join(texts[at] for at in pieces), row, column))
    changed = covers.table(Table(tuple(tuple(cells) for _row, cells in sorted(rows.items()))))
    for place, text in changed.items():
        position = 0
        for at in table.pieces[place]:
            length = len(texts[at])
            texts[at] = text[position : position + length]
            position += length
