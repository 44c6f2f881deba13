"""What happens to a record of a register."""

from dataclasses import dataclass
from typing import Any

from gongkai.audit.events import EventData, event


@event("records.entered", "登记{label}「{name}」")
@dataclass(frozen=True)
class RecordEntered(EventData):
    """A record was entered, with these values; days as 2017-05-19, choices by their code."""

    label: str
    name: str
    values: dict[str, Any]


@event("records.completed", "补填{label}「{name}」：{said}")
@dataclass(frozen=True)
class RecordCompleted(EventData):
    """What was empty was filled in; `changes` holds the old and the new value by field, `said` tells them."""

    label: str
    name: str
    said: str
    changes: dict[str, list[Any]]


@event("records.corrected", "更正{label}「{name}」：{said}。原因：{reason}")
@dataclass(frozen=True)
class RecordCorrected(EventData):
    """A record was corrected; `changes` holds the old and the new value by field, `said` tells them."""

    label: str
    name: str
    said: str
    reason: str
    changes: dict[str, list[Any]]


@event("records.withdrawn", "撤销{label}「{name}」的登记，此后不再计数。原因：{reason}")
@dataclass(frozen=True)
class RecordWithdrawn(EventData):
    """A record was withdrawn as a mistake; it no longer counts."""

    label: str
    name: str
    reason: str
