"""Opinions and the copies they were given on stay as they are, whoever writes to the database."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.review.content import Content, freeze, freeze_many, read_copies
from gongkai.review.models import FrozenCopy, Opinion
from tests.cast import Cast
from tests.publishing.rows import prepare, submitted

CONTENT = Content(kind="sample", title="名称", body="<p>正文</p>", metadata={})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE review_frozencopy SET canonical = '{}'",
        "DELETE FROM review_frozencopy",
        "UPDATE review_opinion SET text = 'x'",
        "DELETE FROM review_opinion",
    ],
)
def test_the_database_refuses_to_change_or_delete(cast: Cast, statement: str) -> None:
    submitted(cast, prepare(cast))
    before = list(Opinion.objects.values()), list(FrozenCopy.objects.values())
    with pytest.raises(DatabaseError, match="stay"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert (list(Opinion.objects.values()), list(FrozenCopy.objects.values())) == before


@pytest.mark.one_database
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only on SQLite")
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO review_frozencopy SELECT digest, '{}', created_at FROM review_frozencopy",
        "INSERT OR REPLACE INTO review_opinion SELECT * FROM review_opinion",
    ],
)
def test_sqlite_refuses_to_replace(cast: Cast, statement: str) -> None:
    submitted(cast, prepare(cast))
    with pytest.raises(DatabaseError, match="stay"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_the_same_content_is_kept_once() -> None:
    freeze(CONTENT)
    freeze_many([CONTENT, CONTENT])
    assert freeze(CONTENT) == FrozenCopy.objects.get()


@pytest.mark.django_db
def test_read_copies_leaves_out_what_is_missing_or_not_what_was_frozen(caplog: pytest.LogCaptureFixture) -> None:
    copy = freeze(CONTENT)
    forged = FrozenCopy.objects.create(digest="f" * 64, canonical=CONTENT.canonical)
    assert read_copies([copy.digest, forged.digest, "0" * 64, ""]) == {copy.digest: CONTENT}
    assert "not what was frozen" in caplog.text
    assert "missing" in caplog.text
