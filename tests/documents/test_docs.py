"""The page on file types says what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongkai.documents import DEFAULT, RefusalKind
from gongkai.documents.sniffing import EXPECTED

PAGE = (Path(__file__).resolve().parents[2] / "docs/reference/file-types.md").read_text(encoding="utf-8")


def test_every_extension_is_named():
    named = set(
        re.findall(
            r"\b[a-z0-9]+\b", "\n".join(line.split("|")[2] for line in PAGE.splitlines() if line.count("|") == 4)
        )
    )
    assert set(EXPECTED) <= named


@pytest.mark.parametrize("kind", RefusalKind)
def test_every_refusal_is_named(kind):
    assert f"| `{kind}` |" in PAGE


@pytest.mark.parametrize(
    "said",
    [
        f"{DEFAULT.file_bytes // 1024**2} MB（压缩包",
        f"{DEFAULT.expanded_bytes // 1024**2} MB；大于 {DEFAULT.ratio_from // 1024**2} MB 的部分，解压后不超过原来的{DEFAULT.ratio}倍",
        f"{DEFAULT.members:,}个，嵌套{DEFAULT.depth}层",
        f"{DEFAULT.seconds:g}秒",
        f"{DEFAULT.characters // 10_000:,}万字",
        f"{DEFAULT.cells // 10_000}万个",
        f"{DEFAULT.pages:,}页",
        f"{DEFAULT.pixels / 100_000_000:g}亿像素",
        f"{DEFAULT.ocr_pages}页",
    ],
)
def test_limits_are_stated_as_they_are(said):
    assert said in PAGE
