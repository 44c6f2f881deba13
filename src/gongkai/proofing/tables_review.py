"""Reading the table of reconsiderations and lawsuits from a grid."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.proofing.folding import one_line
from gongkai.proofing.forms import core
from gongkai.proofing.grids import Grid
from gongkai.proofing.numbers import read_cell
from gongkai.proofing.tables_found import Found

RESULTS = {
    "结果维持": "upheld",
    "结果纠正": "corrected",
    "其他结果": "other_result",
    "其它结果": "other_result",
    "尚未审结": "pending",
    "总计": "total",
    "合计": "total",
}


# --- reconsideration and lawsuits ---


def _group_of(text: str) -> str:
    name = core(text)
    if "未经复议" in name:
        return "litigation_direct"
    if "复议后" in name:
        return "litigation_after_reconsideration"
    if name == "行政复议":
        return "reconsideration"
    return ""


def read_review(grid: Grid, found: Mapping[str, Found], before: Grid | None) -> list[Found]:
    """Read the cases in a grid, whichever way the table runs."""
    rows_with = [at for at in range(len(grid.rows)) if sum(core(t) in RESULTS for _, t in grid.distinct(at)) >= 3]
    new = Found("review_litigation")
    if rows_with:
        last = rows_with[-1]
        below = next((at for at in range(last + 1, len(grid.rows)) if _is_values(grid, at)), None)
        if below is None:
            return []
        if grid.is_ragged:
            _read_review_ragged(grid, last, below, new)
        else:
            _read_review_aligned(grid, last, below, new)
    elif sum(any(core(text) in ("结果维持", "结果纠正", "尚未审结") for text in row) for row in grid.rows) >= 3:
        _read_review_upright(grid, new)
    return [new]


def _is_values(grid: Grid, at: int) -> bool:
    cells = [text for _, text in grid.distinct(at)]
    readable = sum(read_cell(text).state in ("number", "not_applicable", "unreadable") for text in cells)
    return readable >= 3 or (len(cells) >= 5 and not any(text.strip() for text in cells))


def _read_review_aligned(grid: Grid, head: int, below: int, new: Found) -> None:
    for column in range(grid.width):
        result = next(
            (RESULTS[name] for at in range(head, -1, -1) if (name := core(grid.rows[at][column])) in RESULTS), ""
        )
        group = next((name for at in range(head, -1, -1) if (name := _group_of(grid.rows[at][column]))), "")
        if not result or not group:
            continue
        new.put(group, result, grid.rows[below][column])
        new.labels.setdefault(group, _REVIEW_NAMES[group])
        new.heads.setdefault(result, one_line(grid.rows[head][column]))


_REVIEW_NAMES = {
    "reconsideration": "行政复议",
    "litigation_direct": "未经复议直接起诉",
    "litigation_after_reconsideration": "复议后起诉",
}


def _read_review_ragged(grid: Grid, head: int, below: int, new: Found) -> None:
    groups: list[str] = []
    results: list[str] = []
    for at in range(head + 1):
        for _, text in grid.distinct(at):
            if (group := _group_of(text)) and group not in groups:
                groups.append(group)
            elif (name := core(text)) in RESULTS:
                results.append(RESULTS[name])
    values = list(grid.rows[below])
    while len(values) > len(results) and not values[-1].strip():
        values.pop()
    values += [""] * (len(results) - len(values))
    if len(results) != 5 * len(groups) or len(values) != len(results):
        return
    for place, (result, text) in enumerate(zip(results, values, strict=True)):
        new.put(groups[place // 5], result, text)
        new.labels.setdefault(groups[place // 5], _REVIEW_NAMES[groups[place // 5]])
        new.heads.setdefault(result, result)


def _read_review_upright(grid: Grid, new: Found) -> None:
    """Read a table that prints the results below each other, the groups beside or above them."""
    group = ""
    for at in range(len(grid.rows)):
        cells = grid.distinct(at)
        for _, text in cells:
            group = _group_of(text) or group
        result = next((RESULTS[core(text)] for _, text in cells if core(text) in RESULTS), "")
        values = [text for _, text in cells if not _group_of(text) and core(text) not in RESULTS and "诉讼" not in text]
        if group and result and values:
            new.put(group, result, next((text for text in reversed(values) if text.strip()), ""))
            new.labels.setdefault(group, _REVIEW_NAMES[group])
