"""The five files of a report. The same report gives the same bytes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from gongkai.reports.drafting import Report
from gongkai.reports.layouts.data import as_html, as_json, as_json_text

# In the order in which the files are named on the command line; `gongkai.reports.layouts.render` makes all of them.
NAMES = ("report.docx", "report.pdf", "report.xlsx", "report.html", "report.json")
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
}

__all__ = ["MEDIA_TYPES", "NAMES", "as_html", "as_json", "as_json_text", "render", "render_one", "write"]


def render_one(report: Report, kind: str) -> bytes:
    """One file of a report by its extension. Raises `KeyError` for another extension."""
    # The writers load large libraries: a page that shows a report must not pay for them.
    if kind == "docx":
        from gongkai.reports.layouts.letter import as_docx

        return as_docx(report)
    if kind == "pdf":
        from gongkai.reports.layouts.pdf import as_pdf

        return as_pdf(report)
    if kind == "xlsx":
        from gongkai.reports.layouts.workbook import as_xlsx

        return as_xlsx(report)
    texts = {"html": as_html, "json": as_json_text}
    return texts[kind](report).encode("utf-8")


def render(report: Report) -> dict[str, bytes]:
    """All five files of a report by name."""
    return {name: render_one(report, name.rpartition(".")[2]) for name in NAMES}


def write(report: Report, folder: Path) -> list[Path]:
    """Write the five files into a folder, which is made where it is missing; give their paths.

    All or nothing: files that were there are replaced when every new one is written, and stay when that fails.
    Raises `OSError` for a folder that cannot be written.
    """
    contents = render(report)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".report-", dir=folder) as name:
        made, kept = Path(name) / "new", Path(name) / "old"
        made.mkdir()
        kept.mkdir()
        for file, data in contents.items():
            (made / file).write_bytes(data)
        _exchange(contents, folder, made, kept)
    return [folder / file for file in contents]


def _exchange(names: Mapping[str, bytes], folder: Path, made: Path, kept: Path) -> None:
    """Move the new files into the folder; put back what was there when one cannot be moved."""
    moved: list[str] = []
    try:
        for name in names:
            target = folder / name
            if target.exists():
                os.replace(target, kept / name)
            moved.append(name)
            os.replace(made / name, target)
    except OSError:
        for name in moved:
            if (kept / name).exists():
                os.replace(kept / name, folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
        raise
