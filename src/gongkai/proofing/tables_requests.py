"""Reading the table of requests of 2019 and 2021 from a grid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from gongkai.proofing import forms
from gongkai.proofing.folding import fold, one_line
from gongkai.proofing.forms import core
from gongkai.proofing.grids import Grid
from gongkai.proofing.tables_found import Found, Order

APPLICANTS = {
    "自然人": "natural_person",
    "商业企业": "legal_commercial",
    "科研机构": "legal_research",
    "社会公益组织": "legal_social",
    "法律服务机构": "legal_law_service",
    "其他": "legal_other",
    "其它": "legal_other",
    "总计": "total",
    "合计": "total",
}
LEGAL = "法人或其他组织"


# --- requests ---


def read_requests(grid: Grid, found: Mapping[str, Found], before: Grid | None) -> list[Found]:
    """Read the rows of the table in a grid; one without headings goes on from the grid before it."""
    labels = forms.labels_of_requests()
    sure = {
        code
        for row in grid.rows
        for text in row
        if len(codes := labels.candidates(text)) == 1
        for code in codes
        if code not in ("3.7", "3.6.3")
    }
    going_on = "requests" in found and before is not None
    heads = [at for at in range(len(grid.rows)) if len({fold(text) for text in grid.rows[at]} & APPLICANTS.keys()) >= 2]
    is_rest = going_on and len(sure) == sum(1 for row in grid.rows if any(text.strip() for text in row))
    if len(sure) < (1 if heads or is_rest else 2 if going_on else 4):
        return []
    new = Found("requests")
    below = heads[-1] + 1 if heads else 0
    first = next((at for at in range(below, len(grid.rows)) if any(map(labels.candidates, _left(grid, at)))), below)
    columns = _applicant_columns(grid, first)
    if not columns and going_on and before is not None:
        columns = _shifted(_applicant_columns(before, len(before.rows)), before.width, grid)
    by_place = not columns
    taken = {row for row, _ in found["requests"].cells} if going_on else set()
    order = Order(labels, () if taken & sure else taken)
    keys = _applicant_order(grid, first)
    for at in range(first, len(grid.rows)):
        _read_requests_row(grid, at, columns, keys if by_place or grid.is_ragged else [], order, new)
    new.heads = {key: grid.rows[_head_row(grid, first, column)][column] for column, key in columns.items() if first}
    rows = {row for row, _ in new.cells}
    if {"3.6.1", "3.6.2", "3.6.3"} & rows:
        new.formats["2021"] += 2
    elif "3.6" in rows:
        new.formats["2019"] += 2
    return [new]


def _shifted(columns: Mapping[int, str], width: int, grid: Grid) -> dict[int, str]:
    """Return the columns of a table that goes on over a page: a page may have more or fewer columns of labels.

    There are none when the page does not have as many columns of values as the one before.
    """
    labels = forms.labels_of_requests()
    last = max((c for row in grid.rows for c, text in enumerate(row) if labels.candidates(text)), default=-1)
    if grid.is_ragged or grid.width - last - 1 != len(columns):
        return {}
    return {column + grid.width - width: key for column, key in columns.items()}


def _left(grid: Grid, at: int) -> list[str]:
    """Return the cells of a row that may be its label."""
    return [text for _, text in grid.distinct(at)][:4]


def _head_row(grid: Grid, first: int, column: int) -> int:
    return next((at for at in range(first - 1, -1, -1) if core(grid.rows[at][column]) in APPLICANTS), 0)


def _applicant_columns(grid: Grid, first: int) -> dict[int, str]:
    """Return column to key for a grid whose columns line up, by the lowest heading of each column."""
    if grid.is_ragged:
        return {}
    columns: dict[int, str] = {}
    for column in range(grid.width):
        for at in range(min(first, len(grid.rows)) - 1, -1, -1):
            key = APPLICANTS.get(core(grid.rows[at][column]))
            if key and key not in columns.values():
                columns[column] = key
                break
    return columns if len(columns) >= 2 else {}


def _applicant_order(grid: Grid, first: int) -> list[str]:
    """Return the keys in printed order for rows of plain text: the legal persons stand where their group stands."""
    standard = ["natural_person", *[key for key in APPLICANTS.values() if key.startswith("legal")], "total"]
    upper: list[str] = []
    legal: list[str] = []
    for at in range(min(first, len(grid.rows))):
        for _, text in grid.distinct(at):
            name = core(text)
            if name == LEGAL or ("法人" in name and "组织" in name):
                upper.append("legal")
            elif (key := APPLICANTS.get(name)) is not None:
                (legal if key.startswith("legal") else upper).append(key)
    legal, upper = list(dict.fromkeys(legal)), list(dict.fromkeys(upper))
    if not upper or not legal:
        return list(dict.fromkeys(standard))
    if "legal" not in upper:
        return list(dict.fromkeys(standard))
    at = upper.index("legal")
    return list(dict.fromkeys([*upper[:at], *legal, *upper[at + 1 :]]))


def _read_requests_row(
    grid: Grid, at: int, columns: Mapping[int, str], keys: Sequence[str], order: Order, new: Found
) -> None:
    labels = forms.labels_of_requests()
    cells = grid.distinct(at)
    if columns:
        beside = [(column, text) for column, text in cells if column not in columns and text.strip()]
    else:
        count = min(len(keys), len(cells) - 1)
        last = [(column, text) for column, text in cells if labels.candidates(text)]
        if not last:
            if new.labels and cells and len(fold(cells[0][1])) > 3:
                new.unknown.append(one_line(cells[0][1]))
            return
        beside = [(column, text) for column, text in cells if column <= last[-1][0] and text.strip()]
        count = len(cells) - 1 - cells.index(last[-1])
    named = [text for _, text in beside if not fold(text).isdigit()]
    if not named:
        return
    candidates = labels.candidates(named[-1]) or labels.candidates("".join(named[-2:]))
    if not candidates:
        if new.labels:
            new.unknown.append(one_line(named[-1]))
        return
    code = order.code(candidates)
    if not code:
        return
    row = forms.forms_of("2021")["requests"].row(code)
    is_group = row is not None and row.is_group
    if columns:
        _put_aligned(grid, at, code, columns, new)
    else:
        _put_in_order([text for _, text in cells][len(cells) - count :], code, keys, new, is_group=is_group)
    mine = [place for place in new.cells if place[0] == code]
    if is_group and not any(new.cells[place].printed for place in mine):
        for place in mine:
            del new.cells[place]
    new.labels[code] = forms.as_printed(named[-1], row)


def _put_in_order(texts: Sequence[str], code: str, keys: Sequence[str], new: Found, *, is_group: bool) -> None:
    """Put the values of a row of plain text; as many as there are columns, or none can be told from its neighbour."""
    values = list(texts)
    while len(values) > len(keys) and not values[0].strip():  # the rest of a wide label
        values.pop(0)
    while len(values) > len(keys) and not values[-1].strip():
        values.pop()
    if len(values) != len(keys) and any(text.strip() for text in values):
        for key in keys:
            new.spoil(code, key, " ".join(values))
    elif len(values) == len(keys) or not is_group:
        for place, key in enumerate(keys):
            new.put(code, key, values[place] if place < len(values) else "")


def _put_aligned(grid: Grid, at: int, code: str, columns: Mapping[int, str], new: Found) -> None:
    shared = Counter(grid.origins[at][column] for column in columns if column < len(grid.origins[at]))
    for column, key in columns.items():
        if column >= len(grid.rows[at]):
            continue
        printed = grid.rows[at][column]
        if forms.labels_of_requests().candidates(printed):
            printed = ""
        if printed.strip() and shared[grid.origins[at][column]] > 1:
            new.spoil(code, key, printed)
        else:
            new.put(code, key, printed)
