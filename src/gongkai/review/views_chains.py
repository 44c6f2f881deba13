"""Staff pages of chains: for system administrators, as part of the settings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.models import Role
from gongkai.agencies.permissions import administers, agencies_to_administer
from gongkai.agencies.signed_in import account_of
from gongkai.agencies.tabs import tabs
from gongkai.agencies.views import administered
from gongkai.review.acts import define_chain
from gongkai.review.chains import PLANS, ROUNDS, StepPlan
from gongkai.review.content import registered
from gongkai.review.forms_chains import ChainForm, StepFormSet, initial_rows
from gongkai.review.models import Chain, ChainStep, StepKind
from gongkai.rules.refusals import ActRefused, Refusal
from gongkai.ui.components import Crumb


@require_GET
def chains(request: HttpRequest) -> HttpResponse:
    """The chains of the administered agencies, one for each kind of content."""
    if not administers(account_of(request)):
        raise Http404
    agencies = list(agencies_to_administer(request.user).without_tree_fields())
    found = {
        (chain.agency_id, chain.object_kind): chain
        for chain in Chain.objects.filter(agency__in=agencies).prefetch_related("steps")
    }
    rows = [
        {
            "agency": agency,
            "kind": kind,
            "label": label,
            "chain": found.get((agency.pk, kind)),
            "steps": steps_shown(plans_of(found.get((agency.pk, kind)))),
        }
        for agency in agencies
        for kind, label in kinds().items()
    ]
    context = {
        "title": _("审核流程"),
        "subtitle": _("谁起草、谁审核、谁签发、谁发布。起草、审核、签发的必须是三个不同的人。"),
        "rows": rows,
        "tabs": tabs("review:chains"),
    }
    return render(request, "review/chains.html", context)


@require_http_methods(["GET", "POST"])
def chain(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Set the chain of an agency for a kind of content: from a plan to choose, or step by step."""
    agency = administered(request, code)
    if kind not in kinds():
        raise Http404
    now = Chain.objects.filter(agency=agency, object_kind=kind).prefetch_related("steps").first()
    plan = PLANS.get(request.GET.get("plan", ""))
    plans = list(plan.steps) if plan else plans_of(now) or list(PLANS["six"].steps)
    name = str(plan.name) if plan else now.name if now else str(PLANS["six"].name)
    form = ChainForm(request.POST or None, initial={"name": name})
    rows = StepFormSet(request.POST or None, initial=initial_rows(plans), prefix="step")
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        try:
            define_chain(
                agency=agency,
                object_kind=kind,
                name=form.cleaned_data["name"],
                steps=rows.plans(),
                by=account_of(request),
                at=timezone.now(),
            )
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, _("审核流程已保存。已经在审核中的内容仍走原来的流程。"))
            return redirect("review:chains")
    wrong = bool(form.errors) or (rows.is_bound and not rows.is_valid())
    context = {
        "title": _("修改审核流程"),
        "subtitle": f"{agency.name}，{kinds()[kind]}",
        "form": form,
        "rows": rows,
        "plans": [
            {"plan": known, "is_chosen": known is plan, "steps": steps_shown(known.steps)} for known in PLANS.values()
        ],
        "refusals": refusals,
        "back": reverse("review:chains"),
        "trail": [Crumb(_("审核流程"), reverse("review:chains")), Crumb(_("修改"))],
    }
    return render(request, "review/chain.html", context, status=409 if refusals else 422 if wrong else 200)


def kinds() -> dict[str, str]:
    """The kinds of content that go through a chain, with their names."""
    return {kind: str(adapter.label) for kind, adapter in registered().items() if adapter.label}


def plans_of(chain: Chain | None) -> list[StepPlan]:
    """The steps of a chain as it stands."""
    return [plan_of(step) for step in chain.steps.all()] if chain is not None else []


def plan_of(step: ChainStep) -> StepPlan:
    """A step as `define_chain` takes it."""
    return StepPlan(step.kind, step.label, tuple(step.roles), step.checks_secrecy, tuple(step.rounds))


def steps_shown(plans: Any) -> list[dict[str, str]]:
    """Steps in words: label, kind, who takes it, what is looked at."""
    return [
        {
            "label": plan.label,
            "kind": str(StepKind(plan.kind).label),
            "roles": "、".join(str(Role(role).label) for role in plan.roles),
            "checks": "、".join(
                [*([_("保密审查")] if plan.checks_secrecy else []), *(str(ROUNDS[number]) for number in plan.rounds)]
            ),
        }
        for plan in plans
    ]
