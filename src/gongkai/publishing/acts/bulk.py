"""Acts on many items at once: refusals for all, all or none."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import transaction

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.publishing.acts.releasing import submit_item
from gongkai.publishing.models import Item
from gongkai.review.models import Approval
from gongkai.rules.refusals import ActRefused, Refusal


@transaction.atomic
def submit_items(*, agency: Agency, digests: Mapping[uuid.UUID, str], by: Account, at: dt.datetime) -> list[Approval]:
    """Put many drafts of one's own into the agency's chain, for all or for none; the refusals are those of all.

    `digests` gives, by uid, the digest of the content as its drafter saw it.
    """
    rows = list(Item.objects.filter(uid__in=list(digests), agency=agency).order_by("pk"))
    refusals = [] if digests else [Refusal("nothing_chosen", "还没有选择草稿。请先在列表里勾选。")]
    if len(rows) != len(digests):
        refusals.append(Refusal("foreign_item", "只能送审本机构的草稿，请重新选择。"))
    approvals = []
    for row in rows:
        try:
            approvals.append(submit_item(item=row, digest=digests[row.uid], by=by, at=at))
        except ActRefused as refused:
            refusals += [
                Refusal(refusal.code, f"「{row.title}」：{refusal.sentence}", refusal.basis)
                for refusal in refused.refusals
            ]
    if refusals:
        raise ActRefused(refusals)
    return approvals
