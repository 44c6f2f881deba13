"""Examine a content: stored results by hash, new looks where there are none, and what two officers let pass."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.files import slots, storage
from gongkai.files.door import LIMITS, Received
from gongkai.files.storage import NotStored
from gongkai.review.content import Content
from gongkai.review.gate.parts import ATTACHMENT, Part, file_part, parts_of
from gongkai.review.looking import Found, Look, Words, fingerprint, look, look_at
from gongkai.review.models import OverriddenFinding, OverrideState, Screening, Verdict, Word
from gongkai.rules.refusals import Refusal, require
from gongkai.screening import Kind, OutOfTime

_ORDER = (Verdict.CLEAN, Verdict.WARN, Verdict.BLOCK, Verdict.UNREADABLE)
BEGIN_SECONDS = 20.0  # after that no further file is begun in one call: an officer waits for the page
REMEMBER_SECONDS = 10.0  # for a file that the door has read already
_BATCH = 2_000  # variables of one statement
_SECRECY = "保守国家秘密法（2024年修订）；政府信息公开条例（国务院令第711号）第十四条"
_PRIVACY = "政府信息公开条例（国务院令第711号）第十五条；个人信息保护法第二十五条"
_INTERNAL = "政府信息公开条例（国务院令第711号）第十六条"
_BASES = {Kind.SECRECY_MARK: _SECRECY, Kind.INTERNAL_MARK: _INTERNAL, Kind.WORD_LIST: "", Kind.UNREADABLE: ""}

Key = tuple[str, str]
"""Names a finding: the hash of its part and its key in it."""


@dataclass(frozen=True)
class PartResult:
    """What was found in one part. `known` is false when the part is an attachment that was not looked at yet."""

    role: str
    label: str
    digest: str
    verdict: str
    findings: tuple[Found, ...]
    passed: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    type: str = ""
    known: bool = True

    @cached_property
    def blocking(self) -> tuple[Found, ...]:
        """The findings that stop publication and were not let pass."""
        return tuple(found for found in self.findings if found.blocks and found.key not in self.passed)

    @property
    def warning(self) -> tuple[Found, ...]:
        """The findings that want a look."""
        return tuple(found for found in self.findings if found.severity == "warn")

    @property
    def open_verdict(self) -> str:
        """The verdict with what was let pass taken out."""
        if self.verdict in (Verdict.BLOCK, Verdict.UNREADABLE) and not self.blocking:
            return Verdict.WARN
        return self.verdict

    @property
    def verdict_label(self) -> str:
        """The verdict in words."""
        return str(Verdict(self.open_verdict).label)


@dataclass(frozen=True)
class Examination:
    """What was found in a content, part by part, and why it may not be published."""

    digest: str
    parts: tuple[PartResult, ...]
    refusals: tuple[Refusal, ...] = field(default=())

    @property
    def verdict(self) -> str:
        """The worst verdict of its parts, with what was let pass taken out."""
        return max((part.open_verdict for part in self.parts), key=lambda each: _ORDER.index(Verdict(each)))

    @property
    def verdict_label(self) -> str:
        """The verdict in words."""
        return str(Verdict(self.verdict).label)

    @property
    def known(self) -> bool:
        """Whether every part was looked at."""
        return all(part.known for part in self.parts)

    @property
    def blocking_count(self) -> int:
        """How many findings stop publication."""
        return sum(found.count for part in self.parts for found in part.blocking)

    @property
    def warning_count(self) -> int:
        """How many findings want a look."""
        return sum(found.count for part in self.parts for found in part.warning)


def examine(content: Content, agency: Agency, object_key: str = "") -> Examination:
    """Look through a content, or say what is known of it; cheap when nothing changed.

    `object_key` names the object: what two officers let pass counts for that object alone. Without it nothing passes.
    """
    return examine_many([(agency, object_key, content)])[0]


def refusals_of_gate(content: Content, agency: Agency, object_key: str = "") -> list[Refusal]:
    """Why the content may not become public: findings that block and were not let pass by two officers.

    Asked inside the transaction that publishes: no file is read, one that was not looked at is a refusal. See
    `look_before`.
    """
    return list(examine_many([(agency, object_key, content)], attachments=False)[0].refusals)


def examine_many(rows: Sequence[tuple[Agency, str, Content]], *, attachments: bool = True) -> list[Examination]:
    """Examine contents of (agency, object key, content) together, in a few statements.

    Without `attachments` those that were not looked at yet are left for later: their part is not `known`. So are
    those that this call has no time for, and those for which no place for reading became free: see `BEGIN_SECONDS`.
    """
    words = words_of({agency.pk for agency, _key, _content in rows})
    prints = {agency_id: fingerprint(listed) for agency_id, listed in words.items()}
    taken = [(agency.pk, parts_of(content)) for agency, _key, content in rows]
    wanted = {_address(part, prints[agency_id]): (part, agency_id) for agency_id, parts in taken for part in parts}
    looks = stored(wanted)
    until = time.monotonic() + BEGIN_SECONDS
    texts: dict[Address, Look] = {}
    for address, (part, agency_id) in wanted.items():
        if address in looks:
            continue
        if part.role != ATTACHMENT:
            texts[address] = look(part.data(), part.name, words[agency_id])
        elif attachments and time.monotonic() < until:
            looks |= _look_at_file(address, part, words[agency_id])
    keep(texts)
    looks |= texts
    letting = _overrides({(content.kind, key) for _agency, key, content in rows if key})
    return [
        _examination(content, parts, prints[agency_id], looks, letting.get((content.kind, key), {}))
        for (_agency, key, content), (agency_id, parts) in zip(rows, taken, strict=True)
    ]


def remember(files: Sequence[Received], agency: Agency) -> None:
    """Keep what is to be said of files that just came in at the door, so that none is read again for the item's page.

    Called outside the transaction that takes them over.
    """
    words = words_of({agency.pk})[agency.pk]
    print_ = fingerprint(words)
    looks = {}
    for file in files:
        if file.document is not None:
            part = file_part(file.stored.digest, file.name)
            with suppress(OutOfTime):  # then it is looked at when its page is opened
                until = time.monotonic() + REMEMBER_SECONDS
                told = look_at(replace(file.document, name=part.name), part.name, words, until)
                looks[_address(part, print_)] = told
    keep(looks)


def look_before(content: Content, agency: Agency) -> None:
    """Look at what is about to become public, before the transaction that publishes it and holds everybody else up.

    The bytes of every attachment are compared with their hash, and what was not looked at under today's rules and
    words is looked at now. In that transaction `refusals_of_gate` then asks for what is kept alone. Raises
    `ActRefused` where an attachment is gone or altered.
    """
    refusals = []
    for part in parts_of(content):
        if part.role == ATTACHMENT:
            try:
                storage.opened(part.digest).close()
            except NotStored:
                told = _("%(part)s不在存储中，或者已被改动，与审核通过的不一致，不能发布。请退回起草人重新上传。")
                refusals.append(Refusal("file_altered", told % {"part": part.label}))
    require(refusals)
    examine(content, agency)


def words_of(agency_ids: Collection[int]) -> dict[int, Words]:
    """The word lists of agencies, by agency id."""
    rows: dict[int, list[tuple[str, str]]] = {agency_id: [] for agency_id in agency_ids}
    for agency_id, text, severity in Word.objects.filter(agency_id__in=agency_ids).values_list(
        "agency_id", "form", "severity"
    ):
        rows[agency_id].append((text, severity))
    return {agency_id: Words.of(words) for agency_id, words in rows.items()}


Address = tuple[str, str, str]
"""Where a result is kept: hash, extension, fingerprint."""


def _address(part: Part, print_: str) -> Address:
    return part.digest, part.extension, print_


def stored(addresses: Iterable[Address]) -> dict[Address, Look]:
    """The results that are kept, by address."""
    asked = set(addresses)
    found: dict[Address, Look] = {}
    for batch in _batches(sorted({digest for digest, _e, _p in asked})):
        rows = Screening.objects.filter(digest__in=batch, fingerprint__in={each[2] for each in asked})
        for row in rows.iterator(chunk_size=_BATCH):
            address = (row.digest, row.extension, row.fingerprint)
            if address in asked:
                found[address] = Look(row.type, row.verdict, tuple(Found(**told) for told in row.findings))
    return found


def keep(looks: dict[Address, Look]) -> None:
    """Keep results; one that somebody else kept meanwhile is the same."""
    Screening.objects.bulk_create(
        [
            Screening(
                digest=digest,
                extension=extension,
                fingerprint=print_,
                type=found.type,
                verdict=found.verdict,
                findings=[each.as_json() for each in found.findings],
            )
            for (digest, extension, print_), found in looks.items()
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


def _look_at_file(address: Address, part: Part, words: Words) -> dict[Address, Look]:
    """Look at a file and keep the result at once; nothing where no place for reading became free."""
    with slots.taken() as is_taken:
        if not is_taken:
            return {}
        try:
            data = part.data()
        except NotStored:
            return {address: _missing()}
        found = {address: look(data, part.name, words, LIMITS)}
    keep(found)
    return found


def _missing() -> Look:
    """What is said of a file whose bytes are not to be had; not kept, for they may come back."""
    note = "文件不在存储中，或者已损坏。请重新上传。"
    return Look("", str(Verdict.UNREADABLE), (Found(str(Kind.UNREADABLE), "block", "body", "", note),))


def _overrides(objects: set[tuple[str, str]]) -> dict[tuple[str, str], dict[Key, str]]:
    """What was let pass, or asked for, by object: the state by the name of the finding."""
    letting: dict[tuple[str, str], dict[Key, str]] = defaultdict(dict)
    keys = sorted({key for _kind, key in objects})
    for batch in _batches(keys):
        rows = OverriddenFinding.objects.filter(
            override__object_key__in=batch, override__state__in=[OverrideState.ASKED, OverrideState.CONFIRMED]
        ).values_list("override__object_kind", "override__object_key", "part_digest", "key", "override__state")
        for kind, key, digest, found, state in rows:
            known = letting[kind, key]
            if known.get((digest, found)) != OverrideState.CONFIRMED:
                known[digest, found] = state
    return {each: found for each, found in letting.items() if each in objects}


def _examination(
    content: Content, parts: Sequence[Part], print_: str, looks: dict[Address, Look], letting: dict[Key, str]
) -> Examination:
    results = [_result(part, looks.get(_address(part, print_)), letting) for part in parts]
    refusals = [refusal for result in results for refusal in _refusals(result)]
    return Examination(content.digest, tuple(results), tuple(refusals))


def _result(part: Part, found: Look | None, letting: dict[Key, str]) -> PartResult:
    if found is None:
        return PartResult(part.role, part.label, part.digest, str(Verdict.UNREADABLE), (), known=False)
    states = {each.key: letting.get((part.digest, each.key)) for each in found.findings if each.blocks}
    return PartResult(
        role=part.role,
        label=part.label,
        digest=part.digest,
        verdict=found.verdict,
        findings=found.findings,
        passed=frozenset(key for key, state in states.items() if state == OverrideState.CONFIRMED),
        asked=frozenset(key for key, state in states.items() if state == OverrideState.ASKED),
        type=found.type,
    )


def _refusals(result: PartResult) -> list[Refusal]:
    """One sentence for each kind of finding that blocks in a part."""
    if not result.known:
        return [Refusal("not_screened", _("%(part)s还没有检查。请打开发布前检查。") % {"part": result.label})]
    counts: Counter[str] = Counter()
    notes: dict[str, str] = {}
    for found in result.blocking:
        counts[found.kind] += found.count
        notes.setdefault(found.kind, found.note)
    refusals = []
    for kind, count in counts.items():
        if kind == Kind.UNREADABLE:
            told = _("%(part)s没有读成，等于没有检查：%(note)s不能更换的，逐页看过后写明情况，请另一人确认放行。")
        else:
            told = _(
                "%(part)s里有%(kind)s（%(count)d处），不能公开。请遮盖或者更换；依法可以公开的，写明依据，请另一人确认放行。"
            )
        name = next(found.label for found in result.blocking if found.kind == kind)
        sentence = told % {"part": result.label, "kind": name, "count": count, "note": _ended(notes[kind])}
        refusals.append(Refusal(f"gate_{kind}", sentence, _BASES.get(Kind(kind), _PRIVACY)))
    return refusals


def _ended(note: str) -> str:
    return note if note.endswith(("。", "！", "？")) else f"{note}。"


def _batches(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    """Keys in pieces that fit into one statement."""
    for start in range(0, len(keys), _BATCH):
        yield keys[start : start + _BATCH]
