"""Clean reports of other hands: nothing in them is called an error or a warning, whatever the file and the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.proofing.batch import Checked, check_files
from tests.proofing import rendering
from tests.proofing.furniture import TOPS, furnished
from tests.proofing.styles import STYLES


def checked(path: Path) -> Checked:
    (file,) = check_files([path]).files
    assert file.report is not None, file.failure
    assert file.report.unread == ()
    return file


def wrong(file: Checked) -> list[tuple[str, str, str]]:
    """Errors, warnings, and rows of a table that were not read."""
    return [
        (each.check, each.message, each.quote)
        for each in file.findings
        if each.severity in ("error", "warning") or each.check == "CK-LABEL"
    ]


@pytest.mark.parametrize("kind", ["docx", "txt", "xlsx", "pdf"])
@pytest.mark.parametrize("style", STYLES)
def test_a_clean_report_is_left_alone(style: str, kind: str, tmp_path: Path) -> None:
    draft = STYLES[style]()
    file = checked(rendering.write(draft, kind, tmp_path, "a"))
    assert wrong(file) == []
    assert (file.report.agency, file.report.year, file.report.format) == (draft.agency, draft.year, draft.format)


@pytest.mark.parametrize("page", range(len(TOPS)))
@pytest.mark.parametrize("style", STYLES)
def test_a_clean_report_inside_a_web_page_is_left_alone(style: str, page: int, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(furnished(STYLES[style](), page), encoding="utf-8")
    assert wrong(checked(path)) == []
