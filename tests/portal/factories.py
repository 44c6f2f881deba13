"""Rows of public pages, made directly: what matters here is how a row is shown, not how it came about."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from gongkai.agencies.models import Agency, AgencyKind
from gongkai.publishing import index
from gongkai.publishing.content import content_of
from gongkai.publishing.models import Column, DisclosureAttribute, Item, ItemState, WithdrawalReason
from gongkai.review.content import freeze

ENTERED_AT = dt.datetime(2017, 5, 19, 1, 30, tzinfo=dt.UTC)  # 09:30 in Shanghai
PUBLISHED_ON = dt.date(2017, 5, 19)
_numbers = count(1)


def make_agency(code: str = "housing", name: str = "示例区住房保障服务中心", **more: Any) -> Agency:
    values: dict[str, Any] = {"short_name": name, "kind": AgencyKind.INSTITUTION, "is_sample": True} | more
    return Agency.objects.create(code=code, name=name, **values)


def make_column(agency: Agency, code: str = "housing", name: str = "住房保障", **more: Any) -> Column:
    return Column.objects.create(agency=agency, code=code, name=name, **more)


def make_item(agency: Agency, *columns: Column, **more: Any) -> Item:
    """An item that everyone may read; as history without drafter, confirmed, with a frozen copy of its content."""
    serial = more.pop("serial", next(_numbers))
    frozen = more.pop("frozen", True)
    published_on = more.get("published_on", PUBLISHED_ON)
    values: dict[str, Any] = {
        "title": f"关于公布第{serial}批公共租赁住房配租结果的通告",
        "body": "<p>经申请、审核、公示和公开摇号，现将结果予以公布。</p>",
        "state": ItemState.PUBLISHED,
        "written_on": published_on,
        "published_on": published_on,
        "entered_at": ENTERED_AT,
        "entered_as_history": True,
        "confirmed_at": ENTERED_AT,
        "year": published_on.year,
        "serial": serial,
        "index_number": f"MB0000017/{published_on.year}-{serial:05d}",
    } | more
    # Published only together with its copy, which needs the columns, which need the row.
    state = values.pop("state")
    item = Item.objects.create(agency=agency, **values)
    item.columns.set(columns)
    item.state = state
    if frozen:
        release(item)
    else:
        item.save(update_fields=["state"])
    return item


def release(item: Item) -> None:
    """Freeze the content that the item has now as what is public of it."""
    copy = freeze(content_of(item))
    item.published_digest = copy.digest
    item.save(update_fields=["published_digest", "state"])


def make_findable(item: Item) -> Item:
    """Put an item into the public index, as the act that releases it does."""
    index.put_items([item])
    return item


def make_withdrawn(agency: Agency, reason: str = WithdrawalReason.WRONG, **more: Any) -> Item:
    values = {"withdrawn_on": PUBLISHED_ON + dt.timedelta(days=30), "withdrawal_reason": reason} | more
    return make_item(agency, state=ItemState.WITHDRAWN, **values)


def make_not_public(agency: Agency, column: Column) -> dict[str, Item]:
    """One item for each reason why nobody outside may read it, by the reason."""
    return {
        "unconfirmed": make_item(agency, column, title="未经复核的补录", confirmed_at=None),
        "on_request": make_item(agency, column, title="依申请的", attribute=DisclosureAttribute.ON_REQUEST),
        "withheld": make_item(agency, column, title="不予公开的", attribute=DisclosureAttribute.WITHHELD),
        "drafted": make_item(agency, column, title="起草中的", state=ItemState.DRAFTED, frozen=False),
        "in_review": make_item(agency, column, title="审核中的", state=ItemState.IN_REVIEW, frozen=False),
    }
