"""Enter what came in by hotline, petition system and other channels."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.permissions import refusals_to_enter
from gongkai.audit.acts import Entry, append_many
from gongkai.enquiries import events
from gongkai.enquiries.models import Enquiry, EnquiryChannel
from gongkai.rules.refusals import Refusal, require

OBJECT_KIND = "enquiries.enquiry"
ENTERING_ROLES = (Role.ENQUIRY_OFFICER, Role.OFFICE)


@dataclass(frozen=True)
class EnquiryRow:
    """One matter: the other system's number, its topic and its days."""

    channel: str
    number: str
    topic: str
    received_on: dt.date
    answered_on: dt.date | None = None
    settled_on: dt.date | None = None


@transaction.atomic
def enter_enquiries(
    *, agency: Agency, rows: Sequence[EnquiryRow], by: Account | None, at: dt.datetime
) -> list[Enquiry]:
    """Enter enquiries, all or none. Raises `ActRefused` with every reason of every row."""
    require(refusals_to_enter(by, agency, *ENTERING_ROLES) + refusals_of_rows(agency, rows, at))
    enquiries = Enquiry.objects.bulk_create(
        [
            Enquiry(
                agency=agency,
                channel=row.channel,
                number=row.number.strip(),
                topic=row.topic.strip(),
                received_on=row.received_on,
                answered_on=row.answered_on,
                settled_on=row.settled_on,
                entered_at=at,
            )
            for row in rows
        ],
        batch_size=500,
    )
    append_many(
        [
            Entry(
                events.EnquiryEntered(
                    channel=str(EnquiryChannel(enquiry.channel).label),
                    number=enquiry.number,
                    received_on=enquiry.received_on.isoformat(),
                    answered_on=enquiry.answered_on.isoformat() if enquiry.answered_on else "",
                    settled_on=enquiry.settled_on.isoformat() if enquiry.settled_on else "",
                ),
                str(enquiry.uid),
            )
            for enquiry in enquiries
        ],
        agency_code=agency.code,
        object_kind=OBJECT_KIND,
        by=by,
        at=at,
    )
    return enquiries


def refusals_of_rows(agency: Agency, rows: Sequence[EnquiryRow], at: dt.datetime) -> list[Refusal]:
    """Why these rows cannot be entered: days out of order, numbers given twice or known already."""
    today = timezone.localdate(at)
    refusals = []
    for row in rows:
        name = f"{EnquiryChannel(row.channel).label}件「{row.number}」"
        days = [("答复日期", row.answered_on), ("办结日期", row.settled_on)]
        if not row.number.strip():
            refusals.append(Refusal("number_missing", f"主题为「{row.topic}」的一件没有编号。"))
        if row.received_on > today:
            refusals.append(Refusal("received_in_future", f"{name}的收到日期不能晚于今天。"))
        for label, day in days:
            if day is not None and day < row.received_on:
                refusals.append(Refusal("day_before_receipt", f"{name}的{label}不能早于收到日期。"))
            if day is not None and day > today:
                refusals.append(Refusal("day_in_future", f"{name}的{label}不能晚于今天。"))
    numbers = Counter((row.channel, row.number.strip()) for row in rows)
    refusals += [
        Refusal("duplicate_number", f"{EnquiryChannel(channel).label}件「{number}」写了{count}次。")
        for (channel, number), count in numbers.items()
        if count > 1
    ]
    known = Enquiry.objects.filter(agency=agency, number__in={number for _channel, number in numbers})
    refusals += [
        Refusal("taken_number", f"{EnquiryChannel(channel).label}件「{number}」已经登记过。")
        for channel, number in known.values_list("channel", "number")
        if (channel, number) in numbers
    ]
    return refusals
