"""Publication on a platform outside: the package is handed over, the address recorded, and the item is public."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.agencies.numbers import raise_to
from gongkai.files import storage
from gongkai.files.models import StoredFile
from gongkai.periods.frozen import refuse_changes
from gongkai.publishing import events, package
from gongkai.publishing.acts.drafting import locked, tell
from gongkai.publishing.acts.releasing import put_before_public
from gongkai.publishing.approvals import approval_of
from gongkai.publishing.content import content_of
from gongkai.publishing.models import URL_LENGTH, Item, Numbering, OutsidePublication, PublicationMode
from gongkai.publishing.permissions import refusals_of_mode, refusals_to_publish
from gongkai.publishing.practice import practice_of
from gongkai.review import acts as review
from gongkai.review.gate import look_before, refusals_of_gate
from gongkai.review.models import Approval
from gongkai.review.permissions import NOT_IN_REVIEW
from gongkai.rules.errors import InvalidIdentifier
from gongkai.rules.identifiers import parse_index_number
from gongkai.rules.refusals import ActRefused, Refusal, require

HIGHEST_OWN_SERIAL = 99_999


def refusals_to_take_package(account: Account, item: Item, approval: Approval | None) -> list[Refusal]:
    """Why the account may not take the item to the platform: the package is an exit like a publication.

    Every step has agreed to exactly this content, the gate lets it pass, and it is the releaser's turn.
    """
    if approval is None:
        return [NOT_IN_REVIEW]
    content = content_of(item)
    refusals = refusals_of_mode(item.agency, PublicationMode.OUTSIDE)
    refusals += refusals_to_publish(item)
    refusals += review.refusals_to_release(approval, account, digest=content.digest)
    return refusals + refusals_of_gate(content, item.agency, str(item.uid))


def take_package(*, item: Item, by: Account, at: dt.datetime) -> package.Package:
    """Hand the releaser the package of exactly the approved content; that it was taken stays in the history.

    Files are read and packed before the transaction, which compares what was packed with what is approved.
    """
    look_before(content_of(item), item.agency)
    require(refusals_to_take_package(by, item, approval_of(item)))
    try:
        made = package.build(str(item.uid), content_of(item), practice_of(item.agency))
    except storage.NotStored as error:
        raise ActRefused([Refusal("file_missing", "有附件的文件读不出来，不能打包。请联系系统管理员。")]) from error
    except package.BadTemplate as error:
        raise ActRefused([Refusal("bad_template", f"平台导入模板不能用：{error}")]) from error
    with transaction.atomic():
        item = locked(item)
        refusals = refusals_to_take_package(by, item, approval_of(item))
        if made.digest != content_of(item).digest:
            refusals.append(Refusal("content_changed", "打包时内容有改动。请重新打开，核对后再取走。"))
        require(refusals)
        tell(item, events.PackageTaken(digest=made.digest, sha256=made.sha256), by, at)
    return made


def record_outside_publication(
    *,
    item: Item,
    digest: str,
    url: str,
    published_at: dt.datetime,
    by: Account,
    at: dt.datetime,
    index_number: str = "",
    screenshot: StoredFile | None = None,
    screenshot_name: str = "",
) -> Item:
    """Record where and when the approved content went public on the platform; from that instant it counts as public.

    Ends the chain as a release does. `digest` is that of the content that was put there. The index number is the
    platform's, its form checked and unique, or issued here, by the agency's practice. Files are read before the
    transaction.
    """
    look_before(content_of(item), item.agency)
    with transaction.atomic():
        return _record(item, digest, url, published_at, by, at, index_number, screenshot, screenshot_name)


def _record(
    item: Item,
    digest: str,
    url: str,
    published_at: dt.datetime,
    by: Account,
    at: dt.datetime,
    index_number: str,
    screenshot: StoredFile | None,
    screenshot_name: str,
) -> Item:
    # The agency's row is the lock for numbers and addresses that must stay unique.
    Agency.objects.without_tree_fields().select_for_update(of=("self",)).get(pk=item.agency_id)
    item = locked(item)
    approval = approval_of(item)
    url, index_number = url.strip(), index_number.strip()
    refusals = refusals_to_take_package(by, item, approval)
    refusals += refusals_of_address(url) + _refusals_of_instant(item, approval, published_at, at)
    refusals += _refusals_of_number(item, index_number)
    if OutsidePublication.objects.filter(url=url).exists():
        refusals.append(Refusal("address_taken", "这个地址已经登记给另一条信息，请核对。"))
    require(refusals)
    if approval is None:
        raise ActRefused([NOT_IN_REVIEW])
    review.release(approval=approval, digest=digest, by=by, at=at)
    if index_number:
        item.index_number = _take_over(item, index_number)
    on = timezone.localdate(published_at)
    source = f"外部平台发布：{urlsplit(url).hostname or ''}"[:128]
    put_before_public(item, digest=digest, on=on, source=source, at=at)
    OutsidePublication.objects.create(
        item=item,
        url=url,
        published_at=published_at,
        screenshot=screenshot,
        screenshot_name=screenshot_name,
        recorded_by=by,
        recorded_at=at,
    )
    told = events.PublishedOutside(
        url=url,
        published_at=f"{timezone.localtime(published_at):%Y-%m-%d %H:%M}",
        index_number=item.index_number or "",
        digest=digest,
        screenshot=screenshot.digest if screenshot else "",
    )
    tell(item, told, by, at)
    refuse_changes(item.agency, (), years={item.written_on.year, on.year})
    return item


def refusals_of_address(url: str) -> list[Refusal]:
    """Why an address cannot be that of an official page: http or https, a host, no name and password in it."""
    try:
        URLValidator(schemes=["http", "https"])(url)
        parts = urlsplit(url)
    except (ValidationError, ValueError):
        return [Refusal("bad_address", "正式页面地址应以 http:// 或 https:// 开头，请从浏览器地址栏完整复制。")]
    refusals = []
    if parts.username or parts.password or "@" in parts.netloc:
        refusals.append(Refusal("bad_address", "地址里不能带用户名和密码，请复制公众打开的地址。"))
    if len(url) > URL_LENGTH:
        refusals.append(Refusal("bad_address", f"地址最长{URL_LENGTH}个字符，请核对。"))
    return refusals


def _refusals_of_instant(
    item: Item, approval: Approval | None, published_at: dt.datetime, at: dt.datetime
) -> list[Refusal]:
    """Why the item cannot have gone public at this instant: after it was approved, and not in the future."""
    refusals = []
    if published_at > at:
        refusals.append(Refusal("published_in_future", "发布时间不能晚于现在。"))
    last = approval.opinions.order_by("-at").first() if approval else None
    if last is not None and published_at < last.at.replace(second=0, microsecond=0):
        signed = timezone.localtime(last.at)
        refusals.append(
            Refusal(
                "published_before_signed",
                f"发布时间不能早于审核完成的时间（{signed:%Y-%m-%d %H:%M}）：没有审核完成的内容不能发布。请核对。",
            )
        )
    if timezone.localdate(published_at) < item.written_on:
        refusals.append(Refusal("published_before_written", "发布日期不能早于成文日期。"))
    return refusals


def _refusals_of_number(item: Item, index_number: str) -> list[Refusal]:
    """Why the item cannot have this index number from outside."""
    recorded = practice_of(item.agency).numbering == Numbering.RECORDED
    if not recorded:
        return [Refusal("number_issued_here", "本机构的索引号由本系统编发，不用填。")] if index_number else []
    if not index_number:
        return [Refusal("number_missing", "请填平台给出的索引号。")]
    try:
        number = parse_index_number(index_number)
    except InvalidIdentifier as error:
        return [Refusal("bad_number", str(error))]
    if number.code == item.agency.credit_code and number.serial > HIGHEST_OWN_SERIAL:
        return [Refusal("number_too_high", f"索引号「{number}」的序号超过{HIGHEST_OWN_SERIAL}，请核对。")]
    if Item.objects.filter(index_number=str(number)).exclude(pk=item.pk).exists():
        return [Refusal("taken_index_number", f"索引号「{number}」已经登记过。")]
    return []


def _take_over(item: Item, text: str) -> str:
    """The index number in its normal form; one of the agency's own series moves its counter along."""
    number = parse_index_number(text)
    if number.code == item.agency.credit_code:
        raise_to(item.agency, "index_number", number.year, number.serial)
    return str(number)
