"""Marks: brackets and quotation marks in pairs, ordinals in sequence, numbers of things announced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.proofing.checks.outline import PARTS_711
from gongkai.proofing.checks.registry import check
from gongkai.proofing.findings import Finding
from gongkai.proofing.folding import fold
from gongkai.proofing.report import Where
from gongkai.proofing.subject import Line, Subject

_PAIRS = {"(": ")", "《": "》", "“": "”", "[": "]", "【": "】", "「": "」", "『": "』", "〈": "〉"}
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_ENUMERATION = re.compile(r"(?<![(\w])(?:\d{1,2}|[一二三四五六七八九十①-⑳]|[a-zA-Z])\)")
_STRAIGHT = re.compile(r"\"")


@check(
    "CK-PAIR",
    name="括号、引号、书名号成对",
    compares="每个段落和统计表每个行名里的（）《》“”〔〕[] 是否成对。",
    grades="正文里不成对为错误，表格行名里不成对为警告；同一种引号只有一半用反的为提示。",
    example="「其中：“市、区长公开电话130条」的前引号没有后引号。",
)
def pairs(subject: Subject) -> Iterator[Finding]:
    """Look for brackets and quotation marks without their other half."""
    broken = _broken_pairs(subject)
    for at, line in enumerate(subject.lines):
        for position, mark in unpaired(line.text):
            if (at, position) in broken:
                continue
            if mark in "“”" and _is_turned(line.text):
                message = f"引号「{mark}」方向用反了，请改成一前一后。"
                yield line.finding("CK-PAIR", "info", message, (position, position + 12), None, mark)
                continue
            start = position if mark in _PAIRS or mark == '"' else max(0, position - 8)
            if mark in _PAIRS:
                message = f"「{line.text[position]}」没有对应的「{_PAIRS[mark]}」，请补上或者删去。"
            else:
                message = f"「{line.text[position]}」没有成对，请补上或者删去。"
            if mark == "“" and start >= 4:
                start -= 3
            yield line.finding("CK-PAIR", "error", message, (start, start + 12), None, mark)
    for table in subject.report.tables.values():
        for row, label in table.labels.items():
            for _position, mark in unpaired(fold(label)):
                message = f"行名「{label}」里的「{mark}」没有成对，行名可能被截断，请补全。"
                where = Where(part=table.part, table=table.key, row=row)
                yield Finding("CK-PAIR", "warning", message, where, label, None, mark)
                break


def _broken_pairs(subject: Subject) -> set[tuple[int, int]]:
    """Return the marks whose other half stands in the next line: a paragraph that was broken by its layout."""
    lonely = [unpaired(line.text) for line in subject.lines]
    found: set[tuple[int, int]] = set()
    for at in range(len(lonely) - 1):
        if subject.lines[at].text.endswith(("。", ";", "!")) or subject.lines[at + 1].kind == "heading":
            continue
        for (position, mark), (other, closer) in zip(reversed(lonely[at]), lonely[at + 1], strict=False):
            if _PAIRS.get(mark) == closer:
                found |= {(at, position), (at + 1, other)}
    return found


def unpaired(text: str) -> list[tuple[int, str]]:
    """Return the marks of a folded text that lack their other half, with their places."""
    skipped = {match.end() - 1 for match in _ENUMERATION.finditer(text)}
    stack: list[tuple[int, str]] = []
    lonely: list[tuple[int, str]] = []
    for position, mark in enumerate(text):
        if mark in _PAIRS:
            stack.append((position, mark))
        elif mark in _CLOSERS:
            if position in skipped and not any(open_ == "(" for _, open_ in stack):
                continue
            at = next((i for i in range(len(stack) - 1, -1, -1) if stack[i][1] == _CLOSERS[mark]), None)
            if at is None:
                lonely.append((position, mark))
            else:
                lonely += stack[at + 1 :]
                del stack[at:]
    lonely += stack
    straight = [match.start() for match in _STRAIGHT.finditer(text)]
    if len(straight) % 2:
        lonely.append((straight[-1], '"'))
    return sorted(lonely)


def _is_turned(text: str) -> bool:
    """Whether quotation marks are even in number: then one is only turned the wrong way."""
    return (text.count("“") + text.count("”")) % 2 == 0


# ---------------------------------------------------------------- CK-NUMBERING

_DIGITS = "零一二三四五六七八九"
_CHINESE = r"[一二三四五六七八九十]{1,3}"
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("一、", re.compile(rf"^({_CHINESE})、")),
    ("（一）", re.compile(rf"^\(({_CHINESE})\)")),
    ("1.", re.compile(r"^(\d{1,2})(?:[.、](?!\d))")),
    ("（1）", re.compile(r"^\((\d{1,2})\)")),
    ("一是", re.compile(rf"^({_CHINESE})是(?!的|否)")),
)
_INLINE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("一是", re.compile(rf"(?:^|[。;:,])({_CHINESE})是(?!的|否|个|种|项|次|年|月|方面的)")),
    ("（一）", re.compile(rf"(?:^|[。;:])\(({_CHINESE})\)")),
    ("（1）", re.compile(r"(?:^|[。;:])\((\d{1,2})\)")),
    ("1.", re.compile(r"(?:^|[。;:])(\d{1,2})[.、](?=[\u4e00-\u9fff])")),
)


def chinese_number(text: str) -> int | None:
    """Read a Chinese or Arabic number up to 99, None for anything else."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.index(ones) if len(ones) == 1 and ones in _DIGITS else None
    left = 1 if not tens else _DIGITS.find(tens)
    right = 0 if not ones else _DIGITS.find(ones)
    return None if left < 1 or right < 0 else left * 10 + right


def ordinals(line: Line) -> tuple[str, int] | None:
    """Return the style and value of the ordinal that a line begins with."""
    for style, pattern in _STYLES:
        match = pattern.match(line.text)
        if match and (value := chinese_number(match[1])) is not None:
            return style, value
    return None


@check(
    "CK-NUMBERING",
    name="序号连续",
    compares="一、（一）1.（1）一是 等序号是否从一开始、依次递增、没有重复和跳号。",
    grades="重复或者跳号为错误；不从一开始的为警告。",
    example="两个小标题都编为（二）。",
)
def numbering(subject: Subject) -> Iterator[Finding]:
    """Look for ordinals that repeat or skip, through the lines and within a paragraph."""
    levels = [style for style, _ in _STYLES]
    last: dict[str, int] = {}
    for line in subject.body:
        found = ordinals(line)
        if found is not None:
            style, value = found
            if style != "一是":
                yield from _step(line, style, value, last)
                for lower in levels[levels.index(style) + 1 :]:
                    last.pop(lower, None)
        for style, pattern in _INLINE:
            matches = [each for each in pattern.finditer(line.text) if chinese_number(each[1]) is not None]
            yield from _run(line, style, matches)


def _step(line: Line, style: str, value: int, last: dict[str, int]) -> Iterator[Finding]:
    before = last.get(style)
    last[style] = value
    if value == 1 or (before is not None and value == before + 1):
        return
    if before is None:
        # A first item that is not the first: an item may have been cut off by the extraction; only the part level
        # and the level below are sure to be read.
        if style in ("一、", "（一）") and value > 1:
            message = f"序号从「{_shown(style, value)}」开始，前面缺「{_shown(style, 1)}」，请核对。"
            yield line.finding("CK-NUMBERING", "warning", message, (0, 12), _shown(style, 1), _shown(style, value))
        return
    what = "重复" if value == before else "不连续"
    message = f"序号「{_shown(style, value)}」{what}，前一个是「{_shown(style, before)}」，应为「{_shown(style, before + 1)}」。"
    yield line.finding("CK-NUMBERING", "error", message, (0, 12), _shown(style, before + 1), _shown(style, value))


def _run(line: Line, style: str, matches: Sequence[re.Match[str]]) -> Iterator[Finding]:
    """The ordinals inside one paragraph: each one more than the one before, or a new list from one."""
    before: int | None = None
    for match in matches:
        value = chinese_number(match[1]) or 0
        if value != 1 and before is not None and value != before + 1:
            what = "重复" if value == before else "不连续"
            message = f"序号「{_shown(style, value)}」{what}，前一个是「{_shown(style, before)}」，应为「{_shown(style, before + 1)}」。"
            start = match.start(1) - (1 if style.startswith("（") else 0)
            yield line.finding(
                "CK-NUMBERING", "error", message, (start, start + 12), _shown(style, before + 1), _shown(style, value)
            )
        before = value


def _shown(style: str, value: int) -> str:
    number = str(value) if "1" in style else written(value)
    return style.replace("一", number).replace("1", number)


def written(value: int) -> str:
    """Write a number up to 99 in Chinese."""
    tens, ones = divmod(value, 10)
    left = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return left + (_DIGITS[ones] if ones or not tens else "")


# ---------------------------------------------------------------- CK-COUNTWORD

_ANNOUNCED = re.compile(
    r"(?:分为|共|包括|由|以下|从|如下|做好|主要有|存在|内容为|有|分)[^。;:,]{0,10}?"
    rf"({_CHINESE}|\d{{1,2}})(?:个|大)?(部分|个?方面|项(?:措施|内容|工作|制度)?|点|类|个问题)(?:内容|组成|的?问题|不足|工作|情况)?"
)
_LISTED = re.compile(r"[::](.+?)[。;]")
_PARTS_ANNOUNCED = re.compile(rf"(?:报告|全文|内容|由|分为|包括|共)[^。;]{{0,40}}?({_CHINESE}|\d{{1,2}})个?部分")


# The number stands behind the names: 由总体情况、主动公开……、其他需要报告的事项六部分组成.
_LISTED_BEFORE = re.compile(
    rf"(?:由|包括|包含|分为|共分)([^。;]{{12,200}}?)(?:等|共)?({_CHINESE}|\d{{1,2}})个?(?:部分|方面)(?:内容)?(?:组成|构成)?"
)


@check(
    "CK-COUNTWORD",
    name="「几部分」与实际列出的数目",
    compares="「由六部分组成」「以下三个方面」等与后面实际列出的部分、事项的数目。",
    grades="数目不符为错误；只在列举清楚时判断。",
    example="说是「六部分」，后面只列出五个。",
)
def count_words(subject: Subject) -> Iterator[Finding]:
    """Compare a number of parts or items announced with what follows."""
    for line in subject.body:
        before = {match.start(2): match for match in _LISTED_BEFORE.finditer(line.text) if "、" in match[1]}
        for match in before.values():
            number, (least, most) = chinese_number(match[2]), _count_of_names(subject, match[1])
            nearest = least if number is not None and number < least else most
            if number is not None and least >= 3 and not least <= number <= most:
                message = f"说是{number}部分，前面列出的是{nearest}个，请核对。"
                yield line.finding("CK-COUNTWORD", "error", message, (match.start(2), match.end()), nearest, number)
        for match in _ANNOUNCED.finditer(line.text):
            if match.start(1) in before:
                continue
            number = chinese_number(match[1])
            if number is None or number < 2:
                continue
            listed = _listed(subject, line, match)
            if listed is None or listed == number or listed < 2:
                continue
            message = f"说是{number}{match[2]}，后面列出的是{listed}个，请核对。"
            yield line.finding("CK-COUNTWORD", "error", message, (match.start(1) - 2, match.end()), listed, number)


def _listed(subject: Subject, line: Line, match: re.Match[str]) -> int | None:
    """Count what follows an announcement; None when it cannot be told."""
    rest = line.text[match.end() :]
    for _style, pattern in _INLINE:
        found = [chinese_number(each[1]) or 0 for each in pattern.finditer(rest)]
        run = _leading_run(found)
        if run >= 2:
            return run
    listing = re.match(r"[^。;:]{0,12}[::,]?(?:即|分别是|包括|为)?[::]?(.+?)(?:。|;|$)", rest)
    if match[2] == "部分" and listing:
        items = [each for each in re.split(r"[、,]|和(?=[^和]*$)", listing[1]) if each.strip('“”" 等')]
        if len(items) >= 3 and all(2 <= len(each) <= 24 for each in items) and "等" not in listing[1][-3:]:
            # A name may itself hold 、 (行政复议、行政诉讼情况): count the names of the parts first.
            named = _named_parts(subject, listing[1])
            return named if named else None
    if match[2] == "部分" and not (listing and "、" in listing[1]) and line.where.part == "":
        return len(subject.report.parts) or None
    following = [other for other in subject.body if other.where.paragraph is not None and _is_after(other, line)]
    values: list[int] = []
    style = ""
    for other in following:
        found_here = ordinals(other)
        if found_here is None:
            if not values and other.is_text:
                return None
            continue
        if not style:
            style = found_here[0]
            if found_here[1] != 1 or style == "一、":
                return None
        if found_here[0] == style:
            if values and found_here[1] == 1:
                break
            values.append(found_here[1])
        elif other.level == 1 or found_here[0] == "一、":
            break
    return _leading_run(values) or None if len(values) >= 2 and _ends_announcement(rest) else None


def _named_parts(subject: Subject, text: str) -> int:
    """Count the names of a listing, 0 when that cannot be told: a name may itself hold 、 (行政复议、行政诉讼情况)."""
    least, most = _count_of_names(subject, text)
    return least if least == most else 0


def _count_of_names(subject: Subject, text: str) -> tuple[int, int]:
    """Return how many names a listing has at least and at most: headings of parts, and what is left between them."""
    left = text
    count = 0
    headings = {fold(part.heading) for part in subject.report.parts} | {fold(name) for name in PARTS_711}
    for heading in sorted(headings, key=len, reverse=True):
        if heading and heading in left:
            left = left.replace(heading, "\x00", 1)
            count += 1
    groups = [
        [each for each in (piece.strip('“”" 和及以与等共') for piece in re.split(r"[、,]", group)) if len(each) >= 2]
        for group in left.split("\x00")
    ]
    rest = [len(group) for group in groups if group]
    return (count + len(rest), count + sum(rest)) if count else (0, 99)


def _is_after(other: Line, line: Line) -> bool:
    return (other.where.paragraph or 0) > (line.where.paragraph or 0)


def _ends_announcement(rest: str) -> bool:
    return bool(re.fullmatch(r"[^。;]{0,16}[::。]?", rest))


def _leading_run(values: Sequence[int]) -> int:
    count = 0
    for value in values:
        if value != count + 1:
            break
        count = value
    return count
