"""Build the sample district in an empty database, through acts alone."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from gongkai.accounts.models import Account
from gongkai.agencies.acts import add_department, add_officer, add_post, appoint, create_agency
from gongkai.agencies.models import Agency, Department, Officer, Post
from gongkai.exchange.sample import recent, waiting
from gongkai.exchange.sample.district import (
    CHAINS,
    CITY_SERVICE,
    COLUMNS,
    CONFIRMERS,
    DEPARTMENTS,
    GOVERNMENT,
    HOUSING,
    HOUSING_CODE,
    IN_POST_FROM,
    LOADERS,
    PEOPLE,
    PRACTICES,
    Person,
)
from gongkai.exchange.sample.places import District
from gongkai.exchange.sample_workbook import SAMPLE_WORKBOOK
from gongkai.exchange.workbook import load
from gongkai.periods.models import Period
from gongkai.publishing.acts import PracticeFields, confirm_history, create_column, set_practice
from gongkai.publishing.content import OBJECT_KIND
from gongkai.publishing.models import Item
from gongkai.review.acts import define_chain
from gongkai.review.chains import PLANS

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that are read for one another


@dataclass(frozen=True)
class SampleAccount:
    """An account of the sample, with the password that was made for it."""

    username: str
    name: str
    role: str
    agency: str
    password: str


class SampleRefused(Exception):
    """The workbook of the sample year did not go through the door; the message names the faults."""


@transaction.atomic
def build(*, at: dt.datetime) -> list[SampleAccount]:
    """Build the sample district in an empty database, all or nothing; give its accounts, the housing agency's first.

    Through acts: agencies, people, columns and chains; the year 2017 by the door for workbooks; the years 2025 and
    2026 up to the day of `at`; the second officer's confirmation; and matters at every step of the chains.
    """
    government = create_agency(**_agency(GOVERNMENT), by=None, at=at)
    below = [create_agency(**_agency(facts), parent=government, by=None, at=at) for facts in (HOUSING, CITY_SERVICE)]
    agencies = {agency.code: agency for agency in (government, *below)}
    departments = {
        (code, name): add_department(agency=agencies[code], name=name, by=None, at=at)
        for code, names in DEPARTMENTS.items()
        for name in names
    }
    listed = [_add_person(person, agencies[person.agency], departments, at) for person in PEOPLE]
    columns = {
        (code, short): create_column(
            agency=agencies[code], code=short, name=name, kind=kind, position=place, by=None, at=at
        )
        for code, rows in COLUMNS.items()
        for place, (short, name, kind) in enumerate(rows, start=1)
    }
    for code, plan in CHAINS.items():
        name = str(PLANS[plan].name)
        define_chain(agency=agencies[code], object_kind=OBJECT_KIND, name=name, steps=PLANS[plan].steps, by=None, at=at)
    for code, practice in PRACTICES.items():
        set_practice(agency=agencies[code], fields=PracticeFields(**practice), by=None, at=at)
    accounts = {account.username: account for account in Account.objects.all()}
    district = District(agencies, departments, columns, accounts)
    _load_year(district, at)
    recent.bring(district, at)
    for agency in agencies.values():
        _confirm(agency, accounts[CONFIRMERS[agency.code]], at)
    waiting.leave(district, at)
    return listed


def agencies_as_json() -> list[dict[str, Any]]:
    """The sample's agencies with the years that were opened for them, the housing agency first."""
    found = list(Agency.objects.filter(is_sample=True))
    found.sort(key=lambda agency: (agency.code != HOUSING_CODE, agency.position))
    return [
        {
            "code": agency.code,
            "name": agency.name,
            "years": sorted(Period.objects.filter(agency=agency).values_list("year", flat=True)),
        }
        for agency in found
    ]


def _agency(facts: dict[str, Any]) -> dict[str, Any]:
    return {"region_code": "990101", "is_sample": True, **facts}


def _add_person(
    person: Person, agency: Agency, departments: dict[tuple[str, str], Department], at: dt.datetime
) -> SampleAccount:
    password = make_password()
    officer: Officer = add_officer(
        agency=agency,
        name=person.name,
        department=departments.get((agency.code, person.department)),
        username=person.username,
        password=password,
        by=None,
        at=at,
    )
    for role, title, names in person.posts:
        answered_for = [departments[agency.code, name] for name in names]
        post: Post = add_post(agency=agency, role=role, title=title, departments=answered_for, by=None, at=at)
        appoint(post=post, officer=officer, from_on=IN_POST_FROM, by=None, at=at)
    return SampleAccount(person.username, person.name, person.posts[0][0].value, agency.code, password)


def make_password() -> str:
    """A random password that can be read out: three groups of four."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def _load_year(district: District, at: dt.datetime) -> None:
    """Bring the sample year in through the door."""
    result = load(SAMPLE_WORKBOOK, by=district.accounts[LOADERS[HOUSING_CODE]], at=at)
    if not result.saved:
        raise SampleRefused("\n".join(fault.sentence for fault in result.faults))


def _confirm(agency: Agency, by: Account, at: dt.datetime) -> None:
    """Have what was entered confirmed by the second officer."""
    digests = {item.uid: item.published_digest for item in Item.objects.filter(agency=agency).to_confirm()}
    if digests:
        confirm_history(agency=agency, digests=digests, by=by, at=at)
