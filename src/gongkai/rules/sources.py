"""Reading of the package's own data files, cited law and nothing else."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"


def read_toml(path: str) -> dict[str, Any]:
    """Return the contents of a TOML file named by its path under `rules/data`."""
    return tomllib.loads(_DATA.joinpath(path).read_text(encoding="utf-8"))


def read_toml_folder(path: str) -> Iterator[dict[str, Any]]:
    """Yield the contents of every TOML file in a folder under `rules/data`, in order of their names."""
    for entry in sorted(_DATA.joinpath(path).glob("*.toml")):
        yield tomllib.loads(entry.read_text(encoding="utf-8"))


def read_csv(path: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file with a heading line, named by its path under `rules/data`."""
    return list(csv.DictReader(_DATA.joinpath(path).read_text(encoding="utf-8").splitlines()))
