"""The main menu: what an office does, in one order. Packages register the page behind an entry in `ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from gongkai.accounts.models import Account

LABELS: dict[str, str | Promise] = {
    "worklist": _("待办"),
    "publishing": _("公开信息"),
    "review": _("审核"),
    "requests": _("申请"),
    "enquiries": _("来信来电"),
    "figures": _("统计"),
    "reports": _("年报"),
    "supervision": _("监督"),
    "settings": _("设置"),
}

Permission = Callable[["Account"], bool]


@dataclass(frozen=True)
class Entry:
    """An entry as the page shows it."""

    code: str
    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class _Registered:
    url_name: str
    permission: Permission | None


_registered: dict[str, _Registered] = {}
_beside: dict[str, list[str]] = {}


def register(code: str, url_name: str, permission: Permission | None = None) -> None:
    """Put a page behind an entry; without `permission` every officer sees it.

    Raises `ValueError` for a code that the menu does not have, or one that another page has taken.
    """
    if code not in LABELS:
        raise ValueError(f"the menu has no entry {code!r}; known are {', '.join(LABELS)}")
    wanted = _Registered(url_name, permission)
    if code in _registered and _registered[code].url_name != url_name:
        raise ValueError(f"the menu entry {code!r} belongs to {_registered[code].url_name!r}")
    _registered[code] = wanted


def stand_under(code: str, url_name: str) -> None:
    """Make an entry current on a page whose address stands elsewhere, for those who have the entry."""
    _beside.setdefault(code, []).append(url_name)


def url_names() -> dict[str, str]:
    """The registered entries and their pages, for the system check."""
    return {code: registered.url_name for code, registered in _registered.items()}


def entries(request: HttpRequest) -> list[Entry]:
    """The entries that the signed-in person may open, in the order of the menu.

    Current is the entry with the longest address under which the page stands (see `stand_under`); the work list, above
    all others, only on its own address. An entry whose page is not mounted is left out (the system check reports it).
    """
    account = request.user
    found: list[tuple[str, str]] = []
    for code in LABELS:
        registered = _registered.get(code)
        if registered is None or (registered.permission and not registered.permission(account)):  # type: ignore[arg-type]  # staff pages have an account
            continue
        try:
            found.append((code, reverse(registered.url_name)))
        except NoReverseMatch:
            continue
    addresses = found + [(code, reverse(name)) for code, _url in found for name in _beside.get(code, ())]
    under = [
        (url, code)
        for code, url in addresses
        if request.path == url or (code != "worklist" and request.path.startswith(url.rstrip("/") + "/"))
    ]
    current = max(under, key=lambda one: len(one[0]), default=("", ""))[1]
    return [Entry(code, str(LABELS[code]), url, code == current) for code, url in found]
