"""Figures of the text beside the tables and beside each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.proofing.checks.places import plain, shown
from gongkai.proofing.checks.registry import check
from gongkai.proofing.findings import Finding, Severity
from gongkai.proofing.forms import form_of_2014
from gongkai.proofing.report import STATISTICS, Number, Statement, Where, place_of
from gongkai.proofing.subject import Line, Subject

_MONEY = ("元", "万元", "亿元")
_ALIKE = frozenset({"条", "件", "份", "个", "宗", "起", "封", "项"})
_ELSEWHERE = re.compile(r"全(?:区|市|县|镇|系统|省)|各(?:部门|单位|乡镇|镇)|下属|所属|行政复议机关|本系统")


# 予以公开或部分公开59件 is the sum of two rows.
_JOINED = re.compile(r"(?:公开|提供|处理|存在|维持|纠正|结果)(?:或者?|和|及|以及|与|、)")


_OUTCOME_ROWS = {
    "予以公开": "3.1",
    "部分公开": "3.2",
    "不予公开": "3.3",
    "无法提供": "3.4",
    "不予处理": "3.5",
    "其他处理": "3.6",
}


def _is_sum_of_named(subject: Subject, statement: Statement) -> bool:
    """Whether a figure is the sum of the outcomes that its words name."""
    rows = [row for word, row in _OUTCOME_ROWS.items() if word in statement.name]
    numbers = [subject.report.number(f"requests.{row}.total") for row in rows]
    known = [each for each in numbers if each is not None]
    return len(known) == len(numbers) > 0 and agrees(statement, sum(known))


def line_of(subject: Subject, statement: Statement) -> Line:
    """Return the paragraph of a statement."""
    return subject.lines[statement.where.paragraph or 0]


def is_of_the_year(subject: Subject, statement: Statement) -> bool:
    """Whether a statement is a count of the year reported on, not a rule, a rate or another period."""
    scope = statement.scope
    if statement.is_general or statement.unit == "%" or statement.relation in ("ratio_of", "change_on"):
        return False
    if scope.period in ("previous", "cumulative", "partial", "other_year"):
        return False
    return scope.year is None or subject.year is None or scope.year == subject.year


def agrees(statement: Statement, value: Number) -> bool:
    """Whether a figure as it is worded (约, 余, a range) allows a value."""
    if statement.value is None:
        low = statement.low if statement.low is not None else value
        high = statement.high if statement.high is not None else value
        return low <= value <= high
    figure = Decimal(str(statement.value))
    exact = Decimal(str(value))
    if statement.approx == "about":
        return abs(figure - exact) * 10 <= max(exact, Decimal(1))
    if statement.approx == "over":
        return figure <= exact and exact - figure <= max(figure, Decimal(10))
    if statement.approx == "under":
        return figure >= exact and (figure - exact) * 2 <= figure
    return figure == exact


def sentence_of(subject: Subject, statement: Statement) -> tuple[int, int]:
    """Return the span of the sentence of a statement in the printed text."""
    raw = line_of(subject, statement).raw
    start = max(raw.rfind(mark, 0, statement.span[0]) for mark in "。；;！")
    ends = [at for mark in "。；;！" if (at := raw.find(mark, statement.span[1])) >= 0]
    return start + 1, min(ends, default=len(raw))


@dataclass(frozen=True)
class Target:
    """What a statement is compared with: a cell, or a sum that no cell prints (all refusals, all lawsuits)."""

    value: Number | None
    where: Where
    is_empty: bool
    printed: str = ""


def target(subject: Subject, code: str) -> Target | None:
    """Return what stands at a code of `Statement.codes`; None where the table or row is not printed."""
    cell = subject.report.cell(code) if code else None
    if cell is not None:
        is_empty = cell.state in ("blank", "not_applicable")
        return Target(cell.value if cell.state == "number" else None, cell.where, is_empty, cell.printed)
    number = subject.report.number(code) if code else None
    if number is None:
        return None
    key, row, column = place_of(code)
    return Target(number, Where(subject.report.tables[key].part, None, key, row, column), False)


def _place(statement: Statement, cell: Target) -> Where:
    return Where(statement.where.part, statement.where.paragraph, cell.where.table, cell.where.row, cell.where.column)


@check(
    "CK-TEXTTABLE",
    name="正文与表格",
    compares="正文里写到统计表某一行的数（公开条数、新收、办结、各种答复、复议诉讼等，「没有」算 0）与表格。",
    grades="用该行自己的说法而数不同为错误；受理、收到、办理等与新收、新收加结转都不符为警告；写明别的口径（全区、累计等）的为疑问。",
    example="正文说网站发布 49 条，表中 1.2.2 是 53 条。",
)
def text_and_table(subject: Subject) -> Iterator[Finding]:
    """Compare each statement that names a cell with that cell."""
    for statement in subject.report.statements:
        code = statement.indicator(subject.table_format or subject.format)
        if not code or not is_of_the_year(subject, statement):
            continue
        cell = target(subject, code)
        if cell is None:
            continue
        if cell.value is not None:
            if not agrees(statement, cell.value):
                yield from _differs(subject, statement, cell)
        elif cell.is_empty and statement.value and not statement.negative:
            line = line_of(subject, statement)
            printed = f"是「{cell.printed}」" if cell.printed else "没有填"
            message = f"正文写{shown(statement.value)}{statement.unit}，统计表对应的{_name(subject, code)}{printed}，请补填或者核对。"
            yield Finding(
                "CK-TEXTTABLE", "error", message, _place(statement, cell), line.quote_raw(statement.span),
                plain(statement.value), None,
            )  # fmt: skip


def _differs(subject: Subject, statement: Statement, cell: Target) -> Iterator[Finding]:
    line = line_of(subject, statement)
    if cell.value is None:
        return
    if _is_money_slip(statement, cell):
        message = f"正文写{statement.printed or shown(statement.value)}，表中是{shown(cell.value)}万元，疑为元和万元混淆，请核对。"
        yield Finding(
            "CK-UNIT", "error", message, _place(statement, cell), line.quote_raw(statement.span),
            plain(cell.value), plain(statement.value),
        )  # fmt: skip
        return
    severity = _severity(subject, statement, cell)
    if severity is None:
        return
    code = statement.indicator(subject.table_format or subject.format)
    figure = (
        "没有"
        if statement.negative and not statement.value
        else statement.printed or f"{_shown(statement)}{statement.unit}"
    )
    what = f"正文写「{figure}」，表中{_name(subject, code)}是{shown(cell.value)}"
    scope = f"（口径：{statement.scope}）" if str(statement.scope) else ""
    tail = "请核对改为一致。" if severity == "error" else f"请核对；口径不同的请写明{scope}。"
    yield Finding(
        "CK-TEXTTABLE", severity, f"{what}，{tail}", _place(statement, cell), line.quote_raw(statement.span),
        plain(cell.value), plain(statement.value),
        suspects=(statement.where, cell.where),
    )  # fmt: skip


def _severity(subject: Subject, statement: Statement, cell: Target) -> Severity | None:
    """Grade a difference; None when another figure of the table explains it."""
    area = statement.scope.area
    government = subject.agency.endswith(("人民政府", "政府", "政府办公室"))
    if area == "other" or (area == "district" and not government) or (area == "own" and government):
        return "question"
    sentence = line_of(subject, statement).sentence_at(_compact_start(subject, statement))
    if _ELSEWHERE.search(sentence) and not government and area != "own":
        return "question"
    if _JOINED.search(statement.name):
        return None if _is_sum_of_named(subject, statement) else "question"
    if statement.approx or statement.value is None:
        return "warning"
    if statement.own_words:
        return "error"
    if cell.where.table == "requests" and statement.scope.act in (
        "received",
        "accepted",
        "handled",
        "settled",
        "answered",
    ):
        return None if _fits_requests(subject, statement) else "warning"
    if cell.where.table == STATISTICS and cell.where.row in ("3.1", "3.2", "3.3"):
        others = [target(subject, code) for code in ("3.1", "3.2", "3.3")]
        return (
            None
            if any(other and other.value is not None and agrees(statement, other.value) for other in others)
            else "warning"
        )
    return "warning"


def _fits_requests(subject: Subject, statement: Statement) -> bool:
    """Whether a figure of requests fits new ones, new and carried over, those settled or those of natural persons."""
    table = subject.table("requests")
    if table is None:
        return False
    column = statement.scope.applicant or "total"
    new, carried, settled, open_ = (table.value(row, column) for row in ("1", "2", "3.7", "4"))
    sums = [new, settled]
    if new is not None and carried is not None:
        sums.append(new + carried)
    if statement.scope.act == "carried_out":
        sums = [open_]
    return any(value is not None and agrees(statement, value) for value in sums)


def _compact_start(subject: Subject, statement: Statement) -> int:
    at = line_of(subject, statement).compact.at
    return next((place for place, printed in enumerate(at) if printed >= statement.span[0]), 0)


def _is_money_slip(statement: Statement, cell: Target) -> bool:
    is_money = cell.where.table == "art20_8" or (cell.where.table == STATISTICS and cell.where.row == "8.5")
    if not is_money or not statement.value or not cell.value:
        return False
    figure, value = Decimal(str(statement.value)), Decimal(str(cell.value))
    return figure == value * 10_000 or figure * 10_000 == value


def _shown(statement: Statement) -> str:
    if statement.value is None:
        return f"{shown(statement.low)}至{shown(statement.high)}"
    return shown(statement.value)


def _name(subject: Subject, code: str) -> str:
    from gongkai.proofing.checks.places import name_of  # the only use of the rules' codes here

    return name_of(subject.table_format, code)


# ---------------------------------------------------------------- CK-UNIT (in the text)


@check("CK-UNIT")
def units_in_text(subject: Subject) -> Iterator[Finding]:
    """Compare the counting word of a figure that repeats a cell with the unit of its row; once for a row."""
    if subject.table(STATISTICS) is None:
        return
    official = {row.code: row.unit for row in form_of_2014().rows}
    told: set[str] = set()
    for statement in subject.report.statements:
        code = statement.indicator("2014")
        unit = official.get(code, "")
        cell = target(subject, code)
        if not unit or not statement.unit or cell is None or code in told or not is_of_the_year(subject, statement):
            continue
        if statement.unit == unit or {statement.unit, unit} <= _ALIKE or statement.value is None or not statement.value:
            continue
        if (
            statement.unit in _MONEY
            or unit in _MONEY
            or {statement.unit, unit} <= {"人", "人次", "名", "位"}
            or unit == "次"
        ):
            continue
        if cell.value != statement.value:
            continue
        told.add(code)
        line = line_of(subject, statement)
        message = f"正文用「{statement.unit}」计，统计表这一行的单位是「{unit}」，建议统一。"
        yield Finding(
            "CK-UNIT", "info", message, _place(statement, cell), line.quote_raw(statement.span), unit, statement.unit
        )


# ---------------------------------------------------------------- CK-INDICATOR

_NOT_HOT = re.compile(r"热线|公开电话|12345|信访|咨询|投诉|信箱|留言|来信|来访|工单")
_HOT = re.compile(r"舆情|热点(?!、?难点)|重大事件|突发")


@check(
    "CK-INDICATOR",
    name="数填对了行",
    compares="正文里数字前后的用语与它填入的那一行的含义（热线、信访、咨询、投诉不是热点或重大舆情；权力清单事项不是处理决定；规章不是规范性文件）。",
    grades="热线、信访、咨询填入热点舆情一行为错误；其余为疑问。",
    example="群众咨询和投诉 136 条填进「回应公众关注热点或重大舆情数」。",
)
def indicator_words(subject: Subject) -> Iterator[Finding]:
    """Look for figures that stand in a row whose definition their words do not fit."""
    table = subject.table(STATISTICS)
    cell = table.cell("2.1") if table else None
    if cell is not None and cell.value:
        for line in subject.body:
            for match in re.finditer(rf"(?<![\d.]){shown(cell.value)}(?=多?余?[条件次个起封项人])", line.text):
                start = max(line.text.rfind(mark, 0, match.start()) for mark in "。;,:")
                clause = line.text[start + 1 : match.end() + 2]
                if _NOT_HOT.search(clause) and not _HOT.search(clause):
                    message = f"{shown(cell.value)}是咨询、投诉、热线或者信访的数，不是「回应公众关注热点或重大舆情数」，不应填入 2.1 行。"
                    where = Where(line.where.part, line.where.paragraph, STATISTICS, "2.1", "value")
                    yield Finding(
                        "CK-INDICATOR",
                        "error",
                        message,
                        where,
                        line.quote((match.start() - 6, match.end() + 2)),
                        None,
                        plain(cell.value),
                    )
                    break
    for row, word in (
        ("administrative_license", "许可"),
        ("administrative_penalty", "处罚"),
        ("administrative_coercion", "强制"),
    ):
        decided = next(
            (c for c in subject.report.cells() if c.where.row == row and c.where.column == "decisions_this_year"), None
        )
        if decided is None or not decided.value or decided.value < 5:
            continue
        for line, match in subject.find(
            re.compile(
                rf"(?:(?:权[力责]清单|权责事项|职权|事项)[^。;]{{0,24}}(?:行政)?{word}|(?:行政)?{word}(?:权力|职权)?事项)[^。;,、]{{0,6}}?{shown(decided.value)}项"
            )
        ):
            message = f"{shown(decided.value)}是清单上的事项数，表中应填本年作出的处理决定件数，请核对。"
            where = Where(line.where.part, line.where.paragraph, decided.where.table, row, decided.where.column)
            yield Finding(
                "CK-INDICATOR",
                "question",
                message,
                where,
                line.quote((match.end() - 10, match.end())),
                None,
                plain(decided.value),
            )


# ---------------------------------------------------------------- CK-CONTRA (figures)


@check("CK-CONTRA")
def figures_that_differ(subject: Subject) -> Iterator[Finding]:
    """Look for two figures of the text for the same thing; what stands in a table is compared with the table."""
    first: dict[tuple[str, str, str, str], Statement] = {}
    for statement in subject.report.statements:
        if (
            not statement.concept
            or statement.value is None
            or statement.approx
            or not is_of_the_year(subject, statement)
        ):
            continue
        if statement.relation == "part_of" or not statement.own_words:
            continue
        code = statement.indicator(subject.table_format or subject.format)
        cell = target(subject, code)
        if cell is not None and cell.value is not None:
            continue
        key = (statement.concept, statement.scope.area, statement.scope.applicant, statement.unit)
        known = first.setdefault(key, statement)
        if known.value == statement.value or known.name != statement.name:
            continue
        line = line_of(subject, statement)
        other = line_of(subject, known)
        severity: Severity = "warning" if not statement.scope.words and not known.scope.words else "question"
        message = f"这里写{shown(statement.value)}{statement.unit}，{other.section or '前文'}写{shown(known.value)}{known.unit}，请核对是否同一口径。"
        yield Finding(
            "CK-CONTRA",
            severity,
            message,
            statement.where,
            line.quote_raw(statement.span),
            plain(known.value),
            plain(statement.value),
        )
