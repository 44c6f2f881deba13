"""Write a draft of `tests.proofing.corpus` as a file: TXT, HTML alone or inside a web page, DOCX, XLSX, PDF."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

from tests.proofing.corpus import Block, Draft

Cells = list[list[tuple[str, int, int]]]

HEAD = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}_示例县人民政府</title>
<style>td{{border:1px solid}}</style><script>var a="<p>一、不是正文</p>";</script></head><body>
<div class="top"><a href="/">首页</a> | <a href="/zwgk/">政务公开</a> | <a href="/hd/">互动交流</a> | <a href="/fw/">办事服务</a></div>
<ul class="nav"><li>政府信息公开指南</li><li>政府信息公开制度</li><li>法定主动公开内容</li><li>政府信息公开年报</li></ul>
<div class="crumb">当前位置：首页 &gt; 政府信息公开 &gt; 政府信息公开年报</div>
<table class="head"><tr><td>索引号</td><td>11370000MB00000000/2024-00012</td><td>发布机构</td><td>{agency}</td></tr>
<tr><td>发布日期</td><td>{published}</td><td>浏览次数</td><td>128</td></tr></table><div id="content">"""
FOOT = """</div><div class="share">【字体：大 中 小】 【打印本页】 【关闭窗口】 分享到：</div>
<div class="foot"><p>主办：示例县人民政府　承办：示例县大数据中心　联系电话：0000-1111111</p>
<p>网站标识码：0000000000　示例ICP备00000000号　示例公网安备00000000000000号</p><p>版权所有：示例县人民政府办公室</p></div></body></html>"""


def expanded(rows: Cells) -> tuple[list[list[str]], list[tuple[int, int, int, int]]]:
    """Lay cells out on a grid: texts at their upper left corner, and the merged ranges (row, column, rows, columns)."""
    grid: dict[tuple[int, int], str] = {}
    taken: set[tuple[int, int]] = set()
    merged = []
    for y, row in enumerate(rows):
        x = 0
        for text, across, down in row:
            while (y, x) in taken:
                x += 1
            grid[y, x] = text
            taken |= {(y + dy, x + dx) for dy in range(down) for dx in range(across)}
            if across > 1 or down > 1:
                merged.append((y, x, down, across))
            x += across
    height, width = max(y for y, _ in taken) + 1, max(x for _, x in taken) + 1
    return [[grid.get((y, x), "") for x in range(width)] for y in range(height)], merged


def as_text(draft: Draft, path: Path) -> None:
    lines = []
    for block in draft.blocks():
        if block.kind == "table":
            lines += [" | ".join(text for text, _across, _down in row) + " |" for row in block.rows]
        else:
            lines.append(block.text)
    path.write_text("\n".join(lines), encoding="utf-8")


def _html(block: Block) -> str:
    if block.kind == "table":
        rows = []
        for row in block.rows:
            cells = "".join(f'<td colspan="{a}" rowspan="{d}"><p>{escape(t)}</p></td>' for t, a, d in row)
            rows.append(f"<tr>{cells}</tr>")
        return f'<table border="1" cellspacing="0">{"".join(rows)}</table>'
    if block.kind == "title":
        return f'<h1 style="text-align:center">{escape(block.text)}</h1>'
    return f'<p style="text-indent:2em"><span>{escape(block.text)}</span></p>'


def as_html(draft: Draft, path: Path) -> None:
    body = "\n".join(_html(block) for block in draft.blocks())
    path.write_text(
        f'<!doctype html><html><head><meta charset="utf-8"></head><body>{body}</body></html>', encoding="utf-8"
    )


def as_web_page(draft: Draft, path: Path) -> None:
    body = "\n".join(_html(block) for block in draft.blocks())
    digits = [part for part in draft.written.replace("年", " ").replace("月", " ").replace("日", " ").split()]
    published = f"{digits[0]}-{int(digits[1]):02d}-{int(digits[2]):02d}"
    head = HEAD.format(title="".join(draft.title), agency=draft.agency, published=published)
    path.write_text(head + body + FOOT, encoding="utf-8")


def as_docx(draft: Draft, path: Path) -> None:
    from docx import Document

    document = Document()
    for block in draft.blocks():
        if block.kind != "table":
            document.add_paragraph(block.text)
            continue
        grid, merged = expanded(block.rows)
        table = document.add_table(rows=len(grid), cols=len(grid[0]))
        table.style = "Table Grid"
        cells = [list(row.cells) for row in table.rows]
        for y, row in enumerate(grid):
            for x, text in enumerate(row):
                if text:
                    cells[y][x].text = text
        for y, x, down, across in merged:
            cells[y][x].merge(cells[y + down - 1][x + across - 1])
    document.save(str(path))


def as_xlsx(draft: Draft, path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    at = 1
    for block in draft.blocks():
        if block.kind != "table":
            sheet.cell(at, 1).value = block.text
            at += 1
            continue
        grid, merged = expanded(block.rows)
        for y, row in enumerate(grid):
            for x, text in enumerate(row):
                if text:
                    number = text.lstrip("-").isdigit()
                    sheet.cell(at + y, 1 + x).value = int(text) if number else text
        for y, x, down, across in merged:
            sheet.merge_cells(start_row=at + y, start_column=1 + x, end_row=at + y + down - 1, end_column=x + across)
        at += len(grid)
    book.save(path)


def as_pdf(draft: Draft, path: Path) -> None:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    text = ParagraphStyle("text", fontName="STSong-Light", fontSize=11, leading=18, firstLineIndent=22, wordWrap="CJK")
    centred = ParagraphStyle("centred", parent=text, alignment=1, firstLineIndent=0, fontSize=16, leading=24)
    small = ParagraphStyle("small", fontName="STSong-Light", fontSize=7, leading=9, wordWrap="CJK")
    story = []
    for block in draft.blocks():
        if block.kind != "table":
            story.append(Paragraph(escape(block.text), centred if block.kind == "title" else text))
            continue
        grid, merged = expanded(block.rows)
        style: list[tuple[object, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
        style += [("SPAN", (x, y), (x + across - 1, y + down - 1)) for y, x, down, across in merged]
        cells = [[Paragraph(escape(each), small) for each in row] for row in grid]
        wide = 480 if len(grid[0]) > 3 else 440
        first = [250, 60, 130] if len(grid[0]) == 3 and draft.format == "2014" else None
        story.append(Table(cells, colWidths=first or [wide / len(grid[0])] * len(grid[0]), style=style, repeatRows=0))
    SimpleDocTemplate(str(path), pagesize=A4, leftMargin=55, rightMargin=55).build(story)


WRITERS: dict[str, tuple[str, Callable[[Draft, Path], None]]] = {
    "txt": (".txt", as_text),
    "html": (".html", as_html),
    "page": (".html", as_web_page),
    "docx": (".docx", as_docx),
    "xlsx": (".xlsx", as_xlsx),
    "pdf": (".pdf", as_pdf),
}


def write(draft: Draft, kind: str, folder: Path, name: str = "report") -> Path:
    """Write a draft as a file of a kind and return its path."""
    suffix, writer = WRITERS[kind]
    path = folder / f"{name}{suffix}"
    writer(draft, path)
    return path
