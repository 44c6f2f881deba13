"""Staff pages of column mappings: list, make from a sample export, import with a look before."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.models import Agency
from gongkai.agencies.signed_in import account_of, own_agency
from gongkai.audit.acts import timeline
from gongkai.enquiries.kinds import ENQUIRY
from gongkai.exchange.acts import SHOWN, ImportResult, import_rows, remove_mapping, save_mapping
from gongkai.exchange.faults import Faults
from gongkai.exchange.foreign import ForeignTable, table_of
from gongkai.exchange.forms import ExportForm, MappingForm, SampleForm
from gongkai.exchange.mapped import BY_NAME, guess, is_personal
from gongkai.exchange.mapped_rows import MappedRows, read_rows
from gongkai.exchange.models import ColumnMapping, DayOrder
from gongkai.exchange.packing import Packed, pack, unpack
from gongkai.exchange.permissions import may_map, refusals_to_map
from gongkai.exchange.tables import MappingTable
from gongkai.files.door import Inspected, inspect
from gongkai.rules.refusals import ActRefused, Refusal
from gongkai.ui.components import Action, Crumb, MetaRow
from gongkai.ui.lists import ListView

RESULTS_SHOWN = 20
CHANGES_SHOWN = 30


class MappingList(ListView):
    """The mappings that the officer may see."""

    model = ColumnMapping
    table_class = MappingTable
    title = gettext_lazy("从其他系统导入")
    subtitle = gettext_lazy("12345平台、信访系统导出的表格，按保存好的列对应关系登记到「来信来电」。")
    empty_text = gettext_lazy("还没有列对应关系。请先从对方系统导出一份表格，据此新建。")

    def get_queryset(self) -> Any:
        """The visible mappings with what the table prints."""
        return super().get_queryset().select_related("agency")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list, below that of the enquiries."""
        return super().get_context_data(trail=_trail(), **kwargs)

    def get_actions(self) -> list[Action]:
        """Make one, for who enters the registers."""
        if not may_map(account_of(self.request), own_agency(self.request)):
            return []
        return [Action(_("新建对应关系"), reverse("exchange:new"), primary=True)]


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a mapping: hand in a sample export, then say which column is what."""
    agency = own_agency(request)
    if agency is None or not may_map(account_of(request), agency):
        raise Http404
    return _edit(request, agency, None)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Change a mapping by another sample export."""
    mapping = _own(request, uid)
    return _edit(request, mapping.agency, mapping)


def _edit(request: HttpRequest, agency: Agency, mapping: ColumnMapping | None) -> HttpResponse:
    if "headers" in request.POST:
        return _confirm_columns(request, agency, mapping)
    form = SampleForm(
        request.POST or None, request.FILES or None, initial={"header_row": mapping.header_row if mapping else 1}
    )
    context: dict[str, Any] = {
        "title": _("修改对应关系") if mapping else _("新建对应关系"),
        "form": form,
        "back": _address(mapping),
        "trail": _trail(_("修改对应关系") if mapping else _("新建对应关系")),
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "exchange/sample.html", context, status=422 if form.errors else 200)
    faults = Faults()
    refusals, table = _open(request, agency, form.cleaned_data["file"], form.cleaned_data["header_row"], faults)[:2]
    if table is None:
        return render(request, "exchange/sample.html", context | {"refusals": refusals, "faults": faults}, status=422)
    said = _results_in(table, mapping)
    header_row = form.cleaned_data["header_row"]
    columns = MappingForm(headers=table.headers, said=said, mapping=mapping)
    signed = signing.dumps([list(table.headers), header_row, said], salt="exchange.headers", compress=True)
    return _show_columns(request, mapping, columns, table.headers, signed)


def _confirm_columns(request: HttpRequest, agency: Agency, mapping: ColumnMapping | None) -> HttpResponse:
    """Save what the officer chose."""
    signed = request.POST["headers"]
    try:
        headers, header_row, said = signing.loads(signed, salt="exchange.headers")
    except signing.BadSignature as error:
        raise Http404 from error
    form = MappingForm(request.POST, headers=headers, said=said, mapping=mapping)
    if not form.is_valid():
        return _show_columns(request, mapping, form, headers, signed, status=422)
    try:
        saved = save_mapping(
            agency=agency,
            mapping=mapping,
            register=form.cleaned_data["register"],
            name=form.cleaned_data["name"],
            day_order=form.cleaned_data["day_order"],
            header_row=header_row,
            columns=form.columns,
            results=form.cleaned_data["results"],
            by=account_of(request),
            at=timezone.now(),
        )
    except ActRefused as refused:
        return _show_columns(request, mapping, form, headers, signed, refused.refusals, status=409)
    messages.success(request, _("对应关系已保存，可以导入了。"))
    return redirect("exchange:mapping", uid=saved.uid)


def _show_columns(
    request: HttpRequest,
    mapping: ColumnMapping | None,
    form: MappingForm,
    headers: Sequence[str],
    signed: str,
    refusals: Sequence[Refusal] = (),
    status: int = 200,
) -> HttpResponse:
    title = _("核对每一列是什么")
    context = {
        "title": title,
        "form": form,
        "signed": signed,
        "left_out": [header for header in headers if is_personal(header)],
        "refusals": refusals,
        "back": _address(mapping),
        "trail": _trail(title),
    }
    return render(request, "exchange/columns.html", context, status=status)


@require_GET
def mapping(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Read a mapping, and hand in an export."""
    return _show(request, _visible(request, uid))


@require_POST
def preview(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Say what an export would change, before anything is entered."""
    found = _own(request, uid)
    form = ExportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, found, form=form, status=422)
    faults = Faults()
    refusals, table, inspected = _open(request, found.agency, form.cleaned_data["file"], found.header_row, faults)
    if refusals or inspected is None:
        return _show(request, found, form=form, refusals=refusals, status=409)
    rows = read_rows(found, table, faults) if table is not None else MappedRows()
    packed = Packed(rows, inspected.document.sha256, table.sheet if table else "")
    result = _import(request, found, packed, faults, dry_run=True)
    signed = "" if result.faults else pack(packed, found, account_of(request))
    return _show_result(request, found, result, signed, status=422 if result.faults else 200)


@require_POST
def confirm(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Enter what was looked at; what changed in the register meanwhile is looked at anew by the act."""
    found = _own(request, uid)
    packed = unpack(request.POST.get("rows", ""), found, account_of(request))
    if packed is None:
        stale = Refusal("stale", _("这次导入已经过期，或者对应关系有改动，没有登记。请重新选择文件。"))
        return _show(request, found, refusals=(stale,), status=409)
    result = _import(request, found, packed, Faults(), dry_run=False)
    if not result.saved:
        return _show_result(request, found, result, "", status=409)
    messages.success(
        request,
        _("已导入：新登记%(entered)s条，更新%(changed)s条，%(unchanged)s条没有变化。")
        % {"entered": len(result.entered), "changed": len(result.changed), "unchanged": result.unchanged},
    )
    return redirect("exchange:mapping", uid=found.uid)


@require_POST
def remove(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Remove a mapping."""
    remove_mapping(mapping=_own(request, uid), by=account_of(request), at=timezone.now())
    messages.success(request, _("对应关系已删除，已登记的记录不受影响。"))
    return redirect("exchange:mappings")


def _open(
    request: HttpRequest, agency: Agency, upload: Any, header_row: int, faults: Faults
) -> tuple[Sequence[Refusal], ForeignTable | None, Inspected | None]:
    """Look at an upload at the door, without keeping it, and read its table."""
    try:
        inspected = inspect(upload, agency=agency, by=account_of(request), at=timezone.now())
    except ActRefused as refused:
        return refused.refusals, None, None
    return (), table_of(inspected.document, header_row, faults), inspected


def _import(
    request: HttpRequest, found: ColumnMapping, packed: Packed, faults: Faults, *, dry_run: bool
) -> ImportResult:
    return import_rows(
        mapping=found,
        found=packed.rows,
        faults=faults,
        digest=packed.digest,
        sheet=packed.sheet,
        by=account_of(request),
        at=timezone.now(),
        dry_run=dry_run,
    )


def _results_in(table: ForeignTable, mapping: ColumnMapping | None) -> list[str]:
    """What the sample writes into its column of results, if it is one with few different words."""
    header = (mapping.columns if mapping else {}).get("result") or guess(table.headers).get("result", "")
    said = dict.fromkeys(row.cells[header] for row in table.rows if header in row.cells)
    few = len(said) <= RESULTS_SHOWN and all(len(text) <= RESULTS_SHOWN for text in said)
    return list(said) if few else []


def _show(
    request: HttpRequest,
    found: ColumnMapping,
    *,
    form: ExportForm | None = None,
    refusals: Sequence[Refusal] = (),
    status: int = 200,
) -> HttpResponse:
    may_import = not refusals_to_map(account_of(request), found.agency)
    context = {
        "title": found.name,
        "mapping": found,
        "facts": [
            MetaRow(_("导入到"), found.get_register_display()),
            MetaRow(_("表头所在行"), found.header_row),
            *(MetaRow(BY_NAME[name].label, _("「%s」列") % header) for name, header in found.columns.items()),
            MetaRow(_("日期写法"), DayOrder(found.day_order).label, wide=True),
        ],
        "form": form or ExportForm(),
        "may_import": may_import,
        "refusals": refusals,
        "actions": [Action(_("修改对应关系"), reverse("exchange:change", args=[found.uid]))] if may_import else [],
        "timeline": timeline("exchange.columnmapping", str(found.uid))[-CHANGES_SHOWN:],
        "trail": _trail(found.name),
    }
    return render(request, "exchange/mapping.html", context, status=status)


def _show_result(
    request: HttpRequest, found: ColumnMapping, result: ImportResult, signed: str, status: int = 200
) -> HttpResponse:
    title = _("导入前核对")
    context = {
        "title": title,
        "subtitle": found.name,
        "mapping": found,
        "result": result,
        "shown": SHOWN,
        "signed": signed,
        "something": bool(result.entered or result.changed),
        "trail": [*_trail(found.name, _address(found)), Crumb(title)],
    }
    return render(request, "exchange/preview.html", context, status=status)


def _visible(request: HttpRequest, uid: uuid.UUID) -> ColumnMapping:
    """The mapping, if the officer may see it."""
    found: ColumnMapping = get_object_or_404(
        ColumnMapping.objects.visible_to(request.user).select_related("agency"), uid=uid
    )
    return found


def _own(request: HttpRequest, uid: uuid.UUID) -> ColumnMapping:
    """The mapping, if the officer may work with it; otherwise it is as missing as one that never was."""
    found = _visible(request, uid)
    if refusals_to_map(account_of(request), found.agency):
        raise Http404
    return found


def _address(found: ColumnMapping | None) -> str:
    return reverse("exchange:mapping", args=[found.uid]) if found else reverse("exchange:mappings")


def _trail(last: str = "", url: str = "") -> list[Crumb]:
    first = [
        Crumb(ENQUIRY.plural, reverse(ENQUIRY.address())),
        Crumb(_("从其他系统导入"), reverse("exchange:mappings")),
    ]
    return [*first, Crumb(last, url)] if last else first
