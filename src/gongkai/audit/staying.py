"""Triggers that make a table append-only on both databases, for new migrations.

A migration that makes a table append-only has one operation:

    operations = [append_only("figures_snapshot", said="frozen figures stay", same=("id", "uid"))]

The statements depend on the arguments alone: what a landed migration made stays what it is, so this module may gain
functions and never changes what `append_only` makes. `audit/0002`, `audit/0003`, `files/0002`, `figures/0002` and those
of `review` came before it and keep their own statements.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
_SAID = re.compile(r"[A-Za-z ]+")


def append_only(table: str, *, said: str, same: Sequence[str]) -> migrations.RunPython:
    """An operation after which rows of a table are never changed, deleted or replaced; undone, they may be again.

    `said` is the message of the database. `same` are the unique columns: SQLite's INSERT OR REPLACE takes a row away
    without asking the DELETE trigger, so a row that repeats one of them is refused before. PostgreSQL's TRUNCATE is
    refused too. Raises `ValueError` for a name or message that would need quoting.
    """
    if not all(_NAME.fullmatch(name) for name in (table, *same)) or not _SAID.fullmatch(said) or not same:
        raise ValueError(f"{table!r}, {said!r} and {list(same)!r} must be plain names and words")
    repeats = " OR ".join(f"{column} = NEW.{column}" for column in same)
    stop = f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
    kept = f"SELECT 1 FROM {table} WHERE {repeats}"  # noqa: S608  # names that were just looked at
    made = {
        "sqlite": [
            *(
                f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} {stop}"
                for act in ("update", "delete")
            ),
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS ({kept}) {stop}",
        ],
        "postgresql": [
            f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{said}'; END $$",
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
        ],
    }
    undone = {
        "sqlite": [f"DROP TRIGGER {table}_no_{act}" for act in ("update", "delete", "replace")],
        "postgresql": [
            *(f"DROP TRIGGER {table}_no_{act} ON {table}" for act in ("change", "truncate")),
            f"DROP FUNCTION {table}_refuse()",
        ],
    }

    def forwards(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in made[editor.connection.vendor]:
            editor.execute(statement)

    def backwards(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in undone[editor.connection.vendor]:
            editor.execute(statement)

    return migrations.RunPython(forwards, backwards)
