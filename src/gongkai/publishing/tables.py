"""The list of items and the head table of one."""

from __future__ import annotations

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.publishing.models import ChannelKind, Item, ItemState, KeyArea
from gongkai.ui.columns import DayColumn, MomentColumn, Table, TagColumn
from gongkai.ui.components import MetaRow


class ItemTable(Table):
    """Items as officers list them, the newest entry first."""

    title = tables.LinkColumn("publishing:item", args=[tables.A("uid")], verbose_name=_("名称"))
    state = TagColumn(tones={"drafted": "quiet", "in_review": "soon", "published": "ok", "withdrawn": "late"})
    department = tables.Column(verbose_name=_("起草股室"))
    index_number = tables.Column(verbose_name=_("索引号"))
    written_on = DayColumn(verbose_name=_("成文日期"))
    published_on = DayColumn(verbose_name=_("发布日期"))
    entered_at = MomentColumn(verbose_name=_("录入时间"))

    class Meta(Table.Meta):
        model = Item
        fields = ("title", "state", "department", "index_number", "written_on", "published_on", "entered_at")
        order_by = "-entered_at"


class YearFilter(django_filters.NumberFilter):
    """A filter by a whole year."""

    field_class = forms.IntegerField


class ItemFilter(django_filters.FilterSet):
    """Filters of the list of items."""

    q = django_filters.CharFilter(label=_("名称、文号或索引号"), method="filter_text")
    state = django_filters.ChoiceFilter(label=_("状态"), choices=ItemState.choices, empty_label=_("全部"))
    key_area = django_filters.ChoiceFilter(label=_("重点领域"), choices=KeyArea.choices, empty_label=_("全部"))
    year = YearFilter(label=_("发布年份"), field_name="published_on__year", min_value=2000, max_value=2100)

    class Meta:
        model = Item
        fields = ("q", "state", "key_area", "year")

    def filter_text(self, queryset: QuerySet[Item], _name: str, value: str) -> QuerySet[Item]:
        """Keep the items whose title, document number or index number contains the text."""
        text = value.strip()
        return queryset.filter(
            Q(title__icontains=text) | Q(document_number__icontains=text) | Q(index_number__icontains=text)
        )


def head_rows(item: Item) -> list[MetaRow]:
    """The head table of an item for officers: what is public and what is not yet."""
    channels = "、".join(
        f"{ChannelKind(channel.kind).label}（{channel.on}{'，' + channel.place if channel.place else ''}）"
        for channel in item.channels.all()
    )
    published = f"{item.published_on}（{item.published_on_source}）" if item.published_on else ""
    rows = [
        MetaRow(gettext("索引号"), item.index_number or gettext("发布时编号")),
        MetaRow(gettext("主题分类"), item.subject_class),
        MetaRow(gettext("发布机构"), item.agency.name),
        MetaRow(gettext("成文日期"), item.written_on),
        MetaRow(gettext("文号"), item.document_number),
        MetaRow(gettext("发布日期"), published or gettext("尚未发布")),
        MetaRow(gettext("体裁分类"), item.get_genre_display()),
        MetaRow(gettext("重点领域"), item.get_key_area_display()),
        MetaRow(gettext("公开属性"), item.get_attribute_display()),
        MetaRow(gettext("起草股室"), item.department or ""),
        MetaRow(gettext("栏目"), "、".join(column.name for column in item.columns.all()), wide=True),
    ]
    if channels:
        rows.append(MetaRow(gettext("公开渠道"), channels, wide=True))
    if item.is_normative:
        rows.append(MetaRow(gettext("性质"), gettext("行政规范性文件"), wide=True))
    if item.interprets:
        rows.append(MetaRow(gettext("解读的文件"), item.interprets.title, wide=True))
    return rows
