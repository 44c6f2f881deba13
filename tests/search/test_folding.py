from __future__ import annotations

import pytest

from gongkai.search.folding import fold, storable


def test_folding_every_character_gives_one_character_that_folds_to_itself() -> None:
    # Planes 4 to 13 are empty.
    every = "".join(map(chr, [*range(0x40000), *range(0xE0000, 0xE0200), *range(0x10FFF0, 0x110000)]))
    folded = fold(every)
    assert len(folded) == len(every)
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("政府信息公開條例", "政府信息公开条例"),
        ("行政復議、答覆", "行政复议、答复"),
        ("徵收補償", "征收补偿"),
        ("示房发〔2017〕3号", "示房发[2017]3号"),
        ("示房发〔2017〕3号", "示房发［２０１７］３号"),
        ("示房发〔2017〕3号", "示房发(2017)3号"),
        ("示房发〔2017〕3号", "示房发【2017】3号"),
        ("ＷｅｉＢｏ", "weibo"),
        ("WEIBO", "Weibo"),
        ("“放管服”", '"放管服"'),
        ("2016—2017年", "2016-2017年"),
        ("⼀、总体情况", "一、总体情况"),  # a Kangxi radical, as PDF files hold it
        ("总体,情况", "总体，情况"),
    ],
)
def test_fold_makes_alike_texts_equal(written: str, typed: str) -> None:
    assert fold(written) == fold(typed)


@pytest.mark.parametrize(("one", "other"), [("住房", "住户"), ("公开", "公 开"), ("3号", "8号"), ("。", ".")])
def test_fold_keeps_different_texts_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_storable_replaces_what_no_database_stores() -> None:
    assert storable("公\x00开\ud800。𠮷") == "公�开�。𠮷"
