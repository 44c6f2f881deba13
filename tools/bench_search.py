"""Search and public pages over many items, on SQLite and, where it is installed, on a throw-away PostgreSQL.

    python tools/bench_search.py [--items 100000] [--queries 200] [--only sqlite]

Prints, for each database: how long filling took; p50 and p95 of the search alone and of the whole search page, asked
with substrings taken from the texts; the share of documents found of those that a scan of all texts finds; views a
second of home, agency, list and item with the statements that each asks. Nothing is kept. docs/reference/benchmarks.md
says what the lines mean.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
AGENCIES = 40
YEARS = 10
SHOWN = 10_000  # the newest items, which pages show, have their text and its frozen copy; the others stand in the index
LONG, MIDDLE = 20, 1_000  # texts of over 50,000 and of 5,000 characters; the others have about 300
VIEWS = 60
BATCH = 1_000
SEED = 2017


def main() -> None:
    """Measure each database in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=100_000, help="items in the index (default 100,000)")
    parser.add_argument("--queries", type=int, default=200, help="queries of the search (default 200)")
    parser.add_argument("--only", choices=["sqlite", "postgresql"], help="one of the two databases")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        _measure(options.items, options.queries)
        return
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    from tools.run_tests import cluster, find_postgresql

    if options.only != "postgresql":
        print("SQLite", flush=True)
        _in_a_process("", options)
    if options.only == "sqlite":
        return
    programs = find_postgresql()
    if programs is None:
        print("PostgreSQL is not installed.")
        return
    with cluster(programs) as url:
        print("PostgreSQL", flush=True)
        _in_a_process(url, options)


def _in_a_process(database_url: str, options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
        environment |= {"GONGKAI_HOME": f"{folder}/home", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        environment["DJANGO_SETTINGS_MODULE"] = "gongkai.project.settings"
        environment["GONGKAI_HOSTS"] = "testserver"
        if database_url:
            environment["GONGKAI_DATABASE_URL"] = database_url
        numbers = ["--items", str(options.items), "--queries", str(options.queries)]
        subprocess.run([sys.executable, __file__, "--here", *numbers], env=environment, check=True)


def _measure(items: int, queries: int) -> None:
    import django
    from django.core.management import call_command

    from gongkai.project.home import current

    current().create()
    django.setup()
    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    texts = _fill(items)
    say(f"fill ledger and index with {items:,} items", time.perf_counter() - started)
    if os.environ.get("GONGKAI_DATABASE_URL"):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as autovacuum does after so many rows
    _searches(texts, queries)
    _views(items)


class Writer:
    """Invented texts of words of the trade with rare characters between them, the same on every run."""

    def __init__(self) -> None:
        from gongkai.portal.titles import WORDS

        self.dice = random.Random(SEED)  # noqa: S311 # texts for a measurement, no secret
        self.words = sorted(WORDS)

    def text(self, length: int) -> str:
        """A text of about a number of characters, in sentences."""
        parts: list[str] = []
        size = 0
        while size < length:
            word = self.dice.choice(self.words)
            if self.dice.random() < 0.15:
                word = chr(0x4E00 + self.dice.randrange(0x5200)) + chr(0x4E00 + self.dice.randrange(0x5200))
            elif self.dice.random() < 0.08:
                word = f"{self.dice.randrange(10_000)}户"
            parts.append(word + ("。" if self.dice.random() < 0.08 else ""))
            size += len(parts[-1])
        return "".join(parts)


def _fill(count: int) -> list[tuple[str, str]]:
    """Agencies, columns, items, copies of those that are shown, the index; gives uid and searched text of each."""
    from django.db import transaction
    from django.utils import timezone

    from gongkai.agencies.models import Agency
    from gongkai.publishing.content import OBJECT_KIND, content_of
    from gongkai.publishing.models import Column, Item
    from gongkai.review.content import freeze_many
    from gongkai.search import index

    writer, at = Writer(), timezone.now()
    agencies = [
        Agency.objects.create(code=f"bench-{n}", name=f"示例{n}局", short_name=f"示例{n}局") for n in range(AGENCIES)
    ]
    columns = [
        [Column.objects.create(agency=agency, code=f"c{n}", name=f"栏目{n}") for n in range(10)] for agency in agencies
    ]
    first = dt.date(2016, 1, 1)
    found: list[tuple[str, str]] = []
    for start in range(0, count, BATCH):
        items, members, entries = [], [], []
        for number in range(start, min(start + BATCH, count)):
            length = (
                55_000 if number % (count // LONG or 1) == 7 else 5_000 if number % (count // MIDDLE or 1) == 3 else 300
            )
            day = first + dt.timedelta(days=number * YEARS * 365 // count)
            agency = agencies[number % AGENCIES]
            title, text = f"关于{writer.text(18)}的通知", writer.text(length)
            item = Item(
                uid=uuid.UUID(int=number + 1),
                agency=agency,
                title=title,
                body=f"<p>{text}</p>" if number >= count - SHOWN else "",
                state="published",
                written_on=day,
                published_on=day,
                published_digest="0" * 64,
                entered_at=at,
                confirmed_at=at,
                entered_as_history=True,
                index_number=f"bench-{number}",
                year=day.year,
                serial=number + 1,
            )
            column = columns[number % AGENCIES][number // AGENCIES % 10]
            items.append(item)
            members.append((item, column))
            entries.append(
                index.Entry(
                    scope="public",
                    kind=OBJECT_KIND,
                    key=str(item.uid),
                    agency_code=agency.code,
                    title=title,
                    text=text,
                    on=day,
                    url=item.get_absolute_url(),
                    columns=(column.code,),
                )
            )
            found.append((str(item.uid), f"{title}\n{text}"))
        with transaction.atomic():
            Item.objects.bulk_create(items, batch_size=200)
            member = Item.columns.through
            member.objects.bulk_create(
                [member(item_id=item.pk, column_id=column.pk) for item, column in members], batch_size=500
            )
            index.put_many(entries)
    newest = list(Item.objects.order_by("-pk").prefetch_related("columns")[:SHOWN])
    for start in range(0, len(newest), BATCH):
        batch = newest[start : start + BATCH]
        contents = [content_of(item) for item in batch]
        freeze_many(contents)
        for item, content in zip(batch, contents, strict=True):
            item.published_digest = content.digest
        Item.objects.bulk_update(batch, ["published_digest"], batch_size=200)
    return found


def _searches(texts: list[tuple[str, str]], count: int) -> None:
    """Ask substrings of 2 to 20 characters, taken at any place of any text, and compare with a scan of all texts."""
    from django.test import Client

    from gongkai.search import index
    from gongkai.search.folding import fold

    dice = random.Random(SEED)  # noqa: S311 # places for a measurement, no secret
    folded = [(key, fold(text)) for key, text in texts]
    queries: list[str] = []
    while len(queries) < count:
        # Every tenth from a long text, where the pieces of the index meet.
        pool = [text for _key, text in folded if len(text) > 50_000] if len(queries) % 10 == 0 else None
        text = dice.choice(pool) if pool else folded[dice.randrange(len(folded))][1]
        length = dice.randint(2, 20)
        at = dice.randrange(max(len(text) - length, 1))
        part = text[at : at + length]
        if len(part) == length and not any(character.isspace() for character in part):
            queries.append(part)
    alone = [_timed(lambda query=query: index.search(query, scope="public")) for query in queries]  # type: ignore[misc]
    client = Client()
    pages = [_timed(lambda query=query: client.get("/search/", {"q": query})) for query in queries]  # type: ignore[misc]
    _percentiles("search", alone)
    _percentiles("search page", pages)
    expected = got = capped = 0
    for query in queries:
        wanted = [key for key, text in folded if query in text]
        if len(wanted) > index.CAP:
            wanted, capped = wanted[-index.CAP :], capped + 1  # the newest, which stand last
        hits = set(_all_hits(query))
        expected += len(wanted)
        got += len(hits & set(wanted))
    print(f"{'recall over ' + str(count) + ' queries, ' + f'{expected:,} documents':<60} {got / expected:9.4f}")
    print(f"{'of these queries with more hits than are counted':<60} {capped:9d}", flush=True)


def _all_hits(query: str) -> Iterator[str]:
    from gongkai.search import index

    number = pages = 1
    while number <= pages:
        page = index.search(query, scope="public", page=number, per_page=index.MOST_PER_PAGE)
        yield from (hit.key for hit in page.hits)
        number, pages = number + 1, page.pages


def _views(count: int) -> None:
    """Pages as Django renders them, in one process; a baked page is a file and costs none of this."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from gongkai.publishing.models import Item

    client = Client()
    items = [item.get_absolute_url() for item in Item.objects.select_related("agency").order_by("-pk")[:VIEWS]]
    addresses = {
        "home of 40 agencies": ["/"],
        "agency": ["/a/bench-1/"],
        "list": ["/a/bench-1/contents/all/page/1/", "/a/bench-1/c/c1/page/1/"],
        "item": items,
    }
    for name, pages in addresses.items():
        asked = 0
        for address in pages[:2]:
            with CaptureQueriesContext(connection) as statements:
                answer = client.get(address)
            if answer.status_code != 200:
                raise RuntimeError(f"{address} answers {answer.status_code}")
            asked = max(asked, len(statements))
        started = time.perf_counter()
        for number in range(VIEWS):
            client.get(pages[number % len(pages)])
        rate = VIEWS / (time.perf_counter() - started)
        print(f"{name + ', views a second':<60} {rate:9.1f}    {asked} statements", flush=True)


def _timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _percentiles(what: str, times: list[float]) -> None:
    cuts = statistics.quantiles(times, n=20)
    say(f"{what}, p50", statistics.median(times))
    say(f"{what}, p95", cuts[-1])


def say(what: str, seconds: float) -> None:
    """Print one line."""
    print(f"{what:<60} {seconds * 1000:9.1f} ms", flush=True)


if __name__ == "__main__":
    main()
