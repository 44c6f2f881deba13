"""Who may read figures: who may read the records behind them."""

from __future__ import annotations

from gongkai.agencies.models import AgencyQuerySet
from gongkai.agencies.permissions import agencies_to_read


def readable_agencies(account: object) -> AgencyQuerySet:
    """The agencies whose figures the account may read: its own by a content role, lower ones by supervision.

    Everything else answers like an agency that does not exist.
    """
    return agencies_to_read(account).without_tree_fields()
