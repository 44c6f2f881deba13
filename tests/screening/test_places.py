"""A number is found wherever it stands in a file, with its place, and is never shown in clear."""

from __future__ import annotations

import json

import pytest

from gongkai import documents, screening
from tests.documents import samples
from tests.screening import corpus
from tests.screening.places import every_place

NUMBERS = corpus.Numbers(11)


def screened(name: str, data: bytes) -> list[screening.Finding]:
    return screening.screen(documents.read(data, name=name))


def said(findings: list[screening.Finding]) -> str:
    return json.dumps([finding.as_json() for finding in findings], ensure_ascii=False)


ITEMS = [
    ("resident_id", NUMBERS.resident_id()),
    ("mobile", NUMBERS.mobile()),
    ("bank_card", NUMBERS.bank_card()),
]
CASES = [
    pytest.param(kind, number, part, name, data, id=f"{kind} in {place}")
    for kind, number in ITEMS
    for place, part, name, data in every_place(f"（{number}）")
]


@pytest.mark.parametrize(("kind", "number", "part", "name", "data"), CASES)
def test_a_number_is_found_in_every_place(kind, number, part, name, data):
    findings = screened(name, data)
    assert (kind, part) in {(finding.kind, finding.where.part) for finding in findings}
    assert number not in said(findings)
    assert screening.verdict(findings) is screening.Verdict.BLOCK


LOOK_ALIKE_CASES = [
    pytest.param(name, data, id=f"{number} {place}")
    for number, text in enumerate(("示房发〔2017〕47号", "总投资23456789012元", "11370322004222241N/2021-51353"))
    for place, _part, name, data in every_place(text)
]


@pytest.mark.parametrize(("name", "data"), LOOK_ALIKE_CASES)
def test_a_look_alike_does_not_block_in_any_place(name, data):
    blocking = [finding for finding in screened(name, data) if finding.severity is screening.Severity.BLOCK]
    assert blocking == []


def test_a_number_of_which_a_box_covers_a_part_is_found_whole():
    number = NUMBERS.resident_id()
    page, stream = samples.canvas((595, 842))
    page.setFont("Helvetica", 12)
    page.drawString(72, 700, number)
    page.rect(72 + 6 * 6.672, 696, 8 * 6.672, 16, fill=1, stroke=0)
    page.showPage()
    page.save()
    findings = screened("a.pdf", stream.getvalue())
    assert ("resident_id", "under_box") in {(finding.kind, finding.where.part) for finding in findings}


def test_a_member_of_an_archive_is_named():
    data = corpus.zipped({"甲/名单.txt": NUMBERS.resident_id().encode()})
    (finding,) = screened("a.zip", data)
    assert finding.where.member == "甲/名单.txt"


def test_a_number_in_a_file_s_name_or_sheet_s_name_is_found_and_covered():
    number = NUMBERS.mobile()

    def fill(book):
        book.active.title = number
        book.active["A1"] = number

    findings = screened(f"{number}.xlsx", corpus.xlsx(fill))
    assert "file_name" in {finding.where.part for finding in findings}
    assert number not in said(findings)


def sheet(*rows: list[object]) -> list[screening.Finding]:
    def fill(book):
        for row in rows:
            book.active.append(row)

    return screened("a.xlsx", corpus.xlsx(fill))


def kinds(findings: list[screening.Finding]) -> set[str]:
    return {str(finding.kind) for finding in findings if finding.severity is not screening.Severity.INFO}


def test_neighbouring_cells_are_joined():
    number, card = NUMBERS.resident_id(), NUMBERS.mobile()
    assert "resident_id" in kinds(sheet(["姓名", "甲", "乙"], ["示例", number[:6], number[6:]]))
    assert "resident_id" in kinds(sheet(["姓名"], ["示例", *number]))
    assert "mobile" in kinds(sheet(["姓名", "甲", "乙"], ["示例", card[:3], card[3:]]))


@pytest.mark.parametrize("header", ["金额", "补贴金额（元）", "建筑面积", "户数", "数量"])
def test_cells_under_amounts_areas_and_counts_are_not_joined(header):
    number = NUMBERS.mobile()
    assert kinds(sheet(["姓名", header, header], ["示例", number[:3], number[3:]])) == set()


@pytest.mark.parametrize("header", ["金额", "补偿款（元）", "建筑面积", "数量"])
def test_a_number_under_an_amount_is_none_of_a_person(header):
    assert kinds(sheet(["事项", header], ["示例", int(NUMBERS.mobile())])) == set()


def test_a_number_that_the_spreadsheet_cut_off_is_still_likely():
    number = int(NUMBERS.resident_id()[:15].replace("X", "0") + "000")
    assert "resident_id" in kinds(sheet(["姓名", "备注"], ["示例", number]))


@pytest.mark.parametrize(
    ("header", "cell", "bad"),
    [
        ("身份证号码", "379901********123*", False),
        ("身份证号码", "3799011990****1234", True),
        ("联系电话", "138****1234", False),
        ("联系电话", "1381234**78", True),
        ("手机号", "0632-5551234", False),
        ("手机号", "13812345678", True),
        ("银行账号", "*********1234", False),
        ("一卡通账号", "9012345678901", True),
        ("家庭住址", "示例区示例镇", False),
        ("家庭住址", "示例区示例镇花园3号楼", True),
        ("咨询电话", "13812345**8", False),
        ("身份证号", "", False),
    ],
)
def test_a_personal_column_blocks_when_its_cells_are_masked_badly(header, cell, bad):
    found = sheet(["序号", "姓名", header], [1, "示例", cell])
    assert ("personal_header" in {str(finding.kind) for finding in found}) is bad


def test_sensitive_columns_count_beside_names_in_clear():
    assert "sensitive_detail" in kinds(sheet(["姓名", "致贫原因"], ["王示例", "因病"]))
    assert kinds(sheet(["姓名", "致贫原因"], ["王*", "因病"])) == set()


def test_words_of_the_list_are_found_folded():
    document = documents.read("甲乙ＡＢＣ项目尚未公开".encode(), name="a.txt")
    findings = screening.screen(document, words=("abc项目", "没有"))
    assert [(str(finding.kind), str(finding.severity)) for finding in findings] == [("word_list", "warn")]


def test_severities_are_settings():
    settings = screening.Settings(severities={screening.Kind.MOBILE: screening.Severity.WARN})
    document = documents.read(NUMBERS.mobile().encode(), name="a.txt")
    assert [str(finding.severity) for finding in screening.screen(document, settings=settings)] == ["warn"]


def test_a_damaged_member_blocks():
    data = corpus.zipped({"a.docx": b"PK\x03\x04 nothing", "b.txt": "示例".encode()})
    assert {(str(finding.kind), str(finding.severity)) for finding in screened("a.zip", data)} == {
        ("unreadable", "block")
    }


def test_a_refusal_is_one_blocking_finding():
    (finding,) = screened("a.pdf", b"\x00\x01\x02 nothing")
    assert (str(finding.kind), str(finding.severity)) == ("unreadable", "block")
