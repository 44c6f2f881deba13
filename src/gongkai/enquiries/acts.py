"""Enter what came in by hotline, petition system and other channels, many matters at once.

Every other register of this package is entered, corrected and withdrawn by `gongkai.periods.records.acts`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.enquiries.models import Enquiry, HotTopic
from gongkai.periods.records.acts import enter_records


@dataclass(frozen=True)
class EnquiryRow:
    """One matter: the other system's number, its topic and its days."""

    channel: str
    number: str
    topic: str
    received_on: dt.date
    answered_on: dt.date | None = None
    settled_on: dt.date | None = None
    counts_as_response: bool = False
    hot_topic: HotTopic | None = None


def enter_enquiries(
    *, agency: Agency, rows: Sequence[EnquiryRow], by: Account | None, at: dt.datetime
) -> list[Enquiry]:
    """Enter enquiries, all or none. Raises `ActRefused` with every reason of every row."""
    enquiries = [Enquiry(**{name: getattr(row, name) for name in row.__dataclass_fields__}) for row in rows]
    return enter_records(agency=agency, rows=enquiries, by=by, at=at)
