from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from gongkai.rules.refusals import Refusal
from gongkai.ui import exports
from gongkai.ui.components import MetaRow, bars, page_links
from gongkai.ui.templatetags import ui

SHANGHAI = dt.timezone(dt.timedelta(hours=8))
# 2017-05-18 16:30 UTC is half past midnight of the next day in Shanghai.
AT_NIGHT = dt.datetime(2017, 5, 18, 16, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("{{ on|day }}", "2017年5月19日"),
        ("{{ on|weekday }}", "星期五"),
        ("{{ on|moment }}", "2017年5月19日"),
        ("{{ on|iso }}", "2017-05-19"),
        ("{{ at|day }}", "2017年5月19日"),
        ("{{ at|weekday }}", "星期五"),
        ("{{ at|moment }}", "2017年5月19日 00:30"),
        ("{{ at|iso }}", "2017-05-19T00:30:00+08:00"),
        ("{{ none|day }}{{ none|weekday }}{{ none|moment }}{{ none|iso }}{{ none|filesize }}", ""),
        ("{{ 512|filesize }}", "512 字节"),
        ("{{ 18432|filesize }}", "18 KB"),
        ("{{ 2621440|filesize }}", "2.5 MB"),
    ],
)
def test_filter_writes_as_documents_do(said: str, shown: str) -> None:
    assert Template(said).render(Context({"on": dt.date(2017, 5, 19), "at": AT_NIGHT, "none": None})) == shown


def test_tag_escapes_its_words() -> None:
    assert ui.tag("<b>", "late") == '<span class="tag late">&lt;b&gt;</span>'


def test_tag_of_an_unknown_tone_is_a_defect() -> None:
    with pytest.raises(ValueError, match="tone"):
        ui.tag("有效", "green")


def test_longest_bar_is_full_and_the_smallest_can_be_seen() -> None:
    drawn = bars([("住房保障", 400), ("其他", 1), ("无", 0), ("收费", Decimal("200.5"), "/x/")])
    assert [(bar.share, bar.url) for bar in drawn] == [(100, ""), (1, ""), (0, ""), (50, "/x/")]


def test_bars_of_nothing_are_empty() -> None:
    assert [bar.share for bar in bars([("甲", 0), ("乙", 0)])] == [0, 0]
    assert bars([]) == []


def test_bar_below_nothing_is_a_defect() -> None:
    with pytest.raises(ValueError, match="shorter"):
        bars([("甲", -1)])


def links(count: int, number: int) -> list[tuple[str, str, bool]]:
    page = Paginator(range(count), 10).page(number)
    return [(link.label, link.url, link.current) for link in page_links(page, lambda n: f"page/{n}/").links]


def test_links_leave_out_what_is_far_and_keep_both_ends() -> None:
    assert links(200, 10) == [
        ("1", "page/1/", False),
        ("…", "", False),
        ("8", "page/8/", False),
        ("9", "page/9/", False),
        ("10", "page/10/", True),
        ("11", "page/11/", False),
        ("12", "page/12/", False),
        ("…", "", False),
        ("20", "page/20/", False),
    ]


@pytest.mark.parametrize(
    ("count", "number", "summary", "previous", "following"),
    [
        (0, 1, "共 0 条", "", ""),
        (7, 1, "共 7 条", "", ""),
        (25, 1, "第 1 至 10 条，共 25 条", "", "page/2/"),
        (25, 3, "第 21 至 25 条，共 25 条", "page/2/", ""),
    ],
)
def test_pages_count_in_words(count: int, number: int, summary: str, previous: str, following: str) -> None:
    shown = page_links(Paginator(range(count), 10).page(number), lambda n: f"page/{n}/")
    assert (shown.summary, shown.previous, shown.next) == (summary, previous, following)


def test_refusals_show_sentence_and_basis_and_nothing_for_none() -> None:
    shown = render_to_string("ui/components/refusals.html", {"refusals": [Refusal("x", "请先脱敏。", "第十五条")]})
    assert "请先脱敏。" in shown
    assert "依据：第十五条" in shown
    assert render_to_string("ui/components/refusals.html", {"refusals": []}).strip() == ""


def test_meta_escapes_values_and_keeps_marked_ones() -> None:
    rows = [MetaRow("文号", "<12>"), MetaRow("状态", mark_safe("<b>有效</b>")), MetaRow("数", 0)]
    shown = Template("{% meta rows %}").render(Context({"rows": rows}))
    assert "&lt;12&gt;" in shown
    assert "<b>有效</b>" in shown
    assert "<dd>0</dd>" in shown


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("字\x00节", "字节"),
        (mark_safe("<a href='x'>甲 &amp;\n 乙</a>"), "甲 & 乙"),
        ("a<b", "a<b"),
        (True, "是"),
        (None, None),
        (AT_NIGHT, dt.datetime(2017, 5, 19, 0, 30)),  # noqa: DTZ001  # cells of a workbook know no zone
        (Decimal("12.50"), Decimal("12.50")),
    ],
)
def test_cell_holds_plain_values(value: object, written: object) -> None:
    assert exports.plain(value) == written


@pytest.mark.parametrize(
    ("title", "name"), [("2017年:申请/答复", "2017年-申请-答复"), ("", "Sheet1"), ("长" * 40, "长" * 31)]
)
def test_sheet_name_is_one_that_excel_takes(title: str, name: str) -> None:
    assert exports.sheet_name(title) == name
