"""The outline: title, preface, statutory parts, headings and what stands below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from gongkai.proofing.checks.registry import check
from gongkai.proofing.findings import Finding, Severity
from gongkai.proofing.folding import fold
from gongkai.proofing.report import Part, Where
from gongkai.proofing.subject import Subject

# ---------------------------------------------------------------- CK-TITLE

_TITLE_RIGHT = re.compile(r"(\d{4}|[〇零一二三四五六七八九]{4})年?度?政府信息公开(?:工作)?年度报告")
_TITLE_LETTER = re.compile(r"^关于(?:报送|上报|呈报|印发)|的(?:请示|函|通知|报告)$")
_TITLE_WRONG = re.compile(r"工作(?:总结|报告|汇报|情况报告)|情况(?:报告|汇报|总结)|总结$|自查报告|年报$")


@check(
    "CK-TITLE",
    name="标题",
    compares="标题与「〈机构〉〈年份〉年政府信息公开工作年度报告」。",
    grades="报送函、总结、工作报告代替年度报告为错误；近似写法为警告；读不到标题为疑问。",
    example="标题写成「2021年政府信息公开工作总结」。",
)
def title(subject: Subject) -> Iterator[Finding]:
    """Compare the title with the usual one."""
    printed = fold(subject.report.title)
    where = next(
        (line.where for line in subject.lines if line.kind == "title"), Where(paragraph=0 if subject.lines else None)
    )
    right = f"{subject.report.agency or '〈机构〉'}{subject.year or '〈年份〉'}年政府信息公开工作年度报告"
    if not printed:
        message = f"没有读到标题，标题应为「{right}」，请核对。"
        yield Finding("CK-TITLE", "question", message, where, "", right, None)
    elif re.match(r"^关于(?:报送|上报|呈报)", printed):
        message = f"公开的应是年度报告本身，不是报送的函，标题应为「{right}」。"
        yield Finding("CK-TITLE", "error", message, where, subject.report.title, right, printed)
    elif _TITLE_RIGHT.search(printed):
        return
    elif re.search(r"年度报告", printed) and re.search(r"\d{4}|[〇零一二三四五六七八九]{4}", printed):
        near = SequenceMatcher(None, "政府信息公开工作年度报告", _without_year(printed)[-14:]).ratio()
        if re.search(r"政府信息公开|政务公开|信息公开", printed) and "政府信息公开" not in printed:
            message = f"标题用语不规范，应为「{right}」。"
            yield Finding("CK-TITLE", "warning", message, where, subject.report.title, right, printed)
        elif near < 0.999 and "政府信息公开" not in printed:
            message = f"标题有缺字或者错字，应为「{right}」。"
            yield Finding("CK-TITLE", "error", message, where, subject.report.title, right, printed)
    elif _TITLE_WRONG.search(printed):
        message = f"标题不是年度报告的标题，应为「{right}」。"
        yield Finding("CK-TITLE", "error", message, where, subject.report.title, right, printed)
    elif not re.search(r"\d{4}|[〇零一二三四五六七八九]{4}", printed) and "年度报告" in printed:
        yield Finding(
            "CK-TITLE", "warning", f"标题没有写年份，应为「{right}」。", where, subject.report.title, right, printed
        )
    elif "年度报告" not in printed:
        yield Finding(
            "CK-TITLE", "warning", f"标题不规范，应为「{right}」。", where, subject.report.title, right, printed
        )


def _without_year(text: str) -> str:
    return re.sub(r"^.*?年度?(?=政|信|府)", "", text)


# ---------------------------------------------------------------- CK-PERIOD, CK-PREFACE

_PERIOD = re.compile(
    r"(\d{4})年0?(\d{1,2})月0?(\d{1,2})日?(?:起|开始)?,?(?:至|到|-|~|—|止)+(?:(\d{4})年)?0?(\d{1,2})月0?(\d{1,2})日"
)
_PERIOD_WORDS = re.compile(r"统计期限|统计时(?:间|段)|期限|数据|统计|起止|本报告")
_ADDRESS = re.compile(
    r"(?:www\.|https?://|[a-z0-9-]+\.gov\.cn)|网站[^。;]{0,16}(?:下载|查阅|查看|查询|浏览)|(?:下载|查阅)[^。;]{0,10}(?:网站|门户)|电子版",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"联系(?:电话|方式|人|地址)|(?:电话|传真|邮编|邮政编码|电子邮箱|邮箱|地址)[:为是]|\d{3,4}-\d{7,8}|\(\d{3,4}\)\d{7,8}|请与[^。]{0,30}联系"
)
_BASIS = re.compile(r"条例》|《中华人民共和国政府信息公开条例|国办公开办函|国务院令第?\d")


@check(
    "CK-PERIOD",
    name="统计期限",
    compares="前言写的统计期限与报告年度的1月1日至12月31日。",
    grades="期限不是报告年度的整年为错误；没有写的由 CK-PREFACE 提出。",
    example="2021年度的报告写「2020年1月1日至2020年12月31日」。",
)
def period(subject: Subject) -> Iterator[Finding]:
    """Compare the counting period with the calendar year reported on."""
    year = subject.year
    if year is None:
        return
    for line in subject.body:
        if line.where.part and not re.search(r"统计期限|本报告", line.text):
            continue
        for match in _PERIOD.finditer(line.text):
            if not _PERIOD_WORDS.search(line.text[max(0, match.start() - 24) : match.end() + 8]):
                continue
            first, end = int(match[1]), int(match[4] or match[1])
            found = (first, int(match[2]), int(match[3]), end, int(match[5]), int(match[6]))
            if found == (year, 1, 1, year, 12, 31):
                continue
            right = f"{year}年1月1日至{year}年12月31日"
            message = f"统计期限应为{right}，现写作「{match[0]}」。"
            yield line.finding("CK-PERIOD", "error", message, match.span(), right, match[0])


@check(
    "CK-PREFACE",
    name="前言要素",
    compares="前言（或者结尾）有没有写明法律依据、统计期限、电子版地址、联系方式。",
    grades="依据以外三项全缺的为警告（2021 年格式为提示），只缺一部分的为提示。",
    example="前言没有统计期限，没有下载地址，也没有联系方式。",
)
def preface(subject: Subject) -> Iterator[Finding]:
    """Look for what a preface holds by habit."""
    text = "\n".join(line.text for line in subject.lines)
    opening = "\n".join(line.text for line in subject.lines if not line.where.part) or text[:400]
    missing = []
    if not _BASIS.search(opening) and not _BASIS.search(text[:600]):
        missing.append("法律依据")
    if not _PERIOD.search(text) and not re.search(r"统计期限|统计数据.{0,12}\d{4}年1月1日", text):
        missing.append("统计期限")
    if not _ADDRESS.search(text):
        missing.append("电子版的查阅地址")
    # A number for complaints or enquiries of other kinds is not where a reader of the report may ask.
    if not _CONTACT.search(re.sub(r"(?:监督|举报|投诉|服务|热线|公开)(?:举报|投诉)?电话[^,。;)]*", "", text)):
        missing.append("联系方式")
    if not missing or not subject.lines:
        return
    first = next((line for line in subject.body if not line.where.part), subject.lines[0])
    all_absent = {"统计期限", "电子版的查阅地址", "联系方式"} <= set(missing)
    severity: Severity = "warning" if all_absent and subject.format == "2014" else "info"
    message = f"前言没有写明{'、'.join(missing)}，建议补上。"
    yield Finding("CK-PREFACE", severity, message, first.where, first.raw, "、".join(missing), None)


# ---------------------------------------------------------------- CK-PARTS

PARTS_711 = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
# What Article 32 of the Regulations of 2007 asks for, and how headings of that time say it.
_PARTS_492: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "主动公开政府信息的情况",
        re.compile(r"主动公开|信息公开(?:工作)?(?:开展|总体|基本)?情况|概述|概况|重点领域|公开(?:的)?(?:内容|情况)"),
    ),
    ("依申请公开政府信息和不予公开政府信息的情况", re.compile(r"申请|依申")),
    ("政府信息公开的收费及减免情况", re.compile(r"收费|费用|减免")),
    ("因政府信息公开申请行政复议、提起行政诉讼的情况", re.compile(r"复议|诉讼")),
    ("政府信息公开工作存在的主要问题及改进情况", re.compile(r"问题|不足|改进|困难|打算|思路|下一步")),
)
# Headings of the outline of that time, for near misses.
_HEADINGS_492 = (
    "概述",
    "政府信息公开的组织领导和制度建设情况",
    "发布解读、回应社会关切以及互动交流情况",
    "重点领域政府信息公开工作推进情况",
    "主动公开政府信息以及公开平台建设情况",
    "主动公开政府信息情况",
    "依申请公开政府信息情况",
    "政府信息公开申请办理情况",
    "政府信息公开收费及减免情况",
    "因政府信息公开申请行政复议、提起行政诉讼情况",
    "因政府信息公开申请行政复议、诉讼和申诉情况",
    "政府信息公开保密审查及监督检查情况",
    "所属事业单位信息公开工作推进情况",
    "政府信息公开工作存在的主要问题及改进情况",
    "存在的主要问题及改进措施",
)
_NO_DISCLOSURE = re.compile(r"不予公开|不同意公开|不公开|免予公开|部分公开|豁免")


@check(
    "CK-PARTS",
    name="法定部分齐全",
    compares="各部分标题与报告年度适用的《条例》和格式规定的部分：缺少的、多出的、写错的。",
    grades="缺少法定部分、标题有错字为错误；顺序不对、多出部分为警告；2007 年《条例》要求的内容没有写到为警告。",
    example="「政府新公开收费及减免情况」应为「政府信息公开收费及减免情况」。",
)
def parts(subject: Subject) -> Iterator[Finding]:
    """Compare the headings of the parts with the statutory ones."""
    if not subject.report.parts:
        if subject.report.paragraphs:
            message = "没有读到「一、」「二、」等部分的标题，无法核对法定部分，请检查标题的写法。"
            yield Finding("CK-PARTS", "question", message, subject.lines[0].where, subject.lines[0].raw)
        return
    yield from _parts_711(subject) if subject.is_order_711 else _parts_492(subject)


def _parts_711(subject: Subject) -> Iterator[Finding]:
    taken: dict[str, Part] = {}
    extra: list[Part] = []
    for part in subject.report.parts:
        heading = _bare(part.heading)
        best, ratio = _nearest(heading, [each for each in PARTS_711])
        if ratio >= 0.6 and best not in taken:
            taken[best] = part
            if heading != _bare(best) and not _says_the_same(heading, best) and _is_slip(heading, _bare(best)):
                message = f"标题「{part.heading}」有缺字或者错字，应为「{best}」。"
                yield _heading_finding(subject, part, "error", message, best)
        else:
            extra.append(part)
    for name in PARTS_711:
        if name in taken:
            continue
        stand_in = next((each for each in extra if _covers(_bare(each.heading), name)), None)
        if stand_in is not None:
            extra.remove(stand_in)
            message = f"标题「{stand_in.heading}」与格式规定的「{name}」不同，请按格式改正。"
            yield _heading_finding(subject, stand_in, "warning", message, name)
            continue
        message = f"缺少格式规定的部分「{name}」，请补上。"
        yield Finding("CK-PARTS", "error", message, subject.lines[subject.report.parts[-1].index].where, "", name, None)
    for part in extra:
        message = f"「{part.heading}」不是格式规定的部分，内容应并入规定的六个部分。"
        yield _heading_finding(subject, part, "warning", message, None)
    order = [PARTS_711.index(name) for name in taken]
    if not extra and order != sorted(order):
        message = "各部分的顺序与格式规定的不同，请按规定的顺序排列。"
        yield _heading_finding(subject, subject.report.parts[0], "warning", message, None)


def _parts_492(subject: Subject) -> Iterator[Finding]:
    whole = "\n".join(line.text for line in subject.body)
    headings = [_bare(part.heading) for part in subject.report.parts]
    for part, heading in zip(subject.report.parts, headings, strict=True):
        yield from _near_miss(subject, part, heading)
    sub_headings = [fold(line.raw) for line in subject.lines if line.kind == "heading"]
    for name, pattern in _PARTS_492:
        if any(pattern.search(each) for each in (*headings, *sub_headings)):
            continue
        severity: Severity = "warning" if pattern.search(whole) else "error"
        message = f"缺少《条例》第三十二条要求的部分「{name}」，请补上。"
        last = subject.report.parts[-1]
        yield Finding("CK-PARTS", severity, message, subject.lines[last.index].where, "", name, None)
    part_on_requests = next(
        (
            each
            for each in subject.report.parts
            if re.search(r"申请", each.heading) and not re.search(r"复议|诉讼", each.heading)
        ),
        None,
    )
    if part_on_requests is not None and not _NO_DISCLOSURE.search(whole):
        message = "《条例》第三十二条要求同时报告不予公开政府信息的情况，本部分没有写到，没有的也应写明。"
        yield _heading_finding(subject, part_on_requests, "warning", message, "不予公开政府信息的情况")


def _near_miss(subject: Subject, part: Part, heading: str) -> Iterator[Finding]:
    """A heading that says 政府信息公开 wrongly, or differs from a usual one in a character or two."""
    best, ratio = _nearest(heading, _HEADINGS_492)
    if heading == _bare(best) or ratio < 0.8 or not _is_slip(heading, _bare(best)):
        return
    message = f"标题「{part.heading}」有缺字或者错字，应为「{best}」。"
    yield _heading_finding(subject, part, "error", message, best)


def _is_slip(heading: str, right: str) -> bool:
    """Whether the difference is a wrong or missing character, not another way to say it.

    A slip leaves something that is no word: one character of a fixed term replaced, dropped or swapped.
    """
    for term in (
        "政府信息公开",
        "主动公开",
        "行政复议",
        "行政诉讼",
        "总体情况",
        "收到和处理",
        "需要报告",
        "主要问题",
        "改进情况",
        "事项",
        "申请",
    ):
        if right.count(term) > heading.count(term) and _has_near(heading, term):
            return True
    return False


def _has_near(text: str, term: str) -> bool:
    """Whether a piece of the text is the term with one or two of its characters lost, replaced or swapped."""
    size = len(term)
    for width in range(max(2, size - 2), size + 2):
        for start in range(len(text) - width + 1):
            piece = text[start : start + width]
            if piece == term or piece[0] != term[0] or piece[-1] != term[-1]:
                continue
            common = SequenceMatcher(None, piece, term, autojunk=False).ratio()
            if common >= (0.7 if size >= 5 else 0.74):
                return True
    return False


def _heading_finding(subject: Subject, part: Part, severity: Severity, message: str, expected: str | None) -> Finding:
    line = subject.lines[part.index]
    return Finding("CK-PARTS", severity, message, line.where, part.heading, expected, part.heading)


def _bare(heading: str) -> str:
    return re.sub(r"[\s、,。:;()“”的]", "", fold(heading))


def _nearest(heading: str, names: Sequence[str]) -> tuple[str, float]:
    scored = [(SequenceMatcher(None, heading, _bare(name), autojunk=False).ratio(), name) for name in names]
    ratio, name = max(scored)
    return name, ratio


def _says_the_same(heading: str, name: str) -> bool:
    """Headings that offices use for the same part without fault."""
    same = {
        "总体情况": r"(?:政府信息公开(?:工作)?)?(?:总体|基本)情况|概述|总体情况概述",
        "主动公开政府信息情况": r"(?:行政机关)?主动公开政府信息(?:情况|工作情况)?",
        "收到和处理政府信息公开申请情况": r"(?:行政机关)?收到和处理政府信息公开申请(?:情况)?",
        "政府信息公开行政复议、行政诉讼情况": r"(?:因)?政府信息公开(?:工作)?(?:被申请)?行政复议(?:和|及)?(?:被提起)?行政诉讼(?:情况)?",
        "存在的主要问题及改进情况": r"(?:政府信息公开工作)?存在主要问题(?:及|和)改进(?:情况|措施)",
        "其他需要报告的事项": r"其他需要报告(?:的)?事项(?:情况)?",
    }
    return re.fullmatch(same[name], heading) is not None


def _covers(heading: str, name: str) -> bool:
    words = {
        "总体情况": r"概述|概况|基本情况|工作情况",
        "主动公开政府信息情况": r"主动公开",
        "收到和处理政府信息公开申请情况": r"申请",
        "政府信息公开行政复议、行政诉讼情况": r"复议|诉讼",
        "存在的主要问题及改进情况": r"问题|不足|改进",
        "其他需要报告的事项": r"其他",
    }
    return re.search(words[name], heading) is not None
