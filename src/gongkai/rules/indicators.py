"""The statistics tables as data: rows with exact label, unit, definition, deciding day and the register they count.

Formats: 2014 for the reports on 2014 to 2018 (国办发〔2014〕32号), in variants by province and year; 2019 for those on
2019 and 2020 (国办公开办函〔2019〕60号); 2021 for those from 2021 on (国办公开办函〔2021〕30号), both by R711 Art. 50.

The 2014 table is one list of rows with one value each. The later ones are several tables with rows and columns, the
parts; there an `Indicator` is one cell, with the code `part.row.column`, as in `requests.3.1.natural_person`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from gongkai.rules.errors import UnknownIndicator, UnknownTable
from gongkai.rules.sources import read_csv, read_toml

_ORDINAL = re.compile(r"[一二三四]、|（[一二三四五六七]）|\d\.")


@dataclass(frozen=True)
class Indicator:
    """One row of the 2014 table, one cell or heading of a later one.

    `label` is printed as it is, `ordinal` and 「其中」 included; `name` is the label without them. `unit` is empty for
    a heading, which never holds a value. `level` is 0 for a section, 1 to 3 below. `definition` says in one sentence
    what the row counts, `deciding_day` which day puts a record into the year. `register` is the code of the register
    (`periods.registers`) whose records it counts, empty for a heading and for what is filled from a source sheet.
    `decimals` is the number of decimal places, `is_signed` tells that it may be below zero. A local row does not stand
    in every copy of the form. `note` tells what is uncertain or left off, mostly empty.

    A cell of a later table names its `part`, `row_code` and `column_key`; its label is that of its row, and its name
    holds the row and the column. `basis` is the article of its row, empty where there is none.
    """

    code: str
    parent_code: str
    ordinal: str
    name: str
    label: str
    unit: str
    is_of_which: bool
    is_local: bool
    decimals: int
    register: str
    deciding_day: str
    definition: str
    note: str
    is_signed: bool = False
    part: str = ""
    row_code: str = ""
    column_key: str = ""
    basis: str = ""

    @property
    def is_heading(self) -> bool:
        """Whether the row is a heading without a value."""
        return not self.unit

    @property
    def level(self) -> int:
        """The depth of the row: 0 for a section, 3 for the lowest."""
        return (self.row_code or self.code).count(".") + bool(self.part and self.row_code)

    @property
    def section(self) -> str:
        """The code of the section or part the row stands in."""
        return self.code.partition(".")[0]


@dataclass(frozen=True)
class Column:
    """A column of a part: `key`, the name as printed, and the heading it stands under with others, mostly none."""

    key: str
    name: str
    group: str


@dataclass(frozen=True)
class PartRow:
    """A row of a part: `code` is its key, `label` is printed as it is, `basis` the article where there is one.

    `kind` is `input`, `leaf`, `subtotal`, `output`, `item` or `case`, all of which hold values, or `group`, a heading.
    """

    code: str
    parent_code: str
    label: str
    kind: str
    basis: str


@dataclass(frozen=True)
class Part:
    """One of the tables of the report format, as it is printed: heading, columns and rows in their order."""

    key: str
    report_part: str
    heading: str
    unit: str
    row_header: str
    corner_note: str
    column_group_heading: str
    columns: tuple[Column, ...]
    rows: tuple[PartRow, ...]

    def cell(self, row: str, column: str) -> str:
        """Return the code of the cell in a row and column."""
        return f"{self.key}.{row}.{column}"


@dataclass(frozen=True)
class IndicatorTable:
    """A statistics table of one format and variant, its rows in printed order.

    `parts` is how the tables of 2019 and 2021 are laid out, empty for 2014. `group_cells` are sums of a group of rows,
    which those forms do not print but texts and dashboards give; they are no rows of the table.
    """

    format: str
    variant: str
    name: str
    basis: str
    note: str
    indicators: tuple[Indicator, ...]
    parts: tuple[Part, ...] = ()
    group_cells: tuple[Indicator, ...] = ()

    def indicator(self, code: str) -> Indicator:
        """Return the row or cell with that code; raises `UnknownIndicator`."""
        try:
            return self.by_code[code]
        except KeyError:
            raise UnknownIndicator(f"{self.format}格式的{self.name}没有代码为「{code}」的行，请核对代码。") from None

    def part(self, key: str) -> Part:
        """Return the part with that key; raises `UnknownIndicator`."""
        for each in self.parts:
            if each.key == key:
                return each
        raise UnknownIndicator(f"{self.format}格式的{self.name}没有代码为「{key}」的表，请核对代码。")

    @cached_property
    def values(self) -> tuple[Indicator, ...]:
        """The rows that hold a value."""
        return tuple(each for each in self.indicators if not each.is_heading)

    @property
    def registers(self) -> tuple[str, ...]:
        """The codes of the registers that the table counts, each once, in the order of the rows."""
        return tuple(dict.fromkeys(each.register for each in self.values if each.register))

    @cached_property
    def by_code(self) -> Mapping[str, Indicator]:
        """The rows or cells by their code, `group_cells` included."""
        return {each.code: each for each in (*self.indicators, *self.group_cells)}


def table(format: str = "2014", variant: str | None = None) -> IndicatorTable:
    """Return the table of a format, in its usual variant (for 2014 `shandong-2017`) unless another is named. Cached.

    The statutory contents are those of R492 Art. 32 and R711 Art. 50; `basis` names the notice that set the form. Raises `UnknownTable` with one sentence that names what there is.
    """
    return _read_table(format, str(catalogue_entry(format, variant)["variant"]))


def format_of(year: int) -> str:
    """Return the format in which the report on a year is made, by the notices in force; raises `UnknownTable`.

    国办发〔2014〕32号 for 2014 to 2018, 国办公开办函〔2019〕60号 for 2019 and 2020, 国办公开办函〔2021〕30号 since.
    """
    for each in _entries():
        if each["from_year"] <= year <= each["to_year"]:
            return str(each["format"])
    raise UnknownTable(f"没有适用于{year}年的统计表格式，可用的有：{_available()}。")


def catalogue_entry(format: str, variant: str | None = None) -> Mapping[str, Any]:
    """Return the catalogue entry of a format and variant in `rules/data/tables.toml`; raises `UnknownTable`."""
    of_format = [each for each in _entries() if each["format"] == format]
    if not of_format:
        raise UnknownTable(f"没有「{format}」格式的统计表，可用的有：{_available()}。")
    for each in of_format:
        if each["variant"] == variant or (variant is None and each["is_default"]):
            return each
    raise UnknownTable(f"{format}格式的统计表没有「{variant}」表式，可用的有：{_available()}。")


@lru_cache(maxsize=1)
def _entries() -> tuple[Mapping[str, Any], ...]:
    return tuple(read_toml("tables.toml")["table"])


def _available() -> str:
    def years(entry: Mapping[str, Any]) -> str:
        return f"{entry['from_year']}年起" if entry["to_year"] >= 2100 else f"{entry['from_year']}—{entry['to_year']}年"

    return "、".join(f"{each['format']}（{each['variant']}，{years(each)}）" for each in _entries())


@lru_cache(maxsize=16)
def _read_table(format: str, variant: str) -> IndicatorTable:
    about = catalogue_entry(format, variant)
    told = (format, variant, about["name"], about["basis"], about["note"])
    if about["rows"].endswith(".csv"):
        return IndicatorTable(*told, tuple(_read_indicator(row) for row in read_csv(about["rows"])))
    parts = read_toml(about["rows"])["part"]
    cells = [cell for part in parts for cell in _read_cells(part)]
    groups = {(part["key"], row["code"]) for part in parts for row in part["rows"] if row["kind"] == "group"}
    return IndicatorTable(
        *told,
        indicators=tuple(cell for cell in cells if not cell.column_key or (cell.part, cell.row_code) not in groups),
        parts=tuple(_read_part(part) for part in parts),
        group_cells=tuple(cell for cell in cells if cell.column_key and (cell.part, cell.row_code) in groups),
    )


def _read_part(part: Mapping[str, Any]) -> Part:
    return Part(
        key=part["key"],
        report_part=part["report_part"],
        heading=part["heading"],
        unit=part["unit"],
        row_header=part.get("row_header", ""),
        corner_note=part.get("corner_note", ""),
        column_group_heading=part.get("column_group_heading", ""),
        columns=tuple(Column(each["key"], each["name"], each.get("group", "")) for each in part["columns"]),
        rows=tuple(
            PartRow(each["code"], each.get("parent", ""), each["label"], each["kind"], each.get("basis", ""))
            for each in part["rows"]
        ),
    )


def _read_cells(part: Mapping[str, Any]) -> Iterator[Indicator]:
    """Yield the heading of a part, then row by row the heading of a group or the cells of the row."""
    key, told = part["key"], f"本表为年度报告第{part['report_part']}部分的表，为标题行，不填数。"
    yield _heading(key, "", "", part["heading"], told, part=key)
    for row in part["rows"]:
        ordinal, name = _split_ordinal(row["label"])
        parent = f"{key}.{row['parent']}" if row.get("parent") else key
        if row["kind"] == "group":
            yield _heading(
                f"{key}.{row['code']}", parent, ordinal, name, "本行为标题行，不填数。", part=key, row=row["code"]
            )
        for column in part["columns"]:
            words = {"row": row.get("phrase", name), "column": column.get("phrase", column["name"])}
            template = row.get("definition") or column.get("definition") or "{column}的" + name + "件数合计。"
            yield Indicator(
                code=f"{key}.{row['code']}.{column['key']}",
                parent_code=parent,
                ordinal=ordinal,
                name=f"{name}，{column['name']}",
                label=row["label"],
                unit=column.get("unit", part["unit"]),
                is_of_which=False,
                is_local=False,
                decimals=column.get("decimals", 0),
                register=row.get("register", part.get("register", "")),
                deciding_day=row.get("deciding_day") or column.get("deciding_day") or "同各分项",
                definition=template.format_map(words),
                note=column.get("note", ""),
                is_signed=column.get("is_signed", False),
                part=key,
                row_code=row["code"],
                column_key=column["key"],
                basis=row.get("basis", ""),
            )


def _heading(code: str, parent: str, ordinal: str, name: str, told: str, *, part: str, row: str = "") -> Indicator:
    return Indicator(
        code=code,
        parent_code=parent,
        ordinal=ordinal,
        name=name,
        label=ordinal + name,
        unit="",
        is_of_which=False,
        is_local=False,
        decimals=0,
        register="",
        deciding_day="",
        definition=told,
        note="",
        part=part,
        row_code=row,
    )


def _split_ordinal(label: str) -> tuple[str, str]:
    found = _ORDINAL.match(label)
    return (found[0], label[found.end() :]) if found else ("", label)


def _read_indicator(row: Mapping[str, str]) -> Indicator:
    return Indicator(
        code=row["code"],
        parent_code=row["parent_code"],
        ordinal=row["ordinal"],
        name=row["name"],
        label=row["label"],
        unit=row["unit"],
        is_of_which=row["is_of_which"] == "true",
        is_local=row["is_local"] == "true",
        decimals=int(row["decimals"]),
        register=row["register"],
        deciding_day=row["deciding_day"],
        definition=row["definition"],
        note=row["note"],
    )
