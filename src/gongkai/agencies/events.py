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
