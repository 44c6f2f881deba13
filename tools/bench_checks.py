"""Measure proof-reading: one report of each file type, and two hundred together.

    python tools/bench_checks.py [--quick]

The reports are those of the tests (tests/proofing/corpus.py). docs/reference/benchmarks.md says what the lines mean.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
KINDS = ("docx", "html", "page", "txt", "xlsx", "pdf")
MANY = 200


def main() -> None:
    """Measure and print one line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of the reports")
    run(10 if parser.parse_args().quick else 1)


def run(scale: int = 1) -> None:
    """Measure; `scale` divides the number of reports."""
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    corpus: Any = import_module("tests.proofing.corpus")  # by name: the tests are not checked for types
    rendering: Any = import_module("tests.proofing.rendering")
    from gongkai.proofing.batch import check_files, collect

    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as name:
        folder = Path(name)
        for kind in KINDS:
            path = rendering.write(corpus.draft_2021(long=True), kind, folder, kind)
            check_files([path])
            started = time.perf_counter()
            check_files([path])
            say(f"check one report ({kind})", time.perf_counter() - started)
        many = folder / "many"
        many.mkdir()
        makers = (corpus.draft_2014, corpus.draft_2019, corpus.draft_2021)
        count = MANY // scale
        for at in range(count):
            rendering.write(makers[at % 3](long=at % 2 == 0), KINDS[at % 5], many, f"r{at:03}")
        started = time.perf_counter()
        check_files(collect([many]).found, together=True)
        say(f"check {count} reports together", time.perf_counter() - started)
        peak = (
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        )
        print(f"{'memory of the largest two processes':44} {peak / 1024:8.0f} MB")


def say(what: str, seconds: float) -> None:
    """Print one line."""
    print(f"{what:44} {seconds:8.3f} s")


if __name__ == "__main__":
    main()
