"""What the printed sheets say: contents in brief, the steps with what was said, hashes that a person can compare."""

from __future__ import annotations

import html
import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import nh3
import segno
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gongkai.review.chains import ROUNDS
from gongkai.review.content import Content, adapter, parse
from gongkai.review.gate import examine
from gongkai.review.models import Approval, ApprovalSheet, Decision, Opinion, SecrecyResult, SheetEntry, StepKind
from gongkai.review.permissions import Step, steps_of

LETTERS_OF_A_PAGE = 22 * 28  # lines and letters of a page in the layout of GB/T 9704-2012
SHORT = 18  # letters that fit beside another fact
_FINDINGS_SHOWN = 8
_ELEMENTS = set("p h2 h3 h4 ul ol li blockquote strong em br a table caption colgroup col thead tbody tr th td".split())
_BREAK = re.compile(r"</(?:p|h\d|li|tr|table)>|<br\s*/?>", re.IGNORECASE)


def grouped(digest: str) -> list[str]:
    """A hash in groups of four digits, so that it can be read out."""
    return [digest[place : place + 4] for place in range(0, len(digest), 4)]


def qr_code(text: str) -> bytes:
    """A QR code as an SVG picture, dark on white with its quiet margin."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=2, light="#fff", xmldecl=False, omitsize=True)
    return out.getvalue()


@dataclass(frozen=True)
class Brief:
    """A content in brief: what it is called, how long it is, what hangs on it, what was found in it, its hash."""

    approval: Approval
    content: Content
    place: int
    facts: Sequence[tuple[str, str]]
    letters: int
    pages: int
    findings: Sequence[str]
    verdict: str
    digest: str
    is_present: bool
    voided: str = ""

    @property
    def groups(self) -> list[str]:
        """The hash in groups of four."""
        return grouped(self.digest)

    @property
    def body(self) -> SafeString:
        """The text as it is printed: its headings, lists and tables, cleaned once more; addresses of links are kept."""
        kept = nh3.clean(self.content.body, tags=_ELEMENTS, clean_content_tags={"script", "style"})
        return mark_safe(kept)  # noqa: S308 - cleaned in the line above

    @property
    def fact_rows(self) -> list[list[tuple[str, str]]]:
        """The facts two in a row; a long one alone."""
        rows: list[list[tuple[str, str]]] = []
        for label, value in self.facts:
            long = len(value) > SHORT
            if rows and not long and len(rows[-1]) == 1 and len(rows[-1][0][1]) <= SHORT:
                rows[-1].append((label, value))
            else:
                rows.append([(label, value)])
        return rows

    @property
    def attachments(self) -> list[dict[str, object]]:
        """The attachments with name, size in bytes and the hash in groups."""
        return [
            {
                "name": one.get("name", ""),
                "size": int(one["size"]) if str(one.get("size", "")).isdigit() else None,
                "groups": grouped(one.get("sha256", "")),
            }
            for one in self.content.attachments
        ]


@dataclass(frozen=True)
class StepRow:
    """A step with the opinion on the content that is printed; a blank place where there is none."""

    step: Step
    opinion: Opinion | None
    results: Sequence[tuple[str, bool]]
    rounds: str

    @property
    def says_more(self) -> bool:
        """Whether the words of the opinion leave open what was decided: 同意 is not printed before 同意，请……."""
        opinion = self.opinion
        return opinion is not None and not opinion.text.startswith(str(opinion.get_decision_display()))

    @property
    def name(self) -> str:
        """Who gave the opinion; a deputy with whom it stood for."""
        return signed_name(self.opinion) if self.opinion is not None else ""


def signed_name(opinion: Opinion) -> str:
    """The name under an opinion; a deputy's in the place of the one it stood for: 示例戊（由示例丁代）."""
    if not opinion.on_behalf_of:
        return opinion.name
    return _("%(principal)s（由%(name)s代）") % {"principal": opinion.on_behalf_of, "name": opinion.name}


def brief_of(approval: Approval, *, place: int = 1, entry: SheetEntry | None = None) -> Brief:
    """An approval's content in brief: as printed on an entry of a sheet, else as it is now."""
    copy = entry.content if entry is not None else approval.content
    content = parse(copy.canonical)
    fields = adapter(approval.object_kind).fields(approval.object_key, content)
    text = plain(content.body)
    letters = len("".join(text.split()))
    examination = examine(content, approval.agency, approval.object_key)
    found = [
        f"{part.label}：{finding.label}（{finding.masked}）" if finding.masked else f"{part.label}：{finding.label}"
        for part in examination.parts
        for finding in (*part.blocking, *part.warning)
    ]
    return Brief(
        approval=approval,
        content=content,
        place=place,
        facts=[(label, value) for label, value in fields[1:] if value and "\n" not in value and value != text],
        letters=letters,
        pages=max(1, math.ceil(letters / LETTERS_OF_A_PAGE)),
        findings=found[:_FINDINGS_SHOWN]
        + (
            [_("另有%(count)d处，见系统") % {"count": len(found) - _FINDINGS_SHOWN}]
            if len(found) > _FINDINGS_SHOWN
            else []
        ),
        verdict=examination.verdict_label if examination.known else _("附件尚未检查"),
        digest=copy.pk,
        is_present=copy.pk == approval.content_id,
        voided=entry.void_reason if entry is not None and entry.voided_at is not None else "",
    )


def plain(body: str) -> str:
    """The text of a body without its tags, a line for each paragraph, heading, item and row."""
    rows = re.sub(r"</p>(?=\s*</t[dh]>)", "", body)
    text = html.unescape(strip_tags(_BREAK.sub("\n", rows).replace("</td>", "\u3000").replace("</th>", "\u3000")))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def briefs_of(sheet: ApprovalSheet) -> list[Brief]:
    """What stands on a sheet, in its order."""
    entries = sheet.entries.select_related("approval__agency", "approval__department", "approval__drafter", "content")
    return [brief_of(entry.approval, place=entry.place, entry=entry) for entry in entries]


def step_rows(approval: Approval, digest: str) -> list[StepRow]:
    """The steps of an approval with the last opinion of each on the content with this digest."""
    given: dict[int, Opinion] = {}
    for opinion in approval.opinions.filter(content_id=digest).select_related("sheet", "entered_by").order_by("pk"):
        if opinion.decision != Decision.SUBMIT:
            given[opinion.position] = opinion
    return [_row(step, given.get(step.position)) for step in steps_of(approval)]


def _row(step: Step, opinion: Opinion | None) -> StepRow:
    said = opinion.secrecy if opinion is not None else ""
    results = [(str(label), value == said) for value, label in SecrecyResult.choices] if step.checks_secrecy else []
    return StepRow(step, opinion, results, "、".join(str(ROUNDS[number]) for number in step.rounds))


def submission_of(approval: Approval) -> Opinion | None:
    """With which words, post and time the content was put into its chain."""
    return approval.opinions.filter(decision=Decision.SUBMIT).order_by("pk").first()


def common_rows(sheet: ApprovalSheet) -> list[StepRow]:
    """The steps to sign on a sheet; what was said is filled in where it was said on every content of it."""
    entries = list(sheet.entries.select_related("approval"))
    rows = [step_rows(entry.approval, entry.content_id) for entry in entries if entry.voided_at is None]
    if not rows:
        return [_row(step, None) for step in steps_of(entries[0].approval)] if entries else []
    together = []
    for same_step in zip(*rows, strict=True):
        opinions = [row.opinion for row in same_step if row.opinion is not None]
        said = {(one.name, one.decision, one.text, one.secrecy, one.on_paper, one.signed_on) for one in opinions}
        agreed = len(opinions) == len(same_step) and len(said) == 1
        together.append(_row(same_step[0].step, opinions[0] if agreed else None))
    return [row for row in together if row.step.kind != StepKind.RELEASE]


@dataclass(frozen=True)
class RoundRow:
    """One of 三审三校: what it is called, and the steps that stand for it."""

    label: str
    rows: Sequence[StepRow]


def round_rows(approval: Approval) -> list[RoundRow]:
    """The three reviews and proof-readings with the steps that the chain gives them; a blank row for one it lacks."""
    rows = step_rows(approval, approval.content_id)
    return [
        RoundRow(str(label), [row for row in rows if number in row.step.rounds]) for number, label in ROUNDS.items()
    ]
