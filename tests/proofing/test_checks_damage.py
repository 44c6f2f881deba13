"""Whatever is missing from a report, the checks answer; they never fail."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.proofing.check import check, compare, compare_years
from gongkai.proofing.reading import read_text
from tests.proofing.corpus import DRAFTS
from tests.proofing.rendering import write


@lru_cache(maxsize=3)
def lines_of(format: str) -> tuple[str, ...]:
    with TemporaryDirectory() as folder:
        return tuple(write(DRAFTS[format](), "txt", Path(folder)).read_text(encoding="utf-8").splitlines())


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(DRAFTS)), st.randoms(use_true_random=False), st.floats(min_value=0.1, max_value=1))
def test_report_with_lines_lost_or_shuffled_is_checked(format: str, random: object, share: float) -> None:
    lines = list(lines_of(format))
    kept = [line for line in lines if random.random() < share]  # type: ignore[attr-defined]
    if share < 0.4:
        random.shuffle(kept)  # type: ignore[attr-defined]
    report = read_text("\n".join(kept))
    whole = read_text("\n".join(lines))
    found = [*check(report), *compare_years(whole, report), *compare([report, whole])]
    assert all(finding.check.startswith("CK-") and finding.message.endswith("。") for finding in found)


@pytest.mark.parametrize("text", ["", "\n\n", "示例", "一、", "一、总体情况", "|||", "2023年", "（一）（二）（三）"])
def test_nearly_nothing_is_checked(text: str) -> None:
    assert all(finding.message for finding in check(read_text(text)))


@pytest.mark.parametrize("length", [100_000])
def test_long_paragraph_takes_bounded_time(length: int) -> None:
    text = "示例县民政局2023年政府信息公开工作年度报告\n一、总体情况\n" + "主动公开政府信息工作稳步推进，（一）" * (
        length // 18
    )
    assert check(read_text(text))
