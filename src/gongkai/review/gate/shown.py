"""The gate as its page shows it to one officer: findings by part, marks in the text, what this officer may do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongkai.accounts.models import Account
from gongkai.agencies.permissions import agency_ids_of
from gongkai.review.content import Subject, adapter
from gongkai.review.gate.masking import may_mask_files
from gongkai.review.gate.overrides import (
    BASES,
    CONFIRMING_ROLES,
    EVERY,
    grounds_for,
    refusals_to_ask,
    refusals_to_confirm,
)
from gongkai.review.gate.parts import ATTACHMENT, BODY, TITLE
from gongkai.review.gate.results import Examination, PartResult, examine, words_of
from gongkai.review.looking import Found
from gongkai.review.models import Ground, Override, OverrideState, PublishedFinding
from gongkai.rules.refusals import Refusal
from gongkai.screening import DEFAULT, MASKABLE, Kind, safe_text
from gongkai.screening.highlighting import highlight

ON_ITEM = 8  # findings of a part that the item's own page lists; the page of the gate has them all
_TONES = {"block": "late", "unreadable": "late", "warn": "soon", "clean": "ok"}


@dataclass(frozen=True)
class FindingRow:
    """A finding with what may be done about it: `state` is open, asked, passed or empty for one that does not block."""

    found: Found
    value: str
    state: str

    @property
    def tone(self) -> str:
        """The tone of its tag."""
        if self.state == "passed":
            return "ok"
        return {"block": "late", "warn": "soon"}.get(self.found.severity, "quiet")


@dataclass(frozen=True)
class PartRow:
    """A part with its findings; `more` are those that this page does not list."""

    part: PartResult
    rows: Sequence[FindingRow]
    more: int
    sha256: str = ""

    @property
    def open_count(self) -> int:
        """How many of its findings block and were not asked for."""
        return sum(row.state == "open" for row in self.rows)

    @property
    def whole(self) -> str:
        """What stands for all of them in the form."""
        return f"{self.part.digest}:{EVERY}"

    @property
    def tone(self) -> str:
        """The tone of its verdict."""
        return _TONES[self.part.open_verdict] if self.part.known else "quiet"


@dataclass(frozen=True)
class AskedRow:
    """What an officer asked to let pass, with its findings and why this officer may not decide it."""

    override: Override
    refusals: Sequence[Refusal]
    basis: str


class Shown:
    """The gate of one object for one account; `most` is how many findings of each part are listed."""

    def __init__(self, subject: Subject, object_key: str, account: Account, *, most: int | None = ON_ITEM) -> None:
        self.subject = subject
        self.kind = subject.content.kind
        self.key = object_key
        self.account = account
        self.most = most
        self.digest = subject.content.digest
        self.examination: Examination = examine(subject.content, subject.agency, object_key)

    @property
    def url(self) -> str:
        """The page of the gate."""
        return reverse("review:gate", args=[self.kind, self.key])

    @property
    def tone(self) -> str:
        """The tone of the verdict."""
        return _TONES[self.examination.verdict]

    @cached_property
    def parts(self) -> list[PartRow]:
        """The parts in which something was found or that were not read, in order."""
        return [self._part(part) for part in self.examination.parts if part.findings or not part.known]

    @cached_property
    def looked_at(self) -> str:
        """What was looked at, in words."""
        return "、".join(part.label for part in self.examination.parts)

    @cached_property
    def asked(self) -> list[AskedRow]:
        """What waits for a second officer."""
        return [
            AskedRow(override, refusals_to_confirm(self.account, override), BASES.get(override.ground, ""))
            for override in self._overrides
            if override.state == OverrideState.ASKED
        ]

    @cached_property
    def decided(self) -> list[Override]:
        """What was decided, newest first."""
        return [override for override in self._overrides if override.state != OverrideState.ASKED]

    @cached_property
    def _overrides(self) -> list[Override]:
        rows = Override.objects.filter(object_kind=self.kind, object_key=self.key)
        return list(rows.select_related("agency", "asked_by", "decided_by", "drafter").prefetch_related("findings"))

    @cached_property
    def may_ask(self) -> bool:
        """Whether there is something this officer may ask to let pass."""
        open_ = any(row.state == "open" for part in self.parts for row in part.rows)
        return open_ and not refusals_to_ask(self.account, self.subject.agency)

    @cached_property
    def grounds(self) -> list[tuple[str, str]]:
        """The grounds that fit some finding that is open, with the law that names them."""
        fitting = {
            ground for part in self.examination.parts for found in part.blocking for ground in grounds_for(found.kind)
        }
        return [
            (ground.value, f"{ground.label}（{BASES[ground]}）" if ground in BASES else str(ground.label))
            for ground in Ground
            if ground in fitting
        ]

    @cached_property
    def may_mask_text(self) -> bool:
        """Whether this officer may cover numbers in title and body by one click."""
        masked = DEFAULT.masking.kinds
        return (
            self.subject.may_revise
            and adapter(self.kind).revise is not None
            and any(
                found.blocks and Kind(found.kind) in masked
                for part in self.examination.parts
                if part.role in (TITLE, BODY)
                for found in part.findings
            )
        )

    @cached_property
    def waiting_public(self) -> PublishedFinding | None:
        """The office's matter on this object, where it is public already."""
        return PublishedFinding.objects.filter(object_kind=self.kind, object_key=self.key, settled_at=None).first()

    @cached_property
    def title(self) -> SafeString | str:
        """The title with marks, empty when nothing in it is marked."""
        return self._marked(TITLE, escape(self.subject.content.title, quote=False))

    @cached_property
    def body(self) -> SafeString | str:
        """The body with marks, empty when nothing in it is marked."""
        return self._marked(BODY, self.subject.content.body)

    def _marked(self, role: str, source: str) -> SafeString | str:
        part = next(part for part in self.examination.parts if part.role == role)
        if not any(found.severity in ("block", "warn") for found in part.findings):
            return ""
        words = words_of({self.subject.agency.pk})[self.subject.agency.pk]
        marked = highlight(source, words=words.as_list(), severities=words.by_form())
        # The markup is that of the source, which was cleaned when it was stored; all words are escaped.
        return mark_safe(marked)  # noqa: S308

    def _part(self, part: PartResult) -> PartRow:
        listed = part.findings[: self.most] if self.most is not None else part.findings
        rows = [FindingRow(found, f"{part.digest}:{found.key}", _state(part, found)) for found in listed]
        maskable = (
            part.role == ATTACHMENT
            and part.type in MASKABLE
            and bool(part.blocking)
            and self.subject.may_revise
            and may_mask_files(self.kind)
        )
        return PartRow(part, rows, len(part.findings) - len(listed), part.digest if maskable else "")


def _state(part: PartResult, found: Found) -> str:
    """What became of a finding; empty for one that does not block."""
    if not found.blocks:
        return ""
    if found.key in part.passed:
        return "passed"
    return "asked" if found.key in part.asked else "open"


def shown_to(account: Account, object_kind: str, object_key: str, *, most: int | None = ON_ITEM) -> Shown | None:
    """The gate of an object for those who work on it; none for everybody else."""
    ask = adapter(object_kind).subject
    subject = ask(object_key, account) if ask is not None else None
    return Shown(subject, object_key, account, most=most) if subject is not None else None


def title_of(account: Account, override: Override) -> str:
    """The title of what an override is about, with the numbers of persons in it covered."""
    ask = adapter(override.object_kind).subject
    subject = ask(override.object_key, account) if ask is not None else None
    return safe_text(subject.content.title) if subject is not None else ""


def overrides_to_confirm(account: Account) -> list[Override]:
    """What other officers asked to let pass and this one may decide, the oldest first."""
    waiting = Override.objects.filter(
        state=OverrideState.ASKED, agency_id__in=agency_ids_of(account, CONFIRMING_ROLES)
    ).exclude(asked_by=account)
    rows = waiting.select_related("agency", "asked_by", "drafter").order_by("asked_at")
    return [override for override in rows if not refusals_to_confirm(account, override)]
