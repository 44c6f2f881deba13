"""Every staff address × every role × one own, one foreign and one missing object, among forty agencies.

Foreign and missing answer alike. Views are asked directly, without the middleware around them (tests/ui has that):
what they raise as missing becomes the one page of errors, which a few addresses of each package show whole. Who opens what of the own agency stands in `own.csv`: r read, > sent on, - as if it
were not there, p asked by POST alone. After a change that is meant: `MATRIX=write pytest tests/matrix`, and read what
changed.
"""

from __future__ import annotations

import csv
import io
import os
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.contrib.messages.storage.base import BaseStorage
from django.http import Http404
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from gongkai.accounts.models import Account
from gongkai.agencies.models import Role
from tests.matrix.addresses import DOORS, example_of, staff_addresses
from tests.matrix.world import COUNT, Missing, Objects, World

# What views ask is the same on both databases; the public exits, with their two search engines, run on both.
pytestmark = pytest.mark.one_database
TABLE = Path(__file__).with_name("own.csv")
ADDRESSES = staff_addresses()
WITH_OBJECT = [name for name, path in ADDRESSES.items() if "<" in path]
WITHOUT = [name for name, path in ADDRESSES.items() if "<" not in path and name not in DOORS]
LETTERS = {200: "r", 301: ">", 302: ">", 404: "-", 405: "p"}
MARK = re.compile(r"密(\d\d)记")
MISSING = Missing()
LOOKING_CLOSER = (Role.OFFICE, Role.SUPERVISOR, Role.SYSTEM_ADMINISTRATOR)  # who also exports and filters every list
SPACES = sorted({name.partition(":")[0] for name in WITH_OBJECT})
ALL_SPACES = sorted({name.partition(":")[0] for name in ADDRESSES})


class Unseen(BaseStorage):
    """Messages that nobody reads."""

    def _get(self, *_args: Any, **_kwargs: Any) -> tuple[list[Any], bool]:
        return [], True

    def _store(self, *_args: Any, **_kwargs: Any) -> list[Any]:
        return []


def visit(account: Account, url: str, method: str = "GET", **query: str) -> tuple[int, str]:
    """What a view answers to an account: the status, and the text, whatever it is packed in."""
    factory = RequestFactory()
    request = factory.get(url, query) if method == "GET" else factory.post(url)
    request.user = account
    request.session = {}  # type: ignore[assignment]  # nothing is kept
    request._messages = Unseen(request)  # type: ignore[attr-defined]
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    request.csp_nonce = ""  # type: ignore[attr-defined]
    found = resolve(url)
    request.resolver_match = found
    try:
        answer = found.func(request, *found.args, **found.kwargs)
    except Http404 as missing:
        return 404, str(missing)
    if isinstance(answer, SimpleTemplateResponse):
        answer.render()
    return answer.status_code, text_of(answer)


def address(name: str, objects: Objects) -> str:
    """The address with the example of an agency."""
    example = example_of(name)
    assert example is not None, f"{name} is a new address: give it an example in tests/matrix/addresses.py"
    return reverse(name, args=example(objects))


def text_of(answer: HttpResponseBase) -> str:
    """What an answer says, whatever it is packed in."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    for close in answer._resource_closers:  # type: ignore[attr-defined]  # its own close() would end the connection too
        close()
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    return body.decode(errors="replace")


def without(text: str, url: str) -> str:
    """A page without what differs each time: token, nonce, number of the request, the address itself."""
    text = re.sub(r'csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"', "", text).replace(url, "")
    return re.sub(r"\b[0-9a-f]{8,32}\b(?:-[0-9a-f-]{27})?", "", text)


def foreign_marks(text: str, role: str) -> set[str]:
    """Marks of agencies that the role does not read: all but the first; for the supervisor those of the other district."""
    own = {f"{number:02}" for number in range(COUNT - 1)} if role == Role.SUPERVISOR else {"00"}
    return set(MARK.findall(text)) - own


def letters() -> dict[str, dict[str, str]]:
    """The table of who opens what."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["address"]: row for row in csv.DictReader(file)}


def test_there_are_forty_agencies(world: World) -> None:
    assert len(world.agencies) == COUNT


def test_every_address_has_an_example() -> None:
    new = [name for name in WITH_OBJECT if example_of(name) is None]
    assert new == [], "new addresses: give them an example in tests/matrix/addresses.py"


@pytest.mark.parametrize("space", SPACES)
def test_what_is_foreign_is_as_missing_as_what_never_was(world: World, space: str) -> None:
    wrong = []
    for name in [name for name in WITH_OBJECT if name.partition(":")[0] == space]:
        nowhere = address(name, MISSING)
        for role in Role:
            account = world.cast.accounts[role]
            foreign = address(name, world.far if role == Role.SUPERVISOR else world.neighbour)
            for method in ("GET", "POST"):
                got, missing = visit(account, foreign, method), visit(account, nowhere, method)
                if got != missing or got[0] not in (404, 405):
                    wrong.append(f"{method} {name} as {role}: {got[0]}, missing {missing[0]}")
    assert wrong == []


@pytest.mark.parametrize("space", SPACES)
def test_the_whole_page_of_what_is_foreign_is_that_of_what_is_missing(world: World, space: str) -> None:
    for name in [name for name in WITH_OBJECT if name.partition(":")[0] == space][:2]:
        for role in (Role.OFFICE, Role.SYSTEM_ADMINISTRATOR):
            client = Client()
            client.force_login(world.cast.accounts[role])
            pages = []
            for url in (address(name, world.far), address(name, MISSING)):
                answer = client.get(url)
                pages.append((answer.status_code, without(text_of(answer), url)))
            assert pages[0] == pages[1], f"{name} as {role}"


@pytest.mark.parametrize("space", ALL_SPACES)
def test_who_opens_what_of_the_own_agency(world: World, space: str) -> None:
    leaks, found = [], {}
    for name in ADDRESSES:
        if name.partition(":")[0] != space or name in DOORS:
            continue
        url = reverse(name) if name in WITHOUT else address(name, world.own)
        found[name] = {"address": name}
        for role in Role:
            account = world.cast.accounts[role]
            status, said = visit(account, url)
            found[name][str(role)] = LETTERS[status]
            if status == 200 and name in WITHOUT and role in LOOKING_CLOSER:
                said += visit(account, url, export="xlsx")[1] + visit(account, url, q="密")[1]
            if marks := foreign_marks(said, role):
                leaks.append(f"{name} shows {sorted(marks)} to {role}")
    assert leaks == []
    if os.environ.get("MATRIX") == "write":
        write(found)
    known = letters()
    assert found == {name: known.get(name) for name in found}


def write(found: dict[str, dict[str, str]]) -> None:
    """Put what was found into the table."""
    table = {**(letters() if TABLE.exists() else {}), **found}
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["address", *(str(role) for role in Role)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(table[name] for name in sorted(table) if name in ADDRESSES)


def test_the_table_names_no_address_that_is_gone() -> None:
    assert set(letters()) == set(ADDRESSES) - DOORS


@pytest.mark.parametrize("space", ALL_SPACES)
def test_nobody_opens_a_staff_address_without_signing_in(world: World, space: str) -> None:
    anonymous, wrong = Client(), []
    for name in [name for name in ADDRESSES if name.partition(":")[0] == space and name not in DOORS]:
        url = reverse(name) if name in WITHOUT else address(name, world.own)
        for one in (url, url if name in WITHOUT else address(name, MISSING)):
            answer = anonymous.get(one)
            if (answer.status_code, answer.headers.get("Location", "").partition("?")[0]) != (302, "/staff/sign-in/"):
                wrong.append(one)
        if anonymous.post(url).status_code not in (401, 403):
            wrong.append(f"POST {url}")
    assert wrong == []


def test_what_is_asked_by_post_alone_is_missing_for_those_who_read_nothing_there(world: World) -> None:
    """The system administrator reads no contents, the supervisor nothing unpublished, all others no settings."""
    readers = {name: row for name, row in letters().items() if name.startswith("agencies:")}
    wrong = []
    for name, row in letters().items():
        if row[Role.OFFICE] != "p" or name not in WITH_OBJECT:
            continue
        settings = name in readers
        roles = [Role.OFFICE, Role.HEAD, Role.AUDITOR] if settings else [Role.SYSTEM_ADMINISTRATOR]
        roles += (
            [Role.SUPERVISOR] if name.startswith(("review:", "publishing:act", "publishing:att", "agencies:")) else []
        )
        for role in roles:
            status, _said = visit(world.cast.accounts[role], address(name, world.own), "POST")
            if status != 404 and not (name.startswith("publishing:column") and role == Role.SYSTEM_ADMINISTRATOR):
                wrong.append(f"{name} as {role}: {status}")
    assert wrong == []


def test_an_account_without_a_post_opens_nothing(world: World) -> None:
    idle = Account.objects.create_account(username="idle", name="示例", password="a-long-password")
    wrong = []
    for name in ADDRESSES:
        if name not in DOORS:
            status, said = visit(idle, reverse(name) if name in WITHOUT else address(name, world.own))
            if MARK.search(said) or (status == 200 and name in WITH_OBJECT):
                wrong.append(name)
    assert wrong == []
    client = Client()
    client.force_login(idle)
    assert client.get(reverse("backoffice:home")).status_code == 403
