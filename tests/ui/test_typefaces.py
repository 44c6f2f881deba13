"""The product's typefaces are static files; nothing else of their folder is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from gongkai.documents import fonts

SHEET = Path(fonts.FOLDER).parents[1] / "review" / "static" / "review" / "sheet.css"


def test_every_face_of_the_paper_sheets_is_found() -> None:
    wanted = re.findall(r'src: url\("\.\./(fonts/[^"]+)"\)', SHEET.read_text(encoding="utf-8"))
    assert len(wanted) == 7
    assert [Path(finders.find(path) or "").name for path in wanted] == [Path(path).name for path in wanted]


@pytest.mark.parametrize(
    "path", ["fonts/__init__.py", "fonts/README.md", "fonts/../model.py", "fonts/licences/fandol-readme.txt", "fonts/"]
)
def test_nothing_else_of_the_folder_is_found(path: str) -> None:
    assert finders.find(path) is None


def test_whoever_lists_static_files_gets_the_faces_below_their_address() -> None:
    listed = {
        f"{getattr(storage, 'prefix', '')}/{path}"
        for finder in finders.get_finders()
        for path, storage in finder.list([])
    }
    assert "fonts/FandolFang-Regular.otf" in listed
    assert not any(path.startswith("fonts/") and not path.endswith(("otf", "ttf")) for path in listed)
