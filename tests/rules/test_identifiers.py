"""Index numbers, document numbers and codes of organisations."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.rules.errors import InvalidIdentifier
from gongkai.rules.identifiers import (
    DocumentNumber,
    IndexNumber,
    credit_code,
    format_document_number,
    format_index_number,
    format_organisation_code,
    organisation_code,
    parse_document_number,
    parse_index_number,
)

# Other work on the machine must not make a property fail.
UNHURRIED = settings(deadline=None)

# Numbers in public use: with organisation codes, with credit codes, with the month.
INDEX_NUMBERS = [
    ("000014349/2017-00110", IndexNumber("000014349", 2017, 110)),
    ("000013338/2023-00079", IndexNumber("000013338", 2023, 79)),
    ("014416330/2018-04736", IndexNumber("014416330", 2018, 4736)),
    ("11370322004222241N/2021-5135380", IndexNumber("11370322004222241N", 2021, 5135380)),
    ("1150024100913825XR/2024-00047", IndexNumber("1150024100913825XR", 2024, 47)),
    ("11370812004339255B/2020-22849", IndexNumber("11370812004339255B", 2020, 22849)),
    ("003244967/201906-00335", IndexNumber("003244967", 2019, 335, month=6)),
]
FORMS = ["organisation"] * 3 + ["credit"] * 3 + ["organisation_month"]

WRONG_INDEX_NUMBERS = {
    "check character of the organisation code": "000014348/2017-00110",
    "check character of the credit code": "11370322004222241M/2021-00001",
    "hyphen kept, one digit short": "0142768-8/2022-00185",
    "serial of four digits": "000014349/2017-0110",
    "serial of six digits": "000014349/2017-000110",
    "serial zero": "000014349/2017-00000",
    "no serial": "000014349/2017",
    "year out of range": "000014349/0017-00110",
    "month thirteen": "003244967/201913-00335",
    "month zero": "003244967/201900-00335",
    "month with a credit code": "11370322004222241N/202106-00001",
    "letter outside the alphabet": "1137032200422224IN/2021-00001",
    "empty": "",
}


@pytest.mark.parametrize(("text", "number"), INDEX_NUMBERS, ids=[text for text, _ in INDEX_NUMBERS])
def test_an_index_number_in_use_is_read_and_written(text: str, number: IndexNumber) -> None:
    assert parse_index_number(text) == number
    assert str(number) == text
    assert str(parse_index_number(text)) == text
    assert format_index_number(number.code, number.year, number.serial, month=number.month) == text


@pytest.mark.parametrize(("text", "form"), list(zip([text for text, _ in INDEX_NUMBERS], FORMS, strict=True)))
def test_the_form_of_an_index_number_and_its_organisation_are_known(text: str, form: str) -> None:
    number = parse_index_number(text)
    assert number.form == form
    assert organisation_code(number.code) == number.organisation


def test_an_index_number_keeps_the_digits_it_was_written_with() -> None:
    assert str(parse_index_number("11370322004222241N/2021-0005135")) == "11370322004222241N/2021-0005135"
    assert parse_index_number("11370322004222241N/2021-0005135") == IndexNumber("11370322004222241N", 2021, 5135)


def test_the_hyphen_inside_an_organisation_code_is_left_out() -> None:
    assert str(parse_index_number("00001434-9/2017-00110")) == "000014349/2017-00110"


@pytest.mark.parametrize("text", WRONG_INDEX_NUMBERS.values(), ids=WRONG_INDEX_NUMBERS.keys())
def test_a_wrong_index_number_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(InvalidIdentifier, match=r"^[^。]*请核对。$"):
        parse_index_number(text)


def test_an_index_number_is_folded_and_shows_its_short_half() -> None:
    number = parse_index_number(" 1150024100913825xr/2024-00047 ")
    assert str(number) == "1150024100913825XR/2024-00047"
    assert number.short == "2024-00047"


@pytest.mark.parametrize(
    ("code", "year", "serial"),
    [("000014349", 2017, 0), ("000014349", 2017, 100_000), ("000014349", 17, 1), ("000014348", 2017, 1)],
)
def test_an_index_number_that_has_no_form_is_not_written(code: str, year: int, serial: int) -> None:
    with pytest.raises(InvalidIdentifier, match=r"^[^。]*请核对。$"):
        format_index_number(code, year, serial)


@pytest.mark.parametrize(("code", "month"), [("000014349", 13), ("000014349", -1), ("11370322004222241N", 6)])
def test_a_month_is_written_only_where_the_form_has_one(code: str, month: int) -> None:
    with pytest.raises(InvalidIdentifier, match="月份"):
        format_index_number(code, 2019, 1, month=month)


@UNHURRIED
@given(st.sampled_from(["000014349", "11370322004222241N"]), st.integers(1949, 2100), st.integers(1, 99_999))
def test_an_index_number_survives_writing_and_reading(code: str, year: int, serial: int) -> None:
    assert parse_index_number(format_index_number(code, year, serial)) == IndexNumber(code, year, serial)


def test_the_organisation_code_is_taken_out_of_the_credit_code() -> None:
    assert organisation_code("11370322004222241N") == "004222241"
    assert organisation_code("00001434-9") == "000014349"
    assert organisation_code("1150024100913825XR") == "00913825X"


def test_an_organisation_code_is_printed_with_its_hyphen() -> None:
    assert format_organisation_code("000014349") == "00001434-9"
    assert format_organisation_code("1150024100913825XR") == "00913825-X"


@UNHURRIED
@given(st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"), st.integers(0, 17))
def test_any_single_changed_character_of_a_credit_code_is_noticed(character: str, at: int) -> None:
    right = "11370322004222241N"
    wrong = right[:at] + character + right[at + 1 :]
    if wrong != right:
        with pytest.raises(InvalidIdentifier):
            credit_code(wrong)


@pytest.mark.parametrize("text", ["000014340", "00001434", "0000143499", "00091382XX", ""])
def test_a_wrong_organisation_code_is_refused(text: str) -> None:
    with pytest.raises(InvalidIdentifier, match="组织机构代码"):
        organisation_code(text)


@pytest.mark.parametrize("text", ["11370322004222241M", "1137032200422224", "11370322OO4222241N", "A1370322004222241N"])
def test_a_wrong_credit_code_is_refused(text: str) -> None:
    with pytest.raises(InvalidIdentifier, match="统一社会信用代码"):
        credit_code(text)


DOCUMENT_NUMBERS = {
    "国办发〔2017〕47号": DocumentNumber("国办发", 2017, 47),
    "建办保〔2012〕20号": DocumentNumber("建办保", 2012, 20),
    "国办公开办函〔2021〕30号": DocumentNumber("国办公开办函", 2021, 30),
}


@pytest.mark.parametrize(("text", "number"), DOCUMENT_NUMBERS.items(), ids=DOCUMENT_NUMBERS.keys())
def test_a_document_number_is_read_and_written(text: str, number: DocumentNumber) -> None:
    assert parse_document_number(text) == number
    assert str(number) == text
    assert format_document_number(number.issuer, number.year, number.serial) == text


OTHER_BRACKETS = [
    "国办发[2017]47号",
    "国办发［2017］47号",
    "国办发(2017)47号",
    "国办发（2017）47号",
    "国办发【2017】47号",
    "国办发〔２０１７〕４７号",
]


@pytest.mark.parametrize("text", OTHER_BRACKETS)
def test_other_brackets_of_a_document_number_are_set_right(text: str) -> None:
    assert str(parse_document_number(text)) == "国办发〔2017〕47号"


@pytest.mark.parametrize("text", ["国办发〔2017〕第47号", "国办发〔2017〕047号"])
def test_a_document_number_with_a_padded_serial_is_refused(text: str) -> None:
    with pytest.raises(InvalidIdentifier, match="序号前不加「第」字"):
        parse_document_number(text)


@pytest.mark.parametrize(
    "text", ["国务院令第711号", "〔2017〕47号", "国办发〔17〕47号", "国办发〔2017〕47", "国办发2017-47号", ""]
)
def test_what_is_no_document_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidIdentifier, match=r"^发文字号「[^。]*请核对。$"):
        parse_document_number(text)


def test_a_document_number_without_parts_is_not_written() -> None:
    with pytest.raises(InvalidIdentifier, match="发文字号"):
        format_document_number("", 2017, 1)
    with pytest.raises(InvalidIdentifier, match="序号前"):
        format_document_number("国办发", 2017, 0)
