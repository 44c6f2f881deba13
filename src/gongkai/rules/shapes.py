"""The shapes in which a statistics table comes as JSON, read into code and value as `relations.check` takes them.

Three shapes: the object that `gongkai figures --json` prints; `{"rows": {"1.1": 53, …}}`; and, for 2019 and 2021, the
tables by their keys, as `{"requests": {"column_order": […], "values": {"1": […]}}, "review_litigation": {…}}`, of which
the request table may also stand alone. `null` is a blank. No file is opened here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.rules import indicators
from gongkai.rules.errors import InvalidValue
from gongkai.rules.indicators import Part

# Other names for the parts, as in published collections of examples.
_NAMES = {
    "example_consistent_requests_table": "requests",
    "requests_table": "requests",
    "example_review_litigation": "review_litigation",
}
_WRAPPERS = ("tables", "table")


@dataclass(frozen=True)
class TableFile:
    """A table that came as JSON: its format, the year it is of (None when it says none) and its values by code.

    `labels` are the codes and names in their order where the object names its rows, None where it does not.
    """

    format: str
    year: int | None
    values: Mapping[str, Any]
    labels: tuple[tuple[str, str], ...] | None = None


def read_table(data: object, format: str | None = None) -> TableFile:
    """Read a table of a format; without one, of the format that the object itself names.

    Raises `UnknownTable` for an unknown format and `InvalidValue`, with one sentence, when the object is none of the
    shapes, names another format, names a table, row or column twice or one that the format does not have.
    """
    if not isinstance(data, Mapping):
        raise InvalidValue(
            "文件里应是一个 JSON 对象，请用 gongkai figures --json 输出的统计表，或者按文档写明各表的数。"
        )
    own = data.get("format")
    if isinstance(own, str) and format is not None and own != format:
        raise InvalidValue(f"文件是{own}格式的统计表，与所选的{format}格式不符，请核对。")
    format = format or (own if isinstance(own, str) else None)
    if format is None:
        raise InvalidValue("文件没有写明统计表的格式，请用 --format 指明。")
    form = indicators.table(format)
    year = data.get("year")
    values: dict[str, Any] = {}
    for code, value in _cells(data, form.parts, format):
        if code in values:
            raise InvalidValue(f"「{code}」出现了两次，请核对文件。")
        form.indicator(code)
        values[code] = value
    return TableFile(format, year if isinstance(year, int) else None, values, _labels(data.get("rows")))


def _labels(rows: object) -> tuple[tuple[str, str], ...] | None:
    if not isinstance(rows, list) or not all(isinstance(row.get("name"), str) for row in rows):
        return None
    return tuple((row["code"], row["name"]) for row in rows)


def _cells(data: Mapping[str, Any], parts: Sequence[Part], format: str) -> Iterator[tuple[str, Any]]:
    rows = data.get("rows")
    if isinstance(rows, Mapping):
        yield from rows.items()
    elif isinstance(rows, list):
        yield from _printed(rows)
    elif parts:
        yield from _parts(data, parts)
    else:
        raise InvalidValue(f'没有读到{format}格式的统计表，应写作 {{"rows": {{"1.1": 53}}}}，没有填的写 null。')


def _printed(rows: list[Any]) -> Iterator[tuple[str, Any]]:
    """Yield the cells of the object that `gongkai figures --json` prints."""
    for row in rows:
        if not isinstance(row, Mapping) or not isinstance(row.get("code"), str) or "value" not in row:
            raise InvalidValue("「rows」的每一项都应写明 code 和 value，请核对文件。")
        yield row["code"], row["value"]


def _parts(data: Mapping[str, Any], parts: Sequence[Part]) -> Iterator[tuple[str, Any]]:
    """Yield the cells of tables that are given by their keys."""
    by_key = {part.key: part for part in parts}
    wrapped = [data[name] for name in _WRAPPERS if isinstance(data.get(name), Mapping)]
    named = [(_NAMES.get(key, key), value) for place in (data, *wrapped) for key, value in place.items()]
    found = [(by_key[name], value) for name, value in named if name in by_key and not _is_layout(value)]
    if not found and isinstance(data.get("values"), Mapping):
        found = [(by_key["requests"], data)]
    if not found:
        keys = "、".join(by_key)
        raise InvalidValue(f"没有读到统计表，应按表的代码（{keys}）写明各行的数，请核对文件。")
    for part, value in found:
        yield from _part(part, value)


def _is_layout(value: object) -> bool:
    """Whether this describes the columns and rows of a table and holds no numbers."""
    return isinstance(value, Mapping) and "heading" in value and "values" not in value


def _part(part: Part, value: object) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, Mapping):
        raise InvalidValue(f"「{part.key}」应写明各行的数，请核对文件。")
    rows = value["values"] if isinstance(value.get("values"), Mapping) else value
    columns = [column.key for column in part.columns]
    order = value.get("column_order", columns)
    if (
        not isinstance(order, list)
        or not set(map(str, order)) <= set(columns)
        or len(set(map(str, order))) < len(order)
    ):
        raise InvalidValue(f"「{part.key}」的 column_order 应由{'、'.join(columns)}组成、各写一次，请核对文件。")
    codes = {row.code for row in part.rows}
    for row, numbers in rows.items():
        if row in ("note", "column_order"):
            continue
        if row not in codes:
            raise InvalidValue(f"「{part.heading}」表没有代码为「{row}」的行，请核对文件。")
        yield from _row(part, str(row), numbers, order)


def _row(part: Part, row: str, numbers: object, order: list[str]) -> Iterator[tuple[str, Any]]:
    if isinstance(numbers, Mapping):
        pairs = list(numbers.items())
    elif isinstance(numbers, list):
        if len(numbers) != len(order):
            raise InvalidValue(f"「{part.heading}」表第{row}行应有{len(order)}个数，现有{len(numbers)}个，请核对文件。")
        pairs = list(zip(order, numbers, strict=True))
    elif len(order) == 1 or numbers is None:
        pairs = [(column, numbers) for column in order]
    else:
        raise InvalidValue(f"「{part.heading}」表第{row}行应写明各列的数，请核对文件。")
    for column, number in pairs:
        yield part.cell(row, str(column)), number
