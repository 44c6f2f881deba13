"""Measure, on the sample district in a temporary home, and print; nothing is kept.

    python tools/run_bench.py [--rounds N] [--quick]

docs/reference/benchmarks.md says what the lines mean.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
QUERIES = ("住房保障", "公共租赁住房", "征收补偿")


def main() -> None:
    """Build the sample, measure each thing, print one line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=50, help="runs of each measurement (default 50)")
    parser.add_argument("--quick", action="store_true", help="search over a tenth of the items")
    options = parser.parse_args()
    rounds = options.rounds
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        home = str(Path(folder) / "home")
        for name in [name for name in os.environ if name.startswith("GONGKAI_")]:
            del os.environ[name]  # neither another home nor another database
        os.environ |= {"GONGKAI_HOME": home, "DJANGO_SETTINGS_MODULE": "gongkai.project.settings"}
        os.environ["PYTHONPATH"] = str(ROOT / "src")
        started = time.perf_counter()
        command = [sys.executable, "-m", "gongkai", "demo", "--no-serve", "--json"]
        subprocess.run(command, capture_output=True, text=True, check=True)
        say("build the sample district", time.perf_counter() - started)
        sys.path[:0] = [str(ROOT), str(ROOT / "src")]
        django.setup()
        measure_search(rounds)
        from tools import bench_figures, bench_reports  # needs the repository on the path and Django's settings

        bench_figures.run()
        bench_reports.run()
    from tools import bench_relations, bench_rules, bench_screening

    bench_rules.run()
    bench_relations.measure(rounds)
    bench_screening.run()
    # In processes of their own: the most memory that one held says nothing of what came before.
    for name in ("bench_checks.py", "bench_load.py"):
        subprocess.run([sys.executable, str(ROOT / "tools" / name)], check=True)
    items = "10000" if options.quick else "100000"
    subprocess.run([sys.executable, str(ROOT / "tools" / "bench_search.py"), "--items", items], check=True)


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
