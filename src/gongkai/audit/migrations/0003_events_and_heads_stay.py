"""Triggers against what the first ones let through.

SQLite's INSERT OR REPLACE takes a row away without asking the DELETE trigger: an event whose key is taken is refused.
A head is never deleted, and never moved back, on either database; or a cut chain would look whole.
"""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = [
    """CREATE TRIGGER audit_event_no_replace BEFORE INSERT ON audit_event
       WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id)
         OR EXISTS (SELECT 1 FROM audit_event WHERE uid = NEW.uid)
         OR EXISTS (SELECT 1 FROM audit_event WHERE object_kind = NEW.object_kind
                    AND object_key = NEW.object_key AND sequence = NEW.sequence)
       BEGIN SELECT RAISE(ABORT, 'events are append-only'); END""",
    # Passed over, not refused: the first event of an object inserts its head "or ignore".
    """CREATE TRIGGER audit_chainhead_no_replace BEFORE INSERT ON audit_chainhead
       WHEN EXISTS (SELECT 1 FROM audit_chainhead WHERE id = NEW.id)
         OR EXISTS (SELECT 1 FROM audit_chainhead WHERE object_kind = NEW.object_kind AND object_key = NEW.object_key)
       BEGIN SELECT RAISE(IGNORE); END""",
    """CREATE TRIGGER audit_chainhead_no_delete BEFORE DELETE ON audit_chainhead
       BEGIN SELECT RAISE(ABORT, 'heads of chains stay'); END""",
    """CREATE TRIGGER audit_chainhead_no_return BEFORE UPDATE ON audit_chainhead
       WHEN NEW.length < OLD.length OR NEW.id <> OLD.id OR NEW.object_kind <> OLD.object_kind
         OR NEW.object_key <> OLD.object_key
       BEGIN SELECT RAISE(ABORT, 'heads of chains stay'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION audit_chainhead_refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'heads of chains stay'; END $$""",
    """CREATE TRIGGER audit_chainhead_no_delete BEFORE DELETE ON audit_chainhead
       FOR EACH ROW EXECUTE FUNCTION audit_chainhead_refuse()""",
    """CREATE TRIGGER audit_chainhead_no_truncate BEFORE TRUNCATE ON audit_chainhead
       FOR EACH STATEMENT EXECUTE FUNCTION audit_chainhead_refuse()""",
    """CREATE TRIGGER audit_chainhead_no_return BEFORE UPDATE ON audit_chainhead FOR EACH ROW
       WHEN (NEW.length < OLD.length OR NEW.id <> OLD.id OR NEW.object_kind <> OLD.object_kind
             OR NEW.object_key <> OLD.object_key)
       EXECUTE FUNCTION audit_chainhead_refuse()""",
]
UNDO = {
    "sqlite": [
        "DROP TRIGGER audit_event_no_replace",
        "DROP TRIGGER audit_chainhead_no_replace",
        "DROP TRIGGER audit_chainhead_no_delete",
        "DROP TRIGGER audit_chainhead_no_return",
    ],
    "postgresql": [
        "DROP TRIGGER audit_chainhead_no_delete ON audit_chainhead",
        "DROP TRIGGER audit_chainhead_no_truncate ON audit_chainhead",
        "DROP TRIGGER audit_chainhead_no_return ON audit_chainhead",
        "DROP FUNCTION audit_chainhead_refuse()",
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
    """Keep events from being replaced and heads from being lost."""

    dependencies = [("audit", "0002_events_are_append_only")]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]
