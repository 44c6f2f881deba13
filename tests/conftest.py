"""Fixtures of all tests: the database, the cast, a running site, a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from tests import databases, servers
from tests.cast import Cast, make_cast
from tests.replay import Replayed

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A test that asks for one of these uses the database and runs on PostgreSQL too.
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "cast", "demo_home", "site"}
CHROMIUM = "/usr/bin/chromium"
replayed_cast = Replayed(make_cast)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses the database; `make test` runs those tests a second time on PostgreSQL."""
    for item in items:
        named = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("one_database"):
            continue
        if item.get_closest_marker("django_db") or named & DATABASE_FIXTURES:
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Give this worker a copy of the migrated template (in place of pytest-django's, which migrates each time)."""
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        if connection.vendor == "sqlite":
            databases.use(databases.copied_sqlite(tmp_path_factory.mktemp("database")))
        else:
            worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
            databases.use(databases.cloned_postgresql(f"gongkai_test_{worker}"))
    yield
    with django_db_blocker.unblock():
        used = connection.settings_dict["NAME"]
        databases.use(before)
        if connection.vendor == "postgresql":
            with closing(databases.maintenance()) as server:
                databases.drop(server, used)


@pytest.fixture
def cast(db: None) -> Cast:
    """The agencies and officers of `tests.cast`."""
    return replayed_cast()


@pytest.fixture(scope="session")
def demo_home(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> servers.Demo:
    """The home of the sample district, built once for all workers; read it, copy it, do not change it."""
    base = tmp_path_factory.getbasetemp()
    return servers.build_demo(base.parent if hasattr(request.config, "workerinput") else base)


@pytest.fixture(scope="module")
def sample_database(
    demo_home: servers.Demo,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Work in a copy of the sample district's database for the tests of a module; each is rolled back as ever."""
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        if demo_home.database:
            name = f"{demo_home.database}_read_{os.getpid()}"
            with closing(databases.maintenance()) as server:
                databases.clone(server, demo_home.database, name)
        else:
            name = str(shutil.copy(demo_home.home / "db.sqlite3", tmp_path_factory.mktemp("sample")))
        databases.use(name)
    yield
    with django_db_blocker.unblock():
        databases.use(before)
        if demo_home.database:
            with closing(databases.maintenance()) as server:
                databases.drop(server, name)


@pytest.fixture
def district(sample_database: None, demo_home: servers.Demo, db: None) -> servers.Demo:
    """The sample district in the test's database, as `gongkai demo` built it today."""
    return demo_home


@pytest.fixture
def site(demo_home: servers.Demo, tmp_path: Path) -> Iterator[servers.Site]:
    """A server of a fresh copy of the sample district."""
    with servers.serving(demo_home, tmp_path) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window; a context is made per person, so that each signs in alone."""
    if not Path(CHROMIUM).exists():
        pytest.skip("tool: Chromium is not installed")
    from playwright.sync_api import expect, sync_playwright  # half a second that other tests need not spend

    expect.set_options(timeout=20_000)  # a machine that runs other tests beside is slow
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, on which Django would refuse its (synchronous) database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--lang=zh-CN"],
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def chinese_fonts() -> None:
    """Ask for fonts that hold Chinese characters: without them a screenshot shows boxes."""
    tool = shutil.which("fc-list")
    listed = subprocess.run([tool, ":lang=zh-cn", "family"], capture_output=True, text=True) if tool else None
    if listed is None or not listed.stdout.strip():
        pytest.skip("tool: Chinese fonts (fonts-noto-cjk) are not installed")
