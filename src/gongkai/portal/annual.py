"""The public page of an annual report, and its files: exactly the bytes that were signed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from gongkai.files.models import StoredFile
from gongkai.files.serving import respond
from gongkai.portal import charts, tags, views
from gongkai.portal.pages import FRESH_FOR, public_page
from gongkai.reports.corrections import correction_of
from gongkai.reports.models import AnnualReport
from gongkai.review.content import read_copies

LABELS = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel"}


def _public(code: str, year: int) -> AnnualReport:
    reports = AnnualReport.objects.public().select_related("agency")
    return get_object_or_404(reports, agency__code=code, year=year)


@public_page
def report(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """A report as it was signed: text, table, the year in pictures, and the files to take away."""
    found = _public(code, year)
    content = read_copies([found.published_digest]).get(found.published_digest)
    if content is None:
        raise Http404
    name = _("政府信息公开年报")
    files = [
        {
            "label": LABELS.get(file["name"].rpartition(".")[2], file["name"]),
            "size": int(file["size"]),
            "url": reverse("portal:report_file", args=[code, year, file["name"].rpartition(".")[2]]),
        }
        for file in content.attachments
    ]
    return views._page(
        request,
        "report",
        agency=found.agency,
        section="reports",
        trail=[
            views.Crumb(name, reverse("portal:reports", args=[code])),
            views.Crumb(_("%(year)s年") % {"year": year}),
        ],
        title=content.title,
        page_tags=tags.column(name, name),
        report=found,
        correction=correction_of(found),
        body=content.body,
        files=files,
        shown=charts.year_of(found.agency, year),
    )


@require_safe
@cache_control(public=True, max_age=FRESH_FOR)
def report_file(request: HttpRequest, code: str, year: int, kind: str) -> HttpResponseBase:
    """A file of a public report: the stored bytes that were read and signed."""
    found = _public(code, year)
    content = read_copies([found.published_digest]).get(found.published_digest)
    kept = [file for file in content.attachments if file["name"] == f"report.{kind}"] if content else []
    if not kept:
        raise Http404
    stored = get_object_or_404(StoredFile, digest=kept[0]["sha256"])
    return respond(stored, f"{found.agency.short_name}{year}年政府信息公开工作年度报告.{kind}")
