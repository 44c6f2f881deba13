"""Who may set what the law leaves open."""

from __future__ import annotations

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.permissions import refusals_to_enter
from gongkai.rules.refusals import Refusal


def refusals_to_set(account: Account | None, agency: Agency) -> list[Refusal]:
    """Why the account may not set it for an agency: that is for its office."""
    return refusals_to_enter(account, agency, Role.OFFICE)
