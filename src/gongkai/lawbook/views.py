"""Staff pages of the settings that the law leaves open: what holds from which year on, and a form to set it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.models import Agency
from gongkai.agencies.signed_in import account_of
from gongkai.lawbook.acts import set_setting
from gongkai.lawbook.forms import SettingForm
from gongkai.lawbook.models import AgencySetting
from gongkai.lawbook.permissions import refusals_to_set
from gongkai.lawbook.settings import SETTINGS, value_label
from gongkai.rules.refusals import ActRefused, Refusal
from gongkai.ui.components import Crumb
from gongkai.ui.forms import status_of


@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    """Every setting with the values that the agency gave it, and what it means."""
    agency = _agency(request, code)
    given: dict[str, list[tuple[int, str]]] = {}
    for row in AgencySetting.objects.filter(agency=agency):
        given.setdefault(row.name, []).append((row.from_year, value_label(row.value)))
    context = {
        "title": _("规则设置"),
        "subtitle": agency.name,
        "agency": agency,
        "rows": [(setting, value_label(setting.default), given.get(setting.name, [])) for setting in SETTINGS.values()],
        "trail": [Crumb(_("规则设置"))],
    }
    return render(request, "lawbook/settings.html", context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Give a setting a value from a year on."""
    agency = _agency(request, code)
    if name not in SETTINGS:
        raise Http404
    setting = SETTINGS[name]
    form = SettingForm(request.POST or None, setting=setting)
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            set_setting(agency=agency, name=name, by=account_of(request), at=timezone.now(), **form.cleaned_data)
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, _("设置已保存，统计表和年报按它计算。"))
            return redirect("lawbook:index", code=code)
    context = {
        "title": setting.label,
        "subtitle": agency.name,
        "agency": agency,
        "setting": setting,
        "form": form,
        "refusals": refusals,
        "trail": [Crumb(_("规则设置"), reverse("lawbook:index", args=[code])), Crumb(_("修改"))],
    }
    return render(request, "lawbook/setting.html", context, status=status_of(refusals, form))


def _agency(request: HttpRequest, code: str) -> Agency:
    """The agency, if the officer is of its office; a foreign one is as missing as one that never was."""
    agency = Agency.objects.filter(code=code).first()
    if agency is None or refusals_to_set(account_of(request), agency):
        raise Http404
    return agency
