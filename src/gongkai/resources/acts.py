"""Enter OGI offices, reading points, visitors and staff one at a time.

Many at once, corrections and withdrawals: `gongkai.periods.records.acts`, as for every register.
"""

from __future__ import annotations

import datetime as dt

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.periods.records.acts import enter_records
from gongkai.resources.models import OgiOffice, ReadingPoint, StaffMember, Visit


def enter_office(
    *, agency: Agency, name: str, from_on: dt.date, by: Account | None, at: dt.datetime, to_on: dt.date | None = None
) -> OgiOffice:
    """Enter an office that does OGI work."""
    return enter_records(agency=agency, rows=[OgiOffice(name=name, from_on=from_on, to_on=to_on)], by=by, at=at)[0]


def enter_reading_point(
    *,
    agency: Agency,
    name: str,
    address: str,
    from_on: dt.date,
    by: Account | None,
    at: dt.datetime,
    to_on: dt.date | None = None,
) -> ReadingPoint:
    """Enter a place where the public can read government information."""
    point = ReadingPoint(name=name, address=address, from_on=from_on, to_on=to_on)
    return enter_records(agency=agency, rows=[point], by=by, at=at)[0]


def enter_staff_member(
    *,
    agency: Agency,
    name: str,
    employment: str,
    from_on: dt.date,
    by: Account | None,
    at: dt.datetime,
    to_on: dt.date | None = None,
) -> StaffMember:
    """Enter a person who does OGI work, full-time or part-time."""
    member = StaffMember(name=name, employment=employment, from_on=from_on, to_on=to_on)
    return enter_records(agency=agency, rows=[member], by=by, at=at)[0]


def enter_visit(
    *, reading_point: ReadingPoint, on: dt.date, visitors: int, by: Account | None, at: dt.datetime
) -> Visit:
    """Enter how many visitors a reading point received on a day."""
    visit = Visit(reading_point=reading_point, on=on, visitors=visitors)
    return enter_records(agency=reading_point.agency, rows=[visit], by=by, at=at)[0]
