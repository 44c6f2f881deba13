"""Triggers on both databases refuse to change or delete a frozen copy or an opinion.

SQLite's INSERT OR REPLACE takes a row away without asking the DELETE trigger, so it is refused as well; the same copy
put in once more ("or ignore") is none of that.
"""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("review_frozencopy", "review_opinion")
SQLITE = [
    f"""CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}
        BEGIN SELECT RAISE(ABORT, 'opinions and what they were given on stay'); END"""
    for table in TABLES
    for act in ("UPDATE", "DELETE")
] + [
    """CREATE TRIGGER review_frozencopy_no_replace BEFORE INSERT ON review_frozencopy
       WHEN EXISTS (SELECT 1 FROM review_frozencopy WHERE digest = NEW.digest AND canonical <> NEW.canonical)
       BEGIN SELECT RAISE(ABORT, 'opinions and what they were given on stay'); END""",
    """CREATE TRIGGER review_opinion_no_replace BEFORE INSERT ON review_opinion
       WHEN EXISTS (SELECT 1 FROM review_opinion WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'opinions and what they were given on stay'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION review_refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'opinions and what they were given on stay'; END $$""",
    *(
        f"""CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION review_refuse()"""
        for table in TABLES
    ),
    *(
        f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION review_refuse()"""
        for table in TABLES
    ),
]
UNDO = {
    "sqlite": [f"DROP TRIGGER {table}_no_{act}" for table in TABLES for act in ("update", "delete", "replace")],
    "postgresql": [
        *(f"DROP TRIGGER {table}_no_{act} ON {table}" for table in TABLES for act in ("change", "truncate")),
        "DROP FUNCTION review_refuse()",
    ],
}


def refuse_changes(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of the database in use."""
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


def allow_changes(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop them again."""
    for statement in UNDO[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Make frozen copies and opinions append-only."""

    dependencies = [("review", "0002_recalled")]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]
