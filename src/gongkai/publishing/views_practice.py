"""Staff page of how an agency publishes: mode, numbers, what drafters are offered, the platform's import layout."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import administers
from gongkai.agencies.signed_in import account_of, own_agency
from gongkai.agencies.tabs import tabs
from gongkai.files import door, serving, storage
from gongkai.publishing import acts, package
from gongkai.publishing.permissions import refusals_to_set_practice
from gongkai.publishing.platforms import PracticeForm, TemplateForm, initial_of_practice
from gongkai.publishing.practice import practice_of
from gongkai.rules.refusals import ActRefused, Refusal
from gongkai.ui.components import Crumb
from gongkai.ui.forms import status_of


@require_http_methods(["GET", "POST"])
def practice(request: HttpRequest) -> HttpResponse:
    """Read and set how the officer's agency publishes."""
    agency = _agency(request)
    form = PracticeForm(request.POST or None, initial=initial_of_practice(practice_of(agency)))
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            acts.set_practice(agency=agency, fields=form.practice_fields(), by=account_of(request), at=timezone.now())
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, _("发布设置已保存，以后发布的按新设置办理。"))
            return redirect("publishing:practice")
    return _show(request, agency, form=form, refusals=refusals)


@require_POST
def template(request: HttpRequest) -> HttpResponse:
    """Take a workbook as the platform's import layout."""
    agency = _agency(request)
    form = TemplateForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, agency, template_form=form)
    account, at = account_of(request), timezone.now()
    try:
        received = door.receive(form.cleaned_data["file"], agency=agency, by=account, at=at)
        if received.stored.extension == "xlsx":
            package.check_template(storage.read(received.stored.digest))
        acts.set_template(agency=agency, template=received.stored, name=received.name, by=account, at=at)
    except package.BadTemplate as error:
        return _show(request, agency, template_form=form, refusals=(Refusal("bad_template", str(error)),))
    except ActRefused as refused:
        return _show(request, agency, template_form=form, refusals=refused.refusals)
    messages.success(request, _("导入模板已保存，以后的发布包按它填写。"))
    return redirect("publishing:practice")


@require_GET
def template_file(request: HttpRequest) -> HttpResponseBase:
    """The import layout as it was uploaded."""
    held = practice_of(_agency(request))
    if held.template is None:
        raise Http404
    return serving.respond(held.template, held.template_name)


def _agency(request: HttpRequest) -> Agency:
    """The officer's agency, if the officer may set how it publishes."""
    agency = own_agency(request)
    if agency is None or refusals_to_set_practice(account_of(request), agency):
        raise Http404
    return agency


def _show(
    request: HttpRequest,
    agency: Agency,
    *,
    form: PracticeForm | None = None,
    template_form: TemplateForm | None = None,
    refusals: tuple[Refusal, ...] = (),
) -> HttpResponse:
    held = practice_of(agency)
    context = {
        "title": _("发布设置"),
        "subtitle": agency.name,
        "tabs": tabs("publishing:practice") if administers(account_of(request)) else [],
        "form": form or PracticeForm(initial=initial_of_practice(held)),
        "template_form": template_form or TemplateForm(),
        "practice": held,
        "refusals": refusals,
        "trail": [Crumb(_("栏目"), reverse("publishing:columns")), Crumb(_("发布设置"))],
    }
    return render(request, "publishing/practice.html", context, status=status_of(refusals, template_form, form))
