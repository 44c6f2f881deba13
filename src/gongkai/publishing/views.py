"""Staff pages of items: list, draft, read, approve, release."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.audit.acts import timeline
from gongkai.publishing import acts
from gongkai.publishing.content import OBJECT_KIND, content_of
from gongkai.publishing.forms import ItemForm, OpinionForm, initial_of, initial_of_new
from gongkai.publishing.models import Item, ItemState
from gongkai.publishing.permissions import (
    approval_of,
    refusals_to_draft,
    refusals_to_revise,
    refusals_to_submit,
    refusals_to_withdraw,
)
from gongkai.publishing.tables import ItemFilter, ItemTable, head_rows
from gongkai.publishing.text import to_plain
from gongkai.review.models import Approval, Opinion, StepKind
from gongkai.review.permissions import current_step, refusals_to_take_step, steps_of
from gongkai.review.worklist import difference
from gongkai.rules.refusals import ActRefused, Refusal
from gongkai.ui.components import Action, Crumb
from gongkai.ui.lists import ListView


class ItemListView(ListView):
    """All items that the officer may see."""

    model = Item
    table_class = ItemTable
    filterset_class = ItemFilter
    title = gettext_lazy("公开信息")
    empty_text = gettext_lazy("还没有公开信息，可以从起草一条开始。")

    def get_queryset(self) -> Any:
        """The visible items with what the table prints."""
        return super().get_queryset().select_related("agency", "department")

    def get_actions(self) -> list[Action]:
        """Draft a new item, look at entered history."""
        agency = own_agency(self.request)
        actions = []
        if agency is not None and not refusals_to_draft(account_of(self.request), agency):
            actions.append(Action(_("起草"), reverse("publishing:new"), primary=True))
        if waiting_history(self.request).exists():
            actions.append(Action(_("复核补录信息"), reverse("publishing:history")))
        return actions


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin an item."""
    agency = own_agency(request)
    if agency is None or refusals_to_draft(account_of(request), agency):
        raise Http404
    department = account_of(request).officer.department
    form = ItemForm(request.POST or None, agency=agency, initial=initial_of_new(department))
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            item = acts.draft_item(agency=agency, fields=form.item_fields(), by=account_of(request), at=timezone.now())
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, _("草稿已保存，确认无误后可以送审。"))
            return redirect("publishing:item", uid=item.uid)
    status = 409 if refusals else 422 if form.errors else 200
    context = {"title": _("起草公开信息"), "form": form, "refusals": refusals, "trail": trail(_("起草"))}
    return render(request, "publishing/form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Change a draft, or content in review by the holder of its step."""
    item = visible_item(request, uid)
    account = account_of(request)
    if refusals_to_revise(account, item):
        raise Http404
    digest = content_of(item).digest
    form = ItemForm(request.POST or None, agency=item.agency, item=item, initial=initial_of(item, digest))
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            acts.revise_item(
                item=item,
                digest=form.cleaned_data["digest"],
                fields=form.item_fields(),
                by=account,
                at=timezone.now(),
            )
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, _("修改已保存。"))
            return redirect("publishing:item", uid=item.uid)
    status = 409 if refusals else 422 if form.errors else 200
    context = {
        "title": _("修改公开信息"),
        "form": form,
        "item": item,
        "refusals": refusals,
        "trail": trail(_("修改")),
        "in_review": item.state == ItemState.IN_REVIEW,
    }
    return render(request, "publishing/form.html", context, status=status)


@require_GET
def item(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Read an item as the public will see it, and take the step whose turn it is."""
    return show(request, visible_item(request, uid))


@require_POST
def act(request: HttpRequest, uid: uuid.UUID, act: str) -> HttpResponse:
    """Submit, agree, return, release or withdraw; a refusal is shown on the item's page, with what was typed."""
    item = visible_item(request, uid)
    if act not in ACTS:
        raise Http404
    form = OpinionForm(request.POST)
    if not form.is_valid():
        return show(request, item, form=form, status=422)
    done, run = ACTS[act]
    try:
        run(item, form.cleaned_data, account_of(request))
    except ActRefused as refused:
        # The page shows the content as it is now: the next opinion is on that, and what was typed is kept.
        return show(request, item, text=form.cleaned_data["text"], refusals=refused.refusals, status=409)
    messages.success(request, str(done))
    return redirect("publishing:item", uid=item.uid)


ACTS: dict[str, tuple[Promise, Callable[[Item, dict[str, Any], Account], object]]] = {
    "submit": (
        gettext_lazy("已送审。"),
        lambda item, data, by: acts.submit_item(item=item, digest=data["digest"], by=by, at=timezone.now()),
    ),
    "agree": (
        gettext_lazy("已提交同意意见。"),
        lambda item, data, by: acts.agree(
            item=item, digest=data["digest"], text=data["text"], by=by, at=timezone.now()
        ),
    ),
    "return": (
        gettext_lazy("已退回起草人。"),
        lambda item, data, by: acts.return_item(
            item=item, digest=data["digest"], text=data["text"], by=by, at=timezone.now()
        ),
    ),
    "release": (
        gettext_lazy("已发布，公众现在可以看到。"),
        lambda item, data, by: acts.release_item(item=item, digest=data["digest"], by=by, at=timezone.now()),
    ),
    "withdraw": (
        gettext_lazy("已撤回，原地址显示撤回原因。"),
        lambda item, data, by: acts.withdraw_item(item=item, reason=data["text"], by=by, at=timezone.now()),
    ),
}


@require_http_methods(["GET", "POST"])
def history(request: HttpRequest) -> HttpResponse:
    """Confirm, as a second officer, items that were public before this system."""
    agency = own_agency(request)
    items = waiting_history(request)
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and agency is not None:
        chosen = list(items.filter(uid__in=uids(request.POST.getlist("item"))))
        try:
            if not chosen:
                raise ActRefused([Refusal("nothing_chosen", _("还没有选择要复核的信息。"))])
            acts.confirm_history(agency=agency, items=chosen, by=account_of(request), at=timezone.now())
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, _("已复核 %(count)d 条，公众现在可以看到。") % {"count": len(chosen)})
            return redirect("publishing:list")
    context = {
        "title": _("复核补录信息"),
        "items": items,
        "refusals": refusals,
        "trail": trail(_("复核补录信息")),
    }
    return render(request, "publishing/history.html", context, status=409 if refusals else 200)


def show(
    request: HttpRequest,
    item: Item,
    *,
    form: OpinionForm | None = None,
    text: str = "",
    refusals: tuple[Refusal, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """The page of an item, with the acts that the officer may take now."""
    account = account_of(request)
    content = content_of(item)
    approval = approval_of(item)
    last = Approval.objects.filter(object_kind=OBJECT_KIND, object_key=str(item.uid)).first()
    may = {
        "edit": not refusals_to_revise(account, item),
        "submit": not refusals_to_submit(account, item),
        "withdraw": not refusals_to_withdraw(account, item, "-"),
        "step": approval is not None and not refusals_to_take_step(approval, account, digest=content.digest),
    }
    step = current_step(approval) if approval else None
    why_not_submit = refusals_to_submit(account, item) if account.pk == item.drafter_id else []
    context = {
        "title": item.title,
        "item": item,
        "head": head_rows(item),
        "digest": content.digest,
        "may": may,
        "approval": approval,
        "steps": progress(last) if last else [],
        "step": step,
        "is_release": step is not None and step.kind == StepKind.RELEASE,
        "why_not_submit": why_not_submit if item.state == ItemState.DRAFTED else [],
        "difference": difference(approval, to_plain) if approval else [],
        "opinions": Opinion.objects.filter(approval__object_kind=OBJECT_KIND, approval__object_key=str(item.uid)),
        "timeline": timeline(OBJECT_KIND, str(item.uid)),
        "form": form or OpinionForm(initial={"digest": content.digest, "text": text}),
        "refusals": refusals,
        "trail": trail(item.title),
    }
    return render(request, "publishing/item.html", context, status=status)


def progress(approval: Approval) -> list[dict[str, Any]]:
    """The steps of an approval with who agreed to the present content and which step has its turn."""
    opinions = {opinion.position: opinion for opinion in approval.opinions.filter(content_id=approval.content_id)}
    return [
        {
            "step": step,
            "opinion": opinions.get(step.position),
            "is_current": approval.state == "in_review" and step.position == approval.position,
        }
        for step in steps_of(approval)
    ]


def trail(last: str) -> list[Crumb]:
    """The breadcrumb of a page below the list."""
    return [Crumb(_("公开信息"), reverse("publishing:list")), Crumb(last)]


def visible_item(request: HttpRequest, uid: uuid.UUID) -> Item:
    """The item, if the officer may see it; a foreign one is as missing as one that never was."""
    items = Item.objects.visible_to(request.user).select_related(
        "agency", "department", "drafter", "interprets__agency"
    )
    return get_object_or_404(items.prefetch_related("columns", "channels"), uid=uid)


def waiting_history(request: HttpRequest) -> Any:
    """The entered items of the officer's agency that a second officer has yet to confirm."""
    items = Item.objects.visible_to(request.user).filter(
        agency=own_agency(request), entered_as_history=True, confirmed_at=None
    )
    return items.select_related("agency").order_by("published_on", "pk")


def own_agency(request: HttpRequest) -> Agency | None:
    """The agency for which the signed-in officer works."""
    officer = getattr(request.user, "officer", None)
    return officer.agency if officer is not None else None


def account_of(request: HttpRequest) -> Account:
    """The signed-in account; staff pages are closed to everybody else."""
    if not isinstance(request.user, Account):
        raise Http404
    return request.user


def uids(values: list[str]) -> list[uuid.UUID]:
    """The values that are uids; others are passed over, as no item has them."""
    found = []
    for value in values:
        try:
            found.append(uuid.UUID(value))
        except ValueError:
            continue
    return found
