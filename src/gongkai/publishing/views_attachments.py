"""Staff pages of attachments: add, order, rename, replace, remove, download, read as text."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.agencies.permissions import CONTENT_ROLES, agency_ids_of
from gongkai.agencies.signed_in import account_of
from gongkai.files import door, serving, storage
from gongkai.publishing import acts
from gongkai.publishing.attaching import AddingForm, PlainForm, RenamingForm, ReplacingForm
from gongkai.publishing.content import content_of
from gongkai.publishing.models import Attachment, Item, ItemState
from gongkai.publishing.permissions import refusals_to_revise
from gongkai.publishing.views import changed as changed_item
from gongkai.publishing.views import trail, visible_item
from gongkai.review.gate import remember
from gongkai.rules.refusals import ActRefused, Refusal, require
from gongkai.ui.components import Crumb

PREVIEW_LENGTH = 20_000


@sensitive_variables()
@require_http_methods(["GET", "POST"])
def attachments(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The attachments of an item that the officer may change; add files.

    Files that pass the door are added; each of the others is answered with its reasons. After a classification mark
    nothing more is looked at and nothing is added.
    """
    item = _to_change(request, uid)
    if request.method != "POST":
        return _show(request, item)
    form = AddingForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, item, adding=form, status=422)
    received, refusals = _through_the_door(request, item, form.cleaned_data["uploads"])
    if received:
        try:
            acts.add_attachments(
                item=item,
                digest=form.cleaned_data["digest"],
                files=received,
                by=account_of(request),
                at=timezone.now(),
            )
        except ActRefused as refused:
            refusals += refused.refusals
        else:
            answer = _done(request, item, _("已增加%(count)d个附件。") % {"count": len(received)})
            _warn(request, received)
            if not refusals:
                return answer
            if refusals_to_revise(account_of(request), visible_item(request, uid)):
                # The change gave the turn to another step: what was refused is said on the page of the item.
                for refusal in refusals:
                    messages.error(request, refusal.sentence)
                return answer
    return _show(request, _to_change(request, uid), refusals=refusals, status=409)


@sensitive_variables()
@require_POST
def change(request: HttpRequest, uid: uuid.UUID, attachment: uuid.UUID, act: str) -> HttpResponse:
    """Rename, replace, remove an attachment, or move it up or down."""
    item = _to_change(request, uid)
    if act not in FORMS:
        raise Http404
    form = FORMS[act](request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, item, changed=(attachment, act, form), status=422)
    data = form.cleaned_data
    common: dict[str, Any] = {"item": item, "digest": data["digest"], "by": account_of(request), "at": timezone.now()}
    try:
        if act == "rename":
            acts.rename_attachment(attachment=attachment, name=data["name"], **common)
        elif act == "remove":
            acts.remove_attachment(attachment=attachment, **common)
        elif act == "replace":
            file = door.receive(data["file"], agency=item.agency, by=common["by"], at=common["at"])
            remember([file], item.agency)
            acts.replace_attachment(attachment=attachment, file=file, **common)
            _warn(request, [file])
        else:
            order = _moved([one.uid for one in item.attachments.all()], attachment, -1 if act == "up" else 1)
            acts.order_attachments(order=order, **common)
    except ActRefused as refused:
        return _show(request, _to_change(request, uid), refusals=list(refused.refusals), status=409)
    return _done(request, item, _("附件已修改。"))


FORMS: dict[str, type[Form]] = {
    "rename": RenamingForm,
    "replace": ReplacingForm,
    "remove": PlainForm,
    "up": PlainForm,
    "down": PlainForm,
}


@require_safe
def download(request: HttpRequest, uid: uuid.UUID, attachment: uuid.UUID) -> HttpResponseBase:
    """An attachment as it is now, for those who may see the item; pictures are shown in place."""
    found = _attachment(request, uid, attachment)
    return serving.respond(found.stored, found.name, inline=True)


@require_safe
def text(request: HttpRequest, uid: uuid.UUID, attachment: uuid.UUID) -> HttpResponse:
    """What can be read in an attachment, without opening it in another program."""
    found = _attachment(request, uid, attachment)
    words = storage.texts_of([found.stored_id]).get(found.stored_id, "")
    context = {
        "title": found.name,
        "item": found.item,
        "attachment": found,
        "lines": words[:PREVIEW_LENGTH].splitlines(),
        "is_cut": len(words) > PREVIEW_LENGTH,
        "trail": [*_trail(found.item), Crumb(_("附件文字"))],
    }
    return render(request, "publishing/attachment_text.html", context)


def _done(request: HttpRequest, item: Item, said: str) -> HttpResponse:
    """Say what was done and, in review, whose turn it is now; go where this officer may still go."""
    item = visible_item(request, item.uid)
    account = account_of(request)
    if item.state != ItemState.IN_REVIEW:
        messages.success(request, said)
        return redirect("publishing:attachments", uid=item.uid)
    messages.success(request, changed_item(said, item, account))
    return redirect("publishing:item" if refusals_to_revise(account, item) else "publishing:attachments", uid=item.uid)


def _through_the_door(
    request: HttpRequest, item: Item, uploads: Sequence[UploadedFile]
) -> tuple[list[door.Received], list[Refusal]]:
    """What came in of the uploads, and why the others did not; after a mark nothing comes in."""
    try:
        require(acts.refusals_to_add(item, len(uploads), sum(upload.size or 0 for upload in uploads)))
        received, refused = door.receive_all(uploads, agency=item.agency, by=account_of(request), at=timezone.now())
    except ActRefused as error:
        return [], list(error.refusals)
    remember(received, item.agency)
    said = _("第%(number)d个文件「%(name)s」：%(sentence)s") if len(uploads) > 1 else _("「%(name)s」：%(sentence)s")
    return received, [
        Refusal(why.code, said % {"number": number, "name": name, "sentence": why.sentence}, why.basis)
        for number, name, why in refused
    ]


def is_marked(refusals: Sequence[Refusal]) -> bool:
    """Whether a classification mark was found: the page then says what to do and offers nothing else."""
    return any(refusal.code == "secrecy_mark" for refusal in refusals)


def _warn(request: HttpRequest, received: Sequence[door.Received]) -> None:
    """Say at once what stops the publication of a file or wants a look."""
    for file in received:
        if file.warnings:
            said = {"name": file.name, "found": "；".join(file.warnings)}
            messages.warning(request, _("「%(name)s」：%(found)s。") % said)


def _show(
    request: HttpRequest,
    item: Item,
    *,
    adding: AddingForm | None = None,
    changed: tuple[uuid.UUID, str, Form] | None = None,
    refusals: Sequence[Refusal] = (),
    status: int = 200,
) -> HttpResponse:
    """The page of attachments; `changed` is the form of one of them that came back, with its act."""
    digest = content_of(item).digest
    rows = list(item.attachments.all())
    listed = []
    for number, row in enumerate(rows, start=1):
        forms: dict[str, Form] = {
            "rename": RenamingForm(initial={"digest": digest, "name": row.name}, prefix=None, auto_id=f"r{number}_%s"),
            "replace": ReplacingForm(initial={"digest": digest}, auto_id=f"f{number}_%s"),
        }
        came_back = changed is not None and changed[0] == row.uid
        if changed is not None and came_back:
            forms[changed[1]] = changed[2]
        listed.append(
            {
                "attachment": row,
                "number": number,
                "is_first": number == 1,
                "is_last": number == len(rows),
                "forms": forms,
                "is_open": came_back,
            }
        )
    context = {
        "title": _("附件"),
        "item": item,
        "listed": listed,
        "digest": digest,
        "adding": adding or AddingForm(initial={"digest": digest}),
        "in_review": item.state == ItemState.IN_REVIEW,
        "refusals": refusals,
        "heading": _("文件没有接收") if is_marked(refusals) else _("没有全部办成"),
        "is_marked": is_marked(refusals),
        "trail": _trail(item),
    }
    return render(request, "publishing/attachments.html", context, status=status)


def _trail(item: Item) -> list[Crumb]:
    """The breadcrumb of a page below an item."""
    return [*trail("")[:-1], Crumb(item.title, reverse("publishing:item", args=[item.uid])), Crumb(_("附件"))]


def _to_change(request: HttpRequest, uid: uuid.UUID) -> Item:
    """The item, if the officer may change it now."""
    item = visible_item(request, uid)
    if refusals_to_revise(account_of(request), item):
        raise Http404
    return item


def _attachment(request: HttpRequest, uid: uuid.UUID, attachment: uuid.UUID) -> Attachment:
    """An attachment of an item that the officer may see; one that was taken away, for those on the case alone."""
    item = visible_item(request, uid)
    on_the_case = item.agency_id in agency_ids_of(request.user, CONTENT_ROLES)
    rows = Attachment.kept.select_related("stored") if on_the_case else Attachment.objects.all()
    return get_object_or_404(rows.select_related("item"), item=item, uid=attachment)


def _moved(order: list[uuid.UUID], uid: uuid.UUID, step: int) -> list[uuid.UUID]:
    """The order with one moved by a step; what is not there or already at the end changes nothing."""
    if uid in order:
        place = order.index(uid)
        order.insert(max(0, place + step), order.pop(place))
    return order
