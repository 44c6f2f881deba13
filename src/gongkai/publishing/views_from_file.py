"""Staff pages of writing by file: a new draft from a document, or the text of an item."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import fields as fields_of_class
from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.agencies.signed_in import account_of, own_agency
from gongkai.files import door
from gongkai.publishing import acts
from gongkai.publishing.content import content_of
from gongkai.publishing.from_file import MOST_CHARACTERS, WRITABLE, Written, is_writable, write
from gongkai.publishing.models import Item, ItemState
from gongkai.publishing.permissions import refusals_to_draft, refusals_to_revise
from gongkai.publishing.text import clean, to_plain
from gongkai.publishing.views import changed, trail, visible_item
from gongkai.publishing.views_attachments import is_marked
from gongkai.rules.refusals import ActRefused, Refusal
from gongkai.ui.components import Crumb
from gongkai.ui.forms import status_of


class FileForm(forms.Form):
    """The document that a text is made of."""

    document = forms.FileField(
        label=gettext_lazy("选择文件"),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{extension}" for extension in WRITABLE)}),
        help_text=gettext_lazy(
            "DOCX 效果最好：标题、段落、列表、表格和加粗会保留。也可以用 DOC、WPS、ODT、RTF、TXT、表格、PDF 和 OFD。"
        ),
        allow_empty_file=True,
    )


class TextForm(forms.Form):
    """The text that was made, to take over in place of what the officer saw with this digest."""

    digest = forms.CharField(widget=forms.HiddenInput)
    body = forms.CharField(widget=forms.HiddenInput, max_length=5 * MOST_CHARACTERS)


@sensitive_variables()
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin an item with the title and the text of a document; the rest is filled in on the page that follows."""
    account, agency = account_of(request), own_agency(request)
    if agency is None or refusals_to_draft(account, agency):
        raise Http404
    form = FileForm(request.POST or None, request.FILES or None)
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            name, written = _written(form.cleaned_data["document"], agency, account, now)
            first = acts.ItemFields(
                title=written.title or PurePath(name).stem,
                body=written.body,
                written_on=timezone.localdate(now),
                department=account.officer.department,
            )
            item = acts.draft_item(agency=agency, fields=first, by=account, at=now)
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, _("已按文件写好名称和正文。请补全其他各项，核对后保存。"))
            _tell_left_out(request, written)
            return redirect("publishing:edit", uid=item.uid)
    context = {
        "title": _("以文件起草"),
        "form": form,
        "refusals": refusals,
        "is_marked": is_marked(refusals),
        "back": reverse("publishing:list"),
        "trail": trail(_("以文件起草")),
    }
    return render(request, "publishing/from_file.html", context, status=status_of(refusals, form))


@sensitive_variables()
@require_http_methods(["GET", "POST"])
def body(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Make the text of an item of a document: first it is shown, then it takes the place of the text."""
    item, account = visible_item(request, uid), account_of(request)
    if refusals_to_revise(account, item):
        raise Http404
    if "body" in request.POST:
        return _take_over(request, item, account)
    form = FileForm(request.POST or None, request.FILES or None)
    refusals: tuple[Refusal, ...] = ()
    made: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            _name, written = _written(form.cleaned_data["document"], item.agency, account, timezone.now())
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            _tell_left_out(request, written)
            made = _made(written.body, content_of(item).digest)
    return _show(request, item, form, refusals, **made)


def _take_over(request: HttpRequest, item: Item, account: Account) -> HttpResponse:
    """Put the text that was shown into the item."""
    form = TextForm(request.POST)
    if not form.is_valid():
        raise Http404
    kept = {one.name: getattr(item, one.name) for one in fields_of_class(acts.ItemFields) if one.name != "columns"}
    kept |= {"body": form.cleaned_data["body"], "columns": tuple(item.columns.all())}
    try:
        acts.revise_item(
            item=item,
            digest=form.cleaned_data["digest"],
            fields=acts.ItemFields(**kept),
            by=account,
            at=timezone.now(),
        )
    except ActRefused as refused:
        now = content_of(visible_item(request, item.uid)).digest
        return _show(request, item, FileForm(), refused.refusals, **_made(form.cleaned_data["body"], now))
    messages.success(request, changed(_("正文已换成文件中的内容。"), item, account))
    return redirect("publishing:item", uid=item.uid)


def _written(upload: UploadedFile, agency: Agency, by: Account, at: dt.datetime) -> tuple[str, Written]:
    """The name of a document and what was made of it; nothing of the file is kept. Raises `ActRefused`."""
    found = door.inspect(upload, agency=agency, by=by, at=at)
    if not is_writable(found.document):
        raise ActRefused([Refusal("not_writable", "这种文件不能变成正文。请另存为 DOCX 再试，或者作为附件上传。")])
    written = write(found.document, found.data)
    if not to_plain(written.body):
        raise ActRefused(
            [Refusal("no_text", "文件里没有读到文字，可能是扫描件。请用可以编辑的文件，或者作为附件上传。")]
        )
    if len(written.body) > MOST_CHARACTERS:
        raise ActRefused([Refusal("too_long", "文字太长，不适合作正文。请作为附件上传，正文写概要。")])
    return found.name, written


def _made(text: str, digest: str) -> dict[str, Any]:
    """The text that was made, for the page and for the form that takes it over."""
    safe = clean(text)
    return {
        "made": mark_safe(safe),  # noqa: S308  # cleaned in the line before
        "taking": TextForm(initial={"body": safe, "digest": digest}),
    }


def _show(request: HttpRequest, item: Item, form: FileForm, refusals: tuple[Refusal, ...], **made: Any) -> HttpResponse:
    context = {
        "title": _("用文件写正文"),
        "item": item,
        "form": form,
        "refusals": refusals,
        "is_marked": is_marked(refusals),
        "in_review": item.state == ItemState.IN_REVIEW,
        "back": reverse("publishing:item", args=[item.uid]),
        "trail": [
            *trail("")[:-1],
            Crumb(item.title, reverse("publishing:item", args=[item.uid])),
            Crumb(_("用文件写正文")),
        ],
    }
    return render(request, "publishing/from_file.html", context | made, status=status_of(refusals, form))


def _tell_left_out(request: HttpRequest, written: Written) -> None:
    if written.left_out:
        said = {"parts": "、".join(written.left_out)}
        messages.warning(request, _("没有带入正文的有：%(parts)s。需要公开的，请作为附件上传。") % said)
