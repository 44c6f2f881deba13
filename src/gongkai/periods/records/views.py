"""Staff pages of any register: list, enter, read, correct, withdraw."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, cast

import django_tables2 as tables
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import agencies_to_read
from gongkai.agencies.signed_in import account_of, own_agency
from gongkai.periods.records.acts import correct_record, enter_records, withdraw_record
from gongkai.periods.records.forms import ChangeForm, ReasonForm, RecordForm
from gongkai.periods.records.history import history_of
from gongkai.periods.records.kinds import RecordKind, import_page_of, kinds_of, linked_to
from gongkai.periods.records.models import Record, RecordQuerySet
from gongkai.periods.records.permissions import refusals_to_change, refusals_to_keep, refusals_to_withdraw
from gongkai.periods.records.tables import RecordTable, address_of, columns_of, facts_of
from gongkai.rules.refusals import ActRefused, Refusal
from gongkai.ui.components import Action, Crumb
from gongkai.ui.forms import status_of
from gongkai.ui.lists import ListView

LINKED_SHOWN = 50


@dataclass(frozen=True)
class Tab:
    """A register of the same package, as the line of registers shows it."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Linked:
    """Records of another register that name the one on the page, the newest first."""

    kind: RecordKind
    table: tables.Table
    total: int
    add_url: str

    @property
    def left_out(self) -> int:
        """How many more there are than are shown."""
        return max(0, self.total - LINKED_SHOWN)


class RecordList(ListView):
    """All records of a register that the officer may see; withdrawn ones only when asked for."""

    table_class = RecordTable
    template_name = "periods/record_list.html"

    @property
    def kind(self) -> RecordKind:
        """The register; it comes with the address."""
        kind: RecordKind = self.kwargs["kind"]
        return kind

    def get_queryset(self) -> Any:
        """The visible records with what the table prints."""
        visible = cast("RecordQuerySet", super().get_queryset())
        records = visible.select_related("agency", *self.kind.links())
        return records if self.request.GET.get("state") in ("withdrawn", "all") else records.standing()

    def get_title(self) -> str:
        """The name of the register."""
        return self.kind.plural

    def get_table_kwargs(self) -> dict[str, Any]:
        """The columns of the register; the agency where an officer sees several."""
        several = agencies_to_read(self.request.user).count() > 1
        withdrawn = self.request.GET.get("state") in ("withdrawn", "all")
        return {"extra_columns": columns_of(self.kind, with_agency=several, with_withdrawal=withdrawn)}

    def get_actions(self) -> list[Action]:
        """Enter a record, for who may; one that hangs on another is entered on the other's page."""
        agency = own_agency(self.request)
        if agency is None or self.kind.parent or refusals_to_keep(self.kind, agency, account_of(self.request)):
            return []
        page = import_page_of(self.kind.model)
        others = [Action(_("从其他系统导入"), reverse(page))] if page else []
        return [Action(_("登记"), reverse(self.kind.address("new")), primary=True), *others]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list with the line of registers."""
        context = super().get_context_data(**kwargs)
        context["tabs"] = tabs_of(self.kind)
        if self.kind.parent:
            parent = self.kind.field(self.kind.parent).verbose_name
            context["subtitle"] = _("在所属%(parent)s的页面上登记。") % {"parent": parent}
        return context


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, kind: RecordKind) -> HttpResponse:
    """Enter a record; one that hangs on another is entered under it, named by `of`."""
    account, agency = account_of(request), own_agency(request)
    if agency is None or refusals_to_keep(kind, agency, account):
        raise Http404
    parent = _parent(request, kind, agency)
    form = RecordForm(request.POST or None, kind=kind, agency=agency)
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, **({kind.parent: parent} if parent else {})}
        try:
            record = enter_records(agency=agency, rows=[kind.model(**values)], by=account, at=timezone.now())[0]
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, _("已登记。"))
            return redirect(address_of(parent or record))
    context = {
        "title": _("登记%(label)s") % {"label": kind.label},
        "subtitle": str(parent) if parent else "",
        "form": form,
        "refusals": refusals,
        "back": address_of(parent) if parent else reverse(kind.address()),
        "trail": trail(kind, _("登记")),
    }
    return render(request, "periods/record_form.html", context, status=status_of(refusals, form))


@require_GET
def record(request: HttpRequest, kind: RecordKind, uid: uuid.UUID) -> HttpResponse:
    """Read a record, what hangs on it and what happened to it."""
    return show(request, kind, visible(request, kind, uid))


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, kind: RecordKind, uid: uuid.UUID) -> HttpResponse:
    """Fill in what was empty, or correct a record with the reason."""
    found, account = visible(request, kind, uid), account_of(request)
    if refusals_to_change(found, account):
        raise Http404
    form = RecordForm(request.POST or None, kind=kind, agency=found.agency, record=found)
    reason = ChangeForm(request.POST or None)
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and form.is_valid() & reason.is_valid():
        try:
            correct_record(
                record=found,
                values=form.cleaned_data,
                reason=reason.cleaned_data["reason"],
                by=account,
                at=timezone.now(),
            )
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, _("已保存。"))
            return redirect(address_of(found))
    context = {
        "title": _("补填或更正%(label)s") % {"label": kind.label},
        "subtitle": str(found),
        "form": form,
        "reason": reason,
        "refusals": refusals,
        "back": address_of(found),
        "trail": trail(kind, _("补填、更正")),
    }
    return render(request, "periods/record_form.html", context, status=status_of(refusals, form, reason))


@require_POST
def withdraw(request: HttpRequest, kind: RecordKind, uid: uuid.UUID) -> HttpResponse:
    """Withdraw a mistaken record; a refusal is shown on its page, with the reason that was typed."""
    found, account = visible(request, kind, uid), account_of(request)
    if refusals_to_keep(kind, found.agency, account):
        raise Http404
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return show(request, kind, found, form=form, status=422)
    try:
        withdraw_record(record=found, reason=form.cleaned_data["reason"], by=account, at=timezone.now())
    except ActRefused as refused:
        return show(request, kind, found, form=form, refusals=refused.refusals, status=409)
    messages.success(request, _("已撤销，这条记录不再计数。"))
    return redirect(address_of(found))


def show(
    request: HttpRequest,
    kind: RecordKind,
    found: Record,
    *,
    form: ReasonForm | None = None,
    refusals: tuple[Refusal, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """The page of a record, with the acts that the officer may take now."""
    account = account_of(request)
    may_keep = not refusals_to_keep(kind, found.agency, account)
    standing = found.withdrawn_at is None
    context = {
        "title": str(found),
        "kind": kind,
        "record": found,
        "facts": facts_of(found),
        "actions": [Action(_("补填、更正"), reverse(kind.address("correct"), args=[found.uid]), primary=True)]
        if may_keep and standing
        else [],
        "may_withdraw": may_keep and standing,
        "why_not_withdraw": refusals_to_withdraw(found, account) if may_keep and standing else [],
        "withdraw_url": reverse(kind.address("withdraw"), args=[found.uid]),
        "form": form or ReasonForm(),
        "refusals": refusals,
        "linked": [linked(request, other, link, found, account) for other, link in linked_to(kind.model)],
        "timeline": history_of(found),
        "trail": trail(kind, str(found)),
    }
    return render(request, "periods/record.html", context, status=status)


def linked(request: HttpRequest, kind: RecordKind, link: str, found: Record, account: Account) -> Linked:
    """The records of a register that name this one, and where to enter another."""
    records = kind.model.objects.visible_to(request.user).standing().filter(**{link: found})
    total = records.count()
    shown = records.select_related("agency", *kind.links())[:LINKED_SHOWN]
    table = RecordTable(shown, extra_columns=columns_of(kind, without=link), orderable=False)
    may_add = kind.parent == link and found.withdrawn_at is None and not refusals_to_keep(kind, found.agency, account)
    return Linked(kind, table, total, f"{reverse(kind.address('new'))}?of={found.uid}" if may_add else "")


def visible(request: HttpRequest, kind: RecordKind, uid: uuid.UUID) -> Record:
    """The record, if the officer may see it; a foreign one is as missing as one that never was."""
    records = kind.model.objects.visible_to(request.user).select_related("agency", *kind.links())
    return get_object_or_404(records, uid=uid)


def tabs_of(kind: RecordKind) -> list[Tab]:
    """The registers of the same package; none for a package with one."""
    siblings = kinds_of(kind.package)
    tabs = [Tab(other.plural, reverse(other.address()), other is kind) for other in siblings]
    return tabs if len(tabs) > 1 else []


def trail(kind: RecordKind, last: str) -> list[Crumb]:
    """The breadcrumb of a page below a list."""
    return [Crumb(kind.plural, reverse(kind.address())), Crumb(last)]


def _parent(request: HttpRequest, kind: RecordKind, agency: Agency) -> Record | None:
    """The standing record of the agency that `of` names; 404 where it is needed and not there."""
    if not kind.parent:
        return None
    model = kind.field(kind.parent).related_model
    try:
        uid = uuid.UUID(request.GET.get("of", ""))
    except ValueError as error:
        raise Http404 from error
    records = model.objects.visible_to(request.user).standing()  # type: ignore[union-attr]  # a link names a record
    found: Record = get_object_or_404(records.filter(agency=agency), uid=uid)
    return found
