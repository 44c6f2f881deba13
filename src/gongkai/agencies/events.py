"""What happens to agencies, posts and officers."""

from dataclasses import dataclass

from gongkai.audit.events import EventData, event


@event("agencies.agency_created", "建立机构「{name}」")
@dataclass(frozen=True)
class AgencyCreated(EventData):
    """An agency came into the ledger."""

    name: str


@event("agencies.department_added", "设立股室「{name}」")
@dataclass(frozen=True)
class DepartmentAdded(EventData):
    """A department was added."""

    name: str


@event("agencies.officer_added", "登记人员「{name}」")
@dataclass(frozen=True)
class OfficerAdded(EventData):
    """An officer was added, with or without an account."""

    name: str
    username: str


@event("agencies.post_added", "设立岗位「{title}」")
@dataclass(frozen=True)
class PostAdded(EventData):
    """A post was added."""

    title: str
    role: str


@event("agencies.appointed", "{name}任「{title}」，自{from_on}起")
@dataclass(frozen=True)
class Appointed(EventData):
    """An officer came to hold a post."""

    name: str
    title: str
    from_on: str
    to_on: str


@event("agencies.deputy_appointed", "外出授权：{name}自{from_on}至{to_on}代{principal}任「{title}」")
@dataclass(frozen=True)
class DeputyAppointed(EventData):
    """An officer came to stand in for the holder of a post."""

    name: str
    title: str
    principal: str
    from_on: str
    to_on: str


@event("agencies.officers_joined", "登记「{name}」与「{other}」为同一人")
@dataclass(frozen=True)
class OfficersJoined(EventData):
    """Two records were found to be one natural person."""

    name: str
    other: str


@event("agencies.officers_parted", "登记「{name}」不再与他人为同一人")
@dataclass(frozen=True)
class OfficersParted(EventData):
    """A record was found not to be the same person as others."""

    name: str


@event("agencies.appointment_ended", "{name}不再任「{title}」，至{to_on}止")
@dataclass(frozen=True)
class AppointmentEnded(EventData):
    """An officer ceases to hold a post."""

    name: str
    title: str
    to_on: str


@event("agencies.amended", "修改{label}「{name}」：{said}")
@dataclass(frozen=True)
class Amended(EventData):
    """An agency, department, officer or post was changed; `changes` holds old and new by field."""

    label: str
    name: str
    said: str
    changes: dict[str, list[str]]


@event("agencies.account_opened", "为{name}开通账号「{username}」")
@dataclass(frozen=True)
class AccountOpened(EventData):
    """An officer got an account."""

    name: str
    username: str


@event("agencies.password_set", "重设{name}的密码")
@dataclass(frozen=True)
class PasswordSet(EventData):
    """An officer's account got a new password."""

    name: str


@event("agencies.password_changed", "{name}修改了自己的密码")
@dataclass(frozen=True)
class PasswordChanged(EventData):
    """An officer set another password for the own account."""

    name: str


@event("agencies.account_closed", "停用{name}的账号")
@dataclass(frozen=True)
class AccountClosed(EventData):
    """An officer's account was closed."""

    name: str


@event("agencies.account_reopened", "恢复{name}的账号")
@dataclass(frozen=True)
class AccountReopened(EventData):
    """A closed account was opened again."""

    name: str
