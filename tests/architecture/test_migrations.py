"""Migrations: complete, linear, named."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

OURS = sorted(config.label for config in apps.get_app_configs() if config.name.startswith("gongkai."))
NAME = re.compile(r"\d{4}_[a-z][a-z0-9_]+")
AUTOMATIC = re.compile(r"_auto_\d|_and_more$|_more$")


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    """All migrations on disk, without a database."""
    return MigrationLoader(None, ignore_no_migrations=True)


def test_no_migration_is_missing(db, capsys):
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail(f"models and migrations differ; run makemigrations:\n{capsys.readouterr().out}")


@pytest.mark.parametrize("label", OURS)
def test_migrations_are_linear_and_named(loader, label):
    names = sorted(name for app, name in loader.disk_migrations if app == label)
    for number, name in enumerate(names, start=1):
        assert NAME.fullmatch(name), f"{name} needs a name"
        assert not AUTOMATIC.search(name), f"{name} says nothing; name it after what it does"
        assert int(name[:4]) == number, f"{name} should be number {number}"
        before = {parent for app, parent in loader.disk_migrations[label, name].dependencies if app == label}
        assert before == ({names[number - 2]} if number > 1 else set()), f"{name} does not follow its predecessor"


@pytest.mark.parametrize("label", OURS)
def test_migrations_depend_on_lower_packages_alone(loader, label):
    from tests.architecture.test_levels import levels

    known = levels()
    for (app, name), migration in loader.disk_migrations.items():
        if app != label:
            continue
        for other, _ in migration.dependencies:
            if other in OURS and other != label:
                assert known[other] > known[label], f"{label} {name} waits for {other}, which is not below it"
