"""A report as JSON for programs and as a page of its own."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string

from gongkai.reports.drafting import Figure, FigurePart, Paragraph, Report


def as_json_text(report: Report) -> str:
    """The report for programs, as indented JSON."""
    return json.dumps(as_json(report), ensure_ascii=False, indent=2) + "\n"


def as_json(report: Report) -> dict[str, Any]:
    """The report for programs: each paragraph with its text and, in turn, its words and figures by code.

    Each figure tells how many records it counts and the staff address at which they are listed.
    """
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
        "figures": {code: _figure(report, figure) for code, figure in report.figures().items()},
        "table": report.table.as_json()
        | {"records": {code: count for code, count in report.record_counts.items() if code in report.row_codes}},
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


def _figure(report: Report, figure: Figure) -> dict[str, Any]:
    return {
        "name": figure.name,
        "unit": figure.unit,
        "value": number(figure.value),
        "state": figure.state.value,
        "definition": figure.definition,
        "records": {
            "count": report.record_counts.get(figure.code),
            "address": f"/staff/figures/{report.agency.code}/{report.year}/{figure.code}/",
        },
    }


def number(value: int | Decimal | None) -> int | float | None:
    """A value as JSON and a workbook hold it."""
    return float(value) if isinstance(value, Decimal) else value
