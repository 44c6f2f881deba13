"""What stands below the headings: matters named, empty parts, length."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.proofing.checks.registry import check
from gongkai.proofing.findings import Finding, Severity
from gongkai.proofing.subject import Line, Subject

# A matter a heading may name → words by which the body speaks of it.
_MATTERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("申诉", re.compile(r"申诉|举报|投诉")),
    ("减免", re.compile(r"减免|免除|免收|减收")),
    ("收费", re.compile(r"收费|收取|费用|[收免]费")),
    ("复议", re.compile(r"复议")),
    ("诉讼", re.compile(r"诉讼|起诉|应诉")),
    ("培训", re.compile(r"培训|学习|轮训")),
    ("保密审查", re.compile(r"保密|审查|涉密")),
    ("监督检查", re.compile(r"监督|检查|督查|考核")),
    ("制度建设", re.compile(r"制度|机制|办法|规定")),
    ("组织领导", re.compile(r"领导|组织|小组|机构")),
    ("平台建设", re.compile(r"平台|网站|门户|新媒体|客户端|专栏|公众号|栏目|微博|微信|公开栏")),
    ("解读", re.compile(r"解读")),
    ("回应", re.compile(r"回应|答复|回复|舆情|关切")),
    ("互动交流", re.compile(r"互动|交流|答复|咨询|留言|信箱|访谈|热线|调查")),
    ("社会评议", re.compile(r"评议|评价|测评|满意")),
    ("责任追究", re.compile(r"责任追究|追责|问责|追究")),
    ("工作考核", re.compile(r"考核|考评|评估")),
    ("改进", re.compile(r"改进|措施|下一步|今后|完善|加强|进一步|整改|提升|解决")),
)


@check(
    "CK-HEADINGBODY",
    name="标题提到的事项正文都有交代",
    compares="标题里提到的事项（减免、申诉、诉讼、培训等）与标题下面的正文。",
    grades="复议、诉讼、申诉、收费没有交代的为警告，其余为提示。",
    example="标题有「减免」，正文只说没有收费。",
)
def heading_and_body(subject: Subject) -> Iterator[Finding]:
    """Look in the body for each matter that its heading names."""
    for heading, below in _headings(subject):
        body = "".join(line.text for line in below)
        if len(body) < 8:
            continue  # CK-EMPTYPART says so
        for matter, words in _MATTERS:
            if matter not in heading.text or words.search(body):
                continue
            if matter == "诉讼" and "行政复议" not in body and "复议" in heading.text:
                continue  # told for 复议
            if _has_table(subject, heading):
                continue
            severity: Severity = "warning" if matter in ("复议", "诉讼", "申诉", "收费") else "info"
            message = f"标题提到「{matter}」，下面的正文没有交代，没有发生的也应写明。"
            at = heading.text.find(matter)
            span = (max(0, at - 8), at + max(4, len(matter)))
            line = heading
            yield line.finding("CK-HEADINGBODY", severity, message, span, matter, None)


def _headings(subject: Subject) -> Iterator[tuple[Line, list[Line]]]:
    """Yield every heading with the lines below it, up to the next heading of its level or above."""
    for at, line in enumerate(subject.lines):
        if line.kind != "heading":
            continue
        below: list[Line] = []
        for other in subject.lines[at + 1 :]:
            if other.kind == "heading" and other.level <= line.level:
                break
            if other.kind in ("text", "heading"):
                below.append(other)
        yield line, below


def _has_table(subject: Subject, heading: Line) -> bool:
    """Whether the part of a heading holds statistics tables, which then speak for it."""
    return any(table.part and table.part == heading.where.part for table in subject.report.tables.values())


# ---------------------------------------------------------------- CK-EMPTYPART, CK-LENGTH

_NOTHING = re.compile(r"^(?:无|没有|暂无|略|见附件|详见附件|无其他(?:需要)?(?:报告|说明)的?事项)?[。.,]?$")


@check(
    "CK-EMPTYPART",
    name="部分空白",
    compares="每一部分有没有内容；总体情况、存在的主要问题两部分是否过短或者只写「无」。",
    grades="空白为错误；「存在的主要问题」写「无」为错误；过短为警告。其他需要报告的事项写「无」是允许的。",
    example="「存在的主要问题及改进情况」下面只有「无」。",
)
def empty_parts(subject: Subject) -> Iterator[Finding]:
    """Look for parts without content."""
    for part in subject.report.parts:
        line = subject.lines[part.index]
        if part.tables or any(table.part == part.number_text for table in subject.report.tables.values()):
            continue
        text = "".join(each.text for each in subject.part_lines(part))
        whole_line_is_text = len(line.text) > 60
        if not text:
            if whole_line_is_text:
                continue
            if subject.format != "2014" and re.search(r"主动公开|申请|复议", part.heading):
                message = f"「{part.heading}」下面没有表格，也没有文字，请补上。"
            else:
                message = f"「{part.heading}」下面没有内容，请补上，没有发生的也应写明。"
            yield line.finding("CK-EMPTYPART", "error", message, (0, 12), None, "空白")
        elif re.search(r"问题|不足", part.heading):
            if _NOTHING.match(text):
                message = "「存在的主要问题」不应写「无」，请写明本年度的具体问题和改进措施。"
                yield line.finding("CK-EMPTYPART", "error", message, (0, 12), None, text)
            elif len(text) < 40:
                message = f"「{part.heading}」只有{len(text)}个字，过于简单，请写明具体问题和改进措施。"
                yield line.finding("CK-EMPTYPART", "warning", message, (0, 12), None, text)
        elif re.search(r"总体情况|概述", part.heading) and (_NOTHING.match(text) or len(text) < 20):
            message = f"「{part.heading}」只有{len(text)}个字，请写明本年度的工作情况。"
            yield line.finding("CK-EMPTYPART", "warning", message, (0, 12), None, text)


@check(
    "CK-LENGTH",
    name="总体情况的长度",
    compares="第一部分「总体情况」的字数与通行要求（约一千字，有数据）。",
    grades="明显超长的为提示（界限见配置文件的 overall_length）。",
    example="总体情况写了四千多字。",
)
def length(subject: Subject) -> Iterator[Finding]:
    """Count the characters of part one."""
    limit = subject.profile.limits.overall_length
    for part in subject.report.parts[:1]:
        if not re.search(r"总体情况|概述|基本情况", part.heading):
            continue
        text = "".join(each.text for each in subject.part_lines(part))
        if len(text) > limit:
            message = f"「{part.heading}」有{len(text)}个字，过长，通行的要求是一千字左右，请精简。"
            yield subject.lines[part.index].finding("CK-LENGTH", "info", message, (0, 12), limit, len(text))
