"""Results of screening that nobody relied on and that are out of date go away; they can be made anew at any time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Max

from gongkai.agencies.models import Agency
from gongkai.review.content import parse
from gongkai.review.gate.parts import parts_of
from gongkai.review.gate.results import words_of
from gongkai.review.looking import fingerprint
from gongkai.review.models import FrozenCopy, Opinion, OverriddenFinding, Screening

KEPT_FOR = dt.timedelta(days=90)
_BATCH = 500
_ALWAYS = dt.datetime.max.replace(tzinfo=dt.UTC)


def prune(at: dt.datetime) -> int:
    """Delete results that are older than `KEPT_FOR` and stale; give how many. A second run finds nothing left.

    Stale is a result under rules or words of former days, and one of a text that was never frozen: of a draft that
    went on. Kept is every result that an opinion, a release or an override may have relied on: of what was frozen,
    those up to its last opinion; of a finding that was let pass, those up to the decision. Of what is frozen without
    an opinion (history, a masked copy) all are kept.
    """
    old = Screening.objects.filter(looked_at__lt=at - KEPT_FOR)
    asked = set(old.values_list("digest", flat=True).distinct())
    if not asked:
        return 0
    relied = _relied_on(asked)
    today = {fingerprint(words) for words in words_of(set(Agency.objects.values_list("pk", flat=True))).values()}
    stale = [
        pk
        for pk, digest, print_, looked_at in old.values_list("pk", "digest", "fingerprint", "looked_at").iterator()
        if (looked_at > relied[digest] and print_ not in today if digest in relied else True)
    ]
    for start in range(0, len(stale), _BATCH):
        Screening.objects.filter(pk__in=stale[start : start + _BATCH]).delete()
    return len(stale)


def _relied_on(asked: set[str]) -> dict[str, dt.datetime]:
    """Until when somebody relied on the results of these parts; parts that nobody read are not in it."""
    until: dict[str, dt.datetime] = {}
    for digest, when in _readings(asked):
        until[digest] = max(when, until.get(digest, when))
    return until


def _readings(asked: set[str]) -> Iterator[tuple[str, dt.datetime]]:
    last = dict(Opinion.objects.values_list("content").annotate(last=Max("at")).order_by())
    for digest, canonical in FrozenCopy.objects.values_list("digest", "canonical").iterator(chunk_size=_BATCH):
        for part in parts_of(parse(canonical)):
            if part.digest in asked:
                yield part.digest, last.get(digest, _ALWAYS)
    passed = OverriddenFinding.objects.filter(part_digest__in=Screening.objects.values("digest"))
    for digest, asked_at, decided_at in passed.values_list(
        "part_digest", "override__asked_at", "override__decided_at"
    ).iterator():
        if digest in asked:
            yield digest, decided_at or asked_at
