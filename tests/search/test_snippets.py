from __future__ import annotations

from gongkai.search.folding import fold
from gongkai.search.snippets import LENGTH, marked, snippet


def test_marked_keeps_the_original_writing() -> None:
    text = "政府信息公開條例與《條例》"
    assert marked(text, fold(text), ["条例"]) == [
        ("政府信息公開", False),
        ("條例", True),
        ("與《", False),
        ("條例", True),
        ("》", False),
    ]


def test_marked_joins_matches_that_touch_or_overlap() -> None:
    assert marked("公开公开公开", "公开公开公开", ["公开公", "开公开"]) == [("公开公开公开", True)]
    assert marked("政府信息公开", "政府信息公开", ["信息", "政府"]) == [("政府信息", True), ("公开", False)]


def test_snippet_stands_around_the_first_match() -> None:
    text = "前" * 500 + "危房改造" + "后" * 500
    parts = snippet(text, fold(text), ["危房改造"])
    assert parts[0] == ("…", False)
    assert parts[1] == ("前" * 30, False)
    assert parts[2] == ("危房改造", True)
    assert parts[-1] == ("…", False)
    assert sum(len(part) for part, _ in parts) == LENGTH + 2


def test_snippet_shows_the_beginning_when_no_term_stands_in_the_text() -> None:
    assert snippet("一段\n\n 正文", fold("一段\n\n 正文"), ["标题"]) == [("一段 正文", False)]
    assert snippet("", "", ["标题"]) == []


def test_snippet_holds_a_whole_long_match() -> None:
    text = "甲" * 40 + "乙" * 200 + "丙" * 40
    parts = snippet(text, fold(text), ["乙" * 200])
    assert ("乙" * 200, True) in parts


def test_snippet_does_not_cross_from_a_part_of_the_text_into_another() -> None:
    text = "正文说到危房改造。\f示房保发〔2026〕9号\f附件写明危房名单"
    folded = fold(text)
    assert snippet(text, folded, ["改造"]) == [("正文说到危房", False), ("改造", True), ("。", False)]
    assert snippet(text, folded, fold("发〔2026〕9").split()) == [
        ("示房保", False),
        ("发〔2026〕9", True),
        ("号", False),
    ]
    assert snippet(text, folded, ["名单"]) == [("附件写明危房", False), ("名单", True)]
    assert snippet(text, folded, ["标题"]) == [("正文说到危房改造。", False)]
