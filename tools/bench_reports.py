"""An annual report over a busy ledger: drafting, each of its files, and what freezing a year costs.

Runs after `bench_figures.run`, on the agency and the ledger of three years that it made.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

ROUNDS = 5


def run() -> None:
    """Draft, render, freeze; the median of a few rounds each."""
    from gongkai.agencies.models import Agency  # needs Django's settings
    from gongkai.figures import snapshots
    from gongkai.reports.drafting import draft
    from gongkai.reports.layouts import NAMES, render_one
    from tools.bench_figures import YEAR

    agency = Agency.objects.get(code="bench")
    _say("draft an annual report", lambda: draft(agency, YEAR))
    report = draft(agency, YEAR)
    for name in NAMES:
        kind = name.rpartition(".")[2]
        _say(f"write it as {kind}", lambda kind=kind: render_one(report, kind))  # type: ignore[misc]
    _say("figures, record ids and hash of a year to freeze", lambda: snapshots.canonical(agency, YEAR))


def _say(what: str, act: Callable[[], object]) -> None:
    act()  # what is loaded once is loaded
    taken = []
    for _round in range(ROUNDS):
        started = time.perf_counter()
        act()
        taken.append(time.perf_counter() - started)
    print(f"{what:<60} {median(taken) * 1000:9.1f} ms")
