"""Triggers on both databases refuse to change or delete the record of a stored file.

SQLite's INSERT OR REPLACE takes a row away without asking the DELETE trigger, so it is refused as well; so is a second
record of the same hash, which `storage.store` takes as a sign that another process was first.
"""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = [
    *(
        f"""CREATE TRIGGER files_storedfile_no_{act.lower()} BEFORE {act} ON files_storedfile
            BEGIN SELECT RAISE(ABORT, 'stored files stay'); END"""
        for act in ("UPDATE", "DELETE")
    ),
    """CREATE TRIGGER files_storedfile_no_replace BEFORE INSERT ON files_storedfile
       WHEN EXISTS (SELECT 1 FROM files_storedfile WHERE digest = NEW.digest)
       BEGIN SELECT RAISE(ABORT, 'stored files stay'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION files_refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'stored files stay'; END $$""",
    """CREATE TRIGGER files_storedfile_no_change BEFORE UPDATE OR DELETE ON files_storedfile
       FOR EACH ROW EXECUTE FUNCTION files_refuse()""",
    """CREATE TRIGGER files_storedfile_no_truncate BEFORE TRUNCATE ON files_storedfile
       FOR EACH STATEMENT EXECUTE FUNCTION files_refuse()""",
]
UNDO = {
    "sqlite": [f"DROP TRIGGER files_storedfile_no_{act}" for act in ("update", "delete", "replace")],
    "postgresql": [
        *(f"DROP TRIGGER files_storedfile_no_{act} ON files_storedfile" for act in ("change", "truncate")),
        "DROP FUNCTION files_refuse()",
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
    """Make records of stored files append-only."""

    dependencies = [("files", "0001_stored_files")]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]
