"""Staff pages of reports: the years, a report with its numbers and findings, a paragraph in the office's words."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from gongkai.accounts.models import Account
from gongkai.agencies.permissions import agencies_to_read
from gongkai.agencies.signed_in import account_of
from gongkai.files.models import StoredFile
from gongkai.files.serving import respond
from gongkai.reports import acts, edits
from gongkai.reports.drafting import Figure, Report, figures_of
from gongkai.reports.forms import DateForm, RecallForm
from gongkai.reports.layouts import MEDIA_TYPES, render_one
from gongkai.reports.models import AnnualReport, ReportState
from gongkai.reports.outlines import outlines
from gongkai.reports.permissions import refusals_to_begin, refusals_to_edit
from gongkai.reports.rendering import OBJECT_KIND, drafted
from gongkai.reports.showing import context_of, paragraph_of, visible_report
from gongkai.review.forms import OpinionForm
from gongkai.review.turns import said_after_act
from gongkai.review.views_presence import answer_presence
from gongkai.rules.refusals import ActRefused, Refusal
from gongkai.ui.components import Crumb


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The reports of each agency that the account may read, and the years that its office may begin."""
    account, today = account_of(request), timezone.localdate()
    years = sorted({year for outline in outlines() for year in outline.years}, reverse=True)
    rows: list[dict[str, Any]] = []
    found = {(one.agency_id, one.year): one for one in AnnualReport.objects.visible_to(account)}
    for agency in agencies_to_read(account).without_tree_fields().order_by("position", "code"):
        for year in years:
            begun = found.get((agency.pk, year))
            may_begin = begun is None and not refusals_to_begin(account, agency, year, today)
            if begun is not None or may_begin:
                rows.append({"agency": agency, "year": year, "report": begun, "may_begin": may_begin})
    context = {"title": _("年度报告"), "trail": [Crumb(_("年报"))], "rows": rows}
    return render(request, "reports/index.html", context)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin the report of an agency on a year."""
    agency = get_object_or_404(
        agencies_to_read(request.user).without_tree_fields(), code=request.POST.get("agency", "")
    )
    year = request.POST.get("year", "")
    if not year.isascii() or not year.isdigit() or len(year) != 4:
        raise Http404
    try:
        report = acts.begin_report(agency=agency, year=int(year), by=account_of(request), at=timezone.now())
    except ActRefused as refused:
        context = {"title": _("年度报告"), "refusals": refused.refusals, "rows": [], "trail": _trail(_("开始编制"))}
        return render(request, "reports/index.html", context, status=409)
    return redirect("reports:report", uid=report.uid)


@require_GET
def report(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """A report: its text with bound numbers, what proof-reading found, and what this officer may do now."""
    return _show(request, visible_report(request.user, uid))


@require_POST
def presence(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Hear that the officer has the report open, and say who else has."""
    return answer_presence(request, OBJECT_KIND, str(visible_report(request.user, uid).uid))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: uuid.UUID, key: str) -> HttpResponse:
    """A paragraph in the office's own words. Numbers that no figure gives are bound or explained on the same page."""
    found = visible_report(request.user, uid)
    account = account_of(request)
    if key not in acts.editable_keys(found) or refusals_to_edit(account, found):
        raise Http404
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST":
        try:
            done = _save(request, found, key, account)
        except ActRefused as refused:
            refusals = refused.refusals
            found = visible_report(request.user, uid)
        else:
            if done:
                messages.success(request, _("已保存。"))
                return redirect(reverse("reports:report", args=[found.uid]) + f"#p{key}")
            found = visible_report(request.user, uid)
    rendered, known = drafted(found), figures_of(found.agency, found.year)
    paragraph = paragraph_of(rendered, key)
    kept = edits.edits_of(found.edits).get(key)
    typed = request.POST.get("text") if refusals else None
    context = {
        "title": _("修改一段"),
        "subtitle": rendered.title,
        "trail": [*_trail(rendered.title, reverse("reports:report", args=[found.uid])), Crumb(_("修改一段"))],
        "report": found,
        "key": key,
        "lead": f"{paragraph.ordinal}{paragraph.lead}" if paragraph else "",
        "text": typed if typed is not None else (paragraph.text if paragraph else ""),
        "opened": edits.mark_of(paragraph.parts if paragraph else ()),
        "now": paragraph if any(refusal.code == "content_changed" for refusal in refusals) else None,
        "numbers": _bound_numbers(paragraph.parts if paragraph else ()),
        "unbound": edits.unbound(kept.text, known, kept.explained) if kept else [],
        "is_edited": kept is not None,
        "refusals": refusals,
    }
    return render(request, "reports/edit.html", context, status=409 if refusals else 200)


def _save(request: HttpRequest, report: AnnualReport, key: str, account: Account) -> bool:
    """Keep what was typed and chosen; whether every number is settled now."""
    data = request.POST
    choices = {
        int(name.removeprefix("bind-")): str(code)
        for name, code in data.items()
        if name.startswith("bind-") and name.removeprefix("bind-").isdecimal() and code
    }
    explained = {name.removeprefix("why-"): str(why) for name, why in data.items() if name.startswith("why-") and why}
    edit = acts.edit_paragraph(
        report=report,
        key=key,
        typed=data.get("text", ""),
        choices=choices,
        explained=explained,
        by=account,
        at=timezone.now(),
        opened=data.get("opened", ""),
    )
    known = figures_of(report.agency, report.year)
    return all(number.explanation for number in edits.unbound(edit.text, known, edit.explained))


def _bound_numbers(parts: Sequence[Any]) -> list[Figure]:
    """The figures that a paragraph names, each once."""
    return list({part.figure.code: part.figure for part in parts if hasattr(part, "figure")}.values())


@require_safe
def file(request: HttpRequest, uid: uuid.UUID, kind: str) -> HttpResponseBase:
    """A file of the report: the stored bytes once it was submitted, before that rendered from what it says now."""
    found = visible_report(request.user, uid)
    if kind not in MEDIA_TYPES:
        raise Http404
    name = f"{found.agency.short_name}{found.year}{_('年度报告')}.{kind}"
    if found.state != ReportState.DRAFTED:
        kept = found.file(f"report.{kind}")
        if kept is None:
            raise Http404
        return respond(get_object_or_404(StoredFile, digest=kept["sha256"]), name)
    answer = HttpResponse(render_one(drafted(found), kind), content_type=MEDIA_TYPES[kind])
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
def act(request: HttpRequest, uid: uuid.UUID, act: str) -> HttpResponse:
    """Date, reset, submit, agree, return, recall or release; a refusal is shown on the page, with what was typed."""
    found = visible_report(request.user, uid)
    if act not in ACTS:
        raise Http404
    form_class, done, run = ACTS[act]
    form = form_class(request.POST)
    if not form.is_valid():
        return _show(request, found, form=form, status=422)
    try:
        run(found, form.cleaned_data | {"key": request.POST.get("key", "")}, account_of(request))
    except ActRefused as refused:
        return _show(request, visible_report(request.user, uid), refusals=refused.refusals, form=form, status=409)
    messages.success(request, str(done) + said_after_act(OBJECT_KIND, found.uid, account_of(request)))
    return redirect("reports:report", uid=found.uid)


Act = Callable[[AnnualReport, dict[str, Any], Account], object]
ACTS: dict[str, tuple[type[Form], Promise, Act]] = {
    "date": (
        DateForm,
        gettext_lazy("落款日期已保存。"),
        lambda report, data, by: acts.date_report(report=report, on=data["dated_on"], by=by, at=timezone.now()),
    ),
    "reset": (
        Form,
        gettext_lazy("这一段已恢复为自动生成的文字。"),
        lambda report, data, by: acts.reset_paragraph(report=report, key=data["key"], by=by, at=timezone.now()),
    ),
    "submit": (
        OpinionForm,
        gettext_lazy("已生成文件并送审。各环节读到、签发和发布的就是这些文件。"),
        lambda report, data, by: acts.submit_report(report=report, digest=data["digest"], by=by, at=timezone.now()),
    ),
    "agree": (
        OpinionForm,
        gettext_lazy("已提交同意意见。"),
        lambda report, data, by: acts.agree(
            report=report, digest=data["digest"], text=data["text"], secrecy=data["secrecy"], by=by, at=timezone.now()
        ),
    ),
    "return": (
        OpinionForm,
        gettext_lazy("已退回起草人。"),
        lambda report, data, by: acts.return_report(
            report=report, digest=data["digest"], text=data["text"], secrecy=data["secrecy"], by=by, at=timezone.now()
        ),
    ),
    "release": (
        OpinionForm,
        gettext_lazy("已发布，公众现在可以看到；本年度统计数据已冻结。"),
        lambda report, data, by: acts.release_report(report=report, digest=data["digest"], by=by, at=timezone.now()),
    ),
    "recall": (
        RecallForm,
        gettext_lazy("已收回为草稿。"),
        lambda report, data, by: acts.recall_report(report=report, reason=data["reason"], by=by, at=timezone.now()),
    ),
}


def _show(
    request: HttpRequest,
    report: AnnualReport,
    *,
    refusals: tuple[Refusal, ...] = (),
    form: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a report; `form` is one that came back with what was typed."""
    context = context_of(report, account_of(request), form)
    context |= {"refusals": refusals, "trail": _trail(context["title"])}
    return render(request, "reports/staff.html", context, status=status)


def _trail(last: str, url: str = "") -> list[Crumb]:
    return [Crumb(_("年报"), reverse("reports:index")), Crumb(last, url)]


__all__ = ["Report", "act", "begin", "edit", "file", "index", "report"]
