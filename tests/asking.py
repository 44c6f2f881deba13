"""Short ways to ask acts and pages, for all tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from gongkai.rules.refusals import ActRefused


def codes(refused: pytest.ExceptionInfo[ActRefused]) -> list[str]:
    """The codes with which an act was refused."""
    return [refusal.code for refusal in refused.value.refusals]


def refused_with(act: Callable[[], object]) -> list[str]:
    """The codes with which this act is refused; it fails where it is not."""
    with pytest.raises(ActRefused) as refused:
        act()
    return codes(refused)


def signed_in(account: Any) -> Client:
    """A browser in which the account signed in."""
    client = Client()
    client.force_login(account)
    return client
