"""Gap-free numbers per agency, series and year."""

from __future__ import annotations

from django.db import connection

from gongkai.agencies.models import Agency, NumberCounter


def take(agency: Agency, series: str, year: int, count: int = 1) -> int:
    """Take `count` numbers in a row and return the first; 1 is the first ever.

    Works inside the transaction that uses them, so that a number is never lost and never given twice.
    Raises `RuntimeError` outside a transaction and `ValueError` for a count below 1.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a number is taken in the transaction that uses it")
    if count < 1:
        raise ValueError("count must be at least 1")
    NumberCounter.objects.bulk_create([NumberCounter(agency=agency, series=series, year=year)], ignore_conflicts=True)
    counter = NumberCounter.objects.select_for_update().get(agency=agency, series=series, year=year)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return first


def raise_to(agency: Agency, series: str, year: int, number: int) -> None:
    """Let the series go on above a number that came in from outside; a counter already there stays.

    Works inside the caller's transaction. Raises `RuntimeError` outside one.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a counter is raised in the transaction that takes the number over")
    NumberCounter.objects.bulk_create([NumberCounter(agency=agency, series=series, year=year)], ignore_conflicts=True)
    NumberCounter.objects.filter(agency=agency, series=series, year=year, last__lt=number).update(last=number)
