"""What waits for an officer, and what changed since it was last read."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.accounts.models import Account
from gongkai.agencies.permissions import CONTENT_ROLES, agency_ids_of
from gongkai.review.content import Content, adapter, parse
from gongkai.review.gate.covering import mask_all
from gongkai.review.models import Approval, ApprovalState, Decision, Opinion
from gongkai.review.permissions import Step, current_step, refusals_to_take_step
from gongkai.screening import safe_text


@dataclass(frozen=True)
class Waiting:
    """An approval whose current step the officer may take now; `again`: it was taken before, of other content."""

    approval: Approval
    step: Step
    again: bool = False


@dataclass(frozen=True)
class Line:
    """One line of a comparison: "added" or "removed". `is_covered`: the numbers of persons in it are not shown."""

    kind: str
    text: str
    is_covered: bool = False


@dataclass(frozen=True)
class Change:
    """A field that differs, by its label, with the lines that are gone and those that are new."""

    label: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Difference:
    """What differs from the content that an officer saw.

    `base` is that officer's last opinion in the approval, or the submission. Without `changes` nothing that is read
    differs; `is_same` tells whether the content is the very same, or differs in its layout (headings, bold).
    """

    base: Opinion
    is_own: bool
    is_same: bool
    changes: Sequence[Change]


def waiting_for(account: Account) -> list[Waiting]:
    """The approvals that wait for the account, the oldest first."""
    approvals = (
        Approval.objects.filter(state=ApprovalState.IN_REVIEW, agency_id__in=agency_ids_of(account, CONTENT_ROLES))
        .select_related("agency", "department", "drafter__officer")
        .prefetch_related("opinions__officer", "opinions__by__officer")
        .order_by("submitted_at")
    )
    return [
        Waiting(approval, current_step(approval), any(_agreed_before(approval, one) for one in approval.opinions.all()))
        for approval in approvals
        if not refusals_to_take_step(approval, account, digest=approval.content_id, opinions=approval.opinions.all())
    ]


def _agreed_before(approval: Approval, opinion: Opinion) -> bool:
    """Whether the opinion agreed at the current step to a content that is no longer there."""
    is_here = opinion.position == approval.position and opinion.decision == Decision.AGREE
    return is_here and opinion.content_id != approval.content_id


def difference(approval: Approval, account: Account) -> Difference | None:
    """How the content differs from what the account last gave its opinion on in this approval.

    Whoever has given none is shown the difference from what was submitted. None only for an approval without opinions.
    """
    opinions = list(Opinion.objects.filter(approval=approval).select_related("content").order_by("pk"))
    own = [opinion for opinion in opinions if opinion.by_id == account.pk]
    bases = own or [opinion for opinion in opinions if opinion.decision == Decision.SUBMIT]
    if not bases:
        return None
    base = bases[-1]
    is_same = base.content_id == approval.content_id
    changes = (
        []
        if is_same
        else compare(
            approval.object_kind,
            approval.object_key,
            parse(base.content.canonical),
            parse(approval.content.canonical),
        )
    )
    return Difference(base, bool(own), is_same, changes)


def compare(object_kind: str, object_key: str, before: Content, after: Content) -> list[Change]:
    """The fields that a person would read differently in two contents of an object, numbers of persons covered."""
    fields = adapter(object_kind).fields
    old, old_safe, new, new_safe = (
        fields(object_key, content) for content in (before, mask_all(before), after, mask_all(after))
    )
    return [
        Change(old[at][0], _lines(_shown(old[at][1], old_safe[at][1]), _shown(new[at][1], new_safe[at][1])))
        for at in range(len(old))
        if old[at][1] != new[at][1]
    ]


def _shown(text: str, covered: str) -> list[tuple[str, str]]:
    """The lines of a text, each with what is shown of it."""
    lines, safe = text.splitlines(), covered.splitlines()
    if len(lines) != len(safe):
        safe = [safe_text(line) for line in lines]
    return list(zip(lines, safe, strict=True))


def _lines(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> list[Line]:
    """Which lines went and which came, in their order."""
    lines: list[Line] = []
    texts = [line for line, _safe in old], [line for line, _safe in new]
    for kind, first, last, new_first, new_last in difflib.SequenceMatcher(None, *texts).get_opcodes():
        if kind != "equal":
            lines += [Line("removed", safe, safe != text) for text, safe in old[first:last]]
            lines += [Line("added", safe, safe != text) for text, safe in new[new_first:new_last]]
    return lines
