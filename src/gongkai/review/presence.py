"""Two people on one object see each other.

A page that is open and in front says so every half minute (`review/presence.js`); who was not heard of for longer than
`FRESH` has left. Nothing depends on it: what two people write at once is kept apart by the digest of the content.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from gongkai.accounts.models import Account
from gongkai.review.models import Presence

FRESH = dt.timedelta(seconds=90)


def note_presence(
    account: Account, object_kind: str, object_key: str, *, is_editing: bool = False, at: dt.datetime
) -> None:
    """Remember that the account has this object open now, and no other."""
    Presence.objects.bulk_create(
        [Presence(account=account, object_kind=object_kind, object_key=object_key, is_editing=is_editing, seen_at=at)],
        update_conflicts=True,
        unique_fields=["account"],
        update_fields=["object_kind", "object_key", "is_editing", "seen_at"],
    )


def forget_presence(account: Account, object_kind: str, object_key: str) -> None:
    """Forget that the account has this object open; where it went on to another meanwhile, that stays."""
    Presence.objects.filter(account=account, object_kind=object_kind, object_key=object_key).delete()


def others_present(account: Account, object_kind: str, object_key: str, *, at: dt.datetime) -> QuerySet[Presence]:
    """The other accounts that have the object open now, those who change it first."""
    here = Presence.objects.filter(object_kind=object_kind, object_key=object_key, seen_at__gt=at - FRESH)
    return here.exclude(account=account).select_related("account").order_by("-is_editing", "account__name", "pk")
