"""Requests and enquiries without an answer wait on the work list of those who keep their registers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from gongkai.accounts.models import Account
from gongkai.enquiries.models import Enquiry, EnquiryChannel
from gongkai.inforequests.models import ApplicantKind, InfoRequest, RequestChannel
from gongkai.periods.records.acts import enter_records
from tests.cast import Cast

DAY = timezone.localdate() - dt.timedelta(days=3)


def enquiry(cast: Cast, number: str, **changes: Any) -> Enquiry:
    values = {"channel": EnquiryChannel.HOTLINE, "number": number, "topic": "楼道照明损坏", "received_on": DAY}
    row = Enquiry(**(values | changes))
    return enter_records(agency=cast.agency, rows=[row], by=cast.office, at=timezone.now())[0]


def home(account: Account) -> str:
    client = Client()
    client.force_login(account)
    return " ".join(strip_tags(client.get(reverse("backoffice:home")).content.decode()).split())


def test_open_enquiries_are_one_matter_with_the_first_day_on_which_one_is_due(cast: Cast) -> None:
    enquiry(cast, "RX1", limit_on=DAY + dt.timedelta(days=40))
    enquiry(cast, "RX2", limit_on=DAY + dt.timedelta(days=20))
    enquiry(cast, "RX3", answered_on=DAY)
    enquiry(cast, "RX4", result="not_accepted")
    said = home(cast.enquiry_officer)
    assert "2 件来信来电没有答复" in said
    assert f"最早的办理期限 {(DAY + dt.timedelta(days=20)).isoformat()}" in said
    assert "件来信来电没有答复" not in home(cast.contributor)
    assert "件来信来电没有答复" not in home(cast.stranger)


def test_the_matter_leads_to_the_open_ones_alone(cast: Cast) -> None:
    enquiry(cast, "RX-OPEN")
    enquiry(cast, "RX-DONE", answered_on=DAY)
    client = Client()
    client.force_login(cast.enquiry_officer)
    shown = client.get(reverse("enquiries:enquiries"), {"state": "waiting"}).content.decode()
    assert "RX-OPEN" in shown
    assert "RX-DONE" not in shown


def test_an_open_request_waits_with_its_limit(cast: Cast) -> None:
    limit = DAY + dt.timedelta(days=28)
    for number, closed_on in (("SQ1", None), ("SQ2", DAY)):
        row = InfoRequest(
            number=number,
            received_on=DAY,
            channel=RequestChannel.MAIL,
            applicant_kind=ApplicantKind.NATURAL_PERSON,
            subject="示例和苑租金标准的制定依据",
            base_limit_on=limit,
            closed_on=closed_on,
        )
        enter_records(agency=cast.agency, rows=[row], by=cast.office, at=timezone.now())
    said = home(cast.request_officer)
    assert "SQ1 示例和苑租金标准的制定依据" in said
    assert f"答复期限 {limit.isoformat()}" in said
    assert "SQ2" not in said
