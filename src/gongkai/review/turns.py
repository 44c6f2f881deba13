"""Whose turn it is and what comes after it, in words: officers are never left to guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongkai.accounts.models import Account
from gongkai.agencies.models import PostHolding
from gongkai.agencies.permissions import today
from gongkai.review.acts import agreed_positions
from gongkai.review.models import Approval, ApprovalState, Decision, StepKind
from gongkai.review.permissions import (
    Step,
    answers_for,
    current_step,
    refusals_of_persons,
    refusals_to_take_step,
    steps_of,
)
from gongkai.review.runs import run_in_review


@dataclass(frozen=True)
class Turn:
    """The step whose turn it is, who may take it today, whether the account that asks may, and the steps after it."""

    step: Step
    takers: Sequence[str]
    is_own: bool
    after: Sequence[Step]

    @property
    def said(self) -> str:
        """Whose turn it is and what happens next, in two sentences."""
        return f"{self.now}{self.next}"

    @property
    def now(self) -> str:
        """Whose turn it is."""
        if self.is_own:
            return _("现在轮到您：%(label)s。请通读后在这一页下面办理。") % {"label": self.step.label}
        names = "、".join(self.takers) or _("还没有人担任这一环节的岗位，请系统管理员安排")
        return _("现在轮到「%(label)s」：%(names)s。") % {"label": self.step.label, "names": names}

    @property
    def next(self) -> str:
        """What happens then."""
        if self.step.kind == StepKind.RELEASE:
            return _("发布后公众就能看到。")
        labels = "、".join(f"「{step.label}」" for step in self.after)
        return _("同意后依次是%(labels)s；退回则由起草人修改后重新送审。") % {"labels": labels}


def turn_of(approval: Approval | None, account: Account) -> Turn | None:
    """Whose turn it is in an approval; none where it is over."""
    if approval is None or approval.state != ApprovalState.IN_REVIEW:
        return None
    step, agreed = current_step(approval), agreed_positions(approval)
    after = [
        later
        for later in steps_of(approval)
        if later.position > step.position and (later.kind == StepKind.RELEASE or later.position not in agreed)
    ]
    is_own = not refusals_to_take_step(approval, account, digest=approval.content_id)
    return Turn(step, _takers(approval, step), is_own, after)


def _takers(approval: Approval, step: Step) -> list[str]:
    """Who may take a step today, with the post, each person once."""
    holdings = PostHolding.objects.on(today()).filter(answers_for(approval, step))
    opinions = list(approval.opinions.select_related("officer", "by__officer"))
    names: dict[int, str] = {}
    for holding in holdings.select_related("officer", "post").order_by("deputises_for", "pk"):
        person = holding.officer.person
        if person not in names and not refusals_of_persons(approval, person, step, opinions):
            names[person] = f"{holding.officer.name}（{holding.post.title}）"
    return list(names.values())


def said_after_change(object_kind: str, object_key: str, account: Account) -> str:
    """What an officer who changed a content is told of what happens now."""
    run = run_in_review(object_kind, object_key)
    turn = turn_of(run, account)
    if run is None or turn is None:
        return _("请通读一遍，确认无误后送审。")
    void = run.opinions.filter(decision=Decision.AGREE).exclude(content_id=run.content_id).exists()
    return (_("内容有改动，此前的意见不再算数，要从头确认。") if void else "") + turn.said


def said_after_act(object_kind: str, object_key: object, account: Account) -> str:
    """Whose turn it is after a step was taken; empty where the run is over."""
    turn = turn_of(run_in_review(object_kind, object_key), account)
    return turn.now if turn is not None else ""
