"""The list of items and the head table of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.permissions import agencies_to_read
from gongkai.publishing.models import ChannelKind, Column, DisclosureAttribute, Item, ItemState, KeyArea, Validity
from gongkai.publishing.practice import name_of_area
from gongkai.ui.columns import DayColumn, MomentColumn, Table, TagColumn
from gongkai.ui.components import MetaRow

BULK_FORM = "bulk"  # the id of the form below the list, which the ticks belong to


class PickColumn(tables.Column):
    """A tick for acts on many items; it belongs to the form below the list and to no export."""

    def __init__(self, **kwargs: Any) -> None:
        cell = {"class": "pick"}
        super().__init__(
            accessor="uid",
            verbose_name=_("选"),
            orderable=False,
            exclude_from_export=True,
            attrs={"th": cell, "td": cell},
            **kwargs,
        )

    def render(self, value: Any, record: Item) -> SafeString:
        """The tick, named after its item for those who do not see the row."""
        return format_html(
            '<input type="checkbox" form="{}" name="item" value="{}" aria-label="{}">', BULK_FORM, value, record.title
        )


class LagColumn(tables.Column):
    """How many days after its first public day an item was entered; nothing where both are one day, or not yet known."""

    def render(self, record: Item) -> str:
        """The difference in words."""
        days = lag_of(record)
        if days is None:
            return "—"
        return gettext("晚%(days)d天") % {"days": days} if days > 0 else gettext("早%(days)d天") % {"days": -days}

    def value(self, record: Item) -> int | None:
        """The number alone."""
        return lag_of(record)


def lag_of(item: Item) -> int | None:
    """Days from the stated first public day to the day of entry, of items that were public before this system."""
    if not item.entered_as_history or item.published_on is None:
        return None
    return (timezone.localdate(item.entered_at) - item.published_on).days or None


class _Areas:
    """The key area in the words of the item's agency, each asked for once in an export."""

    def __init__(self) -> None:
        self.names: dict[tuple[int, str], str] = {}

    def __call__(self, item: Item) -> str:
        key = (item.agency_id, item.key_area)
        if key not in self.names:
            self.names[key] = name_of_area(item.agency, item.key_area)
        return self.names[key]


def channels_of(item: Item) -> str:
    """By which channels an item went out, each with its day and its place or name."""
    return "、".join(
        f"{ChannelKind(channel.kind).label}（{channel.on}{'，' + channel.place if channel.place else ''}）"
        for channel in item.channels.all()
    )


class ItemTable(Table):
    """Items as officers list them, the newest entry first; the export has every field of the ledger."""

    pick = PickColumn()
    title = tables.LinkColumn("publishing:item", args=[tables.A("uid")], verbose_name=_("名称"))
    state = TagColumn(tones={"drafted": "quiet", "in_review": "soon", "published": "ok", "withdrawn": "late"})
    department = tables.Column(verbose_name=_("起草股室"))
    index_number = tables.Column(verbose_name=_("索引号"))
    written_on = DayColumn(verbose_name=_("成文日期"))
    published_on = DayColumn(verbose_name=_("发布日期"))
    entered_at = MomentColumn(verbose_name=_("录入时间"))
    lag = LagColumn(verbose_name=_("录入比公开"), empty_values=(None,), accessor="pk", orderable=False)

    class Meta(Table.Meta):
        model = Item
        fields = (
            "pick",
            "title",
            "state",
            "department",
            "index_number",
            "written_on",
            "published_on",
            "entered_at",
            "lag",
        )
        order_by = "-entered_at"

    def export_only(self) -> list[tuple[Any, Callable[[Item], Any]]]:
        """What else the ledger has of an item."""
        return [
            (_("发布机构"), lambda item: "、".join([item.agency.name, *item.issuers])),
            (_("文号"), lambda item: item.document_number),
            (_("发布日期依据"), lambda item: item.published_on_source),
            (_("栏目"), lambda item: "、".join(column.name for column in item.columns.all())),
            (_("主题分类"), lambda item: item.subject_class),
            (_("体裁分类"), lambda item: item.get_genre_display()),
            (_("公开属性"), lambda item: item.get_attribute_display()),
            (_("不公开的理由"), lambda item: item.get_ground_display()),
            (_("理由说明"), lambda item: item.ground_note),
            (_("重点领域"), _Areas()),
            (_("行政规范性文件"), lambda item: item.is_normative),
            (_("解读的文件"), lambda item: item.interprets.title if item.interprets else ""),
            (_("实施日期"), lambda item: item.effective_on),
            (_("有效期至"), lambda item: item.valid_until),
            (_("有效性"), lambda item: item.get_validity_display()),
            (_("有效性变动日期"), lambda item: item.validity_from_on),
            (_("有效性依据"), lambda item: item.validity_note),
            (_("公开渠道"), channels_of),
            (_("附件"), lambda item: "、".join(file.name for file in item.attachments.all())),
        ]


def columns_to_filter_by(request: HttpRequest | None) -> QuerySet[Column]:
    """The columns of the agencies whose records the person may read, in the order of their trees."""
    if request is None:
        return Column.objects.none()
    readable = agencies_to_read(request.user).without_tree_fields().values("pk")
    return Column.objects.filter(agency__in=readable).select_related("agency")


def below(column: Column) -> list[int]:
    """The keys of a column and of all below it."""
    return [column.pk, *column.descendants().values_list("pk", flat=True)]


class ColumnChoice(forms.ModelChoiceField):
    """Columns as a tree: each name stands in as deep as its column."""

    def label_from_instance(self, obj: Any) -> str:
        """The name, after one full-width space per level."""
        return f"{'　' * getattr(obj, 'tree_depth', 0)}{obj.name}"


class ColumnFilter(django_filters.ModelChoiceFilter):
    """A filter by a column, with those below it."""

    field_class = ColumnChoice


class YearFilter(django_filters.NumberFilter):
    """A filter by a whole year."""

    field_class = forms.IntegerField


class ItemFilter(django_filters.FilterSet):
    """Filters of the list of items."""

    q = django_filters.CharFilter(label=_("名称、文号或索引号"), method="filter_text")
    state = django_filters.ChoiceFilter(label=_("状态"), choices=ItemState.choices, empty_label=_("全部"))
    key_area = django_filters.ChoiceFilter(label=_("重点领域"), choices=KeyArea.choices, empty_label=_("全部"))
    column = ColumnFilter(label=_("栏目"), queryset=columns_to_filter_by, empty_label=_("全部"), method="filter_column")
    attribute = django_filters.ChoiceFilter(
        label=_("公开属性"), choices=DisclosureAttribute.choices, empty_label=_("全部")
    )
    year = YearFilter(label=_("发布年份"), field_name="published_on__year", min_value=2000, max_value=2100)

    class Meta:
        model = Item
        fields = ("q", "state", "column", "key_area", "attribute", "year")

    def filter_column(self, queryset: QuerySet[Item], _name: str, value: Column) -> QuerySet[Item]:
        """Keep the items of the column and of those below it, each once."""
        inside = Item.columns.through.objects.filter(column_id__in=below(value)).values("item_id")
        return queryset.filter(pk__in=inside)

    def filter_text(self, queryset: QuerySet[Item], _name: str, value: str) -> QuerySet[Item]:
        """Keep the items whose title, document number or index number contains the text."""
        text = value.strip()
        return queryset.filter(
            Q(title__icontains=text) | Q(document_number__icontains=text) | Q(index_number__icontains=text)
        )


def head_rows(item: Item) -> list[MetaRow]:
    """The head table of an item for officers: what is public and what is not yet."""
    channels = channels_of(item)
    published = f"{item.published_on}（{item.published_on_source}）" if item.published_on else ""
    rows = [
        MetaRow(gettext("索引号"), item.index_number or gettext("发布时编号")),
        MetaRow(gettext("主题分类"), item.subject_class),
        MetaRow(gettext("发布机构"), "、".join([item.agency.name, *item.issuers])),
        MetaRow(gettext("成文日期"), item.written_on),
        MetaRow(gettext("文号"), item.document_number),
        MetaRow(gettext("发布日期"), published or gettext("尚未发布")),
        MetaRow(gettext("体裁分类"), item.get_genre_display()),
        MetaRow(gettext("重点领域"), name_of_area(item.agency, item.key_area)),
        MetaRow(gettext("公开属性"), item.get_attribute_display()),
        MetaRow(gettext("起草股室"), item.department or ""),
        MetaRow(gettext("栏目"), "、".join(column.name for column in item.columns.all()), wide=True),
        *_detail_rows(item),
    ]
    if channels:
        rows.append(MetaRow(gettext("公开渠道"), channels, wide=True))
    if item.is_normative:
        rows.append(MetaRow(gettext("性质"), gettext("行政规范性文件"), wide=True))
    if item.interprets:
        rows.append(
            MetaRow(
                gettext("解读的文件"),
                item.interprets.title,
                wide=True,
                url=reverse("publishing:item", args=[item.interprets.uid]),
            )
        )
    return rows


def _detail_rows(item: Item) -> list[MetaRow]:
    """The details that are set, of force, disclosure and publicity."""
    rows = []
    if item.effective_on:
        rows.append(MetaRow(gettext("实施日期"), item.effective_on))
    if item.valid_until:
        rows.append(MetaRow(gettext("有效期至"), item.valid_until))
    validity = item.validity_on(timezone.localdate())
    if validity:
        since = f"（{item.validity_from_on}起，{item.validity_note}）" if item.validity else ""
        rows.append(MetaRow(gettext("有效性"), f"{Validity(validity).label}{since}", wide=True))
    if item.ground or item.ground_note:
        told = "，".join(part for part in (item.get_ground_display(), item.ground_note) if part)
        rows.append(MetaRow(gettext("不公开的理由"), told, wide=True))
    if item.publicity_days:
        until = gettext("，到%(until)s为止") % {"until": item.publicity_until} if item.publicity_until else ""
        ended = gettext("，已期满处理") if item.publicity_ended_at else ""
        told = f"{item.publicity_days}个{item.get_publicity_unit_display()}{until}{ended}。"
        rows.append(MetaRow(gettext("公示期"), told + gettext("期满后") + item.get_publicity_then_display(), wide=True))
    return rows
