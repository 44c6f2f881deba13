"""Looking over a holiday notice before it is entered: what contradicts itself, the law or the year.

Legal basis: 全国年节及纪念日放假办法, Articles 2 and 6, and the yearly notices of the General Office of the State Council.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gongkai.rules.calendar import Calendar, Notice, read_notices
from gongkai.rules.errors import FaultyNotice


class Grade(StrEnum):
    """A fault must be mended before the notice can be entered; a doubt should be looked at."""

    FAULT = "fault"
    DOUBT = "doubt"


@dataclass(frozen=True)
class Finding:
    """One thing about a notice, in one sentence."""

    grade: Grade
    sentence: str


@dataclass(frozen=True)
class Checked:
    """The notices of a file, none when it has a fault, and all that was found."""

    year: int | None
    notices: tuple[Notice, ...]
    findings: tuple[Finding, ...]


def check_notices(data: Mapping[str, Any], calendar: Calendar) -> Checked:
    """Look over the notices of one year, in the form of `rules/data/workdays/<year>.toml`.

    Every notice is read on its own, so that one fault does not hide another. Statutory days off on a weekday must be
    off. As many weekdays are off beyond the working weekends as there are statutory days off, since those on a weekend
    are made up for; another number is a doubt, for a notice may give more (2015, 2020).
    """
    entries = data.get("notice")
    year = data.get("year")
    singles = entries if isinstance(entries, list) and entries else [None]
    notices: list[Notice] = []
    findings: list[Finding] = []
    for entry in singles:
        try:
            notices += read_notices({"year": year, "notice": [entry] if isinstance(entry, dict) else entry or []})
        except FaultyNotice as error:
            findings.append(Finding(Grade.FAULT, str(error)))
    for notice in notices:
        findings += _against_the_law(notice, calendar)
    days = [notice.published_on for notice in notices]
    if len(set(days)) < len(days):
        findings.append(Finding(Grade.FAULT, "有两份通知的公布日期相同，无法判断以哪一份为准，请核对 published_on。"))
    faulty = any(each.grade is Grade.FAULT for each in findings)
    return Checked(
        year=year if type(year) is int else None,
        notices=() if faulty else tuple(notices),
        findings=tuple(findings),
    )


def _against_the_law(notice: Notice, calendar: Calendar) -> list[Finding]:
    holidays = [each for each in calendar.holidays if each.on.year == notice.year]
    if not holidays:
        return [Finding(Grade.DOUBT, f"没有{notice.year}年法定节假日的数据，无法核对放假天数。")]
    found = [
        Finding(Grade.FAULT, f"{_zh(each.on)}是{each.name}，法定放假，请列入 days_off。")
        for each in holidays
        if each.on.weekday() < 5 and each.on not in notice.days_off
    ]
    found += [
        Finding(Grade.FAULT, f"{_zh(each.on)}是{each.name}，法定放假，请从 working_weekends 中删去。")
        for each in holidays
        if each.on in notice.working_weekends
    ]
    if notice.published_on > dt.date(notice.year, 12, 31):
        found.append(Finding(Grade.DOUBT, f"{notice.year}年的通知在当年之后公布，请核对 published_on。"))
    off, made_up, by_law = len(notice.days_off), len(notice.working_weekends), len(holidays)
    if off - made_up != by_law:
        found.append(
            Finding(
                Grade.DOUBT,
                f"《{notice.title}》放假{off}个周一至周五、上班{made_up}个周末，相差{off - made_up}天，"
                f"法定节假日是{by_law}天，请对照通知核对。",
            )
        )
    return found


def _zh(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
