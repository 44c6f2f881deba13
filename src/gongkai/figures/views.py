"""Staff pages of the statistics: the years, a year's table, the records behind a figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Max, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Agency
from gongkai.agencies.signed_in import account_of, own_agency
from gongkai.enquiries.models import Enquiry
from gongkai.figures import derived, relations, snapshots, statutory
from gongkai.figures.definitions import RESPONSE_REGISTERS
from gongkai.figures.derived import institutions_of
from gongkai.figures.permissions import readable_agencies
from gongkai.figures.registers import STATE_LABELS, State, warning
from gongkai.figures.rollup import with_institutions
from gongkai.figures.statutory import RecordGroup, Row, Table
from gongkai.inforequests.models import InfoRequest, Reply
from gongkai.lawbook.permissions import refusals_to_set
from gongkai.periods.models import NothingToReport, Period
from gongkai.periods.records.kinds import kind_of
from gongkai.periods.registers import REGISTERS
from gongkai.publishing.models import Item
from gongkai.resources.models import Visit
from gongkai.rules.years import FIRST_YEAR
from gongkai.ui import exports
from gongkai.ui.components import Action, Crumb, PageLinks, page_links
from gongkai.ui.templatetags.ui import day

PER_PAGE = 50


@dataclass(frozen=True)
class Line:
    """A row of the table as the page shows it."""

    row: Row
    url: str
    state: str
    tone: str
    basis: str


@dataclass(frozen=True)
class Cell:
    """A record as the page shows it."""

    label: str
    url: str
    public_url: str
    detail: str
    on: date | None
    amount: int | Decimal | None


@dataclass(frozen=True)
class Group:
    """One page of the records that a definition counts."""

    group: RecordGroup
    cells: list[Cell]
    pages: PageLinks
    total: int

    @property
    def has_pages(self) -> bool:
        """Whether the records have public pages."""
        return self.group.queryset.model is Item


@dataclass(frozen=True)
class Relation:
    """A relation that the table breaks, with the rows concerned and their addresses."""

    id: str
    sentence: str
    is_certain: bool
    rows: list[tuple[Row, str]]
    expected: str
    found: str


def _crumbs(*crumbs: Crumb) -> list[Crumb]:
    return [Crumb(_("统计"), reverse("figures:index")), *crumbs]


def _agency(request: HttpRequest, code: str, year: int) -> Agency:
    """The agency and year asked for, or the answer for what does not exist."""
    agency = readable_agencies(request.user).filter(code=code).first()
    if agency is None or not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
    return agency


def _years(agencies: list[Agency]) -> dict[int, list[int]]:
    """The years in which each agency has something: opened, numbered an item, or received an enquiry."""
    ids = [agency.pk for agency in agencies]
    years: dict[int, set[int]] = {agency_id: set() for agency_id in ids}
    for agency_id, year in Period.objects.filter(agency__in=ids).values_list("agency_id", "year"):
        years[agency_id].add(year)
    numbered = Item.objects.filter(agency__in=ids, year__isnull=False).order_by()
    for agency_id, numbered_year in numbered.values_list("agency_id", "year").distinct():
        years[agency_id].add(numbered_year or 0)
    received = Enquiry.objects.filter(agency__in=ids).order_by().values_list("agency_id")
    for agency_id, first, last in received.annotate(Min("received_on"), Max("received_on")):
        years[agency_id].update(range(first.year, last.year + 1))
    allowed = range(FIRST_YEAR, timezone.localdate().year + 1)
    return {
        agency_id: sorted((year for year in found if year in allowed), reverse=True)
        for agency_id, found in years.items()
    }


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The years of each agency whose figures the account may read."""
    agencies = list(readable_agencies(request.user))
    years = _years(agencies)
    own = own_agency(request)
    sets = own is not None and not refusals_to_set(account_of(request), own)
    context = {
        "title": _("统计"),
        "trail": [Crumb(_("统计"))],
        "agencies": [(agency, years[agency.pk]) for agency in agencies],
        "actions": [Action(_("规则设置"), reverse("lawbook:index", args=[own.code]))] if own and sets else [],
    }
    return render(request, "figures/index.html", context)


@require_safe
def table(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The statistics table of an agency's year."""
    agency = _agency(request, code, year)
    computed = statutory.compute([agency], year)[agency.pk]
    confirmed = dict(
        NothingToReport.objects.filter(period__agency=agency, period__year=year).values_list("register", "confirmed_at")
    )
    title = _("%(year)s年%(name)s") % {"year": year, "name": computed.name}
    context = {
        "title": title,
        "subtitle": _("%(agency)s · %(format)s年格式 · 随记录实时计算")
        % {"agency": agency.name, "format": computed.format},
        "trail": _crumbs(Crumb(agency.short_name), Crumb(title)),
        "actions": _table_actions(agency, year),
        "relations": _failed(computed, agency, year),
        "table": computed,
        "lines": [_line(computed, row, confirmed) for row in computed.rows],
        "silent": [REGISTERS[code].label for code in computed.silent_registers],
        "frozen": snapshots.latest(agency, year),
        "blank": sum(row.state is State.BLANK for row in computed.rows),
    }
    return render(request, "figures/table.html", context)


def _table_actions(agency: Agency, year: int) -> list[Action]:
    actions = [
        Action(_("登记情况"), reverse("periods:year", args=[agency.code, year])),
        Action(_("冻结与更正"), reverse("figures:frozen", args=[agency.code, year])),
        Action(_("导出 XLSX"), reverse("figures:export", args=[agency.code, year])),
    ]
    if institutions_of([agency.pk], year).exists():
        actions.insert(0, Action(_("含所属事业单位"), reverse("figures:rollup", args=[agency.code, year])))
    return actions


def _failed(computed: Table, agency: Agency, year: int) -> list[Relation]:
    """The relations that the table breaks, compared with last year's table where there was one."""
    opened = Period.objects.filter(agency=agency, year=year - 1).exists()
    previous = statutory.compute([agency], year - 1)[agency.pk] if opened else None
    return [
        Relation(
            failure.id,
            failure.sentence,
            failure.grade == "certain",
            [
                (computed.row(code), reverse("figures:records", args=[agency.code, year, code]))
                for code in failure.cells
            ],
            "" if failure.expected is None else str(failure.expected),
            "" if failure.found is None else str(failure.found),
        )
        for failure in relations.check(computed, previous).failed
    ]


def _line(computed: Table, row: Row, confirmed: dict[str, datetime]) -> Line:
    if row.state is State.HEADING:
        return Line(row, "", "", "", "")
    url = reverse("figures:records", args=[computed.agency.code, computed.year, row.code])
    state = str(STATE_LABELS[row.state])
    if row.state is State.CONFIRMED_ZERO:
        basis = f"{state} · {day(max(confirmed[register] for register in row.registers))}"
    elif row.state is State.BLANK:
        basis = row.indicator.deciding_day
    elif row.registers == RESPONSE_REGISTERS:
        basis = f"{state} · {row.indicator.deciding_day} · {_('见注')}"
    else:
        basis = f"{state} · {row.indicator.deciding_day}"
    return Line(row, url, state, "soon" if row.state is State.BLANK else "", basis)


@require_safe
def export(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The table as XLSX: the printed labels, units and numbers, with the basis of each."""
    agency = _agency(request, code, year)
    computed = statutory.compute([agency], year)[agency.pk]
    return _workbook(computed, f"{agency.name}{year}年{computed.name}")


@require_safe
def rollup(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The table together with the subordinate institutions, and what each contributes."""
    agency = _agency(request, code, year)
    summed = with_institutions(agency, year)
    title = _("%(year)s年%(name)s（含所属事业单位）") % {"year": year, "name": summed.total.name}
    table_url = reverse("figures:table", args=[agency.code, year])
    readable = set(readable_agencies(request.user).values_list("pk", flat=True))
    shown = [index for index, part in enumerate(summed.parts) if part.agency.pk in readable]
    context = {
        "title": title,
        "subtitle": agency.name,
        "trail": _crumbs(
            Crumb(agency.short_name), Crumb(_("%(year)s年统计表") % {"year": year}, table_url), Crumb(title)
        ),
        "actions": [
            Action(_("只看本单位"), table_url),
            Action(_("导出 XLSX"), reverse("figures:export_rollup", args=[agency.code, year])),
        ],
        "total": summed.total,
        "parts": [summed.parts[index] for index in shown],
        "unshown": len(summed.parts) - len(shown),
        "lines": [
            (row, [summed.parts[part].rows[index] for part in shown]) for index, row in enumerate(summed.total.rows)
        ],
    }
    return render(request, "figures/rollup.html", context)


@require_safe
def export_rollup(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The table together with the subordinate institutions as XLSX."""
    agency = _agency(request, code, year)
    total = with_institutions(agency, year).total
    return _workbook(total, _("%(name)s（含所属事业单位）") % {"name": f"{agency.name}{year}年{total.name}"})


def _workbook(computed: Table, name: str) -> HttpResponse:
    header = [_("统计指标"), _("单位"), _("统计数"), _("状态"), _("归入年度的日期"), _("统计口径")]
    rows: list[list[Any]] = [
        [
            row.indicator.label,
            row.indicator.unit,
            row.value,
            str(STATE_LABELS[row.state]),
            row.indicator.deciding_day,
            row.indicator.definition,
        ]
        for row in computed.rows
    ]
    rows += [[_("注：%(note)s") % {"note": note}] for note in computed.notes]
    response = HttpResponse(exports.workbook(f"{computed.year}", header, rows), content_type=exports.XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or "attachment"
    return response


@require_safe
def records(request: HttpRequest, code: str, year: int, row: str) -> HttpResponse:
    """The records behind one figure, with the day that put each into the year."""
    agency = _agency(request, code, year)
    computed = statutory.compute([agency], year)[agency.pk]
    figure = _figure(computed, row)
    definitions = statutory.definitions_of(agency, year, row) or derived.definitions_of(row)
    filled = [group for group in statutory.groups_of(definitions, agency, year) if group.queryset.exists()]
    groups = [_group(request, number, group) for number, group in enumerate(filled)]
    table_url = reverse("figures:table", args=[agency.code, year])
    context = {
        "title": figure.indicator.name,
        "subtitle": (
            _("%(agency)s · %(year)s年") if row in derived.CODES else _("%(agency)s · %(year)s年 · 第%(code)s行")
        )
        % {"agency": agency.name, "year": year, "code": row},
        "trail": _crumbs(
            Crumb(agency.short_name),
            Crumb(_("%(year)s年统计表") % {"year": year}, table_url),
            Crumb(figure.indicator.name),
        ),
        "figure": figure,
        "state": STATE_LABELS[figure.state],
        "groups": [group for group in groups if group.total],
        "confirmations": [
            (
                REGISTERS[found.register].label,
                found.confirmed_by.name if found.confirmed_by else _("服务器操作员"),
                found.confirmed_at,
            )
            for found in _confirmations(agency, year, figure)
        ],
        "notes": computed.notes if figure.registers == RESPONSE_REGISTERS else (),
        "missing": [warning(register) for register in figure.silent],
        "table_url": table_url,
    }
    return render(request, "figures/records.html", context)


def _figure(computed: Table, code: str) -> Row:
    """The row or derived figure of a code, or the answer for what does not exist."""
    try:
        figure = derived.row_of(computed, code) if code in derived.CODES else computed.row(code)
    except KeyError:
        raise Http404 from None
    if figure.state is State.HEADING:
        raise Http404
    return figure


def _group(request: HttpRequest, number: int, group: RecordGroup) -> Group:
    """The page of a group that the address asks for; each group has its own page number."""
    parameter = "page" if number == 0 else f"page{number + 1}"
    visible: Any = group.queryset
    visible = visible.visible_to(request.user)
    visible = visible.select_related(*RELATED.get(group.queryset.model, ("agency",)))
    paginator: Paginator[Any] = Paginator(visible, PER_PAGE)
    page: Page[Any] = paginator.get_page(request.GET.get(parameter))

    def address(to: int) -> str:
        query = request.GET.copy()
        query[parameter] = str(to)
        return f"?{query.urlencode()}"

    return Group(group, [_cell(record, group) for record in page], page_links(page, address), paginator.count)


def _cell(record: Any, group: RecordGroup) -> Cell:
    describe = DESCRIPTIONS.get(type(record), _describe_by_state)
    label, detail = describe(record)
    is_item = isinstance(record, Item)
    return Cell(
        label=label,
        url=_address(record),
        public_url=record.get_absolute_url() if is_item and record.state == "published" else "",
        detail=detail,
        on=getattr(record, group.deciding_field),
        amount=getattr(record, group.amount_field) if group.amount_field else None,
    )


def _address(record: Any) -> str:
    """The staff page of a record."""
    if isinstance(record, Item):
        return reverse("publishing:item", args=[record.uid])
    return reverse(kind_of(type(record)).address("record"), args=[record.uid])


def _describe_item(item: Item) -> tuple[str, str]:
    return item.title, item.index_number or ""


def _describe_enquiry(enquiry: Enquiry) -> tuple[str, str]:
    return enquiry.topic, f"{enquiry.get_channel_display()} {enquiry.number}"


def _describe_visit(visit: Visit) -> tuple[str, str]:
    return visit.reading_point.name, ""


def _describe_request(request: InfoRequest) -> tuple[str, str]:
    return request.subject, f"{request.get_channel_display()} {request.number}"


def _describe_reply(reply: Reply) -> tuple[str, str]:
    ground = f"（{reply.get_ground_display()}）" if reply.ground else ""
    return reply.request.number, f"{reply.get_outcome_display()}{ground}"


def _describe_by_state(record: Any) -> tuple[str, str]:
    """A record by its name, with the words of its first choice (outcome, channel, medium), if it has one."""
    for name in ("outcome", "channel", "medium", "employment"):
        words = getattr(record, f"get_{name}_display", None)
        if words is not None:
            return str(record), str(words())
    return str(record), ""


DESCRIPTIONS: dict[type, Callable[[Any], tuple[str, str]]] = {
    Item: _describe_item,
    Enquiry: _describe_enquiry,
    Visit: _describe_visit,
    InfoRequest: _describe_request,
    Reply: _describe_reply,
}
# What the description of a record needs beside the record itself.
RELATED: dict[type, tuple[str, ...]] = {Visit: ("agency", "reading_point"), Reply: ("agency", "request")}


def _confirmations(agency: Agency, year: int, row: Row) -> list[NothingToReport]:
    """Who confirmed that the registers of a row had nothing to report."""
    found = NothingToReport.objects.filter(period__agency=agency, period__year=year, register__in=row.registers)
    return list(found.select_related("confirmed_by"))
