"""Which records belong to a year: conditions over their days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db.models import Q

Window = Callable[[int], Q]


def in_year(*fields: str) -> Window:
    """Records with one of these days between 1 January and 31 December of a year."""

    def window(year: int) -> Q:
        found = Q()
        for field in fields:
            found |= Q(**{f"{field}__range": (dt.date(year, 1, 1), dt.date(year, 12, 31))})
        return found

    return window


def within(first: str, last: str) -> Window:
    """Records that began by the end of a year and had not ended before it: in being, or pending, at some day of it."""

    def window(year: int) -> Q:
        begun = Q(**{f"{first}__lte": dt.date(year, 12, 31)})
        return begun & (Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": dt.date(year, 1, 1)}))

    return window
