"""Who may take which step, and why not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from gongkai.accounts.models import Account
from gongkai.agencies.models import PostHolding, Role
from gongkai.agencies.permissions import holdings_of, today
from gongkai.review.models import Approval, ApprovalState, Decision, Opinion, StepKind
from gongkai.rules.refusals import Refusal

BASIS = "政府信息公开条例（国务院令第711号）第十七条"
# Roles that speak for a department: their post must be responsible for the drafting one, or for all.
DEPARTMENT_ROLES = (Role.CONTRIBUTOR, Role.DEPARTMENT_HEAD, Role.LEADER_IN_CHARGE)


@dataclass(frozen=True)
class Step:
    """A step as the approval took it over from its chain."""

    position: int
    kind: str
    label: str
    roles: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The step as an approval stores it."""
        return {"position": self.position, "kind": self.kind, "label": self.label, "roles": list(self.roles)}


def steps_of(approval: Approval) -> list[Step]:
    """The steps of an approval, in order."""
    return [Step(step["position"], step["kind"], step["label"], tuple(step["roles"])) for step in approval.steps]


def current_step(approval: Approval) -> Step:
    """The step whose turn it is."""
    return next(step for step in steps_of(approval) if step.position == approval.position)


def holding_for(approval: Approval, step: Step, account: Account) -> PostHolding | None:
    """The post by which an account may take a step, if it holds one today."""
    rows = holdings_of(account).filter(_answers_for(approval, step))
    return rows.select_related("post", "officer").order_by("pk").first()


def _answers_for(approval: Approval, step: Step) -> Q:
    """Which holdings of posts take a step: its roles in the agency, those of departments for the drafting one."""
    responsible = Q(post__departments__isnull=True) | Q(post__departments=approval.department_id)
    return Q(post__agency_id=approval.agency_id, post__role__in=step.roles) & (
        ~Q(post__role__in=DEPARTMENT_ROLES) | responsible
    )


def refusals_of_vacant_steps(approval: Approval) -> list[Refusal]:
    """Why the approval could not come to its end with the people in post today.

    Every step needs somebody with an account; the drafter counts for the release only, and some signer must be left
    when each review is taken by somebody else.
    """
    in_post = PostHolding.objects.on(today()).filter(officer__account__is_active=True)
    people: dict[int, set[int]] = {}
    steps = steps_of(approval)
    for step in steps:
        holdings = in_post.filter(_answers_for(approval, step))
        people[step.position] = set(holdings.values_list("officer__account", flat=True))
        if step.kind != StepKind.RELEASE:
            people[step.position].discard(approval.drafter_id)
    vacant = [step for step in steps if not people[step.position]]
    refusals = [
        Refusal(
            "step_vacant",
            f"「{step.label}」环节现在没有人能办理（起草人不能审核、签发自己的内容），请系统管理员先安排在任人员。",
            BASIS,
        )
        for step in vacant
    ]
    reviews = [people[step.position] for step in steps if step.kind == StepKind.REVIEW]
    for step in steps:
        signers = people[step.position]
        if step.kind == StepKind.SIGN and not vacant and not any(all(r - {s} for r in reviews) for s in signers):
            refusals.append(
                Refusal(
                    "step_vacant",
                    f"「{step.label}」环节现在没有人能办理：审核和签发须由不同的人办理，请系统管理员先安排在任人员。",
                    BASIS,
                )
            )
    return refusals


def refusals_to_take_step(
    approval: Approval, account: Account, *, digest: str, opinions: Iterable[Opinion] | None = None
) -> list[Refusal]:
    """Why the account may not give its opinion at the current step on the content with this digest.

    The drafter, the reviewers and the signer must be different persons, and what was read must be what is there.
    """
    if approval.state != ApprovalState.IN_REVIEW:
        return [Refusal("not_in_review", "该内容不在审核中。请刷新页面查看现在的状态。")]
    refusals = []
    step = current_step(approval)
    if holding_for(approval, step, account) is None:
        refusals.append(Refusal("not_your_step", f"现在轮到「{step.label}」，您没有担任这一环节的岗位。", BASIS))
    if digest != approval.content_id:
        refusals.append(Refusal("content_changed", "您阅读之后内容有改动。请重新打开，读过新内容再提交意见。", BASIS))
    given = list(opinions if opinions is not None else approval.opinions.all())
    refusals += _refusals_of_persons(approval, account, step, given)
    return refusals


def _refusals_of_persons(approval: Approval, account: Account, step: Step, given: list[Opinion]) -> list[Refusal]:
    """Why this person may not take this step, for what it did in the approval before."""
    if step.kind == StepKind.RELEASE:
        return []
    if account.pk == approval.drafter_id:
        return [Refusal("same_person", "起草人不能审核或签发自己起草的内容，须由另一人办理。", BASIS)]
    kinds = {known.position: known.kind for known in steps_of(approval)}
    other = StepKind.REVIEW if step.kind == StepKind.SIGN else StepKind.SIGN
    if any(
        opinion.by_id == account.pk and opinion.decision == Decision.AGREE and kinds.get(opinion.position) == other
        for opinion in given
    ):
        return [Refusal("same_person", "审核人和签发人不能是同一个人，须由另一人办理。", BASIS)]
    return []
