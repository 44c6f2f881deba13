"""An agency's figures together with those of its subordinate institutions (含所属事业单位)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.figures.definitions import Value
from gongkai.figures.derived import institutions_of
from gongkai.figures.registers import State
from gongkai.figures.statutory import Row, Table, compute


@dataclass(frozen=True)
class RollUp:
    """The sum of several tables and the tables it stands on, the agency's own first."""

    total: Table
    parts: tuple[Table, ...]


def with_institutions(agency: Agency, year: int, *, format: str = "2014", variant: str | None = None) -> RollUp:
    """The table of an agency with its subordinate institutions, row by row.

    The number of statements does not depend on the number of institutions. Raises
    `gongkai.rules.errors.UnknownTable` for a format that is not there.
    """
    agencies = [agency, *institutions_of([agency.pk], year)]
    tables = compute(agencies, year, format=format, variant=variant)
    parts = tuple(tables[found.pk] for found in agencies)
    return RollUp(add(parts), parts)


def add(parts: Sequence[Table]) -> Table:
    """Add tables of one layout and year, in the name of the first one's agency.

    A row that is blank in one of them is blank in the sum: a part is not the whole. It is a confirmed zero only when
    it is one in all of them.
    """
    first = parts[0]
    rows = tuple(_add_row([part.rows[index] for part in parts]) for index in range(len(first.rows)))
    notes = tuple(dict.fromkeys(note for part in parts for note in part.notes))
    if len(parts) > 1:
        names = "、".join(part.agency.name for part in parts[1:])
        notes = (_("含所属事业单位：%(names)s。") % {"names": names}, *notes)
    return Table(
        agency=first.agency,
        year=first.year,
        format=first.format,
        variant=first.variant,
        name=first.name,
        rows=rows,
        notes=notes,
    )


def _add_row(rows: Sequence[Row]) -> Row:
    """One row of the sum."""
    states = {row.state for row in rows}
    registers = rows[0].registers
    silent = tuple(dict.fromkeys(code for row in rows for code in row.silent))
    if State.HEADING in states:
        return rows[0]
    if State.BLANK in states:
        return Row(rows[0].indicator, None, State.BLANK, registers, silent)
    value: Value = sum((row.value for row in rows if row.value is not None), start=type(rows[0].value or 0)(0))
    if states == {State.CONFIRMED_ZERO}:
        return Row(rows[0].indicator, value, State.CONFIRMED_ZERO, registers)
    state = State.SOURCED if State.SOURCED in states else State.COUNTED
    return Row(rows[0].indicator, value, state, registers)
