"""Staff lists of the settings: agencies, departments, posts, officers and who held which post."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Count, Prefetch
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.agencies.models import Agency, AgencyQuerySet, Department, Officer, Post, PostHolding
from gongkai.agencies.permissions import administers, agencies_to_administer, today
from gongkai.agencies.signed_in import account_of
from gongkai.agencies.tables import (
    AgencyFilter,
    AgencyTable,
    DepartmentFilter,
    DepartmentTable,
    HoldingFilter,
    HoldingTable,
    OfficerFilter,
    OfficerTable,
    PostFilter,
    PostTable,
)
from gongkai.agencies.tabs import tabs
from gongkai.ui.components import Action
from gongkai.ui.lists import ListView


class SettingsList(ListView):
    """A list of the settings; without the post of a system administrator there is none."""

    template_name = "agencies/list.html"
    url_name = ""
    new_url: str = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Show the list to system administrators."""
        if not administers(account_of(request)):
            raise Http404
        return super().get(request, *args, **kwargs)

    def get_actions(self) -> list[Action]:
        """Add one."""
        return [Action(_("新建"), reverse(self.new_url), primary=True)] if self.new_url else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list with the line of lists."""
        context = super().get_context_data(**kwargs)
        return {**context, "tabs": tabs(self.url_name)}


class AgencyList(SettingsList):
    """The agencies that the officer administers."""

    model = Agency
    table_class = AgencyTable
    filterset_class = AgencyFilter
    title = gettext_lazy("机构")
    url_name = "agencies:index"
    new_url = "agencies:agency_new"

    def get_queryset(self) -> Any:
        """Visible agencies that are the officer's to administer."""
        mine = agencies_to_administer(self.request.user).without_tree_fields()
        visible = cast("AgencyQuerySet", super().get_queryset())
        return visible.without_tree_fields().filter(pk__in=mine.values("pk")).select_related("parent")


class DepartmentList(SettingsList):
    """Departments of administered agencies."""

    model = Department
    table_class = DepartmentTable
    filterset_class = DepartmentFilter
    title = gettext_lazy("股室")
    url_name = "agencies:departments"
    new_url = "agencies:department_new"

    def get_queryset(self) -> Any:
        """With agency and number of officers."""
        return super().get_queryset().select_related("agency").annotate(officer_count=Count("officers"))


class OfficerList(SettingsList):
    """Officers of administered agencies."""

    model = Officer
    table_class = OfficerTable
    filterset_class = OfficerFilter
    title = gettext_lazy("人员")
    url_name = "agencies:officers"
    new_url = "agencies:officer_new"

    def get_queryset(self) -> Any:
        """With department, account and the posts of today."""
        officers = super().get_queryset().select_related("agency", "department", "account")
        return officers.prefetch_related(holdings_today("post"))


class PostList(SettingsList):
    """Posts of administered agencies."""

    model = Post
    table_class = PostTable
    filterset_class = PostFilter
    title = gettext_lazy("岗位")
    url_name = "agencies:posts"
    new_url = "agencies:post_new"

    def get_queryset(self) -> Any:
        """With departments and who holds them today."""
        posts = super().get_queryset().select_related("agency")
        return posts.prefetch_related("departments", holdings_today("officer"))


class HoldingList(SettingsList):
    """Who held which post when."""

    model = PostHolding
    table_class = HoldingTable
    filterset_class = HoldingFilter
    title = gettext_lazy("任职")
    url_name = "agencies:holdings"

    def get_queryset(self) -> Any:
        """With post and officer."""
        return super().get_queryset().select_related("post__agency", "officer", "deputises_for")


def holdings_today(other: str) -> Prefetch[Any]:
    """The holdings of today with the other end of each, for lists."""
    return Prefetch("holdings", PostHolding.objects.on(today()).select_related(other), to_attr="holdings_today")
