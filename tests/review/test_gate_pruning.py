"""Old results of screening go away when nobody relied on them; what an opinion relied on stays."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from gongkai.publishing import acts
from gongkai.review.gate.pruning import KEPT_FOR, prune
from gongkai.review.gate.words import add_word
from gongkai.review.models import Screening
from tests.cast import Cast
from tests.files.uploads import received
from tests.publishing.rows import AT, digest, draft, fields, prepare
from tests.review.findings import WITH_MOBILE, asked, confirmed, examined

LATER = KEPT_FOR + dt.timedelta(days=1)


def later() -> dt.datetime:
    return timezone.now() + LATER


def parts() -> list[str]:
    return sorted(Screening.objects.values_list("digest", flat=True))


def test_results_of_texts_that_were_never_frozen_go_after_their_time(cast: Cast) -> None:
    column = prepare(cast)
    item = draft(cast, column, body="<p>头一稿。</p>")
    examined(item)
    changed = fields(cast, column, body="<p>第二稿。</p>")
    acts.revise_item(item=item, digest=digest(item), fields=changed, by=cast.contributor, at=AT)
    examined(item)
    kept = parts()
    assert prune(timezone.now() + KEPT_FOR - dt.timedelta(hours=1)) == 0
    assert parts() == kept
    assert prune(later()) == len(kept)
    assert prune(later()) == 0
    assert examined(item).known, "what is asked for again is looked at again"


def test_what_an_opinion_or_a_release_relied_on_stays_whatever_the_rules_of_today(cast: Cast) -> None:
    column = prepare(cast)
    item = draft(cast, column)
    file = received(cast, "公开".encode(), "甲.txt")
    acts.add_attachments(item=item, digest=digest(item), files=[file], by=cast.contributor, at=AT)
    examined(item)
    acts.submit_item(item=item, digest=digest(item), by=cast.contributor, at=timezone.now())
    for by in (cast.office, cast.head):
        acts.agree(item=item, digest=digest(item), by=by, secrecy="clear", at=timezone.now())
    acts.release_item(item=item, digest=digest(item), by=cast.releaser, at=timezone.now())
    relied = parts()
    assert len(relied) == 4
    for word in ("没有这个词", "也没有这个"):  # each makes what was looked at stale; a re-scan looks again
        add_word(agency=cast.agency, text=word, severity="warn", by=cast.office, at=AT)
        examined(item)
    assert len(parts()) == 12
    assert prune(later()) == 4, "of three looks, that of the release and that of today stay"
    assert parts() == sorted(relied * 2)


@pytest.mark.one_database
def test_what_an_override_relied_on_stays(cast: Cast) -> None:
    item = draft(cast, prepare(cast), body=WITH_MOBILE)
    override = confirmed(asked(item, cast.contributor), item, cast.head)
    type(override).objects.filter(pk=override.pk).update(decided_at=timezone.now())
    (part,) = {found.part_digest for found in override.findings.all()}
    assert prune(later()) == 2
    assert parts() == [part]


@pytest.mark.one_database
def test_of_what_is_frozen_without_an_opinion_all_stays(cast: Cast) -> None:
    from tests.publishing.test_history import entered

    item = entered(cast, prepare(cast))
    examined(item)
    kept = parts()
    assert prune(later()) == 0
    assert parts() == kept
