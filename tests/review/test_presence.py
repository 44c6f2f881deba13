"""Two people on one object see each other; strangers see nobody."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.publishing.content import OBJECT_KIND
from gongkai.publishing.models import Item
from gongkai.review.models import Presence
from gongkai.review.presence import FRESH, forget_presence, note_presence, others_present
from tests.asking import signed_in
from tests.cast import Cast
from tests.publishing.rows import AT, draft, prepare

KIND, KEY, OTHER_KEY = "publishing.item", "one", "two"


@pytest.fixture
def item(cast: Cast) -> Item:
    return draft(cast, prepare(cast))


def say(client: Client, item: Item, doing: str) -> tuple[int, str]:
    answer = client.post(reverse("publishing:presence", args=[item.uid]), {"doing": doing})
    return answer.status_code, answer.content.decode()


def names(account: Account, key: str = KEY, at: dt.datetime = AT) -> list[str]:
    return [other.account.name for other in others_present(account, KIND, key, at=at)]


@pytest.mark.django_db
def test_one_is_where_one_was_seen_last_and_not_for_ever(cast: Cast) -> None:
    note_presence(cast.office, KIND, KEY, at=AT)
    note_presence(cast.contributor, KIND, KEY, is_editing=True, at=AT)
    assert names(cast.head) == [cast.contributor.name, cast.office.name]  # who changes it comes first
    assert names(cast.office) == [cast.contributor.name]
    assert names(cast.head, at=AT + FRESH) == []
    note_presence(cast.office, KIND, OTHER_KEY, at=AT)
    assert names(cast.head) == [cast.contributor.name]
    assert names(cast.head, OTHER_KEY) == [cast.office.name]
    forget_presence(cast.office, KIND, KEY)  # a page that closes late does not take one from where one is now
    assert names(cast.head, OTHER_KEY) == [cast.office.name]
    forget_presence(cast.office, KIND, OTHER_KEY)
    assert names(cast.head, OTHER_KEY) == []
    assert Presence.objects.count() == 1


def test_pages_tell_who_else_reads_or_changes(cast: Cast, item: Item) -> None:
    office, contributor = signed_in(cast.office), signed_in(cast.contributor)
    assert say(office, item, "reading") == (200, "\n")
    status, others = say(contributor, item, "editing")
    assert status == 200
    assert f"{cast.office.name}也正在看这一件" in others
    assert cast.contributor.name not in others
    assert f"{cast.contributor.name}正在修改这一件" in say(office, item, "reading")[1]
    # Without a script the page itself says who was there when it was loaded.
    page = office.get(reverse("publishing:item", args=[item.uid])).content.decode()
    assert f"{cast.contributor.name}正在修改这一件" in page
    edited = contributor.get(reverse("publishing:edit", args=[item.uid])).content.decode()
    assert f"{cast.office.name}也正在看这一件" in edited
    assert say(contributor, item, "leaving") == (204, "")
    assert say(office, item, "reading") == (200, "\n")


@pytest.mark.parametrize("who", ["stranger", "supervisor", "system_administrator"])
def test_who_may_not_see_the_item_is_nowhere(cast: Cast, item: Item, who: str) -> None:
    note_presence(cast.office, OBJECT_KIND, str(item.uid), at=timezone.now())
    client = signed_in(getattr(cast, who))
    assert say(client, item, "reading")[0] == 404
    assert client.post(reverse("publishing:presence", args=[uuid.uuid4()]), {"doing": "reading"}).status_code == 404
    assert not Presence.objects.filter(account=getattr(cast, who)).exists()


def test_reading_the_page_notes_nothing(cast: Cast, item: Item) -> None:
    signed_in(cast.office).get(reverse("publishing:item", args=[item.uid]))
    assert not Presence.objects.exists()
    assert signed_in(cast.office).get(reverse("publishing:presence", args=[item.uid])).status_code == 405
