"""A look through everything public: found under today's rules, handed to the office, settled, taken up where it ended."""

from __future__ import annotations

import pytest

from gongkai.accounts.models import Account
from gongkai.audit.acts import timeline
from gongkai.backoffice.worklist import matters_for
from gongkai.publishing import acts
from gongkai.publishing.content import OBJECT_KIND
from gongkai.publishing.models import Column, Item
from gongkai.review.gate import published as rescanning
from gongkai.review.gate.published import Answer, everything_public, on_withdrawn, rescan
from gongkai.review.gate.words import add_word, remove_word
from gongkai.review.models import FrozenCopy, PublishedFinding, Screening, Word
from tests.cast import Cast
from tests.publishing.rows import AT, BODY, prepare, published
from tests.review.findings import asked, confirmed

WORD = "三十六户"  # stands in the body of the sample item


def look() -> list[Answer]:
    return list(rescan(everything_public(), at=AT))


def listed(cast: Cast) -> Word:
    """The word that was put on the list after the item went out."""
    return add_word(agency=cast.agency, text=WORD, severity="block", by=cast.office, at=AT)


def found_matters(account: Account) -> list[str]:
    return [matter.title for matter in matters_for(account) if matter.origin == "复查已公开的内容"]


@pytest.fixture
def item(cast: Cast) -> Item:
    return published(cast, prepare(cast))


def test_clean_is_said_and_kept(cast: Cast, item: Item) -> None:
    assert look() == []
    assert not PublishedFinding.objects.exists()


def test_what_new_words_find_is_a_matter_of_the_office_until_settled(cast: Cast, item: Item) -> None:
    word = listed(cast)
    (answer,) = look()
    assert answer.path == f"{item.get_absolute_url()}#body"
    assert answer.as_json()["verdict"] == "block"
    assert [each["kind"] for each in answer.as_json()["findings"]] == ["word_list"]
    assert found_matters(cast.office) == [item.title]
    assert found_matters(cast.head) == []
    assert found_matters(cast.stranger) == []
    look()
    assert PublishedFinding.objects.count() == 1
    remove_word(word=word, by=cast.office, at=AT)
    look()
    assert found_matters(cast.office) == []
    told = [entry.sentence for entry in timeline(OBJECT_KIND, str(item.uid))]
    assert told[-2:] == [
        "复查已公开的内容，发现 1 处不应公开的内容",
        "已公开内容中的发现已处理：复查没有再发现",
    ]


def test_an_override_settles_the_matter(cast: Cast, item: Item) -> None:
    listed(cast)
    look()
    confirmed(asked(item, cast.releaser, ground="false_alarm", text="户数可以公开"), item, cast.head)
    assert found_matters(cast.office) == []
    (answer,) = look()
    assert answer.as_json()["verdict"] == "warn"
    assert answer.as_json()["findings"][0]["overridden"] is True


def test_a_withdrawal_settles_the_matter(cast: Cast, item: Item, django_capture_on_commit_callbacks: object) -> None:
    listed(cast)
    look()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture
        acts.withdraw_item(item=item, reason="personal", by=cast.office, at=AT)
    waiting = PublishedFinding.objects.get()
    assert waiting.settled_how == "已撤回"
    assert look() == []
    assert on_withdrawn  # idempotent: nothing is left to settle


def test_what_is_known_is_passed_over_and_an_interrupted_look_goes_on(
    cast: Cast, item: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    column = Column.objects.get()
    for number in range(3):
        published(cast, column, title=f"通告{number}", body=f"{BODY}<p>{number}</p>")
    listed(cast)
    looked: list[int] = []
    many = rescanning.look_many
    monkeypatch.setattr(rescanning, "look_many", lambda parts: looked.append(len(parts)) or many(parts))
    monkeypatch.setattr(rescanning, "BATCH", 2)
    begun = rescan(everything_public(), at=AT)
    next(begun)
    begun.close()
    first = sum(looked)
    assert 0 < first < 12
    assert len(look()) == 4
    assert look()
    assert sum(looked) == len(set(Screening.objects.filter(fingerprint=newest()).values_list("digest", "extension")))


def newest() -> str:
    return Screening.objects.order_by("-pk")[0].fingerprint


@pytest.mark.one_database
def test_all_cores_find_the_same(cast: Cast, item: Item, monkeypatch: pytest.MonkeyPatch) -> None:
    listed(cast)
    monkeypatch.setattr(rescanning, "_WORTH_PROCESSES", 0)
    monkeypatch.setattr(rescanning.os, "cpu_count", lambda: 2)
    assert [answer.part.role for answer in look()] == ["body"]


@pytest.mark.one_database
def test_a_lost_copy_is_reported(cast: Cast, item: Item, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescanning, "read_copies", lambda _digests: {})
    (answer,) = look()
    assert answer.as_json()["verdict"] == "unreadable"
    assert FrozenCopy.objects.exists()
    assert found_matters(cast.office) == [item.title]
