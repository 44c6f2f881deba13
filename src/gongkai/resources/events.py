"""What happens to OGI offices, reading points, staff and visits."""

from dataclasses import dataclass

from gongkai.audit.events import EventData, event


@event("resources.entered", "登记{label}「{name}」，自{from_on}起")
@dataclass(frozen=True)
class ResourceEntered(EventData):
    """An office, a reading point or a member of staff was entered."""

    label: str
    name: str
    from_on: str
    to_on: str


@event("resources.visit_entered", "登记{on}接待查阅{visitors}人")
@dataclass(frozen=True)
class VisitEntered(EventData):
    """Visitors of a reading point were entered."""

    on: str
    visitors: int
