"""Lists of agencies, departments, posts, officers and holdings."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency, AgencyKind, Department, Officer, Post, PostHolding, Role
from gongkai.agencies.permissions import agencies_to_administer, today
from gongkai.ui.columns import DayColumn, Table
from gongkai.ui.components import MetaRow


class AgencyTable(Table):
    """Agencies, each leading to its page."""

    name = tables.Column(linkify=lambda record: reverse("agencies:agency", args=[record.code]))
    parent = tables.Column(verbose_name=_("上级机构"))

    class Meta(Table.Meta):
        model = Agency
        fields = ("name", "code", "kind", "parent", "from_on", "to_on")


class AgencyFilter(django_filters.FilterSet):
    """Filters of the list of agencies."""

    q = django_filters.CharFilter(label=_("机构名称"), field_name="name", lookup_expr="icontains")
    kind = django_filters.ChoiceFilter(label=_("机构性质"), choices=AgencyKind.choices, empty_label=_("全部"))

    class Meta:
        model = Agency
        fields = ("q", "kind")


class DepartmentTable(Table):
    """Departments."""

    name = tables.Column(linkify=lambda record: reverse("agencies:department_edit", args=[record.uid]))
    officers = tables.Column(verbose_name=_("人数"), accessor="officer_count", attrs={"td": {"class": "n"}})

    class Meta(Table.Meta):
        model = Department
        fields = ("name", "agency", "position", "officers")


class OfficerTable(Table):
    """Officers with their posts of today and whether they can sign in."""

    name = tables.Column(linkify=lambda record: reverse("agencies:officer", args=[record.uid]))
    posts = tables.Column(verbose_name=_("岗位"), empty_values=(), orderable=False)
    account = tables.Column(verbose_name=_("用户名"), accessor="account__username")
    state = tables.Column(verbose_name=_("账号"), accessor="account__is_active")

    class Meta(Table.Meta):
        model = Officer
        fields = ("name", "department", "posts", "account", "state", "agency")

    def render_posts(self, record: Officer) -> str:
        """The titles of the posts held today."""
        return "、".join(holding.post.title for holding in record.holdings_today) or "—"  # type: ignore[attr-defined]  # prefetched

    def render_state(self, value: bool) -> str:
        """Whether the account is open."""
        return _now("启用") if value else _now("停用")


class PostTable(Table):
    """Posts with who holds them today."""

    title = tables.Column(linkify=lambda record: reverse("agencies:post", args=[record.uid]))
    departments = tables.Column(empty_values=(), orderable=False)
    holders = tables.Column(verbose_name=_("现任"), empty_values=(), orderable=False)

    class Meta(Table.Meta):
        model = Post
        fields = ("title", "role", "departments", "holders", "agency")

    def render_departments(self, record: Post) -> str:
        """The departments; none named means all."""
        return "、".join(department.name for department in record.departments.all()) or _now("全部")

    def render_holders(self, record: Post) -> str:
        """Who holds the post today."""
        return "、".join(holding.officer.name for holding in record.holdings_today) or "—"  # type: ignore[attr-defined]  # prefetched


class DeputyTable(Table):
    """Who stands in for whom, on which post, from when to when."""

    principal = tables.Column(verbose_name=_("谁外出"), accessor="deputises_for")
    officer = tables.Column(
        verbose_name=_("由谁代"), linkify=lambda record: reverse("agencies:officer", args=[record.officer.uid])
    )
    post = tables.Column(linkify=lambda record: reverse("agencies:post", args=[record.post.uid]))
    from_on = DayColumn()
    to_on = DayColumn()
    end = tables.Column(verbose_name=_("办理"), empty_values=(), orderable=False, exclude_from_export=True)

    class Meta(Table.Meta):
        model = PostHolding
        fields = ("principal", "officer", "post", "from_on", "to_on")
        order_by = "-from_on"

    def render_end(self, record: PostHolding) -> Any:
        """A link to end what has not ended."""
        return end_link(record)


class HoldingTable(Table):
    """Who held which post from when to when."""

    officer = tables.Column(linkify=lambda record: reverse("agencies:officer", args=[record.officer.uid]))
    post = tables.Column(linkify=lambda record: reverse("agencies:post", args=[record.post.uid]))
    role = tables.Column(verbose_name=_("角色"), accessor="post__get_role_display", order_by=("post__role",))
    from_on = DayColumn()
    to_on = DayColumn()
    end = tables.Column(verbose_name=_("办理"), empty_values=(), orderable=False, exclude_from_export=True)

    class Meta(Table.Meta):
        model = PostHolding
        fields = ("officer", "post", "role", "from_on", "to_on")
        order_by = "-from_on"

    def render_officer(self, value: Officer, record: PostHolding) -> str:
        """The name; a deputy with whom it stands for."""
        principal = record.deputises_for
        return (
            _now("%(name)s（代%(principal)s）") % {"name": value, "principal": principal} if principal else str(value)
        )

    def render_end(self, record: PostHolding) -> Any:
        """A link to end a holding that has not ended."""
        return end_link(record)


def end_link(record: PostHolding) -> Any:
    """A link to end a holding that has not ended."""
    if record.to_on is not None and record.to_on < today():
        return "—"
    return format_html('<a href="{}">{}</a>', reverse("agencies:holding_end", args=[record.pk]), _now("结束任职"))


def administered(request: Any) -> QuerySet[Agency]:
    """The agencies that a filter may offer."""
    return agencies_to_administer(request.user).without_tree_fields()


class OfAgencyFilter(django_filters.FilterSet):
    """Filter by agency, of those that the officer administers."""

    agency = django_filters.ModelChoiceFilter(label=_("机构"), queryset=administered, empty_label=_("全部"))


class DepartmentFilter(OfAgencyFilter):
    """Filters of the list of departments."""

    q = django_filters.CharFilter(label=_("股室名称"), field_name="name", lookup_expr="icontains")

    class Meta:
        model = Department
        fields = ("q", "agency")


class OfficerFilter(OfAgencyFilter):
    """Filters of the list of officers."""

    q = django_filters.CharFilter(label=_("姓名"), field_name="name", lookup_expr="icontains")
    active = django_filters.ChoiceFilter(
        label=_("账号"),
        choices=[("open", _("启用")), ("closed", _("停用")), ("none", _("没有账号"))],
        empty_label=_("全部"),
        method="filter_active",
    )

    class Meta:
        model = Officer
        fields = ("q", "active", "agency")

    def filter_active(self, queryset: QuerySet[Officer], _name: str, value: str) -> QuerySet[Officer]:
        """Keep the officers whose account is open or closed, or who have none."""
        if value == "none":
            return queryset.filter(account__isnull=True)
        return queryset.filter(account__is_active=value == "open")


class PostFilter(OfAgencyFilter):
    """Filters of the list of posts."""

    q = django_filters.CharFilter(label=_("岗位名称"), field_name="title", lookup_expr="icontains")
    role = django_filters.ChoiceFilter(label=_("角色"), choices=Role.choices, empty_label=_("全部"))

    class Meta:
        model = Post
        fields = ("q", "role", "agency")


class HoldingFilter(django_filters.FilterSet):
    """Filters of the list of holdings."""

    q = django_filters.CharFilter(label=_("姓名"), field_name="officer__name", lookup_expr="icontains")
    role = django_filters.ChoiceFilter(
        label=_("角色"), field_name="post__role", choices=Role.choices, empty_label=_("全部")
    )
    on = django_filters.DateFilter(label=_("在任日期"), method="filter_on")

    class Meta:
        model = PostHolding
        fields = ("q", "role", "on")

    def filter_on(self, queryset: Any, _name: str, value: Any) -> Any:
        """Keep the holdings in force on the day."""
        return queryset.on(value)


def agency_rows(agency: Agency) -> list[MetaRow]:
    """The facts of an agency."""
    names = (
        "code",
        "short_name",
        "credit_code",
        "region_code",
        "document_code",
        "from_on",
        "to_on",
        "telephone",
        "email",
        "address",
        "office_hours",
    )
    rows = [MetaRow(_now("机构性质"), agency.get_kind_display())]
    if agency.parent is not None:
        rows.append(MetaRow(_now("上级机构"), agency.parent.name))
    for name in names:
        rows.append(MetaRow(str(agency._meta.get_field(name).verbose_name), getattr(agency, name) or "—"))
    rows.append(MetaRow(_now("职责"), agency.duties or "—", wide=True))
    return rows
