"""Enter OGI offices, reading points, visitors and staff."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.permissions import refusals_to_enter
from gongkai.audit.acts import append
from gongkai.audit.events import EventData
from gongkai.resources import events
from gongkai.resources.models import OgiOffice, ReadingPoint, Resource, StaffMember, Visit
from gongkai.rules.refusals import ActRefused, Refusal, require


def enter_office(
    *, agency: Agency, name: str, from_on: dt.date, by: Account | None, at: dt.datetime, to_on: dt.date | None = None
) -> OgiOffice:
    """Enter an office that does OGI work."""
    office = OgiOffice(agency=agency, name=name.strip(), from_on=from_on, to_on=to_on, entered_at=at)
    _enter(office, agency, by, at)
    return office


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
    point = ReadingPoint(
        agency=agency, name=name.strip(), address=address.strip(), from_on=from_on, to_on=to_on, entered_at=at
    )
    _enter(point, agency, by, at)
    return point


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
    member = StaffMember(
        agency=agency, name=name.strip(), employment=employment, from_on=from_on, to_on=to_on, entered_at=at
    )
    _enter(member, agency, by, at)
    return member


@transaction.atomic
def enter_visit(
    *, reading_point: ReadingPoint, on: dt.date, visitors: int, by: Account | None, at: dt.datetime
) -> Visit:
    """Enter how many visitors a reading point received on a day."""
    refusals = refusals_to_enter(by, reading_point.agency, Role.OFFICE)
    if visitors < 1:
        refusals.append(Refusal("no_visitor", "接待人数应为1以上的整数。"))
    if on > timezone.localdate(at):
        refusals.append(Refusal("day_in_future", "接待日期不能晚于今天。"))
    if on < reading_point.from_on or (reading_point.to_on is not None and on > reading_point.to_on):
        refusals.append(Refusal("not_in_being", f"{on}时查阅点「{reading_point.name}」没有设立。"))
    require(refusals)
    visit = Visit.objects.create(
        agency=reading_point.agency, reading_point=reading_point, on=on, visitors=visitors, entered_at=at
    )
    data = events.VisitEntered(on=on.isoformat(), visitors=visitors)
    _tell(data, "resources.visit", visit.uid, reading_point.agency, by, at)
    return visit


@transaction.atomic
def _enter(resource: Resource, agency: Agency, by: Account | None, at: dt.datetime) -> None:
    refusals = refusals_to_enter(by, agency, Role.OFFICE)
    if resource.to_on is not None and resource.to_on < resource.from_on:
        refusals.append(Refusal("ends_before_start", "止日不能早于起日。"))
    require(refusals)
    try:
        resource.full_clean()
    except ValidationError as error:
        raise ActRefused([Refusal("invalid", sentence) for sentence in error.messages]) from error
    resource.save()
    data = events.ResourceEntered(
        label=str(resource._meta.verbose_name),
        name=resource.name,
        from_on=resource.from_on.isoformat(),
        to_on=resource.to_on.isoformat() if resource.to_on else "",
    )
    _tell(data, f"resources.{resource._meta.model_name}", resource.uid, agency, by, at)


def _tell(data: EventData, object_kind: str, key: object, agency: Agency, by: Account | None, at: dt.datetime) -> None:
    append(data, agency_code=agency.code, object_kind=object_kind, object_key=str(key), by=by, at=at)
