"""The runs of the chain that an item went through."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.publishing.content import OBJECT_KIND
from gongkai.publishing.models import Item
from gongkai.review.models import Approval, ApprovalState


def approval_of(item: Item) -> Approval | None:
    """The run of the chain that the item is in, if any."""
    return _runs(item).filter(state=ApprovalState.IN_REVIEW).first()


def last_approval_of(item: Item) -> Approval | None:
    """The run that the item is in or went through last, if any."""
    return _runs(item).first()


def _runs(item: Item) -> QuerySet[Approval]:
    return Approval.objects.filter(object_kind=OBJECT_KIND, object_key=str(item.uid)).order_by("-submitted_at", "-pk")
