"""Figures of one agency and year over a ledger of a busy city agency, beside the bare SQL, in one run."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable
from statistics import median
from typing import Any

ITEMS = 10_000  # a year; a county of forty agencies has about 20,000
ENQUIRIES = 20_000
YEAR = 2017
ROUNDS = 9


def run() -> None:
    """Fill a ledger of three years, compute one year, replay its statements alone."""
    from gongkai.agencies.models import Agency  # needs Django's settings
    from gongkai.figures.statutory import compute

    agency = Agency.objects.create(code="bench", name="示例测量机构", short_name="示例测量机构", is_sample=True)
    _fill(agency)
    statements = _noted(lambda: compute([agency], YEAR))
    whole = _median(lambda: compute([agency], YEAR))
    bare = _median(lambda: _replay(statements))
    rows = f"{ITEMS * 3:,} items, {ENQUIRIES * 3:,} enquiries"
    print(f"{'figures of one agency-year among ' + rows:<60} {whole * 1000:9.1f} ms")
    print(f"{'the same ' + str(len(statements)) + ' statements alone':<60} {bare * 1000:9.1f} ms")
    print(f"{'ratio (limit 3)':<60} {whole / bare:9.2f}")


def _fill(agency: Any) -> None:
    from django.utils import timezone

    from gongkai.enquiries.models import Enquiry
    from gongkai.publishing.models import Item, ItemChannel

    dice = random.Random(YEAR)  # noqa: S311 # days for a measurement, no secret
    at = timezone.now()

    def some_day() -> dt.date:
        return dt.date(YEAR - 1, 1, 1) + dt.timedelta(dice.randrange(1095))

    items = [
        Item(
            agency=agency,
            title=f"示例信息{number}",
            body="<p>示例</p>",
            state="published",
            written_on=day,
            published_on=day,
            published_on_source="示例",
            published_digest="0" * 64,
            entered_at=at,
            entered_as_history=True,
            index_number=f"bench-{number}",
            year=day.year,
            serial=number,
            is_normative=number % 50 == 0,
        )
        for number in range(ITEMS * 3)
        for day in [some_day()]
    ]
    Item.objects.bulk_create(items, batch_size=500)
    ItemChannel.objects.bulk_create(
        [ItemChannel(item=item, kind="website", on=item.published_on or item.written_on) for item in items],
        batch_size=500,
    )
    Enquiry.objects.bulk_create(
        [
            Enquiry(
                agency=agency,
                channel=dice.choice(("hotline", "petition", "mailbox", "wechat")),
                number=f"{number}",
                topic="示例主题",
                received_on=day,
                answered_on=day,
                entered_at=at,
            )
            for number in range(ENQUIRIES * 3)
            for day in [some_day()]
        ],
        batch_size=500,
    )


def _noted(work: Callable[[], object]) -> list[tuple[str, Any]]:
    """The statements that a piece of work asks."""
    from django.db import connection

    statements: list[tuple[str, Any]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        work()
    return statements


def _replay(statements: list[tuple[str, Any]]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
            cursor.fetchall()


def _median(work: Callable[[], object]) -> float:
    work()
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return median(times)
