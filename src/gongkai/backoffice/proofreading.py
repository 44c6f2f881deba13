"""Proof-reading of annual reports that are handed in here: findings beside the text, as a page or to take away.

Nothing that is handed in is kept. It is read in memory and is gone with the answer; of a file with a classification
mark only that it was refused is written down (`gongkai.files.door`).
"""

from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.permissions import agency_ids_of
from gongkai.agencies.signed_in import account_of
from gongkai.documents import Document
from gongkai.documents import Refusal as Unreadable
from gongkai.files import door
from gongkai.files.names import clean_name
from gongkai.proofing.batch import Result, check_read
from gongkai.proofing.findings import SEVERITIES, SEVERITY_NAMES
from gongkai.proofing.outputs import data, page, workbook
from gongkai.proofing.reading import read_document
from gongkai.proofing.report import ReadFailure, Report
from gongkai.rules.refusals import ActRefused
from gongkai.ui.components import Crumb
from gongkai.ui.forms import Form

ROLES = (Role.OFFICE, Role.LEADER_IN_CHARGE, Role.HEAD, Role.SUPERVISOR)
"""Who drafts, reads, signs or supervises annual reports."""
MAX_FILES = 80
"""Reports at once, those in a ZIP included: sixty agencies and some to spare."""
SECONDS = 90
"""After these no further report is read; those that were are answered."""
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE, HTML, XLSX, JSON = "page", "html", "xlsx", "json"


def may_proofread(account: Account) -> bool:
    """Tell whether an account works on annual reports."""
    return bool(agency_ids_of(account, ROLES))


class _Files(forms.ClearableFileInput):
    """Several files, chosen one by one or by folder."""

    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """One or several files; the browser leaves an empty entry for what was not chosen."""

    def clean(self, value: Any, initial: Any = None) -> Any:
        """Give the list of uploads."""
        given = value if isinstance(value, list | tuple) else [value]
        return [super(_FilesField, self).clean(each, initial) for each in given if each] or []


class ProofreadingForm(Form):
    """The reports to look at, and the form of the answer."""

    reports = _FilesField(
        label=gettext_lazy("报告文件"),
        required=False,
        widget=_Files(attrs={"multiple": True}),
        help_text=gettext_lazy(
            "可以选几份，也可以选一个ZIP压缩包。合计不超过50MB。同一机构前后两年的、同一地区几个机构的放在一起，还会相互比较。"
        ),
    )
    folder = _FilesField(
        label=gettext_lazy("或者选整个文件夹"),
        required=False,
        widget=_Files(attrs={"multiple": True, "webkitdirectory": True}),
    )
    format = forms.ChoiceField(
        label=gettext_lazy("结果"),
        choices=[
            (PAGE, gettext_lazy("在页面上看")),
            (HTML, gettext_lazy("网页文件（原文和意见并排）")),
            (XLSX, gettext_lazy("表格（每个机构一页）")),
            (JSON, gettext_lazy("数据文件（JSON）")),
        ],
        initial=PAGE,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """Something must be there, and not more than can be answered."""
        cleaned = super().clean() or {}
        chosen = cleaned.get("reports") or cleaned.get("folder")
        if not chosen and "reports" not in self.errors:
            self.add_error("reports", _("请选择文件。"))
        if len(self.uploads) > MAX_FILES:
            self.add_error("reports", _("一次最多%(most)s份，请分几次。") % {"most": MAX_FILES})
        return cleaned

    @property
    def uploads(self) -> list[UploadedFile]:
        """All files that came, those of a folder too."""
        return [*(self.cleaned_data.get("reports") or []), *(self.cleaned_data.get("folder") or [])]


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def proofread(request: HttpRequest) -> HttpResponse:
    """Take reports in, answer with their findings; kept is nothing."""
    account = account_of(request)
    agency = Agency.objects.filter(pk__in=agency_ids_of(account, ROLES)).order_by("pk").first()
    if agency is None:
        raise Http404
    form = ProofreadingForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"title": _("年报校对"), "form": form, "trail": [Crumb(_("年报校对"))]}
    if request.method != "POST" or not form.is_valid():
        return render(request, "backoffice/proofreading.html", context, status=422 if form.errors else 200)
    try:
        reports = list(_read(form.uploads, agency, account))
    except ActRefused as refused:
        # A marked file: nothing of what came with it is looked at, let alone shown.
        return render(request, "backoffice/proofreading.html", context | {"refusals": refused.refusals}, status=422)
    result = check_read(reports, together=len(reports) > 1)
    chosen = form.cleaned_data["format"]
    if chosen != PAGE:
        return _file(result, chosen)
    severities = [(code, SEVERITY_NAMES[code]) for code in SEVERITIES]
    shown = mark_safe(page.contents(result))  # noqa: S308  every text in it is escaped where it is made
    return render(request, "backoffice/proofreading.html", context | {"shown": shown, "severities": severities})


def _read(uploads: Sequence[UploadedFile], agency: Agency, by: Account) -> Iterator[Report | ReadFailure]:
    """Read the reports in the uploads. Raises `ActRefused` for a file with a classification mark, and for that alone."""
    until = time.monotonic() + SECONDS
    left = MAX_FILES
    for upload in uploads:
        name = clean_name(upload.name or "")
        if time.monotonic() > until:
            yield ReadFailure(name, "timeout", _("用时过长，这一份没有检查，请单独再查一次。"))
            continue
        try:
            found = door.inspect(upload, agency=agency, by=by, at=timezone.now(), to_keep=False, until=until)
        except ActRefused as refused:
            if any(each.code == "secrecy_mark" for each in refused.refusals):
                raise
            yield ReadFailure(name, refused.refusals[0].code, " ".join(each.sentence for each in refused.refusals))
            continue
        for path, document in _reports_in(found.document, found.name):
            if left <= 0 or time.monotonic() > until:
                yield ReadFailure(path, "too_many", _("一次查的太多，这一份没有检查，请单独再查一次。"))
                continue
            left -= 1
            if isinstance(document, Unreadable):
                yield ReadFailure(path, str(document.kind), document.sentence)
            else:
                yield read_document(document, path)


def _reports_in(document: Document, name: str) -> Iterator[tuple[str, Document | Unreadable]]:
    """The document itself, or of a ZIP what is packed in it, at any depth."""
    if document.type != "zip":
        yield name, document
        return
    for member in document.members:
        path = f"{name}/{member.name}"
        if isinstance(member.content, Document):
            yield from _reports_in(member.content, path)
        else:
            yield path, member.content


def _file(result: Result, chosen: str) -> HttpResponse:
    """The result to take away."""
    if chosen == XLSX:
        stream = io.BytesIO()
        workbook.write(result, stream)
        content, kind = stream.getvalue(), SPREADSHEET
    elif chosen == JSON:
        content = json.dumps(data.as_json(result), ensure_ascii=False, indent=1).encode()
        kind = "application/json"
    else:
        content, kind = page.page(result).encode(), "text/html; charset=utf-8"
    day = timezone.localdate().strftime("%Y%m%d")
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="proofreading-{day}.{chosen}"',
            "Cache-Control": "no-store",
        },
    )
