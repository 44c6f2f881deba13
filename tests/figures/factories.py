"""The smallest rows that carry a figure, made on the models: what the acts refuse is tested with the acts."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency, Officer, Post, PostHolding
from gongkai.enquiries.models import Enquiry, HotTopic, NewsConference, OgiComplaint, OnlineInterview
from gongkai.inforequests.models import InfoRequest, Lawsuit, Reconsideration, Reply
from gongkai.lawbook.models import AgencySetting
from gongkai.periods.models import NothingToReport, Period
from gongkai.periods.registers import REGISTERS
from gongkai.publishing.models import Column, Item, ItemChannel
from gongkai.publishing.transfers import Transfer
from gongkai.resources.models import Fund, Meeting, OgiOffice, ReadingPoint, StaffMember, Training, Visit

YEAR = 2017
MAY = dt.date(2017, 5, 19)
EARLIER = dt.date(2017, 4, 10)
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
        "published_digest": "0" * 64,
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


def hot_topic(of: Agency, channel: str = "other", **fields: Any) -> HotTopic:
    return _record(HotTopic, of, fields, topic=f"示例热点{next(_numbers)}", answered_on=MAY, channel=channel)


def news_conference(of: Agency, **fields: Any) -> NewsConference:
    return _record(NewsConference, of, fields, topic=f"示例发布会{next(_numbers)}", held_on=MAY)


def online_interview(of: Agency, **fields: Any) -> OnlineInterview:
    return _record(OnlineInterview, of, fields, topic=f"示例访谈{next(_numbers)}", held_on=MAY)


def complaint(of: Agency, **fields: Any) -> OgiComplaint:
    return _record(OgiComplaint, of, fields, number=f"JB{next(_numbers)}", received_on=EARLIER)


def request(of: Agency, **fields: Any) -> InfoRequest:
    defaults = {
        "number": f"SQ{next(_numbers)}",
        "received_on": EARLIER,
        "channel": "internet",
        "applicant_kind": "natural_person",
        "subject": "示例信息",
        "base_limit_on": dt.date(2017, 6, 1),
    }
    return _record(InfoRequest, of, fields, **defaults)


def reply(of: Agency, outcome: str, **fields: Any) -> Reply:
    """A reply to a request of long ago, which itself falls into no figure of the year."""
    long_ago = request(of, received_on=dt.date(2015, 3, 2), base_limit_on=dt.date(2015, 3, 23))
    return _record(Reply, of, fields, request=long_ago, served_on=MAY, outcome=outcome)


def reconsideration(of: Agency, **fields: Any) -> Reconsideration:
    return _record(Reconsideration, of, fields, number=f"FY{next(_numbers)}", filed_on=EARLIER)


def lawsuit(of: Agency, **fields: Any) -> Lawsuit:
    return _record(Lawsuit, of, fields, number=f"SS{next(_numbers)}", filed_on=EARLIER)


def transfer(of: Agency, medium: str, documents: int = 1, **fields: Any) -> Transfer:
    defaults = {"place_kind": "archive", "place": "示例区档案馆", "handed_over_on": MAY}
    return _record(Transfer, of, fields, medium=medium, documents=documents, **defaults)


def fund(of: Agency, amount: str, **fields: Any) -> Fund:
    return _record(Fund, of, fields, on=MAY, amount=Decimal(amount), purpose="示例用途")


def meeting(of: Agency, **fields: Any) -> Meeting:
    return _record(Meeting, of, fields, held_on=MAY, topic=f"示例会议{next(_numbers)}")


def training(of: Agency, participants: int = 1, **fields: Any) -> Training:
    return _record(Training, of, fields, held_on=MAY, topic=f"示例培训{next(_numbers)}", participants=participants)


def _record(model: type[Any], of: Agency, fields: dict[str, Any], **defaults: Any) -> Any:
    return model.objects.create(agency=of, entered_at=timezone.now(), **defaults | fields)


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
