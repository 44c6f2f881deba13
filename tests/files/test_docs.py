"""What may be uploaded is documented."""

from __future__ import annotations

import re
from pathlib import Path

from gongkai.documents.sniffing import EXPECTED
from gongkai.files.types import TYPES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "file-types.md"


def test_the_page_lists_what_may_be_uploaded():
    part = PAGE.read_text(encoding="utf-8").partition("## 可以上传的类型")[2].partition("## ")[0]
    assert re.findall(r"`(\w+)`", part) == list(TYPES)


def test_every_type_that_comes_in_can_be_told_by_its_bytes():
    assert [extension for extension in TYPES if extension not in EXPECTED] == []
