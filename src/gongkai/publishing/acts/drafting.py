"""Draft and change items."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency, Department
from gongkai.audit.acts import append
from gongkai.audit.events import EventData
from gongkai.publishing import events
from gongkai.publishing.content import OBJECT_KIND, content_of
from gongkai.publishing.models import Column, DisclosureAttribute, Genre, Item, ItemState, KeyArea
from gongkai.publishing.permissions import (
    refusals_of_days,
    refusals_to_draft,
    refusals_to_publish,
    refusals_to_revise,
)
from gongkai.publishing.text import clean
from gongkai.review import acts as review
from gongkai.review.runs import the_run
from gongkai.rules.refusals import Refusal, require
from gongkai.screening import safe_text


@dataclass(frozen=True)
class ItemFields:
    """What an officer says of an item; `body` is HTML and is cleaned when it is stored."""

    title: str
    body: str
    written_on: dt.date
    document_number: str = ""
    subject_class: str = ""
    genre: str = Genre.NOTICE
    attribute: str = DisclosureAttribute.PROACTIVE
    key_area: str = KeyArea.NONE
    is_normative: bool = False
    interprets: Item | None = None
    department: Department | None = None
    columns: tuple[Column, ...] = ()


def refusals_of_fields(fields: ItemFields, agency: Agency, at: dt.datetime) -> list[Refusal]:
    """Why these fields cannot be an item of the agency."""
    refusals = refusals_of_days(fields.written_on, None, timezone.localdate(at))
    if not fields.title.strip():
        refusals.append(Refusal("title_missing", "请写名称。", field="title"))
    if fields.department is not None and fields.department.agency_id != agency.pk:
        refusals.append(Refusal("foreign_department", "起草股室不是本机构的股室。", field="department"))
    if any(column.agency_id != agency.pk for column in fields.columns):
        refusals.append(Refusal("foreign_column", "只能选择本机构的栏目。", field="columns"))
    if fields.interprets is not None and fields.interprets.agency_id != agency.pk:
        refusals.append(Refusal("foreign_policy", "解读的文件不是本机构的信息。", field="interprets"))
    return refusals


def fill(item: Item, fields: ItemFields) -> None:
    """Put the fields into an item, without saving it and without its columns."""
    item.title = fields.title.strip()
    item.body = clean(fields.body)
    item.written_on = fields.written_on
    item.document_number = fields.document_number.strip()
    item.subject_class = fields.subject_class
    item.genre = fields.genre
    item.attribute = fields.attribute
    item.key_area = fields.key_area
    item.is_normative = fields.is_normative
    item.interprets = fields.interprets
    item.department = fields.department


@transaction.atomic
def draft_item(*, agency: Agency, fields: ItemFields, by: Account, at: dt.datetime) -> Item:
    """Begin an item."""
    require(refusals_to_draft(by, agency) + refusals_of_fields(fields, agency, at))
    item = Item(agency=agency, drafter=by, entered_at=at, state=ItemState.DRAFTED)
    fill(item, fields)
    item.save()
    item.columns.set(fields.columns)
    tell(item, events.ItemDrafted(title=safe_text(item.title)), by, at)
    return item


@transaction.atomic
def revise_item(*, item: Item, digest: str, fields: ItemFields, by: Account, at: dt.datetime) -> Item:
    """Change a draft, or content in review by the holder of the current step.

    `digest` is that of the content the officer began to edit: what somebody else changed meanwhile is not lost.
    In review, opinions on the old content count no more and the item goes to the first step that lacks one; what
    may not be published is not stored there.
    """
    item = locked(item)
    before = content_of(item).digest
    refusals = refusals_to_revise(by, item) + refusals_of_fields(fields, item.agency, at)
    if digest != before:
        refusals.append(Refusal("content_changed", "您打开之后内容已被改动。您写的还在，请对照新内容后再保存。"))
    fill(item, fields)
    if item.state == ItemState.IN_REVIEW:
        refusals += refusals_to_publish(item, fields.columns)
    require(refusals)
    item.save()
    item.columns.set(fields.columns)
    carry_on(item, before, lambda after: events.ItemRevised(title=safe_text(item.title), digest=after), by, at)
    return item


def carry_on(item: Item, before: str, told: Callable[[str], EventData], by: Account, at: dt.datetime) -> None:
    """Tell of a change of an item's content and, in review, begin anew with what its holder made of it.

    `before` is the digest before the change, `told` makes the event from the digest after it. A change that changes
    no content is none.
    """
    content = content_of(item)
    if content.digest == before:
        return
    tell(item, told(content.digest), by, at)
    if item.state == ItemState.IN_REVIEW:
        review.change_content(
            approval=the_run(OBJECT_KIND, item.uid),
            before=before,
            content=content,
            department=item.department,
            by=by,
            at=at,
        )


def locked(item: Item) -> Item:
    """The item as it is now, locked until the end of the transaction."""
    return Item.objects.select_for_update(of=("self",)).select_related("agency").get(pk=item.pk)


def tell(item: Item, data: EventData, by: Account | None, at: dt.datetime) -> None:
    """Append an event to the history of an item."""
    append(data, agency_code=item.agency.code, object_kind=OBJECT_KIND, object_key=str(item.uid), by=by, at=at)
