"""A number is found in every place of `hideouts`, is never shown in clear, and is in no masked copy."""

from __future__ import annotations

import json

import pytest

from gongkai import documents, screening
from tests.screening.corpus import Numbers
from tests.screening.hideouts import PLACES, docx_with, encoded, pdf_of, relation, sheet_with
from tests.screening.test_masking import everything

NUMBERS = Numbers(81)
NO_OCR = documents.Limits(ocr_pages=0)  # it takes time, and no number here stands in a picture
FOUND = {"mobile": NUMBERS.mobile(), "resident_id": NUMBERS.resident_id()}


@pytest.mark.parametrize("kind", FOUND)
@pytest.mark.parametrize("place", PLACES)
def test_a_number_is_found_in_every_place_and_masked(place, kind):
    number = FOUND[kind]
    name, data = PLACES[place](number)
    document = documents.read(data, name=name, limits=NO_OCR)
    findings = screening.screen(document)
    assert (kind, "block") in {(finding.kind, finding.severity) for finding in findings}
    assert number not in json.dumps([finding.as_json() for finding in findings], ensure_ascii=False)
    if isinstance(document, documents.Document) and document.type in screening.MASKABLE:
        try:
            said = everything(screening.mask(data, document))
        except screening.NotMasked as refused:
            said = str(refused)
        assert number not in said
        assert encoded(number) not in said


@pytest.mark.parametrize(
    ("name", "data"),
    [
        docx_with(relations=relation("https://www.example.cn/art/2017/art_1_13812345678.html")),
        docx_with('<w:p><w:bookmarkStart w:id="1" w:name="_Toc13812345"/></w:p>'),
        sheet_with(
            '<row r="2"><c r="A2"><f>SUM(B1:B99)</f><v>13812345678</v></c></row>'.replace("13812345678", "138123")
        ),
        sheet_with("", '<pageMargins left="0.75000000001" right="0.13812345678"/>'),
        pdf_of(content="0.13812345678 13812345678.5 m 99 99 l S"),
    ],
)
def test_what_programs_write_into_every_file_is_no_finding(name, data):
    findings = screening.screen(documents.read(data, name=name))
    assert [finding for finding in findings if finding.severity is screening.Severity.BLOCK] == []
