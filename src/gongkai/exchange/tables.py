"""The list of column mappings."""

from __future__ import annotations

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongkai.exchange.models import ColumnMapping
from gongkai.ui.columns import MomentColumn, Table


class MappingTable(Table):
    """Mappings with where they lead and when they were last used."""

    name = tables.Column(verbose_name=_("名称"), linkify=lambda record: reverse("exchange:mapping", args=[record.uid]))
    register = tables.Column(verbose_name=_("导入到"), accessor="get_register_display", order_by=("register",))
    agency = tables.Column(verbose_name=_("机构"), accessor="agency__short_name")
    used_at = MomentColumn(verbose_name=_("最近导入"))

    class Meta:
        model = ColumnMapping
        fields = ("name", "register", "agency", "used_at")
