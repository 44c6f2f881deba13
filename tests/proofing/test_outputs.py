"""The page, the workbook and the data of a result."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gongkai.proofing.batch import Checked, Result, check_files
from gongkai.proofing.findings import Finding
from gongkai.proofing.outputs import page, workbook
from gongkai.proofing.outputs.data import as_json
from tests.proofing.corpus import draft_2014, draft_2021
from tests.proofing.rendering import write


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    folder = tmp_path_factory.mktemp("reports")
    faulty = draft_2021()
    faulty.replace("现行有效9件", "现行有效8件")
    faulty.replace("一是政策解读", "一是<b>政策</b>解读")
    faulty.cells["requests.3.4.1.natural_person"] = 5
    broken = folder / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    files = [write(faulty, "docx", folder, "one"), write(draft_2014(), "txt", folder, "two"), broken]
    return check_files(files, together=True)


class Tags(HTMLParser):
    """Collects the tags and addresses of a page and sees that every tag is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_page_is_whole_and_asks_nothing_of_another_host(result: Result) -> None:
    text = page.page(result)
    tags = Tags()
    tags.feed(text)
    assert tags.open == []
    assert "script" not in tags.seen
    assert "link" not in tags.seen
    assert all(address.startswith("#") for address in tags.addresses)
    assert "url(" not in text
    assert "@import" not in text


def test_page_shows_finding_beside_its_paragraph(result: Result) -> None:
    text = page.page(result)
    row = next(each for each in text.split('<div class="row">') if "现行有效8件" in re.sub(r"</?mark[^>]*>", "", each))
    assert "CK-TEXTTABLE" in row
    assert "<mark" in row


def test_page_marks_the_suspect_cell_and_names_what_was_not_read(result: Result) -> None:
    text = page.page(result)
    assert '<td class="hit">5</td>' in text
    assert "broken.pdf" in text


def test_page_shows_markup_of_a_report_as_text(result: Result) -> None:
    assert "<b>政策</b>" not in page.page(result)


def test_workbook_has_a_sheet_for_each_agency_and_a_line_for_each_finding(result: Result, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    workbook.write(result, path)
    book = load_workbook(path)
    assert book.sheetnames[:3] == ["汇总", "示例县民政局", "示例县水利局"]
    for sheet, checked in zip(book.sheetnames[1:3], result.readable, strict=True):
        assert book[sheet].max_row == 1 + len(checked.findings)
    assert book["汇总"].max_row == 1 + len(result.files)


def test_workbook_writes_no_formula_from_a_report(tmp_path: Path) -> None:
    (checked,) = check_files([write(draft_2014(), "txt", tmp_path)]).files
    finding = Finding("CK-TYPO", "info", '=HYPERLINK("x")', quote="=1+1", expected="@x", found="+1")
    path = tmp_path / "out.xlsx"
    workbook.write(Result((Checked(checked.path, checked.report, None, (finding,)),)), path)
    cells = [cell for row in load_workbook(path)["示例县水利局"].iter_rows(min_row=2) for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert '=HYPERLINK("x")' in [cell.value for cell in cells]


def test_sheet_names_of_agencies_alike_are_told_apart(tmp_path: Path) -> None:
    names: set[str] = set()
    long = "示例县" + "很长的机构名称" * 6
    chosen = [workbook.sheet_name(long, names), workbook.sheet_name(long, names), workbook.sheet_name("a/b:c*", names)]
    assert len(set(chosen)) == 3
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in chosen)


def test_data_keeps_an_unreadable_file_with_its_error(result: Result) -> None:
    data = as_json(result)
    assert [("error" in file) for file in data["files"]] == [False, False, True]
    assert data["across"] == []
