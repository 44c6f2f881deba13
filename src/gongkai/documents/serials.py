"""Numbers of a spreadsheet as text: whole numbers without an exponent, dates as dates."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


def is_date_format(code: str) -> bool:
    """Whether a number format shows a date or time."""
    bare = _QUOTED.sub("", code.partition(";")[0]).lower()
    return (
        "general" not in bare and bool(re.search(r"[ymdhs]", bare)) and not re.search(r"[0#?]", bare.replace(".0", ""))
    )


def plain_number(text: str) -> str:
    """Write a stored number as a reader takes it: 1.38E10 is 13800000000, 0.30000000000000004 is 0.3."""
    if text.isdigit():
        return text
    try:
        value = float(text)
    except ValueError:
        return text
    if value != value or value in (float("inf"), float("-inf")):
        return text
    # A spreadsheet keeps 15 digits; what a binary fraction adds to them was never typed.
    short = f"{value:.15g}"
    return f"{Decimal(short):f}" if abs(value) < 1e21 else short


def iso_date(text: str, from_1904: bool) -> str:
    """Write a serial date as 2017-12-31, with the time when there is one. What is no date stays a number."""
    try:
        serial = float(text)
        start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  a sheet knows no zone
        moment = start + timedelta(days=serial)
    except (ValueError, OverflowError):
        return plain_number(text)
    if serial < 1:
        return moment.strftime("%H:%M:%S")
    moment = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    return moment.strftime("%Y-%m-%d" if serial == int(serial) else "%Y-%m-%d %H:%M:%S")
