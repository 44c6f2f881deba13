"""What review asks of an item when opinions come on paper, inside review's transaction."""

from __future__ import annotations

from gongkai.publishing.content import content_of
from gongkai.publishing.models import Item, ItemState
from gongkai.review.content import Content


def lock_content(key: str) -> Content:
    """Lock the item with this uid until the end of the transaction; give its present content."""
    return content_of(Item.objects.select_for_update(of=("self",)).select_related("agency").get(uid=key))


def make_draft(key: str) -> None:
    """Make the item with this uid a draft again: it was returned on paper."""
    Item.objects.filter(uid=key, state=ItemState.IN_REVIEW).update(state=ItemState.DRAFTED)
