"""The term for which a list is shown (公示期): its last day, and a copy without what it says of persons."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from gongkai.documents import Refusal as Unreadable
from gongkai.documents import read
from gongkai.publishing.models import DayUnit, Item
from gongkai.publishing.text import clean, to_plain
from gongkai.rules.calendar import Calendar
from gongkai.rules.errors import DayOutOfRange
from gongkai.screening import DEFAULT, NotMasked, Severity, mask, safe_text, screen

# After a term names go as well: the list was public for the sake of objections, and those are over.
MASKING = replace(DEFAULT, masking=replace(DEFAULT.masking, names=True))
_OPEN, _CLOSE = "<body>", "</body>"


def last_day(begins_on: dt.date, days: int, unit: str, calendar: Calendar | None = None) -> dt.date:
    """The last day of a term that begins on the day of publication, which is not counted.

    Legal basis: 民法典 arts. 201 and 203: a term in days whose last day is a day off ends on the next working day.
    Beyond the calendar the days are counted as they are.
    """
    calendar = calendar or Calendar.standard()
    try:
        if unit == DayUnit.WORKING:
            return calendar.add_working_days(begins_on, days)
        return calendar.working_day_from(begins_on + dt.timedelta(days=days))
    except DayOutOfRange:
        return begins_on + dt.timedelta(days=days)


def begin_term(item: Item) -> None:
    """Give an item that is just being published the last day of its publicity term, if it has one; nothing is saved."""
    if item.publicity_days and item.published_on:
        item.publicity_until = last_day(item.published_on, item.publicity_days, item.publicity_unit)


def working_days_left(until: dt.date, today: dt.date) -> int | None:
    """Working days from tomorrow to the last day of a term, 0 on that day; None beyond the calendar."""
    try:
        return Calendar.standard().count_working_days(today, until)
    except DayOutOfRange:
        return None


def working_days_between(policy: Item, interpretation: Item) -> int | None:
    """Working days from the first public day of a policy to that of its interpretation; None before either is public,
    where the interpretation came first, and beyond the calendar."""
    first, second = policy.published_on, interpretation.published_on
    if first is None or second is None or second < first:
        return None
    return working_days_left(second, first)


@dataclass(frozen=True)
class Masked:
    """A text without what it said of persons; `why_not` says why there is none, and is then the only thing said."""

    body: str = ""
    why_not: str = ""


def masked(title: str, body: str) -> Masked:
    """A masked copy of a title and a clean HTML text, if it can be shown that nothing personal is left in it.

    Where nothing was found to cover, that cannot be shown: names in running text have no mark of their own.
    """
    if safe_text(title) != title:
        return Masked(why_not="名称里有个人信息，不能遮盖")
    source = f"<!DOCTYPE html><html><head><meta charset='utf-8'></head>{_OPEN}{body}{_CLOSE}</html>".encode()
    document = read(source, name="text.html")
    if isinstance(document, Unreadable):
        return Masked(why_not="正文没有读成")
    try:
        copy = mask(source, document, MASKING).decode("utf-8")
    except NotMasked:
        return Masked(why_not="正文不能可靠遮盖")
    _before, _tag, rest = copy.partition(_OPEN)
    covered = clean(rest.partition(_CLOSE)[0] if rest else copy)
    if to_plain(covered) == to_plain(body):
        return Masked(why_not="正文里没有找到可以遮盖的个人信息，不能证明其中没有")
    again = read(covered.encode(), name="text.html")
    if isinstance(again, Unreadable) or any(
        finding.severity in (Severity.BLOCK, Severity.WARN) for finding in screen(again, settings=MASKING)
    ):
        return Masked(why_not="遮盖之后仍有个人信息")
    return Masked(body=covered)
