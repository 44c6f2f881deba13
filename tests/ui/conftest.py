"""The common look tried on pages of its own, with people whose posts are known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gongkai.accounts.models import Account
from gongkai.agencies.permissions import holdings_of
from gongkai.ui import menu, who
from tests.cast import Cast

TEMPLATES = Path(__file__).parent / "templates"


def describe(account: Account) -> who.Who:
    holdings = list(holdings_of(account).select_related("post__agency"))
    agency = holdings[0].post.agency.name if holdings else ""
    return who.Who(account.name, agency, tuple(holding.post.title for holding in holdings))


@pytest.fixture(autouse=True)
def pages(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages of tests/ui/urls.py, a menu of their own and a description of accounts."""
    settings.ROOT_URLCONF = "tests.ui.urls"
    backend = {**settings.TEMPLATES[0], "DIRS": [TEMPLATES]}
    settings.TEMPLATES = [backend]
    monkeypatch.setattr(who, "_describe", [describe])
    monkeypatch.setattr(menu, "_registered", {})
    monkeypatch.setattr(menu, "_beside", {})
    menu.register("worklist", "backoffice:home")
    menu.register("settings", "agencies")


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    """The office of the sample agency, signed in."""
    client.force_login(cast.office)
    return client


@pytest.fixture
def supervisor(client: Client, cast: Cast) -> Client:
    """The supervisor above the agencies, who sees three of them, signed in."""
    client.force_login(cast.supervisor)
    return client
