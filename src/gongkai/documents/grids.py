"""Rows of a large sheet, kept as texts; cells are made when a row is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import eq
from typing import overload

from gongkai.documents.model import Cell

_Row = tuple[int, tuple[int, ...], tuple[str, ...], str]
Spans = dict[int, dict[int, tuple[int, int]]]


class Grid(Sequence[tuple[Cell, ...]]):
    """The rows of one sheet: row number, columns and texts of cells that hold something.

    A million short cells take about 100 MB this way, and four times as much as cells.
    """

    def __init__(self) -> None:
        self._rows: list[_Row] = []
        self._columns: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._hidden_columns: set[int] = set()
        self._hidden_cells: dict[int, dict[int, str]] = {}
        self._spans: Spans = {}
        self._hidden = ""

    def add(self, row: int, columns: Sequence[int], texts: Sequence[str], hidden: str = "") -> None:
        """Add a row; `hidden` is the kind for all of its cells."""
        key = tuple(columns)
        self._rows.append((row, self._columns.setdefault(key, key), tuple(texts), hidden))

    def hide_all(self, kind: str) -> None:
        """Mark every cell (a hidden sheet)."""
        self._hidden = kind

    def hide_columns(self, columns: set[int]) -> None:
        """Mark the cells of hidden columns."""
        self._hidden_columns = columns

    def hide_cell(self, row: int, column: int, kind: str) -> None:
        """Mark one cell."""
        self._hidden_cells.setdefault(row, {})[column] = kind

    def merge(self, row: int, column: int, row_span: int, column_span: int) -> None:
        """Say that a cell covers its neighbours."""
        self._spans.setdefault(row, {})[column] = (row_span, column_span)

    def texts(self) -> Iterator[_Row]:
        """Go through what is kept without making cells."""
        return iter(self._rows)

    def spans(self, row: int) -> dict[int, tuple[int, int]]:
        """What the merged cells of a row cover, by their column: rows and columns."""
        return self._spans.get(row, {}) if self._spans else {}

    def hidden(self, index: int, position: int) -> str:
        """The kind of hiding of one cell, empty when it is visible."""
        number, columns, _texts, hidden = self._rows[index]
        column = columns[position]
        own = self._hidden_cells.get(number)
        whole = self._hidden or hidden or ("hidden_column" if column in self._hidden_columns else "")
        return whole or (own.get(column, "") if own else "")

    def cell(self, index: int, position: int) -> Cell:
        """Make one cell: that at a position of the row with an index."""
        number, columns, texts, hidden = self._rows[index]
        return self._cells((number, columns[position : position + 1], texts[position : position + 1], hidden))[0]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]  # it grows while a sheet is read

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> tuple[Cell, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[Cell, ...]]: ...
    def __getitem__(self, index: int | slice) -> tuple[Cell, ...] | Sequence[tuple[Cell, ...]]:
        if isinstance(index, slice):
            return [self._cells(row) for row in self._rows[index]]
        return self._cells(self._rows[index])

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        return map(self._cells, self._rows)

    def _cells(self, row: _Row) -> tuple[Cell, ...]:
        number, columns, texts, hidden = row
        own, spans = self._hidden_cells.get(number), self._spans.get(number)
        whole = self._hidden or hidden
        if not own and not spans and not self._hidden_columns:
            return tuple(
                [Cell(text, number, column, 1, 1, False, whole) for column, text in zip(columns, texts, strict=True)]
            )
        cells = []
        for column, text in zip(columns, texts, strict=True):
            kind = whole or ("hidden_column" if column in self._hidden_columns else "")
            row_span, column_span = spans.get(column, (1, 1)) if spans else (1, 1)
            cells.append(
                Cell(text, number, column, row_span, column_span, False, kind or (own.get(column, "") if own else ""))
            )
        return tuple(cells)
