"""Pages to try the common look on, with the names that its templates ask for."""

from __future__ import annotations

from typing import ClassVar

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from gongkai.agencies.models import Agency
from gongkai.rules.refusals import ActRefused
from gongkai.ui import columns
from gongkai.ui.components import Action, Crumb
from gongkai.ui.examples import META, REFUSALS, ExampleForm
from gongkai.ui.lists import ListView

handler400 = "gongkai.ui.errors.bad_request"
handler403 = "gongkai.ui.errors.permission_denied"
handler404 = "gongkai.ui.errors.not_found"
handler500 = "gongkai.ui.errors.server_error"


class AgencyTable(columns.Table):
    name = tables.Column(verbose_name="机构名称")
    code = tables.Column(verbose_name="机构代码")
    kind = columns.TagColumn({"department": "ok"}, verbose_name="性质")
    from_on = columns.DayColumn(verbose_name="设立日期")
    position = columns.NumberColumn(verbose_name="排序")

    class Meta(columns.Table.Meta):
        model = Agency
        fields = ("name", "code", "kind", "from_on", "position")


class AgencyFilter(django_filters.FilterSet):
    name = django_filters.CharFilter(lookup_expr="icontains", label="名称含有")
    from_on = django_filters.DateFilter(label="设立日期不早于", lookup_expr="gte")

    class Meta:
        model = Agency
        fields: ClassVar[list[str]] = ["name", "from_on"]


class AgencyList(ListView):
    model = Agency
    table_class = AgencyTable
    filterset_class = AgencyFilter
    title = "机构"
    trail = (Crumb("设置", "/staff/settings/"), Crumb("机构"))
    per_page = 3

    def get_actions(self) -> list[Action]:
        return [Action("新增机构", "/staff/settings/new/", primary=True)]


class EmptyList(AgencyList):
    empty_text = "还没有机构，可以先新增一个。"

    def get_queryset(self):
        return super().get_queryset().none()

    def get_empty_action(self) -> Action:
        return Action("新增机构", "/staff/settings/new/")


class SmallExport(AgencyList):
    export_limit = 2


class RoundTheDoor(AgencyList):
    def get_queryset(self):
        return Agency.objects.all()


def form(request: HttpRequest) -> HttpResponse:
    shown = ExampleForm(request.POST or None)
    if request.method == "POST" and shown.is_valid():
        messages.success(request, "已经保存。")
    return render(request, "ui/tests/form.html", {"title": "起草", "form": shown})


def public(request: HttpRequest, code: str = "") -> HttpResponse:
    context = {
        "title": "住房保障",
        "section": "contents",
        "agency": {"code": code, "name": "示例区住房服务中心", "telephone": ""} if code else None,
        "trail": [Crumb("法定主动公开内容", "/a/x/contents/"), Crumb("住房保障")],
        "meta": META,
    }
    return render(request, "ui/tests/public.html", context)


def touches_session(request: HttpRequest) -> HttpResponse:
    request.session["seen"] = "yes"
    return HttpResponse()


def fails(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a secret of the inside")


def refuses(request: HttpRequest) -> HttpResponse:
    raise ActRefused(REFUSALS)


def denies(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("只有办公室可以导出。")


backoffice = (
    [
        path("", form, name="home"),
        path("sign-in/", LoginView.as_view(template_name="ui/tests/sign_in.html"), name="sign_in"),
        path("sign-out/", LogoutView.as_view(), name="sign_out"),
    ],
    "backoffice",
)
portal = (
    [
        path("", public, name="home"),
        path("search/", public, name="search"),
        path("a/<str:code>/", public, name="agency"),
        *[path(f"a/<str:code>/{name}/", public, name=name) for name in ("guide", "rules", "contents", "reports")],
    ],
    "portal",
)
urlpatterns = [
    path("staff/agencies/", AgencyList.as_view(), name="agencies"),
    path("staff/agencies/empty/", EmptyList.as_view()),
    path("staff/agencies/small/", SmallExport.as_view()),
    path("staff/agencies/all/", RoundTheDoor.as_view()),
    path("staff/form/", form, name="form"),
    path("staff/fails/", fails),
    path("staff/refuses/", refuses),
    path("staff/denies/", denies),
    path("staff/gallery/", include("gongkai.ui.urls")),
    path("staff/", include(backoffice)),
    path("fails/", fails),
    path("session/", touches_session),
    path("", include(portal)),
]
