"""Staff pages of channels: those of one item, and one channel for many items."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.accounts.models import Account
from gongkai.agencies.signed_in import account_of, own_agency
from gongkai.files import door, serving
from gongkai.publishing import acts
from gongkai.publishing.channels import ChannelForm, OneChannelForm, RemovalForm
from gongkai.publishing.models import Item
from gongkai.publishing.permissions import refusals_to_record_channels, refusals_to_remove_channel
from gongkai.publishing.views import visible_item
from gongkai.rules.refusals import ActRefused, Refusal
from gongkai.ui.components import Crumb
from gongkai.ui.forms import status_of

MOST_AT_ONCE = 200


@require_http_methods(["GET", "POST"])
def channels(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The channels of an item; record another one."""
    item = visible_item(request, uid)
    if refusals_to_record_channels(account_of(request), item):
        raise Http404
    form = OneChannelForm(request.POST or None, request.FILES or None, initial={"on": timezone.localdate()})
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            _record(item, form, account_of(request))
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, _("渠道已登记。"))
            return redirect("publishing:channels", uid=item.uid)
    return _show(request, item, form=form, refusals=refusals)


def _record(item: Item, form: OneChannelForm, by: Account) -> None:
    """Take in the photo by the door, outside the transaction of the act; then record."""
    data = dict(form.cleaned_data)
    at = timezone.now()
    upload = data.pop("photo")
    received = door.receive(upload, agency=item.agency, by=by, at=at) if upload else None
    acts.record_channel(
        item=item,
        photo=received.stored if received else None,
        photo_name=received.name if received else "",
        by=by,
        at=at,
        **data,
    )


@require_GET
def photo(request: HttpRequest, uid: uuid.UUID, pk: int) -> HttpResponseBase:
    """The photo of a posting, for officers who see the item."""
    channel = get_object_or_404(visible_item(request, uid).channels.select_related("photo"), pk=pk)
    if channel.photo is None:
        raise Http404
    return serving.respond(channel.photo, channel.photo_name, inline=True)


@require_POST
def remove(request: HttpRequest, uid: uuid.UUID, pk: int) -> HttpResponse:
    """Take a mistaken channel out of the record, with the reason."""
    item = visible_item(request, uid)
    if refusals_to_record_channels(account_of(request), item):
        raise Http404
    channel = get_object_or_404(item.channels.all(), pk=pk)
    form = RemovalForm(request.POST)
    if not form.is_valid():
        return _show(request, item, removal=(pk, form))
    try:
        acts.remove_channel(channel=channel, by=account_of(request), at=timezone.now(), **form.cleaned_data)
    except ActRefused as refused:
        return _show(request, item, removal=(pk, form), refusals=refused.refusals)
    messages.success(request, _("渠道已从记录中删除，原因留在办理记录里。"))
    return redirect("publishing:channels", uid=item.uid)


@require_http_methods(["GET", "POST"])
def bulk(request: HttpRequest) -> HttpResponse:
    """Record one channel and one day for the chosen items of the officer's agency, for all or for none."""
    agency = own_agency(request)
    account = account_of(request)
    if agency is None:
        raise Http404
    chosen = _chosen(request)
    form = ChannelForm(request.POST if request.method == "POST" else None, initial={"on": timezone.localdate()})
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.record_channels(agency=agency, items=chosen, by=account, at=timezone.now(), **form.cleaned_data)
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, _("已为 %(count)d 条信息登记渠道。") % {"count": len(made)})
            return redirect("publishing:list")
    context = {
        "title": _("批量登记公开渠道"),
        "subtitle": _("所选信息在同一天、通过同一渠道公开。有一条不能登记，就都不登记。"),
        "form": form,
        "chosen": chosen,
        "refusals": refusals,
        "trail": [Crumb(_("公开信息"), reverse("publishing:list")), Crumb(_("批量登记公开渠道"))],
    }
    return render(request, "publishing/bulk_channels.html", context, status=status_of(refusals, form))


def _chosen(request: HttpRequest) -> list[Item]:
    """The items that were ticked and that the officer may see; what is no identifier, or foreign, is passed over."""
    values = request.POST if request.method == "POST" else request.GET
    return chosen_items(request, values.getlist("item"))


def chosen_items(request: HttpRequest, values: list[str]) -> list[Item]:
    """The visible items with these uids, the newest entry first."""
    uids = []
    for value in values[:MOST_AT_ONCE]:
        try:
            uids.append(uuid.UUID(value))
        except ValueError:
            continue
    rows = Item.objects.visible_to(request.user).filter(uid__in=uids)
    return list(rows.select_related("agency", "department").order_by("-entered_at", "-pk"))


def _show(
    request: HttpRequest,
    item: Item,
    *,
    form: ChannelForm | None = None,
    removal: tuple[int, RemovalForm] | None = None,
    refusals: tuple[Refusal, ...] = (),
) -> HttpResponse:
    """The page of an item's channels."""
    account = account_of(request)
    rows: list[dict[str, Any]] = []
    for channel in item.channels.all():
        typed = removal[1] if removal and removal[0] == channel.pk else None
        rows.append(
            {
                "channel": channel,
                # A reason is not written yet; everything else that stands against it is asked now.
                "may_remove": not refusals_to_remove_channel(account, item, channel, "-"),
                "form": typed or RemovalForm(auto_id=f"id_{channel.pk}_%s"),
                "is_open": typed is not None,
            }
        )
    context = {
        "title": _("公开渠道"),
        "subtitle": item.title,
        "item": item,
        "rows": rows,
        "form": form or OneChannelForm(initial={"on": timezone.localdate()}),
        "refusals": refusals,
        "trail": [
            Crumb(_("公开信息"), reverse("publishing:list")),
            Crumb(item.title, reverse("publishing:item", args=[item.uid])),
            Crumb(_("公开渠道")),
        ],
    }
    asked = removal[1] if removal else form
    return render(request, "publishing/channels.html", context, status=status_of(refusals, asked))
