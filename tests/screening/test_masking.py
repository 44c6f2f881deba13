"""A masked copy: what was to be covered is in no part of it, and what may be read can still be read."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from gongkai import documents, screening
from gongkai.screening import Keep, Kind, Masking, NotMasked, Settings
from tests.screening import corpus

NUMBERS = corpus.Numbers(21)
ID, PHONE, CARD, HOME = NUMBERS.resident_id(), NUMBERS.mobile(), NUMBERS.bank_card(), "示例区示例镇北村3组12号"
TEXT = f"示例，身份证{ID}，电话{PHONE}，卡号{CARD}，住{HOME}。"


def masked(name: str, data: bytes, settings: Settings = screening.DEFAULT) -> bytes:
    document = documents.read(data, name=name)
    assert isinstance(document, documents.Document)
    return screening.mask(data, document, settings)


def text_of(name: str, data: bytes) -> str:
    document = documents.read(data, name=name)
    assert isinstance(document, documents.Document)
    return document.text()


def everything(data: bytes) -> str:
    """All bytes of a file and of the parts of a package."""
    parts = [data]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts += [package.read(name) for name in package.namelist()]
    return "\n".join(part.decode("utf-8", "replace") + part.decode("utf-16-be", "ignore") for part in parts)


def docx_files() -> bytes:
    split = corpus.paragraph(corpus.run(TEXT[:9]), corpus.run(TEXT[9:17]), corpus.run(TEXT[17:]))
    rows = corpus.table([["姓名", "身份证号", "联系电话"], ["示例", ID[:9], ID[9:]], ["示例", ID, PHONE]])
    return corpus.docx(split + rows, header=PHONE, footnote=CARD, comment=ID, author=f"示例{PHONE}", custom=ID)


def xlsx_file() -> bytes:
    def fill(book):
        page = book.active
        page.title = "名单"
        page.append(["姓名", "身份证号", "联系电话", "补贴金额", "住址"])
        page.append(["示例", ID, int(PHONE), 1200.5, HOME])
        page.append(["隐藏", ID, PHONE, 1, ""])
        page.row_dimensions[3].hidden = True
        page["A1"].comment = openpyxl.comments.Comment(ID, "示例")
        book.create_sheet("底稿")["A1"] = ID
        book.worksheets[1].sheet_state = "veryHidden"
        book.properties.description = PHONE

    return corpus.xlsx(fill)


FILES = {
    "a.txt": TEXT.encode("gb18030"),
    "a.csv": f"姓名,身份证号,联系电话,补贴金额\n示例,{ID},{PHONE},1200\n".encode(),
    "a.html": (
        f"<html><head><title>公示</title></head><body><p>{TEXT[:12]}<b>{TEXT[12:]}</b></p><!-- {ID} -->"
        f'<table><tr><th>姓名</th><th>电话</th></tr><tr><td>示例</td><td title="{PHONE}">{PHONE}</td></tr></table>'
        f'<p hidden>{ID}</p><script>var a = "{PHONE}"</script><input value="{PHONE}"></body></html>'
    ).encode(),
    "a.docx": docx_files(),
    "a.xlsx": xlsx_file(),
    "a.pdf": corpus.pdf([f"ID {ID}", f"Tel {PHONE}", "example"]),
}


@pytest.mark.parametrize("name", FILES)
def test_nothing_masked_survives_in_any_part(name):
    data = masked(name, FILES[name])
    whole = everything(data)
    for number in (ID, PHONE, CARD):
        assert number not in whole
    assert "北村3组" not in text_of(name, data)
    findings = screening.screen(documents.read(data, name=name))
    assert [finding for finding in findings if finding.severity is not screening.Severity.INFO] == []


@pytest.mark.parametrize("name", FILES)
def test_what_may_be_read_stays(name):
    text = text_of(name, masked(name, FILES[name]))
    assert ("example" if name == "a.pdf" else "示例") in text
    assert f"{ID[:2]}{'*' * 13}{ID[-3:]}" in text.replace("\t", "")
    assert f"{PHONE[:3]}****{PHONE[-4:]}" in text


def test_amounts_stay_numbers():
    book = openpyxl.load_workbook(io.BytesIO(masked("a.xlsx", FILES["a.xlsx"])))
    assert book.sheetnames == ["名单"]
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert [row[3] for row in rows] == ["补贴金额", 1200.5]
    assert rows[1][4] == "示例区示例镇" + "*" * 7


def test_a_masked_document_opens_with_its_tables_and_headers():
    document = documents.read(masked("a.docx", FILES["a.docx"]), name="a.docx")
    assert isinstance(document, documents.Document)
    assert len(list(document.tables())) == 1
    assert {margin.where.part for margin in document.margins} == {"header", "footnote"}
    assert document.hidden == ()


def test_what_stays_readable_is_a_setting():
    settings = Settings(masking=Masking(mobile=Keep(0, 2), resident_id=Keep(6, 4)))
    text = text_of("a.txt", masked("a.txt", FILES["a.txt"], settings))
    assert f"{'*' * 9}{PHONE[-2:]}" in text
    assert f"{ID[:6]}{'*' * 8}{ID[-4:]}" in text


def test_which_kinds_are_masked_is_a_setting():
    settings = Settings(masking=Masking(kinds=frozenset({Kind.RESIDENT_ID})))
    text = text_of("a.txt", masked("a.txt", FILES["a.txt"], settings))
    assert PHONE in text
    assert ID not in text


def test_names_are_masked_by_setting():
    settings = Settings(masking=Masking(names=True))
    rows = "姓名,事项\n王示例,公示\n".encode()
    assert "王**" in text_of("a.csv", masked("a.csv", rows, settings))
    assert "王示例" in text_of("a.csv", masked("a.csv", rows))
    assert "姓名：王**" in text_of("a.txt", masked("a.txt", "姓名：王示例".encode(), settings))


@pytest.mark.parametrize("seed", range(30))
def test_planted_texts_are_masked(seed):
    for item in corpus.planted(seed=100 + seed, count=1):
        if Kind(item.kind) in screening.DEFAULT.masking.kinds:
            masked("a.txt", item.text.encode())  # refuses when anything is left


def test_a_file_with_a_mark_of_secrecy_is_not_copied():
    with pytest.raises(NotMasked, match="密级"):
        masked("a.txt", f"秘密★5年\n{ID}".encode())


def test_a_type_that_cannot_be_copied_surely_is_refused():
    with pytest.raises(NotMasked, match="另存为"):
        masked("a.zip", corpus.zipped({"a.txt": ID.encode()}))


def test_formulas_without_values_are_refused():
    def fill(book):
        book.active.append(["合计", "=1+1"])

    with pytest.raises(NotMasked, match="公式"):
        masked("a.xlsx", corpus.xlsx(fill))
