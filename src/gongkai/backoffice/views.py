"""Sign-in and the staff home."""

from __future__ import annotations

from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongkai.accounts.models import Account
from gongkai.backoffice.forms import SignInForm
from gongkai.backoffice.worklist import matters_for


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
    context = {"title": _("待办"), "matters": matters, "today": timezone.localdate()}
    return render(request, "backoffice/home.html", context)
