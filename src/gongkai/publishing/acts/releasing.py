"""From submission to the public page, and back."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.agencies.numbers import take
from gongkai.agencies.permissions import holdings_of
from gongkai.audit.acts import append
from gongkai.publishing import events
from gongkai.publishing.acts.drafting import locked
from gongkai.publishing.content import OBJECT_KIND, content_of
from gongkai.publishing.index import put_items, remove_item
from gongkai.publishing.models import ChannelKind, Item, ItemChannel, ItemState
from gongkai.publishing.permissions import (
    DRAFTING_ROLES,
    approval_of,
    refusals_to_submit,
    refusals_to_withdraw,
)
from gongkai.review import acts as review
from gongkai.review.models import Approval, ApprovalState
from gongkai.rules.identifiers import format_index_number
from gongkai.rules.refusals import ActRefused, Refusal, require


@transaction.atomic
def submit_item(*, item: Item, digest: str, by: Account, at: dt.datetime) -> Approval:
    """Put a draft into its agency's chain, exactly as its drafter saw it."""
    item = locked(item)
    content = content_of(item)
    refusals = refusals_to_submit(by, item)
    if digest != content.digest:
        refusals.append(Refusal("content_changed", "您打开之后草稿有改动。请重新打开，读过后再送审。"))
    require(refusals)
    holding = holdings_of(by).filter(post__agency=item.agency, post__role__in=DRAFTING_ROLES).first()
    approval = review.submit(
        agency=item.agency,
        department=item.department,
        object_kind=OBJECT_KIND,
        object_key=str(item.uid),
        content=content,
        by=by,
        at=at,
        post_title=holding.post.title if holding else "",
    )
    item.state = ItemState.IN_REVIEW
    item.save(update_fields=["state"])
    return approval


@transaction.atomic
def agree(*, item: Item, digest: str, by: Account, at: dt.datetime, text: str = "") -> Approval:
    """Agree at the current step to the content with this digest."""
    return review.agree(approval=_approval(locked(item)), digest=digest, text=text, by=by, at=at)


@transaction.atomic
def return_item(*, item: Item, digest: str, text: str, by: Account, at: dt.datetime) -> Approval:
    """Send an item back to its drafter, with the reason."""
    item = locked(item)
    approval = review.send_back(approval=_approval(item), digest=digest, text=text, by=by, at=at)
    item.state = ItemState.DRAFTED
    item.save(update_fields=["state"])
    return approval


@transaction.atomic
def release_item(*, item: Item, digest: str, by: Account, at: dt.datetime) -> Item:
    """Publish the approved content: end the chain, give index number and address, date the website channel, index
    the text for search. All in one transaction."""
    item = locked(item)
    approval = _approval(item)
    if content_of(item).digest != approval.content_id:
        raise ActRefused([Refusal("content_changed", "内容与审核通过的不一致，不能发布。请退回重新送审。")])
    review.release(approval=approval, digest=digest, by=by, at=at)
    day = timezone.localdate(at)
    item.state = ItemState.PUBLISHED
    item.published_on, item.published_on_source = day, "本系统发布"
    item.released_at, item.published_digest = at, digest
    number_items(item.agency, [item])
    item.save()
    ItemChannel.objects.create(item=item, kind=ChannelKind.WEBSITE, on=day)
    put_items([item])
    append(
        events.ItemPublished(index_number=item.index_number or "", published_on=day.isoformat(), digest=digest),
        agency_code=item.agency.code,
        object_kind=OBJECT_KIND,
        object_key=str(item.uid),
        by=by,
        at=at,
    )
    return item


@transaction.atomic
def withdraw_item(*, item: Item, reason: str, by: Account, at: dt.datetime) -> Item:
    """Take a public item back; its address keeps a tombstone with the reason, its record stays as it is."""
    item = locked(item)
    require(refusals_to_withdraw(by, item, reason))
    item.state = ItemState.WITHDRAWN
    item.withdrawn_on, item.withdrawal_reason = timezone.localdate(at), reason.strip()
    item.save(update_fields=["state", "withdrawn_on", "withdrawal_reason"])
    remove_item(item)
    append(
        events.ItemWithdrawn(reason=item.withdrawal_reason),
        agency_code=item.agency.code,
        object_kind=OBJECT_KIND,
        object_key=str(item.uid),
        by=by,
        at=at,
    )
    return item


def number_items(agency: Agency, items: list[Item]) -> None:
    """Give serials, and index numbers to those that have none, by the year of `published_on`; nothing is saved.

    An index number is the agency's unified social credit code, the year and a gap-free number. Raises
    `ActRefused` when the agency has no credit code to issue numbers with.
    """
    for year in sorted({item.published_on.year for item in items if item.published_on}):
        of_year = [item for item in items if item.published_on and item.published_on.year == year]
        first = take(agency, "item", year, len(of_year))
        for serial, item in enumerate(of_year, start=first):
            item.year, item.serial = year, serial
        unnumbered = [item for item in of_year if not item.index_number]
        if not unnumbered:
            continue
        if not agency.credit_code:
            raise ActRefused(
                [Refusal("no_credit_code", "本机构没有登记统一社会信用代码，不能编索引号。请联系系统管理员补登。")]
            )
        first = take(agency, "index_number", year, len(unnumbered))
        for number, item in enumerate(unnumbered, start=first):
            item.index_number = format_index_number(agency.credit_code, year, number)


def _approval(item: Item) -> Approval:
    approval = approval_of(item)
    if approval is None or approval.state != ApprovalState.IN_REVIEW:
        raise ActRefused([Refusal("not_in_review", "该内容不在审核中。请刷新页面查看现在的状态。")])
    return approval
