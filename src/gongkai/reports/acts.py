"""From the first draft of a report to its publication."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import holdings_of
from gongkai.audit.acts import append
from gongkai.audit.events import EventData
from gongkai.figures import acts as figures
from gongkai.figures import snapshots
from gongkai.files import storage
from gongkai.periods.models import FROZEN_STATES, Period
from gongkai.reports import edits, events
from gongkai.reports.drafting import figures_of
from gongkai.reports.index import put_report
from gongkai.reports.layouts import MEDIA_TYPES, render_one
from gongkai.reports.models import AnnualReport, ReportState
from gongkai.reports.outlines import outline_for
from gongkai.reports.permissions import (
    WRITING_ROLES,
    refusals_of_text,
    refusals_to_begin,
    refusals_to_edit,
    refusals_to_submit,
)
from gongkai.reports.rendering import (
    OBJECT_KIND,
    SIGNED_KINDS,
    body_of,
    content_of,
    digest_of,
    drafted,
    findings_of,
    unsettled,
)
from gongkai.review import acts as review
from gongkai.review.chains import StepPlan
from gongkai.review.content import Content
from gongkai.review.gate import look_before
from gongkai.review.models import Approval, Chain
from gongkai.review.runs import the_run
from gongkai.rules.refusals import ActRefused, Refusal, require
from gongkai.ui.exports import without_controls

ITEMS = "publishing.item"  # the kind whose chain serves where an agency set none for reports


@transaction.atomic
def begin_report(*, agency: Agency, year: int, by: Account, at: dt.datetime) -> AnnualReport:
    """Begin the report of an agency on a year whose outline is built."""
    require(refusals_to_begin(by, agency, year, timezone.localdate(at)))
    outline = outline_for(year)
    assert outline is not None  # noqa: S101  # refused
    report = AnnualReport.objects.create(agency=agency, year=year, outline=outline.id, drafter=by, begun_at=at)
    _tell(report, events.ReportBegun(year=year), by, at)
    return report


@transaction.atomic
def edit_paragraph(
    *,
    report: AnnualReport,
    key: str,
    typed: str,
    choices: Mapping[int, str],
    explained: Mapping[str, str],
    by: Account,
    at: dt.datetime,
    opened: str | None = None,
) -> edits.Edit:
    """Put the office's own words in a paragraph.

    `typed` is plain text; a number that the paragraph had from a figure stays bound to it. `choices` bind further
    numbers by their place among the unbound ones, `explained` says of a number where it comes from. `opened` is the mark
    (`edits.mark_of`) of the paragraph that the officer opened; where somebody changed it since, the act is refused.
    """
    report, typed = _locked(report), without_controls(typed)
    require(refusals_to_edit(by, report) + refusals_of_text(typed, list(explained.values())))
    now = drafted(report)
    before = {paragraph.key: paragraph for paragraph in now.paragraphs()}
    if key not in editable_keys(report):
        raise ActRefused([Refusal("no_paragraph", "没有这一段。请刷新页面。")])
    known = figures_of(report.agency, report.year)
    had = before[key].parts if key in before else ()
    if opened is not None and opened != edits.mark_of(had):
        raise ActRefused([Refusal("content_changed", "您打开之后别人改了这一段。您写的还在，请对照后再保存。")])
    text = edits.bind(edits.bound(typed, had, known), choices, known)
    said = {number: why.strip() for number, why in explained.items() if why.strip()}
    left = {one.number for one in edits.unbound(text, known, said)}
    edit = edits.Edit(text, {number: why for number, why in said.items() if number in left})
    said_text = "".join(part.text for part in edits.parts_of(text, known))
    report.edits = {**report.edits, key: edit.as_json()}
    report.save(update_fields=["edits"])
    _tell(report, events.ParagraphEdited(key=key, said=said_text, text=text, before=edits.with_tokens(had)), by, at)
    return edit


@transaction.atomic
def reset_paragraph(*, report: AnnualReport, key: str, by: Account, at: dt.datetime) -> None:
    """Set a paragraph back to what the figures say; one that was not edited stays as it is."""
    report = _locked(report)
    require(refusals_to_edit(by, report))
    if key not in report.edits:
        return
    before = report.edits[key]["text"]
    said = "".join(part.text for part in edits.parts_of(before, figures_of(report.agency, report.year)))
    report.edits = {other: edit for other, edit in report.edits.items() if other != key}
    report.save(update_fields=["edits"])
    _tell(report, events.ParagraphReset(key=key, said=said, before=before), by, at)


@transaction.atomic
def date_report(*, report: AnnualReport, on: dt.date, by: Account, at: dt.datetime) -> None:
    """Set the day under the signature: after the year, not in the far future."""
    report = _locked(report)
    refusals = refusals_to_edit(by, report)
    if not dt.date(report.year + 1, 1, 1) <= on <= timezone.localdate(at) + dt.timedelta(days=60):
        refusals.append(Refusal("date_out_of_range", "落款日期应在年度结束以后，最迟是今天起60日内。"))
    require(refusals)
    report.dated_on = on
    report.save(update_fields=["dated_on"])
    _tell(report, events.ReportDated(on=on.isoformat()), by, at)


@transaction.atomic
def submit_report(*, report: AnnualReport, digest: str, by: Account, at: dt.datetime) -> Approval:
    """Render the report once, store the files, and put exactly these bytes into the agency's chain.

    `digest` is that of the draft that the officer saw (`rendering.digest_of`); another one is refused.
    """
    report = _locked(report)
    rendered = drafted(report)
    known = figures_of(report.agency, report.year)
    refusals = refusals_to_submit(by, report, [one.number for _key, one in unsettled(report, rendered, known)])
    if digest != digest_of(rendered):
        refusals.append(Refusal("content_changed", "您打开之后报告有改动，或者数字有变动。请重新打开，读过后再送审。"))
    require(refusals)
    report.title, report.body = rendered.title, body_of(rendered)
    report.figures = {code: figure.text for code, figure in known.items()}
    report.proofing = [finding.message for finding in findings_of(rendered) if finding.severity == "error"]
    report.files = [_stored(kind, render_one(rendered, kind)) for kind in SIGNED_KINDS]
    report.state = ReportState.IN_REVIEW
    report.save(update_fields=["title", "body", "figures", "proofing", "files", "state"])
    _ensure_chain(report.agency, at)
    holding = holdings_of(by).filter(post__agency=report.agency, post__role__in=WRITING_ROLES).first()
    told = events.ReportRendered(said="、".join(file["name"] for file in report.files), files=report.files)
    _tell(report, told, by, at)
    return _into_chain(report, by, at, holding.post.title if holding else "")


def _into_chain(report: AnnualReport, by: Account, at: dt.datetime, post_title: str) -> Approval:
    """Begin the run of the chain, for the drafter's department.

    A report is drafted by the office for the whole agency: where nobody answers for its own department in some step,
    the first department of the agency that has everybody takes it. Raises `ActRefused` when none has.
    """
    own = getattr(getattr(by, "officer", None), "department", None)
    others = report.agency.departments.exclude(pk=own.pk) if own else report.agency.departments.all()
    first_refused: ActRefused | None = None
    for department in [own, *others]:
        try:
            return review.submit(
                agency=report.agency,
                department=department,
                object_kind=OBJECT_KIND,
                object_key=str(report.uid),
                content=content_of(report),
                by=by,
                at=at,
                post_title=post_title,
            )
        except ActRefused as refused:
            if any(refusal.code != "step_vacant" for refusal in refused.refusals):
                raise
            first_refused = first_refused or refused
    raise first_refused or ActRefused([])


@transaction.atomic
def agree(
    *, report: AnnualReport, digest: str, by: Account, at: dt.datetime, text: str = "", secrecy: str = ""
) -> Approval:
    """Agree at the current step to the files and text with this digest."""
    approval = the_run(OBJECT_KIND, _locked(report).uid)
    return review.agree(approval=approval, digest=digest, text=text, secrecy=secrecy, by=by, at=at)


@transaction.atomic
def return_report(
    *, report: AnnualReport, digest: str, text: str, by: Account, at: dt.datetime, secrecy: str = ""
) -> Approval:
    """Send the report back to the office, with the reason; it is a draft again and follows the figures."""
    report = _locked(report)
    approval = review.send_back(
        approval=the_run(OBJECT_KIND, report.uid), digest=digest, text=text, secrecy=secrecy, by=by, at=at
    )
    make_draft(str(report.uid))
    return approval


@transaction.atomic
def recall_report(*, report: AnnualReport, reason: str, by: Account, at: dt.datetime) -> Approval:
    """Take the report out of its chain as its drafter, with the reason."""
    report = _locked(report)
    approval = review.recall(approval=the_run(OBJECT_KIND, report.uid), text=reason, by=by, at=at)
    make_draft(str(report.uid))
    return approval


def release_report(*, report: AnnualReport, digest: str, by: Account, at: dt.datetime) -> AnnualReport:
    """Publish the approved report: the stored text and files become public, and its year is frozen with them.

    Refused when a figure is no longer what the signed report prints. Files are read before the transaction.
    """
    look_before(content_of(report), report.agency)
    return _release(report=report, digest=digest, by=by, at=at)


@transaction.atomic
def _release(*, report: AnnualReport, digest: str, by: Account, at: dt.datetime) -> AnnualReport:
    report = _locked(report)
    approval = the_run(OBJECT_KIND, report.uid)
    if content_of(report).digest != approval.content_id:
        raise ActRefused([Refusal("content_changed", "内容与审核通过的不一致，不能发布。请退回重新送审。")])
    require(_refusals_of_figures(report))
    review.release(approval=approval, digest=digest, by=by, at=at)
    report.state = ReportState.PUBLISHED
    report.published_on, report.published_digest = timezone.localdate(at), digest
    report.save(update_fields=["state", "published_on", "published_digest"])
    put_report(report)
    _tell(report, events.ReportPublished(published_on=report.published_on.isoformat(), digest=digest), by, at)
    frozen = Period.objects.filter(agency=report.agency, year=report.year, state__in=FROZEN_STATES)
    if not frozen.exists():
        figures.freeze(agency=report.agency, year=report.year, by=by, at=at, by_publication=True)
    return report


def editable_keys(report: AnnualReport) -> frozenset[str]:
    """The keys of paragraphs that the office may write: those of the outline, and one of its own in each section."""
    outline = outline_for(report.year)
    if outline is None:
        return frozenset()
    keys = {"0.0"}
    for number, section in enumerate(outline.sections, start=1):
        keys |= {f"{number}.{place}" for place in range(1, len(section.paragraphs) + 1)} | {f"{number}.own"}
    return frozenset(keys)


def lock_content(key: str) -> Content:
    """Lock the report with this uid until the end of the transaction; give its content."""
    return content_of(AnnualReport.objects.select_for_update(of=("self",)).select_related("agency").get(uid=key))


def make_draft(key: str) -> None:
    """Make the report with this uid a draft again; what was rendered goes, the frozen copy and the files stay."""
    AnnualReport.objects.filter(uid=key, state=ReportState.IN_REVIEW).update(
        state=ReportState.DRAFTED, title="", body="", files=[], figures={}, proofing=[]
    )


def _refusals_of_figures(report: AnnualReport) -> list[Refusal]:
    """Why a signed report may not go out: a figure that it was rendered with is another now."""
    now = figures_of(report.agency, report.year)
    changed = [
        f"「{now[code].name}」由{text}变为{now[code].text}"
        for code, text in report.figures.items()
        if code in now and code not in snapshots.MOVING and now[code].text != text
    ]
    if not changed:
        return []
    sentence = f"送审以后数字有变动：{'，'.join(changed[:5])}。请退回起草人，重新生成后送审。"
    return [Refusal("figures_changed", sentence)]


def _ensure_chain(agency: Agency, at: dt.datetime) -> None:
    """Give an agency that set no chain for reports the one that it set for items."""
    if Chain.objects.filter(agency=agency, object_kind=OBJECT_KIND).exists():
        return
    chain = Chain.objects.filter(agency=agency, object_kind=ITEMS).prefetch_related("steps").first()
    if chain is not None:
        steps = [
            StepPlan(step.kind, step.label, tuple(step.roles), step.checks_secrecy, tuple(step.rounds))
            for step in chain.steps.all()
        ]
        review.define_chain(agency=agency, object_kind=OBJECT_KIND, name=chain.name, steps=steps, by=None, at=at)


def _stored(kind: str, data: bytes) -> dict[str, str]:
    """A file, kept; as a content names it."""
    stored = storage.store(data, extension=kind)
    return {
        "name": f"report.{kind}",
        "sha256": stored.digest,
        "size": str(stored.size),
        "type": MEDIA_TYPES[kind],
    }


def _locked(report: AnnualReport) -> AnnualReport:
    return AnnualReport.objects.select_for_update(of=("self",)).select_related("agency").get(pk=report.pk)


def _tell(report: AnnualReport, data: EventData, by: Account, at: dt.datetime) -> None:
    append(
        data,
        agency_code=report.agency.code,
        object_kind=OBJECT_KIND,
        object_key=str(report.uid),
        by=by,
        at=at,
    )
