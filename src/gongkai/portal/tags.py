"""The page tags by which inspections of government websites read a page (SiteName, ColumnName, ArticleTitle, …)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from gongkai.portal.content import Content
from gongkai.publishing.models import Item

Tags = list[tuple[str, str]]


def column(name: str, kind: str, description: str = "", keywords: Sequence[str] = ()) -> Tags:
    """The tags of a column: its name, what it is for, and its type in plain words (政策文件, 通知公告, …)."""
    return [
        ("ColumnName", name),
        ("ColumnDescription", description or name),
        ("ColumnKeywords", ",".join(keywords or (name,))),
        ("ColumnType", kind),
    ]


def article(item: Item, content: Content, url: str, keywords: Sequence[str]) -> Tags:
    """The tags of an item. The source is the agency; the author, where known, the department that drafted it."""
    tags = [
        ("ArticleTitle", content.title),
        ("PubDate", public_minute(item)),
        ("ContentSource", item.agency.name),
        ("Keywords", ",".join(keywords)),
        ("Description", content.description or content.title),
        ("Url", url),
    ]
    if item.department:
        tags.insert(4, ("Author", item.department.name))
    return tags


def public_minute(item: Item) -> str:
    """When the item went public, as `YYYY-MM-DD HH:MM` in Shanghai.

    The form asks for a time of day: that of the release where it fell on the stated day, else 00:00.
    """
    if item.published_on is None:
        return ""
    released = timezone.localtime(item.released_at) if item.released_at else None
    time = released.time() if released and released.date() == item.published_on else dt.time()
    return f"{item.published_on:%Y-%m-%d} {time:%H:%M}"
