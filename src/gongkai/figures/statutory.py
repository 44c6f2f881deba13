"""The statutory table: the value and state of every row, for any number of agencies at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.figures.definitions import (
    RESPONSE_REGISTERS,
    RESPONSE_ROWS,
    RESPONSES_SETTING,
    ROWS,
    Definition,
    Records,
    Value,
    evaluate,
)
from gongkai.figures.registers import RegisterYear, State, warning
from gongkai.lawbook import settings as lawbook
from gongkai.periods.registers import REGISTERS
from gongkai.rules import indicators
from gongkai.rules.errors import UnknownTable
from gongkai.rules.indicators import Indicator, IndicatorTable


@dataclass(frozen=True)
class Row:
    """One line of a table. `value` is None for a heading and where nothing may be said, never otherwise.

    `registers` are those it stands on, `silent` those of them that leave it blank.
    """

    indicator: Indicator
    value: Value | None
    state: State
    registers: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The row's code."""
        return self.indicator.code

    @property
    def text(self) -> str:
        """The value as it is printed; empty for none."""
        return "" if self.value is None else str(self.value)


@dataclass(frozen=True)
class Table:
    """One agency's table of one year.

    `notes` are printed under the table, `warnings` tell the office what is missing.
    """

    agency: Agency
    year: int
    format: str
    variant: str
    name: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    status: str = "live"
    _by_code: dict[str, Row] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_code.update({row.code: row for row in self.rows})

    def row(self, code: str) -> Row:
        """The row of a code. Raises `KeyError` when the table has none."""
        return self._by_code[code]

    @property
    def warnings(self) -> tuple[str, ...]:
        """One sentence for each register that leaves rows blank."""
        return tuple(warning(code) for code in self.silent_registers)

    @property
    def silent_registers(self) -> tuple[str, ...]:
        """The registers that leave rows blank, in the order of the registers."""
        silent = {code for row in self.rows for code in row.silent}
        return tuple(code for code in REGISTERS if code in silent)

    def as_json(self) -> dict[str, Any]:
        """The table as the command line prints it (stable contract)."""
        return {
            "agency": {"code": self.agency.code, "name": self.agency.name},
            "year": self.year,
            "format": self.format,
            "variant": self.variant,
            "status": self.status,
            "rows": [
                {
                    "code": row.code,
                    "name": row.indicator.name,
                    "unit": row.indicator.unit,
                    "value": float(row.value) if isinstance(row.value, Decimal) else row.value,
                    "state": row.state.value,
                }
                for row in self.rows
            ],
        }


@dataclass(frozen=True)
class RecordGroup:
    """The records behind a figure that one definition counts.

    `deciding_field` is the day that put each record into the year, `amount_field` what is summed instead of counted.
    """

    label: str | Promise
    queryset: Records
    deciding_field: str
    deciding_label: str | Promise
    amount_field: str = ""


def compute(
    agencies: Sequence[Agency], year: int, *, format: str = "2014", variant: str | None = None
) -> dict[int, Table]:
    """The table of each agency by its id. Raises `gongkai.rules.errors.UnknownTable` for a format that is not there.

    The number of statements does not depend on the number of agencies: one a source of records, one a register, one
    for the confirmations, one for the setting.
    """
    layout = indicators.table(format, variant)
    if not {indicator.code for indicator in layout.values} <= {definition.code for definition in ROWS}:
        raise UnknownTable(f"{format}格式的统计表还不能由记录算出。")
    agency_ids = [agency.pk for agency in agencies]
    registers = RegisterYear(agency_ids, year)
    settings_on = lawbook.values(RESPONSES_SETTING, agency_ids, year)
    values = evaluate(ROWS, agency_ids, year)
    return {
        agency.pk: _table(agency, year, layout, values, registers, bool(settings_on[agency.pk])) for agency in agencies
    }


def _table(
    agency: Agency,
    year: int,
    layout: IndicatorTable,
    values: Sequence[dict[int, Value]],
    registers: RegisterYear,
    setting_on: bool,
) -> Table:
    """Put one agency's table together from what was read for all."""
    totals: dict[str, Value] = {}
    for definition, by_agency in zip(ROWS, values, strict=True):
        if setting_on or not definition.setting:
            totals[definition.code] = totals.get(definition.code, 0) + by_agency.get(agency.pk, 0)
    rows: list[Row] = []
    for indicator in layout.indicators:
        if indicator.is_heading:
            rows.append(Row(indicator, None, State.HEADING))
            continue
        stands_on = registers_of(indicator, setting_on=setting_on)
        value = _rounded(totals.get(indicator.code, 0), indicator.decimals)
        state = registers.state(agency.pk, stands_on, value)
        if state is State.BLANK:
            rows.append(Row(indicator, None, state, stands_on, tuple(registers.silent(agency.pk, stands_on))))
        else:
            rows.append(Row(indicator, value, state, stands_on))
    return Table(
        agency=agency,
        year=year,
        format=layout.format,
        variant=layout.variant,
        name=layout.name,
        rows=tuple(rows),
        notes=tuple(_notes(layout, year, setting_on)),
    )


def _rounded(value: Value, decimals: int) -> Value:
    """The value as its row prints it: whole, or with fixed decimals, half up."""
    if not decimals:
        return int(value)
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _notes(layout: IndicatorTable, year: int, setting_on: bool) -> list[str]:
    """What a reader of the table must know."""
    notes = [lawbook.SETTINGS[RESPONSES_SETTING].note] if setting_on else []
    prescribed = indicators.catalogue_entry(layout.format, layout.variant)
    first, last = prescribed["from_year"], prescribed["to_year"]
    if not first <= year <= last:
        notes.append(
            _("%(format)s年格式适用于%(first)d至%(last)d年度的年度报告，%(year)d年度按此格式列出的数据只供内部参考。")
            % {"format": layout.format, "first": first, "last": last, "year": year}
        )
    return notes


def registers_of(indicator: Indicator, *, setting_on: bool) -> tuple[str, ...]:
    """The registers that a row stands on: all of them must be confirmed before an empty row is zero."""
    if setting_on and indicator.code in RESPONSE_ROWS:
        return RESPONSE_REGISTERS
    return (indicator.register,)


def definitions_of(agency: Agency, year: int, code: str) -> list[Definition]:
    """The definitions that make up a row for an agency in a year; none for a heading or a register to come."""
    return [row for row in standing_definitions(agency, year) if row.code == code]


def standing_definitions(agency: Agency, year: int) -> list[Definition]:
    """The definitions that count for an agency in a year: those of a setting only where it is on."""
    setting_on = bool(lawbook.values(RESPONSES_SETTING, [agency.pk], year)[agency.pk])
    return [row for row in ROWS if setting_on or not row.setting]


def records(agency: Agency, year: int, code: str) -> list[RecordGroup]:
    """The records behind a figure, one group a definition; an empty list where the row has no records to show."""
    return groups_of(definitions_of(agency, year, code), agency, year)


def groups_of(definitions: Sequence[Definition], agency: Agency, year: int) -> list[RecordGroup]:
    """The records that some definitions count, one group each."""
    return [
        RecordGroup(
            label=definition.source.label,
            queryset=definition.records(agency, year),
            deciding_field=definition.source.deciding_field,
            deciding_label=definition.source.deciding_label,
            amount_field=definition.amount,
        )
        for definition in definitions
    ]
