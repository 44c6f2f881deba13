"""Screening a document: everything that may not, or perhaps should not, leave the house, with its place."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from time import thread_time

from gongkai.documents import Document, HiddenPart, Paragraph, Refusal, Table, Where
from gongkai.screening import covering, headers, marks, scanning
from gongkai.screening.findings import Finding
from gongkai.screening.headers import Column
from gongkai.screening.kinds import PARTS, Kind, Severity, part_name
from gongkai.screening.runs import Hit
from gongkai.screening.settings import DEFAULT, Settings
from gongkai.screening.streams import Grid, Lines, grids
from gongkai.screening.words import WordList

_METADATA = frozenset({"property", "metadata", "exif", "exif_position", "thumbnail"})
_POSITION = frozenset({"exif_position"})
SECONDS = 20.0
"""Processor time for one file, contained files included. What is longer is reported as not looked through."""
TOO_LONG = "内容过多，没有检查完。请拆成几个较小的文件。"
MOST = 300_000
"""Findings of one file that are listed one by one, for each takes memory."""
_TOGETHER = 500_000  # characters of paragraphs that are looked through together
_CUT = re.compile(r"[^0-9A-Za-z\s-][^0-9A-Za-z]")
_SAYS_NOTHING = frozenset({"markup"})
"""Kinds whose presence is no finding, but what stands in them may be; each by itself, for no number goes across."""


class OutOfTime(Exception):
    """Screening was stopped at the time it was given; `findings` are those up to then. It says nothing of a text."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("screening was stopped")


def screen(
    document: Document | Refusal,
    *,
    words: Sequence[str] | WordList = (),
    settings: Settings = DEFAULT,
    until: float | None = None,
) -> list[Finding]:
    """Find personal data, marks, words of a list and hidden content in a document and all that it contains.

    Files inside the file are screened too; their findings name them in `where.member`. A refusal, of the file itself
    or of one inside it, is a finding of kind unreadable. No finding holds a number in clear. `until`, on the monotonic
    clock, is asked between texts, pieces of tables and findings; then `OutOfTime` is raised.
    """
    word_list = words if isinstance(words, WordList) else WordList(words)
    work = _Screening(word_list, settings, until)
    work.file(document, "")
    work.tell_rest()
    return work.findings


def safe_text(text: str, settings: Settings = DEFAULT) -> str:
    """Return a short text, such as the name of a file or sheet, with the numbers of persons in it covered."""
    offsets: list[int] = []
    for hit in scanning.find(text):
        if hit.kind not in (Kind.EMAIL, Kind.ADDRESS, Kind.SENSITIVE_DETAIL, Kind.LANDLINE):
            offsets.extend(covering.covered(text, hit, settings.masking))
    return covering.cover(text, offsets)


@dataclass
class _Screening:
    words: WordList
    settings: Settings
    until: float | None = None
    findings: list[Finding] = field(default_factory=list)
    _safe: dict[str, str] = field(default_factory=dict)
    _rest: Counter[tuple[Kind, Severity]] = field(default_factory=Counter)
    _processor: float = field(default_factory=lambda: thread_time() + SECONDS)
    _is_over: bool = False

    def tell_rest(self) -> None:
        """Add a finding for each kind of which there are more than are listed one by one."""
        for (kind, severity), count in self._rest.items():
            self.findings.append(Finding(kind, severity, Where("body"), "", f"另有{count}处，没有逐处列出"))
        self._rest.clear()

    def _has_time(self, member: str) -> bool:
        """Tell whether there is time left for another piece; when there is none any more, say so once."""
        if not self._is_over and thread_time() > self._processor:
            self._is_over = True
            self._add(Kind.UNREADABLE, Where("body"), "", TOO_LONG, member=member)
        return not self._is_over

    def file(self, document: Document | Refusal, member: str) -> None:
        """Screen a file; `member` is its path inside the file that was given, empty for that file itself."""
        if isinstance(document, Refusal):
            if member:
                self._file_name(document, member)
            self._add(Kind.UNREADABLE, Where("body", member=member or None), "", document.sentence, member=member)
            return
        self._file_name(document, member)
        for block in _joined(document.blocks):
            if isinstance(block, Table):
                self._table(block, member)
            else:
                self._lines(Lines(block), member)
        for margin in document.margins:
            self._margin(margin, member)
        self._hidden(document.hidden, member)
        for unread in document.unread:
            severity = None if unread.essential else Severity.WARN
            self._add(Kind.UNREADABLE, unread.where, "", self._safely(unread.reason), severity, member)
        for inner in document.members:
            self.file(inner.content, f"{member}/{inner.name}" if member else inner.name)

    def _file_name(self, document: Document | Refusal, member: str) -> None:
        """Look at a file's name; in an archive that of its folders belongs to it."""
        name = document.name if member else document.name.rpartition("/")[2]
        where = Where("file_name")
        for hit in scanning.find(name):
            self._hit(name, hit, where, member)
        for mark in marks.SECRECY.finditer(name):
            if "★" in name[mark.end() : mark.end() + 2]:
                self._add(
                    Kind.SECRECY_MARK, where, name[mark.start() : mark.end()], "文件名中的密级标志", member=member
                )

    def _lines(self, lines: Lines, member: str) -> None:
        self._check_time()
        text = lines.text
        if not self._has_time(member):
            return
        for hit in scanning.find(text):
            self._hit(text, hit, lines.where(hit.start), member)
        for mark in marks.find(text):
            self._mark(text, mark, lines.where(mark.start), member)
        for hit in self.words.find(text):
            self._word(text, hit, lines.where(hit.start), member)

    def _table(self, table: Table, member: str) -> None:
        columns = _PersonalColumns()
        for grid in grids(table):
            self._check_time()
            text = grid.text
            if not self._has_time(member):
                return
            for hit in scanning.find(text, grid.header):
                self._hit(text, hit, grid.where(hit.start), member)
            for mark in marks.find(text):
                self._mark(text, mark, grid.where(mark.start), member)
            for hit in self.words.find(text):
                self._word(text, hit, grid.where(hit.start), member)
            columns.look_at(grid)
        for kind, where, header, note in columns.findings():
            self._add(kind, where, self._safely(header), note, member=member)
        for _row, _column, inner in table.nested:
            self._table(inner, member)
        if table.caption:
            self._lines(Lines([Paragraph(table.caption, table.where)]), member)

    def _margin(self, margin: Paragraph, member: str) -> None:
        watermark = marks.find_watermark(margin.text)
        if watermark is not None:
            self._mark(margin.text, watermark, margin.where, member)
        for hit in scanning.find(margin.text):
            self._hit(margin.text, hit, margin.where, member)
        for mark in marks.find(margin.text, margin=True):
            if watermark is None or mark.kind is Kind.SECRECY_MARK:
                self._mark(margin.text, mark, margin.where, member)
        for hit in self.words.find(margin.text):
            self._word(margin.text, hit, margin.where, member)

    def _hidden(self, parts: Sequence[HiddenPart], member: str) -> None:
        """One finding for each kind of hidden content and place of it, and what stands in it like any other text."""
        together: dict[tuple[str, int | None, str | None, str], list[HiddenPart]] = {}
        for part in parts:
            together.setdefault((part.kind, part.where.page, part.where.sheet, part.note), []).append(part)
        for (kind, _page, _sheet, note), same in together.items():
            if kind in _SAYS_NOTHING:
                for part in same:
                    self._lines(Lines([Paragraph(part.text, part.where)]), member)
                continue
            where = replace(same[0].where, part=part_name(kind))
            found = Kind.METADATA if kind in _METADATA else Kind.HIDDEN_CONTENT
            said = self._safely(note) or PARTS.get(where.part, where.part)
            count = f"（共{len(same)}处）" if len(same) > 1 else ""
            severity = Severity.WARN if kind in _POSITION else None
            self._add(found, where, "", said + count, severity, member)
            texts = [Paragraph(part.text, replace(part.where, part=part_name(kind))) for part in same if part.text]
            if texts:
                self._lines(Lines(texts), member)

    def _hit(self, text: str, hit: Hit, where: Where, member: str) -> None:
        shown = covering.shown(text, hit, self.settings.masking)
        self._add(hit.kind, where, shown, hit.note, member=member)

    def _mark(self, text: str, mark: marks.Mark, where: Where, member: str) -> None:
        shown = "".join(text[mark.start : mark.end].split())
        self._add(mark.kind, where, shown, mark.note, mark.severity, member)

    def _word(self, text: str, hit: Hit, where: Where, member: str) -> None:
        self._add(Kind.WORD_LIST, where, self._safely(text[hit.start : hit.end]), hit.note, member=member)

    def _add(
        self, kind: Kind, where: Where, shown: str, note: str, severity: Severity | None = None, member: str = ""
    ) -> None:
        """Add a finding. An office's own setting goes before the severity that a position gives, unless that is lower."""
        self._check_time()
        usual = self.settings.severity(kind)
        if severity is None or (kind in self.settings.severities and severity is not Severity.INFO):
            severity = usual
        if len(self.findings) >= MOST:
            self._rest[kind, severity] += 1
            return
        inside = member or where.member
        place = (
            part_name(where.part),
            self._safely(where.sheet) if where.sheet else None,
            self._safely(inside) if inside else None,
        )
        if place != (where.part, where.sheet, where.member):
            part, sheet, inside = place
            where = Where(part, where.page, sheet, where.cell, where.offset, inside)
        self.findings.append(Finding(kind, severity, where, shown, note))

    def _check_time(self) -> None:
        if self.until is not None and time.monotonic() > self.until:
            raise OutOfTime(self.findings)

    def _safely(self, text: str) -> str:
        if len(text) < 7:
            return text
        if text not in self._safe:
            self._safe[text] = safe_text(text, self.settings)
        return self._safe[text]


class _PersonalColumns:
    """Columns whose header names personal data, with how many of their cells are not masked well enough."""

    def __init__(self) -> None:
        self._bad: dict[int, int] = {}
        self._first: dict[int, Where] = {}
        self._headers: dict[int, tuple[Column, str]] = {}
        self._names_in_clear = False

    def look_at(self, grid: Grid) -> None:
        kinds = grid.heads.kinds
        wanted = {number for number, kind in kinds.items() if kind in headers.PERSONAL or kind is Column.SENSITIVE}
        named = {number for number, kind in kinds.items() if kind is Column.NAME}
        if not wanted:
            return
        places: dict[tuple[int, ...], list[tuple[int, int]]] = {}
        for row in grid.rows:
            if row.number <= grid.heads.rows:
                continue
            if row.columns not in places:
                asked = wanted | named
                places[row.columns] = [(at, number) for at, number in enumerate(row.columns) if number in asked]
            for at, number in places[row.columns]:
                text = row.texts[at]
                if not text:
                    continue
                if number in named:
                    if not self._names_in_clear:
                        self._names_in_clear = bool(text.strip()) and not set(text) & set("*＊×某")
                    continue
                if _is_bad(kinds[number], text):
                    self._bad[number] = self._bad.get(number, 0) + 1
                    if number not in self._first:
                        self._first[number] = grid.place(row, at)
                        self._headers[number] = (kinds[number], grid.heads.texts[number])

    def findings(self) -> Iterator[tuple[Kind, Where, str, str]]:
        for number, count in self._bad.items():
            kind, header = self._headers[number]
            short = "".join(header.split())[:20]
            if kind is Column.SENSITIVE:
                if self._names_in_clear:
                    yield (
                        Kind.SENSITIVE_DETAIL,
                        self._first[number],
                        short,
                        f"姓名旁边的{headers.NAMES[kind]}，共{count}格",
                    )
                continue
            note = f"{headers.NAMES[kind]}列有{count}个单元格没有遮盖或遮盖不够"
            yield Kind.PERSONAL_HEADER, self._first[number], short, note


def _is_bad(kind: Column, text: str) -> bool:
    """Tell whether a cell under a header of a kind shows what it may not."""
    if kind is Column.SENSITIVE:
        return bool(text.strip(" 无否/-—"))
    return headers.is_badly_masked(kind, text)


def _joined(blocks: Iterable[Paragraph | Table]) -> Iterator[list[Paragraph] | Table]:
    """Tables as they are, and the paragraphs between them together, for a number may go over a line's end."""
    together: list[Paragraph] = []
    length = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            for piece in _cut(block) if len(block.text) > _TOGETHER else (block,):
                if length > _TOGETHER and not (together[-1].text[-1:].isdigit() and piece.text[:1].isdigit()):
                    yield together
                    together, length = [], 0
                together.append(piece)
                length += len(piece.text)
            continue
        if together:
            yield together
            together, length = [], 0
        yield block
    if together:
        yield together


def _cut(paragraph: Paragraph) -> Iterator[Paragraph]:
    """A paragraph of millions of characters in pieces, cut where no number can be."""
    text, start = paragraph.text, 0
    while start < len(text):
        found = _CUT.search(text, start + _TOGETHER, start + 2 * _TOGETHER)
        end = found.start() + 1 if found else start + 2 * _TOGETHER
        offset = (paragraph.where.offset or 0) + start
        yield replace(paragraph, text=text[start:end], where=replace(paragraph.where, offset=offset))
        start = end
