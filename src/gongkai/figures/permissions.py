"""Who may read figures: who may read the records behind them."""

from __future__ import annotations

from gongkai.agencies.models import Agency, AgencyQuerySet
from gongkai.agencies.permissions import CONTENT_ROLES, agency_ids_of, supervised_ids


def readable_agencies(account: object) -> AgencyQuerySet:
    """The agencies whose figures the account may read: its own by a content role, lower ones by supervision.

    Everything else answers like an agency that does not exist.
    """
    visible = Agency.objects.visible_to(account).without_tree_fields()
    return visible.filter(pk__in=agency_ids_of(account, CONTENT_ROLES) | supervised_ids(account))
