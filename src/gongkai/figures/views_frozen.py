"""Staff page of a frozen year: freeze it, see what was frozen and what differs now, correct it in the open."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import holds_role, person_of
from gongkai.agencies.signed_in import account_of
from gongkai.audit.acts import timeline
from gongkai.figures import acts, snapshots
from gongkai.figures.models import Snapshot
from gongkai.figures.permissions import readable_agencies
from gongkai.figures.views import FIRST_YEAR
from gongkai.periods import acts as periods
from gongkai.periods.models import Amendment
from gongkai.periods.permissions import FREEZING_ROLES
from gongkai.rules.refusals import ActRefused, Refusal
from gongkai.ui.components import Action, Crumb


def _agency(request: HttpRequest, code: str, year: int) -> Agency:
    """The agency and year asked for, or the answer for what does not exist."""
    agency = readable_agencies(request.user).filter(code=code).first()
    if agency is None or not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
    return agency


@require_http_methods(["GET", "POST"])
def frozen(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The snapshots of a year with their hashes, the difference from now, and the buttons of those who may act."""
    agency = _agency(request, code, year)
    account = account_of(request)
    may_act = holds_role(account, agency, *FREEZING_ROLES)
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST":
        if not may_act:
            raise Http404
        try:
            said = _act(request, agency, year)
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, said)
            return redirect("figures:frozen", code=agency.code, year=year)
    latest = snapshots.latest(agency, year)
    now = snapshots.canonical(agency, year)
    amendment = Amendment.objects.filter(period__agency=agency, period__year=year, closed_at__isnull=True)
    open_amendment = amendment.select_related("opened_by").first()
    title = _("%(year)s年度统计数据的冻结与更正") % {"year": year}
    context = {
        "title": title,
        "subtitle": agency.name,
        "trail": [
            Crumb(_("统计"), reverse("figures:index")),
            Crumb(_("%(year)s年统计表") % {"year": year}, reverse("figures:table", args=[agency.code, year])),
            Crumb(_("冻结与更正")),
        ],
        "actions": [Action(_("统计表"), reverse("figures:table", args=[agency.code, year]))],
        "agency": agency,
        "year": year,
        "versions": _versions(agency, year),
        "latest": latest,
        "changes": _changes(latest, agency, year),
        "amendment": open_amendment,
        "opened_by_self": _is_own(open_amendment, account),
        "digest": snapshots.digest_of(now),
        "may_act": may_act,
        "year_is_over": year < timezone.localdate().year,
        "reason": request.POST.get("reason", ""),
        "refusals": refusals,
        "timeline": timeline(periods.OBJECT_KIND, f"{agency.code}/{year}"),
    }
    return render(request, "figures/frozen.html", context, status=409 if refusals else 200)


@require_safe
def snapshot(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """A snapshot as it was kept, byte for byte: its SHA-256 is the check code."""
    agency = _agency(request, code, year)
    kept = get_object_or_404(Snapshot, agency=agency, year=year, number=number)
    answer = HttpResponse(kept.canonical, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{agency.code}-{year}-{number}.json"'
    return answer


def _act(request: HttpRequest, agency: Agency, year: int) -> str:
    """Do what the button says; give the sentence that tells it was done."""
    at, by = timezone.now(), account_of(request)
    match request.POST.get("act"):
        case "freeze":
            acts.freeze(agency=agency, year=year, by=by, at=at)
            return _("已冻结%(year)s年度的统计数据。") % {"year": year}
        case "amend":
            reason = request.POST.get("reason", "")
            periods.open_amendment(agency=agency, year=year, reason=reason, by=by, at=at)
            return _("已登记更正。现在可以到登记簿改记录，改好后由另一人在本页确认。")
        case "cancel":
            periods.cancel_amendment(agency=agency, year=year, by=by, at=at)
            return _("已取消更正。")
        case "confirm":
            digest = request.POST.get("digest", "")
            acts.confirm_amendment(agency=agency, year=year, digest=digest, by=by, at=at)
            return _("已确认更正，新的数字即日起有效，原来的数字保留。")
        case _:
            raise Http404


def _is_own(amendment: Amendment | None, account: Account) -> bool:
    """Whether the same natural person opened the amendment, by whichever account."""
    opened_by = amendment.opened_by if amendment is not None else None
    return opened_by is not None and person_of(opened_by) == person_of(account)


def _versions(agency: Agency, year: int) -> list[tuple[Snapshot, bool, list[Any]]]:
    """Each snapshot, newest first, whether it is whole, and what it changed against the one before."""
    kept = list(Snapshot.objects.filter(agency=agency, year=year).select_related("taken_by").order_by("number"))
    read = [snapshots.Frozen(one) for one in kept]
    found = []
    for number, one in enumerate(read):
        before = read[number - 1].data["figures"] if number else {}
        found.append((one.snapshot, one.is_whole, snapshots.changes_between(before, one.data["figures"])))
    return found[::-1]


def _changes(latest: snapshots.Frozen | None, agency: Agency, year: int) -> list[tuple[Any, bool]]:
    """How the figures of now differ from those that stand, and whether ordinary work moves each."""
    if latest is None:
        return []
    changed = snapshots.changes_between(latest.data["figures"], snapshots.figures_of(agency, year))
    return [(change, change.code in snapshots.MOVING) for change in changed]
