"""Reports to read, made from one description: cells with spans, written as HTML, DOCX, XLSX, PDF and plain text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.rules import indicators
from gongkai.rules.sources import read_toml

AGENCY = "示例市示例区住房和城乡建设局"
COLUMNS = (
    "natural_person",
    "legal_commercial",
    "legal_research",
    "legal_social",
    "legal_law_service",
    "legal_other",
    "total",
)
NAMES = {
    "natural_person": "自然人",
    "legal_commercial": "商业企业",
    "legal_research": "科研机构",
    "legal_social": "社会公益组织",
    "legal_law_service": "法律服务机构",
    "legal_other": "其他",
    "total": "总计",
}
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


@dataclass(frozen=True)
class Spot:
    """A cell of a table to be written: text, row and column from 0, rows and columns covered."""

    text: str
    row: int
    column: int
    down: int = 1
    across: int = 1


Table = list[Spot]


def request_rows(format: str = "2021") -> list[dict[str, str]]:
    part = next(each for each in read_toml(f"tables/{format}.toml")["part"] if each["key"] == "requests")
    return [row for row in part["rows"]]


def request_values(format: str = "2021") -> dict[str, list[int]]:
    """A table whose sums all hold: 12 new, 1 carried in, 11 settled, 2 carried out."""
    values = {row["code"]: [0] * 7 for row in request_rows(format) if row["kind"] != "group"}
    values["1"] = [9, 2, 0, 0, 1, 0, 12]
    values["2"] = [1, 0, 0, 0, 0, 0, 1]
    values["3.1"] = [5, 1, 0, 0, 0, 0, 6]
    values["3.2"] = [1, 0, 0, 0, 0, 0, 1]
    values["3.4.1"] = [2, 0, 0, 0, 1, 0, 3]
    values["3.5.2"] = [1, 0, 0, 0, 0, 0, 1]
    values["3.7"] = [9, 1, 0, 0, 1, 0, 11]
    values["4"] = [1, 1, 0, 0, 0, 0, 2]
    return values


def requests_table(
    values: dict[str, list[object]] | dict[str, list[int]], format: str = "2021", order: Sequence[str] = COLUMNS
) -> Table:
    """The printed form: label in three columns, two rows of applicants, merged cells; columns in any order."""
    spots = [Spot("（本列数据的勾稽关系为：第一项加第二项之和，\n等于第三项加第四项之和）", 0, 0, 3, 3)]
    spots.append(Spot("申请人情况", 0, 3, 1, 7))
    legal = [key for key in order if key.startswith("legal")]
    column = 3
    for key in order:
        if key == legal[0]:
            spots.append(Spot("法人或其他组织", 1, column, 1, len(legal)))
        if key.startswith("legal"):
            spots.append(Spot(NAMES[key][:2] + "\n" + NAMES[key][2:] if len(NAMES[key]) > 2 else NAMES[key], 2, column))
        else:
            spots.append(Spot(NAMES[key], 1, column, 2, 1))
        column += 1
    rows = [row for row in request_rows(format) if row["kind"] != "group"]
    groups = {row["code"]: row["label"] for row in request_rows(format) if row["kind"] == "group"}
    begun: set[str] = set()
    for at, row in enumerate(rows, 3):
        code, label = row["code"], row["label"]
        parents = [parent for parent in (code.split(".")[0], code.rpartition(".")[0]) if parent in groups]
        parents = list(dict.fromkeys(parents))
        place = 0
        for parent in parents:
            if parent not in begun:
                begun.add(parent)
                inside = sum(each["code"].startswith(parent + ".") for each in rows)
                spots.append(Spot(groups[parent], at, place, inside, 1))
            place += 1
        spots.append(Spot(label, at, place, 1, 3 - place))
        for beside, key in enumerate(order, 3):
            spots.append(Spot(str(values[code][COLUMNS.index(key)]), at, beside))
    return spots


def review_table(values: Sequence[Sequence[object]] = ((1, 0, 0, 1, 2), (0, 0, 1, 0, 1), (0, 0, 0, 0, 0))) -> Table:
    spots = [Spot("行政复议", 0, 0, 2, 5), Spot("行政诉讼", 0, 5, 1, 10)]
    spots += [Spot("未经复议直接起诉", 1, 5, 1, 5), Spot("复议后起诉", 1, 10, 1, 5)]
    for group in range(3):
        for at, name in enumerate(RESULTS):
            spots.append(Spot(name[:2] + "\n" + name[2:], 2, group * 5 + at))
            spots.append(Spot(str(values[group][at]), 3, group * 5 + at))
    return spots


def article_table(format: str = "2021") -> Table:
    """All blocks of Article 20 in one table, as most reports print them."""
    spots: Table = []
    at = 0
    number = 1
    width = max(len(part["columns"]) for part in read_toml(f"tables/{format}.toml")["part"][:4]) + 1
    for part in read_toml(f"tables/{format}.toml")["part"]:
        if not part["key"].startswith("art20"):
            continue
        names = [column["name"] for column in part["columns"]]
        spots.append(Spot(part["heading"], at, 0, 1, width))
        last = width - len(names)
        for place, name in enumerate(["信息内容", *names]):
            spots.append(Spot(name, at + 1, place, 1, last if place == len(names) else 1))
        at += 2
        for row in part["rows"]:
            spots.append(Spot(row["label"], at, 0))
            for place in range(1, len(names) + 1):
                spots.append(Spot(str(number), at, place, 1, last if place == len(names) else 1))
                number += 1
            at += 1
    return spots


def statistics_table(values: dict[str, object], heads: Sequence[str] = ("统计指标", "单位", "统计数")) -> Table:
    """The table of 2014; columns stand as `heads` says."""
    place = {"统计指标": "label", "单位": "unit", "统计数": "value", "序号": "number"}
    spots = [Spot(text, 0, column) for column, text in enumerate(heads)]
    for at, row in enumerate(indicators.table("2014").indicators, 1):
        texts = {"label": row.label, "unit": row.unit, "value": str(values.get(row.code, "")), "number": str(at)}
        spots += [Spot(texts[place[head]], at, column) for column, head in enumerate(heads)]
    return spots


# --- writing ---

Content = str | Table


def as_html(content: Sequence[Content], *, page: bool = False, encoding: str = "utf-8") -> bytes:
    parts = []
    for each in content:
        if isinstance(each, str):
            parts.append(f"<p>{each}</p>")
            continue
        rows: dict[int, list[str]] = {}
        for spot in sorted(each, key=lambda spot: (spot.row, spot.column)):
            spans = (f' rowspan="{spot.down}"' if spot.down > 1 else "") + (
                f' colspan="{spot.across}"' if spot.across > 1 else ""
            )
            text = spot.text.replace("\n", "<br>")
            rows.setdefault(spot.row, []).append(f"<td{spans}><p>{text}</p></td>")
        parts.append("<table>" + "".join(f"<tr>{''.join(rows[at])}</tr>" for at in sorted(rows)) + "</table>")
    body = "\n".join(parts)
    if page:
        body = (
            '<div class="top"><a>首页</a><a>政务公开</a><a>2021年政府信息公开工作年度报告</a><form><input value="搜索"></form></div>'
            "<div>当前位置：首页 &gt; 政务公开 &gt; 政府信息公开年报</div>"
            f"<div>发布时间：2023-01-20 09:30 来源：{AGENCY} 浏览次数：36 字体：[大 中 小]</div>"
            f'<div id="zoom">{body}</div>'
            "<div>【打印本页】 【关闭窗口】</div><div>上一篇：关于召开会议的通知</div>"
            f"<div>主办单位：{AGENCY} 网站标识码：0000000000</div><div>备案号：示ICP备00000000号</div>"
        )
    text = f'<html><head><meta charset="{encoding}"><title>{AGENCY}</title></head><body>{body}</body></html>'
    return text.encode(encoding)


def as_docx(content: Sequence[Content]) -> bytes:
    import docx

    document = docx.Document()
    for each in content:
        if isinstance(each, str):
            document.add_paragraph(each)
            continue
        rows = max(spot.row + spot.down for spot in each)
        columns = max(spot.column + spot.across for spot in each)
        table = document.add_table(rows, columns)
        cells = [row.cells for row in table.rows]
        for spot in each:
            cell = cells[spot.row][spot.column]
            if spot.down > 1 or spot.across > 1:
                cell = cell.merge(cells[spot.row + spot.down - 1][spot.column + spot.across - 1])
            cell.text = spot.text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_xlsx(content: Sequence[Content]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    at = 1
    for each in content:
        if isinstance(each, str):
            sheet.cell(at, 1, each)
            at += 1
            continue
        for spot in each:
            value: object = int(spot.text) if spot.text.isdigit() else spot.text
            sheet.cell(at + spot.row, spot.column + 1, value)  # type: ignore[arg-type]
            if spot.down > 1 or spot.across > 1:
                sheet.merge_cells(
                    start_row=at + spot.row,
                    start_column=spot.column + 1,
                    end_row=at + spot.row + spot.down - 1,
                    end_column=spot.column + spot.across,
                )
        at += max(spot.row + spot.down for spot in each)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_text(content: Sequence[Content], separator: str = " | ", *, closed: bool = True, framed: bool = False) -> bytes:
    """Plain text as copies of web pages give it: a merged cell once, breaks inside cells kept."""
    lines: list[str] = []
    for each in content:
        if isinstance(each, str):
            lines.append(each)
            continue
        rows: dict[int, list[str]] = {}
        for spot in sorted(each, key=lambda spot: (spot.row, spot.column)):
            rows.setdefault(spot.row, []).append(spot.text if closed else spot.text.replace("\n", ""))
        for at in sorted(rows):
            line = separator.join(rows[at])
            lines.append(f"| {line} |" if framed else f"{line} |" if closed else line)
    return "\n".join(lines).encode()


def as_pdf(content: Sequence[Content]) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate
    from reportlab.platypus import Table as PdfTable

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("body", fontName="STSong-Light", fontSize=10, leading=15, wordWrap="CJK")
    small = ParagraphStyle("cell", fontName="STSong-Light", fontSize=7, leading=9, wordWrap="CJK")
    flow: list[object] = []
    for each in content:
        if isinstance(each, str):
            flow.append(Paragraph(each, style))
            continue
        rows = max(spot.row + spot.down for spot in each)
        columns = max(spot.column + spot.across for spot in each)
        data: list[list[object]] = [[""] * columns for _ in range(rows)]
        spans: list[tuple[object, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
        for spot in each:
            data[spot.row][spot.column] = Paragraph(spot.text.replace("\n", "<br/>"), small)
            end = (spot.column + spot.across - 1, spot.row + spot.down - 1)
            spans.append(("SPAN", (spot.column, spot.row), end))
        widths = (
            [496 / columns] * columns
            if columns < 10
            else [80, 60, 90, *[38] * (columns - 3)]
            if columns == 10
            else [496 / columns] * columns
        )
        flow.append(PdfTable(data, style=spans, repeatRows=0, colWidths=widths))
    stream = io.BytesIO()
    SimpleDocTemplate(stream, pagesize=A4).build(flow)
    return stream.getvalue()


def report_of_2021(
    values: dict[str, list[int]] | dict[str, list[object]] | None = None, order: Sequence[str] = COLUMNS
) -> list[Content]:
    """A whole report on 2022."""
    return [
        AGENCY,
        "2022年政府信息公开工作年度报告",
        "根据《中华人民共和国政府信息公开条例》（以下简称《条例》）要求，现公布示例市示例区住房和城乡建设局2022年政府信息公开工作年度报告。"
        "报告中所列数据的统计期限自2022年1月1日起至2022年12月31日止。",
        "一、总体情况",
        "（一）主动公开。2022年，通过门户网站公开政府信息356条，发布政策解读4篇。",
        "（二）依申请公开。全年新收政府信息公开申请12件，上年结转1件，办结11件，结转下年度2件。",
        "（三）政府信息管理。健全公开属性认定和保密审查机制。",
        "（四）政府信息公开平台建设。优化栏目设置，及时更新内容。",
        "（五）监督保障。召开专题会议2次，举办培训1次。",
        "二、主动公开政府信息情况",
        article_table(),
        "三、收到和处理政府信息公开申请情况",
        requests_table(values or request_values(), order=order),
        "四、政府信息公开行政复议、行政诉讼情况",
        review_table(),
        "五、存在的主要问题及改进情况",
        "2022年，我局政府信息公开工作取得一定成效，但政策解读形式仍以文字为主。下一步将增加图表解读。",
        "六、其他需要报告的事项",
        "本年度未收取政府信息公开信息处理费。",
        AGENCY,
        "2023年1月18日",
    ]


def statistics_values() -> dict[str, object]:
    """A table of 2014 in which every value differs from its neighbours."""
    return {row.code: at for at, row in enumerate(indicators.table("2014").values, 1)}


def report_of_2014(
    values: dict[str, object] | None = None, heads: Sequence[str] = ("统计指标", "单位", "统计数")
) -> list[Content]:
    """A report on 2016 with the table of 2014."""
    return [
        f"{AGENCY}2016年政府信息公开工作年度报告",
        "本报告由示例市示例区住房和城乡建设局编制，统计期限为2016年1月1日至2016年12月31日。",
        "一、概述",
        "2016年，我局认真贯彻《条例》，主动公开政府信息1条。",
        "二、主动公开政府信息情况",
        "通过政府网站公开政府信息5条。",
        "三、政府信息公开申请办理情况",
        "全年收到申请15件。",
        "2017年1月20日",
        "政府信息公开情况统计表",
        statistics_table(statistics_values() if values is None else values, heads),
    ]


def as_markdown(content: Sequence[Content], *, repeated: bool) -> bytes:
    """Framed plain text in which a merged cell is repeated in, or blank in, every place it covers."""
    lines: list[str] = []
    for each in content:
        if isinstance(each, str):
            lines.append(each)
            continue
        places: dict[tuple[int, int], str] = {}
        for spot in each:
            for row in range(spot.row, spot.row + spot.down):
                for column in range(spot.column, spot.column + spot.across):
                    is_first = (row, column) == (spot.row, spot.column)
                    places[row, column] = spot.text.replace("\n", "") if repeated or is_first else ""
        width = max(column for _, column in places) + 1
        for row in range(max(row for row, _ in places) + 1):
            lines.append("| " + " | ".join(places.get((row, column), "") for column in range(width)) + " |")
            if row == 0:
                lines.append("|" + " --- |" * width)
    return "\n".join(lines).encode()


def as_nested_html(content: Sequence[Content]) -> bytes:
    """A page laid out by tables: the report stands in one cell of an outer table."""
    text = as_html(content).decode()
    head, _, rest = text.partition("<body>")
    body, _, tail = rest.partition("</body>")
    menu = "<tr><td><table><tr><td>首页</td><td>政务公开</td></tr></table></td></tr>"
    foot = "<tr><td>版权所有：示例</td></tr>"
    return f"{head}<body><table>{menu}<tr><td>{body}</td></tr>{foot}</table></body>{tail}".encode()


def as_cells_on_lines(content: Sequence[Content]) -> bytes:
    """Plain text with one cell on a line, as some copies of web pages have it."""
    lines: list[str] = []
    for each in content:
        if isinstance(each, str):
            lines.append(each)
        else:
            ordered = sorted(each, key=lambda spot: (spot.row, spot.column))
            lines += [spot.text.replace("\n", "") for spot in ordered]
    return "\n".join(lines).encode()


def side_by_side(table: Table, half: int = 37) -> Table:
    """The table of 2014 in two halves beside each other, under one row of headings."""
    spots: Table = []
    for spot in table:
        if spot.row == 0:
            spots += [spot, Spot(spot.text, 0, spot.column + 3)]
        elif spot.row <= half:
            spots.append(spot)
        else:
            spots.append(Spot(spot.text, spot.row - half, spot.column + 3))
    return spots


def upright_review_table(values: Sequence[Sequence[object]]) -> Table:
    """Results below each other instead of beside each other."""
    spots: Table = []
    at = 0
    for group, name in enumerate(("行政复议", "未经复议直接起诉", "复议后起诉")):
        spots.append(Spot(name, at, 0, 5, 1))
        for place, result in enumerate(RESULTS):
            spots += [Spot(result, at, 1), Spot(str(values[group][place]), at, 2)]
            at += 1
    return spots
