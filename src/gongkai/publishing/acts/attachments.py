"""Attachments of an item: added, replaced, renamed, ordered, removed by whoever may change the item.

Each act takes the digest of the content that the officer saw and refuses a stale one. In review it is an edit like any
other: opinions on the old content count no more.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from gongkai.accounts.models import Account
from gongkai.files.door import Received
from gongkai.files.names import NAME_LENGTH, clean_name
from gongkai.files.types import extension_of
from gongkai.publishing import events
from gongkai.publishing.acts.drafting import carry_on, locked
from gongkai.publishing.content import content_of
from gongkai.publishing.models import Attachment, Item, ItemState
from gongkai.publishing.permissions import refusals_to_publish, refusals_to_revise
from gongkai.rules.refusals import ActRefused, Refusal, require
from gongkai.screening import safe_text

MAX_ATTACHMENTS = 20
MAX_BYTES = 200 * 1024 * 1024  # of all attachments of an item together


def refusals_to_add(item: Item, count: int, size: int) -> list[Refusal]:
    """Why so many more files of so many bytes together are too much for an item; asked before any is looked at."""
    now = list(item.attachments.all())
    return _refusals_of_limits(len(now) + count, _bytes(now) + size)


@transaction.atomic
def add_attachments(*, item: Item, digest: str, files: Sequence[Received], by: Account, at: dt.datetime) -> Item:
    """Put files that came through the door behind the attachments of an item.

    A name that is taken gets a number; the same bytes a second time are refused.
    """
    item = locked(item)
    now = list(item.attachments.all())
    refusals = _refusals_of_change(item, digest, by)
    if not files:
        refusals.append(Refusal("no_file", "还没有选择文件。请选择要上传的文件。"))
    held = {attachment.stored_id: attachment.name for attachment in now}
    for file in files:
        if file.stored.digest in held:
            refusals.append(
                Refusal("same_file", f"「{file.name}」与已有的附件「{held[file.stored.digest]}」完全相同，不必再传。")
            )
        held.setdefault(file.stored.digest, file.name)
    refusals += _refusals_of_limits(len(now) + len(files), _bytes(now) + sum(file.stored.size for file in files))
    require(refusals)
    taken = {attachment.name for attachment in now}
    added = []
    for position, file in enumerate(files, start=len(now) + 1):
        name = _free_name(file.name, taken)
        taken.add(name)
        added.append(Attachment(item=item, position=position, name=name, stored=file.stored, added_by=by, added_at=at))
    Attachment.objects.bulk_create(added)
    names, hashes = _named(added), [one.stored_id for one in added]
    carry_on(item, digest, lambda after: events.AttachmentsAdded(names=names, sha256=hashes, digest=after), by, at)
    return item


@transaction.atomic
def replace_attachment(
    *, item: Item, digest: str, attachment: uuid.UUID, file: Received, by: Account, at: dt.datetime
) -> Item:
    """Put another file in the place of an attachment. Its name stays, with the extension of the new file."""
    item = locked(item)
    now = list(item.attachments.all())
    old = _found(now, attachment)
    refusals = _refusals_of_change(item, digest, by)
    if any(one.stored_id == file.stored.digest for one in now):
        refusals.append(Refusal("same_file", "新文件与已有的附件完全相同，没有替换。请核对是否选错了文件。"))
    refusals += _refusals_of_limits(len(now), _bytes(now) - old.stored.size + file.stored.size)
    require(refusals)
    extension = extension_of(file.name)
    stem = old.name.removesuffix(f".{old.extension}")
    others = {one.name for one in now if one.pk != old.pk}
    before, old.stored = old.stored_id, file.stored
    old.name = _free_name(old.name if old.extension == extension else f"{stem}.{extension}", others)
    old.added_by, old.added_at = by, at
    old.save(update_fields=["stored", "name", "added_by", "added_at"])
    carry_on(
        item,
        digest,
        lambda after: events.AttachmentReplaced(
            name=safe_text(old.name), before=before, sha256=file.stored.digest, digest=after
        ),
        by,
        at,
    )
    return item


@transaction.atomic
def rename_attachment(
    *, item: Item, digest: str, attachment: uuid.UUID, name: str, by: Account, at: dt.datetime
) -> Item:
    """Give an attachment another name; what follows the last dot stays as it is, for it says what the file is."""
    item = locked(item)
    now = list(item.attachments.all())
    old = _found(now, attachment)
    refusals = _refusals_of_change(item, digest, by)
    suffix = f".{old.extension}"
    stem = name.strip()
    if stem.lower().endswith(suffix):
        stem = stem[: -len(suffix)]
    cleaned = clean_name(stem + suffix)
    if not stem.strip(" ."):
        refusals.append(Refusal("name_missing", "请写附件的名称。"))
    if len(stem + suffix) > NAME_LENGTH:
        refusals.append(Refusal("name_too_long", f"附件名称连同扩展名最多{NAME_LENGTH}个字，请缩短。"))
    if any(one.name == cleaned and one.pk != old.pk for one in now):
        refusals.append(Refusal("name_taken", "已有同名的附件，请换一个名称。"))
    require(refusals)
    before, old.name = old.name, cleaned
    old.save(update_fields=["name"])
    was, now_is = safe_text(before), safe_text(cleaned)
    carry_on(item, digest, lambda after: events.AttachmentRenamed(before=was, name=now_is, digest=after), by, at)
    return item


@transaction.atomic
def remove_attachment(*, item: Item, digest: str, attachment: uuid.UUID, by: Account, at: dt.datetime) -> Item:
    """Take an attachment out of an item. The file stays in the store and in the copies that were read with it."""
    item = locked(item)
    now = list(item.attachments.all())
    old = _found(now, attachment)
    require(_refusals_of_change(item, digest, by))
    name, sha256 = safe_text(old.name), old.stored_id
    old.delete()
    _number([one for one in now if one.uid != attachment])
    carry_on(item, digest, lambda after: events.AttachmentRemoved(name=name, sha256=sha256, digest=after), by, at)
    return item


@transaction.atomic
def order_attachments(*, item: Item, digest: str, order: Sequence[uuid.UUID], by: Account, at: dt.datetime) -> Item:
    """Put the attachments in this order; it names each of them once."""
    item = locked(item)
    now = {one.uid: one for one in item.attachments.all()}
    refusals = _refusals_of_change(item, digest, by)
    if sorted(order) != sorted(now):
        refusals.append(Refusal("other_attachments", "附件有变动，请刷新页面后重新排序。"))
    require(refusals)
    rows = [now[uid] for uid in order]
    _number(rows)
    names = _named(rows)
    carry_on(item, digest, lambda after: events.AttachmentsOrdered(names=names, digest=after), by, at)
    return item


def _refusals_of_change(item: Item, digest: str, by: Account) -> list[Refusal]:
    """Why the officer who saw the content with this digest may not change its attachments."""
    refusals = refusals_to_revise(by, item)
    if digest != content_of(item).digest:
        refusals.append(Refusal("content_changed", "您打开之后内容已被改动。请看过现在的内容后再改附件。"))
    if item.state == ItemState.IN_REVIEW:
        refusals += refusals_to_publish(item)
    return refusals


def _refusals_of_limits(count: int, size: int) -> list[Refusal]:
    refusals = []
    if count > MAX_ATTACHMENTS:
        refusals.append(Refusal("too_many", f"一条信息最多{MAX_ATTACHMENTS}个附件。请合并文件，或者分成几条信息。"))
    if size > MAX_BYTES:
        megabytes = MAX_BYTES // (1024 * 1024)
        refusals.append(
            Refusal("too_large_together", f"一条信息的附件合计最多{megabytes}MB。请压缩图片，或者分成几条信息。")
        )
    return refusals


def _found(rows: Sequence[Attachment], uid: uuid.UUID) -> Attachment:
    """The attachment with a uid. Raises `ActRefused` when somebody has taken it out meanwhile."""
    for row in rows:
        if row.uid == uid:
            return row
    raise ActRefused([Refusal("attachment_gone", "这个附件已经不在了。请刷新页面查看现在的附件。")])


def _number(rows: Sequence[Attachment]) -> None:
    """Number attachments from 1 in this order."""
    for position, row in enumerate(rows, start=1):
        row.position = position
    Attachment.objects.bulk_update(rows, ["position"])


def _named(rows: Sequence[Attachment]) -> str:
    """The names of attachments, for the record: with the numbers of persons in them covered."""
    return "、".join(safe_text(row.name) for row in rows)


def _bytes(rows: Sequence[Attachment]) -> int:
    return sum(row.stored.size for row in rows)


def _free_name(name: str, taken: set[str]) -> str:
    """The name, with a number where it is taken."""
    stem, dot, extension = name.rpartition(".")
    number, free = 2, name
    while free in taken:
        mark = f"（{number}）"
        free = f"{stem[: NAME_LENGTH - len(mark) - len(dot + extension)]}{mark}{dot}{extension}"
        number += 1
    return free
