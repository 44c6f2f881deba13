"""Checks on how a statistics table is filled, which are no arithmetic; `rules/data/relations` names them.

Each takes the form, the table, last year's and the settings, and yields cells, what was expected and what was found; None when it
cannot judge without last year's table.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from gongkai.rules.expressions import Cells, Exact, plain
from gongkai.rules.indicators import Indicator, IndicatorTable
from gongkai.rules.legal_settings import Settings

Filled = Mapping[str, Exact | str | None]
Labels = Sequence[tuple[str, str]]  # code and label as printed, in printed order
Found = tuple[tuple[str, ...], int | Decimal | str, int | Decimal | str | None]
Check = Callable[[IndicatorTable, Filled, Cells | None, Settings], Iterable[Found] | None]

# ST-95: of two numbers below this, one may be many times the other and says nothing.
JUMP_FLOOR = 10


def parents(form: IndicatorTable, table: Filled, previous: Cells | None, settings: Settings) -> Iterator[Found]:
    """IN-04: a row printed as 其中 is filled only where its parent is."""
    for row in form.values:
        if row.is_of_which and table.get(row.code) is not None and table.get(row.parent_code) is None:
            yield (row.code, row.parent_code), "应填写", None


def sections(form: IndicatorTable, table: Filled, previous: Cells | None, settings: Settings) -> Iterator[Found]:
    """ST-90: the cells of a section are all filled, or all blank."""
    for section in dict.fromkeys(row.section for row in form.values):
        asked = [r.code for r in form.values if r.section == section and (r.code in table or not r.is_local)]
        blank = tuple(code for code in asked if table.get(code) is None)
        if 0 < len(blank) < len(asked):
            yield blank, "应填写", None


def numbers(form: IndicatorTable, table: Filled, previous: Cells | None, settings: Settings) -> Iterator[Found]:
    """ST-91: values are whole numbers not below 0, in 8.5 with at most two decimal places."""
    for row in form.values:
        yield from _number(row, table.get(row.code), exact_places=True)


def whole_parts(form: IndicatorTable, table: Filled, previous: Cells | None, settings: Settings) -> Iterator[Found]:
    """RT-06: no cell of a table that is given is blank, each holds a whole number not below 0, money any decimals."""
    given = {code.partition(".")[0] for code in table}
    blank: dict[str, list[str]] = {}
    for row in form.values:
        value = table.get(row.code)
        if value is None:
            if row.part in given:
                blank.setdefault(row.part, []).append(row.code)
        elif type(value) is not int or value < 0:
            yield from _number(row, value, exact_places=False)
    for codes in blank.values():
        yield tuple(codes), "应填写", None
    for row in form.group_cells:
        yield from _number(row, table.get(row.code), exact_places=False)


def _number(row: Indicator, value: Exact | str | None, *, exact_places: bool) -> Iterator[Found]:
    if value is None:
        return
    if isinstance(value, str):
        yield (row.code,), "应填数", value
    elif isinstance(value, Decimal) and not value.is_finite():
        yield (row.code,), "≥0", str(value)
    elif value < 0 and not row.is_signed:
        yield (row.code,), "≥0", plain(value)
    elif exact_places or not row.decimals:
        scaled = Decimal(value).scaleb(row.decimals)
        if scaled != scaled.to_integral_value():
            yield (row.code,), f"至多{row.decimals}位小数" if row.decimals else "整数", plain(value)


def headings_blank(form: IndicatorTable, table: Filled, previous: Cells | None, settings: Settings) -> Iterator[Found]:
    """ST-94: a heading holds no value."""
    for row in form.indicators:
        value = table.get(row.code)
        if row.is_heading and value is not None:
            yield (row.code,), "不填", value if isinstance(value, str) else plain(value)


def year_on_year(
    form: IndicatorTable, table: Filled, previous: Cells | None, settings: Settings
) -> Iterable[Found] | None:
    """ST-95: not every number equals last year's, and none is many times larger or smaller; zeros tell nothing.

    How many times is the setting `year_on_year_factor`.
    """
    if previous is None:
        return None
    factor = settings.number("year_on_year_factor")
    pairs = [
        (row, now, before)
        for row in form.values
        if isinstance(now := table.get(row.code), int | Decimal) and (before := previous.get(row.code)) is not None
    ]
    if len(pairs) > 1 and any(now for _row, now, _before in pairs) and all(now == before for _r, now, before in pairs):
        return [(tuple(row.code for row, _now, _before in pairs), "与上年不同", "各行都与上年相同")]
    return [
        ((row.code,), f"上年为{plain(before)}", plain(now))
        for row, now, before in pairs
        if min(now, before) > 0 and max(now, before) >= max(JUMP_FLOOR, factor * min(now, before))
    ]


def labels_exact(form: IndicatorTable, labels: Labels) -> Iterator[Found]:
    """ST-92: all rows are there, in order, with the names of the form; full and half width are alike."""
    printed = dict(labels)
    missing = tuple(row.code for row in form.indicators if row.code not in printed and not row.is_local)
    if missing:
        yield missing, "应列出", None
    for row in form.indicators:
        label = printed.get(row.code)
        if label is not None and _folded(label) not in {_folded(row.name), _folded(row.label)}:
            yield (row.code,), row.name, label
    known = [code for code, _label in labels if code in form.by_code]
    if known != [row.code for row in form.indicators if row.code in printed]:
        yield tuple(known), "按表式的顺序", "顺序不同"


def brackets_balanced(form: IndicatorTable, labels: Labels) -> Iterator[Found]:
    """ST-93: every bracket in a label is closed."""
    for code, label in labels:
        folded = _folded(label)
        if any(
            folded.count(opening) != folded.count(closing) for opening, closing in ("()", "[]", "《》", "「」", "“”")
        ):
            yield (code,), "括号成对", label


def _folded(label: str) -> str:
    return "".join(unicodedata.normalize("NFKC", label).split())


LABEL_CHECKS: Mapping[str, Callable[[IndicatorTable, Labels], Iterable[Found]]] = {
    "labels_exact": labels_exact,
    "brackets_balanced": brackets_balanced,
}
CHECKS: Mapping[str, Check] = {
    "parent_filled": parents,
    "section_filled": sections,
    "numbers": numbers,
    "whole_parts": whole_parts,
    "headings_blank": headings_blank,
    "year_on_year": year_on_year,
}
