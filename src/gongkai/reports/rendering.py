"""An office's report: drafted from figures with its own words, and what of it is read, hashed and approved."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from html.parser import HTMLParser

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from gongkai import documents
from gongkai.documents import Document
from gongkai.proofing.check import check
from gongkai.proofing.findings import Finding
from gongkai.proofing.reading import read_document
from gongkai.proofing.report import ReadFailure
from gongkai.reports import edits
from gongkai.reports.drafting import Figure, Part, Report, draft
from gongkai.reports.layouts import as_html, as_json_text
from gongkai.reports.models import AnnualReport
from gongkai.review.content import Content

OBJECT_KIND = "reports.report"
# What is stored, signed and offered to the public beside the page itself.
SIGNED_KINDS = ("docx", "pdf", "xlsx")


def drafted(report: AnnualReport) -> Report:
    """The report as it would be rendered now: figures of now, the office's own words. Raises `ReportRefused`."""
    kept = edits.edits_of(report.edits)

    def words(key: str, figures: Mapping[str, Figure]) -> tuple[Part, ...] | None:
        return edits.parts_of(kept[key].text, figures) if key in kept else None

    return draft(report.agency, report.year, words, report.dated_on)


def digest_of(rendered: Report) -> str:
    """The SHA-256 of everything that a draft says: what an officer saw is what is submitted."""
    return hashlib.sha256(as_json_text(rendered).encode()).hexdigest()


def body_of(rendered: Report) -> str:
    """The text and table as a piece of HTML; every word of it is escaped."""
    return render_to_string("reports/body.html", {"report": rendered})


def content_of(report: AnnualReport) -> Content:
    """What of a rendered report is read and approved: its text and the files, exactly as stored."""
    return Content(
        kind=OBJECT_KIND,
        title=report.title,
        body=report.body,
        metadata={
            "year": report.year,
            "outline": report.outline,
            "dated_on": report.dated_on.isoformat() if report.dated_on else "",
            "proofing": list(report.proofing),
        },
        attachments=tuple(report.files),
    )


def fields_of(key: str, content: Content) -> list[tuple[str, str]]:
    """What a person reads in the content of a report: Chinese label and value."""
    data = content.metadata
    return [
        (_("标题"), content.title),
        (_("年度"), str(data["year"])),
        (_("落款日期"), data["dated_on"]),
        (_("正文和统计表"), to_lines(content.body)),
        (_("校对提示"), "\n".join(data["proofing"])),
        (_("文件"), "\n".join(f"{file['name']} {file['sha256']}" for file in content.attachments)),
    ]


def to_lines(body: str) -> str:
    """The text of a body, a line for each paragraph and row."""
    reader = _Lines()
    reader.feed(body)
    return "\n".join(line for line in (" ".join(line.split()) for line in "".join(reader.found).split("\n")) if line)


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_row = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "h2", "tr", "br"):
            self.found.append("\n")
        if tag == "td":
            self.found.append(" ")

    def handle_data(self, data: str) -> None:
        self.found.append(data.replace("\n", " "))


def findings_of(rendered: Report) -> list[Finding]:
    """What proof-reading finds in a draft, the graver first; nothing where it cannot be read."""
    document = documents.read(as_html(rendered).encode(), name="report.html")
    if not isinstance(document, Document):
        return []
    read = read_document(document, "report.html")
    return [] if isinstance(read, ReadFailure) else check(read)


def unsettled(report: AnnualReport, rendered: Report, figures: Mapping[str, Figure]) -> list[tuple[str, edits.Unbound]]:
    """The numbers of the office's own words that no figure gives and that were not explained, with their paragraph."""
    return [
        (key, number)
        for key, edit in edits.edits_of(report.edits).items()
        for number in edits.unbound(edit.text, figures, edit.explained)
        if not number.explanation
    ]
