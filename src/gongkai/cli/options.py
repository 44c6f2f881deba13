"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from gongkai.rules.years import FIRST_YEAR

Command = TypeVar("Command", bound=Callable[..., Any])
LAST_YEAR = 2100


def agency_option(function: Command) -> Command:
    """`--agency CODE`, required."""
    return click.option("--agency", "agency_code", required=True, metavar="代码", help="机构代码")(function)


def year_option(function: Command) -> Command:
    """`--year Y`, required."""
    return click.option(
        "--year", required=True, type=click.IntRange(FIRST_YEAR, LAST_YEAR), metavar="年度", help="年度，例如 2017"
    )(function)


def json_option(function: Command) -> Command:
    """`--json`: the answer for a program."""
    return click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")(function)
