"""Wholes and their parts in a sentence: 合计, 其中, lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.proofing.checks.figures import line_of, sentence_of
from gongkai.proofing.checks.places import plain, shown
from gongkai.proofing.checks.registry import check
from gongkai.proofing.findings import Finding, Severity
from gongkai.proofing.report import Statement
from gongkai.proofing.subject import Subject


@check("CK-SUM")
def sums_in_text(subject: Subject) -> Iterator[Finding]:
    """Look for totals in a sentence whose parts add up to something else."""
    statements = subject.report.statements
    for statement in statements:
        if statement.relation != "sum_of" or statement.value is None or not statement.of or statement.approx:
            continue
        parts = [statements[position] for position in statement.of]
        if any(part.value is None or part.approx or part.unit == "%" for part in parts) or len(parts) < 2:
            continue
        total = sum((Decimal(str(part.value)) for part in parts), Decimal(0))
        if total == Decimal(str(statement.value)):
            continue
        line = line_of(subject, statement)
        said = "＋".join(shown(part.value) for part in parts)
        message = f"合计写{shown(statement.value)}{statement.unit}，分项{said}＝{shown(total)}，请核对。"
        places = (statement.where, *(part.where for part in parts))
        yield Finding(
            "CK-SUM", "error", message, statement.where, line.quote_raw(statement.span), plain(total), plain(statement.value),
            suspects=tuple(dict.fromkeys(places)),
        )  # fmt: skip


# An item disclosed through several channels counts in each: parts of such a whole may exceed it.
_BY_CHANNEL = re.compile(r"公开|发布|信息|渠道|平台|网站|解读|微信|微博|宣传|回应")
_NOT_ALL = re.compile(r"等|主要|包括|重点|最多|较多")
_NEARLY_ALL = Decimal("0.85")


@check("CK-SUM")
def parts_add_up(subject: Subject) -> Iterator[Finding]:
    """Compare a whole with the sum of the parts listed behind it."""
    statements = subject.report.statements
    listed: dict[int, list[Statement]] = {}
    for statement in statements:
        if statement.relation == "part_of" and len(statement.of) == 1:
            listed.setdefault(statement.of[0], []).append(statement)
    for position, parts in listed.items():
        whole = statements[position]
        end = sentence_of(subject, whole)[1]
        usable = [
            each
            for each in parts
            if each.unit != "%" and each.scope.period in ("", whole.scope.period) and each.span[1] <= end
        ]
        if (
            whole.value is None
            or whole.approx
            or len(usable) < 2
            or any(each.value is None or each.approx for each in usable)
        ):
            continue
        if any(each.where != whole.where or (each.unit and whole.unit and each.unit != whole.unit) for each in usable):
            continue
        yield from _whole_and_parts(subject, whole, usable)


def _divided_twice(parts: list[Statement], total: Decimal) -> bool:
    """Whether the parts are two or more divisions of the whole, by applicant and by channel for instance."""
    running = Decimal(0)
    for part in parts:
        running += Decimal(str(part.value))
        if running == total:
            running = Decimal(0)
    return running == 0


def _whole_and_parts(subject: Subject, whole: Statement, parts: list[Statement]) -> Iterator[Finding]:
    added = sum((Decimal(str(each.value)) for each in parts), Decimal(0))
    total = Decimal(str(whole.value))
    line = line_of(subject, whole)
    text = line.raw[whole.span[0] : parts[-1].span[1]]
    tail = line.raw[parts[-1].span[1] : parts[-1].span[1] + 2]
    by_channel = bool(_BY_CHANNEL.search(re.sub(r"信息公开申请|信息公开", "", text))) and "申请" not in text
    if added == total or (added > total and by_channel) or _divided_twice(parts, total):
        return
    if added < total and (_NOT_ALL.search(text) or "等" in tail or added < total * _NEARLY_ALL or by_channel):
        return
    severity: Severity = "error" if added > total and whole.unit in ("件", "次", "人次", "条", "起") else "question"
    said = "＋".join(shown(each.value) for each in parts)
    message = f"总数写{shown(whole.value)}{whole.unit}，列出的各项{said}＝{shown(added)}，请核对。"
    places = tuple(dict.fromkeys((whole.where, *(each.where for each in parts))))
    quote = line.quote_raw(whole.span)
    yield Finding("CK-SUM", severity, message, whole.where, quote, plain(added), plain(whole.value), suspects=places)


@check("CK-OFWHICH")
def parts_in_text(subject: Subject) -> Iterator[Finding]:
    """Look for 其中 figures of the text larger than their whole."""
    statements = subject.report.statements
    for statement in statements:
        if statement.relation != "part_of" or not statement.of or statement.value is None:
            continue
        whole = statements[statement.of[0]]
        if whole.value is None or statement.unit == "%" or whole.unit == "%" or whole.approx or statement.approx:
            continue
        if statement.unit and whole.unit and statement.unit != whole.unit:
            continue
        if statement.value > whole.value:
            line = line_of(subject, statement)
            message = (
                f"其中的{shown(statement.value)}{statement.unit}大于总数{shown(whole.value)}{whole.unit}，请核对。"
            )
            yield Finding(
                "CK-OFWHICH", "error", message, statement.where, line.quote_raw(statement.span),
                f"≤{shown(whole.value)}", plain(statement.value),
            )  # fmt: skip
