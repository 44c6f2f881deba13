"""One HTML page with the text of each report and its findings beside it. It asks nothing of another host, runs no script."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from gongkai.proofing.batch import Checked, Result
from gongkai.proofing.checks.registry import registered
from gongkai.proofing.findings import SEVERITIES, SEVERITY_NAMES, Finding
from gongkai.proofing.outputs.places import TABLE_NAMES, column_name, place_in_words, row_label
from gongkai.proofing.outputs.terminal import count
from gongkai.proofing.report import Paragraph, Report, Table

_STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 84rem; padding: 1rem 1.5rem 4rem; font: 16px/1.75 "Noto Sans CJK SC", "Source Han Sans SC",
  "Microsoft YaHei", "PingFang SC", sans-serif; color: #1d2733; background: #f6f7f9; }
h1 { font-size: 1.5rem; margin: .5rem 0; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .25rem; padding-top: 1rem; border-top: 3px solid #1f4e8c; }
.meta, .path { color: #55606e; margin: 0 0 .5rem; overflow-wrap: anywhere; }
nav ol { padding-left: 1.5rem; }
a { color: #1f4e8c; }
.row { display: grid; grid-template-columns: minmax(0, 1fr) 26rem; gap: 1.25rem; padding: .25rem 0; }
.text { align-self: start; background: #fff; padding: .25rem 1rem; overflow-wrap: anywhere; }
.text p { margin: .25rem 0; }
.title { font-weight: 700; text-align: center; font-size: 1.15rem; }
.heading { font-weight: 700; }
.date { text-align: right; }
.note { border-left: .3rem solid; padding: .25rem .6rem; margin: .25rem 0; background: #fff; font-size: .9rem; line-height: 1.55; }
.note b { margin-right: .4rem; }
.note small { color: #55606e; display: block; }
.error { border-color: #b3261e; } .error b { color: #b3261e; }
.warning { border-color: #9a6700; } .warning b { color: #7a5200; }
.question { border-color: #1f6f8b; } .question b { color: #1a5f77; }
.info { border-color: #7a8592; } .info b { color: #55606e; }
mark { background: #fff0c2; border-bottom: 2px solid #9a6700; color: inherit; }
mark.error { background: #fde7e5; border-color: #b3261e; }
table { border-collapse: collapse; font-size: .85rem; line-height: 1.4; width: 100%; }
.scroll { overflow-x: auto; }
th, td { border: 1px solid #c5ccd5; padding: .2rem .4rem; text-align: left; vertical-align: top; }
td { text-align: right; white-space: nowrap; }
td.hit { background: #fde7e5; outline: 2px solid #b3261e; }
caption { text-align: left; font-weight: 700; padding: .5rem 0 .25rem; }
.failed { color: #b3261e; font-weight: 700; }
@media (max-width: 60rem) { .row { grid-template-columns: minmax(0, 1fr); gap: .25rem; } body { padding: .5rem .75rem 3rem; } }
@media print { body { background: #fff; max-width: none; } .row { break-inside: avoid; } }
"""


def write(result: Result, path: Path) -> None:
    """Write the page; raises `OSError` when that cannot be done."""
    path.write_text(page(result), encoding="utf-8")


def page(result: Result) -> str:
    """Return the page."""
    parts = [
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>年度报告校对结果</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>",
        "<h1>年度报告校对结果</h1>",
        contents(result),
        "</main>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def contents(result: Result) -> str:
    """Return what stands on the page below its heading, to be set into another page; all text in it is escaped."""
    parts = [
        f'<p class="meta">{len(result.files)}份报告，{_total(result)}。疑问和提示供核对，不一定是错误。</p>',
    ]
    if len(result.files) > 1:
        parts.append(_overview(result))
    if result.across:
        parts.append("<h2 id='across'>各报告之间</h2>")
        parts += [_note(None, each, "　".join(each.files)) for each in result.across]
    for number, checked in enumerate(result.files, start=1):
        parts.append(_file(number, checked))
    return "\n".join(parts)


def _total(result: Result) -> str:
    return count([finding for each in result.files for finding in each.findings])


def _overview(result: Result) -> str:
    lines = []
    for number, checked in enumerate(result.files, start=1):
        report = checked.report
        name = f"{report.agency or checked.path} {report.year or ''}" if report else checked.path
        said = count(checked.findings) if report else "没有读成"
        lines.append(f'<li><a href="#f{number}">{escape(name)}</a>　{escape(said)}</li>')
    return f"<nav><ol>{''.join(lines)}</ol></nav>"


def _file(number: int, checked: Checked) -> str:
    report = checked.report
    if report is None:
        reason = checked.failure.sentence if checked.failure else "文件没有读成。"
        return (
            f'<section id="f{number}"><h2>{escape(checked.path)}</h2><p class="failed">{escape(reason)}</p></section>'
        )
    year = f"{report.year}年" if report.year else "年度不明"
    parts = [
        f'<section id="f{number}"><h2>{escape(report.agency or "机构不明")}　{year}</h2>',
        f'<p class="path">{escape(checked.path)}　{escape(report.format or "不明")}格式　{escape(count(checked.findings))}</p>',
    ]
    parts += [f'<p class="meta">没有读懂：{escape(each)}</p>' for each in report.unread]
    by_paragraph: dict[int, list[Finding]] = {}
    by_table: dict[str, list[Finding]] = {}
    whole: list[Finding] = []
    for finding in checked.findings:
        if finding.where.paragraph is not None:
            by_paragraph.setdefault(finding.where.paragraph, []).append(finding)
        elif finding.where.table in report.tables:
            by_table.setdefault(finding.where.table, []).append(finding)
        else:
            whole.append(finding)
    parts += [_note(report, each, place_in_words(report, each.where)) for each in whole]
    after: dict[int, list[Table]] = {}
    for table in report.tables.values():
        last = len(report.paragraphs) - 1
        after.setdefault(last if table.after is None else min(table.after, last), []).append(table)
    for paragraph in report.paragraphs:
        parts.append(_paragraph(report, paragraph, by_paragraph.get(paragraph.index, [])))
        parts += [_table(report, table, by_table.get(table.key, [])) for table in after.get(paragraph.index, [])]
    if not report.paragraphs:
        parts += [_table(report, table, by_table.get(key, [])) for key, table in report.tables.items()]
    parts.append("</section>")
    return "\n".join(parts)


def _paragraph(report: Report, paragraph: Paragraph, findings: Sequence[Finding]) -> str:
    kind = {"title": "title", "agency": "title", "heading": "heading", "date": "date"}.get(paragraph.kind, "plain")
    notes = "".join(_note(report, each, "") for each in findings)
    return (
        f'<div class="row"><div class="text"><p class="{kind}">{_marked(paragraph.text, findings)}</p></div>'
        f"<aside>{notes}</aside></div>"
    )


def _marked(text: str, findings: Sequence[Finding]) -> str:
    """Escape a text and mark the quotes of its findings; of quotes that overlap the first is marked."""
    spans: list[tuple[int, int, str]] = []
    for finding in sorted(findings, key=lambda each: SEVERITIES.index(each.severity)):
        at = text.find(finding.quote) if finding.quote else -1
        end = at + len(finding.quote)
        if at >= 0 and all(end <= start or at >= stop for start, stop, _ in spans):
            spans.append((at, end, finding.severity))
    parts, last = [], 0
    for start, stop, severity in sorted(spans):
        parts += [escape(text[last:start]), f'<mark class="{severity}">{escape(text[start:stop])}</mark>']
        last = stop
    return "".join(parts) + escape(text[last:])


def _note(report: Report | None, finding: Finding, place: str) -> str:
    known = registered().get(finding.check)
    name = f"　{known.name}" if known else ""
    small = f"<small>{escape(place)}</small>" if place else ""
    return (
        f'<div class="note {finding.severity}"><b>{SEVERITY_NAMES[finding.severity]}</b>{escape(finding.message)}'
        f"<small>{finding.check}{escape(name)}</small>{small}</div>"
    )


def _table(report: Report, table: Table, findings: Sequence[Finding]) -> str:
    hit = {
        (place.row, place.column)
        for finding in findings
        if finding.severity in ("error", "warning")
        for place in (finding.suspects or (finding.where,))
        if place.table == table.key
    }
    head = "".join(f"<th>{escape(column_name(table.key, column))}</th>" for column in table.columns)
    rows = []
    for row in table.rows:
        cells = []
        for column in table.columns:
            cell = table.cell(row, column)
            mark = ' class="hit"' if (row, column) in hit else ""
            cells.append(f"<td{mark}>{escape(cell.printed) if cell else ''}</td>")
        rows.append(f"<tr><th>{escape(table.labels.get(row) or row_label(table.key, row))}</th>{''.join(cells)}</tr>")
    notes = "".join(_note(report, each, place_in_words(report, each.where)) for each in findings)
    name = TABLE_NAMES.get(table.key, table.key)
    return (
        f'<div class="row"><div class="text scroll"><table><caption>{escape(name)}</caption>'
        f"<tr><th></th>{head}</tr>{''.join(rows)}</table></div><aside>{notes}</aside></div>"
    )
