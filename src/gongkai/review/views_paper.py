"""Staff pages of approvals on paper: what is in review, sheets, what was signed, the printed forms."""

from __future__ import annotations

import uuid
from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.models import PostHolding
from gongkai.agencies.permissions import CONTENT_ROLES, agency_ids_of
from gongkai.agencies.signed_in import account_of
from gongkai.files import door, serving
from gongkai.review import paper, printing
from gongkai.review.content import adapter
from gongkai.review.forms_paper import PaperForm, SheetForm
from gongkai.review.models import Approval, ApprovalSheet, ApprovalState, Opinion, SheetEntry, StepKind
from gongkai.review.permissions import answers_for, current_step
from gongkai.rules.refusals import ActRefused, Refusal, require
from gongkai.ui.columns import MomentColumn, Table
from gongkai.ui.components import Action, Crumb
from gongkai.ui.forms import status_of
from gongkai.ui.lists import ListView

OPEN_SHOWN = 100


class SheetTable(Table):
    """Sheets, each leading to its page."""

    number = tables.Column(
        verbose_name=gettext_lazy("编号"),
        accessor="number",
        order_by=("year", "serial"),
        linkify=lambda record: reverse("review:sheet", args=[record.uid]),
    )
    titles = tables.Column(verbose_name=gettext_lazy("内容"), empty_values=(), orderable=False)
    signed = tables.Column(verbose_name=gettext_lazy("已录入"), empty_values=(), orderable=False)
    printed_at = MomentColumn()

    class Meta(Table.Meta):
        model = ApprovalSheet
        fields = ("number", "titles", "signed", "printed_by", "printed_at")
        order_by = "-number"

    def render_titles(self, record: ApprovalSheet) -> str:
        """What stands on it; what is void is said."""
        return "；".join(
            f"{entry.approval.title}（{_('作废')}）" if entry.voided_at else entry.approval.title
            for entry in record.entries.all()
        )

    def render_signed(self, record: ApprovalSheet) -> str:
        """Who signed."""
        return "、".join(dict.fromkeys(printing.signed_name(opinion) for opinion in record.opinions.all())) or "—"


class SheetList(ListView):
    """The sheets of the officer's agency."""

    model = ApprovalSheet
    table_class = SheetTable
    title = gettext_lazy("审批单")
    empty_text = gettext_lazy("还没有打印过审批单。领导在纸上签批的，先打印审批单。")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the list to those who read what is in review; for all others there is none."""
        if not agency_ids_of(account_of(request), CONTENT_ROLES):
            raise Http404
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        """With what stands on them and who signed."""
        sheets = super().get_queryset().select_related("printed_by")
        return sheets.prefetch_related("entries__approval", "opinions")

    def get_actions(self) -> list[Action]:
        """Print one."""
        if not handles_paper(self.request):
            return []
        return [Action(_("打印审批单"), reverse("review:sheet_new"), primary=True)]


def handles_paper(request: HttpRequest) -> bool:
    """Whether the officer may print sheets and enter what was signed, in some agency."""
    return bool(agency_ids_of(account_of(request), tuple(paper.PAPER_ROLES)))


def to_print(request: HttpRequest) -> Any:
    """The approvals that the officer may put on a sheet."""
    agencies = agency_ids_of(account_of(request), tuple(paper.PAPER_ROLES))
    found = Approval.objects.visible_to(request.user).filter(agency__in=agencies, state=ApprovalState.IN_REVIEW)
    rows = found.select_related("agency", "drafter", "department").order_by("-submitted_at")[:OPEN_SHOWN]
    signable = [row.pk for row in rows if current_step(row).kind != StepKind.RELEASE]
    return found.filter(pk__in=signable).select_related("agency", "drafter").order_by("position", "-submitted_at")


@require_http_methods(["GET", "POST"])
def sheet_new(request: HttpRequest) -> HttpResponse:
    """Put one or several contents on a sheet and print it."""
    if not handles_paper(request):
        raise Http404
    approvals = to_print(request)
    chosen = [text for text in request.GET.getlist("approval") if is_uid(text)]
    form = SheetForm(
        request.POST or None,
        approvals=approvals,
        initial={"approvals": list(approvals.filter(uid__in=chosen).values_list("pk", flat=True))},
    )
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = paper.print_sheet(
                approvals=form.cleaned_data["approvals"], by=account_of(request), at=timezone.now()
            )
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            return redirect("review:sheet_print", uid=made.uid)
    context = {
        "title": _("打印审批单"),
        "form": form,
        "refusals": refusals,
        "has_any": approvals.exists(),
        "back": reverse("review:sheets"),
        "trail": trail(_("打印审批单")),
    }
    return render(request, "review/sheet_new.html", context, status=status_of(refusals, form))


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """A sheet: what stands on it, what was signed, and the form to enter it."""
    found = visible_sheet(request, uid)
    form = paper_form(request, found)
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                enter(request, found, form)
            except ActRefused as refused:
                refusals = refused.refusals
            else:
                messages.success(request, _("纸质签批已录入。"))
                return redirect("review:sheet", uid=found.uid)
    entries = list(found.entries.select_related("approval", "content"))
    context = {
        "title": found.number,
        "sheet": found,
        "rows": [(entry, adapter(entry.approval.object_kind).url(entry.approval.object_key)) for entry in entries],
        "seen": request.GET.get("h", ""),
        "matches": request.GET.get("h", "") == found.digest,
        "opinions": found.opinions.select_related("entered_by", "approval", "sheet").order_by("pk"),
        "form": form,
        "refusals": refusals,
        "actions": [Action(_("打印"), reverse("review:sheet_print", args=[found.uid]), primary=True)],
        "trail": trail(found.number),
    }
    return render(request, "review/sheet.html", context, status=status_of(refusals, form))


def paper_form(request: HttpRequest, found: ApprovalSheet) -> PaperForm | None:
    """The form for what waits to be signed on a sheet: of its first open step. None where nothing waits, or for
    officers who do not handle paper."""
    if paper.refusals_to_handle_paper(account_of(request), found.agency):
        return None
    waiting = [
        entry
        for entry in found.entries.select_related("approval__agency")
        if entry.voided_at is None
        and entry.approval.state == ApprovalState.IN_REVIEW
        and current_step(entry.approval).kind != StepKind.RELEASE
    ]
    if not waiting:
        return None
    step = current_step(min(waiting, key=lambda entry: entry.approval.position).approval)
    same = [entry for entry in waiting if entry.approval.position == step.position]
    since, until = timezone.localdate(found.printed_at), timezone.localdate()
    in_post = PostHolding.objects.filter(from_on__lte=until).filter(Q(to_on__isnull=True) | Q(to_on__gte=since))
    rows = in_post.filter(answers_for(same[0].approval, step)).select_related("post", "deputises_for")
    officers = {
        row.officer_id: f"{row.post.title}，代{row.deputises_for.name}" if row.deputises_for else row.post.title
        for row in rows.order_by("-deputises_for", "pk")
    }
    form = PaperForm(
        request.POST or None,
        request.FILES or None,
        entries=SheetEntry.objects.filter(pk__in=[entry.pk for entry in same]).select_related("approval"),
        officers=officers,
        step=step,
        has_scan=found.opinions.filter(on_paper=True, position=step.position).exists(),
        initial={"entries": [entry.pk for entry in same], "signed_on": until},
    )
    form.step = step  # type: ignore[attr-defined]  # the page names it
    return form


def enter(request: HttpRequest, found: ApprovalSheet, form: PaperForm) -> None:
    """Ask what speaks against the signature, take the scan in, enter it. Raises `ActRefused`."""
    data = form.cleaned_data
    account, at = account_of(request), timezone.now()
    approvals = [entry.approval for entry in data["entries"]]
    step = form.step  # type: ignore[attr-defined]  # see `paper_form`
    of_the_same = found.opinions.filter(on_paper=True, officer=data["officer"], position=step.position)
    last = of_the_same.order_by("-pk").first()
    signature = paper.Signature(
        officer=data["officer"],
        signed_on=data["signed_on"],
        scan=last.scan if last is not None else None,
        scan_name=last.scan_name if last is not None else "",
        decision=data["decision"],
        text=data["text"],
        secrecy=data.get("secrecy", ""),
    )
    if data["scan"] is not None:
        before = paper.refusals_to_enter(sheet=found, approvals=approvals, signature=signature, by=account, at=at)
        require([refusal for refusal in before if refusal.code not in ("scan_missing", "sheet_void")])
        received = door.receive(data["scan"], agency=found.agency, by=account, at=at)
        signature = paper.with_scan(signature, received.stored, received.name)
    paper.enter_paper_opinions(sheet=found, approvals=approvals, signature=signature, by=account, at=at)


@require_GET
def sheet_print(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """A sheet as it is printed."""
    found = visible_sheet(request, uid)
    context = {
        "title": found.number,
        "sheet": found,
        "briefs": printing.briefs_of(found),
        "rows": printing.common_rows(found),
        "groups": printing.grouped(found.digest),
        "back": reverse("review:sheet", args=[found.uid]),
    }
    return render(request, "review/sheets/approval.html", context)


@require_GET
def sheet_code(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The QR code of a sheet: its address with its hash."""
    found = visible_sheet(request, uid)
    address = request.build_absolute_uri(reverse("review:sheet", args=[found.uid]))
    return HttpResponse(printing.qr_code(f"{address}?h={found.digest}"), content_type="image/svg+xml")


@require_GET
def scan(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The scan of an opinion that was given on paper."""
    visible = Approval.objects.visible_to(request.user)
    opinions = Opinion.objects.filter(approval__in=visible, scan__isnull=False).select_related("scan")
    found = get_object_or_404(opinions, pk=pk)
    return serving.respond(found.scan, found.scan_name, inline=True)  # type: ignore[arg-type]  # filtered


@require_GET
def secrecy_form(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The form that records the secrecy check (信息公开保密审查表)."""
    found = visible_approval(request, uid)
    return printed(request, found, "review/sheets/secrecy.html", _("信息公开保密审查表"))


@require_GET
def rounds_form(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The form of the three reviews and proof-readings (三审三校单)."""
    found = visible_approval(request, uid)
    return printed(request, found, "review/sheets/rounds.html", _("三审三校单"))


def printed(request: HttpRequest, found: Approval, template: str, title: str) -> HttpResponse:
    """A form with what was said so far, and blank places for what is to come."""
    context = {
        "title": title,
        "approval": found,
        "brief": printing.brief_of(found),
        "submission": printing.submission_of(found),
        "rows": printing.step_rows(found, found.content_id),
        "rounds": printing.round_rows(found),
        "back": adapter(found.object_kind).url(found.object_key),
    }
    return render(request, template, context)


def visible_sheet(request: HttpRequest, uid: uuid.UUID) -> ApprovalSheet:
    """The sheet, if of an agency in which the officer reads contents."""
    sheets = ApprovalSheet.objects.visible_to(request.user).select_related("agency", "printed_by")
    return get_object_or_404(sheets.prefetch_related("entries"), uid=uid)


def visible_approval(request: HttpRequest, uid: uuid.UUID) -> Approval:
    """The run of a chain, if of an agency in which the officer reads contents."""
    approvals = Approval.objects.visible_to(request.user)
    return get_object_or_404(approvals.select_related("agency", "department", "drafter", "content"), uid=uid)


def is_uid(text: str) -> bool:
    """Whether a text is a UUID."""
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def trail(last: str) -> list[Crumb]:
    """The breadcrumb of a page below the list of sheets."""
    return [Crumb(_("审核"), reverse("review:list")), Crumb(_("审批单"), reverse("review:sheets")), Crumb(last)]
