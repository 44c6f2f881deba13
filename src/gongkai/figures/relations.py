"""The relations of the law package (勾稽关系), run over a computed table."""

from __future__ import annotations

from gongkai.figures.statutory import Table
from gongkai.rules import relations
from gongkai.rules.relations import Result


def check(table: Table, previous: Table | None = None) -> Result:
    """Check a computed table, with last year's where there is one. A blank row is no zero and is not judged."""
    return relations.check(_values(table), table.format, _values(previous) if previous else None)


def _values(table: Table) -> dict[str, relations.Number | None]:
    return {row.code: row.value for row in table.rows if not row.indicator.is_heading}
