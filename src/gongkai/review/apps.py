"""The Django application `review`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from gongkai.accounts.models import Account


class ReviewConfig(AppConfig):
    """Register `gongkai.review` with Django, its menu entry and what it wants to hear of."""

    name = "gongkai.review"
    label = "review"
    verbose_name = "审核"

    def ready(self) -> None:
        """Put the list of reviews into the menu; hear of withdrawals, which settle what was found in public."""
        # Models load after the application registry.
        from gongkai.agencies.tabs import add_tab
        from gongkai.audit.acts import subscribe
        from gongkai.review.gate.published import on_withdrawn
        from gongkai.ui import menu

        menu.register("review", "review:list", permission=reviews)
        add_tab("review:chains", _("审核流程"))
        subscribe("publishing.item_withdrawn", on_withdrawn)
        subscribe("publishing.term_ended", on_withdrawn)


def reviews(account: Account) -> bool:
    """Whether the account works on the contents of some agency."""
    from gongkai.agencies.permissions import CONTENT_ROLES, agency_ids_of

    return bool(agency_ids_of(account, CONTENT_ROLES))
