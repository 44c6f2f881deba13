"""Entries for the index, with what a test does not care about filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import connection

from gongkai.search.index import Entry, Page, ScopeName

DAY = dt.date(2017, 6, 1)


def entry(
    key: str,
    text: str = "",
    *,
    title: str = "标题",
    scope: ScopeName = "public",
    agency_code: str = "zjj",
    on: dt.date | None = DAY,
    columns: Sequence[str] = (),
) -> Entry:
    return Entry(
        scope=scope,
        kind="item",
        key=key,
        agency_code=agency_code,
        title=title,
        text=text,
        on=on,
        url=f"/info/{key}/",
        columns=columns,
    )


def keys(page: Page) -> list[str]:
    return [hit.key for hit in page.hits]


def words_left() -> int:
    """How many rows of words there are, whatever documents say."""
    total = 0
    with connection.cursor() as cursor:
        for table in ("search_words_public", "search_words_staff"):
            if connection.vendor == "sqlite":
                cursor.execute(f"CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', '{table}', 'instance')")
                cursor.execute("SELECT count(*) FROM temp.vocabulary")
                total += cursor.fetchone()[0]
                cursor.execute("DROP TABLE temp.vocabulary")
            else:
                cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
                total += cursor.fetchone()[0]
    return total
