"""Chains are chosen, merged and set on screen by the system administrator; approvals under way keep theirs."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.accounts.models import Account
from gongkai.agencies.models import Role
from gongkai.publishing.content import OBJECT_KIND
from gongkai.review.acts import define_chain
from gongkai.review.chains import FOUR_STEPS, MERGED_STEPS, PLANS, SIX_STEPS, StepPlan
from gongkai.review.models import Chain
from gongkai.review.permissions import steps_of
from gongkai.rules.refusals import ActRefused
from tests.cast import ENTERED_AT, Cast
from tests.review.papers import run_of, waiting

SIGN = StepPlan("sign", "签发", (Role.HEAD,))
RELEASE = StepPlan("release", "发布", (Role.RELEASER,))
REVIEW = StepPlan("review", "审核", (Role.OFFICE,), checks_secrecy=True, rounds=(1, 2, 3))


def client_of(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def define(cast: Cast, steps: Any, **changes: Any) -> Chain:
    values = {"agency": cast.agency, "object_kind": OBJECT_KIND, "name": "流程", "steps": steps, "by": None}
    return define_chain(**{**values, "at": ENTERED_AT, **changes})


@pytest.mark.parametrize("code", PLANS)
def test_every_plan_is_a_chain_with_a_secrecy_check_and_all_three_rounds(cast: Cast, code: str) -> None:
    define(cast, PLANS[code].steps)
    steps = list(Chain.objects.get().steps.all())
    assert any(step.checks_secrecy for step in steps)
    assert [number for step in steps for number in step.rounds] == [1, 2, 3]


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([SIGN._replace(checks_secrecy=True), RELEASE], "bad_chain"),
        ([REVIEW, RELEASE, SIGN], "bad_chain"),
        ([REVIEW, SIGN], "bad_chain"),
        ([SIGN, REVIEW, SIGN._replace(label="再签"), RELEASE], "bad_chain"),
        ([REVIEW._replace(roles=()), SIGN, RELEASE], "step_without_role"),
        ([REVIEW._replace(roles=(Role.SYSTEM_ADMINISTRATOR,)), SIGN, RELEASE], "role_may_not_approve"),
        ([REVIEW._replace(roles=("nobody",)), SIGN, RELEASE], "role_may_not_approve"),
        ([REVIEW._replace(label=" "), SIGN, RELEASE], "label_missing"),
        ([REVIEW._replace(label="审" * 33), SIGN, RELEASE], "label_too_long"),
        ([REVIEW._replace(label="签发"), SIGN, RELEASE], "same_label"),
        ([REVIEW._replace(rounds=(2, 1)), SIGN, RELEASE], "rounds_out_of_order"),
        ([REVIEW, SIGN._replace(rounds=(3,)), RELEASE], "rounds_out_of_order"),
        ([REVIEW._replace(rounds=()), SIGN, RELEASE._replace(rounds=(1,))], "release_checks_nothing"),
        ([REVIEW._replace(checks_secrecy=False), SIGN, RELEASE], "no_secrecy_check"),
        ([REVIEW._replace(label=f"审核{n}", rounds=()) for n in range(7)] + [SIGN, RELEASE], "too_many_steps"),
    ],
)
def test_define_chain_refuses(cast: Cast, steps: Any, code: str) -> None:
    with pytest.raises(ActRefused) as refused:
        define(cast, steps)
    assert [refusal.code for refusal in refused.value.refusals] == [code]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SYSTEM_ADMINISTRATOR])
def test_define_chain_is_refused_to_every_other_role(cast: Cast, role: str) -> None:
    with pytest.raises(ActRefused) as refused:
        define(cast, SIX_STEPS, by=cast.accounts[role])
    assert [refusal.code for refusal in refused.value.refusals] == ["not_administrator"]
    client = client_of(cast.accounts[role])
    assert client.get(reverse("review:chains")).status_code == 404
    assert client.get(reverse("review:chain", args=[cast.agency.code, OBJECT_KIND])).status_code == 404


def test_approvals_under_way_keep_the_steps_they_began_with(cast: Cast) -> None:
    (item,) = waiting(cast)
    define(cast, MERGED_STEPS)
    assert len(steps_of(run_of(item))) == 5


def rows(plans: tuple[StepPlan, ...], **changes: str) -> dict[str, Any]:
    """What a browser posts for these steps, with an empty row at the end."""
    data: dict[str, Any] = {"name": "合并流程", "step-TOTAL_FORMS": str(len(plans) + 1), "step-INITIAL_FORMS": "0"}
    for number, plan in enumerate([*plans, StepPlan("review", "", ())]):
        data |= {
            f"step-{number}-label": plan.label,
            f"step-{number}-place": str(10 * number + 10),
            f"step-{number}-kind": plan.kind,
            f"step-{number}-roles": [str(role) for role in plan.roles],
            f"step-{number}-rounds": [str(number) for number in plan.rounds],
        }
        if plan.checks_secrecy:
            data[f"step-{number}-checks_secrecy"] = "on"
    return data | changes


def test_the_administrator_chooses_a_plan_changes_it_and_saves(cast: Cast) -> None:
    client = client_of(cast.system_administrator)
    url = reverse("review:chain", args=[cast.agency.code, OBJECT_KIND])
    assert "还没有设定" in client.get(reverse("review:chains")).content.decode()
    shown = client.get(url, {"plan": "four"}).content.decode()
    assert all(f'value="{step.label}"' in shown for step in FOUR_STEPS)
    # The second step is put before the first.
    data = rows(FOUR_STEPS, **{"step-0-place": "20", "step-1-place": "10"})
    data["step-0-rounds"], data["step-1-rounds"] = ["2"], ["1"]
    assert client.post(url, data).status_code == 302
    chain = Chain.objects.get()
    assert [step.label for step in chain.steps.all()] == ["办公室审核", "股室保密初审", "主要负责人签发", "发布"]
    assert [step.checks_secrecy for step in chain.steps.all()] == [False, True, False, False]
    assert "合并流程" in client.get(reverse("review:chains")).content.decode()


def test_a_chain_set_on_screen_must_have_a_secrecy_check(cast: Cast) -> None:
    client = client_of(cast.system_administrator)
    url = reverse("review:chain", args=[cast.agency.code, OBJECT_KIND])
    data = rows(MERGED_STEPS)
    del data["step-0-checks_secrecy"]
    answer = client.post(url, data)
    assert answer.status_code == 409
    assert "流程里没有作保密审查的环节" in answer.content.decode()
    assert not Chain.objects.exists()
    answer = client.post(url, rows(MERGED_STEPS, **{"step-0-place": "", "name": ""}))
    assert answer.status_code == 422
    assert 'value="办公室审核（含保密审查）"' in answer.content.decode()


def test_chains_of_others_are_as_missing_as_none(cast: Cast) -> None:
    client = client_of(cast.system_administrator)
    for code, kind in ((cast.other_agency.code, OBJECT_KIND), ("none", OBJECT_KIND), (cast.agency.code, "none")):
        assert client.get(reverse("review:chain", args=[code, kind])).status_code == 404
