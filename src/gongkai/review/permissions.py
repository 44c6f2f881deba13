"""Who may take which step, and why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from gongkai.accounts.models import Account
from gongkai.agencies.models import Officer, PostHolding, PostHoldingQuerySet, Role
from gongkai.agencies.permissions import holdings_of, today
from gongkai.agencies.permissions import person_of as person_of  # named again: review asks it everywhere
from gongkai.review.chains import ROUNDS, StepPlan
from gongkai.review.content import registered
from gongkai.review.models import Approval, ApprovalState, Decision, Opinion, SecrecyResult, StepKind
from gongkai.rules.refusals import Refusal
from gongkai.screening import safe_text

BASIS = "政府信息公开条例（国务院令第711号）第十七条"
APPROVING_ROLES = tuple(role for role in Role if role not in (Role.AUDITOR, Role.SUPERVISOR, Role.SYSTEM_ADMINISTRATOR))
MOST_STEPS = 8
NO_SECRECY_CHECK = "流程里没有作保密审查的环节。信息公开前要作保密审查，请在一个审核或者签发环节勾选。"
LABEL_LENGTH = 32
# Roles that speak for a department: their post must be responsible for the drafting one, or for all.
DEPARTMENT_ROLES = (Role.CONTRIBUTOR, Role.DEPARTMENT_HEAD, Role.LEADER_IN_CHARGE)

NOT_IN_REVIEW = Refusal("not_in_review", "该内容不在审核中。请刷新页面查看现在的状态。")


@dataclass(frozen=True)
class Step:
    """A step as the approval took it over from its chain."""

    position: int
    kind: str
    label: str
    roles: tuple[str, ...]
    checks_secrecy: bool = False
    rounds: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The step as an approval stores it."""
        return {
            "position": self.position,
            "kind": self.kind,
            "label": self.label,
            "roles": list(self.roles),
            "checks_secrecy": self.checks_secrecy,
            "rounds": list(self.rounds),
        }


def steps_of(approval: Approval) -> list[Step]:
    """The steps of an approval, in order."""
    return [
        Step(
            step["position"],
            step["kind"],
            step["label"],
            tuple(step["roles"]),
            step.get("checks_secrecy", False),
            tuple(step.get("rounds", ())),
        )
        for step in approval.steps
    ]


def current_step(approval: Approval) -> Step:
    """The step whose turn it is."""
    return next(step for step in steps_of(approval) if step.position == approval.position)


def holding_for(approval: Approval, step: Step, account: Account) -> PostHolding | None:
    """The post by which an account may take a step, if it holds one today."""
    return _first(holdings_of(account).filter(answers_for(approval, step)))


def holding_on(approval: Approval, step: Step, officer: Officer, day: dt.date) -> PostHolding | None:
    """The post by which an officer could take a step on a day, with or without an account."""
    return _first(PostHolding.objects.on(day).filter(answers_for(approval, step), officer=officer))


def _first(holdings: PostHoldingQuerySet) -> PostHolding | None:
    """The first holding, one's own before that of a deputy."""
    rows = holdings.select_related("post", "officer", "deputises_for")
    return rows.order_by(F("deputises_for").asc(nulls_first=True), "pk").first()


def person_who_gave(opinion: Opinion) -> int | None:
    """The natural person who gave an opinion."""
    if opinion.officer is not None:
        return opinion.officer.person
    return person_of(opinion.by) if opinion.by is not None else None


def answers_for(approval: Approval, step: Step) -> Q:
    """Which holdings of posts take a step: its roles in the agency, those of departments for the drafting one."""
    responsible = Q(post__departments__isnull=True) | Q(post__departments=approval.department_id)
    return Q(post__agency_id=approval.agency_id, post__role__in=step.roles) & (
        ~Q(post__role__in=DEPARTMENT_ROLES) | responsible
    )


def refusals_of_plans(plans: Sequence[StepPlan]) -> list[Refusal]:
    """Why these steps are no chain.

    Reviews, one signature and the release, in this order: with the drafter, who takes none of the first two, and the
    signer, who reviews nothing, at least three persons see a content before it is public. One of these steps checks
    secrecy: every content is reviewed before it is public (Order 711 art. 17).
    """
    refusals = []
    kinds = [plan.kind for plan in plans]
    if len(kinds) < 3 or kinds != [StepKind.REVIEW] * (len(kinds) - 2) + [StepKind.SIGN, StepKind.RELEASE]:
        refusals.append(Refusal("bad_chain", "审核流程应依次为一个以上审核环节、一个签发环节、一个发布环节。"))
    if len(plans) > MOST_STEPS:
        refusals.append(Refusal("too_many_steps", f"审核流程最多{MOST_STEPS}个环节，请合并。"))
    if any(not plan.roles for plan in plans):
        refusals.append(Refusal("step_without_role", "每个环节至少要有一种岗位可以办理。"))
    if any(role not in APPROVING_ROLES for plan in plans for role in plan.roles):
        refusals.append(Refusal("role_may_not_approve", "审计员、监督员和系统管理员不能办理审核环节。"))
    labels = [plan.label.strip() for plan in plans]
    if not all(labels):
        refusals.append(Refusal("label_missing", "请写每个环节的名称。"))
    if any(len(label) > LABEL_LENGTH for label in labels):
        refusals.append(Refusal("label_too_long", f"环节名称最多{LABEL_LENGTH}个字。"))
    if len(set(labels)) < len(labels):
        refusals.append(Refusal("same_label", "两个环节的名称相同，请区别开。"))
    rounds = [number for plan in plans for number in plan.rounds]
    if rounds != sorted(set(rounds)) or not set(rounds) <= set(ROUNDS):
        refusals.append(Refusal("rounds_out_of_order", "三审三校应依次为初审初校、复审二校、终审三校，每项一次。"))
    if any(plan.kind == StepKind.RELEASE and (plan.checks_secrecy or plan.rounds) for plan in plans):
        refusals.append(Refusal("release_checks_nothing", "保密审查和三审三校在发布之前完成，不能放在发布环节。"))
    if not any(plan.checks_secrecy for plan in plans):
        refusals.append(Refusal("no_secrecy_check", NO_SECRECY_CHECK, BASIS))
    return refusals


def refusals_of_vacant_steps(approval: Approval) -> list[Refusal]:
    """Why the approval could not come to its end with the people in post today.

    Every step needs somebody, with an account or signing on paper, the release with an account; the drafter counts
    for the release only, and some signer must be left when each review is taken by somebody else. Two accounts of one
    natural person are one.
    """
    in_post = PostHolding.objects.on(today())
    people: dict[int, set[int]] = {}
    steps = steps_of(approval)
    authors = authors_of(approval)
    for step in steps:
        able = Q(officer__account__is_active=True)
        if step.kind != StepKind.RELEASE:
            able |= Q(officer__account__isnull=True)
        holdings = in_post.filter(answers_for(approval, step)).filter(able)
        persons = holdings.values_list(Coalesce("officer__same_person_as", "officer"), flat=True)
        people[step.position] = set(persons)
        if step.kind != StepKind.RELEASE:
            people[step.position] -= authors
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
        return [NOT_IN_REVIEW]
    refusals = []
    step = current_step(approval)
    holding = holding_for(approval, step, account)
    if holding is None:
        refusals.append(Refusal("not_your_step", f"现在轮到「{step.label}」，您没有担任这一环节的岗位。", BASIS))
    if digest != approval.content_id:
        refusals.append(Refusal("content_changed", "您阅读之后内容有改动。请重新打开，读过新内容再提交意见。", BASIS))
    person = holding.officer.person if holding is not None else person_of(account)
    return refusals + refusals_of_persons(approval, person, step, opinions)


def refusals_of_secrecy(step: Step, secrecy: str) -> list[Refusal]:
    """Why a step may not be agreed to with this result of the secrecy check."""
    if not step.checks_secrecy:
        return []
    if secrecy not in SecrecyResult.values:
        return [Refusal("secrecy_missing", f"「{step.label}」要作保密审查，请选择审查结论。", BASIS)]
    if secrecy != SecrecyResult.CLEAR:
        label = SecrecyResult(secrecy).label
        return [Refusal("secrecy_not_clear", f"审查结论是「{label}」，不能同意，请退回起草人。", BASIS)]
    return []


def refusals_of_words(text: str) -> list[Refusal]:
    """Why a reason or an opinion may not be kept: it stays for ever, so the number of a person must not stand in it."""
    if safe_text(text) == text:
        return []
    return [Refusal("number_in_text", "说明里不要写出号码本身，写清是哪一处就可以。")]


def authors_of(approval: Approval) -> set[int]:
    """The natural persons who drafted what is approved: who submitted it, and everybody who wrote in it before."""
    return {person_of(approval.drafter)} | writers_of(approval.object_kind, approval.object_key)


def writers_of(object_kind: str, object_key: str) -> set[int]:
    """The natural persons who wrote in an object, where its package keeps them apart from the drafter."""
    known = registered().get(object_kind)
    return {person_of(account) for account in known.authors(object_key)} if known and known.authors else set()


def refusals_of_persons(
    approval: Approval, person: int, step: Step, opinions: Iterable[Opinion] | None = None
) -> list[Refusal]:
    """Why this natural person may not take this step, for what it did in the approval before."""
    if step.kind == StepKind.RELEASE:
        return []
    if person in authors_of(approval):
        return [Refusal("same_person", "起草人不能审核或签发自己起草的内容，须由另一人办理。", BASIS)]
    kinds = {known.position: known.kind for known in steps_of(approval)}
    other = StepKind.REVIEW if step.kind == StepKind.SIGN else StepKind.SIGN
    given = approval.opinions.select_related("officer", "by__officer") if opinions is None else opinions
    if any(
        opinion.decision == Decision.AGREE
        and kinds.get(opinion.position) == other
        and person_who_gave(opinion) == person
        for opinion in given
    ):
        return [Refusal("same_person", "审核人和签发人不能是同一个人，须由另一人办理。", BASIS)]
    return []
