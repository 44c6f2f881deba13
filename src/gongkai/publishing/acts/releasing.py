"""From submission to the public page, and back."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.agencies.numbers import take
from gongkai.agencies.permissions import holdings_of
from gongkai.periods.frozen import refuse_changes
from gongkai.publishing import events
from gongkai.publishing.acts.drafting import locked, tell
from gongkai.publishing.content import OBJECT_KIND, content_of
from gongkai.publishing.index import put_items, remove_item
from gongkai.publishing.models import ChannelKind, Item, ItemChannel, ItemState, PublicationMode, WithdrawalReason
from gongkai.publishing.permissions import (
    DRAFTING_ROLES,
    refusals_of_mode,
    refusals_of_withdrawal,
    refusals_to_publish,
    refusals_to_recall,
    refusals_to_submit,
    refusals_to_withdraw,
)
from gongkai.publishing.terms import begin_term
from gongkai.review import acts as review
from gongkai.review.gate import look_before
from gongkai.review.models import Approval
from gongkai.review.runs import the_run
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
def agree(*, item: Item, digest: str, by: Account, at: dt.datetime, text: str = "", secrecy: str = "") -> Approval:
    """Agree at the current step to the content with this digest; `secrecy` is the result of its secrecy check."""
    approval = the_run(OBJECT_KIND, locked(item).uid)
    return review.agree(approval=approval, digest=digest, text=text, secrecy=secrecy, by=by, at=at)


@transaction.atomic
def return_item(*, item: Item, digest: str, text: str, by: Account, at: dt.datetime, secrecy: str = "") -> Approval:
    """Send an item back to its drafter, with the reason."""
    item = locked(item)
    approval = review.send_back(
        approval=the_run(OBJECT_KIND, item.uid), digest=digest, text=text, secrecy=secrecy, by=by, at=at
    )
    item.state = ItemState.DRAFTED
    item.save(update_fields=["state"])
    return approval


@transaction.atomic
def recall_item(*, item: Item, reason: str, by: Account, at: dt.datetime) -> Approval:
    """Take an item out of its chain and back to draft, as its drafter, with the reason; the run is over."""
    item = locked(item)
    require(refusals_to_recall(by, item))
    approval = review.recall(approval=the_run(OBJECT_KIND, item.uid), text=reason, by=by, at=at)
    item.state = ItemState.DRAFTED
    item.save(update_fields=["state"])
    return approval


def release_item(*, item: Item, digest: str, by: Account, at: dt.datetime) -> Item:
    """Publish the approved content: end the chain, give index number and address, date the website channel, index
    the text for search. All in one transaction; files are read before it."""
    look_before(content_of(item), item.agency)
    return _release(item=item, digest=digest, by=by, at=at)


@transaction.atomic
def _release(*, item: Item, digest: str, by: Account, at: dt.datetime) -> Item:
    item = locked(item)
    approval = the_run(OBJECT_KIND, item.uid)
    if content_of(item).digest != approval.content_id:
        raise ActRefused([Refusal("content_changed", "内容与审核通过的不一致，不能发布。请退回重新送审。")])
    require(refusals_to_publish(item) + refusals_of_mode(item.agency, PublicationMode.OWN_SITE))
    review.release(approval=approval, digest=digest, by=by, at=at)
    day = timezone.localdate(at)
    put_before_public(item, digest=digest, on=day, source="本系统发布", at=at)
    told = events.ItemPublished(index_number=item.index_number or "", published_on=day.isoformat(), digest=digest)
    tell(item, told, by, at)
    refuse_changes(item.agency, (), years={item.written_on.year, day.year})
    return item


def put_before_public(item: Item, *, digest: str, on: dt.date, source: str, at: dt.datetime) -> None:
    """Make an item public since a day with the content of this digest: number, term, website channel, search."""
    item.state = ItemState.PUBLISHED
    item.published_on, item.published_on_source = on, source
    item.released_at, item.published_digest = at, digest
    begin_term(item)
    number_items(item.agency, [item])
    item.save()
    ItemChannel.objects.create(item=item, kind=ChannelKind.WEBSITE, on=on)
    put_items([item])


@transaction.atomic
def withdraw_item(*, item: Item, reason: str, by: Account, at: dt.datetime, note: str = "") -> Item:
    """Take a published item back; its record stays as it is.

    The address of what everyone could read keeps a tombstone with `reason`, a `WithdrawalReason`; what was never
    public (history that nobody confirmed) stays unknown there. `note` is for officers alone.
    """
    item = locked(item)
    require(refusals_to_withdraw(by, item) + refusals_of_withdrawal(reason, note))
    item.state = ItemState.WITHDRAWN
    item.withdrawn_on = timezone.localdate(at)
    item.withdrawal_reason, item.withdrawal_note = reason, note.strip()
    item.save(update_fields=["state", "withdrawn_on", "withdrawal_reason", "withdrawal_note"])
    remove_item(item)
    told = events.ItemWithdrawn(reason=str(WithdrawalReason(reason).label), note=item.withdrawal_note)
    tell(item, told, by, at)
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
        for number, item in zip(_free_numbers(agency, year, len(unnumbered)), unnumbered, strict=True):
            item.index_number = number


def _free_numbers(agency: Agency, year: int, count: int) -> list[str]:
    """The next index numbers of the agency's own series, without those that came in from outside already."""
    free: list[str] = []
    while len(free) < count:
        wanted = count - len(free)
        first = take(agency, "index_number", year, wanted)
        numbers = [format_index_number(agency.credit_code or "", year, first + step) for step in range(wanted)]
        taken = set(Item.objects.filter(index_number__in=numbers).values_list("index_number", flat=True))
        free += [number for number in numbers if number not in taken]
    return free
