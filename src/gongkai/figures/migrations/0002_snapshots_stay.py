"""Triggers on both databases refuse to change or delete frozen figures.

SQLite's INSERT OR REPLACE takes a row away without asking the DELETE trigger, so it is refused as well.
"""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SAID = "frozen figures stay"
SQLITE = [
    *(
        f"""CREATE TRIGGER figures_snapshot_no_{act.lower()} BEFORE {act} ON figures_snapshot
            BEGIN SELECT RAISE(ABORT, '{SAID}'); END"""
        for act in ("UPDATE", "DELETE")
    ),
    """CREATE TRIGGER figures_snapshot_no_replace BEFORE INSERT ON figures_snapshot
        WHEN EXISTS (SELECT 1 FROM figures_snapshot WHERE id = NEW.id OR uid = NEW.uid
                     OR (agency_id = NEW.agency_id AND year = NEW.year AND number = NEW.number))
        BEGIN SELECT RAISE(ABORT, 'frozen figures stay'); END""",
]
POSTGRESQL = [
    f"""CREATE FUNCTION figures_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{SAID}'; END $$""",
    """CREATE TRIGGER figures_snapshot_no_change BEFORE UPDATE OR DELETE ON figures_snapshot
       FOR EACH ROW EXECUTE FUNCTION figures_refuse()""",
    """CREATE TRIGGER figures_snapshot_no_truncate BEFORE TRUNCATE ON figures_snapshot
       FOR EACH STATEMENT EXECUTE FUNCTION figures_refuse()""",
]
UNDO = {
    "sqlite": [f"DROP TRIGGER figures_snapshot_no_{act}" for act in ("update", "delete", "replace")],
    "postgresql": [
        *(f"DROP TRIGGER figures_snapshot_no_{act} ON figures_snapshot" for act in ("change", "truncate")),
        "DROP FUNCTION figures_refuse()",
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
    """Make frozen figures append-only."""

    dependencies = [("figures", "0001_initial")]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]
