"""What the public reads of an item: the frozen copy that was approved and released, never an edit in progress."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gongkai.files.types import extension_of, type_of
from gongkai.publishing import text
from gongkai.publishing.models import DisclosureAttribute, Item
from gongkai.review.content import Content as FrozenContent
from gongkai.review.content import read_copies

log = logging.getLogger(__name__)

DESCRIPTION_LENGTH = 100  # characters of the page tag Description (内容概述, a local rule: up to 100)


class NotReleased(Exception):
    """What was released of an item cannot be shown: its copy is missing, changed or not for proactive disclosure.

    What the row says now was approved by nobody and is not shown instead.
    """


@dataclass(frozen=True)
class File:
    """An attachment as released: the name it goes by, its hash and its size in bytes."""

    name: str
    digest: str
    size: int

    @property
    def label(self) -> str:
        """What people call its type."""
        return type_of(extension_of(self.name)).label


@dataclass(frozen=True)
class Content:
    """Title, body and the metadata of the head table, as released. `interprets` is the uid of a policy or empty."""

    title: str
    body: str
    document_number: str
    subject_class: str
    written_on: dt.date
    interprets: str
    files: tuple[File, ...] = ()
    issuers: tuple[str, ...] = ()
    effective_on: dt.date | None = None
    valid_until: dt.date | None = None

    @property
    def html(self) -> SafeString:
        """The body as safe HTML. Acts store clean HTML; it is cleaned again because this is the public door."""
        body = text.clean(self.body if "<" in self.body else text.from_plain(self.body))
        # A wide table scrolls in a frame of its own, which the keyboard reaches (WCAG 2.1.1).
        opening = format_html('<div class="scroll" role="group" tabindex="0" aria-label="{}"><table>', _("表格"))
        return mark_safe(body.replace("<table>", opening).replace("</table>", "</table></div>"))  # noqa: S308 - cleaned

    @property
    def description(self) -> str:
        """The first characters of the text, for the page tags."""
        plain = " ".join(text.to_plain(self.body).split())
        return plain if len(plain) <= DESCRIPTION_LENGTH else plain[: DESCRIPTION_LENGTH - 1] + "…"


@dataclass(frozen=True)
class Row:
    """One line of a list: the item with the title that was released."""

    item: Item
    title: str

    @property
    def url(self) -> str:
        """The item's public address."""
        return self.item.get_absolute_url()


def content_of(item: Item) -> Content:
    """The content that is public, in one query, checked against the digest that was approved. Raises `NotReleased`."""
    copy = _released([item]).get(item.published_digest)
    if copy is None:
        raise _not_released(item)
    return read(copy)


def read(copy: FrozenContent) -> Content:
    """Title, body and the metadata of the head table of a copy."""
    metadata: dict[str, Any] = copy.metadata
    return Content(
        title=copy.title,
        body=copy.body,
        document_number=metadata["document_number"],
        subject_class=metadata["subject_class"],
        written_on=dt.date.fromisoformat(metadata["written_on"]),
        interprets=metadata["interprets"],
        files=tuple(File(file["name"], file["sha256"], int(file["size"])) for file in copy.attachments),
        issuers=tuple(metadata.get("issuers", ())),
        effective_on=_day(metadata.get("effective_on")),
        valid_until=_day(metadata.get("valid_until")),
    )


def _day(text: str | None) -> dt.date | None:
    """A day of the metadata that may be missing."""
    return dt.date.fromisoformat(text) if text else None


def rows(items: Iterable[Item]) -> list[Row]:
    """Lines for a list of items, with the titles as released, in one query; those not released are left out."""
    listed: Sequence[Item] = list(items)
    copies = _released(listed)
    found = []
    for item in listed:
        if item.published_digest in copies:
            found.append(Row(item, copies[item.published_digest].title))
        else:
            _not_released(item)
    return found


def _released(items: Sequence[Item]) -> dict[str, FrozenContent]:
    """The copies that were released for proactive disclosure and are still what was approved, by digest."""
    copies = read_copies(item.published_digest for item in items)
    return {
        digest: copy for digest, copy in copies.items() if copy.metadata["attribute"] == DisclosureAttribute.PROACTIVE
    }


def _not_released(item: Item) -> NotReleased:
    """Tell the operator that a public item cannot be shown."""
    log.error("item %s is published, but its released copy %s is not public", item.uid, item.published_digest)
    return NotReleased(str(item.uid))
