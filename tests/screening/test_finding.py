"""What is found in a text, and what is not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric

from gongkai import documents, screening
from gongkai.screening import scanning
from gongkai.screening.checks import is_credit_code
from gongkai.screening.folding import DASHES
from tests.screening import corpus

COUNT = 60  # of each sentence


def kinds(text: str) -> list[str]:
    return [str(hit.kind) for hit in scanning.find(text)]


def test_every_planted_number_is_found():
    missed = [item.text for item in corpus.planted(seed=1, count=COUNT) if item.kind not in kinds(item.text)]
    assert missed == []


def test_look_alikes_are_left_alone():
    sentences = list(corpus.look_alikes(seed=2, count=COUNT))
    wrong = [(text, found) for text in sentences if (found := [kind for kind in kinds(text) if kind != "landline"])]
    assert len(wrong) <= len(sentences) / 100, wrong


def test_look_alikes_beside_planted_numbers_hide_nothing():
    pairs = zip(corpus.planted(seed=3, count=COUNT), corpus.look_alikes(seed=4, count=COUNT), strict=False)
    missed = [item.text for item, other in pairs if item.kind not in kinds(f"{other}\n{item.text}\n{other}")]
    assert missed == []


GAPS = st.sampled_from(["", "", "", " ", "  ", "-", "\n", "\u3000", "\xa0", "\t", "\u200b", "\r\n", *DASHES])


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 10**6), gaps=st.lists(GAPS, min_size=17, max_size=17), wide=st.booleans())
def test_an_identity_number_is_found_however_it_is_split(seed, gaps, wide):
    number = corpus.Numbers(seed).resident_id()
    written = "".join(sign + gap for sign, gap in zip(number, [*gaps, ""], strict=True))
    written = written.translate(corpus.FULL_WIDTH) if wide else written
    assert "resident_id" in kinds(f"申请人{written}，已受理")


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 10**6), gaps=st.lists(GAPS, min_size=18, max_size=18))
def test_a_bank_card_is_found_however_it_is_split(seed, gaps):
    number = corpus.Numbers(seed).bank_card()
    written = "".join(sign + gap for sign, gap in zip(number, gaps, strict=False)) + number[len(gaps) :]
    assert "bank_card" in kinds(f"转入{written}。")


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 10**6), at=st.integers(1, 10), gap=GAPS)
def test_a_mobile_number_is_found_when_split_once(seed, at, gap):
    number = corpus.Numbers(seed).mobile()
    assert "mobile" in kinds(f"请联系{number[:at]}{gap}{number[at:]}。")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_no_text_brings_it_down(text):
    for hit in scanning.find(text):
        assert 0 <= hit.start < hit.end <= len(text)


@pytest.mark.parametrize("gap", [" ", " a ", ", ", "-"])
def test_a_number_is_found_in_a_very_long_run(gap):
    words = gap.join(["word", "12", "345"] * 600)
    number = corpus.Numbers(3).resident_id()
    for near in range(3_900, 4_200, 60):  # where long runs are cut into pieces
        at = words.index("word", near)
        assert kinds(f"{words[:at]}{number} {words[at:]}") == ["resident_id"]


@pytest.mark.parametrize("text", ["1 ", "1", "13812345678 ", "1-", "a@a", "3室", "患", "绝密", "12345678,", "*1"])
def test_time_grows_with_the_text_and_not_faster(text):
    def seconds(length):
        started = time.process_time()
        scanning.find(text * (length // len(text)))
        return time.process_time() - started

    assert seconds(40_000) < 20 * (seconds(4_000) + 0.02)


NUMBERS = corpus.Numbers(5)
ID, CARD, PHONE = NUMBERS.resident_id(), NUMBERS.bank_card(), NUMBERS.mobile()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{ID[:15]}000", ["resident_id"]),
        (f"{ID[:14]}***{ID[17:]}", ["resident_id"]),
        (f"{PHONE[:8]}**{PHONE[10:]}", ["mobile"]),
        (f"86{PHONE}", ["mobile"]),
        (f"0086-{PHONE}", ["mobile"]),
        (f"({PHONE})", ["mobile"]),
        (f"{PHONE}@example.com", ["mobile"]),
        (f"{PHONE[:3]}.{PHONE[3:7]}.{PHONE[7:]}", ["mobile"]),
        (f"工单编号：{PHONE}", []),
        (f"{PHONE}元", []),
        (f"{PHONE},{PHONE}", ["mobile", "mobile"]),
        (f"1 {PHONE} 2", ["mobile"]),
        (f"A{PHONE}B", []),
        (f"电话{PHONE}B", ["mobile"]),
        (f"{ID}{PHONE}", ["resident_id"]),
        (f"{PHONE}{ID}", ["resident_id"]),
        (f"http://www.example.gov.cn/art_{PHONE}_1.html", []),
        (f"http://www.example.gov.cn/ {PHONE}", ["mobile"]),
        (f"A{ID}B", ["resident_id"]),
        (f"{CARD[:8]}A{CARD[8:]}", []),
        ("(0632)5551234", ["landline"]),
        ("电话：5551234", ["landline"]),
        ("护照号码：S12345678", ["passport"]),
        ("台胞证 12345678", ["permit"]),
        ("鲁D·12345", ["plate"]),
        ("鲁DD12345", ["plate"]),
        ("鲁政发〔2017〕1号", []),
        ("花园小区3-2-501", ["address"]),
        ("姓名：王示例，患尿毒症", ["sensitive_detail"]),
        ("王示，因病致贫", ["sensitive_detail"]),
        ("王*，因病致贫", []),
        ("因病致贫的，可以申请", []),
        ("为低保家庭提供保障", []),
    ],
)
def test_a_text_gives_these_kinds(text, expected):
    assert kinds(text) == expected


def with_both_checks(serial: int) -> str | None:
    """An identity number that is a credit code too; one in 341 is."""
    day = f"19{80 + serial % 10}{serial // 10 % 12 + 1:02d}{serial // 120 % 28 + 1:02d}"
    number = f"513701{day}{serial // 3360:03d}"
    number += ric.calc_check_digit(number + "0")
    return number if is_credit_code(number) else None


def test_a_number_with_both_check_characters_is_an_identity_number_unless_it_is_called_a_credit_code():
    number = next(found for serial in range(100_000) if (found := with_both_checks(serial)))
    assert kinds(number) == ["resident_id"]
    assert kinds(f"统一社会信用代码：{number}") == []


def test_the_quick_way_through_a_list_finds_what_the_long_way_finds(monkeypatch):
    numbers = corpus.Numbers(17)
    make = (numbers.resident_id, numbers.mobile, numbers.mistyped_resident_id, numbers.credit_code, numbers.account)
    headers = ["姓名", "身份证号", "联系电话", "身份证号及联系电话", "账号", "工单编号", "施工许可证编号"]
    rows = [["示例", *(make[(row + at) % len(make)]() for at in range(6))] for row in range(60)]
    data = "\n".join(",".join(row) for row in [headers, *rows]).encode()
    document = documents.read(data, name="a.csv")
    quick = screening.screen(document)
    monkeypatch.setattr("gongkai.screening.numbers._alone", lambda *_: None)
    assert quick == screening.screen(document)
    assert sum(finding.kind is screening.Kind.RESIDENT_ID for finding in quick) > 60


def test_a_very_long_text_is_screened_like_a_short_one():
    lines = ["为做好示例工作，现将有关事项通知如下。"] * 120_000
    lines[60_000] = f"联系 {PHONE}，"
    findings = screening.screen(documents.read("\r\n".join(lines).encode(), name="a.txt"))
    assert [str(finding.kind) for finding in findings] == ["mobile"]
    assert findings[0].where.offset == 60_000 * (len(lines[0]) + 1) + 3
