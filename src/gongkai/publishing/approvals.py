"""The runs of the chain that an item went through."""

from __future__ import annotations

from gongkai.publishing.content import OBJECT_KIND
from gongkai.publishing.models import Item
from gongkai.review.models import Approval
from gongkai.review.runs import last_run, run_in_review


def approval_of(item: Item) -> Approval | None:
    """The run of the chain that the item is in, if any."""
    return run_in_review(OBJECT_KIND, item.uid)


def last_approval_of(item: Item) -> Approval | None:
    """The run that the item is in or went through last, if any."""
    return last_run(OBJECT_KIND, item.uid)
