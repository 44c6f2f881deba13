"""The district while it is being built: what there is, by code and name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency, Department
from gongkai.publishing.models import Column


@dataclass(frozen=True)
class District:
    """Agencies by code; departments by agency and name; columns by agency and code; accounts by user name."""

    agencies: Mapping[str, Agency]
    departments: Mapping[tuple[str, str], Department]
    columns: Mapping[tuple[str, str], Column]
    accounts: Mapping[str, Account]
