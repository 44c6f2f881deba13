"""What happened to a limit: its start and the changes of its clock (deadlines C-09).

Exclude, restart, extend, replace, end are kept apart. Legal basis: 政府信息公开条例, Order 711, Articles 30, 33 and 35; Order 492,
Article 24.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

Day = dt.date | dt.datetime

# Without daylight saving since 1992.
CHINA = dt.timezone(dt.timedelta(hours=8))


@dataclass(frozen=True)
class Exclusion:
    """Days that do not count: those after `first` up to and with `last` (setting `exclusion_interval`).

    For a consultation `first` is the day the letter went out, `last` the day the answer came in or its limit ended.
    `setting` names the legal setting that made it a pause, if any.
    """

    first: dt.date
    last: dt.date
    why: str = ""
    setting: str = ""


@dataclass(frozen=True)
class Restart:
    """A full new limit whose day 0 is `on`; `setting` names the legal setting that made it one, if any."""

    on: dt.date
    why: str = ""
    setting: str = ""


@dataclass(frozen=True)
class Extension:
    """The one extension that the rule allows. `notice_on` is the day its notice went out, None where not asked."""

    notice_on: dt.date | None = None


@dataclass(frozen=True)
class Replacement:
    """Another due date in place of the computed one, and the day it was told, if known."""

    due_on: dt.date
    notice_on: dt.date | None = None
    why: str = ""


@dataclass(frozen=True)
class End:
    """The matter was closed on that day."""

    on: dt.date
    why: str = ""


Change = Exclusion | Restart | Extension | Replacement | End


@dataclass(frozen=True)
class Facts:
    """What happened: the day (for hours: the instant, local time) of the event, and the changes in any order.

    An instant with a time zone is turned into local time, so that its day is the day in China.
    """

    start: Day
    changes: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        if isinstance(self.start, dt.datetime) and self.start.tzinfo is not None:
            object.__setattr__(self, "start", self.start.astimezone(CHINA).replace(tzinfo=None))

    def adding(self, *changes: Change | None) -> Facts:
        """Return the facts with further changes; None is left out."""
        return replace(self, changes=(*self.changes, *(each for each in changes if each is not None)))


def day_of(day: Day) -> dt.date:
    """The date of a day or of an instant."""
    return day.date() if isinstance(day, dt.datetime) else day


def iso(day: Day) -> str:
    """A day as 2025-03-03, an instant as 2025-05-01T22:30."""
    return day.isoformat(timespec="minutes") if isinstance(day, dt.datetime) else day.isoformat()


def zh(day: dt.date) -> str:
    """A day as 2025年3月3日."""
    return f"{day.year}年{day.month}月{day.day}日"
