"""The smallest rows that carry a figure, made on the models: what the acts refuse is tested with the acts."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency, Officer, Post, PostHolding
from gongkai.enquiries.models import Enquiry
from gongkai.lawbook.models import AgencySetting
from gongkai.periods.models import NothingToReport, Period
from gongkai.periods.registers import REGISTERS
from gongkai.publishing.models import Column, Item, ItemChannel
from gongkai.resources.models import OgiOffice, ReadingPoint, StaffMember, Visit

YEAR = 2017
MAY = dt.date(2017, 5, 19)
_numbers = itertools.count(1)


def agency(**fields: Any) -> Agency:
    number = next(_numbers)
    return Agency.objects.create(
        **{"code": f"agency-{number}", "name": f"示例机构{number}", "short_name": f"示例{number}", **fields}
    )


def account_with(role: str, at: Agency) -> Account:
    number = next(_numbers)
    account = Account.objects.create_account(username=f"officer-{number}", name=f"示例人员{number}", password="x")
    officer = Officer.objects.create(agency=at, name=account.name, account=account)
    post = Post.objects.create(agency=at, role=role, title=f"岗位{number}")
    PostHolding.objects.create(post=post, officer=officer, from_on=dt.date(2017, 1, 1))
    return account


def item(of: Agency, **fields: Any) -> Item:
    number = next(_numbers)
    defaults = {
        "state": "published",
        "title": f"示例信息{number}",
        "body": "<p>示例</p>",
        "written_on": dt.date(2016, 12, 20),
        "published_on": MAY,
        "entered_at": timezone.now(),
        "entered_as_history": True,
        "index_number": f"SL-{number}",
        "year": YEAR,
        "serial": number,
    }
    return Item.objects.create(agency=of, **defaults | fields)


def channel(of: Agency, kind: str, *, on: dt.date = MAY, place: str = "", **fields: Any) -> ItemChannel:
    return ItemChannel.objects.create(
        item=fields.pop("item", None) or item(of, **fields), kind=kind, on=on, place=place
    )


def column(of: Agency, kind: str = "board") -> Column:
    number = next(_numbers)
    return Column.objects.create(agency=of, code=f"column-{number}", name=f"栏目{number}", kind=kind)


def enquiry(of: Agency, kind: str = "hotline", **fields: Any) -> Enquiry:
    defaults = {
        "number": f"{next(_numbers):06d}",
        "topic": "物业管理",
        "received_on": dt.date(2017, 5, 17),
        "answered_on": MAY,
        "entered_at": timezone.now(),
    }
    return Enquiry.objects.create(agency=of, channel=kind, **defaults | fields)


def office(of: Agency, **fields: Any) -> OgiOffice:
    return OgiOffice.objects.create(agency=of, **_resource() | fields)


def reading_point(of: Agency, **fields: Any) -> ReadingPoint:
    return ReadingPoint.objects.create(agency=of, **_resource() | fields)


def staff(of: Agency, employment: str = "full_time", **fields: Any) -> StaffMember:
    return StaffMember.objects.create(agency=of, employment=employment, **_resource() | fields)


def visit(of: Agency, point: ReadingPoint, visitors: int = 1, on: dt.date = MAY) -> Visit:
    return Visit.objects.create(agency=of, reading_point=point, on=on, visitors=visitors, entered_at=timezone.now())


def confirm(of: Agency, *registers: str, year: int = YEAR) -> None:
    period, _made = Period.objects.get_or_create(agency=of, year=year)
    by = Account.objects.create_account(username=f"confirms-{next(_numbers)}", name="示例复核人", password=None)
    for register in registers or REGISTERS:
        NothingToReport.objects.create(
            period=period, register=register, confirmed_by=by, confirmed_at=dt.datetime(2018, 1, 8, 1, tzinfo=dt.UTC)
        )


def count_work_orders(of: Agency) -> None:
    AgencySetting.objects.create(agency=of, name="count_work_orders_as_responses", from_year=2014, value=True)


def sample_year(of: Agency) -> None:
    """The year whose figures the published report prints, with the fewest rows that give them."""
    board, common = column(of), column(of, "common")
    policy = item(of, is_normative=True, written_on=dt.date(2017, 3, 1), key_area="expropriation_of_housing")
    reading = item(of, interprets=policy, key_area="expropriation_of_housing")
    others = [item(of, key_area="affordable_housing") for _number in range(51)]
    for number, one in enumerate([policy, reading, *others]):
        one.columns.add(common if number >= 49 else board)
        channel(of, "website", item=one)
    for _number in range(130):
        enquiry(of, "hotline", settled_on=MAY)
    for _number in range(6):
        enquiry(of, "petition", settled_on=MAY)
    office(of)
    visit(of, reading_point(of))
    staff(of)
    staff(of, "part_time")
    count_work_orders(of)
    confirm(
        of,
        *(
            code
            for code in REGISTERS
            if code not in ("items", "work_orders", "petitions", "ogi_offices", "reading_points", "visits", "staff")
        ),
    )


def _resource() -> dict[str, Any]:
    return {"name": f"示例{next(_numbers)}", "from_on": dt.date(2016, 3, 1), "entered_at": timezone.now()}
