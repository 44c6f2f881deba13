"""Set up agencies, departments, posts and officers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from gongkai.accounts.models import Account
from gongkai.agencies import events
from gongkai.agencies.models import Agency, Department, Officer, Post, PostHolding
from gongkai.agencies.permissions import refusals_to_administer
from gongkai.audit.acts import append
from gongkai.audit.events import EventData
from gongkai.rules.refusals import ActRefused, Refusal, require

OBJECT_KIND = "agencies.agency"


@transaction.atomic
def create_agency(
    *,
    code: str,
    name: str,
    short_name: str,
    kind: str,
    by: Account | None,
    at: dt.datetime,
    parent: Agency | None = None,
    **details: Any,
) -> Agency:
    """Put an agency into the ledger; `details` are further fields of `Agency`.

    Under a parent an administrator of the parent may do so, at the top only the operator at the command line.
    Raises `ActRefused` also for values that the model refuses, such as a credit code with a wrong check character.
    """
    require(refusals_to_administer(by, parent))
    agency = Agency(code=code, name=name, short_name=short_name, kind=kind, parent=parent, **details)
    _save(agency)
    _tell(agency, events.AgencyCreated(name=name), by, at)
    return agency


@transaction.atomic
def add_department(*, agency: Agency, name: str, by: Account | None, at: dt.datetime) -> Department:
    """Add a department to an agency."""
    require(refusals_to_administer(by, agency))
    department = Department(agency=agency, name=name, position=agency.departments.count() + 1)
    _save(department)
    _tell(agency, events.DepartmentAdded(name=name), by, at)
    return department


@transaction.atomic
def add_officer(
    *,
    agency: Agency,
    name: str,
    by: Account | None,
    at: dt.datetime,
    department: Department | None = None,
    username: str | None = None,
    password: str | None = None,
) -> Officer:
    """Add an officer, and open an account when a user name is given."""
    refusals = refusals_to_administer(by, agency)
    if username and Account.objects.filter(username=username).exists():
        refusals.append(Refusal("username_taken", f"用户名「{username}」已有人使用，请换一个。"))
    require(refusals)
    account = Account.objects.create_account(username=username, name=name, password=password) if username else None
    officer = Officer(agency=agency, department=department, name=name, account=account)
    _save(officer)
    _tell(agency, events.OfficerAdded(name=name, username=username or ""), by, at)
    return officer


@transaction.atomic
def add_post(
    *,
    agency: Agency,
    role: str,
    title: str,
    by: Account | None,
    at: dt.datetime,
    departments: Sequence[Department] = (),
) -> Post:
    """Add a post; its departments are those it leads or belongs to, none means all."""
    refusals = refusals_to_administer(by, agency)
    if any(department.agency_id != agency.pk for department in departments):
        refusals.append(Refusal("foreign_department", "岗位只能对应本机构的股室。"))
    require(refusals)
    post = Post(agency=agency, role=role, title=title)
    _save(post)
    post.departments.set(departments)
    _tell(agency, events.PostAdded(title=title, role=role), by, at)
    return post


@transaction.atomic
def appoint(
    *,
    post: Post,
    officer: Officer,
    from_on: dt.date,
    by: Account | None,
    at: dt.datetime,
    to_on: dt.date | None = None,
) -> PostHolding:
    """Let an officer hold a post from a day on (to a day, included)."""
    refusals = refusals_to_administer(by, post.agency)
    if officer.agency_id != post.agency_id:
        refusals.append(Refusal("foreign_officer", "只能由本机构的人员任本机构的岗位。"))
    if to_on is not None and to_on < from_on:
        refusals.append(Refusal("ends_before_start", "任职的止日不能早于起日。"))
    require(refusals)
    holding = PostHolding.objects.create(post=post, officer=officer, from_on=from_on, to_on=to_on)
    _tell(
        post.agency,
        events.Appointed(
            name=officer.name,
            title=post.title,
            from_on=from_on.isoformat(),
            to_on=to_on.isoformat() if to_on else "",
        ),
        by,
        at,
    )
    return holding


def _save(record: models.Model) -> None:
    """Save a record that its model accepts; raise `ActRefused` with the model's sentences otherwise."""
    try:
        record.full_clean()
    except ValidationError as error:
        raise ActRefused([Refusal("invalid", sentence) for sentence in error.messages]) from error
    record.save()


def _tell(agency: Agency, data: EventData, by: Account | None, at: dt.datetime) -> None:
    append(data, agency_code=agency.code, object_kind=OBJECT_KIND, object_key=agency.code, by=by, at=at)
