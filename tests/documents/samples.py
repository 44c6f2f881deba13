"""Files of every type, made by code, each with something planted where its reader does not look.

Every planted text begins with 藏 and a name, so that a test can say where it was found. Persons are invented.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from functools import cache

VISIBLE = "示例区住房保障中心公告"
PERSON = "示例甲"


def zipped(parts: Mapping[str, str | bytes], *, first: str | None = None) -> bytes:
    """A ZIP of the given parts; `first` is stored unpacked at the beginning, as ODF wants its type."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda name: name != first):
            package.writestr(name, parts[name], zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def rezipped(data: bytes, more: Mapping[str, str | bytes], replace: Mapping[str, tuple[str, str]] = {}) -> bytes:
    """A package with parts added and words of parts replaced."""
    parts: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            parts[name] = package.read(name)
    for name, (old, new) in replace.items():
        text = parts[name]
        assert isinstance(text, bytes)
        assert old.encode() in text, f"{name} has no {old}"
        parts[name] = text.replace(old.encode(), new.encode())
    return zipped({**parts, **more})


# Word

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_DRAWING = (
    f'<w:r {W}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" alt="藏替代文字"><v:textbox><w:txbxContent>'
    "<w:p><w:r><w:t>文本框里的字</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def docx() -> bytes:
    """A Word document with a heading, a merged table, a nested table, and hidden things of every kind."""
    import docx as python_docx
    from docx.oxml import parse_xml
    from docx.shared import Pt, RGBColor

    document = python_docx.Document()
    document.core_properties.author = "藏作者"
    document.core_properties.last_modified_by = "藏修改人"
    document.add_heading(VISIBLE, level=1)
    paragraph = document.add_paragraph("公开的正文")
    run = paragraph.add_run("藏隐藏文字")
    run.font.hidden = True
    run = paragraph.add_run("藏白字")
    run.font.color.rgb = RGBColor(255, 255, 255)
    run = paragraph.add_run("藏小字")
    run.font.size = Pt(1)
    element = paragraph._p
    element.append(parse_xml(f'<w:del {W} w:id="1" w:author="x"><w:r><w:delText>藏删除</w:delText></w:r></w:del>'))
    element.append(parse_xml(f'<w:ins {W} w:id="2" w:author="x"><w:r><w:t>后来插入的字</w:t></w:r></w:ins>'))
    element.append(parse_xml(_DRAWING))
    element.append(
        parse_xml(
            f'<w:r {W}><w:instrText xml:space="preserve"> INCLUDETEXT "\\\\服务器\\藏域代码.docx" </w:instrText></w:r>'
        )
    )
    document.add_comment(paragraph.runs, text="藏批注", author="x")
    table = document.add_table(rows=3, cols=3)
    for at, text in enumerate(("姓名", "身份证号", "电话")):
        table.cell(0, at).text = text
    table.cell(1, 0).text = PERSON
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(1, 1).merge(table.cell(1, 2)).text = "并在一起的格"
    inner = table.cell(2, 1).add_table(rows=1, cols=1)
    inner.cell(0, 0).text = "表中表"
    row = table.add_row()
    row.cells[0].text = "藏在隐藏行"
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:hidden {W}/>"))
    section = document.sections[0]
    section.header.paragraphs[0].text = "页眉机密标志"
    section.footer.paragraphs[0].text = "页脚文字"
    stream = io.BytesIO()
    document.add_picture(io.BytesIO(photograph()))
    document.save(stream)
    return rezipped(
        stream.getvalue(),
        {
            "customXml/item1.xml": "<数据><字段>藏自定义数据</字段></数据>",
            "docProps/custom.xml": '<Properties><property name="批次"><lpwstr>藏自定义属性</lpwstr></property></Properties>',
            "word/embeddings/附表.xlsx": xlsx_plain("藏嵌入表格"),
            "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>脚注文字</w:t></w:r></w:p>'
            "</w:footnote></w:footnotes>",
        },
        {
            "word/_rels/document.xml.rels": (
                "</Relationships>",
                '<Relationship Id="rIdF" Type="http://x/footnotes" Target="footnotes.xml"/>'
                '<Relationship Id="rIdT" Type="http://x/attachedTemplate" Target="file:///C:/藏模板.dotx" '
                'TargetMode="External"/></Relationships>',
            )
        },
    )


def docx_plain(text: str = VISIBLE) -> bytes:
    """A Word document of one paragraph."""
    import docx as python_docx

    document = python_docx.Document()
    document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def docx_with_picture() -> bytes:
    """A Word document with a line of text and a large picture."""
    import docx as python_docx

    document = python_docx.Document()
    document.add_paragraph(VISIBLE)
    document.add_picture(io.BytesIO(picture_of_text()))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


# Excel


def xlsx_plain(text: str = VISIBLE) -> bytes:
    """A workbook of one cell."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active["A1"] = text
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xlsx_as_excel_writes(sheet: str, strings: str, more: Mapping[str, str | bytes] = {}) -> bytes:
    """A workbook with shared strings, which our library does not write: XML of the rows and of the strings."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    related = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships {related}><Relationship Id="r1" Type="{office}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{office}"><sheets><sheet name="名单" sheetId="1" r:id="r1"/></sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships {related}><Relationship Id="r1" Type="{office}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{sheet}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst {main}>{strings}</sst>",
    }
    return zipped({**parts, **more})


def xlsx() -> bytes:
    """A workbook with hidden sheets, rows, columns, white cells, comments, names, links, caches and a data model."""
    import datetime

    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.styles import Font
    from openpyxl.workbook.defined_name import DefinedName

    book = openpyxl.Workbook()
    book.properties.creator = "藏作者"
    sheet = book.active
    sheet.title = "名单"
    sheet.append(["姓名", "电话", "藏隐藏列", "日期"])
    sheet.append([PERSON, 13800000000, "藏列值", datetime.date(2017, 12, 31)])
    sheet.append(["藏隐藏行", 1.5])
    sheet.append([VISIBLE])
    sheet.append(["合并", "藏合并"])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["A6"] = "藏白字"
    sheet["A6"].font = Font(color="FFFFFFFF")
    sheet["A7"] = "藏格式"
    sheet["A7"].number_format = ";;;"
    sheet["A2"].comment = Comment("藏批注", "x")
    sheet.oddHeader.center.text = "页眉机密标志"
    second = book.create_sheet("藏表")
    second["B2"] = "藏在隐藏表"
    second.sheet_state = "hidden"
    third = book.create_sheet("深藏表")
    third["A1"] = "藏在深藏表"
    third.sheet_state = "veryHidden"
    book.defined_names["区域"] = DefinedName("区域", attr_text='"藏名称"')
    stream = io.BytesIO()
    book.save(stream)
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return rezipped(
        stream.getvalue(),
        {
            "xl/externalLinks/externalLink1.xml": f"<externalLink {main}><externalBook><sheetDataSet><sheetData><row>"
            "<cell><v>藏外部缓存</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>",
            "xl/pivotCache/pivotCacheDefinition1.xml": f'<pivotCacheDefinition {main}><cacheFields><cacheField name="姓名">'
            '<sharedItems><s v="藏透视"/></sharedItems></cacheField></cacheFields></pivotCacheDefinition>',
            "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": '<Relationships><Relationship Id="r1" '
            'Type="http://x/pivotCacheRecords" Target="pivotCacheRecords1.xml"/></Relationships>',
            "xl/pivotCache/pivotCacheRecords1.xml": f'<pivotCacheRecords {main}><r><x v="0"/></r></pivotCacheRecords>',
            "xl/model/item.data": b"\x00\x01",
            "xl/connections.xml": f'<connections {main}><connection connection="藏连接"/></connections>',
            "customXml/item1.xml": "<a>藏自定义数据</a>",
            "xl/embeddings/oleObject1.bin": ole_package("附件.txt", "藏嵌入对象".encode()),
        },
        {"xl/worksheets/sheet1.xml": ("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A5:B5"/></mergeCells>')},
    )


def xls() -> bytes:
    """An old workbook with a hidden sheet, row and column."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    for row, values in enumerate((("姓名", "电话", "藏列"), (PERSON, 13800000000, "藏列值"), ("藏隐藏行", "", ""))):
        for column, value in enumerate(values):
            sheet.write(row, column, value)
    sheet.write(3, 0, "藏白字", xlwt.easyxf("font: color white"))
    sheet.write(4, 0, VISIBLE)
    sheet.row(2).hidden = True
    # The library's own door for the header takes Latin letters only.
    sheet._Worksheet__header_str = "&C页眉机密标志"
    sheet.col(2).hidden = True
    hidden = book.add_sheet("藏表")
    hidden.write(0, 0, "藏在隐藏表")
    hidden.visibility = 1
    deep = book.add_sheet("深藏表")
    deep.write(0, 0, "藏在深藏表")
    deep.visibility = 2
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


# PDF


def pdf(pages: int = 1, *, encrypt: str | None = None) -> bytes:
    """A PDF with text under a box, white, invisible and off the page, a ruled table, a note and properties."""
    from reportlab.lib.pagesizes import A4

    page, stream = canvas(A4, encrypt)
    for _number in range(pages):
        page.setAuthor("藏作者")
        page.setFont("STSong-Light", 14)
        page.drawString(72, 780, "页眉机密标志")
        page.drawString(72, 740, VISIBLE)
        page.drawString(72, 700, "号码:藏框下文字")
        page.rect(105, 695, 200, 18, fill=1, stroke=0)
        page.setFillColorRGB(1, 1, 1)
        page.drawString(72, 660, "藏白字")
        page.setFillColorRGB(0, 0, 0)
        page.drawString(700, 600, "藏页外")
        page.saveState()
        text = page.beginText(72, 620)
        text.setTextRenderMode(3)
        text.textOut("藏不可见")
        page.drawText(text)
        page.restoreState()
        page.setFillColorRGB(0.2, 0.2, 0.6)
        page.rect(72, 570, 200, 20, fill=1, stroke=0)
        page.setFillColorRGB(1, 1, 1)
        page.drawString(80, 575, "深色底上的白字")
        page.setFillColorRGB(0, 0, 0)
        for y in (500, 520, 540):
            page.line(72, y, 372, y)
        for x in (72, 172, 272, 372):
            page.line(x, 500, x, 540)
        for at, line in enumerate((("姓名", "身份证号", "电话"), (PERSON, "3701XX", "138XX"))):
            for x, word in zip((80, 180, 280), line, strict=True):
                page.drawString(x, 525 - 20 * at, word)
        page.textAnnotation("藏批注", (72, 400, 90, 420))
        page.showPage()
    page.save()
    return stream.getvalue()


def canvas(size, encrypt=None):
    """A page to draw on, and where its file will be."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    return Canvas(stream, pagesize=size, encrypt=encrypt, invariant=1), stream


def pdf_text(*lines: str) -> bytes:
    """A PDF of some lines."""
    page, stream = canvas((595, 842))
    page.setFont("STSong-Light", 12)
    for at, line in enumerate(lines):
        page.drawString(72, 780 - 20 * at, line)
    page.showPage()
    page.save()
    return stream.getvalue()


def pdf_scanned() -> bytes:
    """A PDF whose only page is a picture of text."""
    from reportlab.lib.utils import ImageReader

    page, stream = canvas((595, 842))
    page.drawImage(ImageReader(io.BytesIO(picture_of_text())), 0, 0, 595, 842)
    page.showPage()
    page.save()
    return stream.getvalue()


def reader(png: bytes):
    """A picture as reportlab takes it."""
    from reportlab.lib.utils import ImageReader

    return ImageReader(io.BytesIO(png))


def plain_picture(mode: str, colour: tuple[int, ...]) -> bytes:
    """A PNG of one colour."""
    from PIL import Image

    stream = io.BytesIO()
    Image.new(mode, (300, 300), colour).save(stream, "PNG")
    return stream.getvalue()


def pdf_saved_again() -> bytes:
    """A PDF in which a later save has replaced the only page's text."""
    before = pdf_text("藏旧版本")
    after = pdf_text(VISIBLE)
    return _incremental(before, after)


def _incremental(before: bytes, after: bytes) -> bytes:
    """Append to a PDF what makes its page tree that of another, as a program does that saves by appending."""
    import re

    start = int(re.findall(rb"startxref\s+(\d+)", before)[-1])
    objects = dict(re.findall(rb"(?s)(\d+) 0 obj\b(.*?)\bendobj", after))
    root = re.findall(rb"/Root (\d+) 0 R", after)[-1]
    out = bytearray(before + b"\n")
    places: dict[int, int] = {}
    # Numbers are moved up, so that nothing of the first version is overwritten but the way to it.
    for number, body in objects.items():
        moved = re.sub(rb"(\d+) 0 R", lambda match: b"%d 0 R" % (int(match[1]) + 1000), body)
        places[int(number) + 1000] = len(out)
        out += b"%d 0 obj%sendobj\n" % (int(number) + 1000, moved)
    table = len(out)
    out += b"xref\n"
    for number, place in sorted(places.items()):
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<< /Size 2000 /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        int(root) + 1000,
        start,
        table,
    )
    return bytes(out)


def pdf_with_attachment() -> bytes:
    """A PDF with a text file attached."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf_text(VISIBLE))
    attachment = document.new_attachment("附件.txt")
    attachment.set_data("藏附件内容".encode())
    stream = io.BytesIO()
    document.save(stream)
    document.close()
    return stream.getvalue()


# OFD


def ofd(*, encrypted: bool = False) -> bytes:
    """An OFD with two lines, a box over text, white and off-page text, a note, an attachment and a forgotten page."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'

    def text(words: str, x: float, y: float, more: str = "", inner: str = "") -> str:
        return (
            f'<ofd:TextObject ID="1" Boundary="{x} {y} 150 6" Font="1" Size="4" {more}>{inner}'
            f'<ofd:TextCode X="0" Y="4" DeltaX="g {len(words) - 1} 4">{words}</ofd:TextCode></ofd:TextObject>'
        )

    content = (
        text("页眉机密标志", 20, 10)
        + text(VISIBLE, 20, 30)
        + text("藏框下文字", 20, 50)
        + '<ofd:PathObject ID="2" Boundary="18 49 60 8" Fill="true"><ofd:AbbreviatedData>M 0 0 L 60 0 L 60 8 L 0 8 C'
        "</ofd:AbbreviatedData></ofd:PathObject>"
        + text("藏白字", 20, 70, inner='<ofd:FillColor Value="255 255 255"/>')
        + text("藏页外", 400, 80)
        + text("藏不可见", 20, 90, more='Visible="false"')
    )
    page = f"<ofd:Page {space}><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>"
    return zipped(
        {
            "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocInfo><ofd:Author>藏作者</ofd:Author></ofd:DocInfo>"
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
            "</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
            '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>'
            "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>"
            "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments></ofd:Document>",
            "Doc_0/Pages/Page_0/Content.xml": page,
            "Doc_0/Pages/Page_9/Content.xml": f"<ofd:Page {space}><ofd:Content>{text('藏废页', 20, 20)}</ofd:Content></ofd:Page>",
            "Doc_0/Annots/Annotations.xml": f'<ofd:Annotations {space}><ofd:Page PageID="1"><ofd:FileLoc>a.xml</ofd:FileLoc>'
            "</ofd:Page></ofd:Annotations>",
            "Doc_0/Annots/a.xml": f'<ofd:PageAnnot {space}><ofd:Annot Type="Highlight"><ofd:Remark>藏批注</ofd:Remark></ofd:Annot>'
            "</ofd:PageAnnot>",
            "Doc_0/Attachs/Attachments.xml": f'<ofd:Attachments {space}><ofd:Attachment ID="3" Name="附件">'
            "<ofd:FileLoc>a.txt</ofd:FileLoc></ofd:Attachment></ofd:Attachments>",
            "Doc_0/Attachs/a.txt": "藏附件内容",
        }
    )


# HTML, text, RTF, ODF

HTML = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>网页标题</title>
<meta name="author" content="藏作者"><style>.gone {{ display: none }}</style></head><body>
<h1>{VISIBLE}</h1><!-- 藏注释 --><p>公开的正文</p>
<p style="display:none">藏样式</p><p class="gone">藏类名</p><p hidden>藏属性</p>
<p style="color:#fff">藏白字</p><div style="background:#036"><p style="color:#fff">深色底上的白字</p></div>
<input type="hidden" value="藏表单值"><script>var a = "藏脚本";</script><span data-id="藏数据属性"></span>
<table><caption>名单</caption><thead><tr><th>姓名</th><th colspan="2">联系方式</th></tr></thead>
<tr><td rowspan="2">{PERSON}</td><td>电话</td><td>138XX<table><tr><td>表中表</td></tr></table></td></tr>
<tr><td>邮箱</td><td>无</td></tr>
<tr style="display:none"><td>藏隐藏行</td></tr></table></body></html>"""

RTF = (
    r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fnil\fcharset134 SimSun;}}{\colortbl;\red255\green255\blue255;}"
    r"{\info{\author \'b2\'d8\'d7\'f7\'d5\'df}}{\header \u26426?\u23494?\u26631?\u24535?}"
    r"\f0 \'b9\'ab\'b8\'e6 \u-28638?\u25991?\par {\v \'b2\'d8\'d2\'fe\'b2\'d8}{\cf1 \'b2\'d8\'b0\'d7\'d7\'d6}{\deleted \'b2\'d8\'c9\'be\'b3\'fd}"
    r"{\*\annotation \'b2\'d8\'c5\'fa\'d7\'a2}\par"
    r"\trowd\cellx1000\cellx2000\intbl \'d0\'d5\'c3\'fb\cell \'b5\'e7\'bb\'b0\cell\row\pard \'ce\'b2\par}"
)

_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
)
_ODF_META = (
    f"<office:document-meta {_ODF}><office:meta><meta:initial-creator>藏作者</meta:initial-creator></office:meta>"
    "</office:document-meta>"
)


def odt() -> bytes:
    """An ODT with a heading, a table, a comment, a tracked deletion and hidden text."""
    content = (
        f"<office:document-content {_ODF}><office:automatic-styles>"
        '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="Wh"><style:text-properties fo:color="#ffffff"/></style:style></office:automatic-styles>'
        "<office:body><office:text><text:tracked-changes><text:changed-region><text:deletion><text:p>藏删除</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        f'<text:h text:outline-level="1">{VISIBLE}</text:h><text:p>正文<text:span text:style-name="H">藏隐藏</text:span>'
        '<text:span text:style-name="Wh">藏白字</text:span><office:annotation><dc:creator>x</dc:creator><text:p>藏批注</text:p>'
        "</office:annotation>继续</text:p><table:table><table:table-row><table:table-cell "
        f'table:number-columns-spanned="2"><text:p>{PERSON}</text:p></table:table-cell></table:table-row></table:table>'
        "</office:text></office:body></office:document-content>"
    )
    styles = (
        f"<office:document-styles {_ODF}><office:master-styles><style:master-page><style:header><text:p>页眉机密标志</text:p>"
        "</style:header></style:master-page></office:master-styles></office:document-styles>"
    )
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, "styles.xml": styles}
    return zipped({**parts, "meta.xml": _ODF_META}, first="mimetype")


def ods() -> bytes:
    """An ODS with a hidden sheet, row and column, and repeated cells."""
    content = (
        f"<office:document-content {_ODF}><office:automatic-styles>"
        '<style:style style:name="T2"><style:table-properties table:display="false"/></style:style></office:automatic-styles>'
        '<office:body><office:spreadsheet><table:table table:name="名单"><table:table-column/>'
        '<table:table-column table:visibility="collapse"/><table:table-column table:number-columns-repeated="16382"/>'
        f"<table:table-row><table:table-cell><text:p>{VISIBLE}</text:p><office:annotation><text:p>藏批注</text:p></office:annotation>"
        "</table:table-cell><table:table-cell><text:p>藏列</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:visibility="collapse"><table:table-cell><text:p>藏行</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/>'
        '</table:table-row></table:table><table:table table:name="藏表" table:style-name="T2"><table:table-row>'
        "<table:table-cell><text:p>藏在隐藏表</text:p></table:table-cell></table:table-row></table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}
    return zipped({**parts, "meta.xml": _ODF_META}, first="mimetype")


def pptx() -> bytes:
    """A presentation of one shown and one hidden slide with notes."""
    a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://x/p" xmlns:r="http://x/relationships"'

    def slide(text: str, more: str = "") -> str:
        return f"<p:sld {a} {more}><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sld>"

    def related(kind: str, target: str, key: str = "r1") -> str:
        return f'<Relationship Id="{key}" Type="http://x/{kind}" Target="{target}"/>'

    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f"<Relationships>{related('officeDocument', 'ppt/presentation.xml')}</Relationships>",
            "ppt/presentation.xml": f'<p:presentation {a}><p:sldId r:id="r1"/><p:sldId r:id="r2"/></p:presentation>',
            "ppt/_rels/presentation.xml.rels": f"<Relationships>{related('slide', 'slides/slide1.xml')}"
            f"{related('slide', 'slides/slide2.xml', 'r2')}</Relationships>",
            "ppt/slides/slide1.xml": slide(VISIBLE),
            "ppt/slides/slide2.xml": slide("藏隐藏页", 'show="0"'),
            "ppt/slides/_rels/slide1.xml.rels": f"<Relationships>{related('notesSlide', '../notes/n1.xml')}</Relationships>",
            "ppt/notes/n1.xml": slide("藏备注"),
        }
    )


# Pictures and compound files


def photograph() -> bytes:
    """A small JPEG with a position, an author and a comment."""
    from PIL import Image

    image = Image.new("RGB", (48, 32), (200, 220, 240))
    exif = Image.Exif()
    exif[0x010E] = "藏图片说明".encode()
    exif[0x013B] = "藏摄影者".encode()
    position = exif.get_ifd(0x8825)
    position[1], position[2], position[3], position[4] = "N", (36.0, 39.0, 0.0), "E", (117.0, 7.0, 12.0)
    stream = io.BytesIO()
    image.save(stream, "JPEG", exif=exif)
    return stream.getvalue()


def picture_of_text(text: str = "SCAN 2017") -> bytes:
    """A PNG on which a word is drawn."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(image).text((100, 200), text, font=ImageFont.load_default(90), fill=0)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def ole_package(name: str, content: bytes) -> bytes:
    """A compound file with an Ole10Native stream that holds a file."""
    label = name.encode("gb18030") + b"\0"
    native = b"\x02\0" + label + label + b"\0\0\x03\0" + struct.pack("<I", len(label)) + label
    native += struct.pack("<I", len(content)) + content
    native = struct.pack("<I", len(native)) + native
    return compound({"\x01Ole10Native": native})


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (OLE) of streams in its root, each filled up to 4096 bytes at least."""
    sector = 512
    bodies = [data.ljust(4096, b"\0") for data in streams.values()]
    chains: list[list[int]] = []
    at = 0
    for body in bodies:
        count = -(-len(body) // sector)
        chains.append(list(range(at, at + count)))
        at += count
    entries = [("Root Entry", 5, 0xFFFFFFFE, 0)]
    entries += [(name, 2, chain[0], len(body)) for name, chain, body in zip(streams, chains, bodies, strict=True)]
    directory = b""
    for index, (name, kind, start, size) in enumerate(entries):
        label = name.encode("utf-16-le") + b"\0\0"
        right = index + 1 if 0 < index < len(entries) - 1 else 0xFFFFFFFF
        below = 1 if index == 0 and len(entries) > 1 else 0xFFFFFFFF
        directory += label.ljust(64, b"\0") + struct.pack("<HBBIII", len(label), kind, 1, 0xFFFFFFFF, right, below)
        directory += b"\0" * 36 + struct.pack("<IQ", start, size)
    directory = directory.ljust(-(-len(directory) // sector) * sector, b"\0")
    directory_sectors = list(range(at, at + len(directory) // sector))
    table = [0xFFFFFFFF] * 128 * (-(-(at + len(directory_sectors) + 8) // 128))
    for chain in [*chains, directory_sectors]:
        for one, other in zip(chain, [*chain[1:], 0xFFFFFFFE], strict=True):
            table[one] = other
    first = at + len(directory_sectors)
    table_sectors = list(range(first, first + len(table) // 128))
    for one in table_sectors:
        table[one] = 0xFFFFFFFD
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack(
        "<IIIIIIIII", 0, len(table_sectors), directory_sectors[0], 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0
    )
    header += b"".join(struct.pack("<I", one) for one in table_sectors)
    header = header.ljust(512, b"\xff")
    body = b"".join(body.ljust(-(-len(body) // sector) * sector, b"\0") for body in bodies)
    return header + body + directory + struct.pack(f"<{len(table)}I", *table)


@cache
def every() -> dict[str, bytes]:
    """One file of every type that is read without a program from outside, by name."""
    return {
        "a.docx": docx(), "a.xlsx": xlsx(), "a.xls": xls(), "a.csv": f"姓名,电话\n{PERSON},138XX\n{VISIBLE},\n".encode(),
        "a.pdf": pdf(), "a.ofd": ofd(), "a.html": HTML.encode(), "a.txt": f"{VISIBLE}\n第二行\n".encode(),
        "a.rtf": RTF.encode("ascii"), "a.odt": odt(), "a.ods": ods(), "a.pptx": pptx(), "a.jpg": photograph(),
        "a.zip": zipped({"里/a.txt": VISIBLE, "b.docx": docx_plain()}),
    }  # fmt: skip
