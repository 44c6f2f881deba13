"""Staff pages of publication on a platform outside: take the package, record the address, look at the screenshot."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.accounts.models import Account
from gongkai.agencies.signed_in import account_of
from gongkai.files import door, serving
from gongkai.publishing import acts, package
from gongkai.publishing.approvals import approval_of
from gongkai.publishing.content import content_of
from gongkai.publishing.models import Item, OutsidePublication, PublicationMode
from gongkai.publishing.platforms import OutsideForm
from gongkai.publishing.practice import practice_of
from gongkai.publishing.views import visible_item
from gongkai.review.gate import examine
from gongkai.review.models import StepKind
from gongkai.review.permissions import current_step, holding_for
from gongkai.rules.refusals import ActRefused, Refusal
from gongkai.ui.components import Crumb
from gongkai.ui.forms import status_of


@require_http_methods(["GET", "POST"])
def outside(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Take the approved content to the platform, field by field or as a package; then record where it stands."""
    item = releasable(request, uid)
    account = account_of(request)
    practice = practice_of(item.agency)
    content = content_of(item)
    form = OutsideForm(
        request.POST or None, request.FILES or None, practice=practice, initial={"digest": content.digest}
    )
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            _record(item, form, account)
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, _("已登记，从平台上的发布时间起算作公开。"))
            return redirect("publishing:item", uid=item.uid)
    return _show(request, item, form, refusals)


@require_POST
def take(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Hand over the package as a ZIP; that it was taken stays in the history."""
    item = releasable(request, uid)
    try:
        made = acts.take_package(item=item, by=account_of(request), at=timezone.now())
    except ActRefused as refused:
        form = OutsideForm(practice=practice_of(item.agency), initial={"digest": content_of(item).digest})
        return _show(request, item, form, refused.refusals)
    response = HttpResponse(made.data, content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(True, made.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_GET
def screenshot(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The picture of the page on the platform, for officers."""
    item = visible_item(request, uid)
    found = OutsidePublication.objects.filter(item=item).select_related("screenshot").first()
    if found is None or found.screenshot is None:
        raise Http404
    return serving.respond(found.screenshot, found.screenshot_name, inline=True)


def releasable(request: HttpRequest, uid: uuid.UUID) -> Item:
    """The item, if it stands at its release, its agency publishes outside and the officer holds the releasing post."""
    item = visible_item(request, uid)
    approval = approval_of(item)
    if approval is None or practice_of(item.agency).mode != PublicationMode.OUTSIDE:
        raise Http404
    step = current_step(approval)
    if step.kind != StepKind.RELEASE or holding_for(approval, step, account_of(request)) is None:
        raise Http404
    return item


def _record(item: Item, form: OutsideForm, by: Account) -> None:
    """Take in the screenshot by the door, outside the transaction of the act; then record."""
    data = form.cleaned_data
    at = timezone.now()
    upload = data.pop("screenshot")
    received = door.receive(upload, agency=item.agency, by=by, at=at) if upload else None
    acts.record_outside_publication(
        item=item,
        screenshot=received.stored if received else None,
        screenshot_name=received.name if received else "",
        by=by,
        at=at,
        **data,
    )


def _show(request: HttpRequest, item: Item, form: OutsideForm, refusals: tuple[Refusal, ...]) -> HttpResponse:
    """The page with every field ready to copy, the package, and the form of the record."""
    content = content_of(item)
    examine(content, item.agency)
    standing = acts.refusals_to_take_package(account_of(request), item, approval_of(item))
    context = {
        "title": _("在外部平台发布"),
        "subtitle": item.title,
        "item": item,
        "fields": [] if standing else package.fields(str(item.uid), content, item.agency),
        "files": [] if standing else package.file_names(content),
        "digest": content.digest,
        "form": form,
        "refusals": refusals or tuple(standing),
        "ready": not standing,
        "trail": [
            Crumb(_("公开信息"), reverse("publishing:list")),
            Crumb(item.title, reverse("publishing:item", args=[item.uid])),
            Crumb(_("在外部平台发布")),
        ],
    }
    return render(request, "publishing/outside.html", context, status=status_of(refusals, form))
