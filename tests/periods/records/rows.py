"""One plausible unsaved record of every declared register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from gongkai.agencies.models import Agency
from gongkai.enquiries.models import Enquiry, HotTopic, NewsConference, OgiComplaint, OnlineInterview
from gongkai.inforequests.models import InfoRequest, Lawsuit, Reconsideration, Reply
from gongkai.periods.records.acts import enter_records
from gongkai.periods.records.kinds import RecordKind, kinds
from gongkai.periods.records.models import Record
from gongkai.publishing.transfers import Transfer
from gongkai.resources.models import Fund, Meeting, OgiOffice, ReadingPoint, StaffMember, Training, Visit

AT = dt.datetime(2018, 1, 8, 1, 0, tzinfo=dt.UTC)  # Monday 09:00 in Shanghai
DAY = dt.date(2017, 3, 1)
LATER = dt.date(2017, 3, 20)
TOMORROW = dt.date(2018, 1, 9)

SAMPLES: dict[type[Record], dict[str, Any]] = {
    Enquiry: {"channel": "hotline", "number": "RX1", "topic": "物业管理", "received_on": DAY},
    HotTopic: {"topic": "电梯补贴", "answered_on": DAY, "channel": "weibo"},
    NewsConference: {"held_on": DAY, "topic": "住房保障发布会"},
    OnlineInterview: {"held_on": DAY, "topic": "公租房访谈"},
    OgiComplaint: {"number": "TS1", "received_on": DAY},
    InfoRequest: {
        "number": "SQ1",
        "received_on": DAY,
        "channel": "mail",
        "applicant_kind": "natural_person",
        "subject": "配租结果",
        "base_limit_on": LATER,
    },
    Reply: {"served_on": LATER, "outcome": "granted"},
    Reconsideration: {"number": "FY1", "filed_on": DAY},
    Lawsuit: {"number": "SS1", "filed_on": DAY},
    Transfer: {
        "handed_over_on": DAY,
        "place_kind": "library",
        "place": "示例图书馆",
        "medium": "paper",
        "documents": 3,
    },
    OgiOffice: {"name": "办公室", "from_on": DAY},
    ReadingPoint: {"name": "政务大厅", "from_on": DAY},
    Visit: {"on": LATER, "visitors": 2},
    StaffMember: {"name": "示例甲", "employment": "full_time", "from_on": DAY},
    Fund: {"on": DAY, "amount": Decimal("12000.50"), "purpose": "查阅点设备"},
    Meeting: {"held_on": DAY, "topic": "部署会"},
    Training: {"held_on": DAY, "topic": "信息员培训", "participants": 20},
}
# What a new record must be given so that it does not repeat another one.
NEXT: dict[str, Callable[[Any, int], Any]] = {
    "number": lambda value, number: f"{value}-{number}",
    "topic": lambda value, number: f"{value}{number}",
    "name": lambda value, number: f"{value}{number}",
}


def all_kinds() -> list[RecordKind]:
    """Every declared register."""
    return list(kinds())


def unsaved(kind: RecordKind, agency: Agency, nth: int = 0, /, **changes: Any) -> Any:
    """A record that could be entered; the one it hangs on is entered first."""
    values = dict(SAMPLES[kind.model])
    if nth:
        values |= {name: NEXT[name](value, nth) for name, value in values.items() if name in NEXT}
    if kind.parent and kind.parent not in changes:
        values[kind.parent] = parent_of(kind, agency)
    return kind.model(**(values | changes))


def parent_of(kind: RecordKind, agency: Agency) -> Record:
    """The standing record that records of a kind hang on, one for the agency."""
    model: Any = kind.field(kind.parent).related_model
    found: Record | None = model.objects.filter(agency=agency).standing().first()
    return found or enter_records(agency=agency, rows=[model(**SAMPLES[model])], by=None, at=AT)[0]


def entered(kind: RecordKind, agency: Agency, nth: int = 0, /, **changes: Any) -> Any:
    """A record of the register."""
    return enter_records(agency=agency, rows=[unsaved(kind, agency, nth, **changes)], by=None, at=AT)[0]
