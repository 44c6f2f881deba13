"""The end of the term for which a list was shown: it is masked or withdrawn, and nothing of the record is lost."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.publishing import events
from gongkai.publishing.acts.drafting import locked, tell
from gongkai.publishing.content import content_of
from gongkai.publishing.index import put_items, remove_item
from gongkai.publishing.models import Item, ItemState, TermEnd, WithdrawalReason
from gongkai.publishing.terms import masked
from gongkai.review.content import freeze
from gongkai.rules.refusals import Refusal, require


def refusals_to_end_term(item: Item, today: dt.date) -> list[Refusal]:
    """Why the publicity term of an item is not to be ended."""
    if item.publicity_until is None or item.publicity_ended_at is not None or item.state != ItemState.PUBLISHED:
        return [Refusal("no_term", "这条信息没有正在进行的公示期。")]
    if item.publicity_until >= today:
        return [Refusal("term_runs", f"公示期到{item.publicity_until}为止，还没有结束。")]
    return []


@transaction.atomic
def end_term(*, item: Item, at: dt.datetime) -> Item:
    """Do what was decided at drafting now that the term is over: withdraw the item, or go on with a masked copy.

    The masked copy is kept frozen beside the approved one, is what the public and the search read from now on, and
    has no approval of its own: it says less than what was approved and nothing else. Where it cannot be shown that
    nothing personal is left (an attachment, nothing that could be covered, a finding in the copy), the item is
    withdrawn. Done by the clock, without an account. Raises `ActRefused` when there is no term to end.
    """
    item = locked(item)
    require(refusals_to_end_term(item, timezone.localdate(at)))
    why_not = ""
    item.publicity_ended_at = at
    if item.publicity_then == TermEnd.MASK:
        why_not = _mask(item, at)
        if not why_not:
            return item
    item.state = ItemState.WITHDRAWN
    item.withdrawn_on = timezone.localdate(at)
    item.withdrawal_reason = WithdrawalReason.TERM_OVER
    item.save(update_fields=["state", "withdrawn_on", "withdrawal_reason", "publicity_ended_at"])
    remove_item(item)
    until = item.publicity_until.isoformat() if item.publicity_until else ""
    tell(item, events.TermEnded(until=until, why_not_masked=why_not), None, at)
    return item


def _mask(item: Item, at: dt.datetime) -> str:
    """Put the masked text in place of the public one. Gives why that could not be done surely; then nothing is done."""
    if item.attachments.exists():
        return "有附件，附件里的内容不能一并遮盖"
    copy = masked(item.title, item.body)
    if copy.why_not:
        return copy.why_not
    before, item.body = item.published_digest, copy.body
    item.save(update_fields=["body", "publicity_ended_at"])
    content = content_of(item)
    freeze(content)
    item.published_digest = content.digest
    item.save(update_fields=["published_digest"])
    put_items([item])
    until = item.publicity_until.isoformat() if item.publicity_until else ""
    tell(item, events.TermEndedMasked(until=until, before=before, digest=content.digest), None, at)
    return ""
