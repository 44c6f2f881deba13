"""A report as PDF: archival (PDF/A-2a) and tagged, set by Typst with the fonts of `gongkai.documents.fonts`.

The words go in as data, never as markup.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any, Final

import typst

from gongkai.documents import fonts
from gongkai.reports.drafting import Report
from gongkai.reports.layouts.printed import printed

STANDARD: Final = "a-2a"  # archival, tagged, every character with its code


def as_pdf(report: Report) -> bytes:
    """The report on A4 in the layout of GB/T 9704-2012."""
    return compiled("report.typ", printed(report))


def compiled(template: str, data: dict[str, Any]) -> bytes:
    """A template of this package, set with some data."""
    source = (files("gongkai.reports") / "data" / template).read_bytes()
    made = _compiler().compile(
        input=source,
        format="pdf",
        sys_inputs={"report": json.dumps(data, ensure_ascii=False)},
        pdf_standards=[STANDARD],
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


@cache
def _compiler() -> typst.Compiler:
    """The compiler with our fonts, which are read once."""
    ours = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)])
    return typst.Compiler(font_paths=ours, ignore_system_fonts=True)
