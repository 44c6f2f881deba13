"""Marks that say a paper is secret, internal or unfinished: where they stand decides what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.screening.folding import BORDERS, ROW, fold
from gongkai.screening.kinds import Kind, Severity

SECRECY = re.compile(r"[绝机秘][ \u3000\t\xa0]{0,6}密")
_STAR = r"[★☆✩✭⭐*＊]"
_PERIOD = r"(?:[0-9一二三四五六七八九十]{1,3}(?:年|个?月|日|天)|长期|永久|启封.{0,6}|解密.{0,10}|启用前)"
# Recognition of scanned pages reads a star as some other sign: 机密广10年.
_ALONE = re.compile(
    rf"[\[【（(]?(?:密级:?)?(绝密|机密|秘密)级?(?:{_STAR}{{1,3}}(?:{_PERIOD})?|.?{_PERIOD})?[\]】）)]?"
    rf"(?:特急|加急|特提|平急|[0-9]{{6}})?"
)
_STARRED = re.compile(rf"级?[ \u3000]{{0,3}}(?:★|☆|✩|✭|⭐|[*＊][ \u3000]{{0,3}}{_PERIOD})")
_LEVEL_BEFORE = re.compile(r"(?:密级|保密等级|涉密等级|定密)(?:为|是|:)?$")
_COMMON_WORD = re.compile(r"(?:国家|商业|工作|个人|保守|泄露|技术|通信|涉及|军事|经营|内部|的|和|或|与|、)$")
_QUOTES = {"“": "”", '"': '"', "「": "」", "『": "』", "'": "'", "‘": "’", "《": "》"}
_ABOUT_MARKS = re.compile(r".{0,6}[”\"」』'’](?:等)?(?:的)?(?:字样|标志|标识|标记|密级|等级|三级|三个)")

INTERNAL = ("内部资料", "内部文件", "不得外传", "征求意见稿", "送审稿", "讨论记录", "讨论稿", "请示")
_SPACED = re.compile(
    r"[内不][ \u3000]{1,6}(?:部[ \u3000]{1,6}(?:资[ \u3000]{1,6}料|文[ \u3000]{1,6}件)|得[ \u3000]{1,6}外[ \u3000]{1,6}传)"
)
# All of them in one pass; it begins with one set of characters, which the expression engine searches fastest.
_CANDIDATE = re.compile(
    r"[绝机秘内不征送讨请](?:密|部资料|部文件|得外传|求意见稿|审稿|论记录|论稿|示|[ \u3000\t\xa0]{1,6}[密部得])"
)
_WATERMARK = re.compile(
    r"(?:草稿|草案稿|样稿|初稿|讨论稿|过程稿|征求意见稿|送审稿|内部资料|内部文件|内部使用|不得外传|严禁外传|draft|confidential|sample)+",
    re.IGNORECASE,
)
_TALKS_ABOUT = re.compile(
    r"(?:泄露|窃取|传播|收集|销毁|管理|查阅|归档|整理|收缴|保管|外泄|涉及|属于|其他)(?:单位|国家|的)?$"
)
_PUBLICATION = re.compile(r"(?:性出版物|性图书|管理|目录)")
_REQUEST_ITSELF = re.compile(r"(?:特此|现|谨)?请示(?:如下|于后)|特此请示|(?:以上|上述|专此|谨此)请示")
_TITLE_LENGTH = 60
_ENDS = "\n" + ROW + BORDERS
_NO_BORDERS = dict.fromkeys(map(ord, BORDERS))


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in a text, with the severity that its position gives it (None: the kind's)."""

    kind: Kind
    start: int
    end: int
    note: str
    severity: Severity | None


def find(text: str, *, margin: bool = False) -> Iterator[Mark]:
    """Find marks in a text; `margin` says that it is a header, footer, text box or watermark."""
    for candidate in _CANDIDATE.finditer(text):
        word = candidate.group()
        start = candidate.start()
        if word in INTERNAL:
            yield _internal(text, word, start, margin)
        elif (found := SECRECY.match(text, start)) is not None:
            if (mark := _secrecy(text, found, margin)) is not None:
                yield mark
        elif (found := _SPACED.match(text, start)) is not None:
            yield Mark(Kind.INTERNAL_MARK, start, found.end(), "内部标记", None)


def find_watermark(text: str) -> Mark | None:
    """Judge the text of a header, footer or text box that consists of a draft mark alone."""
    bare = re.sub(r"[\s()（）【】\[\]]", "", text)
    if bare and _WATERMARK.fullmatch(bare):
        return Mark(Kind.INTERNAL_MARK, 0, len(text), "水印或页眉上的未定稿、内部标记", None)
    return None


def _line(text: str, start: int, end: int) -> tuple[int, str]:
    """The line, cell or paragraph around a place, and where it begins."""
    left = max(text.rfind(mark, max(0, start - 200), start) for mark in _ENDS) + 1
    if left == 0 and start > 200:
        left = start - 200
    stops = [stop for mark in _ENDS if (stop := text.find(mark, end, end + 200)) >= 0]
    return left, text[left : min(stops, default=min(len(text), end + 200))]


def _secrecy(text: str, found: re.Match[str], margin: bool) -> Mark | None:
    start, end = found.span()
    after = text[end : end + 14]
    before = re.sub(r"\s", "", fold(text[max(0, start - 10) : start].split(ROW)[-1].translate(_NO_BORDERS)))
    sign = before[-1:] or " "
    if sign in "□○☐《" or (sign in _QUOTES and _ABOUT_MARKS.match(after)):
        return None
    note = "密级标志。请立即停止操作，保持现状，报告保密办"
    if (starred := _STARRED.match(after)) is not None:
        if sign in _QUOTES and _QUOTES[sign] in after:
            return Mark(Kind.SECRECY_MARK, start, end, "引号中的密级标志，请核对", Severity.INFO)
        return Mark(Kind.SECRECY_MARK, start, end + starred.end(), note, None)
    left, line = _line(text, start, end)
    bare = re.sub(r"\s", "", fold(line))
    if _ALONE.fullmatch(bare) is not None:
        return Mark(Kind.SECRECY_MARK, start, end, note, None)
    if _LEVEL_BEFORE.search(before) and not re.match(r"[ \u3000]*[、/，,或和及]", after):
        return Mark(Kind.SECRECY_MARK, start, end, note, None)
    if margin and len(bare) <= 20 and not _COMMON_WORD.search(re.sub(r"\s", "", line[: start - left])):
        return Mark(Kind.SECRECY_MARK, start, end, note, None)
    return None


def _internal(text: str, word: str, start: int, margin: bool) -> Mark:
    end = start + len(word)
    left, line = _line(text, start, end)
    before, after = line[: start - left], line[end - left :]
    place = (Kind.INTERNAL_MARK, start, end)
    cited = before.rfind("《") > before.rfind("》") and "》" in after
    if word in ("征求意见稿", "请示"):
        if word == "请示" and not cited and _REQUEST_ITSELF.search(text[max(0, start - 3) : end + 2]):
            return Mark(*place, "文中有「请示」的套语，可能是过程性文件", None)
        short = len(line.strip()) <= _TITLE_LENGTH and not re.search("[。；;]", line)
        if not cited and short and re.fullmatch(r"[)）】\]\s]*", after):
            return Mark(*place, "标题中的文种或稿次，不阻止公开", Severity.INFO)
        return Mark(*place, "引文或正文中提到，不阻止公开", Severity.INFO)
    if cited:
        return Mark(*place, "书名号中提到，请核对本文件是否定稿", Severity.WARN)
    if _TALKS_ABOUT.search(before.rstrip()) or _PUBLICATION.match(after):
        return Mark(*place, "正文中谈到，不像标记", Severity.INFO)
    return Mark(*place, "页眉、页脚或水印上的标记" if margin else "内部或未定稿标记", None)
