"""Staff pages of the settings: an agency, a department, a post, an officer, who holds which post; read and change."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies import acts
from gongkai.agencies.forms import (
    AccountForm,
    AgencyForm,
    AppointForm,
    DepartmentForm,
    EndForm,
    NewAgencyForm,
    NewDepartmentForm,
    NewPostForm,
    OfficerForm,
    PasswordForm,
    PostForm,
)
from gongkai.agencies.models import Agency, Department, Officer, Post, PostHolding, Role
from gongkai.agencies.permissions import agencies_to_administer, today
from gongkai.agencies.signed_in import account_of
from gongkai.agencies.tables import (
    HoldingTable,
    agency_rows,
)
from gongkai.agencies.tabs import label_of
from gongkai.audit.acts import timeline
from gongkai.rules.refusals import ActRefused, Refusal
from gongkai.ui.components import Action, Crumb, MetaRow
from gongkai.ui.forms import status_of

CHANGES_SHOWN = 30
LEADING_GROUP = (
    (Role.HEAD, gettext_lazy("组长")),
    (Role.LEADER_IN_CHARGE, gettext_lazy("副组长（分管负责人）")),
    (Role.DEPARTMENT_HEAD, gettext_lazy("成员（股室负责人）")),
    (Role.OFFICE, gettext_lazy("办公室")),
)


@require_GET
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """Read an agency: its facts, its leading group, what was changed."""
    found = administered(request, code)
    held = PostHolding.objects.on(today()).filter(post__agency=found, deputises_for__isnull=True)
    held = held.select_related("post", "officer")
    names: dict[str, list[str]] = {}
    for holding in held:
        names.setdefault(holding.post.role, []).append(f"{holding.officer.name}（{holding.post.title}）")
    context = {
        "title": found.name,
        "facts": agency_rows(found),
        "leading_group": [
            MetaRow(str(label), "、".join(names.get(role, [])) or "—", wide=True) for role, label in LEADING_GROUP
        ],
        "actions": [
            *(
                Action(label, f"{reverse(name)}?agency={found.code}")
                for name, label in (
                    ("agencies:department_new", _("新建股室")),
                    ("agencies:officer_new", _("新建人员")),
                    ("agencies:post_new", _("新建岗位")),
                )
            ),
            Action(_("修改"), reverse("agencies:agency_edit", args=[found.code]), primary=True),
        ],
        "timeline": timeline(acts.OBJECT_KIND, found.code)[: -CHANGES_SHOWN - 1 : -1],
        "trail": trail("agencies:index", found.name),
    }
    return render(request, "agencies/agency.html", context)


@require_http_methods(["GET", "POST"])
def agency_new(request: HttpRequest) -> HttpResponse:
    """Put an agency below the officer's own."""
    parent = own(request)
    return page(
        request,
        title=_("新建下属机构"),
        subtitle=_("上级机构：%(name)s") % {"name": parent.name},
        form=NewAgencyForm(request.POST or None),
        act=lambda data: acts.create_agency(parent=parent, by=account_of(request), at=timezone.now(), **data),
        done=_("机构已建立。请为它安排第一位系统管理员。"),
        back=reverse("agencies:index"),
        list_url="agencies:index",
    )


@require_http_methods(["GET", "POST"])
def agency_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change what may be changed of an agency."""
    found = administered(request, code)
    return page(
        request,
        title=_("修改机构"),
        subtitle=found.name,
        form=AgencyForm(request.POST or None, instance=found),
        act=lambda data: acts.amend(record=found, values=data, by=account_of(request), at=timezone.now()),
        done=_("已保存。"),
        back=reverse("agencies:agency", args=[found.code]),
        list_url="agencies:index",
    )


@require_http_methods(["GET", "POST"])
def department_new(request: HttpRequest) -> HttpResponse:
    """Add a department."""
    found = chosen(request)
    return page(
        request,
        title=_("新建股室"),
        subtitle=found.name,
        form=NewDepartmentForm(request.POST or None),
        act=lambda data: acts.add_department(agency=found, by=account_of(request), at=timezone.now(), **data),
        done=_("股室已建立。"),
        back=reverse("agencies:departments"),
        list_url="agencies:departments",
    )


@require_http_methods(["GET", "POST"])
def department_edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Rename or move a department."""
    found = get_object_or_404(Department.objects.visible_to(request.user), uid=uid)
    return page(
        request,
        title=_("修改股室"),
        subtitle=found.agency.name,
        form=DepartmentForm(request.POST or None, instance=found),
        act=lambda data: acts.amend(record=found, values=data, by=account_of(request), at=timezone.now()),
        done=_("已保存。"),
        back=reverse("agencies:departments"),
        list_url="agencies:departments",
    )


@require_http_methods(["GET", "POST"])
def officer_new(request: HttpRequest) -> HttpResponse:
    """Add an officer; an account is opened on the officer's page."""
    found = chosen(request)
    return page(
        request,
        title=_("新建人员"),
        subtitle=found.name,
        form=OfficerForm(request.POST or None, agency=found),
        act=lambda data: acts.add_officer(agency=found, by=account_of(request), at=timezone.now(), **data),
        done=_("人员已登记。可以为其开通账号、安排岗位。"),
        back=reverse("agencies:officers"),
        list_url="agencies:officers",
        after=lambda made: reverse("agencies:officer", args=[made.uid]),
    )


@require_http_methods(["GET", "POST"])
def officer_edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Change an officer's name or department."""
    found = visible_officer(request, uid)
    return page(
        request,
        title=_("修改人员"),
        subtitle=found.agency.name,
        form=OfficerForm(request.POST or None, agency=found.agency, instance=found),
        act=lambda data: acts.amend(record=found, values=data, by=account_of(request), at=timezone.now()),
        done=_("已保存。"),
        back=reverse("agencies:officer", args=[found.uid]),
        list_url="agencies:officers",
    )


@require_GET
def officer(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Read an officer: department, account, posts held; change the account."""
    return show_officer(request, visible_officer(request, uid))


def show_officer(
    request: HttpRequest,
    found: Officer,
    *,
    form: BaseForm | None = None,
    refusals: tuple[Refusal, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """The page of an officer."""
    holdings = found.holdings.select_related("post", "officer", "deputises_for").order_by("-from_on", "-pk")
    account = found.account
    fresh_form: BaseForm = AccountForm() if account is None else PasswordForm()
    state = _("没有账号") if account is None else _("启用") if account.is_active else _("停用")
    facts = [
        MetaRow(_("机构"), found.agency.name),
        MetaRow(_("股室"), found.department or _("不属于股室")),
        MetaRow(_("用户名"), account.username if account else "—"),
        MetaRow(_("账号"), state),
    ]
    also = Officer.objects.filter(Q(pk=found.person) | Q(same_person_as=found.person)).exclude(pk=found.pk)
    if names := "、".join(f"{other.name}（{other.agency.short_name}）" for other in also.select_related("agency")):
        facts.append(MetaRow(_("同一人"), names, wide=True))
    context = {
        "title": found.name,
        "officer": found,
        "facts": facts,
        "holdings": HoldingTable(holdings, exclude=("officer",), orderable=False),
        "has_holdings": holdings.exists(),
        "form": form or fresh_form,
        "refusals": refusals,
        "actions": [
            Action(_("登记同一人"), reverse("agencies:officer_same", args=[found.uid])),
            Action(_("修改"), reverse("agencies:officer_edit", args=[found.uid]), primary=True),
        ],
        "trail": trail("agencies:officers", found.name),
    }
    return render(request, "agencies/officer.html", context, status=status)


@sensitive_post_parameters("password")
@require_POST
def officer_account(request: HttpRequest, uid: uuid.UUID, act: str) -> HttpResponse:
    """Open, close or reopen an account, or set its password; a refusal is shown on the officer's page."""
    found = visible_officer(request, uid)
    if act not in ACCOUNT_ACTS:
        raise Http404
    form_class, done, run = ACCOUNT_ACTS[act]
    form = form_class(request.POST) if form_class else None
    if form is not None and not form.is_valid():
        return show_officer(request, found, form=form, status=422)
    data = form.cleaned_data if form is not None else {}
    try:
        run(officer=found, by=account_of(request), at=timezone.now(), **data)
    except ActRefused as refused:
        return show_officer(request, found, form=form, refusals=refused.refusals, status=409)
    return _onward(request, found.agency, str(done), reverse("agencies:officer", args=[found.uid]))


def _onward(request: HttpRequest, agency: Agency, done: str, back: str) -> HttpResponse:
    """Back to a page of the settings of an agency; where its first administrator is in place now, to the list.

    From then on the agency below is that person's alone.
    """
    if agencies_to_administer(request.user).filter(pk=agency.pk).exists():
        messages.success(request, done)
        return redirect(back)
    said = _("%(done)s「%(agency)s」以后的设置由它自己的系统管理员办理，请把账号当面交给本人。")
    messages.success(request, said % {"done": done, "agency": agency.short_name})
    return redirect("agencies:index")


ACCOUNT_ACTS: dict[str, tuple[Any, Promise, Callable[..., object]]] = {
    "open": (AccountForm, gettext_lazy("账号已开通。"), acts.open_account),
    "password": (PasswordForm, gettext_lazy("密码已重设。"), acts.set_password),
    "close": (None, gettext_lazy("账号已停用。"), acts.close_account),
    "reopen": (None, gettext_lazy("账号已恢复。"), acts.reopen_account),
}


@require_http_methods(["GET", "POST"])
def post_new(request: HttpRequest) -> HttpResponse:
    """Add a post."""
    found = chosen(request)
    return page(
        request,
        title=_("新建岗位"),
        subtitle=found.name,
        form=NewPostForm(request.POST or None, agency=found),
        act=lambda data: acts.add_post(agency=found, by=account_of(request), at=timezone.now(), **data),
        done=_("岗位已建立，可以安排人员。"),
        back=reverse("agencies:posts"),
        list_url="agencies:posts",
        after=lambda made: reverse("agencies:post", args=[made.uid]),
    )


@require_http_methods(["GET", "POST"])
def post_edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Change the title or departments of a post."""
    found = visible_post(request, uid)
    return page(
        request,
        title=_("修改岗位"),
        subtitle=f"{found.agency.name}，{found.get_role_display()}",
        form=PostForm(request.POST or None, agency=found.agency, instance=found),
        act=lambda data: acts.amend(record=found, values=data, by=account_of(request), at=timezone.now()),
        done=_("已保存。"),
        back=reverse("agencies:post", args=[found.uid]),
        list_url="agencies:posts",
    )


@require_http_methods(["GET", "POST"])
def post(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Read a post with its holders, and appoint an officer to it."""
    found = visible_post(request, uid)
    form = AppointForm(request.POST or None, agency=found.agency, initial={"from_on": today()})
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            acts.appoint(post=found, by=account_of(request), at=timezone.now(), **form.cleaned_data)
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            return _onward(request, found.agency, _("任职已登记。"), reverse("agencies:post", args=[found.uid]))
    holdings = found.holdings.select_related("post", "officer", "deputises_for").order_by("-from_on", "-pk")
    departments = "、".join(department.name for department in found.departments.all()) or _("全部")
    context = {
        "title": found.title,
        "facts": [
            MetaRow(_("机构"), found.agency.name),
            MetaRow(_("角色"), found.get_role_display()),
            MetaRow(_("股室"), departments, wide=True),
        ],
        "holdings": HoldingTable(holdings, exclude=("post", "role"), orderable=False),
        "has_holdings": holdings.exists(),
        "form": form,
        "refusals": refusals,
        "actions": [Action(_("修改"), reverse("agencies:post_edit", args=[found.uid]), primary=True)],
        "trail": trail("agencies:posts", found.title),
    }
    return render(request, "agencies/post.html", context, status=status_of(refusals, form))


@require_http_methods(["GET", "POST"])
def holding_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a holding end."""
    holdings = PostHolding.objects.visible_to(request.user).select_related("post__agency", "officer")
    found = get_object_or_404(holdings, pk=pk)
    return page(
        request,
        title=_("结束任职"),
        subtitle=f"{found.officer.name}，{found.post.title}，{found.from_on}起",
        form=EndForm(request.POST or None, initial={"to_on": today()}),
        act=lambda data: acts.end_appointment(holding=found, by=account_of(request), at=timezone.now(), **data),
        done=_("任职已结束。"),
        back=reverse("agencies:post", args=[found.post.uid]),
        list_url="agencies:posts",
    )


def page(
    request: HttpRequest,
    *,
    title: str,
    subtitle: str,
    form: Any,
    act: Callable[[dict[str, Any]], Any],
    done: str,
    back: str,
    list_url: str,
    after: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """Show a form, run its act, and go on to where `after` says, else back; a refusal keeps what was typed."""
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = act(form.cleaned_data)
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, done)
            return redirect(after(made) if after else back)
    context = {
        "title": title,
        "subtitle": subtitle,
        "form": form,
        "refusals": refusals,
        "back": back,
        "trail": trail(list_url, title),
    }
    return render(request, "agencies/form.html", context, status=status_of(refusals, form))


def trail(list_url: str, last: str) -> list[Crumb]:
    """The breadcrumb of a page below a list."""
    return [Crumb(label_of(list_url), reverse(list_url)), Crumb(last)]


def administered(request: HttpRequest, code: str) -> Agency:
    """The agency, if the officer administers it; a foreign one is as missing as one that never was."""
    return get_object_or_404(agencies_to_administer(request.user).select_related("parent"), code=code)


def own(request: HttpRequest) -> Agency:
    """The officer's own agency, if the officer is its system administrator."""
    agency = agencies_to_administer(request.user).filter(officers__account=account_of(request)).first()
    if agency is None:
        raise Http404
    return agency


def chosen(request: HttpRequest) -> Agency:
    """The administered agency that `agency` names; without it the officer's own."""
    code = request.GET.get("agency", "")
    return administered(request, code) if code else own(request)


def visible_officer(request: HttpRequest, uid: uuid.UUID) -> Officer:
    """The officer, if of an administered agency."""
    officers = Officer.objects.visible_to(request.user).select_related("agency", "department", "account")
    found: Officer = get_object_or_404(officers, uid=uid)
    return found


def visible_post(request: HttpRequest, uid: uuid.UUID) -> Post:
    """The post, if of an administered agency."""
    found: Post = get_object_or_404(Post.objects.visible_to(request.user).select_related("agency"), uid=uid)
    return found
