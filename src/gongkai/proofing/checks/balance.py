"""The relations of the tables: sums, 其中, channels. `rules.relations` judges them; here they become findings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gongkai.proofing.checks.places import cell_at, name_of, names_of, place_of, plain, shown, values_of
from gongkai.proofing.checks.registry import check
from gongkai.proofing.findings import Finding, Severity
from gongkai.proofing.report import STATISTICS
from gongkai.proofing.subject import Subject
from gongkai.rules import relations
from gongkai.rules.relations import Failure

_SUMS = (
    "ST-01",
    "ST-02",
    "ST-03",
    "ST-05",
    "ST-06",
    "ST-07",
    "ST-08",
    "ST-09",
    "ST-10",
    "RT-01",
    "RT-02",
    "RT-03",
    "RT-04",
    "RL-01",
)
_OF_WHICH = ("ST-04", "IN-01", "IN-02", "IN-03", "IN-04")
_CHANNELS = ("IN-05", "IN-06", "IN-08")
# Relations that real tables break with good reason: asked, not asserted.
_ASKED = ("IN-07", "IN-09", "IN-10", "IN-11", "IN-12", "IN-13", "IN-14", "IN-15", "IN-16", "IN-17")
_NUMBERS = ("ST-91",)
_SMALL = re.compile(r"[县区旗镇乡]|街道|局$|中心$")
_RULEMAKERS = re.compile(r"省|自治区|(?:市|州|盟)人民政府|部$|国务院")


def failures(subject: Subject, *, blank_is_zero: bool = False) -> tuple[Failure, ...]:
    """Return the relations that fail in the tables of a report, without those that need last year's."""
    key = ("failures", blank_is_zero)
    if key not in subject.memo:
        subject.memo[key] = _failures(subject, blank_is_zero)
    found: tuple[Failure, ...] = subject.memo[key]
    return found


def _failures(subject: Subject, blank_is_zero: bool) -> tuple[Failure, ...]:
    if not subject.report.tables:
        return ()
    facts = {}
    if _SMALL.search(subject.agency) and not _RULEMAKERS.search(subject.agency):
        facts = {"no_rulemaking_power": True}
    values = values_of(subject.report, blank_is_zero=blank_is_zero)
    return relations.check(values, subject.table_format, facts=facts).failed


def _of(subject: Subject, ids: Sequence[str]) -> list[Failure]:
    return [failure for failure in failures(subject) if failure.id in ids]


@check(
    "CK-SUM",
    name="合计",
    compares="统计表的合计、勾稽关系（第一项加第二项等于第三项加第四项、总计列、各情形之和），以及正文里分项之和与合计。",
    grades="必然成立的不成立为错误，一般成立的（如不同意公开各理由之和）为警告；留空按 0 计才不成立的、正文口径不明的为疑问。能解释全部不符的格列为疑点。",
    example="新收 14069 加结转 560，不等于总计 13810 加结转下年 820。",
)
def sums(subject: Subject) -> Iterator[Finding]:
    """Look for sums of the tables that do not come out; one finding for each set of suspect cells."""
    failed = _of(subject, _SUMS)
    yield from _sums(subject, failed, None)
    known = {(failure.id, failure.cells) for failure in failed}
    filled_up = [
        failure
        for failure in failures(subject, blank_is_zero=True)
        if failure.id in _SUMS
        and failure.grade == "certain"
        and (failure.id, failure.cells) not in known
        and _is_partly_filled(subject, failure)
    ]
    yield from _sums(subject, filled_up, "question")


def _is_partly_filled(subject: Subject, failure: Failure) -> bool:
    """Whether a relation has a filled total and some filled part besides blank ones: only then a blank may mean 0."""
    cells = [cell_at(subject.report, code) for code in failure.cells]
    filled = [cell for cell in cells if cell is not None and cell.state == "number"]
    return len(filled) >= 2 and any(cell is None or cell.state != "number" for cell in cells)


def _sums(subject: Subject, failed: Sequence[Failure], severity: Severity | None) -> Iterator[Finding]:
    format = subject.table_format
    groups: dict[tuple[str, ...], list[Failure]] = {}
    for failure in failed:
        groups.setdefault(failure.suspects or failure.cells, []).append(failure)
    for suspects, together in _merged(groups).items():
        first = together[0]
        codes = [code for code in suspects if not code.startswith("previous[")] or list(first.cells)
        graded: Severity = severity or ("error" if any(each.grade == "certain" for each in together) else "warning")
        said = "；".join(
            f"{each.sentence.rstrip('。')}（{_what(format, each)}一边是{shown(each.found)}，另一边是{shown(each.expected)}）"
            for each in together[:3]
        )
        many = f"；共{len(together)}处" if len(together) > 3 else ""
        blank = "，留空的按0计" if severity == "question" else ""
        message = f"{said}{many}{blank}。请核对：{names_of(format, codes)}。"
        places = tuple(place_of(subject.report, code) for code in codes)
        cell = cell_at(subject.report, codes[0])
        yield Finding(
            "CK-SUM",
            graded,
            message,
            places[0],
            cell.printed if cell else "",
            plain(first.expected),
            plain(first.found),
            suspects=places,
        )


def _what(format: str, failure: Failure) -> str:
    """Name the row or column a relation of a large table is about."""
    return f"{name_of(format, failure.cells[0])}，" if "." in failure.cells[0] else ""


def _merged(groups: Mapping[tuple[str, ...], list[Failure]]) -> dict[tuple[str, ...], list[Failure]]:
    """Put together the sums that share a suspect: they are one mistake."""
    merged: dict[tuple[str, ...], list[Failure]] = {}
    for suspects, together in groups.items():
        for known in list(merged):
            common = [code for code in known if code in suspects]
            if common:
                merged[tuple(common)] = merged.pop(known) + together
                break
        else:
            merged[suspects] = list(together)
    return merged


@check(
    "CK-OFWHICH",
    name="其中项",
    compares="「其中」项与所属的总项：不大于总项，填了其中项总项也应填。",
    grades="不成立为错误。",
    example="主动公开规范性文件数填了1，主动公开政府信息数没有填。",
)
def of_which(subject: Subject) -> Iterator[Finding]:
    """Look for 其中 rows larger than their parent or without it."""
    format = subject.table_format
    for failure in _of(subject, _OF_WHICH):
        if failure.id == "IN-04":
            child, parent = failure.cells[:2]
            value = cell_at(subject.report, child)
            message = f"{name_of(format, child)}填了{shown(value.value if value else None)}，它所属的{name_of(format, parent)}没有填，请补填。"
        else:
            child, parent = failure.cells[0], failure.cells[-1]
            message = (
                f"{failure.sentence.rstrip('。')}，现为{shown(failure.found)}，应{shown(failure.expected)}，请核对。"
            )
        places = tuple(place_of(subject.report, code) for code in failure.cells)
        yield Finding(
            "CK-OFWHICH", "error", message, place_of(subject.report, child), name_of(format, child).strip("0123456789.「」"),
            plain(failure.expected), plain(failure.found), suspects=places,
        )  # fmt: skip


_CHANNEL_ROWS = (
    ("1.1", ("1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5"), "公开渠道"),
    ("2.1", ("2.2.1", "2.2.2", "2.2.4", "2.2.5"), "回应方式"),
)


@check(
    "CK-CHANNEL",
    name="总数与渠道",
    compares="公开总数与各公开渠道、回应次数与各回应方式。",
    grades="总数小于任一渠道、大于渠道之和为错误；回应次数与方式不符、渠道全部空白为警告。",
    example="回应热点136次，各回应方式一栏都没有填。",
)
def channels(subject: Subject) -> Iterator[Finding]:
    """Compare totals with their channels."""
    format = subject.table_format
    for failure in _of(subject, _CHANNELS):
        severity: Severity = "error" if failure.grade == "certain" else "warning"
        message = f"{failure.sentence.rstrip('。')}，现为{shown(failure.found)}，应{shown(failure.expected)}，请核对。"
        places = tuple(place_of(subject.report, code) for code in failure.cells)
        quote = name_of(format, failure.cells[0]).strip("0123456789.「」")
        yield Finding(
            "CK-CHANNEL",
            severity,
            message,
            places[0],
            quote,
            plain(failure.expected),
            plain(failure.found),
            suspects=places,
        )
    table = subject.table(STATISTICS)
    if table is None:
        return
    for total, parts, what in _CHANNEL_ROWS:
        value = table.value(total)
        cells = [table.cell(code) for code in parts]
        if value and all(cell is None or cell.state != "number" for cell in cells):
            message = f"{name_of(format, total)}是{shown(value)}，{what}各行都没有填，请补填。"
            places = tuple(place_of(subject.report, code) for code in (total, *parts))
            quote = name_of(format, total).strip("0123456789.「」")
            yield Finding("CK-CHANNEL", "warning", message, places[0], quote, None, plain(value), suspects=places)


@check("CK-SUSPECT")
def unlikely(subject: Subject) -> Iterator[Finding]:
    """Ask about relations that hold as a rule."""
    format = subject.table_format
    for failure in _of(subject, (*_ASKED, *_NUMBERS, "PD-02")):
        certain = failure.id in _NUMBERS
        message = f"{failure.sentence.rstrip('。')}，现为{shown(failure.found)}，应{shown(failure.expected)}，请核对。"
        places = tuple(place_of(subject.report, code) for code in failure.cells)
        quote = name_of(format, failure.cells[0]).strip("0123456789.「」")
        severity: Severity = "error" if certain else "question"
        yield Finding(
            "CK-SUSPECT",
            severity,
            message,
            places[0],
            quote,
            plain(failure.expected),
            plain(failure.found),
            suspects=places,
        )


@check("CK-INDICATOR")
def rules_of_small_agencies(subject: Subject) -> Iterator[Finding]:
    """Ask about 规章 of an agency that cannot make any (PD-03)."""
    failed = _of(subject, ("PD-03",))
    if failed:
        code = failed[0].cells[0]
        message = "县级及以下机关和政府部门没有规章制定权，规章一行应为0，请核对是否把规范性文件填成了规章。"
        yield Finding(
            "CK-INDICATOR", "question", message, place_of(subject.report, code), "规章", 0, plain(failed[0].found)
        )
