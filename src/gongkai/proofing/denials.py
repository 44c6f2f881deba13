"""Statements that something did not happen (未收到申请, 无行政复议, 复议、诉讼均为零): a figure of 0 without a numeral."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_VERBS = r"(?:收到|接到|接收|收悉|受理|发生|产生|出现|涉及|引发|引起|形成|存在|制发|制定|出台|印发|作出|办理|召开|举办|收取|征收|过|到|有|因|被|向申请人收取|进行|实施|开展|废止)"
_NOT = re.compile(
    rf"(?:(?:均|都|皆|也|亦|并|从|尚|暂)?(?:未|没有|没|未曾|从未)(?:再|有)?{_VERBS}(?:过|到)?|(?:暂|均|皆|也|亦|都|并)?没有|不收取|未收费)(?!现成|正当|法律|规定)(?:任何|一[起件例宗次]|1[起件例宗次])?"
)
_NONE = re.compile(
    r"(?:^|[,;:、)]|年度?|单位|[局委办厅院镇乡处所站部队]|街道|中心|机关|期间|全年|情况|共|我区|我市|我县|本级)(?:均|皆|都|也|亦|且|并|暂|内|共|中)?无(?!法|正当|需|偿|障碍|关|条件|误|故|效|序|论|人机|线|缝|纸|证|权|锡|效|记名|形|从|所)(?:任何|一[起件例宗次])?"
)
_ZERO_BEFORE = re.compile(r"零(?=(?:申请|行政复议|复议|行政诉讼|诉讼|投诉|举报|收费|结转))")
_ZERO_BEHIND = re.compile(
    r"(?:数量|情况|案件|总数|数|案|费用|收费)?(?:均|都|皆|也|亦)?(?:为|是)?(?:零(?![一二三四五六七八九十余\d])(?:[件起例宗条次]|$|[,;。、)])|0[件起例宗条次]?(?=$|[,;。)])|无(?=$|[,;。)])|未发生|没有发生|未产生|没有产生)"
)
_TARGETS: tuple[tuple[str, str], ...] = (
    ("carried_out", r"(?:结转(?:至|到)?(?:下|次)年?度?(?:继续办理)?)"),
    ("carried_in", r"(?:(?:上|去)年度?结转)"),
    ("reconsiderations", r"行政复议|(?<!行政)复议(?!后)"),
    ("lawsuits", r"行政诉讼|(?<!行政)诉讼|行政应诉"),
    ("administrative_fees", r"行政事业性收费"),
    ("fees", r"(?:信息处理费|(?:任何)?(?:与?[^,;。]{0,14})?费用|收费)"),
    ("normative_issued", r"规范性文件"),
    ("rules_issued", r"(?<!内部)规章(?!制度)"),
    ("licenses", r"行政许可"),
    ("penalties", r"行政处罚"),
    ("coercions", r"行政强制"),
    ("refused", r"不予公开"),
    ("press_conferences", r"新闻发布会"),
    ("interviews", r"在线访谈"),
    ("hot_topics", r"(?:重大)?舆情"),
    ("complaints", r"举报投诉|投诉举报|举报|投诉"),
    ("requests_received", r"(?:政府信息公开|信息公开|依申请公开(?:政府信息)?(?:的)?|公开政府信息)?(?<!复议)(?<!诉讼)(?<!许可)申请(?!人|公开|行政复议|复议|提起|行政诉讼|表|书|渠道)|申请公开(?:政府)?信息|依申请公开(?!.{0,2}申请)(?=$|[,;。、事件情信的])"),
)  # fmt: skip
_TARGET = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _TARGETS))
_CONDITION = re.compile(
    r"(?:^|[,;:])(?:如|若|对|凡|因|经|由于|对于|按照|根据|鉴于|针对|避免|防止|确保|做到|实现|力争)[^,;]{0,12}$"
)
_CAUSE = re.compile(r"^(?:[^,;。]{0,4})(?:引起|引发|导致|产生|而|被|不服|答复|工作|的(?:行政)?(?:复议|诉讼))")
_CLAUSES = re.compile(r"[^,;]+")


@dataclass(frozen=True)
class Denial:
    """One thing that did not happen, by the id of its concept, with its place in the sentence."""

    concept: str
    start: int
    end: int


def denials(sentence: str) -> Iterator[Denial]:
    """Yield what a sentence (compact, without final mark) denies."""
    seen: set[str] = set()
    for clause in _CLAUSES.finditer(sentence):
        for each in _in_clause(clause[0], sentence[: clause.start()]):
            if each.concept not in seen:
                seen.add(each.concept)
                yield Denial(each.concept, each.start + clause.start(), each.end + clause.start())


def _in_clause(clause: str, before: str) -> Iterator[Denial]:
    for found in (*_NOT.finditer(clause), *_NONE.finditer(clause), *_ZERO_BEFORE.finditer(clause)):
        if _CONDITION.search(before[-1:] + clause[: found.start()]) or clause.endswith("的"):
            continue
        tail = re.split(r"\d", clause[found.end() :], maxsplit=1)[0]
        targets = list(_targets(tail[:60]))
        if targets and targets[0].start <= 24:
            yield from (Denial(each.concept, found.start(), found.end() + each.end) for each in targets)
            return
    for found in _ZERO_BEHIND.finditer(clause):
        head = clause[: found.start()]
        targets = list(_targets(head[-60:]))
        if targets:
            offset = max(0, len(head) - 60)
            yield from (Denial(each.concept, offset + each.start, found.end()) for each in targets)
            return


def _targets(text: str) -> list[Denial]:
    """Return what a stretch of words names, without what only tells the cause (因政府信息公开申请引起的行政复议)."""
    found = [Denial(each.lastgroup or "", each.start(), each.end()) for each in _TARGET.finditer(text)]
    disputes = {each.concept for each in found} & {"reconsiderations", "lawsuits"}
    kept: list[Denial] = []
    for each in found:
        after = text[each.end :]
        is_cause = (
            disputes
            and each.concept in ("requests_received", "fees")
            and not re.match(r"(?:事项|案件|情况)?(?:、|和|及|或|以及|与)", after)
        )
        may_be_cause = each.concept in ("requests_received", "complaints") and disputes
        if is_cause or (may_be_cause and _CAUSE.match(after)):
            continue
        if "申请" in text[each.start : each.end] and re.match(r"(?:的)?(?:费用|收费)", after):
            continue
        if each.concept in ("licenses", "penalties", "coercions") and re.match(r"[^、和及]{0,4}(?:复议|诉讼)", after):
            continue
        kept.append(each)
    if any(each.concept in ("carried_out", "carried_in", "refused") for each in kept):
        kept = [each for each in kept if each.concept != "requests_received"]
    return kept
