"""Lists of the gate: what is in review with its open findings, and the office's words."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from gongkai.review.content import adapter, parse
from gongkai.review.gate import Examination, examine_many
from gongkai.review.models import Approval, ApprovalState, Word, WordSeverity
from gongkai.review.permissions import current_step
from gongkai.ui.columns import MomentColumn, Table, TagColumn
from gongkai.ui.templatetags.ui import tag


class FindingsColumn(tables.Column):
    """What the gate says of each content; all of a page are asked together, and no file is read for it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"empty_values": (), "orderable": False, **kwargs})

    def render(self, record: Approval, table: ApprovalTable) -> SafeString:
        """How many findings are open."""
        examination = table.examination(record)
        if examination.blocking_count:
            return tag(_t("%(count)d 处阻止公开") % {"count": examination.blocking_count}, "late")
        if not examination.known:
            return tag(_t("还没有检查完"), "quiet")
        if examination.warning_count:
            return tag(_t("%(count)d 处请核对") % {"count": examination.warning_count}, "soon")
        return tag(_t("没有发现"), "ok")

    def value(self, record: Approval, table: ApprovalTable) -> int:
        """How many findings stop publication, for an export."""
        return table.examination(record).blocking_count


class ApprovalTable(Table):
    """Runs of chains."""

    title = tables.Column(verbose_name=_("名称"))
    state = TagColumn(tones={"in_review": "soon", "released": "ok", "returned": "late", "recalled": "quiet"})
    step = tables.Column(verbose_name=_("现在的环节"), empty_values=(), orderable=False)
    department = tables.Column(verbose_name=_("起草股室"))
    drafter = tables.Column(verbose_name=_("起草人"))
    submitted_at = MomentColumn(verbose_name=_("送审时间"))
    findings = FindingsColumn(verbose_name=_("发布前检查"))

    class Meta(Table.Meta):
        model = Approval
        fields = ("title", "state", "step", "department", "drafter", "submitted_at", "findings")
        order_by = "submitted_at"

    def render_title(self, record: Approval) -> SafeString:
        """The title with its page."""
        return format_html('<a href="{}">{}</a>', adapter(record.object_kind).url(record.object_key), record.title)

    def value_title(self, record: Approval) -> str:
        """The title alone."""
        return record.title

    def render_step(self, record: Approval) -> str:
        """The step whose turn it is."""
        return current_step(record).label if record.state == ApprovalState.IN_REVIEW else "—"

    def examination(self, record: Approval) -> Examination:
        """What the gate says of the content of a run; asked once for all runs that the page shows."""
        known: dict[int, Examination] | None = getattr(self, "_examined", None)
        if known is None or record.pk not in known:
            page = getattr(self, "page", None)
            shown = [row.record for row in page.object_list] if page is not None else []
            records = shown if any(each.pk == record.pk for each in shown) else [record]
            rows = [(each.agency, each.object_key, parse(each.content.canonical)) for each in records]
            found = examine_many(rows, attachments=False)
            known = (known or {}) | {each.pk: one for each, one in zip(records, found, strict=True)}
            self._examined = known
        return known[record.pk]


class ApprovalFilter(django_filters.FilterSet):
    """Filters of the runs: those in review unless another state is asked for."""

    q = django_filters.CharFilter(label=_("名称"), field_name="title", lookup_expr="icontains")
    state = django_filters.ChoiceFilter(
        label=_("状态"),
        choices=[choice for choice in ApprovalState.choices if choice[0] != ApprovalState.IN_REVIEW],
        empty_label=_("审核中"),
        method="filter_state",
    )

    class Meta:
        model = Approval
        fields = ("q", "state")

    def filter_state(self, queryset: QuerySet[Approval], _name: str, value: str) -> QuerySet[Approval]:
        """Keep the runs in a state; without one the view keeps those in review."""
        return queryset.filter(state=value)


class WordTable(Table):
    """The office's words."""

    text = tables.Column(verbose_name=_("词"))
    severity = TagColumn(verbose_name=_("发现时"), tones={"block": "late", "warn": "soon"})
    note = tables.Column(verbose_name=_("说明"))
    added_by = tables.Column(verbose_name=_("加入人"))
    added_at = MomentColumn(verbose_name=_("加入时间"))
    remove = tables.Column(verbose_name=_("办理"), empty_values=(), orderable=False, exclude_from_export=True)

    class Meta(Table.Meta):
        model = Word
        fields = ("text", "severity", "note", "added_by", "added_at", "remove")
        order_by = "text"

    def render_remove(self, record: Word) -> SafeString:
        """The way to the page that asks once more."""
        return format_html('<a href="{}">{}</a>', reverse("review:word_remove", args=[record.uid]), _t("移出"))


class WordFilter(django_filters.FilterSet):
    """Filters of the words."""

    q = django_filters.CharFilter(label=_("词"), field_name="text", lookup_expr="icontains")
    severity = django_filters.ChoiceFilter(label=_("发现时"), choices=WordSeverity.choices, empty_label=_("全部"))

    class Meta:
        model = Word
        fields = ("q", "severity")
