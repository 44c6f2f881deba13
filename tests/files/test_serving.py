"""Serving: names that survive, headers that leave a browser nothing to guess or run."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest
from django.http import Http404, HttpResponse

from gongkai.files import serving, storage
from gongkai.files.models import StoredFile

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def answered(*args: Any, **named: Any) -> HttpResponse:
    """The answer as a client has it when all of it has come."""
    streaming = serving.respond(*args, **named)
    response = HttpResponse(b"".join(streaming.streaming_content), headers=streaming.headers)  # type: ignore[attr-defined]
    for close in streaming._resource_closers:  # type: ignore[attr-defined]  # close() would end the test's connection
        close()
    return response


def stored(extension: str = "txt", data: bytes = b"open") -> StoredFile:
    return storage.store(data, extension=extension)


def test_the_answer_says_what_it_is_and_lets_nothing_run() -> None:
    response = answered(stored("pdf", b"%PDF-1"), "通告.pdf", inline=True)
    assert response.content == b"%PDF-1"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == "6"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox;")
    assert response["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize("name", ["配租 名单（一）.xlsx", "名单😀.xlsx", "it's.xlsx", "100%.xlsx"])
def test_a_name_arrives_as_it_was(name: str) -> None:
    said = answered(stored("xlsx"), name)["Content-Disposition"]
    assert said.isascii()
    assert unquote(said).endswith(name) or f'filename="{name}"' in said


@pytest.mark.parametrize("name", ['a"; x="b.txt', "a\r\nSet-Cookie: x=1.txt", "a\nb.txt"])
def test_no_name_ends_its_header(name: str) -> None:
    said = answered(stored(), name)["Content-Disposition"]
    assert "\n" not in said
    assert "\r" not in said
    assert said.count('"') in (0, 2) or '\\"' in said


@pytest.mark.parametrize("extension", ["html", "svg", "htm", "xhtml", "xml", "js", "pdf", "docx"])
def test_only_pictures_are_shown_in_place(extension: str) -> None:
    response = answered(stored(extension, extension.encode()), f"a.{extension}", inline=True)
    assert response["Content-Disposition"].startswith("attachment;")
    assert "html" not in response["Content-Type"]
    assert "svg" not in response["Content-Type"]
    assert answered(stored("png"), "a.png", inline=True)["Content-Disposition"].startswith("inline;")


def test_the_media_type_follows_the_name_among_known_types() -> None:
    first = stored("txt", b"a,b")
    assert answered(first, "a.csv")["Content-Type"] == "text/csv; charset=utf-8"
    assert answered(first, "a.html")["Content-Type"] == "text/plain; charset=utf-8"


def test_what_is_not_what_was_stored_is_not_served() -> None:
    gone = StoredFile(digest="0" * 64, size=1, media_type="text/plain", extension="txt")
    with pytest.raises(Http404):
        serving.respond(gone, "a.txt")
