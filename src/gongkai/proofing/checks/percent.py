"""Percentages beside the figures they are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.proofing.checks.figures import is_of_the_year, line_of, sentence_of
from gongkai.proofing.checks.places import plain, shown
from gongkai.proofing.checks.registry import check
from gongkai.proofing.findings import Finding, Severity
from gongkai.proofing.report import Number, Statement
from gongkai.proofing.subject import Subject

_RATE = re.compile(r"([\u4e00-\u9fff]{1,6}率)(?:均|都|分别)?(?:达到了?|为|达|是|保持在?|均达)?(?:了)?(100%|百分之百)")
_TOLERANCE = Decimal("0.51")


@check(
    "CK-PERCENT",
    name="百分比",
    compares="百分比与句中的两个数；同比增减与两年的数；各项占比之和与 100%；没有给出分子分母的「100%」。",
    grades="与两个数不符为错误；占比之和不是 100% 为警告；没有依据的百分之百为提示。",
    example="「答复率100%」没有写应答复和已答复的件数。",
)
def percentages(subject: Subject) -> Iterator[Finding]:
    """Compare percentages with the figures they are made of."""
    yield from _ratios(subject)
    yield from _changes(subject)
    yield from _shares(subject)
    for line in subject.body:
        told: set[str] = set()
        for match in _RATE.finditer(line.text):
            sentence = line.sentence_at(match.start())
            if _has_its_figures(match[1], sentence):
                continue
            if sentence in told:
                continue
            told.add(sentence)
            message = f"「{match[0]}」没有写明是哪两个数之比，建议写出应办和已办的件数。"
            yield line.finding("CK-PERCENT", "info", message, match.span(), None, match[2])


def _has_its_figures(rate: str, sentence: str) -> bool:
    """Whether a sentence names what was done (答复 for 答复率) with a figure, and another figure beside it."""
    plain_text = re.sub(r"\d{4}年|\d+(?:\.\d+)?%|\d+个工作日", "", sentence)
    figures = re.findall(r"\d+", plain_text)
    verb = rate.rstrip("率")[-2:]
    return len(figures) >= 2 and bool(
        re.search(
            rf"{verb}[^,;率]{{0,8}}\d|\d+[件条次个起封][^,;]{{0,6}}{verb}(?!率)|(?:全部|均已?|已)[^,;]{{0,4}}{verb}(?!率)",
            plain_text,
        )
    )


def _decimals(value: Number) -> int:
    text = f"{Decimal(str(value)).normalize():f}"
    return len(text.partition(".")[2])


def _ratios(subject: Subject) -> Iterator[Finding]:
    """A percentage with its two figures in the sentence."""
    for statement in subject.report.statements:
        if statement.relation != "ratio_of" or statement.value is None or statement.unit != "%" or statement.approx:
            continue
        said = Decimal(str(statement.value))
        pairs = _numerators(subject, statement)
        rights = [Decimal(str(part)) * 100 / Decimal(str(whole)) for part, whole in pairs]
        if not rights or any(_is_close(said, right, _decimals(statement.value)) for right in rights):
            continue
        (part, whole), right = pairs[0], rights[0]
        line = line_of(subject, statement)
        exact = round(right, max(_decimals(statement.value), 1))
        message = f"{shown(part)}÷{shown(whole)}＝{shown(exact)}%，文中写{shown(statement.value)}%，请核对。"
        severity: Severity = "error" if len(pairs) == 1 else "question"
        quote = line.quote_raw(statement.span)
        yield Finding("CK-PERCENT", severity, message, statement.where, quote, float(exact), plain(statement.value))


def _numerators(subject: Subject, statement: Statement) -> list[tuple[Number, Number]]:
    """Return the pairs of part and whole that a percentage may be made of, the likeliest first."""
    statements = subject.report.statements
    named = [statements[position] for position in statement.of]
    if len(named) == 2:
        part, whole = named[0].value, named[1].value
        return [(part, whole)] if part is not None and whole else []
    if len(named) != 1 or named[0].value is None or named[0].unit == "%" or named[0].approx:
        return []
    numerator = named[0]
    if numerator.relation == "part_of" and numerator.of and "占" in statement.name:
        whole = statements[numerator.of[0]].value
        return [(numerator.value, whole)] if numerator.value is not None and whole else []
    # A rate (办结率) belongs to the figure of the same word (办结18件), over a larger one named before it.
    verb = statement.name.rstrip("率")[-2:]
    if not statement.name.endswith("率") or len(verb) < 2 or verb not in numerator.name or numerator.value is None:
        return []
    sentence = sentence_of(subject, statement)
    wholes = [
        each.value
        for each in statements[: numerator.position]
        if each.where == numerator.where
        and each.unit == numerator.unit
        and each.value
        and not each.approx
        and each.value >= numerator.value
        and each.span[0] >= sentence[0]
    ]
    return [(numerator.value, whole) for whole in reversed(wholes)]


def _is_close(said: Decimal, right: Decimal, places: int) -> bool:
    # Rounded or cut off, at the last place printed.
    return abs(said - right) <= max(Decimal(1).scaleb(-places), Decimal("0.001"))


def _changes(subject: Subject) -> Iterator[Finding]:
    """A growth or fall with this year's and last year's figure in the sentence, or with last year's report."""
    for statement in subject.report.statements:
        if statement.relation != "change_on" or statement.value is None or statement.approx or not statement.of:
            continue
        now = subject.report.statements[statement.of[0]]
        if _BASE.search(now.name):  # 比上年的24件增长25%: the figure is the one compared with
            base, earlier = now, _earlier_in_sentence(subject, now)
            if earlier is None:
                continue
            now, before = earlier, base.value
        else:
            before = _figure_before(subject, statement, now)
        if now.value is None or now.approx or now.unit == "%" or before is None:
            continue
        finding = _change(subject, statement, Decimal(str(now.value)), Decimal(str(before)))
        if finding is not None:
            yield finding


_BASE = re.compile(r"[比较](?:上年|去年|上一年|\d{4}年)(?:度|同期)?的?$")


def _earlier_in_sentence(subject: Subject, statement: Statement) -> Statement | None:
    """Return the figure of the same unit before a figure in its sentence."""
    start, _end = sentence_of(subject, statement)
    earlier = [
        each
        for each in subject.report.statements[: statement.position]
        if each.where == statement.where and each.span[0] >= start and each.unit == statement.unit
    ]
    return earlier[-1] if earlier else None


def _figure_before(subject: Subject, statement: Statement, now: Statement) -> Number | None:
    """Return last year's figure: the second one of the statement, one of the sentence, or that of last year's report."""
    statements = subject.report.statements
    if len(statement.of) > 1:
        return statements[statement.of[1]].value
    sentence = sentence_of(subject, statement)
    named = [
        each.value
        for each in statements
        if each.where == statement.where
        and sentence[0] <= each.span[0] < sentence[1]
        and each.scope.period == "previous"
        and each.unit == now.unit
        and each.relation != "change_on"
        and not each.approx
    ]
    if len(named) == 1:
        return named[0]
    if named or subject.previous is None or not is_of_the_year(subject, now):
        return None
    return subject.previous.number(now.indicator(subject.table_format or subject.format) or "-")


def _change(subject: Subject, statement: Statement, now: Decimal, before: Decimal) -> Finding | None:
    change = now - before
    direction = 1 if change > 0 else -1 if change < 0 else 0
    fits_direction = statement.direction in (0, direction) or change == 0
    said = Decimal(str(statement.value))
    if statement.unit == "%":
        if not before:
            return None
        right = change * 100 / before
        if _is_close(abs(said), abs(right), _decimals(said)) and fits_direction:
            return None
        fact = f"由{shown(before)}到{shown(now)}的变化是{shown(round(right, 2))}%"
    else:
        right = change
        if abs(change) == abs(said) and fits_direction:
            return None
        fact = f"由{shown(before)}到{shown(now)}相差{shown(abs(change))}"
    verb = "下降" if statement.direction < 0 else "增长"
    message = f"{fact}，文中写{verb}{shown(abs(said))}{statement.unit}，请核对。"
    quote = line_of(subject, statement).quote_raw(statement.span)
    return Finding(
        "CK-PERCENT", "error", message, statement.where, quote, plain(round(right, 2)), plain(statement.value)
    )


_SHARE = re.compile(r"占(?:比|总数的?|全部的?|[\u4e00-\u9fff]{0,8}的)?(?:为|达|约)?(\d{1,3}(?:\.\d+)?)%")


def _shares(subject: Subject) -> Iterator[Finding]:
    """Shares of one whole that are listed to the end (分别占, 其中…占…占) add up to one hundred."""
    for line in subject.body:
        for sentence in line.sentences():
            shares = [Decimal(match[1]) for match in _SHARE.finditer(sentence[0])]
            if len(shares) < 3 or re.search(r"其中|主要|较大|前[三3二2]", sentence[0]):
                continue
            total = sum(shares, Decimal(0))
            if Decimal(97) <= total <= Decimal(103) and abs(total - 100) > _TOLERANCE:
                message = f"各项占比之和是{shown(total)}%，应为100%，请核对。"
                yield line.finding("CK-PERCENT", "warning", message, sentence.span(), 100, float(total))
            elif total > Decimal(103):
                message = f"各项占比之和是{shown(total)}%，超过100%，请核对。"
                yield line.finding("CK-PERCENT", "warning", message, sentence.span(), 100, float(total))
