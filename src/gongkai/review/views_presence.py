"""What a page answers when it says that somebody has an object before them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongkai.agencies.signed_in import account_of
from gongkai.review.presence import forget_presence, note_presence, others_present


def answer_presence(request: HttpRequest, object_kind: str, object_key: str) -> HttpResponse:
    """Note that the officer reads, edits or leaves the object; answer with the others who have it open.

    The caller has seen to it that the officer may see the object. `doing` is `reading`, `editing` or `leaving`.
    """
    account, now, doing = account_of(request), timezone.now(), request.POST.get("doing", "")
    if doing == "leaving":
        forget_presence(account, object_kind, object_key)
        return HttpResponse(status=204)
    note_presence(account, object_kind, object_key, is_editing=doing == "editing", at=now)
    return render(
        request, "review/parts/others.html", {"others": others_present(account, object_kind, object_key, at=now)}
    )
