"""Who is signed in, as the shell shows it. The package that knows posts says how an account is described."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

if TYPE_CHECKING:
    from gongkai.accounts.models import Account


@dataclass(frozen=True)
class Who:
    """A person with the agency and the posts held today; without a post the staff side stays closed, and all but the
    page for another password as long as the password must be changed."""

    name: str
    agency: str = ""
    posts: tuple[str, ...] = ()
    must_change_password: bool = False


Describe = Callable[["Account"], Who]
_describe: list[Describe] = []


def describe_with(describe: Describe) -> None:
    """Take the description of accounts from a function; called once, in a package's `ready()`."""
    _describe[:] = [describe]


def of(request: HttpRequest) -> Who | None:
    """The person behind a request, asked once per request; None where nobody is signed in.

    Raises `ImproperlyConfigured` when no package described accounts: nobody may enter unknown.
    """
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return None
    known: Who | None = getattr(request, "_who", None)
    if known is None:
        if not _describe:
            raise ImproperlyConfigured("call gongkai.ui.who.describe_with(...) in the ready() of a package")
        known = _describe[0](account)
        request._who = known  # type: ignore[attr-defined]  # kept with the request that it belongs to
    return known
