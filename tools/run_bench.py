"""Measure, on the sample district in a temporary home, and print; nothing is kept.

    python tools/run_bench.py [--rounds N]

docs/reference/benchmarks.md says what the lines mean.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parents[1]
YEAR = 2017
QUERIES = ("住房保障", "公共租赁住房", "征收补偿")


def main() -> None:
    """Build the sample, measure each thing, print one line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=50, help="runs of each measurement (default 50)")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        home = str(Path(folder) / "home")
        for name in [name for name in os.environ if name.startswith("GONGKAI_")]:
            del os.environ[name]  # neither another home nor another database
        os.environ |= {"GONGKAI_HOME": home, "DJANGO_SETTINGS_MODULE": "gongkai.project.settings"}
        os.environ["PYTHONPATH"] = str(ROOT / "src")
        started = time.perf_counter()
        command = [sys.executable, "-m", "gongkai", "demo", "--no-serve", "--json"]
        built = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        say("build the sample district", time.perf_counter() - started)
        sys.path.insert(0, str(ROOT / "src"))
        django.setup()
        measure_figures(built["agencies"][0]["code"], rounds)
        measure_search(rounds)


def measure_figures(code: str, rounds: int) -> None:
    """The statistics table of one agency and year, beside the same statements without the program around them."""
    from django.db import connection  # needs Django's settings

    from gongkai.agencies.models import Agency
    from gongkai.figures.tables import compute

    agency = Agency.objects.get(code=code)
    statements: list[tuple[str, Any]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append((sql, params))
        return execute(sql, params, many, context)

    def replay() -> None:
        with connection.cursor() as cursor:
            for sql, params in statements:
                cursor.execute(sql, params)
                cursor.fetchall()

    with connection.execute_wrapper(note):
        compute([agency], YEAR)
    whole, bare = median(lambda: compute([agency], YEAR), rounds), median(replay, rounds)
    say(f"figures of one agency and year, {len(statements)} statements", whole)
    say("the same statements alone", bare)
    print(f"{'ratio':<60} {whole / bare:9.1f}")


def measure_search(rounds: int) -> None:
    """A search of public text, as the search page asks it."""
    from gongkai.search.index import search  # needs Django's settings

    for query in QUERIES:
        found = search(query, scope="public")
        say(f"search 「{query}」, {found.total} hits", median(partial(search, query, scope="public"), rounds))


def median(work: Callable[[], object], rounds: int) -> float:
    """The median time of some runs, in seconds, after one that warms up."""
    work()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def say(what: str, seconds: float) -> None:
    """Print one line."""
    print(f"{what:<60} {seconds * 1000:9.1f} ms", flush=True)


if __name__ == "__main__":
    main()
