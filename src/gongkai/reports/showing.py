"""What the staff page of a report shows one officer."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from gongkai.accounts.models import Account
from gongkai.proofing.findings import Finding
from gongkai.reports import edits
from gongkai.reports.acts import editable_keys
from gongkai.reports.drafting import Paragraph, Report, figures_of
from gongkai.reports.forms import DateForm, RecallForm
from gongkai.reports.models import AnnualReport, ReportState
from gongkai.reports.permissions import refusals_to_edit
from gongkai.reports.rendering import OBJECT_KIND, content_of, digest_of, drafted, findings_of, unsettled
from gongkai.review.forms import OpinionForm
from gongkai.review.gate.covering import history_of
from gongkai.review.gate.shown import shown_to
from gongkai.review.permissions import refusals_to_take_step
from gongkai.review.runs import run_context


@dataclass(frozen=True)
class Line:
    """A paragraph on the page: its place, whether it is the office's own, its findings and open numbers."""

    key: str
    paragraph: Paragraph | None
    findings: list[Finding]
    unbound: list[edits.Unbound]


@dataclass(frozen=True)
class Block:
    """A section on the page."""

    heading: str
    lines: list[Line]
    own_key: str


def visible_report(account: object, uid: uuid.UUID) -> AnnualReport:
    """The report, if the officer may see it; a foreign one is as missing as one that never was."""
    reports = AnnualReport.objects.visible_to(account).select_related("agency", "drafter")
    return get_object_or_404(reports, uid=uid)


def paragraph_of(rendered: Report, key: str) -> Paragraph | None:
    """The paragraph with a key, if it says something."""
    return next((one for one in rendered.paragraphs() if one.key == key), None)


def context_of(report: AnnualReport, account: Account, form: Form | None) -> dict[str, Any]:
    """Everything that the page needs but what the request alone knows."""
    is_draft = report.state == ReportState.DRAFTED
    rendered = drafted(report)
    content = None if is_draft else content_of(report)
    digest = digest_of(rendered) if content is None else content.digest
    run = run_context(OBJECT_KIND, report.uid, account)
    approval = run["approval"]
    may_edit = not refusals_to_edit(account, report)
    opinion = form if isinstance(form, OpinionForm) else OpinionForm()
    opinion.initial = {**getattr(opinion, "cleaned_data", {}), "digest": digest}
    if isinstance(form, OpinionForm):
        opinion = OpinionForm(initial=opinion.initial)
    context: dict[str, Any] = {
        "title": report.title or rendered.title,
        "subtitle": report.agency.name,
        "report": report,
        "is_draft": is_draft,
        "digest": digest,
        **run,
        "may": {
            "edit": may_edit,
            "step": approval is not None and not refusals_to_take_step(approval, account, digest=approval.content_id),
            "recall": approval is not None and approval.drafter_id == account.pk,
        },
        "forms": {
            "date": form if isinstance(form, DateForm) else DateForm(initial={"dated_on": report.dated_on}),
            "opinion": opinion.for_step(run["step"]),
            "recall": form if isinstance(form, RecallForm) else RecallForm(),
        },
        "timeline": history_of(OBJECT_KIND, str(report.uid)),
        "gate": None if is_draft else shown_to(account, OBJECT_KIND, str(report.uid)),
        "warnings": rendered.warnings if is_draft else (),
    }
    if is_draft:
        context |= _draft(report, rendered)
    return context


def _draft(report: AnnualReport, rendered: Report) -> dict[str, Any]:
    """The paragraphs with their findings and open numbers, and what no paragraph can be named for."""
    known = figures_of(report.agency, report.year)
    open_numbers: dict[str, list[edits.Unbound]] = {}
    for key, number in unsettled(report, rendered, known):
        open_numbers.setdefault(key, []).append(number)
    findings = findings_of(rendered)
    placed: set[int] = set()

    def line(paragraph: Paragraph) -> Line:
        own = []
        for index, finding in enumerate(findings):
            quote = finding.quote
            if index not in placed and not finding.where.table and quote and quote in paragraph.text:
                placed.add(index)
                own.append(finding)
        return Line(paragraph.key, paragraph, own, open_numbers.get(paragraph.key, []))

    preface = Block("", [line(rendered.preface)], "")
    blocks = [preface]
    for place, section in enumerate(rendered.sections, start=1):
        lines = [line(paragraph) for paragraph in section.paragraphs]
        own_key = f"{place}.own"
        has_own = any(one.key == own_key for one in lines)
        blocks.append(Block(f"{section.ordinal}、{section.heading}", lines, "" if has_own else own_key))
    return {
        "blocks": blocks,
        "findings": [finding for index, finding in enumerate(findings) if index not in placed],
        "open_count": sum(len(numbers) for numbers in open_numbers.values()),
        "error_count": sum(finding.severity == "error" for finding in findings),
        "keys": editable_keys(report),
        "table_note": _("统计表随记录变化，在「统计」里查看和核对。"),
    }
