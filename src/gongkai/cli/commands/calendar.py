"""`gongkai calendar`: the working days of a year, and a look over a holiday notice before it is entered."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongkai.cli import chinese, output
from gongkai.cli.errors import FOUND, CommandError
from gongkai.cli.options import json_option

if TYPE_CHECKING:
    from gongkai.rules.calendar import Calendar

_PER_LINE = 8


@click.group(cls=chinese.Group, help="工作日历：查看一年的工作日，核对放假通知。")
def calendar() -> None:
    """Hold the two commands together."""


@calendar.command(help="列出一年的放假日、调休上班日和工作日数，以及所依据的放假通知。")
@click.argument("year", metavar="YEAR")
@click.option("--as-known-on", "known_on", metavar="日期", help="只用这一天以前公布的放假通知")
@json_option
def show(year: str, known_on: str | None, as_json: bool) -> None:
    """Print the year."""
    from gongkai.rules.calendar import Calendar, weekday
    from gongkai.rules.errors import RulesError

    if not (year.isascii() and year.isdigit()):
        raise CommandError(f"「{year}」不是年份，应写作 2026 的样子。")
    try:
        found = Calendar.standard(_date(known_on) if known_on is not None else None)
        told = _year(found, int(year))
    except RulesError as error:
        raise CommandError(str(error)) from error
    if as_json:
        output.answer_json(told)
        return
    output.answer(f"{year}年 工作日{told['working_days']}天{'（暂定）' if told['provisional'] else ''}")
    output.answer("各月工作日：" + "、".join(f"{month}月{n}" for month, n in enumerate(told["by_month"], 1)))
    for label, key in (("周一至周五放假", "days_off"), ("周末上班", "working_weekends")):
        days = [dt.date.fromisoformat(text) for text in told[key]]
        output.answer(f"{label}{len(days)}天：")
        for at in range(0, len(days), _PER_LINE):
            output.answer("  " + "  ".join(f"{day:%m-%d}（{weekday(day)[-1]}）" for day in days[at : at + _PER_LINE]))
    for notice in told["notices"]:
        state = "现行" if notice["in_force"] else "已被后来的通知替代，或当时尚未公布"
        output.answer(f"通知：{notice['citation']}，{notice['published_on']}公布，{state}")
    if told["provisional"]:
        output.answer("没有这一年的放假通知：按周末和日期确定的法定节假日计算，录入通知后才是最终的。")


@calendar.command(help="核对一份放假通知文件（TOML，形式同 rules/data/workdays：年份、通知、放假日、周末上班日）。")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@json_option
def check(file: Path, as_json: bool) -> int:
    """Print what was found; exit code 1 when there is anything."""
    import tomllib

    from gongkai.rules.calendar import Calendar
    from gongkai.rules.notices import check_notices

    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError:
        raise CommandError(f"读不到文件「{file}」，请核对路径。") from None
    except UnicodeDecodeError:
        raise CommandError(f"文件「{file}」不是 UTF-8 文本，请另存为 UTF-8 编码。") from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"第{line[1]}行" if line else "内容"
        raise CommandError(
            f"文件「{file}」{where}不合 TOML 的写法，请对照 rules/data/workdays 中的文件修改。"
        ) from None
    standard = Calendar.standard()
    found = check_notices(data, standard)
    entered = standard.with_notices(*found.notices) if found.notices else None
    if as_json:
        output.answer_json(
            {
                "year": found.year,
                "ok": not found.findings,
                "findings": [{"grade": str(each.grade), "sentence": each.sentence} for each in found.findings],
                "notices": [each.citation for each in found.notices],
                "working_days": _working_days(entered, found.year) if entered and found.year else None,
            }
        )
    else:
        for each in found.findings:
            output.answer(f"{'错误' if each.grade == 'fault' else '请核对'}：{each.sentence}")
        if entered is not None and found.year is not None:
            output.answer(f"{found.year}年按此通知有工作日{_working_days(entered, found.year)}天。")
        if not found.findings:
            output.answer("没有发现问题。")
    return FOUND if found.findings else 0


def _year(calendar: Calendar, year: int) -> dict[str, Any]:
    """What is known of a year, for a program."""
    found = calendar.year(year)
    return {
        "year": year,
        "provisional": found.provisional,
        "working_days": sum(found.by_month),
        "by_month": list(found.by_month),
        "days_off": [day.isoformat() for day in found.days_off],
        "working_weekends": [day.isoformat() for day in found.working_weekends],
        "notices": [
            {
                "title": each.title,
                "number": each.number,
                "citation": each.citation,
                "published_on": each.published_on.isoformat(),
                "url": each.url,
                "in_force": each is calendar.notice(year),
            }
            for each in calendar.versions(year)
        ],
    }


def _working_days(calendar: Calendar, year: int) -> int:
    return sum(calendar.year(year).by_month)


def _date(text: str) -> dt.date:
    try:
        if len(text) == len("2026-01-05"):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise CommandError(f"--as-known-on 的「{text}」不是日期，应写作 2025-03-03 的样子。")
