"""Lines of a report in order: what is the report and what stands around it, headings, parts, sub-sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.proofing.folding import fold
from gongkai.proofing.numbers import chinese_number

_CHINESE = "一二三四五六七八九十"
_PART = re.compile(rf"^(?:第([{_CHINESE}]{{1,3}})(?:部分|章)|([{_CHINESE}]{{1,3}})(?:[、.．:]|,(?=\D)))[、.:]?")
_SUB = re.compile(rf"^\(([{_CHINESE}]{{1,3}})\)[、.]?")
_ITEM = re.compile(r"^(?:\(?(\d{1,2})\)|(\d{1,2})[、.](?!\d)|([①-⑳]))")
_NUMBER = re.compile(
    rf"^(?:第[{_CHINESE}]{{1,3}}(?:部分|章)[、.:]?|[{_CHINESE}]{{1,3}}[、.]|[{_CHINESE}]{{1,3}},(?=\D)|\([{_CHINESE}]{{1,3}}\)[、.]?|\(?\d{{1,2}}\)|\d{{1,2}}[、.](?!\d)|[①-⑳])"
)
_HEADING_LENGTH = 48
_STATUTORY = frozenset(
    (
        "总体情况",
        "概述",
        "主动公开政府信息情况",
        "收到和处理政府信息公开申请情况",
        "政府信息公开行政复议行政诉讼情况",
        "因政府信息公开工作被申请行政复议提起行政诉讼情况",
        "政府信息公开行政复议和行政诉讼情况",
        "存在的主要问题及改进情况",
        "政府信息公开工作存在的主要问题及改进情况",
        "其他需要报告的事项",
    )
)
_FURNITURE = re.compile(
    r"^(?:\[?(?:打印|关闭|收藏|分享|返回顶部|返回首页|返回|扫一扫|上一[篇条]|下一[篇条]|相关(?:链接|信息|文章|阅读|附件|稿件)|"
    r"友情链接|网站地图|联系我们|关于我们|版权所有|主办[:单]|承办[:单]|技术支持|网站标识码|责任编辑|编辑[:]|信息来源[:]|"
    r"来源[:]|浏览次数|点击(?:数|次数|率)|阅读次数|访问量|您是第|当前位置|您的位置|您现在的位置|字体[:大]|字号|无障碍|"
    r"长者(?:模式|版)|适老|[^。]{0,20}ICP备|[^。]{0,12}公网安备|Copyright|分享到|微信扫|政府网站找错|附件下载|首页(?:$|[>»])|"
    r"网站声明|隐私(?:声明|政策)|设为首页|加入收藏|登录|注册|搜索|发布(?:时间|日期)[:]|公开(?:时间|日期)[:]|更新(?:时间|日期)[:]|索引号|信息分类|发布机构|"
    r"文章来源|作者[:]|TOP$|下载(?:全文|附件|打印)|地址[:].{0,40}(?:邮编|电话)|邮编[:]))",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"统计表|勾稽关系|^等于第三项加|附件\d*[:]?|^附表|^\(?单位[:]|填报单位|填报人|审核人|单位负责人|联系电话|填报日期|^第二十条第?\(|^第二十条第[(一二三四五六七八九]|统计年度"
)


@dataclass(frozen=True)
class Heading:
    """What the beginning of a line says: level 0 is no heading; `number` as printed, `ordinal` what it counts."""

    level: int
    number: str
    ordinal: int
    text: str


def heading_of(line: str, outline: int | None = None, *, alone: bool = True) -> Heading:
    """Return the heading a line is. `alone` asks that it holds nothing but the heading."""
    text = fold(line)
    number = _NUMBER.match(text)
    printed = _printed_prefix(line, number.end()) if number else ""
    rest = text[number.end() :] if number else text
    is_short = 2 <= len(rest) <= _HEADING_LENGTH and not re.search(r"[。;!?]", rest) and rest[-1] not in ",:"
    part, sub, item = _PART.match(text), _SUB.match(text), _ITEM.match(text)
    if part:
        ordinal = chinese_number(part[1] or part[2]) or 0
        if is_short:
            return Heading(1, printed, ordinal, rest)
        return Heading(0, printed, ordinal, rest)
    if sub:
        return Heading(2 if is_short else 0, printed, chinese_number(sub[1]) or 0, rest)
    if item:
        ordinal = int(item[1] or item[2] or 0) or (ord(item[3]) - 0x245F if item[3] else 0)
        return Heading(3 if is_short and len(rest) <= 30 else 0, printed, ordinal, rest)
    if re.sub(r"\W", "", text) in _STATUTORY or (outline == 1 and is_short):
        return Heading(1, "", 0, text)
    return Heading(0, "", 0, text)


def _printed_prefix(line: str, length: int) -> str:
    """Return the printed characters that make the first `length` compact ones."""
    count = 0
    for at, char in enumerate(line):
        count += len(fold(char))
        if count >= length:
            return line[: at + 1]
    return line


def is_part(line: str) -> bool:
    """Tell whether a line is the heading of a part, or begins a part in running text (一、总体情况。2021年…)."""
    text = fold(line)
    found = _PART.match(text)
    return bool(found) and heading_of(line).level == 1


def inline_heading(line: str) -> tuple[str, str] | None:
    """Split a line that goes on behind the heading of a part (一、总体情况。2021年，…) into both, None when it does not."""
    text = fold(line)
    found = _PART.match(text)
    if not found:
        return None
    stop = re.search(r"[。:]", text[found.end() :])
    if not stop or not 3 <= stop.start() <= 30 or "," in text[found.end() : found.end() + stop.start()]:
        return None
    if not re.search(r"(?:情况|概述|事项|问题|措施|打算)$", text[found.end() : found.end() + stop.start()]):
        return None
    head = _printed_prefix(line, found.end() + stop.start())
    rest = line[len(_printed_prefix(line, found.end() + stop.end())) :].strip()
    return (head.strip(), rest) if rest else None


def is_furniture(line: str) -> bool:
    """Tell whether a line belongs to the page around a report: navigation, tools, footer."""
    text = fold(line)
    return (
        bool(_FURNITURE.match(text))
        or text in ("大", "中", "小", "大中小", "视力保护色", "[大中小]")
        or text.count(">") >= 2
    )


def is_caption(line: str) -> bool:
    """Tell whether a line belongs to the head or foot of a table."""
    text = fold(line)
    return len(text) <= 60 and "。" not in text and bool(_CAPTION.search(text))


def first_part(lines: Sequence[str]) -> int:
    """Return where the first part of a report begins: the first of two or more headings in sequence, with text below.

    The table of contents at its head is passed over. Without headings it is the number of lines.
    """
    starts = [at for at, line in enumerate(lines) if (found := heading_of(line)).level == 1 and found.ordinal == 1]
    plain = [at for at, line in enumerate(lines) if (found := heading_of(line)).level == 1 and found.ordinal == 0]
    for at in starts:
        below = [line for line in lines[at + 1 : at + 4] if line.strip()]
        if below and heading_of(below[0]).level == 1 and heading_of(below[0]).ordinal == 2 and len(starts) > 1:
            continue
        return at
    for at, line in enumerate(lines):
        if inline_heading(line) and heading_of(line).ordinal == 1:
            return at
    return plain[0] if plain else len(lines)
