"""Several reports together: year against year, agency against agency, agencies against their government.

Grouping by agency and year is automatic. Paragraphs are compared by their shingles after names, places and numbers are
taken out; candidates come from a table of shingle hashes (min-wise sampling), so that two hundred reports take seconds.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.proofing.checks.places import name_of, place_of, plain, shown, values_of
from gongkai.proofing.checks.registry import check, describe
from gongkai.proofing.findings import Finding, Severity
from gongkai.proofing.folding import fold
from gongkai.proofing.profile import Limits
from gongkai.proofing.report import Report, Where
from gongkai.proofing.subject import Subject, format_of_tables
from gongkai.rules import relations

# ---------------------------------------------------------------- year against year


@check(
    "CK-CARRY",
    name="年度衔接",
    compares="上年报告的结转下年度继续办理数与本年的上年结转数；上年尚未审结的案件与本年的总计。",
    grades="总计不衔接为错误，只有某一列不同（申请人类别可能变动）为疑问；案件不衔接为警告。",
    example="上年结转下年度 8 件，本年上年结转填 5 件。",
)
def carry(subject: Subject) -> Iterator[Finding]:
    """Compare the opening figures with the closing ones of last year."""
    if subject.previous is None:
        return
    failed = _year_failures(subject, ("RT-05", "RL-02"))
    totals = [each for each in failed if each.cells[0].endswith(".total")]
    for failure in totals or failed:
        code = failure.cells[0]
        if failure.id == "RT-05":
            severity: Severity = "error" if code.endswith(".total") else "question"
            message = (
                f"上年报告结转下年度{shown(failure.expected)}件，本年填的上年结转是{shown(failure.found)}件，应当一致。"
            )
        else:
            severity = "warning"
            message = (
                f"{name_of(subject.table_format, code)}是{shown(failure.found)}，小于上年报告的尚未审结数，请核对。"
            )
        where = place_of(subject.report, code)
        files = (subject.report.path, subject.previous.path)
        yield Finding(
            "CK-CARRY", severity, message, where, "", plain(failure.expected), plain(failure.found), files=files
        )


@check("CK-STOCK")
def stock_of_two_years(subject: Subject) -> Iterator[Finding]:
    """Compare the stock with last year's stock, what was issued and what was repealed."""
    if subject.previous is None:
        return
    format = subject.table_format
    for failure in _year_failures(subject, ("PD-01",)):
        code = next(each for each in failure.cells if each.endswith("in_force"))
        message = (
            f"{name_of(format, code)}是{shown(failure.found)}，按上年现行有效加本年制发减本年废止应为{shown(failure.expected)}，"
            "期满失效和清理的应计入废止或者作出说明。"
        )
        files = (subject.report.path, subject.previous.path)
        where = place_of(subject.report, code)
        yield Finding(
            "CK-STOCK", "warning", message, where, "", plain(failure.expected), plain(failure.found), files=files
        )
    if format == "2019" and format_of_tables(subject.previous) == "2019":
        yield from _items_of_2019(subject, subject.previous)


def _items_of_2019(subject: Subject, previous: Report) -> Iterator[Finding]:
    """The form of 2019 prints last year's number of items and the change: they follow from last year's report."""
    for key in ("art20_5", "art20_6", "art20_8"):
        table, before = subject.table(key), previous.tables.get(key)
        if table is None or before is None:
            continue
        for row in table.rows:
            now = table.value(row, "items_last_year")
            old, change = before.value(row, "items_last_year"), before.value(row, "change_this_year")
            if now is None or old is None or change is None or now == old + change:
                continue
            message = f"上一年项目数量填{shown(now)}，按上年报告（{shown(old)}增减{shown(change)}）应为{shown(old + change)}，请核对。"
            where = Where(part=table.part, table=key, row=row, column="items_last_year")
            files = (subject.report.path, previous.path)
            yield Finding("CK-STOCK", "warning", message, where, "", plain(old + change), plain(now), files=files)


def _year_failures(subject: Subject, ids: Sequence[str]) -> list[relations.Failure]:
    previous = subject.previous
    if previous is None or not subject.report.tables or not previous.tables:
        return []
    format, before = subject.table_format, format_of_tables(previous)
    if "2014" in (format, before) and format != before:
        return []
    result = relations.check(values_of(subject.report), format, values_of(previous), previous_format=before)
    return [failure for failure in result.failed if failure.id in ids]


_JUMP_LEAST = 20


@check(
    "CK-JUMP",
    name="与上年相差悬殊",
    compares="各行与上年报告的数。",
    grades="相差超过倍数（配置文件的 jump，默认 5 倍，且相差 20 以上）为疑问；收费相差百倍以上可能误按元填写。",
    example="行政处罚上年 12 件，本年 960 件。",
)
def jumps(subject: Subject) -> Iterator[Finding]:
    """Ask about rows that differ from last year beyond a factor; the gravest ten."""
    previous = subject.previous
    if previous is None or not subject.report.tables or not previous.tables:
        return
    if subject.table_format != format_of_tables(previous):
        return
    now, before = values_of(subject.report), values_of(previous)
    factor = Decimal(str(subject.profile.limits.jump))
    found: list[tuple[Decimal, Finding]] = []
    for code, value in now.items():
        old = before.get(code)
        if not isinstance(value, int | Decimal) or not isinstance(old, int | Decimal):
            continue
        if code.startswith("requests.") and not code.endswith(".total"):
            continue
        high, low = Decimal(max(value, old)), Decimal(min(value, old))
        if low < 0 or high - low < _JUMP_LEAST or high < factor * max(low, Decimal(1)):
            continue
        hint = "，可能误按元填写" if code.startswith("art20_8") and high >= 100 * max(low, Decimal(1)) else ""
        message = (
            f"{name_of(subject.table_format, code)}上年是{shown(old)}，本年是{shown(value)}，相差悬殊{hint}，请核对。"
        )
        files = (subject.report.path, previous.path)
        finding = Finding(
            "CK-JUMP", "question", message, place_of(subject.report, code), "", plain(old), plain(value), files=files
        )
        found.append((high / max(low, Decimal(1)), finding))
    found.sort(key=lambda each: -each[0])
    for _ratio, finding in found[:10]:
        yield finding


@check("CK-SUSPECT")
def same_table_as_last_year(subject: Subject) -> Iterator[Finding]:
    """Ask about a table that equals last year's in every cell."""
    previous = subject.previous
    if previous is None or not subject.report.tables or subject.table_format != format_of_tables(previous):
        return
    now, before = values_of(subject.report), values_of(previous)
    filled = [value for value in now.values() if value]
    if len(filled) >= 5 and now == before:
        table = next(iter(subject.report.tables.values()))
        message = f"统计表的{len(now)}个数与上年报告完全相同，疑为沿用了上年的表，请核对。"
        files = (subject.report.path, previous.path)
        yield Finding(
            "CK-SUSPECT", "warning", message, Where(part=table.part, table=table.key), "", None, None, files=files
        )


# ---------------------------------------------------------------- grouping


def agency_key(report: Report) -> str:
    """Return what tells one agency from another: its name without 人民政府办公室 variants and spaces."""
    name = fold(report.agency)
    return re.sub(r"[()（）\s]", "", name)


def previous_of(reports: Sequence[Report]) -> dict[int, int]:
    """Return for each report that has one the number of the same agency's report on the year before."""
    by_key: dict[tuple[str, int], int] = {}
    for number, report in enumerate(reports):
        if report.agency and report.year is not None:
            by_key.setdefault((agency_key(report), report.year), number)
    found: dict[int, int] = {}
    for number, report in enumerate(reports):
        if report.agency and report.year is not None:
            before = by_key.get((agency_key(report), report.year - 1))
            if before is not None:
                found[number] = before
    return found


def across(reports: Sequence[Report], limits: Limits | None = None) -> list[Finding]:
    """Return what the comparison of several reports finds: copied paragraphs, and roll-ups that do not come out."""
    limits = limits or Limits()
    return [*duplicates(reports, limits.similarity), *roll_ups(reports)]


# ---------------------------------------------------------------- CK-DUP

describe(
    "CK-DUP",
    name="雷同",
    compares="各段落去掉机构名、地名、数字后，与上年报告和其他机构报告的段落。",
    grades="与上年的「存在的主要问题」几乎相同为警告；与其他机构的大段相同为警告，一两段相同为疑问；法定和通行的句子不比。",
    example="两个局的第五部分只有局名不同。",
)

_SHINGLE = 8
_LEAST_LENGTH = 40
_SKETCH = 12
_NAMES_OUT = re.compile(
    r"\d+(?:\.\d+)?%?|我(?:局|委|办|中心|单位|镇|县|区|市|街道|院|厅)|本(?:局|委|办|中心|单位|镇|县|区|市|机关|街道|部门)|全[县区市镇]"
    r"|[县区市]委|[县区市]政府"
)
# What every report says by the form, by law or by habit; alike without being copied.
_COMMON = re.compile(
    r"根据《中华人民共和国政府信息公开条例》|统计期限|电子版|联系电话|可以?(?:从|在|到)[^。]{0,30}(?:下载|查阅)|信息处理费|由[^。]{0,20}部分组成"
)


@dataclass(frozen=True)
class _Piece:
    report: int
    where: Where
    text: str
    quote: str
    shingles: frozenset[int]
    is_on_problems: bool


def duplicates(reports: Sequence[Report], similarity: float = Limits().similarity) -> list[Finding]:
    """Return pairs of reports with alike paragraphs, one finding for a pair."""
    pieces = [piece for number, report in enumerate(reports) for piece in _pieces(number, report)]
    buckets: dict[int, list[int]] = defaultdict(list)
    for at, piece in enumerate(pieces):
        for hash_ in sorted(piece.shingles)[:_SKETCH]:
            buckets[hash_].append(at)
    pairs: dict[tuple[int, int], list[tuple[float, _Piece, _Piece]]] = defaultdict(list)
    compared: set[tuple[int, int]] = set()
    for together in buckets.values():
        if len(together) > 400:
            continue  # a sentence that everybody has
        for i, left in enumerate(together):
            for right in together[i + 1 :]:
                if pieces[left].report == pieces[right].report or (left, right) in compared:
                    continue
                compared.add((left, right))
                score = _likeness(pieces[left].shingles, pieces[right].shingles)
                if score >= similarity:
                    pairs[pieces[left].report, pieces[right].report].append((score, pieces[left], pieces[right]))
    found = [_pair(reports, numbers, alike) for numbers, alike in sorted(pairs.items())]
    return [each for each in found if each is not None]


def _pieces(number: int, report: Report) -> Iterator[_Piece]:
    names = {fold(report.agency)} - {""}
    place = re.match(r"[\u4e00-\u9fff]{2,6}?(?:县|区|市|旗|镇|乡|街道)", fold(report.agency))
    if place:
        names |= {place[0], place[0][:-1]}
    parts = {part.number_text: part.heading for part in report.parts}
    for paragraph in report.paragraphs:
        if paragraph.kind != "text":
            continue
        text = fold(paragraph.text)
        if len(text) < _LEAST_LENGTH or _COMMON.search(text):
            continue
        for name in sorted(names, key=len, reverse=True):
            text = text.replace(name, "")
        text = re.sub(r"\W", "", _NAMES_OUT.sub("", text))
        if len(text) < _LEAST_LENGTH * 2 // 3:
            continue
        shingles = frozenset(zlib.crc32(text[at : at + _SHINGLE].encode()) for at in range(len(text) - _SHINGLE + 1))
        on_problems = "问题" in parts.get(paragraph.where.part, "")
        yield _Piece(number, paragraph.where, text, paragraph.text, shingles, on_problems)


def _likeness(left: frozenset[int], right: frozenset[int]) -> float:
    """The share of common shingles in the shorter of two texts of like length."""
    small, large = sorted((len(left), len(right)))
    if small * 2 < large:
        return 0.0
    common = len(left & right)
    return common / (small + large - common)


def _pair(
    reports: Sequence[Report], numbers: tuple[int, int], alike: Sequence[tuple[float, _Piece, _Piece]]
) -> Finding | None:
    left, right = reports[numbers[0]], reports[numbers[1]]
    same_agency = agency_key(left) == agency_key(right) and bool(left.agency)
    if same_agency and left.year == right.year:
        return None  # the same report in two files
    best = max(alike, key=lambda each: (each[1].is_on_problems, each[0], len(each[1].text)))
    score, first, second = best
    size = sum(len(each[1].text) for each in alike)
    if same_agency:
        new, old = (left, right) if (left.year or 0) > (right.year or 0) else (right, left)
        piece = first if new is left else second
        problems = any(each[1].is_on_problems for each in alike)
        # An agency describes the same work in like words; only the problems must be this year's.
        severity: Severity = "warning" if problems else "info"
        what = "其中有「存在的主要问题」" if problems else "请核对是否照抄"
        message = f"有{len(alike)}段与本机构{old.year}年度的报告雷同（相似度{score:.0%}），{what}。"
        files = (new.path, old.path)
    else:
        piece = first
        severity = "warning" if size >= 300 or len(alike) >= 4 else "question"
        message = (
            f"{left.agency or left.path}与{right.agency or right.path}的报告有{len(alike)}段雷同（去掉名称和数字后相似度{score:.0%}，"
            f"约{size}字），请核对是否抄来。"
        )
        files = (left.path, right.path)
    return Finding("CK-DUP", severity, message, piece.where, piece.quote, None, round(score, 2), files=files)


# ---------------------------------------------------------------- CK-ROLLUP

describe(
    "CK-ROLLUP",
    name="汇总",
    compares="同一年度各部门、乡镇报告的数之和，与所属政府报告的数。",
    grades="政府的数小于各机构之和为警告（单个机构大于政府的数为错误）；大于时可能还有未收到的报告，为提示。",
    example="十二个部门共收到申请 95 件，县政府的报告是 83 件。",
)

_GOVERNMENT = re.compile(r"^(.{2,12}?(?:省|市|县|区|旗|州|盟))(?:人民)?政府(?:办公室)?$")
_ADDED = ("requests.1.total", "requests.3.7.total", "requests.4.total", "art20_5.administrative_license.decisions_this_year",
          "art20_6.administrative_penalty.decisions_this_year", "art20_6.administrative_coercion.decisions_this_year",
          "review_litigation.reconsideration.total", "3.1", "3.2", "1.1", "4", "5")  # fmt: skip


def roll_ups(reports: Sequence[Report]) -> list[Finding]:
    """Return where a government's figure and the sum of its agencies' do not fit."""
    found: list[Finding] = []
    for government in reports:
        match = _GOVERNMENT.match(fold(government.agency))
        if match is None or government.year is None:
            continue
        place = match[1]
        below = _below(reports, government, place)
        if len(below) < 2:
            continue
        found += _roll_up(government, below)
    return found


def _below(reports: Sequence[Report], government: Report, place: str) -> list[Report]:
    seen: dict[str, Report] = {}
    for report in reports:
        name = fold(report.agency)
        if report is government or report.year != government.year or _GOVERNMENT.match(name):
            continue
        if name.startswith(place) and format_of_tables(report) == format_of_tables(government):
            seen.setdefault(agency_key(report), report)
    return list(seen.values())


def _roll_up(government: Report, below: Sequence[Report]) -> Iterator[Finding]:
    whole = values_of(government)
    tables = [(report, values_of(report)) for report in below]
    format = format_of_tables(government)
    for code in _ADDED:
        total = whole.get(code)
        numbers = [(report, value) for report, values in tables if isinstance(value := values.get(code), int | Decimal)]
        if not isinstance(total, int | Decimal) or not numbers:
            continue
        added = sum((Decimal(str(value)) for _report, value in numbers), Decimal(0))
        if added == total:
            continue
        largest, most = max(numbers, key=lambda each: each[1])
        files = (government.path, *(report.path for report, _value in numbers))
        name = name_of(format, code)
        if most > total:
            severity: Severity = "error"
            message = f"{name}政府报告是{shown(total)}，{largest.agency}一家就有{shown(most)}，请核对汇总。"
        elif added > total:
            severity = "warning"
            message = (
                f"{name}政府报告是{shown(total)}，{len(numbers)}个机构的报告相加是{shown(added)}，请核对是否漏汇。"
            )
        else:
            severity = "info"
            message = f"{name}政府报告是{shown(total)}，已有的{len(numbers)}个机构相加是{shown(added)}，差{shown(Decimal(str(total)) - added)}，请核对是否还有机构的报告未列入。"
        yield Finding(
            "CK-ROLLUP", severity, message, place_of(government, code), "", plain(added), plain(total), files=files
        )


def of_agency(findings: Iterable[Finding], path: str) -> list[Finding]:
    """Return the findings that concern a report."""
    return [each for each in findings if path in each.files]


YEAR_AGAINST_YEAR = (carry, stock_of_two_years, jumps, same_table_as_last_year)
"""The checks that need last year's report and nothing else."""
