"""Who sent a request, for staff pages."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency, Officer


def account_of(request: HttpRequest) -> Account:
    """The signed-in account; staff pages are closed to everybody else, as if they did not exist."""
    if not isinstance(request.user, Account):
        raise Http404
    return request.user


def own_agency(request: HttpRequest) -> Agency | None:
    """The agency for which the signed-in officer works; None for an account without an officer."""
    officer = Officer.objects.filter(account=account_of(request)).select_related("agency").first()
    return officer.agency if officer is not None else None
