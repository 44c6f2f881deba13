"""The line of lists of the settings; packages above add theirs in `AppConfig.ready()`."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.ui import menu

_tabs: dict[str, str | Promise] = {
    "agencies:index": _("机构"),
    "agencies:departments": _("股室"),
    "agencies:officers": _("人员"),
    "agencies:posts": _("岗位"),
    "agencies:holdings": _("任职"),
    "agencies:deputies": _("外出授权"),
}


def add_tab(url_name: str, label: str | Promise) -> None:
    """Add a list to the line; its pages stand under the settings in the menu."""
    _tabs[url_name] = label
    menu.stand_under("settings", url_name)


def label_of(url_name: str) -> str:
    """What a list is called. Raises `KeyError` for one that is not in the line."""
    return str(_tabs[url_name])


def tabs(current: str) -> list[dict[str, Any]]:
    """The lists of the settings."""
    return [{"label": label, "url": reverse(name), "current": name == current} for name, label in _tabs.items()]
