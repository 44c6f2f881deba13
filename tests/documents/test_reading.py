"""What stands in a file is read from every type, and where it stands is told."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import sys
from functools import cache

import pytest

from gongkai import documents
from gongkai.documents import Document, Hidden, Limits, Paragraph, Refusal, Table, cell_name
from tests.documents import samples


@cache
def read(data: bytes, name: str, **limits: int) -> Document:
    """Read what must be readable."""
    found = documents.read(data, name=name, limits=Limits(**limits))
    assert isinstance(found, Document), found
    return found


def hidden(document: Document) -> dict[str, list[str]]:
    """Texts of hidden parts by kind; hidden cells count by what hides them."""
    found: dict[str, list[str]] = {}
    for part in document.hidden:
        found.setdefault(part.kind, []).append(part.text)
    for table in document.tables():
        for cell in table.cells():
            if cell.hidden:
                found.setdefault(cell.hidden, []).append(cell.text)
    return found


def grid(table: Table) -> list[list[str]]:
    """The texts of a table."""
    return [[cell.text for cell in row] for row in table.rows]


TYPES = {
    "a.docx": "docx", "a.xlsx": "xlsx", "a.xls": "xls", "a.csv": "csv", "a.pdf": "pdf", "a.ofd": "ofd", "a.html": "html",
    "a.txt": "txt", "a.rtf": "rtf", "a.odt": "odt", "a.ods": "ods", "a.pptx": "pptx", "a.jpg": "image", "a.zip": "zip",
}  # fmt: skip


@pytest.mark.parametrize("name", TYPES)
def test_every_type_is_recognised_by_its_bytes(name):
    data = samples.every()[name]
    with_name, without = read(data, name), documents.read(data)
    assert with_name.type == TYPES[name]
    assert with_name.name == name
    assert with_name.sha256 == hashlib.sha256(data).hexdigest()
    # Without an extension a table by commas is a plain text, and nothing else changes.
    assert isinstance(without, Document)
    assert without.type == ("txt" if name == "a.csv" else TYPES[name])


@pytest.mark.parametrize("name", [name for name in TYPES if name not in ("a.jpg", "a.rtf", "a.zip")])
def test_the_visible_text_of_every_type_is_read(name):
    assert samples.VISIBLE in read(samples.every()[name], name).text()


# What is planted in each type: the kind and the text that must be found under it. An empty text: the fact is enough.
PLANTED = {
    "a.docx": [
        ("hidden_text", "藏隐藏文字"), ("white_text", "藏白字"), ("white_text", "藏小字"), ("revision", "藏删除"),
        ("comment", "藏批注"), ("field", "藏替代文字"), ("field", "藏域代码"), ("hidden_row", "藏在隐藏行"),
        ("property", "藏作者"), ("property", "藏修改人"), ("property", "藏自定义属性"), ("custom_xml", "藏自定义数据"),
        ("embedded", ""), ("thumbnail", ""), ("external_link", "藏模板"),
    ],
    "a.xlsx": [
        ("hidden_sheet", "藏在隐藏表"), ("very_hidden_sheet", "藏在深藏表"), ("hidden_row", "藏隐藏行"),
        ("hidden_column", "藏列值"), ("white_text", "藏白字"), ("white_text", "藏格式"), ("hidden_text", "藏合并"),
        ("comment", "藏批注"), ("defined_name", "藏名称"), ("external_link", "藏外部缓存"), ("external_link", "藏连接"),
        ("pivot_cache", "藏透视"), ("data_model", ""), ("property", "藏作者"), ("custom_xml", "藏自定义数据"), ("embedded", ""),
    ],
    "a.xls": [
        ("hidden_sheet", "藏在隐藏表"), ("very_hidden_sheet", "藏在深藏表"), ("hidden_row", "藏隐藏行"),
        ("hidden_column", "藏列值"), ("white_text", "藏白字"),
    ],
    "a.pdf": [
        ("under_box", "藏框下文字"), ("white_text", "藏白字"), ("off_page", "藏页外"), ("hidden_text", "藏不可见"),
        ("annotation", "藏批注"), ("property", "藏作者"),
    ],
    "a.ofd": [
        ("under_box", "藏框下文字"), ("white_text", "藏白字"), ("off_page", "藏页外"), ("hidden_text", "藏不可见"),
        ("annotation", "藏批注"), ("property", "藏作者"), ("attachment", ""), ("earlier_revision", "藏废页"),
    ],
    "a.html": [
        ("comment", "藏注释"), ("hidden_text", "藏样式"), ("hidden_text", "藏类名"), ("hidden_text", "藏属性"),
        ("hidden_text", "藏表单值"), ("white_text", "藏白字"), ("script", "藏脚本"), ("field", "藏数据属性"),
        ("metadata", "藏作者"), ("hidden_row", "藏隐藏行"),
    ],
    "a.rtf": [
        ("hidden_text", "藏隐藏"), ("white_text", "藏白字"), ("revision", "藏删除"), ("comment", "藏批注"),
        ("property", "藏作者"),
    ],
    "a.odt": [
        ("hidden_text", "藏隐藏"), ("white_text", "藏白字"), ("revision", "藏删除"), ("comment", "藏批注"), ("property", "藏作者"),
    ],
    "a.ods": [("hidden_sheet", "藏在隐藏表"), ("hidden_row", "藏行"), ("hidden_column", "藏列"), ("comment", "藏批注")],
    "a.pptx": [("hidden_text", "藏隐藏页"), ("comment", "藏备注")],
    "a.jpg": [("exif", "藏图片说明"), ("exif", "藏摄影者"), ("exif_position", "36.65000,117.12000")],
}  # fmt: skip


@pytest.mark.parametrize(("name", "kind", "text"), [(name, *one) for name, some in PLANTED.items() for one in some])
def test_hidden_parts_are_found_in_every_place(name, kind, text):
    found = hidden(read(samples.every()[name], name))
    assert any(text in one for one in found.get(kind, [])), found


@pytest.mark.parametrize("name", [name for name in PLANTED if name != "a.jpg"])
def test_hidden_text_is_not_among_the_visible(name):
    assert "藏" not in read(samples.every()[name], name).text()


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.xls", "a.rtf", "a.odt"])
def test_headers_are_told_apart_from_the_body(name):
    document = read(samples.every()[name], name)
    assert any(one.where.part == "header" and "机密标志" in one.text for one in document.margins)
    assert "机密标志" not in document.text()


def test_docx_margins_and_text_boxes_have_their_parts():
    margins = {one.where.part: one.text for one in read(samples.docx(), "a.docx").margins}
    assert margins["footer"] == "页脚文字"
    assert margins["footnote"] == "脚注文字"
    assert margins["text_box"] == "文本框里的字"


def test_docx_headings_have_their_level_and_insertions_count_as_text():
    first, second = list(read(samples.docx(), "a.docx").paragraphs())
    assert (first.level, first.text) == (1, samples.VISIBLE)
    assert second.text == "公开的正文后来插入的字"


def test_docx_tables_keep_merges_and_tables_in_cells():
    outer, inner = read(samples.docx(), "a.docx").tables()
    cells = {cell_name(cell.row, cell.column): cell for cell in outer.cells()}
    assert (cells["A2"].text, cells["A2"].row_span) == (samples.PERSON, 2)
    assert (cells["B2"].text, cells["B2"].column_span) == ("并在一起的格", 2)
    assert "A3" not in cells
    assert grid(inner) == [["表中表"]]


def test_docx_numbering_gives_the_label_that_is_printed():
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    numbering = document.part.numbering_part.element
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    levels = level.format(0, "chineseCounting", "%1、") + level.format(1, "decimal", "%1.%2").replace(
        "<w:lvlText", "<w:isLgl/><w:lvlText"
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {samples.W} w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {samples.W} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    for text, at in (("概述", 0), ("细目", 1), ("公开情况", 0), ("细目", 1), ("细目", 1)):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {samples.W}><w:ilvl w:val="{at}"/><w:numId w:val="91"/></w:numPr>'))
    stream = io.BytesIO()
    document.save(stream)
    labels = [one.number for one in read(stream.getvalue(), "a.docx").paragraphs()]
    assert labels == ["一、", "1.1", "二、", "2.1", "2.2"]


def test_docx_numbering_by_style_takes_the_level_that_the_list_gives_it():
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    numbering = document.part.numbering_part.element
    level = (
        '<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="{1}"/><w:pStyle w:val="Heading{2}"/>'
        '<w:lvlText w:val="{3}"/></w:lvl>'
    )
    levels = level.format(0, "chineseCounting", 1, "%1、") + level.format(1, "chineseCounting", 2, "（%2）")
    numbering.insert(0, parse_xml(f'<w:abstractNum {samples.W} w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {samples.W} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    for name in ("Heading 1", "Heading 2"):
        properties = document.styles[name].element.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {samples.W}><w:numId w:val="91"/></w:numPr>'))
    for text, at in (("概述", 1), ("机构", 2), ("人员", 2), ("公开情况", 1), ("渠道", 2)):
        document.add_heading(text, level=at)
    stream = io.BytesIO()
    document.save(stream)
    labels = [one.number for one in read(stream.getvalue(), "a.docx").paragraphs()]
    assert labels == ["一、", "（一）", "（二）", "二、", "（一）"]


def test_xlsx_values_read_as_they_are_meant():
    table = next(read(samples.xlsx(), "a.xlsx").tables())
    assert grid(table)[1] == [samples.PERSON, "13800000000", "藏列值", "2017-12-31"]
    merged = next(cell for cell in table.cells() if cell.text == "合并")
    assert merged.column_span == 2


def test_xlsx_shared_strings_are_read_without_their_phonetics():
    strings = (
        "<si><t>姓名</t></si><si><r><t>示例</t></r><r><rPr><b/></rPr><t>甲</t></r>"
        "<rPh><t>shilijia</t></rPh><phoneticPr/></si>"
    )
    rows = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row r="5"><c r="C5"><v>1.38E10</v></c></row>'
    table = next(read(samples.xlsx_as_excel_writes(rows, strings), "a.xlsx").tables())
    cells = [(cell.text, cell_name(cell.row, cell.column)) for cell in table.cells()]
    assert cells == [("姓名", "A1"), ("示例甲", "B1"), ("13800000000", "C5")]


def test_xlsx_cells_tell_sheet_and_reference():
    document = read(samples.xlsx(), "a.xlsx")
    table = list(document.tables())[1]
    place = table.place(next(table.cells()))
    assert (place.part, place.sheet, place.cell) == ("hidden_sheet", "藏表", "B2")


def test_xlsx_data_model_leaves_the_file_unread():
    document = read(samples.xlsx(), "a.xlsx")
    assert [one.where.part for one in document.unread if one.essential] == ["data_model"]


def test_a_number_of_eighteen_digits_is_not_written_with_an_exponent():
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append([370112199001010000, 0.1 + 0.2, 13800000000.0, True])
    stream = io.BytesIO()
    book.save(stream)
    table = next(read(stream.getvalue(), "a.xlsx").tables())
    assert grid(table) == [["370112199001010000", "0.3", "13800000000", "TRUE"]]


def test_pdf_tables_are_found_by_their_lines():
    document = read(samples.pdf(), "a.pdf")
    (table,) = document.tables()
    assert grid(table) == [["姓名", "身份证号", "电话"], [samples.PERSON, "3701XX", "138XX"]]
    assert table.where.page == 1


def test_pdf_white_on_dark_is_visible():
    text = read(samples.pdf(), "a.pdf").text()
    assert "深色底上的白字" in text
    assert "深色底上的白字" in read(samples.HTML.encode(), "a.html").text()


def test_pdf_paragraphs_tell_page_and_box():
    document = read(samples.pdf(2), "a.pdf")
    assert document.pages == 2
    mark = [one for one in document.paragraphs() if one.text == "页眉机密标志"]
    assert [one.where.page for one in mark] == [1, 2]
    assert mark[0].box is not None
    assert mark[0].box[1] < 80, "points from the upper edge of the page"


def test_pdf_earlier_save_is_compared_with_the_last():
    document = read(samples.pdf_saved_again(), "a.pdf")
    assert document.text() == samples.VISIBLE
    (part,) = [part for part in document.hidden if part.kind == Hidden.EARLIER_REVISION]
    assert part.text == "藏旧版本"


def test_pdf_saved_once_has_no_earlier_version():
    kinds = [part.kind for part in read(samples.pdf(), "a.pdf").hidden]
    assert Hidden.EARLIER_REVISION not in kinds


@pytest.mark.parametrize(
    ("data", "name", "member", "text"),
    [
        (samples.pdf_with_attachment, "a.pdf", "附件.txt", "藏附件内容"),
        (samples.ofd, "a.ofd", "附件.txt", "藏附件内容"),
        (samples.docx, "a.docx", "word/embeddings/附表.xlsx", "藏嵌入表格"),
        (samples.xlsx, "a.xlsx", "xl/embeddings/oleObject1.bin/附件.txt", "藏嵌入对象"),
    ],
    ids=["pdf", "ofd", "docx", "xlsx in an OLE object"],
)
def test_files_inside_files_are_read(data, name, member, text):
    inside = dict(read(data(), name).walk())
    assert isinstance(inside[member], Document)
    assert inside[member].text() == text


def test_pictures_in_documents_are_looked_into():
    inside = dict(read(samples.docx(), "a.docx").walk())
    kinds = [part.kind for part in inside["word/media/image1.jpg"].hidden]
    assert Hidden.EXIF_POSITION in kinds


def test_scanned_page_without_recognition_is_reported_unread():
    document = read(samples.pdf_scanned(), "a.pdf", ocr_pages=0)
    assert [(one.where.page, one.essential) for one in document.unread] == [(1, True)]


def test_picture_without_recognition_is_reported_unread():
    document = read(samples.picture_of_text(), "a.png", ocr_pages=0)
    assert [one.essential for one in document.unread] == [True]
    assert document.metadata["width"] == "1240"


def test_picture_among_text_leaves_the_document_read():
    document = read(samples.docx_with_picture(), "a.docx", ocr_pages=0)
    picture = dict(document.walk())["word/media/image1.png"]
    assert [one.essential for one in picture.unread] == [False]


@pytest.mark.parametrize("data", [samples.pdf_scanned, samples.picture_of_text], ids=["page", "picture"])
def test_text_in_pictures_is_recognised(data):
    from gongkai.documents import ocr

    if not ocr.available():
        pytest.skip("tool: tesseract with chi_sim")
    document = read(data(), "a.pdf" if data is samples.pdf_scanned else "a.png")
    assert document.unread == ()
    assert [(one.where.part, one.text) for one in document.paragraphs()] == [("ocr", "SCAN 2017")]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"], ids=lambda one: one
)
def test_plain_text_is_decoded(encoding):
    text = f"{samples.VISIBLE}\r\n电话 0531-**** 邮箱 office@example.com\r\n第三行"
    document = read(text.encode(encoding), "a.txt")
    assert [one.text for one in document.paragraphs()] == text.split("\r\n")


def test_one_broken_byte_does_not_hide_a_text():
    data = (samples.VISIBLE * 20).encode() + b"\xff" + b"13800000000"
    assert "13800000000" in read(data, "a.txt").text()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_csv_is_read_by_rows(encoding, sign):
    data = f'姓名{sign}住址\n示例甲{sign}"一区{sign}\n二号"\n'.encode(encoding)
    (table,) = read(data, "a.csv").tables()
    assert grid(table) == [["姓名", "住址"], ["示例甲", f"一区{sign}\n二号"]]


def test_html_spans_leave_the_columns_right():
    outer, inner = read(samples.HTML.encode(), "a.html").tables()
    places = {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in outer.cells()}
    assert places["联系方式"] == (1, 2, 1, 2)
    assert places[samples.PERSON] == (2, 1, 2, 1)
    assert places["邮箱"] == (3, 2, 1, 1)
    assert grid(inner) == [["表中表"]]
    assert outer.caption == "名单"
    assert next(outer.cells()).is_header


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "utf-8"])
def test_html_goes_by_its_stated_charset(charset):
    page = f'<html><head><meta charset="{charset}"></head><body><p>{samples.VISIBLE}</p></body></html>'
    assert read(page.encode(charset), "a.html").text() == samples.VISIBLE


def test_rtf_reads_unicode_code_pages_and_tables():
    document = read(samples.RTF.encode(), "a.rtf")
    assert [one.text for one in document.paragraphs()][-1] == "尾"
    (table,) = document.tables()
    assert grid(table) == [["姓名", "电话"]]


def test_zip_names_of_older_programs_are_gbk():
    name = "示例名单.txt".encode("gbk")
    # The library writes Latin names without the mark for UTF-8: bytes of the same length take their place.
    data = samples.zipped({"x" * len(name): samples.VISIBLE}).replace(b"x" * len(name), name)
    (member,) = read(data, "a.zip").members
    assert member.name == "示例名单.txt"


def test_zip_in_zip_gives_the_whole_path():
    inner = samples.zipped({"名单.csv": "姓名,电话\n示例甲,138XX\n"})
    inside = dict(read(samples.zipped({"附件/包.zip": inner}), "a.zip").walk())
    assert list(inside) == ["", "附件/包.zip", "附件/包.zip/名单.csv"]


def test_offsets_count_characters_of_the_part():
    document = read("第一行\n第二行更长\n三".encode(), "a.txt")
    text = document.text()
    for one in document.paragraphs():
        assert one.where.offset is not None
        assert text[one.where.offset :].startswith(one.text)


def test_paths_and_bytes_read_alike(tmp_path):
    path = tmp_path / "公告.docx"
    path.write_bytes(samples.docx())
    by_path, by_bytes = documents.read(path), documents.read(path.read_bytes(), name="公告.docx")
    assert by_path == by_bytes
    assert by_path.name == "公告.docx"


def test_importing_loads_no_parser():
    """Commands that need no parser start in under half a second."""
    code = (
        "import sys, gongkai.documents; heavy = {'lxml', 'docx', 'openpyxl', 'pypdfium2', 'PIL', 'xlrd', 'olefile', 'django'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.fixture(scope="module")
def old_word_file(tmp_path_factory):
    """A Word 97 file, which only LibreOffice can make."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("tool: LibreOffice")
    folder = tmp_path_factory.mktemp("doc")
    (folder / "a.docx").write_bytes(samples.docx())
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "doc", "--outdir", str(folder), str(folder / "a.docx")]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    return (folder / "a.doc").read_bytes()


def test_old_word_files_are_read_through_libreoffice(old_word_file):
    document = read(old_word_file, "a.doc")
    assert (document.type, document.sha256) == ("doc", hashlib.sha256(old_word_file).hexdigest())
    assert samples.VISIBLE in document.text()
    found = hidden(document)
    for kind, text in (
        ("hidden_text", "藏隐藏文字"),
        ("revision", "藏删除"),
        ("comment", "藏批注"),
        ("property", "藏作者"),
    ):
        assert text in found[kind]


def test_old_word_files_are_read_through_antiword(old_word_file, monkeypatch, tmp_path):
    program = shutil.which("antiword")
    if program is None:
        pytest.skip("tool: antiword")
    (tmp_path / "antiword").symlink_to(program)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = documents.read(old_word_file, name="a.wps")
    assert isinstance(found, Document)
    assert samples.VISIBLE in found.text()
    assert [one.where.part for one in found.unread if one.essential] == ["comment"]


def test_old_word_files_without_a_converter_are_refused_with_a_way_out():
    data = samples.compound({"WordDocument": b"\xec\xa5" + b"\0" * 4096})
    found = documents.read(data, name="a.doc", limits=Limits(convert=False))
    assert isinstance(found, Refusal)
    assert found.kind == "converter_missing"
    assert "另存为 DOCX" in found.sentence


def test_a_member_that_cannot_be_read_does_not_hide_the_others():
    data = samples.zipped({"坏.docx": b"PK\x03\x04broken", "好.txt": samples.VISIBLE, "程序.exe": b"MZ\x90\0"})
    inside = dict(read(data, "a.zip").walk())
    assert isinstance(inside["坏.docx"], Refusal)
    assert isinstance(inside["程序.exe"], Refusal)
    assert isinstance(inside["好.txt"], Document)
    assert all(isinstance(one, Paragraph) for one in inside["好.txt"].blocks)


def page(draw) -> Document:
    """A PDF page drawn by a function on reportlab's canvas, read without recognition."""
    canvas, stream = samples.canvas((595, 842))
    canvas.setFont("STSong-Light", 12)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return read(stream.getvalue(), "a.pdf", ocr_pages=0)


def under_box(document: Document) -> str:
    return "".join(hidden(document).get("under_box", []))


def test_pdf_digits_set_apart_stay_on_one_line():
    def draw(canvas):
        for at, sign in enumerate("13800001111"):
            canvas.drawString(72 + at * 20, 740, sign)

    (line,) = page(draw).paragraphs()
    assert line.text.replace(" ", "") == "13800001111"


def test_pdf_text_under_a_picture_is_hidden():
    def draw(canvas):
        canvas.drawString(72, 700, "藏图片下的字")
        canvas.drawImage(samples.reader(samples.plain_picture("RGB", (0, 0, 0))), 60, 690, 200, 30)

    assert under_box(page(draw)) == "藏图片下的字"


def test_pdf_text_under_a_seal_is_read():
    """A seal is a picture with a mask: the name of the office under it is meant to be seen."""

    def draw(canvas):
        canvas.drawString(72, 640, "示例区住房保障中心")
        canvas.drawImage(samples.reader(samples.plain_picture("RGBA", (255, 0, 0, 0))), 60, 600, 120, 120, mask="auto")

    document = page(draw)
    assert document.text() == "示例区住房保障中心"
    assert under_box(document) == ""


def test_pdf_marker_behind_or_through_the_text_hides_nothing():
    def draw(canvas):
        canvas.setFillColorRGB(1, 1, 0)
        canvas.rect(70, 555, 100, 16, fill=1, stroke=0)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(72, 560, "底色上的字")
        canvas.drawString(72, 520, "透过颜色的字")
        canvas.setFillAlpha(0.4)
        canvas.rect(70, 515, 100, 16, fill=1, stroke=0)

    assert page(draw).text().split() == ["底色上的字", "透过颜色的字"]


def test_pdf_text_under_a_thick_line_or_a_free_shape_is_hidden():
    def draw(canvas):
        canvas.drawString(72, 480, "藏粗线")
        canvas.setLineWidth(16)
        canvas.line(66, 484, 130, 484)
        canvas.drawString(72, 440, "藏涂抹")
        path = canvas.beginPath()
        for step, point in enumerate([(60, 430), (90, 456), (130, 455), (140, 432)]):
            (path.lineTo if step else path.moveTo)(*point)
        path.close()
        canvas.drawPath(path, fill=1, stroke=0)

    assert under_box(page(draw)) == "藏粗线藏涂抹"


def test_pdf_star_of_a_drawn_seal_hides_nothing():
    def draw(canvas):
        canvas.drawString(72, 640, "示例区住房保障中心")
        canvas.setFillColorRGB(1, 0, 0)
        path = canvas.beginPath()
        for step, point in enumerate(
            [(110, 660), (116, 640), (130, 640), (118, 632), (122, 620), (110, 628), (98, 620)]
        ):
            (path.lineTo if step else path.moveTo)(*point)
        path.close()
        canvas.drawPath(path, fill=1, stroke=0)

    assert page(draw).text() == "示例区住房保障中心"


def test_pdf_cells_drawn_as_boxes_are_a_table():
    def draw(canvas):
        for row, words in enumerate((("姓名", "账号"), (samples.PERSON, "6222XX"))):
            for column, word in enumerate(words):
                canvas.rect(72 + 100 * column, 380 - 20 * row, 100, 20)
                canvas.drawString(76 + 100 * column, 385 - 20 * row, word)

    (table,) = page(draw).tables()
    assert [[cell.text.replace(" ", "") for cell in row] for row in table.rows] == [
        ["姓名", "账号"],
        [samples.PERSON, "6222XX"],
    ]


def test_pdf_merged_cell_spans_its_neighbours():
    def draw(canvas):
        canvas.rect(72, 340, 200, 60)
        canvas.line(72, 380, 272, 380)
        canvas.line(72, 360, 272, 360)
        canvas.line(172, 340, 172, 380)
        for x, y, word in ((80, 385, "表头"), (80, 365, "左"), (180, 365, "右"), (80, 345, "左下"), (180, 345, "右下")):
            canvas.drawString(x, y, word)

    (table,) = page(draw).tables()
    assert [(cell.text, cell.column_span) for cell in table.cells()] == [
        ("表头", 2), ("左", 1), ("右", 1), ("左下", 1), ("右下", 1),
    ]  # fmt: skip


def test_pdf_turned_page_is_read_by_lines():
    def draw(canvas):
        canvas.setPageRotation(90)
        canvas.translate(100, 100)
        canvas.rotate(90)
        canvas.drawString(0, 0, "横放的第一行")
        canvas.drawString(0, -20, "横放的第二行")

    assert page(draw).text().split("\n") == ["横放的第一行", "横放的第二行"]


def test_pdf_lines_of_a_paragraph_are_kept_together():
    def draw(canvas):
        lines = ("    全年主动公开政府信息五十三条其中规范性文件一件", "解读稿件一篇全部按时公开")
        for at, line in enumerate((*lines, "    另一段从这里开始一直写到这一行的结尾为止没有空")):
            canvas.drawString(72 + 24 * (line[0] == " "), 700 - 16 * at, line.strip().ljust(24, "字"))

    first, second = page(draw).paragraphs()
    assert first.text.count("\n") == 1
    assert second.text.startswith("另一段")


def test_pdf_form_values_are_read():
    def draw(canvas):
        canvas.acroForm.textfield(name="f", value="value 138", x=72, y=430, width=100, height=20)

    assert [(one.where.part, one.text) for one in page(draw).margins] == [("form_field", "value 138")]


def test_pdf_text_drawn_as_outlines_is_unread():
    def draw(canvas):
        for at in range(60):
            path = canvas.beginPath()
            path.moveTo(72 + at * 5, 700)
            for step in range(12):
                path.lineTo(72 + at * 5 + step % 3, 700 + step)
            canvas.drawPath(path, fill=1, stroke=0)

    assert [one.essential for one in page(draw).unread] == [True]


def test_docx_text_box_in_two_renderings_is_read_once():
    box = "<w:txbxContent><w:p><w:r><w:t>文本框</w:t></w:r></w:p></w:txbxContent>"
    run = (
        f'<w:r {samples.W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>'
        f'<mc:Choice Requires="wps"><w:drawing><x>{box}</x></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><x>{box}</x></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    data = samples.rezipped(samples.docx_plain(), {}, {"word/document.xml": ("<w:r>", run + "<w:r>")})
    assert [one.text for one in read(data, "a.docx").margins] == ["文本框"]
