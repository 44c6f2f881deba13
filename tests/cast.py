"""The cast of the tests: an agency with one officer per role, an agency above it, and an officer of another agency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongkai.accounts.models import Account
from gongkai.agencies import acts
from gongkai.agencies.models import Agency, AgencyKind, Department, Officer, Role

ENTERED_AT = dt.datetime(2017, 1, 3, 1, 0, tzinfo=dt.UTC)  # Tuesday 09:00 in Shanghai, the year's first working day
APPOINTED_ON = dt.date(2017, 1, 1)
PASSWORD = "cast-of-2017-sample"

# Role, invented name, title of the post. The supervisor works for the agency above.
PEOPLE = (
    (Role.CONTRIBUTOR, "示例甲", "住房保障股信息员"),
    (Role.DEPARTMENT_HEAD, "示例乙", "住房保障股股长"),
    (Role.OFFICE, "示例丙", "办公室主任"),
    (Role.LEADER_IN_CHARGE, "示例丁", "副主任"),
    (Role.HEAD, "示例戊", "主任"),
    (Role.RELEASER, "示例己", "信息中心发布员"),
    (Role.REQUEST_OFFICER, "示例庚", "依申请公开经办人"),
    (Role.ENQUIRY_OFFICER, "示例辛", "来信来电经办人"),
    (Role.AUDITOR, "示例壬", "审计员"),
    (Role.SYSTEM_ADMINISTRATOR, "示例癸", "系统管理员"),
)


@dataclass(frozen=True)
class Cast:
    """The people and agencies; `officers` and `accounts` are by role code."""

    government: Agency
    agency: Agency
    departments: Sequence[Department]
    officers: Mapping[str, Officer]
    accounts: Mapping[str, Account]
    other_agency: Agency
    stranger: Account

    @property
    def contributor(self) -> Account:
        """Writes drafts in the first department."""
        return self.accounts[Role.CONTRIBUTOR]

    @property
    def department_head(self) -> Account:
        """Heads the first department."""
        return self.accounts[Role.DEPARTMENT_HEAD]

    @property
    def office(self) -> Account:
        """Edits and reviews."""
        return self.accounts[Role.OFFICE]

    @property
    def leader_in_charge(self) -> Account:
        """Leads both departments."""
        return self.accounts[Role.LEADER_IN_CHARGE]

    @property
    def head(self) -> Account:
        """Signs for the agency."""
        return self.accounts[Role.HEAD]

    @property
    def releaser(self) -> Account:
        """Puts what was signed before the public."""
        return self.accounts[Role.RELEASER]

    @property
    def request_officer(self) -> Account:
        """Handles requests."""
        return self.accounts[Role.REQUEST_OFFICER]

    @property
    def enquiry_officer(self) -> Account:
        """Handles enquiries."""
        return self.accounts[Role.ENQUIRY_OFFICER]

    @property
    def auditor(self) -> Account:
        """Reads, changes nothing."""
        return self.accounts[Role.AUDITOR]

    @property
    def supervisor(self) -> Account:
        """Holds a post in the government above and supervises what is below it."""
        return self.accounts[Role.SUPERVISOR]

    @property
    def system_administrator(self) -> Account:
        """Keeps accounts and posts, sees no contents."""
        return self.accounts[Role.SYSTEM_ADMINISTRATOR]


def make_cast() -> Cast:
    """Build the cast through acts, as the operator at the command line would."""
    government = make_agency("sample-district", "示例区人民政府", AgencyKind.GOVERNMENT)
    agency = make_agency("sample-housing", "示例区住房服务中心", AgencyKind.INSTITUTION, parent=government)
    other_agency = make_agency("sample-water", "示例区水务局", AgencyKind.DEPARTMENT, parent=government)
    departments = tuple(
        acts.add_department(agency=agency, name=name, by=None, at=ENTERED_AT) for name in ("住房保障股", "物业管理股")
    )
    officers = {}
    for role, name, title in PEOPLE:
        own = departments[:1] if role in (Role.CONTRIBUTOR, Role.DEPARTMENT_HEAD) else ()
        officers[str(role)] = make_officer(agency, role, name, title, own)
    officers[str(Role.SUPERVISOR)] = make_officer(government, Role.SUPERVISOR, "示例子", "政务公开办公室监督员")
    stranger = make_officer(other_agency, Role.OFFICE, "示例丑", "办公室主任")
    return Cast(
        government=government,
        agency=agency,
        departments=departments,
        officers=officers,
        accounts={role: account_of(officer) for role, officer in officers.items()},
        other_agency=other_agency,
        stranger=account_of(stranger),
    )


def make_agency(code: str, name: str, kind: str, *, parent: Agency | None = None) -> Agency:
    """Put an invented agency into the ledger."""
    return acts.create_agency(
        code=code, name=name, short_name=name, kind=kind, parent=parent, is_sample=True, by=None, at=ENTERED_AT
    )


def make_officer(agency: Agency, role: str, name: str, title: str, departments: Sequence[Department] = ()) -> Officer:
    """Add an officer with an account named `<agency>-<role>` and appoint them to a post of the role."""
    officer = acts.add_officer(
        agency=agency,
        name=name,
        department=departments[0] if departments else None,
        username=f"{agency.code}-{role}",
        password=PASSWORD,
        by=None,
        at=ENTERED_AT,
    )
    post = acts.add_post(agency=agency, role=role, title=title, departments=departments, by=None, at=ENTERED_AT)
    acts.appoint(post=post, officer=officer, from_on=APPOINTED_ON, by=None, at=ENTERED_AT)
    return officer


def account_of(officer: Officer) -> Account:
    """The account that was opened with the officer."""
    if officer.account is None:
        raise LookupError(f"{officer} has no account")
    return officer.account
