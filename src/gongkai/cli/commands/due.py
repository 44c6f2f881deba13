"""`gongkai due`: when a limit ends, and why."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import click

from gongkai.cli import chinese, output
from gongkai.cli.errors import CommandError
from gongkai.cli.options import json_option

if TYPE_CHECKING:
    from gongkai.rules.clock import Change, Deadline

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


@click.command(
    cls=chinese.Command,
    help="计算一项期限何时届满，逐日说明哪一天计入、为什么，并列出依据和所用的设置。RULE 是规则编号，例如 Q-11。",
)
@click.argument("rule", required=False, metavar="[RULE]")
@click.option("--from", "start", metavar="日期[T时:分]", help="起算之日；按小时计的期限写明时刻，例如 2025-05-01T22:30")
@click.option(
    "--regime",
    type=click.Choice(["492", "711", "auto"]),
    default="auto",
    metavar="版本",
    help="条例版本 492、711 或 auto（按收到之日），只用于依申请公开的规则，默认 auto",
)
@click.option("--variant", default="", metavar="情形", help="情形，例如 simplified；用 --list 查看")
@click.option("--as-known-on", "known_on", metavar="日期", help="只用这一天以前公布的放假通知")
@click.option("--exclude", "exclusions", multiple=True, metavar="A..B", help="扣除 A 之后至 B（含）的日子，可以写几次")
@click.option("--restart", "restarts", multiple=True, metavar="日期", help="自这一天重新起算，这一天为第0日")
@click.option(
    "--extend",
    "extensions",
    multiple=True,
    is_flag=False,
    flag_value="",
    metavar="[告知日期]",
    help="延长一次；写明告知日期的，核对告知是否在基本期限内",
)
@click.option("--list", "as_list", is_flag=True, help="列出全部规则和情形")
@json_option
def due(
    rule: str | None,
    start: str | None,
    regime: str,
    variant: str,
    known_on: str | None,
    exclusions: tuple[str, ...],
    restarts: tuple[str, ...],
    extensions: tuple[str, ...],
    as_list: bool,
    as_json: bool,
) -> None:
    """Print the day, then the steps; or the list of rules."""
    if as_list:
        _list(as_json)
        return
    if rule is None:
        raise CommandError("请写明规则编号，例如 gongkai due Q-11 --from 2025-03-03；全部编号见 gongkai due --list。")
    from gongkai.rules import clock
    from gongkai.rules.calendar import Calendar
    from gongkai.rules.deadlines import find
    from gongkai.rules.errors import RulesError
    from gongkai.rules.legal_settings import Settings

    try:
        found = find(rule)
        if start is None:
            raise CommandError(f"请用 --from 写明起算之日，{rule}自{found.starts or '事件当日'}起算。")
        facts = clock.Facts(
            _start("--from", start),
            (
                *_exclusions(exclusions),
                *(clock.Restart(_date("--restart", each)) for each in restarts),
                *(clock.Extension(_date("--extend", each) if each else None) for each in extensions),
            ),
        )
        calendar = Calendar.standard(_date("--as-known-on", known_on) if known_on is not None else None)
        deadline = clock.due(rule, facts, calendar, Settings.defaults(), regime=regime, variant=variant)
    except RulesError as error:
        raise CommandError(str(error)) from error
    if as_json:
        output.answer_json(deadline.as_json())
    else:
        _print(deadline)


def _list(as_json: bool) -> None:
    from gongkai.rules.deadlines import conventions, limits

    rules = (*limits(), *conventions())
    if as_json:
        output.answer_json(
            [
                {
                    "rule": each.id,
                    "name": each.name,
                    "starts": each.starts,
                    "variants": [name for name in each.all_variants() if name],
                    "meanings": {name: text for name, text in each.all_variants().items() if name},
                    "changes": sorted(each.changes),
                }
                for each in rules
            ]
        )
        return
    for each in rules:
        variants = "、".join(f"{name}（{text}）" for name, text in each.all_variants().items() if name)
        output.answer(f"{each.id}  {each.name}" + (f"  情形：{variants}" if variants else ""))


def _print(deadline: Deadline) -> None:
    """Print for people: the day alone on the first line, then how it came about."""
    from gongkai.rules.calendar import weekday
    from gongkai.rules.deadlines import find
    from gongkai.rules.legal_settings import legal_setting

    found = find(deadline.rule)
    told = deadline.as_json()
    if deadline.due_on is None:
        output.answer(f"没有日期：{deadline.why}")
    else:
        output.answer(str(told["due_on"]))
    regime = f"（第{deadline.regime}号令）" if deadline.regime else ""
    variant = found.all_variants().get(deadline.variant, "")
    output.answer(f"{found.id} {found.name}{f'·{variant}' if variant else ''}{regime}，起算：{told['from']}")
    if deadline.provisional:
        output.answer("暂定：有年度的放假通知尚未录入，录入后可能改变。")
    if deadline.due_on is not None and deadline.plan_by is not None and deadline.plan_by != deadline.due_on:
        output.answer(
            f"届满日不是工作日，此前最后一个工作日是{deadline.plan_by.isoformat()}（{weekday(deadline.plan_by)}）。"
        )
    for step in told["steps"]:
        output.answer(f"  {step['date']}  {'计入  ' if step['counts'] else '不计入'}  {step['n']:>3}  {step['why']}")
    for text in deadline.basis:
        output.answer(f"依据：{text}")
    for name, value in deadline.settings.items():
        setting = legal_setting(name)
        output.answer(f"设置：{setting.label}（{name}）＝{setting.meaning(value)}")
    for note in deadline.notes:
        output.answer(f"说明：{note}")


def _exclusions(texts: tuple[str, ...]) -> list[Change]:
    from gongkai.rules.clock import Exclusion

    found: list[Change] = []
    for text in texts:
        first, dots, last = text.partition("..")
        if not dots:
            raise CommandError(f"--exclude 的「{text}」应写作 A..B，例如 2025-03-10..2025-03-24。")
        found.append(Exclusion(_date("--exclude", first), _date("--exclude", last)))
    return found


def _date(option: str, text: str) -> dt.date:
    try:
        if _DATE.fullmatch(text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise CommandError(f"{option} 的「{text}」不是日期，应写作 2025-03-03 的样子。")


def _start(option: str, text: str) -> dt.date | dt.datetime:
    if not _INSTANT.fullmatch(text):
        return _date(option, text)
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{option} 的「{text}」不是日期和时刻，应写作 2025-05-01T22:30 的样子。") from None
