"""Damaged and changed files: an answer for each, never an exception that is not ours, never a number in clear."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai import documents, screening
from tests.screening.test_masking import FILES, ID, PHONE


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_changed_file_is_answered(name, data):
    content = bytearray(FILES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.sampled_from([len(content), len(content) // 2]))
    changed = bytes(content[:cut])
    document = documents.read(changed, name=name)
    said = json.dumps([finding.as_json() for finding in screening.screen(document)], ensure_ascii=False)
    assert ID not in said
    assert PHONE not in said
    if isinstance(document, documents.Document):
        assert_masked_or_refused(changed, document)


def assert_masked_or_refused(changed: bytes, document: documents.Document) -> None:
    """Either there is a copy in which no number that was found is left, or a sentence without any."""
    before = documents.read(changed, name=document.name)
    assert isinstance(before, documents.Document)
    shown = [finding.masked for finding in screening.screen(document)]
    try:
        copy = screening.mask(changed, document).decode("utf-8", "replace")
    except screening.NotMasked as refused:
        copy, shown = str(refused), [ID, PHONE]
    for number in (ID, PHONE):
        if any(found[:2] == number[:2] and found[-3:] == number[-3:] for found in shown):
            assert number not in copy


SLIPPED = {
    "two headers in one cell, an empty cell": f"姓名,身份证号 联系电话,补贴金额\n示例,,{PHONE},1200\n",
    "the same, rows as wide as the headers": f"姓名,身份证号 联系电话,补贴金额\n示例,{ID},{PHONE}\n",
    "one delimiter too many": f"姓名,联系电话,补贴金额\n示例,,{PHONE},1200\n",
    "one too many, the end cut off": f"姓名,联系电话,补贴金额\n示例,,{PHONE}\n",
    "an identity number under a telephone": f"姓名,联系电话,补贴金额\n示例,{ID},{PHONE}\n",
    "two cells in one": f"姓名,补贴金额,备注\n示例,{PHONE};1200,无\n",
    "a name in the cell": f"序号,补贴金额,备注\n1,示例 {PHONE},无\n",
    "a word for it in the cell": f"序号,补贴金额,备注\n1,电话{PHONE}元,无\n",
    "a word for it in the cell before": f"事项,补贴金额,备注\n联系电话,{PHONE},无\n",
    "another delimiter, all in one cell": f"姓名：身份证号：补贴金额\n示例：{PHONE}：1200\n",
    "a serial number's header": f"姓名,联系电话,流水号\n示例,无,{PHONE},12\n",
    "wider than its headers": f"姓名,补贴金额\n示例,{PHONE},1200\n",
}


@pytest.mark.parametrize("case", SLIPPED)
def test_a_mobile_number_under_a_slipped_header_is_found_and_masked(case):
    content = SLIPPED[case].encode()
    document = documents.read(content, name="a.csv")
    assert screening.Kind.MOBILE in {finding.kind for finding in screening.screen(document)}
    assert PHONE not in screening.mask(content, document).decode()


@pytest.mark.parametrize(
    "content",
    [
        "事项,补贴金额（元）\n示例,13800000000\n",
        "事项,补贴金额（元）,年度\n示例,13800000000.00,2017\n",
        "事项,总投资\n示例,13800000000元\n",
        "事项,总投资\n示例,约13800000000元。\n",
        "姓名,联系电话,总价\n示例,0632-5551234,13800000000\n",
        "姓名,联系电话,总价\n示例,138****1234,13800000000\n",
        "姓名,身份证号,总价\n示例,37**************12,13800000000\n",
        "事项,流水号\n示例,13800000000\n",
        "项目,计划投资（元）,实际投资（元）\n示例,13800000000,13900000000\n",
    ],
)
def test_an_amount_in_a_table_that_is_in_order_stays_an_amount(content):
    found = screening.screen(documents.read(content.encode(), name="a.csv"))
    assert {finding.kind for finding in found} <= {screening.Kind.LANDLINE}


def test_a_number_that_was_found_in_a_part_left_out_may_not_stand_elsewhere():
    content = f"<html><body><p>示例o{PHONE}示例</p><!-- 示例 {PHONE} --></body></html>".encode()
    with pytest.raises(screening.NotMasked, match="复查"):
        screening.mask(content, documents.read(content, name="a.html"))


@pytest.mark.parametrize(
    "page",
    [
        f"<p{PHONE}>示例</p{PHONE}>",
        f'<p id="{PHONE}" class="a{ID}">示例</p>',
        f'<td width="{PHONE}" lang="{ID}" type="{PHONE}" align="{PHONE}">示例</td>',
        f"<x{ID} {PHONE}>示例</x{ID}>",
        f"<p>示例</p><p title={PHONE}",
        f"<p>示例</p><!{PHONE}><?{PHONE}?>",
    ],
)
def test_nothing_is_left_in_broken_markup(page):
    content = f"<html><body><p>{PHONE}</p>{page}</body></html>".encode()
    document = documents.read(content, name="a.html")
    copy = screening.mask(content, document).decode()
    assert "示例" in copy
    assert PHONE not in copy
    assert ID not in copy
