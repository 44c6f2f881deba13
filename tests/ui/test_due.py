"""What is left of a limit: working days in words, and a colour that only underlines them."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.ui.components import due

FRIDAY = dt.date(2017, 9, 29)  # Saturday 30 September was a working day; 1 to 8 October were off


@pytest.mark.parametrize(
    ("on", "words", "tone"),
    [
        (dt.date(2017, 10, 24), "还有13个工作日", "ok"),
        (dt.date(2017, 10, 11), "还有4个工作日", "ok"),
        (dt.date(2017, 10, 10), "还有3个工作日", "soon"),
        (dt.date(2017, 9, 30), "还有1个工作日", "soon"),
        (FRIDAY, "今天到期", "soon"),
        (dt.date(2017, 9, 28), "逾期1个工作日", "late"),
        (dt.date(2017, 9, 22), "逾期5个工作日", "late"),
        (dt.date(2099, 1, 5), "1月5日到期", ""),
    ],
)
def test_words_and_tone_of_a_limit(on: dt.date, words: str, tone: str) -> None:
    said = due(on, FRIDAY)
    assert (said.words, said.tone) == (words, tone)


def test_a_limit_that_ended_before_days_off_is_over() -> None:
    assert due(dt.date(2017, 9, 30), dt.date(2017, 10, 3)).words == "已过期限"
    assert due(dt.date(2017, 10, 5), dt.date(2017, 10, 2)).words == "期限内已没有工作日"
