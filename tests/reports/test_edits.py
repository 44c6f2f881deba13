"""The office's own words: what was a figure stays one, what is typed anew is told."""

from __future__ import annotations

import pytest

from gongkai.figures.registers import State
from gongkai.reports import edits
from gongkai.reports.drafting import Figure, FigurePart, TextPart


def figure(code: str, value: int | None, unit: str = "件") -> Figure:
    return Figure(code, f"数{code}", unit, "", value, State.BLANK if value is None else State.COUNTED)


FIGURES = {
    one.code: one for one in (figure("1.1", 53), figure("8.4.1", 1), figure("8.4.2", 1), figure("rate", 100, "%"))
}
BEFORE = (
    TextPart("公开"), FigurePart(FIGURES["1.1"]), TextPart("条，专职"), FigurePart(FIGURES["8.4.1"]),
    TextPart("人、兼职"), FigurePart(FIGURES["8.4.2"]), TextPart("人。"),
)  # fmt: skip


def test_numbers_that_stay_keep_their_figures_in_order() -> None:
    typed = "本单位公开信息53条；专职人员1人，兼职人员1人。"
    assert edits.bound(typed, BEFORE, FIGURES) == "本单位公开信息{1.1}条；专职人员{8.4.1}人，兼职人员{8.4.2}人。"


def test_a_changed_number_is_unbound_and_offers_the_figures_of_its_value() -> None:
    text = edits.bound("公开54条，答复率100%，专职1人。", BEFORE, FIGURES)
    assert "54" in text
    assert "{8.4.1}" in text
    found = edits.unbound(text, FIGURES, {})
    assert [(one.number, [figure.code for figure in one.candidates]) for one in found] == [
        ("54", []),
        ("100%", ["rate"]),
    ]


def test_a_choice_binds_only_a_figure_of_the_same_value() -> None:
    text = "公开54条，答复率100%。"
    assert edits.bind(text, {1: "rate"}, FIGURES) == "公开54条，答复率{rate}。"
    assert edits.bind(text, {0: "1.1", 7: "rate", 1: "none"}, FIGURES) == text


@pytest.mark.parametrize(
    "text",
    ["2017年1月1日起", "第2批", "《办法》（第492号）", "国发〔2016〕80号", "《2017年工作要点》", "{1.1}条", "12月31日"],
)
def test_days_and_names_of_documents_count_nothing(text: str) -> None:
    assert edits.unbound(text, FIGURES, {}) == []


def test_full_width_digits_are_numbers_too() -> None:
    assert edits.bound("公开５３条", BEFORE, FIGURES) == "公开{1.1}条"


def test_a_count_in_chinese_numerals_is_bound_or_unbound_like_any_other() -> None:
    assert edits.bound("公开五十三条，专职一人。", BEFORE, FIGURES) == "公开{1.1}条，专职一人。"
    found = edits.unbound("走访群众十二次，占百分之三十五，培训两次。", FIGURES, {})
    assert [one.number for one in found] == ["12", "35%", "2"]


@pytest.mark.parametrize("text", ["第三次会议", "一次性告知", "《二十条意见》", "四个方面", "三项制度", "百姓"])
def test_chinese_numerals_that_name_something_count_nothing(text: str) -> None:
    assert [one.number for one in edits.unbound(text, FIGURES, {})] == []


def test_what_stands_around_a_number_is_shown_as_it_is_read() -> None:
    [number] = edits.unbound("公开{1.1}条，占比35%，电子化率{rate}。", FIGURES, {})
    assert number.before.endswith("公开53条，占比")
    assert number.after == "，电子化率100%。"


def test_an_explanation_settles_a_number() -> None:
    [number] = edits.unbound("召开座谈会3次", FIGURES, {"3": "会议记录"})
    assert number.explanation == "会议记录"


def test_tokens_and_parts_are_each_other_s_reverse() -> None:
    text = edits.with_tokens(BEFORE)
    assert edits.parts_of(text, FIGURES) == BEFORE
    assert edits.parts_of("{9.9}条", FIGURES) == (TextPart("{9.9}"), TextPart("条"))
