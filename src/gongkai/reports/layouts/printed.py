"""What a printed report says, line by line: the one description that DOCX and PDF are set from."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from gongkai.figures.registers import State
from gongkai.reports.drafting import BLANK, FigurePart, Paragraph, Report


def printed(report: Report) -> dict[str, Any]:
    """Title, paragraphs, signature, table and notes as plain values."""
    return {
        "title": report.title,
        "title_lines": title_lines(report.title_pieces),
        "agency": report.agency.name,
        "date": chinese_day(report),
        "made_on": dict(zip(("year", "month", "day"), made_on(report).timetuple()[:3], strict=True)),
        "mark": _("示例") if report.agency.is_sample else "",
        "preface": _paragraph(report.preface),
        "sections": [
            {
                "heading": f"{section.ordinal}、{section.heading}",
                "paragraphs": [_paragraph(paragraph) for paragraph in section.paragraphs],
            }
            for section in report.sections
        ],
        "table": {
            "name": report.table.name,
            "unit_line": [f"{_('填报单位：')}{report.agency.name}", f"{report.year}{_('年度')}"],
            "head": [_("统计指标"), _("单位"), _("统计数")],
            "rows": [
                {
                    "label": row.indicator.label,
                    "unit": row.indicator.unit,
                    "value": BLANK if row.state is State.BLANK else row.text,
                    "level": row.indicator.level,
                    "is_head": row.state is State.HEADING or row.indicator.level == 0,
                }
                for row in report.table.rows
            ],
        },
        "notes": report.note_lines,
    }


def title_lines(pieces: tuple[str, ...]) -> list[str]:
    """The title on two lines, the agency's name first: what belongs together is not torn apart."""
    return [pieces[0], "".join(pieces[1:])] if len(pieces) > 1 else list(pieces)


def made_on(report: Report) -> dt.date:
    """The day that a file's properties tell: the one under the signature, else the last of the period.

    The moment of making would differ with each making.
    """
    return report.dated_on or dt.date(report.year, 12, 31)


def chinese_day(report: Report) -> str:
    """The day under the signature; empty before the report is signed."""
    on = report.dated_on
    return f"{on.year}年{on.month}月{on.day}日" if on else ""


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    return {
        "lead": f"{paragraph.ordinal}{paragraph.lead}" if paragraph.lead else "",
        "parts": [
            {"text": part.text, "is_number": isinstance(part, FigurePart)} for part in paragraph.parts if part.text
        ],
    }
