"""Staff pages of an agency's columns: the tree, and the form of one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import administers
from gongkai.agencies.signed_in import account_of, own_agency
from gongkai.agencies.tabs import tabs
from gongkai.audit.acts import timeline
from gongkai.publishing import acts
from gongkai.publishing.acts.columns import COLUMN_KIND, DOWN, UP
from gongkai.publishing.arranging import ColumnForm, NewColumnForm, initial_of_column
from gongkai.publishing.models import Column, Item
from gongkai.publishing.permissions import refusals_to_arrange_columns
from gongkai.rules.refusals import ActRefused, Refusal
from gongkai.ui.components import Action, Crumb
from gongkai.ui.forms import status_of

STEPS = {"up": UP, "down": DOWN}


@require_GET
def columns(request: HttpRequest) -> HttpResponse:
    """The columns of the officer's agency as a tree, with the items in each."""
    agency = arranged_agency(request)
    counts = dict(
        Item.columns.through.objects.filter(column__agency=agency)
        .order_by()
        .values_list("column_id")
        .annotate(Count("item_id"))
    )
    listed = list(Column.objects.filter(agency=agency))
    beside: dict[int | None, list[int]] = {}
    for column in listed:
        beside.setdefault(column.parent_id, []).append(column.pk)
    hidden: set[int] = set()
    rows = []
    for column in listed:  # parents come before what is below them
        if column.is_hidden or column.parent_id in hidden:
            hidden.add(column.pk)
        siblings = beside[column.parent_id]
        rows.append(
            {
                "column": column,
                "depth": column.tree_depth,
                "count": counts.get(column.pk, 0),
                "is_first": siblings[0] == column.pk,
                "is_last": siblings[-1] == column.pk,
                "is_hidden": column.pk in hidden,
            }
        )
    context = {
        "title": _("栏目"),
        "subtitle": agency.name,
        "tabs": tabs("publishing:columns") if administers(account_of(request)) else [],
        "rows": rows,
        "actions": [
            Action(_("发布设置"), reverse("publishing:practice")),
            Action(_("新建栏目"), reverse("publishing:column_new"), primary=True),
        ],
        "trail": [Crumb(_("栏目"))],
    }
    return render(request, "publishing/columns.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add a column."""
    agency = arranged_agency(request)
    form = NewColumnForm(request.POST or None, agency=agency)
    return _page(
        request,
        title=_("新建栏目"),
        form=form,
        act=lambda data: acts.create_column(agency=agency, by=account_of(request), at=timezone.now(), **data),
        done=_("栏目已建立。"),
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Rename a column, move it below another, hide it."""
    agency = arranged_agency(request)
    column = get_object_or_404(Column.objects.filter(agency=agency), uid=uid)
    form = ColumnForm(request.POST or None, agency=agency, column=column, initial=initial_of_column(column))
    return _page(
        request,
        title=_("修改栏目"),
        form=form,
        act=lambda data: acts.amend_column(column=column, by=account_of(request), at=timezone.now(), **data),
        done=_("已保存。"),
        subtitle=_("栏目代码：%(code)s（不能改）") % {"code": column.code},
        timeline=timeline(COLUMN_KIND, str(column.uid)),
    )


@require_POST
def shift(request: HttpRequest, uid: uuid.UUID, step: str) -> HttpResponse:
    """Move a column one place up or down."""
    agency = arranged_agency(request)
    column = get_object_or_404(Column.objects.filter(agency=agency), uid=uid)
    if step not in STEPS:
        raise Http404
    acts.shift_column(column=column, step=STEPS[step], by=account_of(request), at=timezone.now())
    return redirect(reverse("publishing:columns") + f"#column-{column.code}")


def _page(
    request: HttpRequest,
    *,
    title: str,
    form: ColumnForm,
    act: Callable[[dict[str, Any]], object],
    done: str,
    **context: Any,
) -> HttpResponse:
    """Show a form and run its act; a refusal keeps what was typed."""
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, done)
            return redirect("publishing:columns")
    context |= {
        "title": title,
        "form": form,
        "refusals": refusals,
        "back": reverse("publishing:columns"),
        "trail": [Crumb(_("栏目"), reverse("publishing:columns")), Crumb(title)],
    }
    return render(request, "publishing/column.html", context, status=status_of(refusals, form))


def arranged_agency(request: HttpRequest) -> Agency:
    """The officer's agency, if the officer may arrange its columns; for everybody else the page does not exist."""
    agency = own_agency(request)
    if agency is None or refusals_to_arrange_columns(account_of(request), agency):
        raise Http404
    return agency
