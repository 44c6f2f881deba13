"""What is printed around the cells of the tables: labels of rows, the head of the table, units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.proofing.checks.places import plain, shown
from gongkai.proofing.checks.registry import check
from gongkai.proofing.findings import Finding, Severity
from gongkai.proofing.folding import fold
from gongkai.proofing.forms import core, form_of_2014, forms_of
from gongkai.proofing.report import STATISTICS, Table, Where
from gongkai.proofing.subject import Subject
from gongkai.rules import indicators

# ---------------------------------------------------------------- CK-LABEL, CK-TABLEHEAD


@check(
    "CK-LABEL",
    name="行名和表式",
    compares="表格的行名、列名与格式规定的名称；表格的格式与报告年度；缺少的行。",
    grades="用了别的年度的格式、缺行、行名被截断为警告；多出的行为提示；标题行填了数为错误。",
    example="8.5 的行名在「政府网站建设维」处断开。",
)
def labels(subject: Subject) -> Iterator[Finding]:
    """Compare labels with the official ones."""
    yield from _format_of_year(subject)
    for key, table in subject.report.tables.items():
        official = _official(subject, key)
        for row, label in table.labels.items():
            right = official.get(row)
            if right is None:
                continue
            where = Where(part=table.part, table=key, row=row)
            if fold(label).count("(") != fold(label).count(")"):
                message = f"行名「{label}」括号没有收尾，疑被截断，请按规定的名称补全。"
                yield Finding("CK-LABEL", "warning", message, where, core(label)[-12:], right, label)
            elif core(label) != core(right) and not _is_known_variant(row, label, right):
                message = f"行名「{label}」与规定的「{right}」不同，请核对。"
                yield Finding("CK-LABEL", "warning", message, where, label, right, label)
        absent = [row for row in table.missing if row in official and not _is_optional(key, row)]
        if absent:
            named = "、".join(official[row] for row in absent[:3]) + ("等" if len(absent) > 3 else "")
            message = f"表中没有读到{len(absent)}行：{named}，请核对是否缺行或者行名写错。"
            where = Where(part=table.part, table=key, row=absent[0])
            # A page break may tear a row apart in a PDF; elsewhere a row that was not read is not there.
            severity: Severity = "question" if subject.report.file_type == "pdf" else "warning"
            yield Finding("CK-LABEL", severity, message, where, official[absent[0]], official[absent[0]], None)
        for label in table.unknown_rows[:3]:
            message = f"「{label}」不是格式规定的行，请核对。"
            yield Finding("CK-LABEL", "info", message, Where(part=table.part, table=key), label, None, label)


def _format_of_year(subject: Subject) -> Iterator[Finding]:
    year, format = subject.year, subject.table_format
    if year is None or not format or year < 2014:
        return
    right = "2014" if year <= 2018 else "2019" if year <= 2020 else "2021"
    if format != right:
        table = next(iter(subject.report.tables.values()))
        message = f"{year}年度的报告应使用{right}年的表式，现在的是{format}年的表式，请换用。"
        yield Finding("CK-LABEL", "error", message, Where(part=table.part, table=table.key), "", right, format)


def _official(subject: Subject, key: str) -> dict[str, str]:
    if key == STATISTICS:
        return {row.code: row.label for row in form_of_2014().rows if not row.is_group}
    form = forms_of(subject.table_format).get(key) if subject.table_format in ("2019", "2021") else None
    return {row.code: row.label for row in form.rows if not row.is_group} if form else {}


def _is_optional(key: str, row: str) -> bool:
    return key == STATISTICS and indicators.table("2014").indicator(row).is_local


def _is_known_variant(row: str, label: str, right: str) -> bool:
    """Shorter and longer ways to print a label that leave no doubt."""
    mine, theirs = core(label), core(right)
    return mine in theirs or theirs in mine or mine.rstrip("数") == theirs.rstrip("数")


_HEAD_ITEMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("表名", re.compile(r"统计表|情况表")),
    ("年度", re.compile(r"\d{4}年?度?")),
    ("填报单位", re.compile(r"(?:填报|报送|填表|上报)单位|单位(?:名称|\(盖章\))|单位:")),
    ("负责人", re.compile(r"负责人|审核人|审签")),
    ("填报人", re.compile(r"填报人|填表人|制表人|联系人")),
    ("填报日期", re.compile(r"(?:填报|填表|报出)日期|\d{4}年\d{1,2}月\d{1,2}日")),
)


def _around(subject: Subject, table: Table) -> list[str]:
    """Return the lines beside a table: its captions and the short lines before and behind it, the title left out."""
    lines = [fold(each) for each in table.captions]
    last = table.after if table.after is not None else len(subject.lines) - 1
    for line in subject.lines[max(0, last - 5) :]:
        if line.kind in ("caption", "note") or (
            line.kind == "text" and len(line.text) <= 90 and not line.text.endswith("。")
        ):
            lines.append(line.text)
    return lines


@check(
    "CK-TABLEHEAD",
    name="表头表尾",
    compares="统计表（2014 年格式）前后有没有表名、年度、填报单位、负责人、填报人、日期。",
    grades="一项都没有为警告，缺一部分为提示。",
    example="表格从「统计指标」一行直接开始。",
)
def table_head(subject: Subject) -> Iterator[Finding]:
    """Look for what stands around the table of 2014."""
    table = subject.table(STATISTICS)
    if table is None:
        return
    around = "\n".join(_around(subject, table))
    missing = [name for name, pattern in _HEAD_ITEMS if not pattern.search(around)]
    if not missing:
        return
    severity: Severity = "warning" if len(missing) >= len(_HEAD_ITEMS) - 1 else "info"
    message = f"统计表前后没有{'、'.join(missing)}，请补上。"
    head = next(iter(table.heads.values()), "") if table.heads else ""
    yield Finding(
        "CK-TABLEHEAD", severity, message, Where(part=table.part, table=table.key), head, "、".join(missing), None
    )


# ---------------------------------------------------------------- CK-UNIT (in the table)


@check(
    "CK-UNIT",
    name="计量单位",
    compares="表格印的单位与规定的单位（元和万元、条和件、篇）；正文数字的单位与所在行的单位。",
    grades="元当作万元为错误，拿不准的为疑问；表格单位不同为警告；正文量词不同为提示。",
    example="收费金额以元填入「万元」栏。",
)
def units(subject: Subject) -> Iterator[Finding]:
    """Compare units printed in the tables with those of the form."""
    for key, table in subject.report.tables.items():
        official = {row.code: row.unit for row in form_of_2014().rows} if key == STATISTICS else {}
        for row, unit in table.units.items():
            right = official.get(row, "")
            if unit and right and fold(unit) != right:
                message = f"单位印的是「{unit}」，规定是「{right}」，请核对。"
                yield Finding(
                    "CK-UNIT", "warning", message, Where(part=table.part, table=key, row=row), unit, right, unit
                )
        head = fold(table.heads.get("amount_this_year", ""))
        if key == "art20_8" and "元" in head and "万元" not in head:
            where = Where(part=table.part, table=key, row="administrative_fees", column="amount_this_year")
            message = "收费金额的单位规定是万元，表头印的不是万元，请核对金额和单位。"
            yield Finding("CK-UNIT", "warning", message, where, head, "万元", head)
        for cell in table.cells.values():
            if cell.unit and cell.unit == "元" and _is_money(key, cell.where.row):
                message = f"这一格的单位是万元，印的是「{cell.printed}」，请换算。"
                yield Finding("CK-UNIT", "error", message, cell.where, cell.printed, "万元", cell.unit)
    yield from _looks_like_yuan(subject)


def _is_money(key: str, row: str) -> bool:
    return key == "art20_8" or (key == STATISTICS and row == "8.5")


_LARGE = {"art20_8": Decimal(50_000), STATISTICS: Decimal(1_000)}


def _looks_like_yuan(subject: Subject) -> Iterator[Finding]:
    for key, row, column in (("art20_8", "administrative_fees", "amount_this_year"), (STATISTICS, "8.5", "value")):
        table = subject.table(key)
        cell = table.cell(row, column) if table else None
        if cell is None or cell.value is None or cell.unit:
            continue
        if (
            cell.value >= _LARGE[key]
            and re.search(r"[县区旗镇乡]|街道|局$|中心$|委", subject.agency)
            and not _is_government(subject)
        ):
            message = f"金额{shown(cell.value)}万元对本机关来说偏大，可能误按元填写，请核对。"
            yield Finding("CK-UNIT", "question", message, cell.where, cell.printed, None, plain(cell.value))


def _is_government(subject: Subject) -> bool:
    return subject.agency.endswith(("人民政府", "政府", "政府办公室"))
