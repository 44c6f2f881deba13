"""Numbers as reports print them: Arabic and Chinese, full width, with 万 and 亿, in a cell or in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from gongkai.proofing.folding import fold
from gongkai.proofing.report import Number, State

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_SMALL = {"十": 10, "百": 100, "千": 1000}
SCALES = {"万": 10_000, "亿": 100_000_000, "千": 1000, "百": 100}
"""What a scale behind an Arabic number multiplies by (1.2万)."""

CHINESE_NUMERAL = r"[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+"
ARABIC_NUMERAL = r"\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?"

_UNITS = "万元|亿元|人次|元|件次|件|条次|条|次|篇|个|人|项|份|部|期|场|起|宗|例|家|页|户|册|本|套|处|名|台|座|批|则|幅|天|万件|万条|万次|%"
_STROKES = re.compile(r"[/\\|\-~_*×]+|无|不适用|不涉及|此项不填|\.{2,}|…+")
_CELL = re.compile(
    rf"(?P<lead>增加|减少|新增|增|减|下降|上升|约|近|共|计)?(?P<sign>[+\-])?"
    rf"(?P<number>{ARABIC_NUMERAL}|{CHINESE_NUMERAL})(?P<scale>[万亿])?(?P<unit>{_UNITS})?"
)
_APART = re.compile(r"\d\s+\d")
_GROUPED = re.compile(r"\D*\d{1,3}(?:\s\d{3})+\D*")
_CHANGES = {"增加": 1, "增": 1, "新增": 1, "上升": 1, "减少": -1, "减": -1, "下降": -1}
_UNCHANGED = frozenset(("不变", "无变化", "持平", "无增减", "增减0", "0(不变)", "未变化"))


def chinese_number(text: str) -> int | None:
    """Return the number a Chinese numeral writes (十一, 一百零五, 二〇一七, 三万五千), None when it writes none."""
    text = text.translate(_FORMAL)
    if not text or any(char not in "零〇一二两三四五六七八九十百千万亿" for char in text):
        return None
    if not any(char in "十百千万亿" for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = 0
    for scale, factor in (("亿", 100_000_000), ("万", 10_000)):
        before, found, text = text.rpartition(scale) if scale in text else ("", "", text)
        if found:
            high = chinese_number(before) if before else None
            if high is None:
                return None
            total += high * factor
    low = _below_ten_thousand(text)
    return None if low is None else total + low


def _below_ten_thousand(text: str) -> int | None:
    total, digit = 0, 0
    last = 10_000
    for place, char in enumerate(text):
        if char in _DIGITS:
            if digit:  # 「三五」 is no number: three or five
                return None
            digit = _DIGITS[char]
        else:
            unit = _SMALL[char]
            if unit >= last or (digit == 0 and not (char == "十" and place == 0)):
                return None
            total += (digit or 1) * unit
            digit, last = 0, unit
    return total + digit


def arabic_number(text: str) -> Number:
    """Return the number that digits write, a whole one as `int`."""
    value = Decimal(text.replace(",", ""))
    return plain(value)


def plain(value: Decimal) -> Number:
    """Return a whole number as `int`, another as it is."""
    return int(value) if value == value.to_integral_value() else value


def numeral(text: str, scale: str = "") -> Number | None:
    """Return what an Arabic or Chinese numeral with an optional scale writes, None when it writes none."""
    value = arabic_number(text) if text[0].isdigit() else chinese_number(text)
    if value is None or not scale:
        return value
    return plain(Decimal(value) * SCALES[scale])


@dataclass(frozen=True)
class CellReading:
    """What a cell prints, without its place."""

    value: Number | None
    state: State
    unit: str = ""
    note: str = ""
    direction: int = 0


def read_cell(printed: str) -> CellReading:
    """Read a value cell; nothing is guessed: two numbers or a number among words are unreadable."""
    text = fold(printed)
    if not text:
        return CellReading(None, "blank")
    if _APART.search(printed.strip()) and not _GROUPED.fullmatch(printed.strip()):
        return CellReading(None, "unreadable")
    if _STROKES.fullmatch(text):
        return CellReading(None, "not_applicable")
    if text in _UNCHANGED:
        return CellReading(0, "number", note="不变")
    parts = _CELL.fullmatch(text.removesuffix("。").removesuffix("."))
    if parts is None:
        return CellReading(None, "unreadable" if re.search(r"\d", text) else "text")
    lead = parts["lead"] or ""
    if lead in ("约", "近"):
        return CellReading(None, "text")
    number = numeral(parts["number"])
    if number is None:
        return CellReading(None, "text")
    unit = parts["unit"] or ""
    if parts["scale"]:
        if unit == "元":
            unit = parts["scale"] + "元"
        else:
            number = plain(Decimal(number) * SCALES[parts["scale"]])
    direction = _CHANGES.get(lead, 0) or {"+": 1, "-": -1}.get(parts["sign"] or "", 0)
    notes = [unit, lead, "" if parts["number"][0].isdigit() else "汉字数字"]
    value = number * direction if direction and not (lead and parts["sign"]) else number
    return CellReading(value, "number", unit, "、".join(filter(None, notes)), direction)
