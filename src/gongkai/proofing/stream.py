"""The lines and tables of a document in reading order; tables that only lay out a page become lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai import documents
from gongkai.documents import Document
from gongkai.proofing import parts, tables
from gongkai.proofing.folding import fold, one_line
from gongkai.proofing.grids import Grid, merged_grid, split_text

_OUTLINED = ("docx", "odt", "rtf", "doc")
"""Types whose outline levels mean parts; on a web page they are the site's."""
_LAYOUT_TEXT = 220
"""A cell longer than this is no cell of a statistics table: the table lays out a page."""


@dataclass(frozen=True)
class Line:
    """A line in reading order with what the file says of its outline level."""

    text: str
    outline: int | None = None


# --- lines and grids in reading order ---


def stream_of(document: Document) -> Iterator[Line | Grid]:
    """Yield the lines and tables of a document; tables that lay out a page become lines."""
    pending: list[Line] = []
    for block in document.blocks:
        if isinstance(block, documents.Paragraph):
            text = block.number + block.text
            outline = block.level if document.type in _OUTLINED else None
            pending += [Line(each, outline) for each in text.split("\n")]
        elif block.where.part not in (documents.Hidden.HIDDEN_SHEET, documents.Hidden.VERY_HIDDEN_SHEET):
            yield from lines_of(_unbroken(pending) if document.type == "pdf" else pending)
            pending = []
            yield from _table(block)
    yield from lines_of(_unbroken(pending) if document.type == "pdf" else pending)


def _unbroken(lines: Sequence[Line]) -> Iterator[Line]:
    """Join the lines of a page to paragraphs: a line goes on when it is long and ends within a sentence."""
    longest = max((len(fold(line.text)) for line in lines), default=0)
    pending: Line | None = None
    for line in lines:
        text = fold(line.text)
        if not text or (text.strip("-").isdigit() and len(text) < 6):  # a page number
            continue
        if pending is not None:
            before = fold(pending.text.split("\n")[-1])
            goes_on = len(before) >= 0.75 * longest and before[-1] not in "。!?:;" and longest > 20
            if goes_on and not parts.heading_of(line.text).number:
                pending = Line(f"{pending.text}\n{line.text}", pending.outline)
                continue
            yield Line(pending.text.replace("\n", ""), pending.outline)
        pending = line
    if pending is not None:
        yield Line(pending.text.replace("\n", ""), pending.outline)


def lines_of(lines: Sequence[Line] | Iterator[Line]) -> Iterator[Line | Grid]:
    """Yield lines and the grids drawn among them."""
    given = list(lines)
    outlines = {line.text: line.outline for line in given}
    for each in split_text([line.text for line in given], tables.FormWords()):
        yield each if isinstance(each, Grid) else Line(each, outlines.get(each))


def _table(table: documents.Table) -> Iterator[Line | Grid]:
    if table.caption:
        yield Line(one_line(table.caption))
    cells = [
        (cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells() if not cell.hidden
    ]
    if table.nested or any(len(text) > _LAYOUT_TEXT for text, *_ in cells):
        yield from _layout(table, cells)
        return
    yield from _split(merged_grid(cells))


def _layout(table: documents.Table, cells: Sequence[tuple[str, int, int, int, int]]) -> Iterator[Line | Grid]:
    """Yield what a table that lays out a page holds: grids of its short rows, lines of its long cells, inner tables."""
    inner: dict[tuple[int, int], list[documents.Table]] = {}
    for row, column, nested in table.nested:
        inner.setdefault((row, column), []).append(nested)
    plain: list[tuple[str, int, int, int, int]] = []
    places = {(row, column) for _, row, column, _, _ in cells}
    everything = [*cells, *(("", row, column, 1, 1) for row, column in inner if (row, column) not in places)]
    for cell in sorted(everything, key=lambda each: (each[1], each[2])):
        text, row, column, _, _ = cell
        if len(text) <= _LAYOUT_TEXT and (row, column) not in inner:
            plain.append(cell)
            continue
        if plain:
            yield from _split(merged_grid(plain))
            plain = []
        yield from lines_of([Line(line.strip()) for line in text.split("\n")])
        for nested in inner.get((row, column), ()):
            yield from _table(nested)
    if plain:
        yield from _split(merged_grid(plain))


def _split(grid: Grid) -> Iterator[Line | Grid]:
    """Yield a grid; rows that hold one text alone and are no row of a form are lines (a title over a sheet)."""
    start = 0
    for at in range(len(grid.rows)):
        filled = [text for _, text in grid.distinct(at) if text.strip()]
        alone = len(filled) == 1 and len(fold(filled[0])) > 1
        if alone and not (tables.is_row_label(filled[0]) and _is_among_rows(grid, at)) and not _is_cell(filled[0]):
            yield from _slice(grid, start, at)
            yield from lines_of([Line(line.strip()) for line in filled[0].split("\n")])
            start = at + 1
    yield from _slice(grid, start, len(grid.rows))


def _is_among_rows(grid: Grid, at: int) -> bool:
    """Whether the row before or after holds more than one text, as those of a table do."""
    return any(
        sum(1 for _, text in grid.distinct(near) if text.strip()) > 1
        for near in (at - 1, at + 1)
        if 0 <= near < len(grid.rows)
    )


def _is_cell(text: str) -> bool:
    return fold(text).isdigit() or fold(text) in ("申请人情况", "行政复议", "行政诉讼")


def _slice(grid: Grid, start: int, end: int) -> Iterator[Grid | Line]:
    if start >= end or not any(cell.strip() for row in grid.rows[start:end] for cell in row):
        return
    if grid.width == 1:
        for row in grid.rows[start:end]:
            yield from lines_of([Line(line.strip()) for line in row[0].split("\n")])
        return
    yield Grid(grid.rows[start:end], grid.origins[start:end], grid.is_ragged)
