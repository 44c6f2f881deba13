"""`gongkai fee`: the information-processing fee and the former cost fees, with their explanation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from gongkai.cli import chinese, output
from gongkai.cli.errors import CommandError
from gongkai.cli.options import Command, json_option

if TYPE_CHECKING:
    from gongkai.rules.fees import Fee

_RANGE = re.compile(r"(\d{1,7})(?:\.\.(\d{1,7}))?")


def _on_option(function: Command) -> Command:
    return click.option(
        "--on", type=click.DateTime(["%Y-%m-%d"]), metavar="日期", help="收费通知的日期，不写则按现行规定"
    )(function)


def _waived_option(function: Command) -> Command:
    return click.option("--waived", is_flag=True, help="可以收取而决定不收取")(function)


@click.group(cls=chinese.Group, help="计算政府信息公开的收费，先输出金额（元），再输出算法。")
def fee() -> None:
    """Hold the ways of charging together."""


@fee.command(help="按件计收信息处理费：同一申请人一个自然月内的件数。")
@click.argument("count", metavar="[件数]", type=click.IntRange(0, 100_000), required=False)
@click.option("--nth", metavar="起..止", help="只算当月第几件至第几件，如 11..35，或者单独一件，如 31")
@_on_option
@_waived_option
@json_option
def items(count: int | None, nth: str | None, on: dt.datetime | None, waived: bool, as_json: bool) -> None:
    """Charge by item, a month or single requests of it."""
    from gongkai.rules.fees import by_items

    if (count is None) == (nth is None):
        raise CommandError("请写一个月的件数，或者用 --nth 写第几件至第几件，只写一种。")
    first, last = _range(nth) if nth is not None else (1, count or 0)
    _answer(lambda: by_items(last, first=first, on=_day(on), is_waived=waived), as_json)


@fee.command(help="按量计收信息处理费：一件申请的页数，A4以下一面为一页。")
@click.argument("count", metavar="页数", type=click.IntRange(0, 100_000))
@click.option("--public", "is_public", is_flag=True, help="所需信息已经公开")
@_on_option
@_waived_option
@json_option
def pages(count: int, is_public: bool, on: dt.datetime | None, waived: bool, as_json: bool) -> None:
    """Charge by volume."""
    from gongkai.rules.fees import by_pages

    _answer(lambda: by_pages(count, on=_day(on), is_waived=waived, is_public=is_public), as_json)


@fee.command(help="2017年3月31日以前的检索、复制、邮寄费；此后不再收取。")
@click.option("--on", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="日期", help="收费的日期")
@click.option(
    "--count",
    "counts",
    multiple=True,
    required=True,
    metavar="项目=数量",
    help="项目有 search、a4、a3、a4_colour、a3_colour、disk、post，可以写多次",
)
@click.option(
    "--rate", "rates", multiple=True, metavar="项目=元", help="当地标准，可以写多次；不写则用福建省2008年标准"
)
@click.option(
    "--waiver", default="", metavar="情形", help="免收情形：rural_support、minimum_living、preferential、hardship"
)
@json_option
def cost(on: dt.datetime, counts: tuple[str, ...], rates: tuple[str, ...], waiver: str, as_json: bool) -> None:
    """Charge the cost of search, copy and post under Order 492."""
    from decimal import Decimal

    from gongkai.rules.fees import cost_fees, number

    def pairs(texts: tuple[str, ...]) -> dict[str, Decimal]:
        found: dict[str, Decimal] = {}
        for text in texts:
            name, sign, value = text.partition("=")
            if not sign or name in found:
                raise CommandError(f"「{text}」应写作 项目=数，每个项目写一次，例如 a4=10。")
            found[name] = number(value)
        return found

    _answer(lambda: cost_fees(pairs(counts), on.date(), rates=pairs(rates) or "fujian-2008", waiver=waiver), as_json)


def _day(on: dt.datetime | None) -> dt.date | None:
    return None if on is None else on.date()


def _range(text: str) -> tuple[int, int]:
    found = _RANGE.fullmatch(text)
    if found is None:
        raise CommandError(f"「{text}」应写作第几件至第几件，例如 11..35。")
    return int(found[1]), int(found[2] or found[1])


def _answer(compute: Callable[[], Fee], as_json: bool) -> None:
    """Print a fee: the sum as plain digits first, then how it comes about."""
    from gongkai.rules.errors import RulesError
    from gongkai.rules.fees import plain

    try:
        found = compute()
    except RulesError as error:
        raise CommandError(str(error)) from error
    if as_json:
        amount = float(plain(found.amount))
        output.answer_json(
            {
                "amount": int(amount) if amount == int(amount) else amount,
                "unit": "元",
                "steps": list(found.steps),
                "basis": list(found.basis),
            }
        )
        return
    output.answer(plain(found.amount))
    for sentence in found.steps:
        output.answer(sentence)
    output.answer(f"依据：{'；'.join(found.basis)}")
