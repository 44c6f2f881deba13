"""Databases for tests: migrated once, copied for each worker.

SQLite: `build/test-templates/<digest>.sqlite3`. PostgreSQL: a template database in the server that
`TESTS_DATABASE_URL` names, cloned by `CREATE DATABASE … TEMPLATE`. The digest covers every migration and the versions
of Django and the database, so a template is never stale.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import django
import psycopg
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "build" / "test-templates"
KEPT = 3  # templates of other branches that stay


def digest_of_migrations() -> str:
    """Tell one set of migrations and versions from another, in sixteen characters."""
    digest = hashlib.sha256(f"{django.__version__} {sqlite3.sqlite_version}".encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for file in sorted(Path(config.path, "migrations").glob("*.py")):
            digest.update(f"{config.label}/{file.name}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Let one process at a time in: workers start together and need the same template."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    with (TEMPLATES / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def use(name: str) -> None:
    """Point Django's connection at another database."""
    connection.close()
    connection.settings_dict["NAME"] = name


def migrate() -> None:
    """Apply every migration to the database in use."""
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()


def copied_sqlite(folder: Path) -> str:
    """Copy the template into a folder, making it first where it is missing; give the file's path."""
    template = TEMPLATES / f"{digest_of_migrations()}.sqlite3"
    with locked("sqlite"):
        if not template.exists():
            unfinished = template.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            use(str(unfinished))
            migrate()
            unfinished.rename(template)
            newest_first = sorted(TEMPLATES.glob("*.sqlite3"), key=lambda file: file.stat().st_mtime, reverse=True)
            for old in newest_first[KEPT:]:
                old.unlink()
    return str(shutil.copy(template, folder / "test.sqlite3"))


def maintenance() -> psycopg.Connection[tuple[Any, ...]]:
    """Connect to the server's maintenance database, where databases are made and dropped."""
    own = connection.settings_dict
    named = {"dbname": "postgres", "user": own["USER"], "password": own["PASSWORD"], "host": own["HOST"]}
    if own["PORT"]:
        named["port"] = own["PORT"]
    return psycopg.connect(autocommit=True, **{key: value for key, value in named.items() if value})


def cloned_postgresql(name: str) -> str:
    """Clone the template database under a name, making it first where it is missing; give the name."""
    template = f"gongkai_template_{digest_of_migrations()}"
    with locked("postgresql"), closing(maintenance()) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            unfinished = f"{template}_unfinished"
            drop(server, unfinished)
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
            use(unfinished)
            migrate()
            server.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(template))
            )
        clone(server, template, name)
    return name


@contextmanager
def separate(folder: Path, name: str) -> Iterator[None]:
    """Point Django at a migrated database of its own, thrown away afterwards: for tests that commit.

    `folder` is a temporary one, `name` tells the database from others on PostgreSQL. The caller lets Django use
    databases (`django_db_blocker.unblock()`).
    """
    before = connection.settings_dict["NAME"]
    own = f"gongkai_test_{name}_{os.getpid()}"
    use(copied_sqlite(folder) if connection.vendor == "sqlite" else cloned_postgresql(own))
    try:
        yield
    finally:
        use(before)
        if connection.vendor == "postgresql":
            with closing(maintenance()) as server:
                drop(server, own)


def clone(server: psycopg.Connection[tuple[Any, ...]], template: str, name: str) -> None:
    """Make a database as a copy of another to which nobody is connected."""
    drop(server, name)
    server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))


def drop(server: psycopg.Connection[tuple[Any, ...]], name: str) -> None:
    """Drop a database, and whoever is still connected to it."""
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
