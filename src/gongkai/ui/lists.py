"""The one list: columns, filters, sorting, paging, export and print, declared once.

    class ItemList(ListView):
        model = Item
        table_class = ItemTable
        filterset_class = ItemFilter
        title = _("公开信息")
        empty_text = _("还没有公开信息，可以先起草一条。")

A list is always of what `visible_to(request.user)` gives: a subclass may narrow `super().get_queryset()` and nothing
else, or the list refuses to be shown. The choices of a filter must go through `visible_to` as well (a
`ModelChoiceFilter` takes a callable `queryset` with the request).
"""

from __future__ import annotations

from typing import Any, ClassVar

import django_tables2 as tables
from django.core.exceptions import ImproperlyConfigured
from django.core.paginator import EmptyPage, InvalidPage
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters.filterset import FilterSet, filterset_factory
from django_filters.views import FilterView
from django_tables2.data import TableQuerysetData

from gongkai.ui import exports
from gongkai.ui.components import Action, Crumb, PageLinks, counted, page_links
from gongkai.ui.forms import adopt_widgets

PER_PAGE = 50
EXPORT_LIMIT = 50_000
NOT_FILTERS = ("page", "sort", "export")


class ListView(FilterView):
    """A list of one model, for a page below /staff/.

    Declare `model` (its manager must have `visible_to`) and `table_class`; as needed `filterset_class`, `title`,
    `subtitle`, `trail`, `empty_text`, and give `get_actions` or `get_empty_action`. Query parameters: the filters,
    `sort`, `page`, `export=xlsx` (everything that the filters leave, in the order shown).
    """

    model: type[models.Model]
    table_class: type[tables.Table]
    filterset_class: type[FilterSet] | None = None
    template_name = "ui/list/page.html"
    title: str | Promise = ""
    subtitle: str | Promise = ""
    empty_text: str | Promise = gettext_lazy("还没有记录。")
    trail: ClassVar[tuple[Crumb, ...]] = ()
    per_page = PER_PAGE
    exportable = True
    export_limit = EXPORT_LIMIT

    _asked_visible = False

    def get_queryset(self) -> models.QuerySet[Any]:
        """What the signed-in person may see of the model. A subclass narrows and joins what `super()` gives."""
        self._asked_visible = True
        visible: models.QuerySet[Any] = self.model.objects.visible_to(self.request.user)  # type: ignore[attr-defined]  # every listed model has it
        return visible

    def get_title(self) -> str:
        """The heading, also the name of the exported file."""
        return str(self.title)

    def get_empty_action(self) -> Action | None:
        """What one can do where there is nothing yet."""
        return None

    def get_actions(self) -> list[Action]:
        """The acts offered above the list."""
        return []

    def get_filterset_class(self) -> type[FilterSet]:
        """The declared filters; none were declared: an empty set, never one made of all fields."""
        return self.filterset_class or filterset_factory(self.model, fields=[])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the list, or send it as XLSX."""
        self.filterset = self.get_filterset(self.get_filterset_class())
        if not self._asked_visible:
            raise ImproperlyConfigured(f"{type(self).__name__}.get_queryset must begin with super().get_queryset()")
        valid = not self.filterset.is_bound or self.filterset.is_valid()
        self.object_list = self.filterset.qs if valid else self.filterset.queryset.none()
        table = self.get_table()
        refused = ""
        if self.exportable and request.GET.get("export") == "xlsx":
            count = self.object_list.count()
            if count <= self.export_limit:
                return self.export(table)
            refused = _("%(counted)s，一次最多导出 %(limit)s 条，请先筛选，再分次导出。") % {
                "counted": counted(count),
                "limit": self.export_limit,
            }
        return self.render_to_response(self.get_context_data(table=table, export_refused=refused))

    def get_table(self) -> tables.Table:
        """The table with its columns, sorted by `sort`; records of equal rank keep one order on every page."""
        table = self.table_class(self.object_list, **self.get_table_kwargs())
        tables.RequestConfig(self.request, paginate=False).configure(table)
        if isinstance(table.data, TableQuerysetData):
            records = table.data.data
            if {"pk", "-pk"} & set(records.query.order_by):
                pass
            elif records.query.order_by:
                table.data.data = records.order_by(*records.query.order_by, "-pk")
            elif not records.ordered:
                table.data.data = records.order_by("-pk")
        return table

    def get_table_kwargs(self) -> dict[str, Any]:
        """Arguments for the table, for example `exclude`."""
        return {}

    def get_context_data(self, *, table: tables.Table, export_refused: str = "", **kwargs: Any) -> dict[str, Any]:
        """The context of `ui/list/page.html`."""
        links = self._turn_to_page(table)
        filtered = any(
            value for name, values in self.request.GET.lists() if name not in NOT_FILTERS for value in values
        )
        context = {
            "view": self,
            "title": self.get_title(),
            "subtitle": self.subtitle,
            "trail": self.trail,
            "actions": self.get_actions(),
            "table": table,
            "filter": self.filterset,
            "filters": self._filter_fields(),
            "filtered": filtered,
            "sort": self.request.GET.get("sort", ""),
            "pages": links,
            "empty_text": self.empty_text,
            "empty_action": self.get_empty_action(),
            "export_url": self._address(export="xlsx", page=None) if self.exportable and len(table.rows) else "",
            "export_refused": export_refused,
        }
        return {**context, **kwargs}

    def export(self, table: tables.Table) -> HttpResponse:
        """Everything that the filters leave, as XLSX."""
        values = table.as_values()
        header = [str(text) for text in next(values)]
        name = f"{self.get_title() or 'list'}-{timezone.localdate():%Y%m%d}.xlsx"
        response = HttpResponse(exports.workbook(self.get_title(), header, values), content_type=exports.XLSX)
        response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
        return response

    def _turn_to_page(self, table: tables.Table) -> PageLinks:
        """Turn the table to the page asked for; a number beyond the end gives the last, nonsense the first."""
        try:
            table.paginate(page=self.request.GET.get("page", 1), per_page=self.per_page)
        except EmptyPage:
            table.page = table.paginator.page(table.paginator.num_pages)
        except InvalidPage:
            table.page = table.paginator.page(1)
        return page_links(table.page, lambda number: self._address(page=str(number), export=None))

    def _filter_fields(self) -> list[Any]:
        form = self.filterset.form
        adopt_widgets(form.fields)
        return [form[name] for name in form.fields]

    def _address(self, **changed: str | None) -> str:
        query = self.request.GET.copy()
        for name, value in changed.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        return f"?{query.urlencode()}"
