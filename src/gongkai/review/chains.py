"""Chains to choose from: what the steps are, who takes them, what is looked at in each.

`define_chain` takes the steps of a `Plan`; an agency may merge or add steps as it needs them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Role

# The three reviews and proof-readings (三审三校) as a sheet names them.
ROUNDS: dict[int, str | Promise] = {1: _("初审初校"), 2: _("复审二校"), 3: _("终审三校")}


class StepPlan(NamedTuple):
    """A step as `define_chain` takes it: a `StepKind`, what it is called, and the roles that may take it.

    `checks_secrecy`: the result of the secrecy check (保密审查) is part of the opinion. `rounds`: the reviews and
    proof-readings of 三审三校 that the step stands for, 1 to 3.
    """

    kind: str
    label: str
    roles: tuple[str, ...]
    checks_secrecy: bool = False
    rounds: tuple[int, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A chain to choose from."""

    code: str
    name: str | Promise
    note: str | Promise
    steps: tuple[StepPlan, ...]


# Department drafts and does the first secrecy check, the office reviews and edits, the leader in charge reads, the
# head signs, the information centre publishes. With the contributor, six people.
SIX_STEPS = (
    StepPlan("review", "股室保密初审", (Role.DEPARTMENT_HEAD,), checks_secrecy=True, rounds=(1,)),
    StepPlan("review", "办公室审核", (Role.OFFICE,), rounds=(2,)),
    StepPlan("review", "分管负责人审阅", (Role.LEADER_IN_CHARGE,), rounds=(3,)),
    StepPlan("sign", "主要负责人签发", (Role.HEAD,)),
    StepPlan("release", "发布", (Role.RELEASER,)),
)
# One person reviews, checks and may release as well; with contributor and head, three people.
MERGED_STEPS = (
    StepPlan("review", "办公室审核（含保密审查）", (Role.OFFICE,), checks_secrecy=True, rounds=(1, 2)),
    StepPlan("sign", "主要负责人签发", (Role.HEAD,), rounds=(3,)),
    StepPlan("release", "发布", (Role.RELEASER, Role.OFFICE)),
)
FOUR_STEPS = (
    StepPlan("review", "股室保密初审", (Role.DEPARTMENT_HEAD,), checks_secrecy=True, rounds=(1,)),
    StepPlan("review", "办公室审核", (Role.OFFICE,), rounds=(2,)),
    StepPlan("sign", "主要负责人签发", (Role.HEAD,), rounds=(3,)),
    StepPlan("release", "发布", (Role.RELEASER,)),
)
PLANS: dict[str, Plan] = {
    plan.code: plan
    for plan in (
        Plan(
            "six",
            _("六人流程"),
            _("信息员起草，股室负责人保密初审，办公室审核，分管负责人审阅，主要负责人签发，信息中心发布。"),
            SIX_STEPS,
        ),
        Plan(
            "merged",
            _("三人合并流程"),
            _("信息员起草，办公室审核并作保密审查，主要负责人签发，再由办公室发布。适合人少的单位。"),
            MERGED_STEPS,
        ),
        Plan(
            "four",
            _("四步流程"),
            _("信息员起草，股室负责人保密初审，办公室审核，主要负责人签发，信息中心发布。没有分管负责人的单位用。"),
            FOUR_STEPS,
        ),
    )
}
