"""What the components take: small frozen records, so that a page cannot hand over half of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from gongkai.rules.calendar import Calendar
from gongkai.rules.errors import DayOutOfRange

YELLOW_DAYS = 3  # working days before the end from which a limit is yellow; no law sets it


@dataclass(frozen=True)
class Crumb:
    """One step of a breadcrumb; the last one is the page itself and needs no address."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Action:
    """A link that leads to an act; `primary` for the one thing most people come for."""

    label: str
    url: str
    primary: bool = False


@dataclass(frozen=True)
class MetaRow:
    """A fact of a record; `wide` takes the full row."""

    label: str
    value: Any
    wide: bool = False
    url: str = ""


@dataclass(frozen=True)
class Bar:
    """A bar with its number; `share` is its length, 0 to 100."""

    label: str
    value: int | Decimal
    share: int
    url: str = ""


def bars(rows: Iterable[tuple[str, int | Decimal] | tuple[str, int | Decimal, str]]) -> list[Bar]:
    """Bars from (label, value) or (label, value, address), the longest as long as the largest value.

    A value above zero is never drawn shorter than 1, so that it can be seen; a negative one raises `ValueError`.
    """
    taken = [(row[0], row[1], row[2] if len(row) == 3 else "") for row in rows]
    if any(value < 0 for _label, value, _url in taken):
        raise ValueError("a bar cannot be shorter than nothing")
    largest = max((value for _label, value, _url in taken), default=0)
    return [Bar(label, value, max(1, round(100 * value / largest)) if value else 0, url) for label, value, url in taken]


@dataclass(frozen=True)
class Due:
    """How a limit stands: the day, what is left in words, and the tone that underlines the words."""

    on: dt.date
    words: str
    tone: str


def due(on: dt.date, today: dt.date, calendar: Calendar | None = None) -> Due:
    """Say how many working days are left until a day, itself included: green, yellow from three on, red when over.

    Beyond the working calendar only the day is named.
    """
    calendar = calendar or Calendar.standard()
    try:
        left = calendar.count_working_days(today, on)
    except DayOutOfRange:
        return Due(on, _("%(month)d月%(day)d日到期") % {"month": on.month, "day": on.day}, "late" if on < today else "")
    if on < today:
        said = _("逾期%(count)d个工作日") % {"count": -left} if left else _("已过期限")
        return Due(on, said, "late")
    if on == today:
        return Due(on, _("今天到期"), "soon")
    said = _("还有%(count)d个工作日") % {"count": left} if left else _("期限内已没有工作日")
    return Due(on, said, "ok" if left > YELLOW_DAYS else "soon")


@dataclass(frozen=True)
class PageLink:
    """A page number; without address it stands for those left out."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class PageLinks:
    """The links between the pages of a list and the sentence that counts."""

    summary: str
    links: Sequence[PageLink] = field(default_factory=tuple)
    previous: str = ""
    next: str = ""


def counted(count: int | str) -> str:
    """How every list and page says how many there are: a space on both sides of a number within Chinese text."""
    return _("共 %(count)s 条") % {"count": count}


def page_links(page: Page[Any], address: Callable[[int], str]) -> PageLinks:
    """Links for a page of a list; `address` gives the address of a page number. No links where one page is all."""
    paginator: Paginator[Any] = page.paginator
    if paginator.num_pages == 1 or not paginator.count:
        return PageLinks(counted(paginator.count))
    summary = _("第 %(first)s 至 %(last)s 条，%(counted)s") % {
        "first": page.start_index(),
        "last": page.end_index(),
        "counted": counted(paginator.count),
    }
    links = [
        PageLink(str(number), address(number), number == page.number)
        if isinstance(number, int)
        else PageLink(str(number), "")
        for number in paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    ]
    return PageLinks(
        summary,
        links,
        previous=address(page.previous_page_number()) if page.has_previous() else "",
        next=address(page.next_page_number()) if page.has_next() else "",
    )
