"""The words of the texts, and a trigger by which they go with the documents when Django's flush empties those.

A later migration that alters search_document on SQLite makes the table anew, without its trigger: it must run
`create` again (a test says so).
"""

from django.db import migrations

SCOPES = ("public", "staff")

SQLITE = [
    *(
        f"CREATE VIRTUAL TABLE search_words_{scope} USING fts5(words, content='', columnsize=0, tokenize='ascii')"
        for scope in SCOPES
    ),
    "CREATE TRIGGER search_document_emptied AFTER DELETE ON search_document "
    "WHEN NOT EXISTS (SELECT 1 FROM search_document) BEGIN "
    "INSERT INTO search_words_public(search_words_public) VALUES ('delete-all'); "
    "INSERT INTO search_words_staff(search_words_staff) VALUES ('delete-all'); "
    "END",
]
SQLITE_BACK = [
    "DROP TRIGGER search_document_emptied",
    *(f"DROP TABLE search_words_{scope}" for scope in SCOPES),
]

POSTGRESQL = [
    *(
        statement
        for scope in SCOPES
        for statement in (
            f"CREATE TABLE search_words_{scope} (document_id bigint NOT NULL, piece integer NOT NULL, "
            "words tsvector NOT NULL, PRIMARY KEY (document_id, piece))",
            # In the row: to confirm a phrase, the words of each piece are read.
            f"ALTER TABLE search_words_{scope} ALTER COLUMN words SET STORAGE MAIN",
            f"CREATE INDEX search_words_{scope}_words ON search_words_{scope} USING gin (words)",
        )
    ),
    # Not compressed: hits are confirmed in it, thousands in a search.
    "ALTER TABLE search_document ALTER COLUMN folded SET STORAGE EXTERNAL",
    "CREATE FUNCTION search_document_emptied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    + " ".join(f"TRUNCATE search_words_{scope};" for scope in SCOPES)
    + " RETURN NULL; END $$",
    "CREATE TRIGGER search_document_emptied AFTER TRUNCATE ON search_document "
    "FOR EACH STATEMENT EXECUTE FUNCTION search_document_emptied()",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER search_document_emptied ON search_document",
    "DROP FUNCTION search_document_emptied()",
    *(f"DROP TABLE search_words_{scope}" for scope in SCOPES),
]


def create(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, None)


def drop(apps, schema_editor):
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
