"""Staff pages of what else is said of an item: its details before publication, its validity after it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.agencies.signed_in import account_of
from gongkai.publishing import acts
from gongkai.publishing.details import DetailsForm, ValidityForm, initial_of_details
from gongkai.publishing.models import Item, ItemState
from gongkai.publishing.permissions import refusals_to_revise, refusals_to_set_validity
from gongkai.publishing.views import changed, digest_of, visible_item
from gongkai.rules.refusals import ActRefused, Refusal
from gongkai.ui.components import Crumb
from gongkai.ui.forms import status_of


@require_http_methods(["GET", "POST"])
def details(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Change the details of a draft, or of content in review by the holder of its step."""
    item = visible_item(request, uid)
    account = account_of(request)
    if refusals_to_revise(account, item):
        raise Http404
    form = DetailsForm(request.POST or None, item=item, initial=initial_of_details(item, digest_of(item)))
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            acts.amend_details(
                item=item,
                digest=form.cleaned_data["digest"],
                details=form.details(),
                by=account,
                at=timezone.now(),
            )
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, changed(_("登记内容已保存。"), item, account))
            return redirect("publishing:item", uid=item.uid)
    context = {
        "title": _("有效期、联合发文、公示"),
        "form": form,
        "item": item,
        "refusals": refusals,
        "notice": _("这一件正在审核。改动后，此前的意见不再算数，须从头逐级确认。")
        if item.state == ItemState.IN_REVIEW
        else "",
        "trail": _trail(item, _("有效期、联合发文、公示")),
    }
    return render(request, "publishing/details.html", context, status=status_of(refusals, form))


@require_http_methods(["GET", "POST"])
def validity(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """State that a published document is in force, amended, expired or repealed."""
    item = visible_item(request, uid)
    account = account_of(request)
    if refusals_to_set_validity(account, item):
        raise Http404
    form = ValidityForm(
        request.POST or None,
        initial={"validity": item.validity, "from_on": item.validity_from_on or timezone.localdate()},
    )
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            acts.set_validity(item=item, by=account, at=timezone.now(), **form.cleaned_data)
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, _("有效性已登记，公开页面随之更新。"))
            return redirect("publishing:item", uid=item.uid)
    context = {
        "title": _("有效性"),
        "subtitle": item.title,
        "form": form,
        "item": item,
        "refusals": refusals,
        "trail": _trail(item, _("有效性")),
    }
    return render(request, "publishing/details.html", context, status=status_of(refusals, form))


def _trail(item: Item, last: str) -> list[Crumb]:
    return [
        Crumb(_("公开信息"), reverse("publishing:list")),
        Crumb(item.title, reverse("publishing:item", args=[item.uid])),
        Crumb(last),
    ]
