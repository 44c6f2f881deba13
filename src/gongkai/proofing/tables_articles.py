"""Reading the blocks of Article 20 from a grid."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from gongkai.proofing import forms
from gongkai.proofing.folding import one_line
from gongkai.proofing.forms import core
from gongkai.proofing.grids import Grid
from gongkai.proofing.tables_found import Found

# --- the blocks of Article 20 ---


@lru_cache(maxsize=1)
def _article_columns() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """Return, by table, the core of a column's name to (format, key)."""
    columns: dict[str, dict[str, tuple[str, str]]] = {}
    for format in ("2019", "2021"):
        for key, form in forms.forms_of(format).items():
            if key.startswith("art20"):
                columns.setdefault(key, {}).update({core(each.name): (format, each.key) for each in form.columns})
    return columns


ALL_HEADS = ("本年制发件数", "本年废止件数", "现行有效件数", "处理决定数量", "收费金额", "新制作数量", "新公开数量", "对外公开总数量", "上一年项目数量", "增减", "采购项目数量", "采购总金额", "项目数量")  # fmt: skip


def read_articles(grid: Grid, found: Mapping[str, Found], before: Grid | None) -> list[Found]:
    """Read the rows of the blocks in a grid, each below its own headings."""
    new: dict[str, Found] = {}
    head: list[tuple[int, str]] = []
    for at in range(len(grid.rows)):
        cells = grid.distinct(at)
        names = [core(text) for _, text in cells]
        if any(any(name.endswith(known) or name.startswith(known) for known in ALL_HEADS) for name in names):
            head = cells
            continue
        label = next(((column, text) for column, text in cells if core(text) in forms.other_rows()), None)
        if label is None or not head:
            continue
        key, row = forms.other_rows()[core(label[1])]
        table = new.setdefault(key, Found(key))
        if _put_row(table, grid, at, row, label, head):
            table.labels[row] = one_line(label[1])
    return list(new.values())


def _put_row(table: Found, grid: Grid, at: int, row: str, label: tuple[int, str], head: list[tuple[int, str]]) -> bool:
    """Put the cells of a row below their headings; tell whether there were any."""
    known = _article_columns()[table.key]
    texts = [text for _, text in grid.distinct(at)]
    count = 0
    for place, (column, name) in enumerate(head):
        match = known.get(core(name)) or _nearly(core(name), known)
        if match is None:
            continue
        format, key = match
        if grid.is_ragged:
            if len(texts) > len(head):
                continue
            printed = texts[place] if place < len(texts) else ""
        else:
            origin = grid.origins[_row_of(grid, head)][column]
            covered = [c for c in range(column, grid.width) if grid.origins[_row_of(grid, head)][c] == origin]
            printed = next((grid.rows[at][c] for c in covered if grid.rows[at][c].strip()), "")
        if core(printed) == core(label[1]):
            continue
        table.put(row, key, printed)
        table.heads.setdefault(key, one_line(name))
        table.formats[format] += 1
        count += 1
    return count > 0


def _row_of(grid: Grid, head: list[tuple[int, str]]) -> int:
    return next(at for at in range(len(grid.rows)) if grid.distinct(at) == head)


def _nearly(name: str, known: Mapping[str, tuple[str, str]]) -> tuple[str, str] | None:
    for other, match in known.items():
        if other in name or (len(name) >= 4 and name in other):
            return match
    return None
