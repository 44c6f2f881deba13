"""What stands around the sign-in: guessing is slowed down, and sign-ins can be ended from outside."""

from __future__ import annotations

import datetime as dt

from django.contrib.sessions.models import Session
from django.utils.crypto import salted_hmac

from gongkai.accounts.models import Account, SignInFailure

MOST_FAILURES = 5
WINDOW = dt.timedelta(minutes=15)


def is_locked(username: str, at: dt.datetime) -> bool:
    """Whether a user name, known or not, was given with a wrong password too often of late."""
    failures = SignInFailure.objects.filter(key=_key(username), at__gt=at - WINDOW, at__lte=at)
    return failures.count() >= MOST_FAILURES


def note_failure(username: str, at: dt.datetime) -> None:
    """Remember that a user name came with a wrong password; what is too old to count is forgotten."""
    SignInFailure.objects.filter(at__lte=at - WINDOW).delete()
    SignInFailure.objects.create(key=_key(username), at=at)


def forget_failures(username: str) -> None:
    """Forget what went wrong with a user name: it signed in, or got a new password."""
    SignInFailure.objects.filter(key=_key(username)).delete()


def end_sessions(account: Account, at: dt.datetime) -> None:
    """End every sign-in of an account, on whatever machine."""
    for session in Session.objects.filter(expire_date__gt=at).iterator():
        if session.get_decoded().get("_auth_user_id") == str(account.pk):
            session.delete()


def forget_old(at: dt.datetime) -> None:
    """Drop sessions that have ended by themselves, and failures that no longer count."""
    Session.objects.filter(expire_date__lte=at).delete()
    SignInFailure.objects.filter(at__lte=at - WINDOW).delete()


def _key(username: str) -> str:
    """What is kept of a user name: people type their password there by mistake, so not the text itself."""
    normal = Account.normalize_username(username).strip().casefold()
    return salted_hmac("gongkai.accounts.sign_in", normal, algorithm="sha256").hexdigest()
