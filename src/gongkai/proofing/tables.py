"""Recognising the statistics tables among the grids of a report, whatever their merging, headers and column order.

A row is known by its label, a column by its heading; only rows of plain text, whose columns do not line up, are read
by position, and only where the number of cells leaves no choice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from gongkai.proofing import forms
from gongkai.proofing.folding import fold, one_line
from gongkai.proofing.forms import Labels, core
from gongkai.proofing.grids import Grid
from gongkai.proofing.numbers import read_cell
from gongkai.proofing.report import STATISTICS, Cell, Format, Table, Where

_UNIT_CELLS = frozenset("条 件 次 篇 个 人 万元 人次 元 份 场 项 期 宗 起 例 家".split())
_VALUE_HEADS = frozenset(
    "统计数 统计数量 数量 数值 数据 数 统计数据 统计值 填报数 填报数据 统计结果 本年 本年数 本年度 合计 数目".split()
)
_OTHER_HEADS = frozenset(
    "统计指标 指标 指标名称 项目 统计项目 内容 名称 单位 计量单位 序号 编号 备注 代码 信息内容".split()
)
_APPLICANTS = {
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
_LEGAL = "法人或其他组织"
_RESULTS = {
    "结果维持": "upheld",
    "结果纠正": "corrected",
    "其他结果": "other_result",
    "其它结果": "other_result",
    "尚未审结": "pending",
    "总计": "total",
    "合计": "total",
}


_HEADS = frozenset(
    (
        *_APPLICANTS,
        *_RESULTS,
        _LEGAL,
        "申请人情况",
        "行政复议",
        "行政诉讼",
        "未经复议直接起诉",
        "复议后起诉",
        *_OTHER_HEADS,
        "统计数",
    )
) - {"单位"}


@dataclass
class _Found:
    """A table in the making."""

    key: str
    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    first: int = 0
    formats: Counter[str] = field(default_factory=Counter)

    def put(self, row: str, column: str, printed: str) -> None:
        """Keep a cell as printed; the first of two stays."""
        if (row, column) not in self.cells:
            read = read_cell(printed)
            where = Where(table=self.key, row=row, column=column)
            self.cells[row, column] = Cell(
                read.value, one_line(printed), read.state, where, read.unit, read.note, read.direction
            )

    def spoil(self, row: str, column: str, printed: str) -> None:
        """Keep a cell that cannot be told from its neighbours."""
        where = Where(table=self.key, row=row, column=column)
        self.cells.setdefault((row, column), Cell(None, one_line(printed), "unreadable", where, note="合并单元格"))


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
        return name in _HEADS or any(name.endswith(known) or name.startswith(known) for known in _ALL_HEADS)

    def is_divider(self, line: str) -> bool:
        """Tell whether a line parts the blocks of Article 20."""
        return len(line) <= 24 and fold(line).startswith("第二十条第") and fold(line).endswith(("项", ")", "款"))

    def is_value(self, line: str) -> bool:
        """Tell whether a line is what a cell holds."""
        if len(line) > 16:
            return False
        return fold(line) in _UNIT_CELLS or read_cell(line).state in ("number", "not_applicable")


def is_row_label(line: str) -> bool:
    """Tell whether a line is the label of a row of some form."""
    return len(line) <= 120 and (forms.labels_of_2014().names(line) or forms.labels_of_requests().names(line))


def recognise(grids: Sequence[Grid]) -> Recognition:
    """Recognise the statistics tables among grids in reading order."""
    found: dict[str, _Found] = {}
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


def _merge(found: dict[str, _Found], new: _Found, unread: list[str]) -> None:
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


def _format(found: Mapping[str, _Found]) -> Format:
    """Tell the format from what is printed, empty where that leaves it open."""
    if STATISTICS in found:
        return "2014"
    votes: Counter[str] = Counter()
    for each in found.values():
        votes += each.formats
    if votes["2019"] or votes["2021"]:
        return "2019" if votes["2019"] > votes["2021"] else "2021"
    return ""


def _table(found: _Found, format: Format) -> Table:
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


class _Order:
    """Gives printed rows their codes: of several rows with one label, the next one in the form."""

    def __init__(self, labels: Labels, taken: Iterable[str] = ()) -> None:
        self._labels = labels
        self._taken = set(taken)
        self._last = max((labels.place(code) for code in self._taken), default=-1)

    def code(self, candidates: Sequence[str]) -> str:
        free = [each for each in candidates if each not in self._taken]
        if not free:
            return ""
        code = next((each for each in free if self._labels.place(each) > self._last), free[0])
        self._taken.add(code)
        self._last = self._labels.place(code)
        return code


# --- the table of 2014 ---


def _read_statistics(grid: Grid, found: Mapping[str, _Found], before: Grid | None) -> list[_Found]:
    labels = forms.labels_of_2014()
    matched = {
        code for row in grid.rows for text in row if len(codes := labels.candidates(text)) == 1 for code in codes
    }
    values = {row.code for row in forms.form_of_2014().rows if not row.is_group}
    goes_on = STATISTICS in found and bool(found[STATISTICS].cells)
    is_rest = goes_on and len(matched) == sum(1 for row in grid.rows if any(text.strip() for text in row))
    if len(matched & values) < (1 if is_rest else 2 if goes_on else 6):
        return []
    new = _Found(STATISTICS)
    head = _value_columns(grid)
    for at, texts in enumerate(grid.rows):
        if any(labels.candidates(text) for text in texts):
            break
        filled = [one_line(text) for _, text in grid.distinct(at) if text.strip()]
        names = [core(text) for text in filled]
        if sum(name in _VALUE_HEADS or name in _OTHER_HEADS for name in names) >= 2:
            new.heads = {_head_key(name): text for name, text in zip(names, filled, strict=True)}
        else:
            new.captions += filled
    order = _Order(labels, (row for row, _ in found[STATISTICS].cells) if STATISTICS in found else ())
    for start, end in _segments(grid, head, labels):
        for at in range(len(grid.rows)):
            _read_statistics_row(grid, at, start, end, head, order, new)
    return [new]


def _head_key(name: str) -> str:
    return "value" if name in _VALUE_HEADS else "unit" if name in ("单位", "计量单位") else "label"


def _value_columns(grid: Grid) -> list[int]:
    """Return the columns headed as values, in a table with a heading row."""
    for at, row in enumerate(grid.rows[:12]):
        heads = [(column, core(text)) for column, text in grid.distinct(at)]
        if sum(text in _VALUE_HEADS or text in _OTHER_HEADS for _, text in heads) >= 2:
            columns = [column for column, text in heads if text in _VALUE_HEADS]
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
    grid: Grid, at: int, start: int, end: int, head: Sequence[int], order: _Order, new: _Found
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
        if (
            label
            and new.labels
            and core(label) not in _OTHER_HEADS
            and sum(bool(text.strip()) for _, text in cells) > 1
        ):
            new.unknown.append(one_line(label))
        return
    column, label = known[-1]
    code = order.code(labels.candidates(label))
    if not code:
        return
    new.labels[code] = forms.as_printed(label, forms.form_of_2014().row(code))
    rest = [(other, text) for other, text in cells if other != column and not labels.candidates(text)]
    unit = next((fold(text) for _, text in rest if fold(text) in _UNIT_CELLS), "")
    if unit:
        new.units[code] = unit
    places = [each for each in head if start <= each < end]
    width = len(grid.rows[at])
    printed: str | None = None
    if len(places) == 1 and places[0] < width and places[0] != column:
        printed = grid.rows[at][places[0]]
        if grid.is_ragged and fold(printed) in _UNIT_CELLS:
            printed = None
    if printed is None:
        open_cells = [
            text for other, text in rest if fold(text) not in _UNIT_CELLS and (other > column or not grid.is_ragged)
        ]
        filled = [text for text in open_cells if text.strip()]
        printed = filled[-1] if filled else ""
        if len(filled) > 1:
            new.spoil(code, "value", " ".join(filled))
    row = forms.form_of_2014().row(code)
    if row is not None and (not row.is_group or read_cell(printed).state == "number"):
        new.put(code, "value", printed)


# --- requests ---


def _read_requests(grid: Grid, found: Mapping[str, _Found], before: Grid | None) -> list[_Found]:
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
    heads = [
        at for at in range(len(grid.rows)) if len({fold(text) for text in grid.rows[at]} & _APPLICANTS.keys()) >= 2
    ]
    is_rest = going_on and len(sure) == sum(1 for row in grid.rows if any(text.strip() for text in row))
    if len(sure) < (1 if heads or is_rest else 2 if going_on else 4):
        return []
    new = _Found("requests")
    below = heads[-1] + 1 if heads else 0
    first = next((at for at in range(below, len(grid.rows)) if any(map(labels.candidates, _left(grid, at)))), below)
    columns = _applicant_columns(grid, first)
    if not columns and going_on and before is not None:
        columns = _shifted(_applicant_columns(before, len(before.rows)), before.width, grid)
    by_place = not columns
    taken = {row for row, _ in found["requests"].cells} if going_on else set()
    order = _Order(labels, () if taken & sure else taken)
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
    return next((at for at in range(first - 1, -1, -1) if core(grid.rows[at][column]) in _APPLICANTS), 0)


def _applicant_columns(grid: Grid, first: int) -> dict[int, str]:
    """Return column to key for a grid whose columns line up, by the lowest heading of each column."""
    if grid.is_ragged:
        return {}
    columns: dict[int, str] = {}
    for column in range(grid.width):
        for at in range(min(first, len(grid.rows)) - 1, -1, -1):
            key = _APPLICANTS.get(core(grid.rows[at][column]))
            if key and key not in columns.values():
                columns[column] = key
                break
    return columns if len(columns) >= 2 else {}


def _applicant_order(grid: Grid, first: int) -> list[str]:
    """Return the keys in printed order for rows of plain text: the legal persons stand where their group stands."""
    standard = ["natural_person", *[key for key in _APPLICANTS.values() if key.startswith("legal")], "total"]
    upper: list[str] = []
    legal: list[str] = []
    for at in range(min(first, len(grid.rows))):
        for _, text in grid.distinct(at):
            name = core(text)
            if name == _LEGAL or ("法人" in name and "组织" in name):
                upper.append("legal")
            elif (key := _APPLICANTS.get(name)) is not None:
                (legal if key.startswith("legal") else upper).append(key)
    legal, upper = list(dict.fromkeys(legal)), list(dict.fromkeys(upper))
    if not upper or not legal:
        return list(dict.fromkeys(standard))
    if "legal" not in upper:
        return list(dict.fromkeys(standard))
    at = upper.index("legal")
    return list(dict.fromkeys([*upper[:at], *legal, *upper[at + 1 :]]))


def _read_requests_row(
    grid: Grid, at: int, columns: Mapping[int, str], keys: Sequence[str], order: _Order, new: _Found
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


def _put_in_order(texts: Sequence[str], code: str, keys: Sequence[str], new: _Found, *, is_group: bool) -> None:
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


def _put_aligned(grid: Grid, at: int, code: str, columns: Mapping[int, str], new: _Found) -> None:
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


def _read_review(grid: Grid, found: Mapping[str, _Found], before: Grid | None) -> list[_Found]:
    rows_with = [at for at in range(len(grid.rows)) if sum(core(t) in _RESULTS for _, t in grid.distinct(at)) >= 3]
    new = _Found("review_litigation")
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


def _read_review_aligned(grid: Grid, head: int, below: int, new: _Found) -> None:
    for column in range(grid.width):
        result = next(
            (_RESULTS[name] for at in range(head, -1, -1) if (name := core(grid.rows[at][column])) in _RESULTS), ""
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


def _read_review_ragged(grid: Grid, head: int, below: int, new: _Found) -> None:
    groups: list[str] = []
    results: list[str] = []
    for at in range(head + 1):
        for _, text in grid.distinct(at):
            if (group := _group_of(text)) and group not in groups:
                groups.append(group)
            elif (name := core(text)) in _RESULTS:
                results.append(_RESULTS[name])
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


def _read_review_upright(grid: Grid, new: _Found) -> None:
    """Read a table that prints the results below each other, the groups beside or above them."""
    group = ""
    for at in range(len(grid.rows)):
        cells = grid.distinct(at)
        for _, text in cells:
            group = _group_of(text) or group
        result = next((_RESULTS[core(text)] for _, text in cells if core(text) in _RESULTS), "")
        values = [
            text for _, text in cells if not _group_of(text) and core(text) not in _RESULTS and "诉讼" not in text
        ]
        if group and result and values:
            new.put(group, result, next((text for text in reversed(values) if text.strip()), ""))
            new.labels.setdefault(group, _REVIEW_NAMES[group])


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


_ALL_HEADS = ("本年制发件数", "本年废止件数", "现行有效件数", "处理决定数量", "收费金额", "新制作数量", "新公开数量", "对外公开总数量", "上一年项目数量", "增减", "采购项目数量", "采购总金额", "项目数量")  # fmt: skip


def _read_articles(grid: Grid, found: Mapping[str, _Found], before: Grid | None) -> list[_Found]:
    new: dict[str, _Found] = {}
    head: list[tuple[int, str]] = []
    for at in range(len(grid.rows)):
        cells = grid.distinct(at)
        names = [core(text) for _, text in cells]
        if any(any(name.endswith(known) or name.startswith(known) for known in _ALL_HEADS) for name in names):
            head = cells
            continue
        label = next(((column, text) for column, text in cells if core(text) in forms.other_rows()), None)
        if label is None or not head:
            continue
        key, row = forms.other_rows()[core(label[1])]
        table = new.setdefault(key, _Found(key))
        if _put_row(table, grid, at, row, label, head):
            table.labels[row] = one_line(label[1])
    return list(new.values())


def _put_row(table: _Found, grid: Grid, at: int, row: str, label: tuple[int, str], head: list[tuple[int, str]]) -> bool:
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


_READERS: tuple[Callable[[Grid, Mapping[str, _Found], Grid | None], list[_Found]], ...] = (
    _read_statistics,
    _read_articles,
    _read_requests,
    _read_review,
)
