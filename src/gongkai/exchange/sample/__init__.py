"""The sample district: invented agencies, officers, years and matters, built through the same acts as everything else.

`district` holds who there is, `building` builds it, `recent` brings the years 2025 and 2026 from facts in
`data/sample-recent.toml`, `waiting` leaves something for every officer to do. The year 2017 comes in as a workbook.
"""

from gongkai.exchange.sample.building import (
    SampleAccount,
    SampleRefused,
    agencies_as_json,
    build,
    make_password,
)
from gongkai.exchange.sample.district import CITY_SERVICE, COLUMNS, GOVERNMENT, HOUSING, PEOPLE, Person

__all__ = [
    "CITY_SERVICE",
    "COLUMNS",
    "GOVERNMENT",
    "HOUSING",
    "PEOPLE",
    "Person",
    "SampleAccount",
    "SampleRefused",
    "agencies_as_json",
    "build",
    "make_password",
]
