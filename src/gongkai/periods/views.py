"""Staff pages of an agency's year: every register with its records, or the word that there was nothing to report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.models import Agency, Role
from gongkai.agencies.permissions import agencies_to_read, holds_role
from gongkai.agencies.signed_in import account_of, own_agency
from gongkai.periods.acts import confirm_nothing_to_report
from gongkai.periods.models import NothingToReport
from gongkai.periods.records.kinds import kinds
from gongkai.periods.registers import REGISTERS, has_records, url_of
from gongkai.rules.refusals import ActRefused, Refusal
from gongkai.rules.years import FIRST_YEAR
from gongkai.ui.components import Crumb


@dataclass(frozen=True)
class Line:
    """A register of the year as the page shows it."""

    code: str
    label: str | Promise
    url: str
    count: int
    confirmation: NothingToReport | None
    may_confirm: bool


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Lead to the last full year of the officer's agency, or of the first one that may be read."""
    own = own_agency(request)
    readable = agencies_to_read(request.user)
    agency = readable.filter(pk=own.pk).first() if own else None
    agency = agency or readable.first()
    if agency is None:
        raise Http404
    return redirect("periods:year", code=agency.code, year=timezone.localdate().year - 1)


@require_http_methods(["GET", "POST"])
def year(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show the registers of a year, and confirm those that had nothing to report."""
    agency: Agency = get_object_or_404(agencies_to_read(request.user), code=code)
    today = timezone.localdate()
    if not FIRST_YEAR <= year <= today.year:
        raise Http404
    account = account_of(request)
    may_confirm = holds_role(account, agency, Role.OFFICE) and year < today.year
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST":
        if not may_confirm:
            raise Http404
        chosen = [code for code in REGISTERS if code in request.POST.getlist("register")]
        try:
            if not chosen:
                raise ActRefused([Refusal("nothing_chosen", _("还没有选择要确认的登记簿。"))])
            _confirm(request, agency, year, chosen)
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, _("已确认%(count)d个登记簿本年度无事项。") % {"count": len(chosen)})
            return redirect("periods:year", code=agency.code, year=year)
    lines = lines_of(agency, year, may_confirm=may_confirm)
    context = {
        "title": _("%(year)d年度登记情况") % {"year": year},
        "subtitle": agency.name,
        "agency": agency,
        "year": year,
        "lines": lines,
        "open_count": sum(1 for line in lines if not line.count and line.confirmation is None),
        "may_confirm": any(line.may_confirm for line in lines),
        "year_is_over": year < today.year,
        "years": range(today.year, FIRST_YEAR - 1, -1),
        "agencies": agencies_to_read(account).without_tree_fields().order_by("position", "code"),
        "refusals": refusals,
        "trail": [Crumb(_("年度登记情况"))],
    }
    return render(request, "periods/year.html", context, status=409 if refusals else 200)


def lines_of(agency: Agency, year: int, *, may_confirm: bool) -> list[Line]:
    """The registers in their order: two statements, and one for each register that has a counter."""
    rows = NothingToReport.objects.filter(period__agency=agency, period__year=year).select_related("confirmed_by")
    confirmations = {row.register: row for row in rows}
    addresses = {code: reverse(kind.address()) for kind in kinds() for code in kind.registers}
    lines = []
    for register in REGISTERS.values():
        count = has_records(register.code, [agency.pk], year)[agency.pk]
        confirmation = confirmations.get(register.code)
        address = addresses.get(register.code) or url_of(register.code)
        lines.append(
            Line(
                code=register.code,
                label=register.label,
                url=f"{address}?year={year}" if address else "",
                count=count,
                confirmation=confirmation,
                may_confirm=may_confirm and not count and confirmation is None,
            )
        )
    return lines


@transaction.atomic
def _confirm(request: HttpRequest, agency: Agency, year: int, registers: Sequence[str]) -> None:
    """Confirm all of them or none."""
    for register in registers:
        confirm_nothing_to_report(
            agency=agency, year=year, register=register, by=account_of(request), at=timezone.now()
        )


def go(request: HttpRequest) -> HttpResponse:
    """Lead to the year and agency that were chosen above the list."""
    agency: Agency = get_object_or_404(agencies_to_read(request.user), code=request.GET.get("agency", ""))
    chosen = request.GET.get("year", "")
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) == len("2017")):
        raise Http404
    return redirect("periods:year", code=agency.code, year=int(chosen))
