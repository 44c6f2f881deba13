"""Masking by one click: title and body in their own markup, an attachment by a masked copy."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.accounts.models import Account
from gongkai.audit.acts import append
from gongkai.audit.events import EventData
from gongkai.documents import Document, read
from gongkai.files import storage
from gongkai.files.door import Received
from gongkai.files.types import extension_of
from gongkai.review import events
from gongkai.review.content import Content, Subject, adapter
from gongkai.review.gate.covering import mask_words
from gongkai.review.gate.results import remember
from gongkai.rules.refusals import ActRefused, Refusal, require
from gongkai.screening import NotMasked, mask, safe_text

BY_HAND = "没有可以自动遮盖的内容。词表中的词、密级和内部标记请人工修改，或者写明依据请另一人确认放行。"


def may_mask_files(object_kind: str) -> bool:
    """Whether objects of a kind take masked copies of their attachments."""
    return adapter(object_kind).replace_file is not None


@transaction.atomic
def mask_text(*, subject: Subject, object_key: str, digest: str, by: Account, at: dt.datetime) -> Content:
    """Put title and body with the numbers of persons covered in the place of the text, as a revision by its holder.

    What was there before stays in the frozen copies, readable to those on the case only. Raises `ActRefused`.
    """
    content = subject.content
    masked = mask_words(content)
    revise = adapter(content.kind).revise
    refusals = _refusals(subject, digest)
    if revise is None or masked == content:
        refusals.append(Refusal("nothing_to_mask", BY_HAND))
    require(refusals)
    if revise is not None:
        revise(object_key, masked, digest, by, at)
    _tell(subject, object_key, events.TextMasked(before=content.digest), by, at)
    return masked


def mask_file(*, subject: Subject, object_key: str, digest: str, sha256: str, by: Account, at: dt.datetime) -> None:
    """Put a masked copy of the same type in the place of an attachment; the original stays stored, sealed.

    The copy was read and screened again before it is taken. Raises `ActRefused`, with the reason when none can be made.
    """
    content = subject.content
    replace_file = adapter(content.kind).replace_file
    told = next((each for each in content.attachments if each["sha256"] == sha256), None)
    refusals = _refusals(subject, digest)
    if told is None:
        refusals.append(Refusal("content_changed", "附件已经更换。请刷新页面。"))
    if replace_file is None:
        refusals.append(Refusal("not_masked", "这里的附件不能一键遮盖，请自己处理后重新上传。"))
    require(refusals)
    if told is None or replace_file is None:
        return
    data, document = _masked(sha256, told["name"])
    stored = storage.store(data, extension=extension_of(told["name"]))
    remember([Received(stored, told["name"], (), document)], subject.agency)
    with transaction.atomic():
        replace_file(object_key, digest, sha256, stored, by, at)
        _tell(subject, object_key, events.FileMasked(name=safe_text(told["name"]), before=sha256), by, at)


def _masked(sha256: str, name: str) -> tuple[bytes, Document]:
    """A masked copy of a stored file, and what is read in it. Raises `ActRefused`."""
    try:
        data = storage.read(sha256)
        document = read(data, name=name)
        if isinstance(document, Document):
            copy = mask(data, document)
            again = read(copy, name=name)
            if isinstance(again, Document):
                return copy, again
            document = again
        reason = document.sentence
    except NotMasked as refused:
        reason = str(refused)
    except storage.NotStored:
        reason = "文件不在存储中，或者已损坏。请重新上传。"
    raise ActRefused([Refusal("not_masked", f"没有生成遮盖后的副本：{reason}")])


def _refusals(subject: Subject, digest: str) -> list[Refusal]:
    refusals = []
    if not subject.may_revise:
        refusals.append(Refusal("not_your_step", "现在只有起草人或者当前环节的办理人可以修改。"))
    if digest != subject.content.digest:
        refusals.append(Refusal("content_changed", "您打开之后内容有改动。请重新打开，看过新内容再遮盖。"))
    return refusals


def _tell(subject: Subject, object_key: str, data: EventData, by: Account, at: dt.datetime) -> None:
    append(
        data,
        agency_code=subject.agency.code,
        object_kind=subject.content.kind,
        object_key=object_key,
        by=by,
        at=at,
    )
