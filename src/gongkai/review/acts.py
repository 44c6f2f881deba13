"""Put content into a chain and give opinions on exactly what was read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency, Department
from gongkai.agencies.permissions import refusals_to_administer
from gongkai.audit.acts import append
from gongkai.audit.events import EventData
from gongkai.review import events
from gongkai.review.chains import StepPlan
from gongkai.review.content import Content, freeze, parse
from gongkai.review.gate import refusals_of_gate
from gongkai.review.models import (
    Approval,
    ApprovalState,
    Chain,
    ChainStep,
    Decision,
    Opinion,
    SecrecyResult,
    StepKind,
)
from gongkai.review.permissions import (
    NOT_IN_REVIEW,
    Step,
    current_step,
    holding_for,
    refusals_of_plans,
    refusals_of_secrecy,
    refusals_of_vacant_steps,
    refusals_of_words,
    refusals_to_take_step,
    steps_of,
)
from gongkai.rules.refusals import ActRefused, Refusal, require


@transaction.atomic
def define_chain(
    *,
    agency: Agency,
    object_kind: str,
    name: str,
    steps: Sequence[Sequence[Any]],
    by: Account | None,
    at: dt.datetime,
) -> Chain:
    """Set the chain of an agency for a kind of content: steps as `StepPlan` or (kind, label, roles), in order.

    A chain has at least one review, exactly one signature after the reviews, and the release as its last step, so
    that drafter, reviewer and signer are three persons; one of its steps checks secrecy. Approvals under way keep the steps they began with.
    """
    plans = [StepPlan(*step) for step in steps]
    require(refusals_to_administer(by, agency) + refusals_of_plans(plans))
    chain, _made = Chain.objects.update_or_create(agency=agency, object_kind=object_kind, defaults={"name": name})
    chain.steps.all().delete()
    rows = [
        ChainStep(
            chain=chain,
            position=position,
            kind=plan.kind,
            label=plan.label,
            roles=[str(role) for role in plan.roles],
            checks_secrecy=plan.checks_secrecy,
            rounds=sorted(plan.rounds),
        )
        for position, plan in enumerate(plans, start=1)
    ]
    ChainStep.objects.bulk_create(rows)
    data = events.ChainDefined(name=name, object_kind=object_kind, steps=[_step(row).as_json() for row in rows])
    append(data, agency_code=agency.code, object_kind="agencies.agency", object_key=agency.code, by=by, at=at)
    return chain


@transaction.atomic
def submit(
    *,
    agency: Agency,
    department: Department | None,
    object_kind: str,
    object_key: str,
    content: Content,
    by: Account,
    at: dt.datetime,
    post_title: str,
) -> Approval:
    """Begin a run of the agency's chain over a content. The calling act has asked its own rule already.

    Raises `ActRefused` when the agency has no chain for the kind, the object is in review, or nobody holds a post
    today that some step asks for.
    """
    chain = Chain.objects.filter(agency=agency, object_kind=object_kind).first()
    refusals = []
    if chain is None:
        refusals.append(Refusal("no_chain", "本机构还没有设定审核流程。请联系系统管理员设定后再送审。"))
    if Approval.objects.filter(object_kind=object_kind, object_key=object_key, state=ApprovalState.IN_REVIEW).exists():
        refusals.append(Refusal("already_in_review", "该内容已经在审核中，不能重复送审。"))
    approval = Approval(
        agency=agency,
        department=department,
        object_kind=object_kind,
        object_key=object_key,
        title=content.title,
        drafter=by,
        steps=[_step(row).as_json() for row in ChainStep.objects.filter(chain=chain).order_by("position")],
        submitted_at=at,
    )
    require(refusals + refusals_of_vacant_steps(approval))
    approval.content = copy = freeze(content)
    approval.save()
    Opinion.objects.create(
        approval=approval,
        position=0,
        step_label="起草",
        content=copy,
        by=by,
        officer=getattr(by, "officer", None),
        name=by.name,
        post_title=post_title,
        decision=Decision.SUBMIT,
        at=at,
    )
    tell(approval, events.Submitted(digest=copy.digest, approval=str(approval.uid)), by, at)
    return approval


@transaction.atomic
def agree(
    *, approval: Approval, digest: str, by: Account, at: dt.datetime, text: str = "", secrecy: str = ""
) -> Approval:
    """Agree at the current review or signing step to the content with this digest; the next step has its turn.

    `secrecy`, a `SecrecyResult`, is asked for where the step checks it; only what may be published goes on.
    """
    approval = locked(approval)
    require(refusals_to_take_step(approval, by, digest=digest))
    step = current_step(approval)
    if step.kind == StepKind.RELEASE:
        raise ActRefused([Refusal("release_instead", "这一环节是发布，请使用「发布」。")])
    require(refusals_of_secrecy(step, secrecy) + refusals_of_words(text))
    opinion = _give(approval, step, Decision.AGREE, text, by, at, secrecy)
    move_on(approval)
    tell(
        approval,
        events.Agreed(label=step.label, post_title=opinion.post_title, digest=digest, text=text),
        by,
        at,
    )
    return approval


@transaction.atomic
def send_back(
    *, approval: Approval, digest: str, text: str, by: Account, at: dt.datetime, secrecy: str = ""
) -> Approval:
    """Return the content to its drafter with a reason; this run of the chain is over.

    `secrecy`, a `SecrecyResult`, is kept where the step checks it.
    """
    approval = locked(approval)
    refusals = refusals_to_take_step(approval, by, digest=digest) + refusals_of_words(text)
    if not text.strip():
        refusals.append(Refusal("reason_missing", "退回要写明原因，起草人才知道怎样修改。"))
    require(refusals)
    step = current_step(approval)
    opinion = _give(approval, step, Decision.RETURN, text, by, at, secrecy)
    approval.state = ApprovalState.RETURNED
    approval.save(update_fields=["state"])
    tell(
        approval,
        events.Returned(label=step.label, post_title=opinion.post_title, digest=digest, text=text),
        by,
        at,
    )
    return approval


@transaction.atomic
def recall(*, approval: Approval, text: str, by: Account, at: dt.datetime) -> Approval:
    """Let the drafter take the content back with a reason, at any step; this run of the chain is over."""
    approval = locked(approval)
    refusals = refusals_of_words(text)
    if approval.state != ApprovalState.IN_REVIEW:
        refusals.append(NOT_IN_REVIEW)
    if by.pk != approval.drafter_id:
        refusals.append(Refusal("not_your_draft", "只有起草人可以收回。办理人可以退回起草人。"))
    if not text.strip():
        refusals.append(Refusal("reason_missing", "收回要写明原因，各环节的办理人才知道为什么。"))
    require(refusals)
    approval.state = ApprovalState.RECALLED
    approval.save(update_fields=["state"])
    tell(approval, events.Recalled(digest=approval.content_id, text=text.strip()), by, at)
    return approval


@transaction.atomic
def change_content(
    *,
    approval: Approval,
    before: str,
    content: Content,
    department: Department | None,
    by: Account,
    at: dt.datetime,
) -> Approval:
    """Take over the content, and the department that answers for it, as the holder of the current step edited them.

    From now on only opinions on the new content count, and the first step that lacks one has its turn. Refused when
    another department leaves a step that nobody can take.
    """
    approval = locked(approval)
    refusals = refusals_to_take_step(approval, by, digest=before)
    step = current_step(approval)
    if department != approval.department:
        approval.department = department
        refusals += refusals_of_vacant_steps(approval)
    require(refusals)
    copy = freeze(content)
    approval.content, approval.title = copy, content.title
    approval.save(update_fields=["content", "title", "department"])
    move_on(approval)
    tell(approval, events.Changed(label=step.label, before=before, digest=copy.digest), by, at)
    return approval


@transaction.atomic
def release(*, approval: Approval, digest: str, by: Account, at: dt.datetime) -> Approval:
    """End the chain: every step before has agreed to exactly this content, and the gate lets it pass.

    The calling act publishes it in the same transaction, and called `gate.look_before` before that.
    """
    approval = locked(approval)
    content = parse(approval.content.canonical)
    if content.digest != approval.content_id:
        raise ActRefused([Refusal("copy_altered", "审核过的版本已被改动，不能发布。请系统管理员立即核查。")])
    gate = refusals_of_gate(content, approval.agency, approval.object_key)
    require(refusals_to_release(approval, by, digest=digest) + gate)
    step = current_step(approval)
    _give(approval, step, Decision.RELEASE, "", by, at)
    approval.state = ApprovalState.RELEASED
    approval.save(update_fields=["state"])
    return approval


def refusals_to_release(approval: Approval, by: Account, *, digest: str) -> list[Refusal]:
    """Why the content with this digest may not be released by the account now."""
    refusals = refusals_to_take_step(approval, by, digest=digest)
    agreed = agreed_positions(approval)
    refusals += [
        Refusal("step_missing", f"「{step.label}」还没有对现在的内容表示同意。")
        for step in steps_of(approval)
        if step.kind != StepKind.RELEASE and step.position not in agreed
    ]
    return refusals


def locked(approval: Approval) -> Approval:
    """The approval as it is now, locked until the end of the transaction."""
    return Approval.objects.select_for_update(of=("self",)).select_related("agency").get(pk=approval.pk)


def agreed_positions(approval: Approval) -> set[int]:
    """The steps that agreed to the content as it is now."""
    rows = Opinion.objects.filter(approval=approval, content_id=approval.content_id, decision=Decision.AGREE)
    return set(rows.values_list("position", flat=True))


def move_on(approval: Approval) -> None:
    """Give the turn to the first step that lacks an opinion on the content as it is now."""
    agreed = agreed_positions(approval)
    approval.position = next(
        step.position for step in steps_of(approval) if step.kind == StepKind.RELEASE or step.position not in agreed
    )
    approval.save(update_fields=["position"])


def _give(
    approval: Approval, step: Step, decision: str, text: str, by: Account, at: dt.datetime, secrecy: str = ""
) -> Opinion:
    holding = holding_for(approval, step, by)
    principal = holding.deputises_for if holding else None
    return Opinion.objects.create(
        approval=approval,
        position=step.position,
        step_label=step.label,
        content_id=approval.content_id,
        by=by,
        officer=holding.officer if holding else None,
        name=by.name,
        post_title=holding.post.title if holding else "",
        on_behalf_of=principal.name if principal else "",
        decision=decision,
        secrecy=secrecy if step.checks_secrecy and secrecy in SecrecyResult.values else "",
        text=text,
        at=at,
    )


def _step(row: ChainStep) -> Step:
    return Step(row.position, row.kind, row.label, tuple(row.roles), row.checks_secrecy, tuple(row.rounds))


def tell(approval: Approval, data: EventData, by: Account, at: dt.datetime) -> None:
    """Append an event to the history of what is approved."""
    append(
        data,
        agency_code=approval.agency.code,
        object_kind=approval.object_kind,
        object_key=approval.object_key,
        by=by,
        at=at,
    )
