"""What happens to a year of an agency."""

from dataclasses import dataclass

from gongkai.audit.events import EventData, event


@event("periods.opened", "开始登记{year}年度")
@dataclass(frozen=True)
class PeriodOpened(EventData):
    """A reporting year was opened."""

    year: int


@event("periods.nothing_confirmed", "确认{year}年度「{label}」无事项")
@dataclass(frozen=True)
class NothingConfirmed(EventData):
    """An officer confirmed that a register is empty for the year."""

    year: int
    register: str
    label: str
