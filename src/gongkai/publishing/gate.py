"""What the release gate asks of items."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterator

from gongkai.accounts.models import Account
from gongkai.agencies.permissions import CONTENT_ROLES, agency_ids_of
from gongkai.files.door import Received
from gongkai.files.models import StoredFile
from gongkai.publishing.acts import ItemFields, revise_item
from gongkai.publishing.acts.attachments import replace_attachment
from gongkai.publishing.content import content_of
from gongkai.publishing.models import Item
from gongkai.publishing.permissions import refusals_to_revise
from gongkai.review.content import Content, Public, Subject
from gongkai.rules.refusals import ActRefused, Refusal


def subject_of(key: str, account: Account) -> Subject | None:
    """The item with this uid for those who work on it; none for everybody else, a supervisor included."""
    try:
        uid = uuid.UUID(key)
    except ValueError:
        return None
    own = Item.objects.filter(agency_id__in=agency_ids_of(account, CONTENT_ROLES))
    item = (
        own.select_related("agency", "drafter", "interprets", "department")
        .prefetch_related("columns")
        .filter(uid=uid)
        .first()
    )
    if item is None:
        return None
    return Subject(item.agency, content_of(item), item.drafter, may_revise=not refusals_to_revise(account, item))


def take_over_masked(key: str, masked: Content, digest: str, by: Account, at: dt.datetime) -> None:
    """Put a masked title and body into the item, as a revision like any other."""
    item = Item.objects.select_related("interprets", "department").get(uid=key)
    told = {each.name: getattr(item, each.name) for each in dataclasses.fields(ItemFields) if each.name != "columns"}
    told |= {"title": masked.title, "body": masked.body, "columns": tuple(item.columns.all())}
    fields = ItemFields(**told)
    revise_item(item=item, digest=digest, fields=fields, by=by, at=at)


def replace_with_masked(key: str, digest: str, sha256: str, copy: StoredFile, by: Account, at: dt.datetime) -> None:
    """Put a masked copy in the place of an attachment, as a replacement like any other."""
    item = Item.objects.get(uid=key)
    attachment = item.attachments.filter(stored_id=sha256).first()
    if attachment is None:
        raise ActRefused([Refusal("attachment_gone", "这个附件已经不在了。请刷新页面查看现在的附件。")])
    file = Received(copy, attachment.name, ())
    replace_attachment(item=item, digest=digest, attachment=attachment.uid, file=file, by=by, at=at)


def public_items() -> Iterator[Public]:
    """All items that everyone may read now."""
    rows = Item.objects.public().select_related("agency").order_by("pk")
    for item in rows.only("uid", "agency", "title", "published_digest", "year", "serial").iterator(chunk_size=2000):
        yield Public(str(item.uid), item.agency, item.title, item.published_digest, item.get_absolute_url())
