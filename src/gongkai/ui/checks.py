"""System checks of the common look."""

from __future__ import annotations

from typing import Any

from django.core import checks
from django.urls import NoReverseMatch, reverse

from gongkai.ui import menu


def menu_pages(**_options: Any) -> list[checks.CheckMessage]:
    """Report menu entries whose page is not mounted: they would silently be missing on the screen."""
    found: list[checks.CheckMessage] = []
    for code, url_name in menu.url_names().items():
        try:
            reverse(url_name)
        except NoReverseMatch:
            found.append(checks.Error(f"the menu entry {code!r} names the missing page {url_name!r}", id="ui.E001"))
    return found
