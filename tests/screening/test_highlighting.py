"""Marks in a text, covered texts in their own markup, sentences without a number."""

from __future__ import annotations

import pytest

from gongkai.documents import read
from gongkai.screening import Severity, WordList
from gongkai.screening.highlighting import cover, highlight
from gongkai.screening.sentences import screen_with_sentences
from tests.screening.corpus import Numbers

NUMBERS = Numbers(61)
ID, MOBILE, CARD = NUMBERS.resident_id(), NUMBERS.mobile(), NUMBERS.bank_card()
HIDDEN = f"{MOBILE[:3]}****{MOBILE[-4:]}"
TABLE = (
    "<table><thead><tr><th>姓名</th><th>身份证号</th></tr></thead>"
    f"<tbody><tr><td>示例甲</td><td>{ID}</td></tr></tbody></table>"
)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>没有什么 &lt;b&gt; &amp;</p>", "<p>没有什么 &lt;b&gt; &amp;</p>"),
        (f"<p>手机{MOBILE}。</p>", f'<p>手机<mark class="stops" title="手机号，阻止公开">{MOBILE}</mark>。</p>'),
        (
            f"<p>手机{MOBILE[:3]}<strong>{MOBILE[3:]}</strong></p>",
            f'<p>手机<mark class="stops" title="手机号，阻止公开">{MOBILE[:3]}</mark><strong>'
            f'<mark class="stops" title="手机号，阻止公开">{MOBILE[3:]}</mark></strong></p>',
        ),
        (TABLE, TABLE.replace(ID, f'<mark class="stops" title="居民身份证号，阻止公开">{ID}</mark>')),
        ('<p><a href="/x/?a=1&amp;b=2">见<br>附件</a></p>', '<p><a href="/x/?a=1&amp;b=2">见<br>附件</a></p>'),
    ],
)
def test_highlight_marks_words_and_leaves_markup(source: str, expected: str) -> None:
    assert highlight(source) == expected


def test_words_of_the_office_are_marked_by_their_severity() -> None:
    words = WordList(["专户", "名单"])
    marked = highlight("<p>名单，专户</p>", words=words, severities={"专户": Severity.BLOCK})
    assert '<mark class="asks" title="词表中的词，请核对">名单</mark>' in marked
    assert '<mark class="stops" title="词表中的词，阻止公开">专户</mark>' in marked


def test_cover_keeps_markup_and_links() -> None:
    covered = cover(f'{TABLE}<p>见<a href="/x/">附件</a>，手机<em>{MOBILE}</em></p>')
    assert ID not in covered
    assert f'<p>见<a href="/x/">附件</a>，手机<em>{HIDDEN}</em></p>' in covered
    assert cover("<p>没有 &amp; 什么</p>") == "<p>没有 &amp; 什么</p>"


def test_a_sentence_holds_no_number_and_ends_where_it_ends() -> None:
    page = f"<p>前一句。示例甲{ID}，手机{MOBILE}，余37010219900101****。后一句。</p>{TABLE}"
    document = read(f"<!DOCTYPE html><html><body>{page}</body></html>".encode(), name="a.html")
    told = [sentence for _finding, sentence in screen_with_sentences(document)]
    assert told[0].startswith("示例甲")
    assert told[0].endswith("。")
    assert "后一句" not in told[0]
    assert not any(secret in sentence for sentence in told for secret in (ID, MOBILE, "37010219900101"))


def test_only_the_first_findings_have_sentences() -> None:
    lines = "".join(f"<p>手机{13800130000 + number}。</p>" for number in range(12))
    document = read(f"<!DOCTYPE html><html><body>{lines}</body></html>".encode(), name="a.html")
    told = screen_with_sentences(document, most=5)
    assert [bool(sentence) for _finding, sentence in told] == [True] * 5 + [False] * 7
