"""The cells of the tables by themselves and beside the text: blanks, units, labels, heads, unlikely values, fees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.proofing.checks.places import cell_at, name_of, place_of, plain, rule_code, shown
from gongkai.proofing.checks.registry import check
from gongkai.proofing.findings import Finding, Severity
from gongkai.proofing.report import STATISTICS, Cell, Table, Where
from gongkai.proofing.subject import Line, Subject
from gongkai.rules import indicators

# ---------------------------------------------------------------- CK-BLANK

# Sections of 2014 and the words by which a text speaks of them without a figure.
_TOPICS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("6", re.compile(r"申诉|举报"), "被举报投诉"),
    ("9", re.compile(r"培训|工作会议|专题会议"), "会议和培训"),
    ("7", re.compile(r"图书馆|档案馆|查阅场所"), "向查阅场所报送"),
)
_FEW = 3


@check(
    "CK-BLANK",
    name="空白和「/」",
    compares="应填数的格是否空白、写「/」「-」「—」「无」；正文说没有、或者提到有关工作，表里是否留空。",
    grades="2014 年格式大面积空白、正文说没有而表里空白为错误；其余空白为警告；正文提到而表里没有填为警告。",
    example="正文说未收到申请，第三节各行没有填 0。",
)
def blanks(subject: Subject) -> Iterator[Finding]:
    """Look for cells without a number."""
    for key, table in subject.report.tables.items():
        if key == STATISTICS:
            yield from _blank_statistics(subject, table)
        else:
            yield from _blank_cells(subject, table)


def _blank_cells(subject: Subject, table: Table) -> Iterator[Finding]:
    empty = [
        cell for cell in table.cells.values() if cell.state in ("blank", "not_applicable") and _is_asked(subject, cell)
    ]
    if not empty:
        return
    format = subject.table_format
    total = sum(1 for cell in table.cells.values() if _is_asked(subject, cell))
    kinds = "、".join(dict.fromkeys(f"「{cell.printed}」" if cell.printed else "空白" for cell in empty))
    if len(empty) <= _FEW:
        for cell in empty:
            message = f"{name_of(format, rule_code(cell))}是{f'「{cell.printed}」' if cell.printed else '空白'}，应填数，没有发生的填0。"
            yield Finding("CK-BLANK", "warning", message, cell.where, cell.printed, 0, cell.printed or None)
        return
    message = f"本表{total}格中有{len(empty)}格是{kinds}，应填数，没有发生的填0：{_listed(format, empty)}。"
    yield Finding(
        "CK-BLANK", "warning", message, empty[0].where, empty[0].printed, 0, empty[0].printed or None,
        suspects=tuple(cell.where for cell in empty),
    )  # fmt: skip


def _is_asked(subject: Subject, cell: Cell) -> bool:
    return rule_code(cell) in indicators.table(subject.table_format).by_code


def _listed(format: str, cells: Sequence[Cell]) -> str:
    names = [name_of(format, rule_code(cell)) for cell in cells]
    return "、".join(names[:3]) + ("等" if len(names) > 3 else "")


def _blank_statistics(subject: Subject, table: Table) -> Iterator[Finding]:
    form = indicators.table("2014")
    asked = [row for row in form.values if not row.is_local or table.cell(row.code) is not None]
    empty = [row for row in asked if not _is_number(table.cell(row.code)) and table.cell(row.code) is not None]
    if not empty:
        return
    filled = len(asked) - len(empty)
    if len(empty) <= _FEW:
        for row in empty:
            cell = table.cell(row.code)
            printed = cell.printed if cell else ""
            message = f"{name_of('2014', row.code)}是{f'「{printed}」' if printed else '空白'}，应填数，没有发生的填0。"
            yield Finding(
                "CK-BLANK", "error", message, place_of(subject.report, row.code), row.name, 0, printed or None
            )
    else:
        first = place_of(subject.report, empty[0].code)
        message = f"统计表{len(asked)}个应填数的格只填了{filled}个，空白不等于0，没有发生的应填0。"
        severity: Severity = "error" if len(empty) * 3 > len(asked) else "warning"
        suspects = tuple(place_of(subject.report, row.code) for row in empty)
        where = Where(part=first.part, table=STATISTICS)
        yield Finding("CK-BLANK", severity, message, where, "", len(asked), filled, suspects=suspects)
    blank_codes = {row.code for row in empty}
    yield from _said_in_text(subject, blank_codes)
    for section, words, what in _TOPICS:
        rows = [row.code for row in asked if row.section == section]
        if rows and all(code in blank_codes for code in rows):
            yield from _topic(subject, rows, words, what)


def _is_number(cell: Cell | None) -> bool:
    return cell is not None and cell.state == "number"


def _said_in_text(subject: Subject, blank_codes: set[str]) -> Iterator[Finding]:
    """Statements of the text, denials above all, whose cell is blank; once for a paragraph and section."""
    told: set[tuple[int | None, str]] = set()
    for statement in subject.report.statements:
        code = statement.indicator("2014")
        if code not in blank_codes or statement.is_general or statement.relation in ("ratio_of", "change_on"):
            continue
        if statement.scope.period in ("previous", "other_year", "cumulative", "partial"):
            continue
        section = code.partition(".")[0]
        line = subject.lines[statement.where.paragraph or 0]
        if (statement.where.paragraph, section) in told:
            continue
        told.add((statement.where.paragraph, section))
        said = "没有发生" if statement.value == 0 else f"是{shown(statement.value)}"
        message = f"正文说{said}，统计表{name_of('2014', code)}空白，应填{shown(statement.value)}。"
        where = Where(statement.where.part, statement.where.paragraph, STATISTICS, code, "value")
        yield Finding("CK-BLANK", "error", message, where, line.quote_raw(statement.span), plain(statement.value), None)


def _topic(subject: Subject, rows: Sequence[str], words: re.Pattern[str], what: str) -> Iterator[Finding]:
    """Words of the text on a section of the table that is blank from end to end; once for a part."""
    told: set[str] = set()
    places: list[tuple[Line, re.Match[str]]] = []
    for line, match in subject.find(words):
        if line.where.part not in told:
            told.add(line.where.part)
            places.append((line, match))
    for line, match in places:
        message = f"正文提到「{match[0]}」，统计表「{what}」各行都没有填，没有发生的应填0。"
        where = Where(line.where.part, line.where.paragraph, STATISTICS, rows[0], "value")
        at = max(0, match.start() - 3)
        yield Finding("CK-BLANK", "warning", message, where, line.quote((at, at + 12)), 0, None)
    if not places:
        message = f"统计表「{what}」各行都没有填，没有发生的应填0。"
        yield Finding("CK-BLANK", "warning", message, place_of(subject.report, rows[0]), what, 0, None)


# ---------------------------------------------------------------- CK-SUSPECT

_FILLED_DOWN = (("8.1", "8.2", "8.3"), ("9.1", "9.2", "9.3"))


@check(
    "CK-SUSPECT",
    name="可疑的值",
    compares="连着几行填同一个数、一律整百的数、与上年完全相同的表、一般应成立而不成立的关系，不是非负整数的值。",
    grades="不是非负整数为错误；其余为疑问或者提示。",
    example="专门机构、查阅点、接待人数三行都是 1。",
)
def suspicious(subject: Subject) -> Iterator[Finding]:
    """Look for values that seem filled down or made up."""
    table = subject.table(STATISTICS)
    if table is not None:
        for rows in _FILLED_DOWN:
            values = [table.value(code) for code in rows]
            if values[0] and all(value == values[0] for value in values):
                last = place_of(subject.report, rows[-1])
                message = f"第{'、'.join(rows)}行都是{shown(values[0])}，像是顺手填下来的，请核对。"
                name = name_of("2014", rows[-1]).strip("0123456789.「」")
                places = tuple(place_of(subject.report, code) for code in rows)
                yield Finding("CK-SUSPECT", "info", message, last, name, None, plain(values[0]), suspects=places[::-1])
    for key in ("requests", "review_litigation"):
        for cell in subject.report.tables[key].cells.values() if key in subject.report.tables else ():
            if cell.value is not None and (cell.value < 0 or cell.value != int(cell.value)):
                message = f"{name_of(subject.table_format, rule_code(cell))}是{shown(cell.value)}，应是不小于0的整数。"
                yield Finding("CK-SUSPECT", "error", message, cell.where, cell.printed, None, plain(cell.value))
    large = [cell for cell in subject.report.cells() if cell.value is not None and cell.value >= 100]
    round_ones = [cell for cell in large if cell.value is not None and cell.value % 100 == 0]
    if len(large) >= 4 and len(round_ones) == len(large) and len({cell.value for cell in large}) > 2:
        message = f"表中{len(large)}个较大的数都是整百，像是估计的，请核对。"
        yield Finding("CK-SUSPECT", "info", message, large[0].where, large[0].printed, None, plain(large[0].value))


# ---------------------------------------------------------------- CK-STOCK (within the year)


@check(
    "CK-STOCK",
    name="存量",
    compares="现行有效件数与上年现行有效加本年制发减本年废止；没有上年报告时看存量是否恰好等于本年制发数。",
    grades="与上年接不上为警告；拿不准的为疑问。",
    example="上年有效 12 件，本年制发 3 件、废止 1 件，现行有效却填 12 件。",
)
def stock(subject: Subject) -> Iterator[Finding]:
    """Look for a stock that equals the year's number."""
    table = subject.table("art20_1")
    if table is None:
        return
    new, all_ = (
        ("issued_this_year", "in_force") if "in_force" in table.columns else (table.columns[0], table.columns[-1])
    )
    for row in table.rows:
        issued, stock_ = table.value(row, new), table.value(row, all_)
        cell = table.cell(row, all_)
        if cell is None or issued is None or stock_ is None:
            continue
        if issued >= 3 and issued == stock_:
            message = (
                f"现行有效（公开总）数{shown(stock_)}恰好等于本年制发数，除非本机关新设立，请核对是否漏计往年的文件。"
            )
            yield Finding("CK-STOCK", "question", message, cell.where, cell.printed, None, plain(stock_))
        elif stock_ < issued - (table.value(row, "repealed_this_year") or 0):
            message = f"现行有效数{shown(stock_)}小于本年制发数{shown(issued)}减本年废止数，请核对。"
            yield Finding("CK-STOCK", "warning", message, cell.where, cell.printed, None, plain(stock_))


# ---------------------------------------------------------------- CK-FEE

_FEES = re.compile(r"信息处理费|收费|收取[^。;,]{0,12}费|费用")


@check(
    "CK-FEE",
    name="收费情况",
    compares="办理结果里逾期未缴费的件数、收费金额，与第六部分关于信息处理费的说明。",
    grades="有逾期未缴费的申请而第六部分没有说明为警告；第六部分没有信息处理费的说明为提示。",
    example="3.6.2 行有 2 件，第六部分写「无」。",
)
def fees(subject: Subject) -> Iterator[Finding]:
    """Compare fees in the tables with what part six says."""
    if subject.format != "2021":
        return
    part = next((each for each in subject.report.parts if "其他需要报告" in each.heading), None)
    if part is None:
        return
    lines = subject.part_lines(part)
    if any(_FEES.search(line.text) for line in lines):
        return
    heading = subject.lines[part.index]
    unpaid = cell_at(subject.report, "requests.3.6.2.total")
    if unpaid is not None and unpaid.value:
        message = f"有{shown(unpaid.value)}件申请因逾期未缴费不再处理，第六部分应说明收取信息处理费的情况。"
        where = Where(heading.where.part, heading.where.paragraph, "requests", "3.6.2", "total")
        yield Finding("CK-FEE", "warning", message, where, part.heading, None, plain(unpaid.value))
    else:
        message = "第六部分没有说明信息处理费的收取情况，没有收取的也应写明。"
        yield heading.finding("CK-FEE", "info", message, (0, 14), "信息处理费", None)
