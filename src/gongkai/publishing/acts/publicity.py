"""The end of the term for which a list was shown: it is masked or withdrawn, and nothing of the record is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from gongkai.files import storage
from gongkai.files.models import StoredFile
from gongkai.files.types import extension_of
from gongkai.publishing import events
from gongkai.publishing.acts.drafting import locked, tell
from gongkai.publishing.content import content_of
from gongkai.publishing.index import put_items, remove_item
from gongkai.publishing.models import Item, ItemState, TermEnd, WithdrawalReason
from gongkai.publishing.terms import MaskedFile, masked, masked_file, without_names
from gongkai.review.content import freeze
from gongkai.rules.refusals import ActRefused, Refusal, require


def refusals_to_end_term(item: Item, today: dt.date) -> list[Refusal]:
    """Why the publicity term of an item is not to be ended."""
    if item.publicity_until is None or item.publicity_ended_at is not None or item.state != ItemState.PUBLISHED:
        return [Refusal("no_term", "这条信息没有正在进行的公示期。")]
    if item.publicity_until >= today:
        return [Refusal("term_runs", f"公示期到{item.publicity_until}为止，还没有结束。")]
    return []


@dataclass(frozen=True)
class _Plan:
    """What becomes of an item with this content; `why_not` says why it is withdrawn, not masked."""

    digest: str
    body: str = ""
    files: Sequence[MaskedFile] = ()
    copies: Mapping[str, StoredFile] = field(default_factory=dict)
    why_not: str = ""


def end_term(*, item: Item, at: dt.datetime) -> Item:
    """Do what was decided at drafting now that the term is over: withdraw the item, or go on with a masked copy.

    The masked copy is kept frozen beside the approved one, is what the public and the search read from now on, and
    has no approval of its own: it says less than what was approved and nothing else. An attachment is replaced by its
    masked copy, or taken away where none can be made surely; its row stays, with the day and the reason. Where it
    cannot be shown that nothing personal is left in the text (nothing that could be covered, a finding in the copy),
    the item is withdrawn. Files are read before the transaction. Done by the clock, without an account. Raises
    `ActRefused` when there is no term to end, or when the item changed meanwhile.
    """
    require(refusals_to_end_term(item, timezone.localdate(at)))
    plan = _plan(item) if item.publicity_then == TermEnd.MASK else _Plan(item.published_digest)
    return _end(item, plan, at)


def _plan(item: Item) -> _Plan:
    """Mask text and files, and store the copies. Nothing of the item is changed."""
    content = content_of(item)
    if content.digest != item.published_digest:
        return _Plan(item.published_digest, why_not="公开的版本与登记的内容不一致")
    files = [_masked_file(each["sha256"], each["name"]) for each in content.attachments]
    copy = masked(item.title, item.body, files)
    if copy.why_not:
        return _Plan(content.digest, why_not=copy.why_not)
    files = [
        without_names(file, each["name"], copy.names) for file, each in zip(files, content.attachments, strict=True)
    ]
    copies = {
        file.sha256: storage.store(file.data, extension=extension_of(each["name"]), text=file.text)
        for file, each in zip(files, content.attachments, strict=True)
        if not file.why_away
    }
    return _Plan(content.digest, copy.body, files, copies)


def _masked_file(sha256: str, name: str) -> MaskedFile:
    try:
        return masked_file(sha256, name, storage.read(sha256))
    except storage.NotStored:
        return MaskedFile(sha256, why_away="附件不在存储中")


@transaction.atomic
def _end(item: Item, plan: _Plan, at: dt.datetime) -> Item:
    item = locked(item)
    require(refusals_to_end_term(item, timezone.localdate(at)))
    if item.published_digest != plan.digest:
        raise ActRefused([Refusal("content_changed", "公示的内容有改动，下次运行时再处理。")])
    item.publicity_ended_at = at
    until = item.publicity_until.isoformat() if item.publicity_until else ""
    if item.publicity_then == TermEnd.MASK and not plan.why_not:
        _mask(item, plan, until, at)
        return item
    item.state = ItemState.WITHDRAWN
    item.withdrawn_on = timezone.localdate(at)
    item.withdrawal_reason = WithdrawalReason.TERM_OVER
    item.save(update_fields=["state", "withdrawn_on", "withdrawal_reason", "publicity_ended_at"])
    remove_item(item)
    tell(item, events.TermEnded(until=until, why_not_masked=plan.why_not), None, at)
    return item


def _mask(item: Item, plan: _Plan, until: str, at: dt.datetime) -> None:
    """Put the masked text and files in place of the public ones."""
    why = {file.sha256: file.why_away for file in plan.files}
    before, item.body = item.published_digest, plan.body
    for attachment in item.attachments.all():
        sha256 = attachment.stored_id
        if sha256 in plan.copies:
            attachment.stored = plan.copies[sha256]
        else:
            attachment.taken_away_on = timezone.localdate(at)
            attachment.taken_away_why = f"公示期满：{why[sha256]}"
        attachment.save(update_fields=["stored", "taken_away_on", "taken_away_why"])
    item.save(update_fields=["body", "publicity_ended_at"])
    content = content_of(item)
    freeze(content)
    item.published_digest = content.digest
    item.save(update_fields=["published_digest"])
    put_items([item])
    tell(item, events.TermEndedMasked(until=until, before=before, digest=content.digest), None, at)
    if plan.files:
        away = len(plan.files) - len(plan.copies)
        told = events.TermEndedFiles(masked=len(plan.copies), away=away, sha256=list(why), why=list(why.values()))
        tell(item, told, None, at)
