"""Staff pages of deputies (外出授权) and of records that are one person."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gongkai.agencies import acts
from gongkai.agencies.forms import DeputyForm, SamePersonForm
from gongkai.agencies.models import Officer, PostHolding
from gongkai.agencies.permissions import today
from gongkai.agencies.signed_in import account_of
from gongkai.agencies.tables import DeputyTable, HoldingFilter
from gongkai.agencies.views import chosen, page, visible_officer
from gongkai.agencies.views_lists import SettingsList


class DeputyList(SettingsList):
    """Who stands in for whom, on which post, from when to when."""

    model = PostHolding
    table_class = DeputyTable
    filterset_class = HoldingFilter
    title = gettext_lazy("外出授权")
    empty_text = gettext_lazy("还没有外出授权。负责人外出期间由他人代行签批的，在这里登记。")
    url_name = "agencies:deputies"
    new_url = "agencies:deputy_new"

    def get_queryset(self) -> Any:
        """The holdings of deputies."""
        holdings = super().get_queryset().filter(deputises_for__isnull=False)
        return holdings.select_related("post__agency", "officer", "deputises_for")


@require_http_methods(["GET", "POST"])
def deputy_new(request: HttpRequest) -> HttpResponse:
    """Let an officer stand in for one who is out."""
    found = chosen(request)
    in_post = Q(to_on__isnull=True) | Q(to_on__gte=today())
    holdings = PostHolding.objects.visible_to(request.user).filter(in_post, post__agency=found, deputises_for=None)
    form = DeputyForm(
        request.POST or None,
        agency=found,
        holdings=holdings.select_related("post", "officer").order_by("officer__name", "pk"),
        initial={"from_on": today()},
    )
    return page(
        request,
        title=_("登记外出授权"),
        subtitle=found.name,
        form=form,
        act=lambda data: acts.deputise(by=account_of(request), at=timezone.now(), **data),
        done=_("外出授权已登记，授权期内由代行的人签批，意见上印明代何人。"),
        back=reverse("agencies:deputies"),
        list_url="agencies:deputies",
    )


@require_http_methods(["GET", "POST"])
def same_person(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Record that an officer is the same natural person as another one, or nobody else."""
    found = visible_officer(request, uid)
    others = Officer.objects.visible_to(request.user).exclude(pk=found.pk).order_by("name", "pk")
    joined = others.filter(Q(pk=found.person) | Q(same_person_as=found.person)).first()

    def run(data: dict[str, Any]) -> None:
        other = data["other"]
        if other is None:
            acts.part_officer(officer=found, by=account_of(request), at=timezone.now())
        else:
            acts.join_officers(officer=found, other=other, by=account_of(request), at=timezone.now())

    return page(
        request,
        title=_("登记同一人"),
        subtitle=found.name,
        form=SamePersonForm(request.POST or None, others=others, initial={"other": joined}),
        act=run,
        done=_("已保存。"),
        back=reverse("agencies:officer", args=[found.uid]),
        list_url="agencies:officers",
    )
