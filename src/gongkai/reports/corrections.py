"""What was corrected after a report became public: the signed text stays, the reader is told which numbers stand now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from gongkai.figures import derived, snapshots
from gongkai.periods.frozen import Change
from gongkai.reports import edits
from gongkai.reports.drafting import Figure, figure_codes
from gongkai.reports.models import AnnualReport
from gongkai.reports.outlines import TOKEN, Outline, outline_for


@dataclass(frozen=True)
class Correction:
    """The printed figures that stand otherwise since the last confirmed correction, and its day."""

    on: dt.date
    changes: Sequence[Change]


def correction_of(report: AnnualReport) -> Correction | None:
    """What the public page says of a report whose year was corrected after it went out; none as long as it stands.

    Figures that ordinary work moves are told beside others and are no correction by themselves.
    """
    latest = snapshots.latest(report.agency, report.year)
    outline = outline_for(report.year)
    if latest is None or outline is None or latest.snapshot.number == 1:
        return None
    printed = _printed_codes(report, outline)
    changes = [
        Change(code, figure["name"], report.figures[code], now)
        for code, figure in latest.data["figures"].items()
        if code in printed and (now := Figure.printed(figure["value"], derived.unit_of(code))) != report.figures[code]
    ]
    if all(change.code in snapshots.MOVING for change in changes):
        return None
    return Correction(timezone.localdate(latest.snapshot.taken_at), changes)


def _printed_codes(report: AnnualReport, outline: Outline) -> frozenset[str]:
    """The rows of the table, and the figures that a sentence may name."""
    texts = [text for sentence in outline.sentences() for text in sentence.texts]
    texts += [edit.text for edit in edits.edits_of(report.edits).values()]
    named = {code for text in texts for code in TOKEN.findall(text)}
    rows = figure_codes(outline) - derived.CODES
    return (rows | named) & frozenset(report.figures)
