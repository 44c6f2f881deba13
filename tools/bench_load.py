"""Import of many items through the door for workbooks: items a second, and the most memory that it takes.

    python tools/bench_load.py [--items N]

Works in a process of its own with a sample home of its own. Called by tools/run_bench.py.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

Value = str | dt.date

ROOT = Path(__file__).resolve().parents[1]
ITEMS = 10_000
AGENCY = "sl-zfbz"
FIRST_DAY = dt.date(2018, 1, 2)
BODY = "为做好公共租赁住房的管理和服务，现将本期办理情况公布如下。\n" * 12


def main() -> None:
    """Build a sample, write a workbook, load it, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=ITEMS, help="rows of the workbook (default 10,000)")
    items = parser.parse_args().items
    sys.path[:0] = [str(ROOT / "src")]
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        for name in [name for name in os.environ if name.startswith("GONGKAI_")]:
            del os.environ[name]
        os.environ |= {"GONGKAI_HOME": str(Path(folder) / "home"), "DJANGO_SETTINGS_MODULE": "gongkai.project.settings"}
        os.environ["PYTHONPATH"] = str(ROOT / "src")
        command = [sys.executable, "-m", "gongkai", "demo", "--no-serve", "--json"]
        subprocess.run(command, capture_output=True, text=True, check=True)
        measure(Path(folder) / "items.xlsx", items)


def measure(path: Path, items: int) -> None:
    """Load a workbook of so many items and print what it took."""
    import django  # the home must be named before

    django.setup()
    from django.utils import timezone

    from gongkai.exchange.sheets import ITEMS as SHEET
    from gongkai.exchange.template import write_workbook
    from gongkai.exchange.workbook import load

    write_workbook(path, {SHEET.name: [[row.get(field.key) for field in SHEET.fields] for row in rows(items)]})
    before = peak()
    started = time.perf_counter()
    result = load(path, by=None, at=timezone.now())
    seconds = time.perf_counter() - started
    if not result.saved:
        raise SystemExit("\n".join(fault.sentence for fault in result.faults[:5]))
    print(f"{f'import {items} items from a workbook':44}{seconds:>10.1f} s  {items / seconds:>8.0f} items a second")
    print(f"{'most memory while importing':44}{peak():>10.0f} MB  {peak() - before:>8.0f} MB more than before")


def rows(items: int) -> Iterator[dict[str, Value]]:
    """Items of several years with a text of some 350 characters each."""
    for place in range(items):
        day = FIRST_DAY + dt.timedelta(days=place % 1400)
        yield {
            "agency": AGENCY,
            "title": f"公共租赁住房办理情况第{place + 1}号",
            "body": f"第{place + 1}号。{BODY}",
            "written_on": day,
            "published_on": day,
            "published_on_source": "网站页面",
            "columns": "住房保障",
            "website_on": day,
        }


def peak() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
