"""A clean HTML text with what is found in it marked, for those who have to read it anyway, or covered in its markup.

Unlike everything else in this package a marked text holds the words in clear: it is for the page of the content
itself, never for a record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from html.parser import HTMLParser
from itertools import pairwise

from gongkai.documents import Cell, Table
from gongkai.documents.decoding import plain_address
from gongkai.screening import marks, scanning
from gongkai.screening.folding import fold
from gongkai.screening.kinds import KINDS, Kind, Severity
from gongkai.screening.masking.covers import Covers
from gongkai.screening.settings import DEFAULT, Settings
from gongkai.screening.streams import grids
from gongkai.screening.words import WordList

_BLOCKS = frozenset("blockquote br div h1 h2 h3 h4 h5 h6 li ol p table tbody td tfoot th thead tr ul".split())
_VOID = frozenset({"br", "hr", "img", "wbr"})
_SHOWN = (Severity.BLOCK, Severity.WARN)
_CLASSES = {Severity.BLOCK: "stops", Severity.WARN: "asks"}
_SAID = {Severity.BLOCK: "阻止公开", Severity.WARN: "请核对"}

Span = tuple[int, int, Kind, Severity]
"""From where to where in a text, what, how severe."""
_Cells = dict[tuple[int, int], list[int]]
"""The pieces of words in each cell of a table, by row and column."""


def highlight(
    source: str,
    *,
    words: WordList | None = None,
    severities: Mapping[str, Severity] | None = None,
    settings: Settings = DEFAULT,
) -> str:
    """Return a clean HTML text with `<mark class="stops|asks" title="…">` around what blocks or warns.

    The markup stays as it is; a find that goes over an element's border is marked in its pieces. A link whose address
    or tooltip holds a find is marked whole. `words` is the office's list; `severities` gives the severity of a word by
    its folded small form.
    """
    page = _Page.of(source)
    judge = _Judge(words or WordList(()), severities or {}, settings)
    spans: dict[int, list[Span]] = {}
    _look_outside(page, judge, spans)
    for places in page.tables:
        _look_inside(page, places, judge, spans)
    _look_into_links(page, judge)
    return "".join(
        part if isinstance(part, str) else _marked(page.texts[part], spans.get(part, ())) for part in page.out
    )


def cover(source: str, settings: Settings = DEFAULT) -> str:
    """Return a clean HTML text with the numbers of persons in its words covered, in its own markup.

    An attribute, such as the address of a link, that holds such a number is left out.
    """
    page = _Page.of(source)
    covers = Covers(settings)
    texts = list(page.texts)
    loose = covers.pieces([texts[at] for at in page.loose], [page.ends[at] for at in page.loose])
    for at, text in zip(page.loose, loose, strict=True):
        texts[at] = text
    for places in page.tables:
        for place, text in covers.table(_table(page, places)).items():
            position = 0
            for at in places[place]:
                texts[at] = text[position : position + len(texts[at])]
                position += len(texts[at])
    for at, tag, attributes in page.tags:
        kept = [(key, value) for key, value in attributes if not covers.is_told(plain_address(value))]
        if len(kept) < len(attributes):
            page.out[at] = f"<{tag}" + "".join(f' {key}="{escape(value)}"' for key, value in kept) + ">"
    return "".join(part if isinstance(part, str) else escape(texts[part], quote=False) for part in page.out)


class _Judge:
    """What is found in a text, with its severity."""

    def __init__(self, words: WordList, severities: Mapping[str, Severity], settings: Settings) -> None:
        self._words = words
        self._severities = severities
        self._settings = settings

    def spans(self, text: str, header: Callable[[int], str] = lambda _offset: "") -> Iterator[Span]:
        for hit in scanning.find(text, header):
            yield hit.start, hit.end, hit.kind, self._settings.severity(hit.kind)
        for mark in marks.find(text):
            yield mark.start, mark.end, mark.kind, mark.severity or self._settings.severity(mark.kind)
        for hit in self._words.find(text):
            usual = self._settings.severity(Kind.WORD_LIST)
            yield hit.start, hit.end, hit.kind, self._severities.get(fold(text[hit.start : hit.end]).lower(), usual)


class _Page(HTMLParser):
    """Takes a text apart into markup, which stays, and pieces of words, each in its paragraphs or in its cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str | int] = []
        self.texts: list[str] = []
        self.ends: list[bool] = []
        self.loose: list[int] = []
        self.tables: list[_Cells] = []
        self.tags: list[tuple[int, str, list[tuple[str, str]]]] = []
        """Where in `out` a tag with attributes stands, its name and they."""
        self.ends_of: dict[int, int] = {}
        """Where in `out` the end of a link stands, by where it begins."""
        self._links: list[int] = []
        self._open: list[int] = []
        self._places: dict[int, list[int]] = {}

    @classmethod
    def of(cls, source: str) -> _Page:
        """Take a text apart."""
        page = cls()
        page.feed(source)
        page.close()
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_line(tag)
        if tag == "table":
            self._open.append(len(self.tables))
            self._places[len(self.tables)] = [0, 0]
            self.tables.append({})
        elif self._open and tag == "tr":
            place = self._places[self._open[-1]]
            place[:] = [place[0] + 1, 0]
        elif self._open and tag in ("td", "th"):
            self._places[self._open[-1]][1] += 1
        elif tag == "a":
            self._links.append(len(self.out))
        self._tag(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_line(tag)
        self._tag(tag, attrs)

    def _tag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if attrs:
            self.tags.append((len(self.out), tag, [(key, value or "") for key, value in attrs]))
        self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        self._end_line(tag)
        if tag == "table" and self._open:
            self._open.pop()
        elif tag == "a" and self._links:
            self.ends_of[self._links.pop()] = len(self.out)
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        number = len(self.texts)
        self.out.append(number)
        self.texts.append(data)
        self.ends.append(False)
        row, column = self._places[self._open[-1]] if self._open else (0, 0)
        if row and column:
            self.tables[self._open[-1]].setdefault((row, column), []).append(number)
        else:
            self.loose.append(number)

    def _end_line(self, tag: str) -> None:
        if tag in _BLOCKS and self.ends:
            self.ends[-1] = True


def _look_outside(page: _Page, judge: _Judge, spans: dict[int, list[Span]]) -> None:
    """What is found in the words outside tables, as one text, by piece."""
    starts: list[tuple[int, int]] = []
    joined: list[str] = []
    position = 0
    for number in page.loose:
        starts.append((number, position))
        piece = page.texts[number] + ("\n" if page.ends[number] else "")
        joined.append(piece)
        position += len(piece)
    for found in judge.spans("".join(joined)):
        _give(page, starts, found, spans)


def _look_inside(page: _Page, places: _Cells, judge: _Judge, spans: dict[int, list[Span]]) -> None:
    """What is found in a table, whose cells are looked at with their headers, by piece."""
    for grid in grids(_table(page, places)):
        for start, end, kind, severity in judge.spans(grid.text, grid.header):
            for index, begin, stop in grid.pieces(start, end):
                cell = grid.cells[index]
                starts, position = [], 0
                for number in places[cell.row, cell.column]:
                    starts.append((number, position))
                    position += len(page.texts[number])
                _give(page, starts, (begin, stop, kind, severity), spans)


def _look_into_links(page: _Page, judge: _Judge) -> None:
    """Mark the links in whose attributes something is found."""
    for place, _tag, attributes in page.tags:
        if place not in page.ends_of:
            continue
        found = [span for _key, value in attributes for span in judge.spans(plain_address(value)) if span[3] in _SHOWN]
        if found:
            _start, _end, kind, severity = min(found, key=lambda span: _SHOWN.index(span[3]))
            page.out[place] = f"{_mark(kind, severity, '，在链接地址或提示中')}{page.out[place]}"
            page.out[page.ends_of[place]] = f"{page.out[page.ends_of[place]]}</mark>"


def _mark(kind: Kind, severity: Severity, more: str = "") -> str:
    return f'<mark class="{_CLASSES[severity]}" title="{KINDS[kind].name}，{_SAID[severity]}{more}">'


def _table(page: _Page, places: _Cells) -> Table:
    rows: dict[int, list[Cell]] = {}
    for (row, column), pieces in sorted(places.items()):
        rows.setdefault(row, []).append(Cell("".join(page.texts[at] for at in pieces), row, column))
    return Table(tuple(tuple(cells) for cells in rows.values()))


def _give(page: _Page, starts: Sequence[tuple[int, int]], found: Span, spans: dict[int, list[Span]]) -> None:
    """Give to each piece what of a find lies in it, by offsets of the piece."""
    start, end, kind, severity = found
    if severity not in _SHOWN:
        return
    for number, begin in starts:
        length = len(page.texts[number])
        if start < begin + length and end > begin:
            spans.setdefault(number, []).append((max(start - begin, 0), min(end - begin, length), kind, severity))


def _marked(text: str, spans: Sequence[Span]) -> str:
    """A text escaped, with marks; where finds overlap the first that blocks names the place."""
    if not spans:
        return escape(text, quote=False)
    borders = sorted({0, len(text)} | {at for start, end, _kind, _severity in spans for at in (start, end)})
    pieces: list[str] = []
    for start, end in pairwise(borders):
        words = escape(text[start:end], quote=False)
        over = [span for span in spans if span[0] <= start and span[1] >= end]
        if not over or not text[start:end].strip():
            pieces.append(words)
            continue
        _start, _end, kind, severity = min(over, key=lambda span: (_SHOWN.index(span[3]), span[0]))
        pieces.append(f"{_mark(kind, severity)}{words}</mark>")
    return "".join(pieces)
