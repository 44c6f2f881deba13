"""A document as texts to look through: paragraphs joined by line ends, rows with cell borders, each offset with its place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple

from gongkai.documents import Cell, Paragraph, SheetRows, Table, Where, cell_name
from gongkai.screening import headers, slipping
from gongkai.screening.folding import CELL, CODES, ROW, WALL
from gongkai.screening.headers import Column

ROWS_AT_ONCE = 2_000
_WIDE = 64  # cells from which on a row is not gone through cell by cell
_HEADER_ROWS = 8  # rows at the top of a table in which headers are looked for


class Lines:
    """Paragraphs as one text; numbers may go over their ends."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = paragraphs
        self.text = "\n".join([each.text for each in paragraphs])
        self._starts: list[int] | None = None

    def where(self, offset: int) -> Where:
        """The place of an offset: that of its paragraph, and how far into the text it is."""
        starts = self._paragraph_starts()
        index = bisect_right(starts, offset) - 1
        place = self.paragraphs[index].where
        return replace(place, offset=(place.offset or 0) + offset - starts[index])

    def is_first(self, offset: int) -> bool:
        """Tell whether an offset is in the first paragraph."""
        return bisect_right(self._paragraph_starts(), offset) == 1

    def _paragraph_starts(self) -> list[int]:
        """Where each paragraph begins; made when the first finding asks, for most texts have none."""
        if self._starts is None:
            self._starts, position = [], 0
            for each in self.paragraphs:
                self._starts.append(position)
                position += len(each.text) + 1
        return self._starts


@dataclass
class Heads:
    """The headers of a table's columns: their text, what they say, and how many rows they take."""

    texts: dict[int, str] = field(default_factory=dict)
    kinds: dict[int, Column] = field(default_factory=dict)
    rows: int = 0
    width: int = 0
    """The last column that has a header."""
    whole: bool = True
    """Whether each header names one column; not so when a delimiter between two was lost."""

    @classmethod
    def of(cls, table: Table) -> Heads:
        """Read the headers of a table: its first rows that name a column and hold no numbers of their own."""
        texts: dict[int, str] = {}
        last = 0
        for row in _first(table.rows, _HEADER_ROWS):
            cells = [cell for cell in row if cell.text.strip()]
            if not cells:
                continue
            named = [cell for cell in cells if headers.column(cell.text) is not Column.OTHER]
            numeric = sum(any(character.isdigit() for character in cell.text) for cell in cells)
            if named and numeric * 2 <= len(cells) and (len(cells) > 1 or cells[0].column_span == 1):
                for cell in cells:
                    if cell.column_span > 1 and len(cells) == 1:
                        continue
                    for number in range(cell.column, cell.column + min(cell.column_span, 256)):
                        texts[number] = texts.get(number, "") + cell.text.strip()
                last = cells[0].row
            elif last:
                break
        kinds = {number: headers.column(text) for number, text in texts.items()}
        whole = not any(slipping.names_two(text) for text in texts.values())
        return cls(texts, kinds, last, max(texts, default=0), whole)


class Row(NamedTuple):
    """One row of a table without its cells: a table can have a million of them, and most are only looked through."""

    number: int
    columns: tuple[int, ...]
    texts: tuple[str, ...]
    cells: tuple[Cell, ...] = ()
    """The cells, where the table has them; else they are made when one is asked for."""
    sheet_row: int = 0
    """Which row of a `documents.grids.Grid` it is."""
    spans: Mapping[int, tuple[int, int]] = {}

    @classmethod
    def of(cls, cells: tuple[Cell, ...]) -> Row:
        """The row that cells make."""
        spans = {cell.column: (cell.row_span, cell.column_span) for cell in cells if cell.column_span > 1}
        columns, texts = tuple([cell.column for cell in cells]), tuple([cell.text for cell in cells])
        return cls(cells[0].row, columns, texts, cells, 0, spans)


class Grid:
    """Some rows of a table as one text."""

    def __init__(self, table: Table, heads: Heads, rows: Sequence[Row]) -> None:
        self.table = table
        self.heads = heads
        self.rows = rows
        self._starts: list[int] = []
        self._last: tuple[int, tuple[int, int, int]] = (-1, (0, 0, 0))
        self._cell_starts: list[int] = []
        self._wide: tuple[int, list[int]] = (-1, [])
        """Where the cells of the wide row that was asked for last begin."""
        pieces: list[str] = []
        position = 0
        head, body, wide = _Patterns(_Borders({})), _Patterns(_Borders(heads.kinds)), _Patterns(_WideBorders())
        starts = self._starts
        width = heads.width or 1_000_000
        for row in rows:
            patterns = head if row.number <= heads.rows else body if row.columns[-1] <= width else wide
            # Its pattern is worked out once for all rows with the same columns.
            text = (patterns.of(row) if row.spans else patterns[row.columns]) % row.texts
            starts.append(position)
            pieces.append(text)
            position += len(text)
        self.text = "".join(pieces)

    @cached_property
    def cells(self) -> list[Cell]:
        """All cells by rows."""
        return [cell for row in self.rows for cell in (row.cells or self._made(row))]

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """The cells that a stretch goes over: index of the cell, and from where to where inside it."""
        if not self._cell_starts:
            for begin, row in zip(self._starts, self.rows, strict=True):
                for text in row.texts:
                    self._cell_starts.append(begin)
                    begin += len(text) + 1
        index = max(0, bisect_right(self._cell_starts, start) - 1)
        while index < len(self.cells) and self._cell_starts[index] < end:
            begin = self._cell_starts[index]
            length = len(self.cells[index].text)
            if max(start - begin, 0) < min(end - begin, length):
                yield index, max(start - begin, 0), min(end - begin, length)
            index += 1

    def where(self, offset: int) -> Where:
        """The place of an offset: its cell, and how far into it."""
        number, at, inside = self._locate(offset)
        row, rows, place = self.rows[number], self.table.rows, self.table.where
        if row.cells or not isinstance(rows, SheetRows):
            hidden = self._cell(row, at).hidden
        else:
            hidden = rows.hidden(row.sheet_row, at)
        name = cell_name(row.number, row.columns[at])
        return Where(hidden or place.part, place.page, place.sheet, name, inside, place.member)

    def place(self, row: Row, at: int) -> Where:
        """The place of the cell at a position of a row."""
        return self.table.place(self._cell(row, at))

    def header(self, offset: int) -> str:
        """The header of the column in which an offset stands, empty in the header itself and where a header that is
        none of a person's numbers cannot be trusted to be that of the cell."""
        number, at, _inside = self._locate(offset)
        row, heads = self.rows[number], self.heads
        text = heads.texts.get(row.columns[at], "") if row.number > heads.rows else ""
        if not text or heads.kinds[row.columns[at]] in headers.PERSONAL:
            return text
        return "" if len(row.texts[at]) >= slipping.SHORTEST and self._may_have_slipped(row, at) else text

    def _may_have_slipped(self, row: Row, at: int) -> bool:
        """Tell whether a cell that could hold a number of a person may belong to another column than it stands in."""
        heads, column = self.heads, row.columns[at]
        if not heads.whole or row.columns[-1] > heads.width:
            return True
        if heads.kinds[column] is not Column.QUANTITY:
            return False
        texts = dict(zip(row.columns, row.texts, strict=True))
        return not slipping.is_amount(row.texts[at]) or slipping.contradicts(heads.kinds, texts, column)

    def _locate(self, offset: int) -> tuple[int, int, int]:
        """Where an offset stands: which row, which cell of it, and the offset inside the cell."""
        if self._last[0] == offset:
            return self._last[1]
        number = max(0, bisect_right(self._starts, offset) - 1)
        begin, texts = self._starts[number], self.rows[number].texts
        if len(texts) > _WIDE:
            if self._wide[0] != number:
                self._wide = number, list(accumulate((len(text) + 1 for text in texts[:-1]), initial=begin))
            at = max(0, bisect_right(self._wide[1], offset) - 1)
            begin = self._wide[1][at]
        else:
            at, last = 0, len(texts) - 1
            while at < last and begin + len(texts[at]) < offset:
                begin += len(texts[at]) + 1
                at += 1
        found = number, at, offset - begin
        self._last = offset, found
        return found

    def _cell(self, row: Row, at: int) -> Cell:
        if row.cells:
            return row.cells[at]
        rows = self.table.rows
        return rows.cell(row.sheet_row, at) if isinstance(rows, SheetRows) else rows[row.sheet_row][at]

    def _made(self, row: Row) -> tuple[Cell, ...]:
        return self.table.rows[row.sheet_row]


class _Patterns(dict[tuple[int, ...], str]):
    """What a row's text looks like, by its columns: a place for each cell, borders between them, the end of the row."""

    def __init__(self, borders: dict[tuple[int, int, int], str]) -> None:
        super().__init__()
        self._borders = borders

    def __missing__(self, columns: tuple[int, ...]) -> str:
        self[columns] = pattern = self._pattern(columns, {})
        return pattern

    def of(self, row: Row) -> str:
        """The pattern of a row with merged cells."""
        return self._pattern(row.columns, row.spans)

    def _pattern(self, columns: tuple[int, ...], spans: Mapping[int, tuple[int, int]]) -> str:
        pieces = ["%s"]
        for left, right in pairwise(columns):
            pieces.append(self._borders[left, spans[left][1] if left in spans else 1, right])
            pieces.append("%s")
        return "".join(pieces) + ROW


class _Borders(dict[tuple[int, int, int], str]):
    """The border between two cells of a row, by what their columns hold: column and span of the left, column of the
    right. Worked out once for each pair, for there may be a million."""

    def __init__(self, kinds: dict[int, Column]) -> None:
        super().__init__()
        self._kinds = kinds

    def __missing__(self, place: tuple[int, int, int]) -> str:
        left, span, right = place
        pair = (self._kinds.get(left, Column.OTHER), self._kinds.get(right, Column.OTHER))
        if right > left + max(span, 1) or Column.QUANTITY in pair:
            border = WALL
        else:
            border = CODES if Column.SERIAL in pair else CELL
        self[place] = border
        return border


class _WideBorders(dict[tuple[int, int, int], str]):
    """The borders in a row that is wider than the headers: what a column holds is not known there, so only a number
    that a checksum confirms may go across."""

    def __missing__(self, place: tuple[int, int, int]) -> str:
        left, span, right = place
        return WALL if right > left + max(span, 1) else CODES


def grids(table: Table) -> Iterator[Grid]:
    """Go through a table by some thousand rows, so that a large sheet need not be in memory twice."""
    heads = Heads.of(table)
    rows: list[Row] = []
    for row in _rows(table):
        rows.append(row)
        if len(rows) >= ROWS_AT_ONCE:
            yield Grid(table, heads, rows)
            rows = []
    if rows:
        yield Grid(table, heads, rows)


def _rows(table: Table) -> Iterator[Row]:
    if isinstance(table.rows, SheetRows):
        spans = table.rows.spans
        for index, (number, columns, texts, _hidden) in enumerate(table.rows.texts()):
            yield Row(number, columns, texts, (), index, spans(number))
    else:
        for cells in table.rows:
            if cells:
                yield Row.of(cells)


def _first(rows: Sequence[tuple[Cell, ...]], number: int) -> Iterator[tuple[Cell, ...]]:
    for index, row in enumerate(rows):
        if index >= number:
            return
        yield row
