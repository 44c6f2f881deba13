"""sitemap.xml and robots.txt: what may be read, told to those who index the site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from xml.sax.saxutils import escape

from django.db.models import Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.portal import catalogue
from gongkai.portal.pages import public_page
from gongkai.publishing.models import Column, Item
from gongkai.reports.models import AnnualReport

PER_FILE = 10_000  # the protocol allows 50,000 addresses a file
SECTIONS = ("agency", "guide", "rules", "contents", "reports", "about")
XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"

Line = tuple[str, dt.date | None]


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Let everything public be indexed; searches have endless addresses and the staff side is nobody's business."""
    lines = [
        "User-agent: *",
        "Disallow: /staff/",
        f"Disallow: {reverse('portal:search')}",
        f"Sitemap: {request.build_absolute_uri(reverse('portal:sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index: one file of pages, then the items in files that never change their beginning."""
    files = -(-Item.objects.public().count() // PER_FILE)
    parts: list[Line] = [(reverse("portal:sitemap_pages"), None)]
    parts += [(reverse("portal:sitemap_items", args=[number]), None) for number in range(1, files + 1)]
    return _xml(request, "sitemapindex", "sitemap", parts)


@public_page
def pages(request: HttpRequest) -> HttpResponse:
    """The home, the sections of each agency, the first page of each column and the annual reports."""
    codes = list(Agency.objects.without_tree_fields().order_by("code").values_list("code", flat=True))
    lines: list[Line] = [(reverse("portal:home"), None)]
    lines += [(reverse(f"portal:{section}", args=[code]), None) for code in codes for section in SECTIONS]
    columns = Column.objects.without_tree_fields().select_related("agency").order_by("agency__code", "code")
    dated = columns.annotate(newest=Max("items__published_on", filter=Q(items__in=Item.objects.public())))
    lines += [
        (reverse("portal:column", args=[column.agency.code, column.code, 1]), column.newest)
        for column in catalogue.in_use(dated)
        if column.newest
    ]
    reports = AnnualReport.objects.public().select_related("agency").order_by("agency__code", "year")
    lines += [(report.get_absolute_url(), report.published_on) for report in reports]
    return _xml(request, "urlset", "url", lines)


@public_page
def items(request: HttpRequest, page: int) -> HttpResponse:
    """The items in the order in which they became known, so that a full file stays as it is."""
    start = (page - 1) * PER_FILE
    found = Item.objects.public().select_related("agency").only("agency__code", "year", "serial", "published_on")
    lines: list[Line] = [
        (item.get_absolute_url(), item.published_on) for item in found.order_by("pk")[start : start + PER_FILE]
    ]
    if not lines:
        raise Http404
    return _xml(request, "urlset", "url", lines)


def _xml(request: HttpRequest, root: str, element: str, lines: Iterable[Line]) -> HttpResponse:
    """Addresses in the form of sitemaps.org."""
    host = request.build_absolute_uri("/").rstrip("/")
    rows = "".join(
        f"<{element}><loc>{escape(host + address)}</loc>{f'<lastmod>{day:%Y-%m-%d}</lastmod>' if day else ''}</{element}>\n"
        for address, day in lines
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{XMLNS}">\n{rows}</{root}>\n'
    return HttpResponse(text, content_type="application/xml; charset=utf-8")
