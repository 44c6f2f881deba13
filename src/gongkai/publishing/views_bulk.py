"""Put many drafts of one's own into the chain at once, after reading them once more."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.agencies.signed_in import account_of, own_agency
from gongkai.publishing import acts
from gongkai.publishing.permissions import refusals_to_draft, refusals_to_submit
from gongkai.publishing.views import digest_of, excerpt, read_items
from gongkai.publishing.views_channels import chosen_items
from gongkai.rules.refusals import ActRefused, Refusal
from gongkai.ui.components import Crumb


@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest) -> HttpResponse:
    """Show the chosen drafts with what stands against each; submit all of them or none."""
    agency = own_agency(request)
    account = account_of(request)
    if agency is None or refusals_to_draft(account, agency):
        raise Http404
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST":
        digests = read_items(request.POST.getlist("item"))
        try:
            made = acts.submit_items(agency=agency, digests=digests, by=account, at=timezone.now())
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, _("已送审 %(count)d 条。") % {"count": len(made)})
            return redirect("publishing:list")
        values = [str(uid) for uid in digests]
    else:
        values = request.GET.getlist("item")
    rows = [
        {
            "item": item,
            "digest": digest_of(item),
            "beginning": excerpt(item),
            "refusals": refusals_to_submit(account, item),
        }
        for item in chosen_items(request, values)
    ]
    context = {
        "title": _("批量送审"),
        "subtitle": _("请逐条看过再送审。有一条不能送审，就都不送。"),
        "rows": rows,
        "ready": bool(rows) and not any(row["refusals"] for row in rows),
        "refusals": refusals,
        "trail": [Crumb(_("公开信息"), reverse("publishing:list")), Crumb(_("批量送审"))],
    }
    return render(request, "publishing/bulk_submit.html", context, status=409 if refusals else 200)
