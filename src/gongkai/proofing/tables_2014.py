"""Reading the statistics table of 2014 from a grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from gongkai.proofing import forms
from gongkai.proofing.folding import fold, one_line
from gongkai.proofing.forms import Labels, core
from gongkai.proofing.grids import Grid
from gongkai.proofing.numbers import read_cell
from gongkai.proofing.report import STATISTICS
from gongkai.proofing.tables_found import OTHER_HEADS, UNIT_CELLS, VALUE_HEADS, Found, Order

# --- the table of 2014 ---


def read_statistics(grid: Grid, found: Mapping[str, Found], before: Grid | None) -> list[Found]:
    """Read the rows of the table in a grid; few suffice where some were found before."""
    labels = forms.labels_of_2014()
    matched = {
        code for row in grid.rows for text in row if len(codes := labels.candidates(text)) == 1 for code in codes
    }
    values = {row.code for row in forms.form_of_2014().rows if not row.is_group}
    goes_on = STATISTICS in found and bool(found[STATISTICS].cells)
    is_rest = goes_on and len(matched) == sum(1 for row in grid.rows if any(text.strip() for text in row))
    if len(matched & values) < (1 if is_rest else 2 if goes_on else 6):
        return []
    new = Found(STATISTICS)
    head = _value_columns(grid)
    for at, texts in enumerate(grid.rows):
        if any(labels.candidates(text) for text in texts):
            break
        filled = [one_line(text) for _, text in grid.distinct(at) if text.strip()]
        names = [core(text) for text in filled]
        if sum(name in VALUE_HEADS or name in OTHER_HEADS for name in names) >= 2:
            new.heads = {_head_key(name): text for name, text in zip(names, filled, strict=True)}
        else:
            new.captions += filled
    order = Order(labels, (row for row, _ in found[STATISTICS].cells) if STATISTICS in found else ())
    for start, end in _segments(grid, head, labels):
        for at in range(len(grid.rows)):
            _read_statistics_row(grid, at, start, end, head, order, new)
    return [new]


def _head_key(name: str) -> str:
    return "value" if name in VALUE_HEADS else "unit" if name in ("单位", "计量单位") else "label"


def _value_columns(grid: Grid) -> list[int]:
    """Return the columns headed as values, in a table with a heading row."""
    for at, row in enumerate(grid.rows[:12]):
        heads = [(column, core(text)) for column, text in grid.distinct(at)]
        if sum(text in VALUE_HEADS or text in OTHER_HEADS for _, text in heads) >= 2:
            columns = [column for column, text in heads if text in VALUE_HEADS]
            if columns and (not grid.is_ragged or len(row) >= 2):
                return columns
    return []


def _segments(grid: Grid, values: Sequence[int], labels: Labels) -> list[tuple[int, int]]:
    """Return the stretches of columns that each hold label, unit and value (two when printed side by side)."""
    if len(values) < 2:
        return [(0, grid.width)]
    edges = [0, *[column + 1 for column in values[:-1]], grid.width]
    stretches = list(pairwise(edges))

    def count(start: int, end: int) -> int:
        return sum(any(labels.candidates(text) for text in row[start:end]) for row in grid.rows)

    return stretches if all(count(*each) >= 3 for each in stretches) else [(0, grid.width)]


def _read_statistics_row(
    grid: Grid, at: int, start: int, end: int, head: Sequence[int], order: Order, new: Found
) -> None:
    labels = forms.labels_of_2014()
    cells = [(column, text) for column, text in grid.distinct(at) if start <= column < end]
    known = [
        (column, text)
        for column, text in cells
        if labels.candidates(text) and (grid.begins(at, column) or len(cells) < 2)
    ]
    if not known:
        label = next((text for _, text in cells if len(fold(text)) > 3 and not fold(text).isdigit()), "")
        if label and new.labels and core(label) not in OTHER_HEADS and sum(bool(text.strip()) for _, text in cells) > 1:
            new.unknown.append(one_line(label))
        return
    column, label = known[-1]
    code = order.code(labels.candidates(label))
    if not code:
        return
    new.labels[code] = forms.as_printed(label, forms.form_of_2014().row(code))
    rest = [(other, text) for other, text in cells if other != column and not labels.candidates(text)]
    unit = next((fold(text) for _, text in rest if fold(text) in UNIT_CELLS), "")
    if unit:
        new.units[code] = unit
    places = [each for each in head if start <= each < end]
    width = len(grid.rows[at])
    printed: str | None = None
    if len(places) == 1 and places[0] < width and places[0] != column:
        printed = grid.rows[at][places[0]]
        if grid.is_ragged and fold(printed) in UNIT_CELLS:
            printed = None
    if printed is None:
        open_cells = [
            text for other, text in rest if fold(text) not in UNIT_CELLS and (other > column or not grid.is_ragged)
        ]
        filled = [text for text in open_cells if text.strip()]
        printed = filled[-1] if filled else ""
        if len(filled) > 1:
            new.spoil(code, "value", " ".join(filled))
    row = forms.form_of_2014().row(code)
    if row is not None and (not row.is_group or read_cell(printed).state == "number"):
        new.put(code, "value", printed)
