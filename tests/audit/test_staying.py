"""Tables that a migration made append-only refuse to change, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from gongkai.audit.staying import append_only

pytestmark = pytest.mark.django_db
OPERATION = append_only("audit_staying_sample", said="samples stay", same=("id", "uid"))


@pytest.fixture
def table() -> Iterator[None]:
    editor = connection.SchemaEditorClass(connection)  # not entered: it would end the transaction of the test
    editor.execute("CREATE TABLE audit_staying_sample (id integer PRIMARY KEY, uid integer UNIQUE)")
    OPERATION.code(apps, editor)
    editor.execute("INSERT INTO audit_staying_sample VALUES (1, 10)")
    yield
    OPERATION.reverse_code(apps, editor)
    editor.execute("DELETE FROM audit_staying_sample")  # may be again
    editor.execute("DROP TABLE audit_staying_sample")


STATEMENTS = [
    "UPDATE audit_staying_sample SET uid = 11",
    "DELETE FROM audit_staying_sample",
    "INSERT INTO audit_staying_sample VALUES (2, 10)",
]


def statements() -> list[str]:
    own = {
        "sqlite": ["INSERT OR REPLACE INTO audit_staying_sample VALUES (1, 12)"],
        "postgresql": ["TRUNCATE audit_staying_sample"],
    }
    return STATEMENTS + own[connection.vendor]


def test_append_only_refuses_every_way_to_take_a_row_away(table: None) -> None:
    for statement in statements():
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_staying_sample VALUES (2, 20)")
        cursor.execute("SELECT id, uid FROM audit_staying_sample ORDER BY id")
        assert cursor.fetchall() == [(1, 10), (2, 20)]


def test_append_only_takes_nothing_that_would_need_quoting() -> None:
    for table, said, same in (("a b", "stays", ("id",)), ("a", "it's", ("id",)), ("a", "stays", ())):
        with pytest.raises(ValueError, match="plain names"):
            append_only(table, said=said, same=same)
