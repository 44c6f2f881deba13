"""The statistics tables as data: rows with exact label, unit, definition, deciding day and the register they count.

Formats: 2014 for the reports on 2014 to 2018 (国办发〔2014〕32号), in variants by province and year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from gongkai.rules.errors import UnknownIndicator, UnknownTable
from gongkai.rules.sources import read_csv, read_toml


@dataclass(frozen=True)
class Indicator:
    """One row of a statistics table.

    `label` is printed as it is, `ordinal` and 「其中」 included; `name` is the label without them. `unit` is empty for
    a heading, which never holds a value. `level` is 0 for a section, 1 to 3 below. `definition` says in one sentence
    what the row counts, `deciding_day` which day puts a record into the year. `register` is the code of the register
    (`periods.registers`) whose records it counts, empty for a heading. `decimals` is the number of decimal places.
    A local row does not stand in every copy of the form. `note` tells what is uncertain or left off, mostly empty.
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

    @property
    def is_heading(self) -> bool:
        """Whether the row is a heading without a value."""
        return not self.unit

    @property
    def level(self) -> int:
        """The depth of the row: 0 for a section, 3 for the lowest."""
        return self.code.count(".")

    @property
    def section(self) -> str:
        """The code of the section the row stands in."""
        return self.code.partition(".")[0]


@dataclass(frozen=True)
class IndicatorTable:
    """A statistics table of one format and variant, its rows in printed order."""

    format: str
    variant: str
    name: str
    basis: str
    note: str
    indicators: tuple[Indicator, ...]

    def indicator(self, code: str) -> Indicator:
        """Return the row with that code; raises `UnknownIndicator`."""
        try:
            return self._by_code[code]
        except KeyError:
            raise UnknownIndicator(f"{self.format}格式的{self.name}没有代码为「{code}」的行，请核对代码。") from None

    @property
    def values(self) -> tuple[Indicator, ...]:
        """The rows that hold a value."""
        return tuple(each for each in self.indicators if not each.is_heading)

    @property
    def registers(self) -> tuple[str, ...]:
        """The codes of the registers that the table counts, each once, in the order of the rows."""
        return tuple(dict.fromkeys(each.register for each in self.values))

    @cached_property
    def _by_code(self) -> Mapping[str, Indicator]:
        return {each.code: each for each in self.indicators}


def table(format: str = "2014", variant: str | None = None) -> IndicatorTable:
    """Return the table of a format, in its usual variant (for 2014 `shandong-2017`) unless another is named. Cached.

    Raises `UnknownTable` with one sentence that names what there is.
    """
    return _read_table(format, str(catalogue_entry(format, variant)["variant"]))


def format_of(year: int) -> str:
    """Return the format in which the report on a year is made; raises `UnknownTable`."""
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
    return "、".join(
        f"{each['format']}（{each['variant']}，{each['from_year']}—{each['to_year']}年）" for each in _entries()
    )


@lru_cache(maxsize=16)
def _read_table(format: str, variant: str) -> IndicatorTable:
    about = catalogue_entry(format, variant)
    rows = tuple(_read_indicator(row) for row in read_csv(about["rows"]))
    return IndicatorTable(format, variant, about["name"], about["basis"], about["note"], rows)


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
