"""The term for which a list is shown (公示期): its last day, and a copy without what it says of persons."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from gongkai.documents import Document, read
from gongkai.documents import Refusal as Unreadable
from gongkai.publishing.models import DayUnit, Item
from gongkai.publishing.text import clean, to_plain
from gongkai.rules.calendar import Calendar
from gongkai.rules.errors import DayOutOfRange
from gongkai.screening import DEFAULT, NotMasked, Severity, mask, safe_text, screen

# After a term names go as well: the list was public for the sake of objections, and those are over.
MASKING = replace(DEFAULT, masking=replace(DEFAULT.masking, names=True))
_OPEN, _CLOSE = "<body>", "</body>"
_COVERED = re.compile(r"\*+")
_NAME = re.compile("[一-鿿·]{2,8}")


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
    """A text without what it said of persons; `why_not` says why there is none, and is then the only thing said.

    `names` are the names that were covered in it: they may stand nowhere else.
    """

    body: str = ""
    why_not: str = ""
    names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class MaskedFile:
    """What becomes of an attachment: a masked copy with the text that is read in it, or why it is taken away."""

    sha256: str
    data: bytes = b""
    text: str = ""
    why_away: str = ""
    names: frozenset[str] = frozenset()


def masked(title: str, body: str, files: Sequence[MaskedFile] = ()) -> Masked:
    """A masked copy of a title and a clean HTML text, if it can be shown that nothing personal is left in it.

    Names in running text have no mark of their own: where nothing was found to cover, it is only shown by a list among
    the attachments, of which the names were covered and none stands in the text.
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
    before, after = to_plain(body), to_plain(covered)
    if after == before and not any(file.names for file in files):
        return Masked(why_not="正文里没有找到可以遮盖的个人信息，不能证明其中没有")
    again = read(covered.encode(), name="text.html")
    if isinstance(again, Unreadable) or _tells(again):
        return Masked(why_not="遮盖之后仍有个人信息")
    names = _covered_names(before, after).union(*(file.names for file in files))
    if _stand_in(names, f"{title}\n{after}"):
        return Masked(why_not="名单里的姓名在名称或者正文的其他地方还有")
    return Masked(body=covered, names=names)


def masked_file(sha256: str, name: str, data: bytes) -> MaskedFile:
    """What becomes of an attachment after a term. It is taken away unless something in it was covered and nothing
    personal is found in the copy."""
    document = read(data, name=name)
    if isinstance(document, Unreadable):
        return MaskedFile(sha256, why_away="附件没有读成，不能证明其中没有个人信息")
    try:
        copy = mask(data, document, MASKING)
    except NotMasked:
        return MaskedFile(sha256, why_away="附件不能可靠遮盖")
    again = read(copy, name=name)
    if isinstance(again, Unreadable) or _tells(again) or safe_text(name) != name:
        return MaskedFile(sha256, why_away="遮盖之后附件里仍有个人信息")
    before, after = document.text(), again.text()
    if before == after:
        return MaskedFile(sha256, why_away="附件里没有找到可以遮盖的个人信息，不能证明其中没有")
    return MaskedFile(sha256, copy, after, names=_covered_names(before, after))


def without_names(file: MaskedFile, name: str, names: Collection[str]) -> MaskedFile:
    """The same, but taken away when a name that was covered elsewhere still stands in its copy or its own name."""
    if file.why_away or not _stand_in(names, f"{name}\n{file.text}"):
        return file
    return MaskedFile(file.sha256, why_away="名单里的姓名在附件的其他地方还有")


def _tells(document: Document) -> bool:
    """Whether anything personal is found in a copy."""
    found = screen(document, settings=MASKING)
    return any(finding.severity in (Severity.BLOCK, Severity.WARN) for finding in found)


def _covered_names(before: str, after: str) -> frozenset[str]:
    """The Chinese names of which all but the first character was covered. Covering keeps every character's place."""
    names: set[str] = set()
    for was, now in zip(before.splitlines(), after.splitlines(), strict=False):
        if len(was) == len(now):
            names |= {was[found.start() - 1 : found.end()] for found in _COVERED.finditer(now) if found.start() > 0}
    return frozenset(name for name in names if _NAME.fullmatch(name))


def _stand_in(names: Collection[str], text: str) -> bool:
    return any(name in text for name in names)
