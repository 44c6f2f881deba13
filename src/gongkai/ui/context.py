"""What every template knows about the installation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gongkai.ui import menu, who
from gongkai.ui.places import is_staff_path


@dataclass(frozen=True)
class Installation:
    """How the installation calls itself. What is not configured is empty and is not printed.

    `host` is the unit that runs the site (主办), `operator` the one that keeps it (承办), `contact` how to reach them,
    `site_code` the ten-digit 网站标识码, `icp` and `police` the filing numbers as they are to be printed, `found_error`
    the address where one reports faults of the site (政府网站找错).
    """

    site_name: str
    site_domain: str
    host: str
    operator: str
    contact: str
    site_code: str
    icp: str
    police: str
    found_error: str
    is_sample: bool


@lru_cache(maxsize=8)
def _site(home: Any) -> dict[str, str]:
    """The table `[site]` of gongkai.toml, read once per process; entries that are no text are left out."""
    table = home.config().get("site", {})
    return {key: value for key, value in table.items() if isinstance(value, str)} if isinstance(table, dict) else {}


def _address(value: str) -> str:
    """An address for a link; what is none is left out."""
    return value if value.startswith(("https://", "http://", "/")) else ""


def current() -> Installation:
    """This installation: the table `[site]` of gongkai.toml (name, domain, host, code …)."""
    site = _site(settings.HOME)
    return Installation(
        site_name=site.get("name", ""),
        site_domain=site.get("domain", ""),
        host=site.get("host", ""),
        operator=site.get("operator", ""),
        contact=site.get("contact", ""),
        site_code=site.get("code", ""),
        icp=site.get("icp", ""),
        police=site.get("police", ""),
        found_error=_address(site.get("found_error", "")),
        is_sample=settings.HOME.demo_stamp.exists(),
    )


def installation(request: HttpRequest) -> dict[str, Any]:
    """The context of every template; below /staff/ also `who` and `menu`, which are asked only where shown.

    Public pages get nothing that depends on their reader.
    """
    context: dict[str, Any] = {"installation": current()}
    if is_staff_path(request.path_info):
        context["on_staff_side"] = True
        context["who"] = SimpleLazyObject(lambda: who.of(request))
        context["menu"] = SimpleLazyObject(lambda: menu.entries(request) if _has_post(request) else [])
    return context


def _has_post(request: HttpRequest) -> bool:
    person = who.of(request)
    return person is not None and bool(person.posts)
