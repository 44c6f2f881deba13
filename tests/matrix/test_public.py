"""Every public exit × one secret in every state that is not public: title, body, attachment, note of a withdrawal.

Each secret is a word of its own that no public page may say. A word of what is public shows that the exits work.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Role
from gongkai.files import storage
from gongkai.files.door import Received
from gongkai.portal import catalogue
from gongkai.publishing import acts
from gongkai.publishing.content import content_of
from gongkai.publishing.models import Column, Item
from tests.matrix.addresses import walk
from tests.matrix.world import AT, DAY, YEAR, World, submit

pytestmark = pytest.mark.database
STATES = (
    "draft",
    "on_request",
    "not_disclosed",
    "in_review",
    "agreed",
    "returned",
    "recalled",
    "history_unconfirmed",
    "history_withdrawn",
    "withdrawn",
)
PLACES = ("title", "body", "file_name", "file", "number")
SECRET = re.compile(r"泄漏词[甲乙丙丁戊己庚辛壬癸][一二三四五六]末")


def word(state: str, place: str) -> str:
    """The secret of a state and place."""
    number = (*PLACES, "note").index(place)
    return f"泄漏词{'甲乙丙丁戊己庚辛壬癸'[STATES.index(state)]}{'一二三四五六'[number]}末"


class Planted:
    """The first agency with a secret in every state, and one item that is public."""

    def __init__(self, world: World) -> None:
        self.cast = world.cast
        self.column = Column.objects.get(agency=self.cast.agency, code="tzgg")
        self.items = {state: getattr(self, f"make_{state}")(state) for state in STATES}
        self.public = self.make_public()

    def fields(self, state: str, **changes: Any) -> acts.ItemFields:
        """The fields of an item with its secrets."""
        values: dict[str, Any] = {
            "title": f"{word(state, 'title')}的通知",
            "body": f"<p>内容是{word(state, 'body')}。</p>",
            "document_number": word(state, "number"),
            "written_on": dt.date(2017, 5, 17),
            "columns": (self.column,),
        }
        return acts.ItemFields(**(values | changes))

    def make_draft(self, state: str, **changes: Any) -> Item:
        """A draft with an attachment."""
        by = self.cast.contributor
        item = acts.draft_item(agency=self.cast.agency, fields=self.fields(state, **changes), by=by, at=AT)
        stored = storage.store(f"名称\n{word(state, 'file')}\n".encode(), extension="csv")
        file = Received(stored, f"{word(state, 'file_name')}.csv", ())
        acts.add_attachments(item=item, digest=content_of(item).digest, files=[file], by=by, at=AT)
        return Item.objects.get(pk=item.pk)

    def make_on_request(self, state: str) -> Item:
        """What is given on request alone."""
        return self.make_draft(state, attribute="disclosure_on_request")

    def make_not_disclosed(self, state: str) -> Item:
        """What is not given at all."""
        return self.make_draft(state, attribute="non_disclosure")

    def make_in_review(self, state: str) -> Item:
        """What waits for its first opinion."""
        item = self.make_draft(state)
        submit(item, self.cast.contributor)
        return Item.objects.get(pk=item.pk)

    def make_agreed(self, state: str) -> Item:
        """What is signed and waits for its release."""
        item = self.make_in_review(state)
        for by in (self.cast.office, self.cast.head):
            acts.agree(item=item, digest=content_of(item).digest, secrecy="clear", by=by, at=AT)
        return item

    def make_returned(self, state: str) -> Item:
        """What was returned."""
        item = self.make_in_review(state)
        digest = content_of(item).digest
        acts.return_item(item=item, digest=digest, text=word(state, "note"), by=self.cast.office, at=AT)
        return item

    def make_recalled(self, state: str) -> Item:
        """What its drafter took back."""
        item = self.make_in_review(state)
        acts.recall_item(item=item, reason=word(state, "note"), by=self.cast.contributor, at=AT)
        return item

    def make_history_unconfirmed(self, state: str) -> Item:
        """What was entered as public before, and nobody confirmed."""
        row = acts.HistoryRow(
            fields=self.fields(state),
            published_on=DAY,
            published_on_source=word(state, "note"),
            index_number=f"L-{state}",
        )
        return acts.enter_history(agency=self.cast.agency, rows=[row], by=None, at=AT)[0]

    def make_history_withdrawn(self, state: str) -> Item:
        """History that was withdrawn before anybody confirmed it."""
        item = self.make_history_unconfirmed(state)
        note = word(state, "note")
        return acts.withdraw_item(item=item, reason="wrong", note=note, by=self.cast.office, at=AT)

    def make_withdrawn(self, state: str) -> Item:
        """What was public and was taken back, attachment and all."""
        item = self.make_public(state)
        note = word(state, "note")
        return acts.withdraw_item(item=item, reason="wrong", note=note, by=self.cast.office, at=AT)

    def make_public(self, state: str = "") -> Item:
        """What went through its chain."""
        type(self.cast.agency).objects.filter(pk=self.cast.agency.pk).update(credit_code="99990101MB00000192")
        if state:
            item = self.make_agreed(state)
        else:
            fields = self.fields("draft", title="公开词的通知", body="<p>公开词在正文里。</p>", document_number="")
            item = acts.draft_item(agency=self.cast.agency, fields=fields, by=self.cast.contributor, at=AT)
            submit(item, self.cast.contributor)
            item = Item.objects.get(pk=item.pk)
            for by in (self.cast.office, self.cast.head):
                acts.agree(item=item, digest=content_of(item).digest, secrecy="clear", by=by, at=AT)
        item = Item.objects.get(pk=item.pk)
        return acts.release_item(item=item, digest=content_of(item).digest, by=self.cast.releaser, at=AT)


@pytest.fixture(scope="module")
def planted(world: World) -> Planted:
    """The secrets, planted once."""
    return Planted(world)


def exits(planted: Planted) -> Iterator[tuple[str, str]]:
    """Every public address with what it may be asked for: name and address."""
    code = planted.cast.agency.code
    serials = list(
        Item.objects.filter(agency=planted.cast.agency, serial__isnull=False).values_list("serial", flat=True)
    )
    highest = max(serial for serial in serials if serial is not None)
    numbers = range(1, highest + 3)
    names = [f"{word(state, 'file_name')}.csv" for state in STATES]
    examples: dict[str, list[list[Any]]] = {
        "portal:sitemap_items": [[1], [2]],
        "portal:column_start": [[code, "tzgg"]],
        "portal:column": [[code, "tzgg", 1], [code, "tzgg", 2]],
        "portal:shelf": [[code, shelf, 1] for shelf in catalogue.SHELVES],
        "portal:year": [[code, YEAR]],
        "portal:report": [[code, YEAR]],
        "portal:report_file": [[code, YEAR, kind] for kind in ("pdf", "docx", "xlsx", "html", "json")],
        "portal:item": [[code, YEAR, number] for number in numbers],
        "portal:qr_code": [[code, YEAR, number] for number in numbers],
        "portal:file": [[code, YEAR, number, 1, name] for number in numbers for name in names],
    }
    for path, name in walk():
        if path.startswith("staff/"):
            continue
        if "<" not in path:
            yield name, reverse(name)
        elif name in examples:
            yield from ((name, reverse(name, args=args)) for args in examples[name])
        elif re.findall(r"<[^>]*>", path) == ["<agency:code>"]:
            yield name, reverse(name, args=[code])
        else:
            pytest.fail(f"{name} is a new public address: give it an example in tests/matrix/test_public.py")


def said(client: Client, url: str, **query: str) -> str:
    """What a public address answers, unpacked, with the headers."""
    answer = client.get(url, query)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    return body.decode(errors="replace") + str(answer.headers)


def test_no_public_exit_says_a_secret(planted: Planted) -> None:
    client = Client()
    told, seen = [], set()
    for name, url in exits(planted):
        text = said(client, url)
        asked = {found for found in SECRET.findall(text) if found not in url}
        asked -= set(SECRET.findall(unquote(url)))  # an address of an error page may be said back
        told += [f"{url} says {sorted(asked)}"] if asked else []
        seen |= {name} if "公开词" in text else set()
    assert told == []
    assert {"portal:home", "portal:agency", "portal:column", "portal:item"} <= seen


@pytest.mark.parametrize("state", STATES)
def test_no_search_finds_a_secret(planted: Planted, state: str) -> None:
    client = Client()
    url = reverse("portal:search")
    for place in (*PLACES, "note"):
        hidden = word(state, place)
        for words in (hidden, hidden[:-1], hidden[3:]):
            text = said(client, url, q=words)
            assert SECRET.findall(text.replace(words, "")) == []
            assert "/info/" not in text
    assert "/info/" in said(client, url, q="公开词")


def test_what_is_not_public_is_as_missing_as_what_never_was(planted: Planted) -> None:
    client = Client()
    code = planted.cast.agency.code

    def answer(serial: int) -> tuple[int, str]:
        url = reverse("portal:item", args=[code, YEAR, serial])
        got = client.get(url)
        return got.status_code, re.sub(r"\b[0-9a-f]{8,32}\b", "", got.content.decode().replace(url, ""))

    missing = answer(9999)
    assert missing[0] == 404
    for state in ("history_unconfirmed", "history_withdrawn"):
        serial = planted.items[state].serial
        assert serial is not None
        assert answer(serial) == missing
    gone = planted.items["withdrawn"]
    assert gone.serial is not None
    assert answer(gone.serial)[0] == 410


def test_a_supervisor_reads_no_secret_either(planted: Planted) -> None:
    client = Client()
    client.force_login(planted.cast.accounts[Role.SUPERVISOR])
    hidden = [state for state in STATES if state != "withdrawn"]
    for name in ("publishing:list", "backoffice:home"):
        text = said(client, reverse(name))
        assert not [
            found for found in SECRET.findall(text) if found[3] in {word(state, "title")[3] for state in hidden}
        ]
    for state in hidden:
        assert client.get(reverse("publishing:item", args=[planted.items[state].uid])).status_code == 404
