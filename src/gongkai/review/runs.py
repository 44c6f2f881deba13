"""The runs of its chain that an object went through, and what the page of the object shows of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from gongkai.accounts.models import Account
from gongkai.review.models import Approval, ApprovalState, Decision, Opinion, StepKind
from gongkai.review.permissions import NOT_IN_REVIEW, current_step, steps_of
from gongkai.review.worklist import difference
from gongkai.rules.refusals import ActRefused


def runs_of(object_kind: str, object_key: object) -> QuerySet[Approval]:
    """The runs of an object, the latest first."""
    runs = Approval.objects.filter(object_kind=object_kind, object_key=str(object_key))
    return runs.order_by("-submitted_at", "-pk")


def run_in_review(object_kind: str, object_key: object) -> Approval | None:
    """The run that the object is in, if any."""
    return runs_of(object_kind, object_key).filter(state=ApprovalState.IN_REVIEW).first()


def the_run(object_kind: str, object_key: object) -> Approval:
    """The run that the object is in. Raises `ActRefused` when it is in none."""
    found = run_in_review(object_kind, object_key)
    if found is None:
        raise ActRefused([NOT_IN_REVIEW])
    return found


def last_run(object_kind: str, object_key: object) -> Approval | None:
    """The run that the object is in or went through last, if any."""
    return runs_of(object_kind, object_key).first()


def run_context(object_kind: str, object_key: object, account: Account) -> dict[str, Any]:
    """What the page of an object shows of its runs, under the names that `review/parts` know.

    `approval`: the run it is in; `last`: that or the one before; `steps`: the steps of `last` with their opinions;
    `step`: whose turn it is, `is_release`: whether that one publishes; `difference`: what changed since the account
    last read it; `opinions`: all that were given, in every run; `returned`: why the last run came back, if it did.
    """
    last = last_run(object_kind, object_key)
    approval = last if last is not None and last.state == ApprovalState.IN_REVIEW else None
    step = current_step(approval) if approval else None
    opinions = Opinion.objects.filter(approval__object_kind=object_kind, approval__object_key=str(object_key))
    return {
        "approval": approval,
        "last": last,
        "steps": progress(last) if last else [],
        "step": step,
        "is_release": step is not None and step.kind == StepKind.RELEASE,
        "difference": difference(approval, account) if approval else None,
        "opinions": opinions.select_related("approval", "entered_by", "sheet"),
        "returned": why_returned(last),
    }


def progress(approval: Approval) -> list[dict[str, Any]]:
    """The steps of a run with who agreed to the present content and which step has its turn."""
    opinions = {opinion.position: opinion for opinion in approval.opinions.filter(content_id=approval.content_id)}
    return [
        {
            "step": step,
            "opinion": opinions.get(step.position),
            "is_current": approval.state == ApprovalState.IN_REVIEW and step.position == approval.position,
        }
        for step in steps_of(approval)
    ]


def why_returned(approval: Approval | None, opinions: Iterable[Opinion] | None = None) -> Opinion | None:
    """The opinion by which the run was returned to its drafter; None for a run that was not."""
    if approval is None or approval.state != ApprovalState.RETURNED:
        return None
    given = approval.opinions.order_by("pk") if opinions is None else opinions
    return next((opinion for opinion in reversed(list(given)) if opinion.decision == Decision.RETURN), None)
