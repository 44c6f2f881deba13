"""Sign-in and the staff home."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.accounts import sign_in
from gongkai.accounts.models import Account
from gongkai.agencies import acts
from gongkai.agencies.models import Officer
from gongkai.agencies.signed_in import account_of
from gongkai.backoffice.forms import OwnPasswordForm, SignInForm
from gongkai.backoffice.worklist import Matter, matters_for
from gongkai.publishing.permissions import refusals_to_draft
from gongkai.rules.refusals import ActRefused, Refusal, require
from gongkai.ui.components import Action, due
from gongkai.ui.forms import status_of


class SignInView(LoginView):
    """Sign in with user name and password; whoever is signed in already goes to the work list."""

    template_name = "backoffice/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True
    extra_context = {"title": _("登录")}


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The work list of the signed-in officer."""
    account = request.user
    matters = matters_for(account) if isinstance(account, Account) else []
    context = {
        "title": _("待办"),
        "matters": matters,
        "told": _told(matters, timezone.localdate()),
        "today": timezone.localdate(),
        "actions": _actions(account) if isinstance(account, Account) else [],
    }
    return render(request, "backoffice/home.html", context)


@sensitive_post_parameters("old", "password", "again")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Set another password for the own account; this sign-in goes on, every other of the account ends."""
    account = account_of(request)
    form = OwnPasswordForm(request.POST or None)
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and form.is_valid():
        data, at = form.cleaned_data, timezone.now()
        try:
            require(refusals_of_guessing(account, at))
            changed = acts.change_password(old=data["old"], password=data["password"], by=account, at=at)
        except ActRefused as refused:
            refusals = refused.refusals
            if any(refusal.code == "wrong_password" for refusal in refusals):
                sign_in.note_failure(account.username, at)
        else:
            update_session_auth_hash(request, changed)
            messages.success(request, _("密码已修改，其他地方的登录已经退出。"))
            return redirect("backoffice:home")
    context = {
        "title": _("修改密码"),
        "form": form,
        "refusals": refusals,
        "must_change": account.must_change_password,
    }
    return render(request, "backoffice/password.html", context, status=status_of(refusals, form))


def refusals_of_guessing(account: Account, at: dt.datetime) -> list[Refusal]:
    """Why the old password is not looked at now: on a machine left open somebody may be guessing it."""
    if not sign_in.is_locked(account.username, at):
        return []
    minutes = int(sign_in.WINDOW.total_seconds() // 60)
    return [Refusal("locked", _("原密码连续输错太多次，请%(minutes)d分钟后再试。") % {"minutes": minutes})]


def _actions(account: Account) -> list[Action]:
    """What the officer may begin: a new item, for those who draft."""
    officer = Officer.objects.filter(account=account).select_related("agency").first()
    if officer is None or refusals_to_draft(account, officer.agency):
        return []
    return [Action(_("起草公开信息"), reverse("publishing:new"))]


def _told(matters: list[Matter], day: dt.date) -> str:
    """How many matters there are, and how many of them press."""
    if not matters:
        return ""
    tones = [due(matter.due_on, day).tone for matter in matters if matter.due_on]
    told = [_("共 %(count)d 项") % {"count": len(matters)}]
    if late := tones.count("late"):
        told.append(_("逾期 %(count)d 项") % {"count": late})
    if soon := tones.count("soon"):
        told.append(_("三个工作日内到期 %(count)d 项") % {"count": soon})
    return "，".join(told)
