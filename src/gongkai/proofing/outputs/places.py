"""Places of findings in words: 「五（一）第14段」「依申请公开表 3.1 行 自然人列」."""

from __future__ import annotations

from gongkai.proofing.findings import Finding
from gongkai.proofing.forms import form_of_2014, forms_of
from gongkai.proofing.report import STATISTICS, Report, Where

TABLE_NAMES = {
    STATISTICS: "统计表",
    "art20_1": "第二十条第（一）项表",
    "art20_5": "第二十条第（五）项表",
    "art20_6": "第二十条第（六）项表",
    "art20_8": "第二十条第（八）项表",
    "art20_9": "第二十条第（九）项表",
    "requests": "申请办理情况表",
    "review_litigation": "复议诉讼情况表",
}


def place_in_words(report: Report | None, where: Where) -> str:
    """Say where a place is; empty when it is the report as a whole."""
    said: list[str] = []
    if where.paragraph is not None and report is not None and where.paragraph < len(report.paragraphs):
        section = report.paragraphs[where.paragraph].section or (f"第{where.part}部分" if where.part else "前言")
        said.append(f"{section}，第{where.paragraph + 1}段")
    elif where.part and not where.table:
        said.append(f"第{where.part}部分")
    if where.table:
        said.append(
            " ".join(each for each in (TABLE_NAMES.get(where.table, where.table), _row(where), _column(where)) if each)
        )
    return "；".join(said)


def _row(where: Where) -> str:
    if not where.row:
        return ""
    return f"{where.row}行" if where.table in (STATISTICS, "requests") else _label(where)


def _label(where: Where) -> str:
    for format in ("2021", "2019"):
        form = forms_of(format).get(where.table)
        row = form.row(where.row) if form else None
        if row is not None:
            return row.label
    return where.row


def _column(where: Where) -> str:
    if where.column in ("", "value"):
        return ""
    for format in ("2021", "2019"):
        form = forms_of(format).get(where.table)
        for column in form.columns if form else ():
            if column.key == where.column:
                return column.name
    return where.column


def row_label(table: str, code: str) -> str:
    """Return the label of a row by its code."""
    if table == STATISTICS:
        row = form_of_2014().row(code)
        return row.label if row else code
    return _label(Where(table=table, row=code))


def column_name(table: str, key: str) -> str:
    """Return the name of a column by its key."""
    return _column(Where(table=table, column=key)) or "统计数"


def is_in_text(finding: Finding) -> bool:
    """Whether a finding belongs to a paragraph."""
    return finding.where.paragraph is not None
