"""Recognising the statistics tables among the grids of a report, whatever their merging, headers and column order.

A row is known by its label, a column by its heading; only rows of plain text, whose columns do not line up, are read
by position, and only where the number of cells leaves no choice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gongkai.proofing import forms
from gongkai.proofing.folding import fold
from gongkai.proofing.forms import core
from gongkai.proofing.grids import Grid
from gongkai.proofing.numbers import read_cell
from gongkai.proofing.report import STATISTICS, Format, Table
from gongkai.proofing.tables_2014 import read_statistics
from gongkai.proofing.tables_articles import ALL_HEADS, read_articles
from gongkai.proofing.tables_found import OTHER_HEADS, UNIT_CELLS, Found
from gongkai.proofing.tables_requests import APPLICANTS, LEGAL, read_requests
from gongkai.proofing.tables_review import RESULTS, read_review

_HEADS = frozenset(
    (
        *APPLICANTS,
        *RESULTS,
        LEGAL,
        "申请人情况",
        "行政复议",
        "行政诉讼",
        "未经复议直接起诉",
        "复议后起诉",
        *OTHER_HEADS,
        "统计数",
    )
) - {"单位"}


@dataclass(frozen=True)
class Recognition:
    """What was recognised: tables by key, the format they are of, which grids were none, what could not be read."""

    tables: Mapping[str, Table]
    format: Format
    others: tuple[int, ...]
    unread: tuple[str, ...]
    used: tuple[int, ...]


class FormWords:
    """What tells the parts of a table in plain text (`grids.Words`), by the words of the forms."""

    def is_label(self, line: str) -> bool:
        """Tell whether a line is the label of a row of some form."""
        return is_row_label(line) or core(line) in forms.other_rows()

    def is_head(self, line: str) -> bool:
        """Tell whether a line is the heading of a column of some form."""
        if len(line) > 24:
            return False
        name = core(line)
        return name in _HEADS or any(name.endswith(known) or name.startswith(known) for known in ALL_HEADS)

    def is_divider(self, line: str) -> bool:
        """Tell whether a line parts the blocks of Article 20."""
        return len(line) <= 24 and fold(line).startswith("第二十条第") and fold(line).endswith(("项", ")", "款"))

    def is_value(self, line: str) -> bool:
        """Tell whether a line is what a cell holds."""
        if len(line) > 16:
            return False
        return fold(line) in UNIT_CELLS or read_cell(line).state in ("number", "not_applicable")


def is_row_label(line: str) -> bool:
    """Tell whether a line is the label of a row of some form."""
    return len(line) <= 120 and (forms.labels_of_2014().names(line) or forms.labels_of_requests().names(line))


def recognise(grids: Sequence[Grid]) -> Recognition:
    """Recognise the statistics tables among grids in reading order."""
    found: dict[str, Found] = {}
    used: list[int] = []
    others: list[int] = []
    unread: list[str] = []
    before: Grid | None = None
    for at, grid in enumerate(grids):
        new = [each for reader in _READERS for each in reader(grid, found, before) if each.cells]
        for each in new:
            each.first = at
            _merge(found, each, unread)
        if new and others and others[-1] == at - 1:
            # The first rows of a table that a page's end cuts off are known by what follows them.
            for each in (each for reader in _READERS for each in reader(grids[at - 1], found, None) if each.cells):
                _merge(found, each, unread)
                if others and others[-1] == at - 1:
                    used.append(others.pop())
        if new:
            used.append(at)
            before = grid
        elif any(any(cell.strip() for cell in row) for row in grid.rows):
            others.append(at)
    format = _format(found)
    tables = {key: _table(each, format) for key, each in found.items()}
    return Recognition(tables, format, tuple(others), tuple(unread), tuple(used))


def _merge(found: dict[str, Found], new: Found, unread: list[str]) -> None:
    """Add a grid's table to what was found: rows that follow are its continuation, a second table is named."""
    old = found.get(new.key)
    if old is None:
        found[new.key] = new
        return
    again = [place for place in new.cells if place in old.cells]
    if again and any(old.cells[place].printed != new.cells[place].printed for place in again):
        unread.append(f"「{NAMES.get(new.key, new.key)}」出现了两次且数字不同，只核对了第一张。")
        return
    for place, cell in new.cells.items():
        old.cells.setdefault(place, cell)
    for row, label in new.labels.items():
        old.labels.setdefault(row, label)
    old.heads = {**new.heads, **old.heads}
    old.units = {**new.units, **old.units}
    old.unknown += new.unknown
    old.formats += new.formats


NAMES: Mapping[str, str] = {
    STATISTICS: "政府信息公开情况统计表",
    "requests": "收到和处理政府信息公开申请情况",
    "review_litigation": "政府信息公开行政复议、行政诉讼情况",
    "art20_1": "第二十条第（一）项",
    "art20_5": "第二十条第（五）项",
    "art20_6": "第二十条第（六）项",
    "art20_8": "第二十条第（八）项",
    "art20_9": "第二十条第（九）项",
}


def _format(found: Mapping[str, Found]) -> Format:
    """Tell the format from what is printed, empty where that leaves it open."""
    if STATISTICS in found:
        return "2014"
    votes: Counter[str] = Counter()
    for each in found.values():
        votes += each.formats
    if votes["2019"] or votes["2021"]:
        return "2019" if votes["2019"] > votes["2021"] else "2021"
    return ""


def _table(found: Found, format: Format) -> Table:
    """Make the table, its rows and columns in the order of the form."""
    if found.key == STATISTICS:
        form = forms.form_of_2014()
    else:
        by_format = forms.forms_of("2019" if format == "2019" else "2021")
        form = by_format.get(found.key) or forms.forms_of("2019")[found.key]
    order = {row.code: at for at, row in enumerate(form.rows)}
    columns = [each.key for each in form.columns] + [
        column
        for column in dict.fromkeys(column for _, column in found.cells)
        if column not in {c.key for c in form.columns}
    ]
    present = {column for _, column in found.cells}
    place = {key: at for at, key in enumerate(columns)}
    cells = dict(sorted(found.cells.items(), key=lambda each: (order.get(each[0][0], 999), place[each[0][1]])))
    rows = {row for row, _ in cells}
    missing = tuple(code for code in form.codes if code not in rows and (found.key, code) != (STATISTICS, "8.3"))
    return Table(
        key=found.key,
        cells=cells,
        labels=found.labels,
        columns=tuple(each for each in columns if each in present or each in {c.key for c in form.columns}),
        heads=found.heads,
        units=found.units,
        missing=missing,
        unknown_rows=tuple(found.unknown),
        captions=tuple(found.captions),
        after=found.first,
    )


_READERS: tuple[Callable[[Grid, Mapping[str, Found], Grid | None], list[Found]], ...] = (
    read_statistics,
    read_articles,
    read_requests,
    read_review,
)
