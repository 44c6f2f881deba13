"""Write a report as files. The same report gives the same bytes."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from gongkai.reports.drafting import Figure, FigurePart, Paragraph, Report


def write(report: Report, folder: Path) -> list[Path]:
    """Write `report.json` and `report.html` into a folder, which is made where it is missing; give their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    contents = {"report.json": as_json_text(report), "report.html": as_html(report)}
    written: list[Path] = []
    for name, text in contents.items():
        path = folder / name
        path.write_bytes(text.encode("utf-8"))
        written.append(path)
    return written


def as_json_text(report: Report) -> str:
    """The report for programs, as indented JSON."""
    return json.dumps(as_json(report), ensure_ascii=False, indent=2) + "\n"


def as_json(report: Report) -> dict[str, Any]:
    """The report for programs: each paragraph with its text and, in turn, its words and figures by code."""
    return {
        "agency": {"code": report.agency.code, "name": report.agency.name},
        "year": report.year,
        "outline": report.outline,
        "title": report.title,
        "date": report.dated_on.isoformat() if report.dated_on else None,
        "is_sample": report.agency.is_sample,
        "preface": _paragraph(report.preface),
        "sections": [
            {
                "ordinal": section.ordinal,
                "heading": section.heading,
                "paragraphs": [_paragraph(paragraph) for paragraph in section.paragraphs],
            }
            for section in report.sections
        ],
        "figures": {code: _figure(figure) for code, figure in report.figures().items()},
        "table": report.table.as_json(),
        "notes": list(report.notes),
        "warnings": list(report.warnings),
    }


def as_html(report: Report) -> str:
    """The report as one self-contained page for reading and for printing on A4."""
    return render_to_string("reports/report.html", {"report": report})


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    return {
        "ordinal": paragraph.ordinal,
        "lead": paragraph.lead,
        "text": paragraph.text,
        "parts": [
            {"figure": part.figure.code, "text": part.text} if isinstance(part, FigurePart) else {"text": part.text}
            for part in paragraph.parts
        ],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "name": figure.name,
        "unit": figure.unit,
        "value": float(figure.value) if isinstance(figure.value, Decimal) else figure.value,
        "state": figure.state.value,
        "definition": figure.definition,
    }
