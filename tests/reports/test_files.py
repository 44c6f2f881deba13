"""The five files of a report, read back: the same figures stand in each."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest
from docx.oxml.ns import qn

from gongkai.agencies.models import Agency
from gongkai.figures.registers import State
from gongkai.reports import layouts
from gongkai.reports.drafting import Report, TextPart, draft
from tests.figures import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
RARE = "喆堃昇珺翀旻玥瑀"


@pytest.fixture
def report() -> Report:
    agency = make.agency(name=f"=示例{RARE}<b>中心", is_sample=True)
    make.sample_year(agency)
    return draft(agency, 2017)


def folded(text: str) -> str:
    return re.sub(r"\s", "", text)


def paragraphs_of(report: Report) -> list[str]:
    return [f"{one.ordinal}{one.lead}{one.text}" for one in report.paragraphs()]


def rows_of(report: Report) -> list[tuple[str, str, str]]:
    return [
        (row.indicator.label, row.indicator.unit, "（未填）" if row.state is State.BLANK else row.text)
        for row in report.table.rows
    ]


def pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return folded("".join(page.get_textpage().get_text_bounded() for page in document))


class Cells(HTMLParser):
    """The text of the page, and the cells of its table."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.cells: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "td":
            self.cells.append("")
        self.inside = tag == "td" or (self.inside and tag == "span")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "td"

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self.inside:
            self.cells[-1] += data


def test_docx_says_what_the_report_says(report: Report) -> None:
    document = docx.Document(io.BytesIO(layouts.render_one(report, "docx")))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert "".join(said[0].splitlines()) == report.title
    assert set(paragraphs_of(report)) <= set(said)
    headings = [one.text for one in document.paragraphs if one.style is not None and one.style.name == "Heading 1"]
    assert headings == [*(f"{one.ordinal}、{one.heading}" for one in report.sections), report.table.name]
    [table] = document.tables
    found = [tuple(cell.text for cell in row.cells) for row in table.rows]
    assert found[1:] == rows_of(report)
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows[1:])


def with_longer_end(report: Report, lines: int) -> Report:
    """The report with so many more lines in its last paragraph."""
    *sections, last = report.sections
    *paragraphs, end = last.paragraphs
    longer = replace(end, parts=(*end.parts, TextPart("完善公开制度" * 28 * lines)))
    return replace(report, sections=(*sections, replace(last, paragraphs=(*paragraphs, longer))))


def test_the_signature_never_stands_on_a_page_without_text(report: Report) -> None:
    for lines in range(4):  # six more lines each: the signature passes over the end of a page
        document = pypdfium2.PdfDocument(layouts.render_one(with_longer_end(report, lines), "pdf"))
        pages = [folded(page.get_textpage().get_text_bounded()) for page in document]
        text_pages = pages[: next(n for n, page in enumerate(pages) if report.table.name in page)]
        signed = text_pages[-1].removesuffix(f"—{len(text_pages)}—").removeprefix("示例")
        assert signed.endswith(folded(report.agency.name))
        assert len(signed) > len(folded(report.agency.name)) + 28, (lines, signed)
    document = docx.Document(io.BytesIO(layouts.render_one(report, "docx")))
    texts = [paragraph.text for paragraph in document.paragraphs]
    signature = len(texts) - 1 - texts[::-1].index(report.agency.name)
    assert [document.paragraphs[n].paragraph_format.keep_with_next for n in range(signature - 2, signature)] == [
        True,
        True,
    ]


def test_every_page_of_a_sample_is_marked(report: Report) -> None:
    document = pypdfium2.PdfDocument(layouts.render_one(report, "pdf"))
    assert [folded(page.get_textpage().get_text_bounded()).count("示例") > 0 for page in document] == [True] * len(
        document
    )
    section = docx.Document(io.BytesIO(layouts.render_one(report, "docx"))).sections[0]
    for header in (section.header, section.even_page_header):
        assert header.paragraphs[0].text == "【示例】"


def test_docx_has_the_page_of_the_standard_and_fonts_on_every_run(report: Report) -> None:
    document = docx.Document(io.BytesIO(layouts.render_one(report, "docx")))
    for section in document.sections:
        page = (section.page_width, section.page_height, section.top_margin, section.left_margin)
        assert [round(length.mm) for length in page if length is not None] == [210, 297, 37, 28]
    runs = list(runs_of(document))
    assert len(runs) > 300
    for fonts in runs:
        assert fonts is not None
        assert fonts.get(qn("w:eastAsia"))
        assert fonts.get(qn("w:ascii"))
    properties = document.core_properties
    assert (properties.title, properties.author, properties.last_modified_by) == (
        report.title, report.agency.name, "",
    )  # fmt: skip
    assert properties.created is not None
    assert properties.created.date() == dt.date(2017, 12, 31)


def runs_of(document: Any) -> Iterator[Any]:
    """The fonts of each run, in the text, the table and the feet of pages."""
    feet = [document.sections[0].footer._element, document.sections[0].even_page_footer._element]
    for root in (document.element.body, *feet):
        for run in root.iter(qn("w:r")):
            yield None if run.rPr is None else run.rPr.find(qn("w:rFonts"))


def test_pdf_says_what_the_report_says_in_its_own_fonts(report: Report) -> None:
    data = layouts.render_one(report, "pdf")
    text = pdf_text(data)
    text = re.sub(r"—\d+—", "", text)  # page numbers
    for paragraph in paragraphs_of(report):
        assert folded(paragraph) in text
    # The head row comes again on each page, so a row is looked for by itself.
    at = text.index(folded(report.table.name), text.index("十一、"))
    for row in rows_of(report):
        at = text.index(folded("".join(row)), at)
    document = pypdfium2.PdfDocument(data)
    assert document.get_metadata_value("Title") == report.title
    assert b"pdfaid" in data
    assert RARE in text
    with_fonts = data.decode("latin-1")
    assert "LXGWWenKai" in with_fonts
    assert "FandolFang" in with_fonts


def test_xlsx_keeps_numbers_as_numbers_and_texts_as_texts(report: Report) -> None:
    data = layouts.render_one(report, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["统计表", "正文数字", "记录数"]
    table, numbers, records = (list(sheet.iter_rows(min_row=4, values_only=True)) for sheet in book)
    for row, found in zip(report.table.rows, table, strict=False):
        assert found[:2] == (row.indicator.label, row.indicator.unit or None)
        assert found[2] == (None if row.value is None else float(row.value))
    assert {row[0]: row[3] for row in numbers} == {
        code: float(figure.value) if figure.value is not None else "（未填）"
        for code, figure in report.figures().items()
    }
    assert {row[0]: row[3] for row in records}["2.1"] == 136
    assert {row[0]: row[3] for row in records}["8.3"] == 1
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())
    assert book.properties.creator == report.agency.name


def test_page_says_what_the_report_says(report: Report) -> None:
    page = Cells()
    page.feed(layouts.render_one(report, "html").decode())
    text = folded("".join(page.text))
    assert all(folded(paragraph) in text for paragraph in paragraphs_of(report))
    cells = iter(page.cells)
    assert list(zip(cells, cells, cells, strict=True)) == rows_of(report)


def test_a_blank_figure_is_a_word_in_every_file_and_never_a_zero() -> None:
    report = draft(make.agency(), 2017)
    assert "主动公开政府信息（未填）条" in pdf_text(layouts.render_one(report, "pdf"))
    document = docx.Document(io.BytesIO(layouts.render_one(report, "docx")))
    assert {row.cells[2].text for row in document.tables[0].rows[1:]} == {"", "（未填）"}
    book = openpyxl.load_workbook(io.BytesIO(layouts.render_one(report, "xlsx")))
    values = {row[2] for row in book["统计表"].iter_rows(min_row=4, max_row=75, values_only=True)}
    assert values == {None, "（未填）"}


def test_the_same_records_give_the_same_bytes(report: Report) -> None:
    assert layouts.render(report) == layouts.render(report)


def test_a_folder_that_cannot_be_made_leaves_what_is_there(report: Report, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_bytes(b"kept")  # a file where the folder should stand: not even root makes one there
    with pytest.raises(OSError):  # noqa: PT011  # the command says why
        layouts.write(report, taken / "reports")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
    assert taken.read_bytes() == b"kept"


def test_what_was_there_stays_when_a_file_cannot_be_moved(report: Report, tmp_path: Path) -> None:
    before = {"report.docx": b"old", "report.pdf": b"old"}
    for name, data in before.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "report.json").mkdir()  # a folder in the place of a file
    (tmp_path / "report.json" / "kept").write_text("kept", encoding="utf-8")
    replace = os.replace

    def refuse(source: Any, target: Any) -> None:
        if Path(target) == tmp_path / "report.json" and Path(source).is_file():
            raise PermissionError(13, "no")
        replace(source, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", refuse)
        with pytest.raises(PermissionError):
            layouts.write(report, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
    assert (tmp_path / "report.json" / "kept").exists()


def test_writing_again_replaces_the_files(report: Report, tmp_path: Path) -> None:
    layouts.write(report, tmp_path)
    make.item(Agency.objects.get(pk=report.agency.pk))
    layouts.write(draft(report.agency, 2017), tmp_path)
    data = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert data["figures"]["1.1"]["value"] == 54
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(layouts.NAMES)
