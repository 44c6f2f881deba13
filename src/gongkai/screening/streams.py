"""A document as texts to look through: paragraphs joined by line ends, rows with cell borders, each offset with its place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from gongkai.documents import Cell, Paragraph, Table, Where, cell_name
from gongkai.screening import headers, slipping
from gongkai.screening.folding import CELL, CODES, ROW, WALL
from gongkai.screening.headers import Column

ROWS_AT_ONCE = 2_000
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


class Grid:
    """Some rows of a table as one text."""

    def __init__(self, table: Table, heads: Heads, rows: Sequence[tuple[Cell, ...]]) -> None:
        self.table = table
        self.heads = heads
        self.cells: list[Cell] = []
        self._starts: list[int] = []
        pieces: list[str] = []
        position = 0
        head, body, wide = _Borders({}), _Borders(heads.kinds), _WideBorders()
        cells, starts = self.cells, self._starts
        width = heads.width or 1_000_000
        for row in rows:
            borders = head if row[0].row <= heads.rows else body if row[-1].column <= width else wide
            left: Cell | None = None
            for cell in row:
                if left is not None:
                    pieces.append(borders[left.column, left.column_span, cell.column])
                    position += 1
                left = cell
                cells.append(cell)
                starts.append(position)
                text = cell.text
                pieces.append(text)
                position += len(text)
            pieces.append(ROW)
            position += 1
        self.text = "".join(pieces)

    def cell(self, offset: int) -> tuple[Cell, int]:
        """The cell at an offset, and the offset inside it."""
        index = max(0, bisect_right(self._starts, offset) - 1)
        return self.cells[index], offset - self._starts[index]

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """The cells that a stretch goes over: index of the cell, and from where to where inside it."""
        index = max(0, bisect_right(self._starts, start) - 1)
        while index < len(self.cells) and self._starts[index] < end:
            begin = self._starts[index]
            length = len(self.cells[index].text)
            if max(start - begin, 0) < min(end - begin, length):
                yield index, max(start - begin, 0), min(end - begin, length)
            index += 1

    def where(self, offset: int) -> Where:
        """The place of an offset: its cell, and how far into it."""
        cell, inside = self.cell(offset)
        place = self.table.where
        name = cell_name(cell.row, cell.column)
        return Where(cell.hidden or place.part, place.page, place.sheet, name, inside, place.member)

    def header(self, offset: int) -> str:
        """The header of the column in which an offset stands, empty in the header itself and where a header that is
        none of a person's numbers cannot be trusted to be that of the cell."""
        index = max(0, bisect_right(self._starts, offset) - 1)
        cell = self.cells[index]
        text = self.heads.texts.get(cell.column, "") if cell.row > self.heads.rows else ""
        if not text or self.heads.kinds[cell.column] in headers.PERSONAL:
            return text
        return "" if len(cell.text) >= slipping.SHORTEST and self._may_have_slipped(index) else text

    def _may_have_slipped(self, index: int) -> bool:
        """Tell whether a cell that could hold a number of a person may belong to another column than it stands in."""
        cell = self.cells[index]
        if not self.heads.whole:
            return True
        first, last = index, index + 1
        while first and self.cells[first - 1].row == cell.row:
            first -= 1
        while last < len(self.cells) and self.cells[last].row == cell.row:
            last += 1
        row = self.cells[first:last]
        if row[-1].column > self.heads.width:
            return True
        if self.heads.kinds[cell.column] is not Column.QUANTITY:
            return False
        texts = {other.column: other.text for other in row}
        return not slipping.is_amount(cell.text) or slipping.contradicts(self.heads.kinds, texts, cell.column)


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
    rows: list[tuple[Cell, ...]] = []
    for row in table.rows:
        if row:
            rows.append(row)
        if len(rows) >= ROWS_AT_ONCE:
            yield Grid(table, heads, rows)
            rows = []
    if rows:
        yield Grid(table, heads, rows)


def _first(rows: Sequence[tuple[Cell, ...]], number: int) -> Iterator[tuple[Cell, ...]]:
    for index, row in enumerate(rows):
        if index >= number:
            return
        yield row
