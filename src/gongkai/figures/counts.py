"""How many records stand behind each figure, rows and derived figures alike."""

from __future__ import annotations

from dataclasses import replace

from gongkai.agencies.models import Agency
from gongkai.figures import derived, statutory
from gongkai.figures.definitions import Definition, evaluate


def record_counts(agency: Agency, year: int) -> dict[str, int]:
    """The number of records that each figure of an agency's year counts or sums, by code.

    A rate stands on the records that it is taken of. A figure that no register carries (fees) is left out.
    """
    definitions = [*statutory.standing_definitions(agency, year), *derived.COUNTS]
    counted = evaluate([_counting(definition) for definition in definitions], [agency.pk], year)
    found: dict[str, int] = {}
    for definition, by_agency in zip(definitions, counted, strict=True):
        found[definition.code] = found.get(definition.code, 0) + int(by_agency.get(agency.pk, 0))
    for code, rate in derived.RATES.items():
        found[code] = found[rate.denominator]
    return found | derived.institution_counts(agency, year)


def _counting(definition: Definition) -> Definition:
    """The same records, counted instead of summed."""
    return replace(definition, amount="", per=1)
