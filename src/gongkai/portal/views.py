"""Public pages. They read; nobody signs in, nothing is kept about the reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency
from gongkai.portal import catalogue, charts, items, searching, tags
from gongkai.portal.content import Content, rows
from gongkai.portal.pages import page_of, public_answer, public_page
from gongkai.publishing.models import Column, Item, ItemState
from gongkai.reports.models import AnnualReport
from gongkai.resources.models import OgiOffice, ReadingPoint
from gongkai.ui.components import Action, Crumb, page_links

LATEST = 8
FEW = 5


def _agency(code: str) -> Agency:
    """The agency with a code, or 404."""
    return get_object_or_404(Agency.objects.without_tree_fields(), code=code)


def _page(
    request: HttpRequest,
    template: str,
    *,
    agency: Agency | None,
    page_tags: tags.Tags,
    title: str,
    trail: Sequence[Crumb] = (),
    section: str = "",
    status: int = 200,
    canonical: str = "",
    **context: Any,
) -> HttpResponse:
    """Render a page with what every page has: agency, menu entry, crumbs, tags and its one true address."""
    entrance = reverse("portal:guide", args=[agency.code]) + "#request" if agency else ""
    context |= {
        "agency": agency,
        "title": title,
        "section": section,
        "trail": trail,
        "entrance_url": entrance,
        "ask": Action(_("怎样申请公开"), entrance) if agency else None,
        "page_tags": page_tags,
        "canonical": request.build_absolute_uri(canonical or request.path),
    }
    return render(request, f"portal/{template}.html", context, status=status)


def _contents_crumb(agency: Agency) -> Crumb:
    """The step that columns and items have in common."""
    return Crumb(_("法定主动公开内容"), reverse("portal:contents", args=[agency.code]))


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The entrance: of one agency its own page, of several their list with the latest items of all."""
    lines = catalogue.agency_lines()
    if len(lines) == 1:
        return _agency_page(request, lines[0].agency, canonical=reverse("portal:agency", args=[lines[0].agency.code]))
    latest = Item.objects.public().select_related("agency").order_by("-published_on", "-id")[:LATEST]
    page_tags = tags.column(_("首页"), _("首页"))
    return _page(
        request, "home", agency=None, title=_("政府信息公开"), page_tags=page_tags, lines=lines, latest=rows(latest)
    )


@public_page
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """The agency's entrance to its section."""
    return _agency_page(request, _agency(code))


def _agency_page(request: HttpRequest, agency: Agency, canonical: str = "") -> HttpResponse:
    """Key areas with counts, the latest items, policies with their interpretations, where to turn to."""
    counts = catalogue.shelf_counts(agency)
    shelves = catalogue.SHELVES
    return _page(
        request,
        "agency",
        agency=agency,
        title=_("政府信息公开"),
        canonical=canonical,
        page_tags=tags.column(_("首页"), _("首页")),
        total=counts["all"],
        areas=[(shelf, counts[shelf.code]) for shelf in catalogue.AREAS if counts[shelf.code]],
        latest=rows(catalogue.items_on(shelves["all"], agency)[:LATEST]),
        policies=rows(catalogue.items_on(shelves["policies"], agency)[:FEW]) if counts["policies"] else [],
        interpretations=(
            rows(catalogue.items_on(shelves["interpretations"], agency)[:FEW]) if counts["interpretations"] else []
        ),
        counts=counts,
        this_year=charts.year_of(agency, timezone.localdate().year),
    )


@public_page
def guide(request: HttpRequest, code: str) -> HttpResponse:
    """政府信息公开指南: what is here, how to get it, whom to ask (R711 art. 12)."""
    agency = _agency(code)
    name = _("政府信息公开指南")
    today = timezone.localdate()
    in_being = Q(from_on__lte=today) & (Q(to_on=None) | Q(to_on__gte=today))
    return _page(
        request,
        "guide",
        agency=agency,
        section="guide",
        trail=[Crumb(name)],
        title=name,
        page_tags=tags.column(name, _("政府信息公开指南")),
        tree=catalogue.tree_of(agency),
        offices=OgiOffice.objects.standing().filter(in_being, agency=agency),
        reading_points=ReadingPoint.objects.standing().filter(in_being, agency=agency),
    )


def _documents(request: HttpRequest, agency: Agency, template: str, name: str, **context: Any) -> HttpResponse:
    """A section of the menu with what stands in the agency's column of the same code, all of it on one page."""
    branch = catalogue.tree_of(agency).by_code.get(template)
    listed = rows(catalogue.items_in(branch)) if branch else []
    return _page(
        request,
        template,
        agency=agency,
        section=template,
        trail=[Crumb(name)],
        title=name,
        page_tags=tags.column(name, name),
        listed=listed,
        **context,
    )


@public_page
def rules(request: HttpRequest, code: str) -> HttpResponse:
    """政府信息公开制度: the Regulations and the agency's own rules, which stand in its column `rules`."""
    return _documents(request, _agency(code), "rules", _("政府信息公开制度"))


@public_page
def reports(request: HttpRequest, code: str) -> HttpResponse:
    """政府信息公开年报: the reports that are public, which stand in the agency's column `reports`."""
    agency = _agency(code)
    annual = AnnualReport.objects.public().filter(agency=agency).select_related("agency").order_by("-year")
    name = _("政府信息公开年报")
    return _documents(request, agency, "reports", name, years=charts.years_of(agency), annual=list(annual))


@public_page
def year(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The public items of a year in pictures; a year in which nothing became public answers 404 and leads to others."""
    agency = _agency(code)
    shown = charts.year_of(agency, year)
    name = _("%(year)d年信息公开情况") % {"year": year}
    return _page(
        request,
        "year",
        agency=agency,
        section="reports",
        trail=[Crumb(_("政府信息公开年报"), reverse("portal:reports", args=[code])), Crumb(name)],
        title=name,
        page_tags=tags.column(name, _("政府信息公开年报")),
        status=200 if shown.total else 404,
        back=Action(_("返回政府信息公开年报"), reverse("portal:reports", args=[code])),
        shown=shown,
        years=charts.years_of(agency),
    )


@public_page
def about(request: HttpRequest, code: str) -> HttpResponse:
    """机关职能: duties, departments and how to reach the agency (R711 art. 20(2))."""
    agency = _agency(code)
    name = _("机关职能")
    return _page(
        request,
        "about",
        agency=agency,
        section="about",
        trail=[Crumb(name)],
        title=name,
        page_tags=tags.column(name, _("概况信息")),
        departments=agency.departments.all(),
        above=Agency.objects.without_tree_fields().filter(pk=agency.parent_id).first() if agency.parent_id else None,
        below=Agency.objects.without_tree_fields().filter(parent=agency).order_by("position", "code"),
    )


@public_page
def contents(request: HttpRequest, code: str) -> HttpResponse:
    """法定主动公开内容: the tree of columns, each with the number of items its page lists."""
    agency = _agency(code)
    tree = catalogue.tree_of(agency)
    catalogue.count_items(tree)
    counts = catalogue.shelf_counts(agency)
    name = _("法定主动公开内容")
    return _page(
        request,
        "contents",
        agency=agency,
        section="contents",
        trail=[Crumb(name)],
        title=name,
        page_tags=tags.column(name, name),
        tree=tree,
        shelves=[(shelf, counts[shelf.code]) for shelf in catalogue.SHELVES.values()],
    )


@require_safe
def column_start(request: HttpRequest, code: str, column: str) -> HttpResponse:
    """The address of a column without a page leads to its first one."""
    if column not in catalogue.tree_of(_agency(code)).by_code:
        raise Http404
    return redirect("portal:column", code, column, 1, permanent=True)


@public_page
def column(request: HttpRequest, code: str, column: str, page: int) -> HttpResponse:
    """The items of a column and of the columns below it, newest first."""
    agency = _agency(code)
    tree = catalogue.tree_of(agency)
    branch = tree.by_code.get(column)
    if branch is None:
        raise Http404
    catalogue.count_items(tree)
    found = page_of(catalogue.items_in(branch), page, branch.count)
    above = [Crumb(other.name, reverse("portal:column", args=[code, other.code, 1])) for other in tree.path(branch)]
    return _page(
        request,
        "column",
        agency=agency,
        section="contents",
        trail=[_contents_crumb(agency), *above, Crumb(branch.column.name)],
        title=branch.column.name,
        page_tags=tags.column(branch.column.name, branch.column.name),
        branch=branch,
        tree=tree,
        found=found,
        listed=rows(found),
        pages=page_links(found, lambda number: reverse("portal:column", args=[code, column, number])),
    )


@public_page
def shelf(request: HttpRequest, code: str, shelf: str, page: int) -> HttpResponse:
    """The items of a shelf: all of an agency, a key area, its normative documents, its interpretations."""
    agency = _agency(code)
    if shelf not in catalogue.SHELVES:
        raise Http404
    chosen = catalogue.SHELVES[shelf]
    name = str(chosen.name)
    found = page_of(catalogue.items_on(chosen, agency), page, catalogue.shelf_counts(agency)[shelf])
    tree = catalogue.tree_of(agency)
    catalogue.count_items(tree)
    return _page(
        request,
        "column",
        agency=agency,
        section="contents",
        trail=[_contents_crumb(agency), Crumb(name)],
        title=name,
        page_tags=tags.column(name, name),
        branch=None,
        tree=tree,
        found=found,
        listed=rows(found),
        pages=page_links(found, lambda number: reverse("portal:shelf", args=[code, shelf, number])),
    )


@public_page
def item(request: HttpRequest, code: str, year: int, serial: int) -> HttpResponse:
    """One item: head table, title, text, what belongs to it. A withdrawn one answers 410 with the reason."""
    found = items.find(code, year, serial)
    agency = found.agency
    if found.state == ItemState.WITHDRAWN:
        return _page(
            request,
            "withdrawn",
            agency=agency,
            section="contents",
            status=410,
            trail=[_contents_crumb(agency), Crumb(_("已撤回"))],
            title=_("本条信息已撤回"),
            page_tags=[],
            item=found,
        )
    content = items.released(found)
    columns = catalogue.in_use(found.columns.all())
    keywords = [column.name for column in columns]
    shown = columns[0].name if columns else _("法定主动公开内容")
    return item_page(
        request,
        found,
        content,
        columns,
        page_tags=tags.column(shown, shown)
        + tags.article(found, content, request.build_absolute_uri(request.path), keywords or [shown]),
        interpreted=items.interpreted_by(found, content),
        interpretations=items.interpretations_of(found),
        similar=items.similar_to(found),
        address=request.build_absolute_uri(request.path),
    )


def file_gone(request: HttpRequest, found: Item) -> HttpResponse:
    """In the place of a file that was taken away when its publicity term was over: 410 with the reason."""
    agency = found.agency
    return _page(
        request,
        "file_gone",
        agency=agency,
        section="contents",
        status=410,
        trail=[_contents_crumb(agency), Crumb(_("附件已撤下"))],
        title=_("附件已撤下"),
        page_tags=[],
        item=found,
    )


def item_page(
    request: HttpRequest, found: Item, content: Content, columns: list[Column], *, page_tags: tags.Tags, **context: Any
) -> HttpResponse:
    """The page of an item with this content: the public one and, with `preview`, the one that officers see before.

    `columns` are those of the item that are in use.
    """
    agency = found.agency
    own = [column for column in columns if column.agency_id == agency.pk]
    step = [Crumb(own[0].name, reverse("portal:column", args=[agency.code, own[0].code, 1]))] if own else []
    return _page(
        request,
        "item",
        agency=agency,
        section="contents",
        trail=[_contents_crumb(agency), *step, Crumb(_("正文"))],
        title=content.title,
        page_tags=page_tags,
        item=found,
        content=content,
        columns=columns,
        taken_away=items.taken_away_of(found),
        **context,
    )


@public_answer
def search(request: HttpRequest) -> HttpResponse:
    """Search in the titles, numbers and texts of all public items."""
    result = searching.run(request.GET)
    agency = _agency(result.agency_code) if result.agency_code else None
    return _page(
        request,
        "search",
        agency=agency,
        section="search",
        trail=[Crumb(_("搜索"))],
        title=_("搜索“%(words)s”") % {"words": result.words} if result.words else _("搜索"),
        query=result.words,
        page_tags=[],
        canonical=f"{request.path}?{result.address(result.number)}" if result.words else request.path,
        result=result,
    )
