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


@event("periods.frozen", "冻结{year}年度统计数据，校验码{digest}")
@dataclass(frozen=True)
class PeriodFrozen(EventData):
    """The figures of a year were frozen; `digest` is the SHA-256 of the snapshot."""

    year: int
    digest: str


@event("periods.amendment_opened", "登记{year}年度统计数据的更正：{reason}")
@dataclass(frozen=True)
class AmendmentOpened(EventData):
    """An officer began to correct a frozen year."""

    year: int
    reason: str


@event("periods.amendment_cancelled", "取消{year}年度统计数据的更正")
@dataclass(frozen=True)
class AmendmentCancelled(EventData):
    """A correction ended without a change."""

    year: int


@event("periods.amended", "确认{year}年度统计数据的更正：{said}。校验码{digest}")
@dataclass(frozen=True)
class PeriodAmended(EventData):
    """A second officer confirmed a correction: old and new figures in words; `digest` is that of the new snapshot."""

    year: int
    said: str
    digest: str
    changes: list[list[str]]
