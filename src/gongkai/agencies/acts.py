"""Set up agencies, departments, posts and officers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import models, transaction

from gongkai.accounts.models import Account
from gongkai.accounts.sign_in import end_sessions, forget_failures
from gongkai.agencies import events
from gongkai.agencies.models import Agency, Department, Officer, Post, PostHolding
from gongkai.agencies.permissions import (
    person_of,
    refusals_to_administer,
    refusals_to_remove_administrator,
    today,
)
from gongkai.agencies.public_words import refusals_of_public_words
from gongkai.audit.acts import append
from gongkai.audit.events import EventData
from gongkai.rules.refusals import ActRefused, Refusal, require

OBJECT_KIND = "agencies.agency"
BRIEF = 40
AMENDABLE: dict[type[models.Model], tuple[str, ...]] = {
    Agency: (
        "name",
        "short_name",
        "kind",
        "credit_code",
        "region_code",
        "document_code",
        "address",
        "office_hours",
        "telephone",
        "email",
        "duties",
        "guide",
        "position",
        "from_on",
        "to_on",
    ),
    Department: ("name", "position"),
    Officer: ("name", "department"),
    Post: ("title", "departments"),
}
PUBLIC: dict[type[models.Model], tuple[str, ...]] = {
    Agency: ("name", "short_name", "document_code", "address", "office_hours", "telephone", "email", "duties", "guide"),
    Department: ("name",),
}
"""What public pages show of a record as soon as it is saved."""


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
    require(_refusals_of_words(agency, PUBLIC[Agency]))
    _save(agency)
    _tell(agency, events.AgencyCreated(name=name), by, at)
    return agency


@transaction.atomic
def add_department(*, agency: Agency, name: str, by: Account | None, at: dt.datetime) -> Department:
    """Add a department to an agency."""
    require(refusals_to_administer(by, agency))
    department = Department(agency=agency, name=name, position=agency.departments.count() + 1)
    require(_refusals_of_words(department, PUBLIC[Department]))
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
    username = Account.normalize_username(username) if username else username
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
    """Let an officer hold a post from a day on (to a day, included).

    An administrator, who reads no contents, gives no post to the person that it is.
    """
    refusals = refusals_to_administer(by, post.agency) or _refusals_of_oneself(officer, by)
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


@transaction.atomic
def deputise(
    *,
    holding: PostHolding,
    officer: Officer,
    from_on: dt.date,
    to_on: dt.date,
    by: Account | None,
    at: dt.datetime,
) -> PostHolding:
    """Let an officer stand in for the holder of a post from a day to a day, both included (外出授权).

    What the deputy says is printed as said for the holder; who must be different persons is asked of the deputy.
    """
    agency = holding.post.agency
    refusals = refusals_to_administer(by, agency) or _refusals_of_oneself(officer, by)
    if officer.agency_id != agency.pk:
        refusals.append(Refusal("foreign_officer", "只能授权本机构的人员。"))
    if officer.person == holding.officer.person:
        refusals.append(Refusal("own_deputy", "不能授权给本人。"))
    if holding.deputises_for_id is not None:
        refusals.append(Refusal("deputy_of_deputy", "代行职务的人不能再授权他人，请由任该岗位的人授权。"))
    if to_on < from_on:
        refusals.append(Refusal("ends_before_start", "授权的止日不能早于起日。"))
    elif from_on < holding.from_on or (holding.to_on is not None and to_on > holding.to_on):
        refusals.append(
            Refusal("not_in_post", f"{holding.officer.name}在授权的日期里没有全程任「{holding.post.title}」。")
        )
    require(refusals)
    made = PostHolding.objects.create(
        post=holding.post, officer=officer, from_on=from_on, to_on=to_on, deputises_for=holding.officer
    )
    told = events.DeputyAppointed(
        name=officer.name,
        title=holding.post.title,
        principal=holding.officer.name,
        from_on=from_on.isoformat(),
        to_on=to_on.isoformat(),
    )
    _tell(agency, told, by, at)
    return made


@transaction.atomic
def join_officers(*, officer: Officer, other: Officer, by: Account | None, at: dt.datetime) -> None:
    """Record that two officers are one natural person: they count as one wherever persons must differ."""
    refusals = refusals_to_administer(by, officer.agency) or refusals_to_administer(by, other.agency)
    if officer.person == other.person:
        refusals = [*refusals, Refusal("same_already", "这两条记录已经登记为同一人。")]
    require(refusals)
    ours = models.Q(pk=officer.person) | models.Q(same_person_as=officer.person)
    Officer.objects.filter(ours).update(same_person_as=other.person)
    _tell(officer.agency, events.OfficersJoined(name=officer.name, other=other.name), by, at)


@transaction.atomic
def part_officer(*, officer: Officer, by: Account | None, at: dt.datetime) -> None:
    """Record that an officer is nobody else after all; the others stay one person."""
    refusals = refusals_to_administer(by, officer.agency) or _refusals_of_oneself(officer, by)
    others = Officer.objects.filter(same_person_as=officer.person).exclude(pk=officer.pk).order_by("pk")
    first = others.first()
    if officer.same_person_as_id is None and first is None:
        refusals.append(Refusal("nobody_else", f"{officer.name}没有登记过同一人。"))
    require(refusals)
    if officer.same_person_as_id is not None:
        Officer.objects.filter(pk=officer.pk).update(same_person_as=None)
    elif first is not None:
        others.update(same_person_as=first)
        Officer.objects.filter(pk=first.pk).update(same_person_as=None)
    _tell(officer.agency, events.OfficersParted(name=officer.name), by, at)


@transaction.atomic
def end_appointment(*, holding: PostHolding, to_on: dt.date, by: Account | None, at: dt.datetime) -> PostHolding:
    """Let a holding end on a day, included. Refused for the last system administrator of an agency."""
    holding = PostHolding.objects.select_related("post__agency", "officer").get(pk=holding.pk)
    refusals = refusals_to_administer(by, holding.post.agency)
    if to_on < holding.from_on:
        refusals.append(Refusal("ends_before_start", "任职的止日不能早于起日。"))
    require(refusals + refusals_to_remove_administrator(PostHolding.objects.filter(pk=holding.pk), to_on))
    holding.to_on = to_on
    holding.save(update_fields=["to_on"])
    data = events.AppointmentEnded(name=holding.officer.name, title=holding.post.title, to_on=to_on.isoformat())
    _tell(holding.post.agency, data, by, at)
    return holding


@transaction.atomic
def amend(
    *,
    record: Agency | Department | Officer | Post,
    values: Mapping[str, Any],
    by: Account | None,
    at: dt.datetime,
) -> None:
    """Change fields of an agency, department, officer or post that may change; codes, roles and parents may not.

    Raises `ActRefused` also for values that the model refuses, `ValueError` for a field that may not change.
    """
    agency = record if isinstance(record, Agency) else record.agency
    fields = AMENDABLE[type(record)]
    if set(values) - set(fields):
        raise ValueError(f"only {fields} may change")
    refusals = refusals_to_administer(by, agency)
    departments = values.get("departments", [values["department"]] if values.get("department") else [])
    if any(department.agency_id != agency.pk for department in departments):
        refusals.append(Refusal("foreign_department", "只能选择本机构的股室。"))
    require(refusals)
    fresh = type(record)._default_manager.get(pk=record.pk)
    before = _shown(fresh, fields)
    plain = {name: value for name, value in values.items() if name != "departments"}
    changed = [name for name in PUBLIC.get(type(fresh), ()) if name in plain and plain[name] != getattr(fresh, name)]
    for name, value in plain.items():
        setattr(fresh, name, value)
    require(_refusals_of_words(fresh, changed))
    _save(fresh)
    if isinstance(fresh, Post) and "departments" in values:
        fresh.departments.set(values["departments"])
    after = _shown(fresh, fields)
    changes = {name: [before[name], after[name]] for name in fields if before[name] != after[name]}
    if changes:
        titles = {field.name: str(field.verbose_name) for field in (*fresh._meta.fields, *fresh._meta.many_to_many)}
        said = "；".join(
            f"{titles[name]}由「{_brief(old)}」改为「{_brief(new)}」" for name, (old, new) in changes.items()
        )
        label = str(fresh._meta.verbose_name)
        _tell(agency, events.Amended(label=label, name=str(fresh), said=said, changes=changes), by, at)


@transaction.atomic
def open_account(*, officer: Officer, username: str, password: str, by: Account | None, at: dt.datetime) -> Account:
    """Open an account for an officer who has none; whoever got the password changes it at the first sign-in."""
    officer = Officer.objects.select_for_update().get(pk=officer.pk)
    username = Account.normalize_username(username.strip())
    refusals = refusals_to_administer(by, officer.agency)
    refusals += _refusals_of_password(password, Account(username=username, name=officer.name))
    if officer.account_id is not None:
        refusals.append(Refusal("has_account", f"{officer.name}已有账号。"))
    if not username:
        refusals.append(Refusal("username_missing", "请填写用户名。"))
    elif Account.objects.filter(username=username).exists():
        refusals.append(Refusal("username_taken", f"用户名「{username}」已有人使用，请换一个。"))
    require(refusals)
    account = Account.objects.create_account(username=username, name=officer.name, password=password)
    account.must_change_password = True
    account.save(update_fields=["must_change_password"])
    officer.account = account
    officer.save(update_fields=["account"])
    _tell(officer.agency, events.AccountOpened(name=officer.name, username=account.username), by, at)
    return account


@transaction.atomic
def set_password(*, officer: Officer, password: str, by: Account | None, at: dt.datetime) -> None:
    """Give an officer's account a new password; sign-ins with the old one end.

    It opens the page for another password and nothing else, so that nobody acts under the officer's name unnoticed:
    who did that first has changed it, and the officer can no longer sign in.
    """
    account = _account_of(officer, by, _refusals_of_password(password, officer.account))
    account.set_password(password)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    forget_failures(account.username)
    _tell(officer.agency, events.PasswordSet(name=officer.name), by, at)


@transaction.atomic
def change_password(*, old: str, password: str, by: Account, at: dt.datetime) -> Account:
    """Set one's own password, knowing the old one; sign-ins with the old one end."""
    account = Account.objects.select_for_update(of=("self",)).select_related("officer__agency").get(pk=by.pk)
    refusals = _refusals_of_password(password, account)
    if not account.check_password(old):
        refusals = [Refusal("wrong_password", "原密码不对，请重新输入。")]
    elif old == password:
        refusals.append(Refusal("same_password", "新密码和原密码一样，请换一个。"))
    require(refusals)
    account.set_password(password)
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password"])
    officer = getattr(account, "officer", None)
    if officer is not None:
        _tell(officer.agency, events.PasswordChanged(name=officer.name), account, at)
    return account


@transaction.atomic
def close_account(*, officer: Officer, by: Account | None, at: dt.datetime) -> None:
    """Close an officer's account: from now on nobody signs in with it, and its sign-ins end. Refused for the last system administrator."""
    holdings = PostHolding.objects.on(today()).filter(officer=officer)
    account = _account_of(officer, by, refusals_to_remove_administrator(holdings, today()))
    account.is_active = False
    account.save(update_fields=["is_active"])
    end_sessions(account, at)
    _tell(officer.agency, events.AccountClosed(name=officer.name), by, at)


@transaction.atomic
def reopen_account(*, officer: Officer, by: Account | None, at: dt.datetime) -> None:
    """Open a closed account again."""
    account = _account_of(officer, by, [])
    account.is_active = True
    account.save(update_fields=["is_active"])
    _tell(officer.agency, events.AccountReopened(name=officer.name), by, at)


def _account_of(officer: Officer, by: Account | None, refusals: list[Refusal]) -> Account:
    """The account of an officer, once nothing speaks against changing it."""
    refusals = refusals_to_administer(by, officer.agency) + refusals
    account = Account.objects.select_for_update().filter(officer=officer).first()
    if account is None:
        refusals.append(Refusal("no_account", f"{officer.name}还没有账号。"))
    require(refusals)
    return cast("Account", account)


def _refusals_of_oneself(officer: Officer, by: Account | None) -> list[Refusal]:
    """Why an administrator may not do this to the record of the person that it is."""
    if by is None or person_of(by) != officer.person:
        return []
    return [Refusal("own_record", "系统管理员不能给自己安排岗位或者拆分自己的记录，请由本机构另一位系统管理员办理。")]


def _refusals_of_password(password: str, account: Account | None) -> list[Refusal]:
    """Why a password is too weak for an account, in the sentences of Django's validators."""
    try:
        validate_password(password, account)
    except ValidationError as error:
        return [Refusal("weak_password", sentence) for sentence in error.messages]
    return []


def _refusals_of_words(record: models.Model, names: Sequence[str]) -> list[Refusal]:
    """Why these fields of a record may not be shown to everyone."""
    titles = {name: str(record._meta.get_field(name).verbose_name) for name in names}  # type: ignore[union-attr]
    return refusals_of_public_words({name: str(getattr(record, name)) for name in names}, titles)


def _shown(record: models.Model, fields: Sequence[str]) -> dict[str, str]:
    """The values of fields as a sentence names them."""
    shown = {}
    for name in fields:
        value = getattr(record, name)
        if name == "departments":
            shown[name] = "、".join(department.name for department in value.all())
        else:
            label = getattr(record, f"get_{name}_display", None)
            shown[name] = str(label() if label else "" if value is None else value)
    return shown


def _brief(text: str) -> str:
    """A value in a sentence: a long text by its beginning."""
    return "空" if not text else text if len(text) <= BRIEF else f"{text[:BRIEF]}…"


def _save(record: models.Model) -> None:
    """Save a record that its model accepts; raise `ActRefused` with the model's sentences otherwise."""
    try:
        record.full_clean()
    except ValidationError as error:
        raise ActRefused([Refusal("invalid", sentence) for sentence in error.messages]) from error
    record.save()


def _tell(agency: Agency, data: EventData, by: Account | None, at: dt.datetime) -> None:
    append(data, agency_code=agency.code, object_kind=OBJECT_KIND, object_key=agency.code, by=by, at=at)
