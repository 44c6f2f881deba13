"""Titles break between words (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.portal import titles
from gongkai.portal.templatetags.portal import between_words

CUTS = (
    ("关于公布2017年第四批公共租赁住房配租结果的通告", "关于公布|2017年|第四批|公共租赁住房|配租|结果的|通告"),
    ("《示例区物业管理办法》政策解读", "《示例区|物业管理|办法》|政策|解读"),
    ("和平小区维修资金使用情况公示", "和平|小区|维修资金|使用|情况|公示"),
    ("住房保障和房屋征收工作要点", "住房保障和|房屋征收|工作|要点"),
    ("解读：补偿怎么算", "解读：|补偿|怎么算"),
)


@pytest.mark.parametrize(("title", "cut"), CUTS, ids=[title for title, _cut in CUTS])
def test_units_of_a_title(title: str, cut: str) -> None:
    assert titles.units(title) == cut.split("|")


@given(st.text())
def test_units_joined_are_the_title(title: str) -> None:
    assert "".join(titles.units(title)) == title


@given(st.text(alphabet="关于公布《》（）的和,。住房保障2017年"))
def test_no_unit_begins_with_a_closing_mark_unless_the_title_does(title: str) -> None:
    assert not [unit for unit in titles.units(title)[1:] if unit[0] in "》),。"]


def test_between_words_escapes_the_title() -> None:
    assert between_words("通知<i>") == "通知<wbr>&lt;<wbr>i<wbr>&gt;"
