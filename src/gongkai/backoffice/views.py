"""Sign-in and the staff home."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongkai.accounts.models import Account
from gongkai.agencies.models import Officer
from gongkai.backoffice.forms import SignInForm
from gongkai.backoffice.worklist import Matter, matters_for
from gongkai.publishing.permissions import refusals_to_draft
from gongkai.ui.components import Action, due


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
    told = [_("共%(count)d项") % {"count": len(matters)}]
    if late := tones.count("late"):
        told.append(_("逾期%(count)d项") % {"count": late})
    if soon := tones.count("soon"):
        told.append(_("三个工作日内到期%(count)d项") % {"count": soon})
    return "，".join(told)
