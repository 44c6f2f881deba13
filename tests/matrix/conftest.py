"""The forty agencies, built once for each worker in a database of its own, which is left with the folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests import databases
from tests.matrix.world import World, build


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The world of the matrix; tests read it and change nothing that another one asks for."""
    with django_db_blocker.unblock(), databases.separate(tmp_path_factory.mktemp("matrix"), "matrix"):
        yield build()
