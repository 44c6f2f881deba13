"""The list of a register and the facts of a record, as its declaration says."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters.filterset import filterset_factory

from gongkai.periods.records.kinds import RecordKind, kind_of
from gongkai.periods.records.models import Record
from gongkai.ui.columns import DayColumn, MomentColumn, NumberColumn, Table
from gongkai.ui.components import MetaRow

FIRST_YEAR = 2000
LAST_YEAR = 2100


class YesColumn(tables.Column):
    """Yes in words; no stays empty."""

    def render(self, value: bool) -> str:
        """The word."""
        return gettext("是") if value else "—"

    def value(self, value: bool) -> str:
        """The word for an export."""
        return gettext("是") if value else gettext("否")


class RecordTable(Table):
    """Records of one register; its columns come with `columns_of`."""


def columns_of(kind: RecordKind, *, with_agency: bool = False, with_withdrawal: bool = False, without: str = "") -> Any:
    """The columns of a register by name, the first leading to the record."""
    names = [name for name in kind.columns if name != without]
    columns = [(name, _column(kind, name, leads=position == 0)) for position, name in enumerate(names)]
    if with_agency:
        columns.append(("agency", tables.Column(verbose_name=_("机构"), accessor="agency__short_name")))
    if with_withdrawal:
        columns.append(("withdrawn_at", MomentColumn(verbose_name=_("撤销时间"))))
    return columns


def _column(kind: RecordKind, name: str, *, leads: bool) -> tables.Column:
    field = kind.field(name)
    options: dict[str, Any] = {"verbose_name": field.verbose_name}
    if leads:
        options["linkify"] = address_of
    if isinstance(field, models.DateField):
        return DayColumn(**options)
    if isinstance(field, models.BooleanField):
        return YesColumn(**options)
    if isinstance(field, models.IntegerField | models.DecimalField):
        return NumberColumn(**options)
    if field.choices:
        return tables.Column(accessor=f"get_{name}_display", order_by=(name,), **options)
    return tables.Column(**options)


def address_of(record: Record) -> str:
    """The staff page of a record."""
    return reverse(kind_of(type(record)).address("record"), args=[record.uid])


STATES = [("withdrawn", _("已撤销")), ("all", _("全部"))]


class RecordFilter(django_filters.FilterSet):
    """Search, year, and whether withdrawn records are shown; a register adds its choices."""

    q = django_filters.CharFilter(label=_("查找"), method="filter_text")
    year = django_filters.NumberFilter(label=_("年度"), method="filter_year", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    # The list itself leaves withdrawn records out, for it is filtered before anybody asked for anything.
    state = django_filters.ChoiceFilter(
        label=_("状态"),
        choices=STATES,
        empty_label=_("有效"),
        method="filter_state",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.kind
        if kind.waiting is not None:
            self.filters["state"].extra["choices"] = [("waiting", _("没有答复")), *STATES]
        self.filters["q"].label = "、".join(self._searched(kind))
        for name in kind.filters:
            self.filters[name].label = kind.title_of(name)
            if isinstance(self.filters[name], django_filters.ChoiceFilter):
                self.filters[name].extra["empty_label"] = gettext("全部")

    class Meta:
        filter_overrides = {  # django-filter reads it from the class
            models.BooleanField: {
                "filter_class": django_filters.BooleanFilter,
                "extra": lambda _field: {
                    "widget": forms.Select(choices=[("", _("全部")), ("true", _("是")), ("false", _("否"))])
                },
            },
        }

    @property
    def kind(self) -> RecordKind:
        """The register that is filtered."""
        return kind_of(self._meta.model)

    def filter_text(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Keep the records with the text in one of the fields that the register names."""
        found = Q()
        for name in self.kind.search:
            found |= Q(**{f"{name}__icontains": value.strip()})
        return queryset.filter(found)

    def filter_year(self, queryset: QuerySet[Any], _name: str, value: Decimal) -> QuerySet[Any]:
        """Keep the records that belong to the year."""
        year = int(value)
        return queryset.filter(self.kind.window(year)) if dt.MINYEAR <= year < dt.MAXYEAR else queryset.none()

    def filter_state(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Keep withdrawn records only, those without an answer, or all."""
        if value == "waiting" and self.kind.waiting is not None:
            return queryset.filter(self.kind.waiting)
        return queryset.filter(withdrawn_at__isnull=False) if value == "withdrawn" else queryset

    def _searched(self, kind: RecordKind) -> list[str]:
        model: Any = kind.model
        titles = []
        for path in kind.search:
            found = model
            *links, last = path.split("__")
            for link in links:
                found = found._meta.get_field(link).related_model
            titles.append(str(found._meta.get_field(last).verbose_name))
        return titles


def filter_of(kind: RecordKind) -> type[django_filters.FilterSet]:
    """The filters of a register."""
    return filterset_factory(kind.model, filterset=RecordFilter, fields=["q", *kind.filters, "year", "state"])


def shown(record: Record, name: str) -> str:
    """A value of a record in words; nothing for an empty one."""
    field = kind_of(type(record)).field(name)
    value = getattr(record, name)
    if value is None or value == "":
        return ""
    if isinstance(field, models.BooleanField):
        return gettext("是") if value else gettext("否")
    if isinstance(field, models.DecimalField):
        return f"{value:,.2f}"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def facts_of(record: Record) -> list[MetaRow]:
    """What a record holds, in the order of its form; another record that it names opens."""
    kind = kind_of(type(record))
    rows = [MetaRow(gettext("机构"), record.agency.name)]
    for name in (*kind.fields, *kind.derived):
        value = getattr(record, name)
        url = address_of(value) if isinstance(value, Record) else ""
        rows.append(MetaRow(kind.title_of(name), shown(record, name) or "—", url=url))
    return rows
