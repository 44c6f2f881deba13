"""A report as DOCX in the layout of GB/T 9704-2012, with real headings, fonts on every run and clean properties."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run

from gongkai.reports.drafting import Report
from gongkai.reports.layouts.printed import made_on, printed
from gongkai.reports.layouts.zipped import settled

# The names by which Chinese offices know the faces; `ALTERNATIVES` stand in where a machine lacks them.
FANG, KAI, HEI, XIAOBIAOSONG, SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
LATIN = "Times New Roman"
ALTERNATIVES = {FANG: "仿宋", KAI: "楷体", XIAOBIAOSONG: "宋体", HEI: "SimHei", SONG: "SimSun"}
PROGRAM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
TEXT = Pt(16)  # size 3
LINE = Pt(28.95)  # 225 mm in 22 lines, in the twentieths of a point that Word keeps
CLOSER = -4  # 156 mm in 28 characters of 16 pt: 0.2 pt less each, in twentieths of a point
SMALL = Pt(10.5)


def as_docx(report: Report) -> bytes:
    """The report as a Word document on A4."""
    data = printed(report)
    document = Document()
    _properties(document, report)
    _page(document)
    _styles(document)
    if data["mark"]:
        _mark(document, data["mark"])
    _title(document, data["title_lines"])
    _paragraph(document, data["preface"])
    for section in data["sections"]:
        _run(document.add_paragraph(style="Heading 1"), section["heading"], HEI)
        for paragraph in section["paragraphs"]:
            last = _paragraph(document, paragraph)
    last.paragraph_format.keep_with_next = True  # the signature never stands on a page without text
    _signature(document, [data["agency"], *([data["date"]] if data["date"] else [])])
    _table(document, data)
    stream = io.BytesIO()
    document.save(stream)
    return settled(stream.getvalue(), made_on(report))


def _properties(document: DocxDocument, report: Report) -> None:
    """Title and issuing agency; nobody's name, no software, no time of making."""
    properties = document.core_properties
    properties.title, properties.author, properties.language = report.title, report.agency.name, "zh-CN"
    properties.comments = properties.keywords = properties.last_modified_by = properties.subject = ""
    properties.created = properties.modified = dt.datetime.combine(made_on(report), dt.time())
    properties.revision = 1
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]  # a picture of the template
    for part in package.iter_parts():
        if str(part.partname) == "/docProps/app.xml":
            part._blob = PROGRAM.encode("utf-8")
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-US")  # of Latin text: as Chinese it would be broken within a number
        language.set(qn("w:eastAsia"), "zh-CN")


def _page(document: DocxDocument) -> None:
    """A4 with the type area, the grid of lines, and page numbers on the outer side.

    Characters stand on no grid: 28 come to a line by their own width, in Word, WPS and LibreOffice alike.
    """
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance, section.header_distance = Mm(23), Mm(25)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "579")
    section._sectPr.append(grid)
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)


def _page_number(paragraph: DocxParagraph, side: WD_ALIGN_PARAGRAPH) -> None:
    """Size 4 between dashes, one character in."""
    paragraph.alignment = side
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    _run(paragraph, "— ", SONG, Pt(14), latin=SONG)
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("shown", "1"), ("end", "")):
        run = _run(paragraph, text if kind == "shown" else "", SONG, Pt(14), latin=SONG)
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            code = OxmlElement("w:instrText")
            code.text = text
            run._r.append(code)
    _run(paragraph, " —", SONG, Pt(14), latin=SONG)


def _styles(document: DocxDocument) -> None:
    """Text in FangSong of size 3 on the grid; headings that Word's navigation knows."""
    _fonts_of_machines_without(document)
    for name, font in (("Normal", FANG), ("Heading 1", HEI), ("Title", XIAOBIAOSONG)):
        style = document.styles[name]
        _set_fonts(style.element.get_or_add_rPr(), font, LATIN)
        style.font.size = Pt(22) if name == "Title" else TEXT
        style.font.bold, style.font.italic = False, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        layout = style.paragraph_format
        layout.space_before = layout.space_after = Pt(0)
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
        properties = style.element.get_or_add_pPr()
        for border in properties.findall(qn("w:pBdr")):
            properties.remove(border)
        _closer(style.element.get_or_add_rPr(), 0 if name == "Title" else CLOSER)
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        off = OxmlElement(name)
        off.set(qn("w:val"), "0")
        document.styles["Normal"].element.get_or_add_pPr().insert_element_before(off, "w:spacing", "w:ind", "w:jc")
    document.styles["Heading 1"].paragraph_format.keep_with_next = True
    _indent(document.styles["Heading 1"].element.get_or_add_pPr())


def _closer(properties: Any, by: int) -> None:
    """Set the characters of a style closer together."""
    for old in properties.findall(qn("w:spacing")):
        properties.remove(old)
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(by))
    properties.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang")


def _fonts_of_machines_without(document: DocxDocument) -> None:
    """Say in the table of fonts what stands in for a face that a machine lacks."""
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            text = part.blob.decode("utf-8")
            fonts = "".join(
                f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>' for name, other in ALTERNATIVES.items()
            )
            part._blob = text.replace("</w:fonts>", f"{fonts}</w:fonts>").encode("utf-8")


def _mark(document: DocxDocument, text: str) -> None:
    """A word at the head of every page."""
    section = document.sections[0]
    for header in (section.header, section.even_page_header):
        header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _run(header.paragraphs[0], f"【{text}】", HEI, Pt(12)).font.color.rgb = RGBColor(0xA3, 0x16, 0x1B)


def _title(document: DocxDocument, lines: list[str]) -> None:
    """Size 2, centred, an empty line below."""
    paragraph = document.add_paragraph(style="Title")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = Pt(34)
    for number, line in enumerate(lines):
        run = _run(paragraph, "" if number else line, XIAOBIAOSONG, Pt(22))
        if number:
            run.add_break()
            run.add_text(line)
    _run(document.add_paragraph(), "", FANG)


def _paragraph(document: DocxDocument, data: dict[str, Any]) -> DocxParagraph:
    """A paragraph two characters in; its lead in KaiTi."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _indent(paragraph._p.get_or_add_pPr())
    if data["lead"]:
        _run(paragraph, data["lead"], KAI)
    for part in data["parts"]:
        _run(paragraph, part["text"], FANG)
    return paragraph


def _signature(document: DocxDocument, lines: list[str]) -> None:
    """Agency and day below the text, four characters from the right edge, kept together."""
    for number, line in enumerate(["", *lines]):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(64)
        paragraph.paragraph_format.keep_with_next = number < len(lines)
        _run(paragraph, line, FANG)


def _table(document: DocxDocument, data: dict[str, Any]) -> None:
    """The statistics on pages of their own; the head row comes again on each, no row is torn."""
    table_data = data["table"]
    section = document.add_section(WD_SECTION.NEW_PAGE)
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)  # rows of small type stand on no grid
    heading = document.add_paragraph(style="Heading 1")
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _indent(heading._p.get_or_add_pPr(), 0)
    _run(heading, table_data["name"], XIAOBIAOSONG)
    line = document.add_paragraph()
    line.paragraph_format.line_spacing = Pt(20)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(155.5), WD_TAB_ALIGNMENT.RIGHT)
    _run(line, "\t".join(table_data["unit_line"]), SONG, SMALL)
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = (Mm(118), Mm(16), Mm(22))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    head = table.rows[0]
    for cell, text in zip(head.cells, table_data["head"], strict=True):
        _cell(cell, text, HEI, WD_ALIGN_PARAGRAPH.CENTER)
    _row_property(head, "w:tblHeader")
    for row in table_data["rows"]:
        added = table.add_row()
        font = HEI if row["is_head"] else SONG
        cells = added.cells
        _cell(cells[0], row["label"], font, WD_ALIGN_PARAGRAPH.LEFT, indent=row["level"])
        _cell(cells[1], row["unit"], SONG, WD_ALIGN_PARAGRAPH.CENTER)
        _cell(cells[2], row["value"], SONG, WD_ALIGN_PARAGRAPH.RIGHT)
        for cell, width in zip(cells, widths, strict=True):
            cell.width = width
            if row["is_head"]:
                _shade(cell)
        _row_property(added, "w:cantSplit")
    for note in data["notes"]:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.line_spacing = Pt(18)
        _run(paragraph, note, SONG, SMALL)


def _cell(cell: _Cell, text: str, font: str, side: WD_ALIGN_PARAGRAPH, indent: int = 0) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = side
    layout = paragraph.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(14)
    layout.left_indent = indent * SMALL
    _run(paragraph, text, font, SMALL)


def _row_property(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:color"), "auto")
    shade.set(qn("w:fill"), "F3F1EC")
    cell._tc.get_or_add_tcPr().append(shade)


def _indent(properties: Any, characters: int = 2) -> None:
    """Begin the first line some characters in, counted in characters as Chinese Word does."""
    for old in properties.findall(qn("w:ind")):
        properties.remove(old)
    indent = OxmlElement("w:ind")
    indent.set(qn("w:firstLineChars"), str(100 * characters))
    indent.set(qn("w:firstLine"), str(characters * 320))
    properties.insert_element_before(
        indent, "w:contextualSpacing", "w:mirrorIndents", "w:jc", "w:textAlignment", "w:outlineLvl", "w:rPr", "w:sectPr"
    )


def _run(paragraph: DocxParagraph, text: str, font: str, size: Any = None, *, latin: str = LATIN) -> Run:
    """A run that names its Chinese and its Latin font: Word and WPS must not choose."""
    run = paragraph.add_run(text)
    _set_fonts(run._r.get_or_add_rPr(), font, latin)
    if size is not None:
        run.font.size = size
    return run


def _set_fonts(properties: Any, chinese: str, latin: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for slot, name in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", chinese)):
        fonts.set(qn(f"w:{slot}"), name)
    fonts.set(qn("w:hint"), "eastAsia")
