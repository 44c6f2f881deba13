"""The figures of a sentence: numerals with unit, scale, approximation and range, and what is no figure at all.

Works on compact text (`folding.compact`). Years, days, document and article numbers, ordinals, telephone numbers and
time limits are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from gongkai.proofing.numbers import ARABIC_NUMERAL, CHINESE_NUMERAL, numeral
from gongkai.proofing.report import Number

Approx = Literal["", "about", "over", "under", "range"]

UNITS = "个百分点|平方米|公里|万元|亿元|人次|件次|条次|篇次|场次|批次|户次|万字|次|件|条|篇|个|人|名|位|份|部|期|场|起|宗|例|家|页|项|则|幅|册|本|套|处|台|座|批|户|张|封|通|元|倍|字|班|类|种|幢|栋|辆|亩|吨|支|块|%|‰"
_NO_UNITS = "年|月|日|天|工作日|个工作日|个月|小时|分钟|秒|号|楼|室|路|届|岁|级|版|时|点|季度|分(?!之)|世纪|周|星期|个小时|个季度|维|G|度"
_APPROX: dict[str, Approx] = {
    "约": "about", "大约": "about", "近": "under", "将近": "under", "不足": "under", "不到": "under", "超过": "over",
    "超": "over", "逾": "over", "至少": "over", "余": "over", "多": "over", "来": "about", "以上": "over", "以下": "under",
    "左右": "about", "不少于": "over", "不低于": "over", "不超过": "under", "多达": "",
}  # fmt: skip
_FIGURE = re.compile(
    rf"(?P<pre>大约|约|将近|近(?![年期日])|不足|不到|不超过|不少于|不低于|超过|超|逾|至少|多达)?"
    rf"(?P<hundredth>百分之)?(?P<number>{ARABIC_NUMERAL}|{CHINESE_NUMERAL})(?P<more>[余多])?(?P<scale>[万亿千百])?(?P<more2>[余多来])?"
    rf"(?:(?P<to>[-~至到])(?P<number2>{ARABIC_NUMERAL})(?P<scale2>[万亿])?)?"
    rf"(?P<unit>{UNITS})?(?P<post>以上|以下|左右|[余多](?![个元人件条]))?"
)
_CHINESE_UNITS = frozenset("件 条 次 篇 人 人次 份 场 起 期 项 个 名 家 部 宗 例 万元 元 封 班 处 位 场次 期".split())
# 「第一次」「每件」「同一件」, 「一次性」「一件事一次办」「一个窗口」 count nothing.
_NOT_BEFORE_CHINESE = re.compile(r"(?:[第每同逐任某哪另唯统某这那该各首进专单万十之]|任何|哪怕|唯一|[、]\d?)$")
_ONE_COUNTS = re.compile(r"[,;。)、:]|$|(?:行政|政府|信息|申请|专|兼|新闻|政策|业务|因)")
_PHRASES = re.compile(r"[性般些样定流张龙事站把网窗号线体办键]")
_STEM = re.compile(r"(?:为|是|共|计|达|数|量|[:(=]|到|有|分别|各|和|、|,|总计|合计)$")
_YEAR_LIKE = re.compile(r"(?:19|20)\d{2}")


@dataclass(frozen=True)
class Figure:
    """One figure: its place in the compact text, value or range, unit, approximation.

    `is_arabic` tells digits from a Chinese numeral.
    """

    start: int
    end: int
    number_start: int
    value: Number | None
    unit: str
    approx: Approx
    low: Number | None = None
    high: Number | None = None
    is_arabic: bool = True

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage."""
        return self.unit in ("%", "个百分点", "‰")


def figures(text: str) -> Iterator[Figure]:
    """Yield the figures of a compact text in order."""
    at = 0
    while (found := _FIGURE.search(text, at)) is not None:
        figure = _figure(text, found)
        if figure is not None:
            yield figure
            at = figure.end
        else:
            at = max(found.end("number"), found.start() + 1)


def _figure(text: str, found: re.Match[str]) -> Figure | None:
    number, unit = found["number"], found["unit"] or ""
    start = found.start("hundredth") if found["hundredth"] else found.start("number")
    before = text[:start] if not found["pre"] else text[: found.start()]
    after = text[found.end("unit") if unit else found.end("number") :]
    is_arabic = number[0].isdigit()
    if found["hundredth"]:
        unit = "%"
    elif (is_arabic and not _arabic_counts(before, found, unit, text)) or (
        not is_arabic and not _chinese_counts(number, before, unit, after)
    ):
        return None
    value = numeral(number, found["scale"] or "")
    if value is None:
        return None
    scale = found["scale"] or ""
    if unit == "元" and scale in ("万", "亿"):
        # 1.2万余元 keeps the unit of the forms.
        value, unit = numeral(number), scale + "元"
    approx = _approx(found)
    low = high = None
    if found["number2"]:
        second = numeral(found["number2"], found["scale2"] or "")
        if second is None:
            return None
        low, high, value, approx = value, second, None, "range"
    return Figure(
        found.start(),
        found.end() if not found["hundredth"] else found.end("number"),
        start,
        value,
        unit,
        approx,
        low,
        high,
        is_arabic,
    )


def _approx(found: re.Match[str]) -> Approx:
    for name in ("pre", "more", "more2", "post"):
        if found[name] and (approx := _APPROX.get(found[name], "")):
            return approx
    return ""


def _arabic_counts(before: str, found: re.Match[str], unit: str, text: str) -> bool:
    """Tell whether an Arabic numeral counts something."""
    last = before[-1:]
    if last and (last in "第[.-/·#№" or (last.isascii() and last.isalnum())):
        return False
    rest = text[found.end("number") :]
    if re.match(rf"(?:{_NO_UNITS})", rest) and not unit.startswith(("个百", "天")):
        return False
    if found["to"] and re.match(rf"(?:{_NO_UNITS})", text[found.end("number2") :]):
        return False
    if unit:
        if unit == "个" and re.match(r"个(?:工作日|月|小时|季度|年)", rest):
            return False
        if found["number"].startswith("0") and len(found["number"]) > 1 and found["number"][1].isdigit():
            return False
        return not (last == "(" and rest[:1] == ")")
    if re.match(r"[\].号条款:/\-\d]|热线|平台|[A-Za-z]", rest) or "." in found["number"]:
        return False
    if _YEAR_LIKE.fullmatch(found["number"]) or len(found["number"].replace(",", "")) > 7:
        return False
    return bool(_STEM.search(before)) and bool(re.match(r"[,;。、)和]|$|[余多万](?!元)", rest))


def _chinese_counts(number: str, before: str, unit: str, after: str) -> bool:
    """Tell whether a Chinese numeral counts something: it needs a unit and must not be part of a word."""
    if unit not in _CHINESE_UNITS or _NOT_BEFORE_CHINESE.search(before) or number in ("万", "千", "百", "亿"):
        return False
    if _PHRASES.match(after) and unit in ("次", "件", "条", "个", "站", "批"):
        return False
    if number in ("一", "两") or unit in ("个", "项", "家", "部"):
        return bool(_ONE_COUNTS.match(after)) or (
            number not in ("一",) and len(number) >= 1 and unit not in ("部", "家")
        )
    return True
