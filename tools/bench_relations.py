"""Measure the check of a full 2021 table; `tools/run_bench.py` calls `measure`, or run it alone.

PYTHONPATH=src python tools/bench_relations.py
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

LIMIT = 0.001  # seconds for a whole table, by the issue on the law


def measure(rounds: int = 50) -> None:
    """Print the median time of a check: a table in order, with last year's, and with one wrong cell."""
    from gongkai.rules.indicators import table
    from gongkai.rules.relations import check

    form = table("2021")
    right = _consistent(form.part("requests"))
    values = {each.code: 0 for each in form.values} | right
    before = {each.code: 0 for each in form.values}
    wrong = values | {"requests.3.4.1.natural_person": 1}
    for what, work in {
        "check a full 2021 table, 200 cells": lambda: check(values, "2021"),
        "the same with last year's table": lambda: check(values, "2021", before),
        "the same with one wrong cell, suspects named": lambda: check(wrong, "2021"),
    }.items():
        seconds = _median(work, rounds)
        print(f"{what:<60} {seconds * 1000:9.3f} ms{'' if seconds < LIMIT else '  slower than 1 ms'}", flush=True)


def _consistent(part: object) -> dict[str, int]:
    """A request table in which each applicant's column holds one request, granted in the year."""
    from gongkai.rules.indicators import Part

    assert isinstance(part, Part)  # noqa: S101  narrows the type for the checker
    return {
        part.cell(row, column.key): 6 if column.key == "total" else 1
        for row in ("1", "3.1", "3.7")
        for column in part.columns
    }


def _median(work: Callable[[], object], rounds: int) -> float:
    work()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


if __name__ == "__main__":
    measure()
