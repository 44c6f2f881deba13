"""The list of items, with what may be done to many of them at once."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.agencies.permissions import holds_role
from gongkai.agencies.signed_in import account_of, own_agency
from gongkai.publishing.models import Item
from gongkai.publishing.permissions import (
    CHANNEL_ROLES,
    DEPARTMENT_CHANNEL_ROLES,
    DRAFTING_ROLES,
    refusals_to_arrange_columns,
    refusals_to_draft,
)
from gongkai.publishing.tables import ItemFilter, ItemTable
from gongkai.publishing.views import waiting_history
from gongkai.ui.components import Action
from gongkai.ui.lists import ListView


class ItemListView(ListView):
    """All items that the officer may see."""

    model = Item
    table_class = ItemTable
    filterset_class = ItemFilter
    title = gettext_lazy("公开信息")
    empty_text = gettext_lazy("还没有公开信息，可以从起草一条开始。")
    template_name = "publishing/list.html"

    def get_queryset(self) -> Any:
        """The visible items with what the table prints."""
        visible = super().get_queryset().select_related("agency", "department")
        if self.request.GET.get("export"):
            return visible.select_related("interprets").prefetch_related("columns", "channels", "attachments")
        return visible

    def get_actions(self) -> list[Action]:
        """Draft a new item, look at entered history."""
        agency = own_agency(self.request)
        actions = []
        if agency is not None and not refusals_to_draft(account_of(self.request), agency):
            actions.append(Action(_("起草"), reverse("publishing:new"), primary=True))
            actions.append(Action(_("以文件起草"), reverse("publishing:new_from_file")))
        if waiting_history(self.request).exists():
            actions.append(Action(_("复核补录信息"), reverse("publishing:history")))
        if agency is not None and not refusals_to_arrange_columns(account_of(self.request), agency):
            actions.append(Action(_("栏目和发布设置"), reverse("publishing:columns")))
        return actions

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list with what may be done to many items at once."""
        agency = own_agency(self.request)
        bulk = []
        if agency is not None:
            account = account_of(self.request)
            if not refusals_to_draft(account, agency):
                bulk.append(Action(_("送审"), reverse("publishing:bulk_submit")))
            if holds_role(account, agency, *CHANNEL_ROLES, *DEPARTMENT_CHANNEL_ROLES):
                bulk.append(Action(_("登记渠道"), reverse("publishing:bulk_channels")))
        return super().get_context_data(**kwargs) | {"bulk": bulk}

    def get_table_kwargs(self) -> dict[str, Any]:
        """Nothing to tick for those who may only read."""
        agency = own_agency(self.request)
        roles = (*DRAFTING_ROLES, *CHANNEL_ROLES)
        acting = agency is not None and holds_role(self.request.user, agency, *roles)
        return {} if acting else {"exclude": ("pick",)}
