"""What waits for an officer, and what changed since it was last read."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass

from gongkai.accounts.models import Account
from gongkai.agencies.permissions import CONTENT_ROLES, agency_ids_of
from gongkai.review.content import parse
from gongkai.review.models import Approval, ApprovalState, Opinion
from gongkai.review.permissions import Step, current_step, refusals_to_take_step


@dataclass(frozen=True)
class Waiting:
    """An approval whose current step the officer may take now."""

    approval: Approval
    step: Step


@dataclass(frozen=True)
class Line:
    """One line of a comparison: "same", "added" or "removed"."""

    kind: str
    text: str


def waiting_for(account: Account) -> list[Waiting]:
    """The approvals that wait for the account, the oldest first."""
    approvals = (
        Approval.objects.filter(state=ApprovalState.IN_REVIEW, agency_id__in=agency_ids_of(account, CONTENT_ROLES))
        .select_related("agency", "department", "drafter")
        .prefetch_related("opinions")
        .order_by("submitted_at")
    )
    return [
        Waiting(approval, current_step(approval))
        for approval in approvals
        if not refusals_to_take_step(approval, account, digest=approval.content_id, opinions=approval.opinions.all())
    ]


def difference(approval: Approval, plain: Callable[[str], str]) -> list[Line]:
    """The lines in which the content differs from what the last opinion was given on; empty when it is the same.

    `plain` turns a body into lines of text.
    """
    last = Opinion.objects.filter(approval=approval).select_related("content").order_by("-pk").first()
    if last is None or last.content_id == approval.content_id:
        return []
    before, after = parse(last.content.canonical), parse(approval.content.canonical)
    old = [before.title, *plain(before.body).splitlines()]
    new = [after.title, *plain(after.body).splitlines()]
    kinds = {"  ": "same", "- ": "removed", "+ ": "added"}
    return [Line(kinds[line[:2]], line[2:]) for line in difflib.ndiff(old, new) if line[:2] in kinds]
