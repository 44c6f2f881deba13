"""Look again through everything that is public, under the rules of today, and hand the office what is found."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.audit.acts import append
from gongkai.audit.models import Event
from gongkai.files.storage import NotStored
from gongkai.review import events
from gongkai.review.content import Content, Public, read_copies, registered
from gongkai.review.gate.parts import ATTACHMENT, Part, parts_of
from gongkai.review.gate.results import Address, Examination, PartResult, examine, examine_many, keep, stored, words_of
from gongkai.review.looking import Found, Look, Words, fingerprint, look_for_another, look_many
from gongkai.review.models import PublishedFinding, Verdict
from gongkai.screening import Kind, safe_text

BATCH = 100  # objects whose results are kept together: an interruption loses no more
_BUNDLE = 25  # texts that a process is handed at once
_WORTH_PROCESSES = 60  # parts below which starting other processes takes longer than looking


@dataclass(frozen=True)
class Answer:
    """What is said of one public part in which something was found."""

    address: str
    part: PartResult

    @property
    def path(self) -> str:
        """Where it is public: the page with the name of the part, or the page with the label of the file."""
        return f"{self.address}#{self.part.role if self.part.role != ATTACHMENT else self.part.label}"

    def as_json(self) -> dict[str, Any]:
        """As the command line's contract has a file; `overridden` marks what two officers let pass."""
        return {
            "path": self.path,
            "sha256": self.part.digest,
            "type": self.part.type,
            "verdict": str(self.part.open_verdict),
            "findings": [
                found.as_contract() | ({"overridden": True} if found.key in self.part.passed else {})
                for found in self.part.findings
            ],
        }


def everything_public() -> list[tuple[str, Public]]:
    """All objects that everyone may read now, with their kind."""
    return [
        (kind, each)
        for kind, adapter in sorted(registered().items())
        if adapter.public is not None
        for each in adapter.public()
    ]


def rescan(
    rows: Sequence[tuple[str, Public]], *, at: dt.datetime, step: Callable[[int], None] = lambda _done: None
) -> Iterator[Answer]:
    """Look through public objects by batches, on all cores; give the parts in which something was found.

    What is kept under today's rules and words is not looked at again, so that an interrupted run goes on where it
    was. After each batch the office's matters are opened and settled; `step` is told how many objects are done.
    """
    workers = _Workers()
    try:
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            yield from _look_through(batch, workers, at)
            step(len(batch))
    finally:
        workers.close()


def settle(content: Content, agency: Agency, object_key: str, *, at: dt.datetime) -> None:
    """Settle the office's matter on a public object when nothing in it blocks any more."""
    waiting = _waiting(content.kind, object_key)
    if waiting is not None and not examine(content, agency, object_key).refusals:
        _settle(waiting, "已由两人确认放行", at)


def on_withdrawn(event: Event) -> None:
    """Settle the office's matter on an object that was taken back; runs after the withdrawal is stored."""
    with transaction.atomic():
        waiting = _waiting(event.object_kind, event.object_key)
        if waiting is not None:
            _settle(waiting, "已撤回", timezone.now())


def _waiting(object_kind: str, object_key: str) -> PublishedFinding | None:
    rows = PublishedFinding.objects.select_for_update(of=("self",)).select_related("agency")
    return rows.filter(object_kind=object_kind, object_key=object_key, settled_at=None).first()


def _look_through(batch: Sequence[tuple[str, Public]], workers: _Workers, at: dt.datetime) -> Iterator[Answer]:
    copies = read_copies(public.digest for _kind, public in batch)
    there = [(kind, public, copies[public.digest]) for kind, public in batch if public.digest in copies]
    words = words_of({public.agency.pk for _kind, public, _content in there})
    prints = {agency_id: fingerprint(listed) for agency_id, listed in words.items()}
    wanted: dict[Address, tuple[Part, Words]] = {
        (part.digest, part.extension, prints[public.agency.pk]): (part, words[public.agency.pk])
        for _kind, public, content in there
        for part in parts_of(content)
    }
    known = stored(wanted)
    keep(workers.look({address: told for address, told in wanted.items() if address not in known}))
    examined = examine_many([(public.agency, public.key, content) for _kind, public, content in there])
    with transaction.atomic():
        for (kind, public, _content), examination in zip(there, examined, strict=True):
            _hand_over(kind, public, examination.digest, examination.blocking_count, at)
        for kind, public in batch:
            if public.digest not in copies:
                _hand_over(kind, public, public.digest, 1, at)
    for (_kind, public, _content), examination in zip(there, examined, strict=True):
        yield from _answers(public, examination)
    for _kind, public in batch:
        if public.digest not in copies:
            yield Answer(public.address, _lost(public))


def _answers(public: Public, examination: Examination) -> Iterator[Answer]:
    for part in examination.parts:
        if part.findings:
            yield Answer(public.address, part)


def _lost(public: Public) -> PartResult:
    """What is said of an object whose approved copy is gone or altered."""
    note = "公开的版本缺失，或者与审核通过的不一致。请立即核查。"
    found = Found(str(Kind.UNREADABLE), "block", "body", "", note)
    return PartResult("body", "正文", public.digest, str(Verdict.UNREADABLE), (found,))


def _hand_over(kind: str, public: Public, digest: str, count: int, at: dt.datetime) -> None:
    """Open, restate or settle the office's matter on an object."""
    waiting = _waiting(kind, public.key)
    if waiting is not None and not count:
        _settle(waiting, "复查没有再发现", at)
    elif waiting is not None and (waiting.count, waiting.content_digest) != (count, digest):
        waiting.count, waiting.content_digest = count, digest
        waiting.save(update_fields=["count", "content_digest"])
    elif waiting is None and count:
        PublishedFinding.objects.create(
            agency=public.agency,
            object_kind=kind,
            object_key=public.key,
            title=safe_text(public.title),
            content_digest=digest,
            count=count,
            found_at=at,
        )
        told = events.FoundInPublic(digest=digest, count=count)
        append(told, agency_code=public.agency.code, object_kind=kind, object_key=public.key, by=None, at=at)


def _settle(waiting: PublishedFinding, how: str, at: dt.datetime) -> None:
    waiting.settled_at, waiting.settled_how = at, how
    waiting.save(update_fields=["settled_at", "settled_how"])
    append(
        events.FoundSettled(how=how),
        agency_code=waiting.agency.code,
        object_kind=waiting.object_kind,
        object_key=waiting.object_key,
        by=None,
        at=at,
    )


Task = list[tuple[bytes, str, Words]]


class _Workers:
    """Processes that look, one for each core; started when there is enough to look at."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._count = os.cpu_count() or 1

    def look(self, parts: dict[Address, tuple[Part, Words]]) -> dict[Address, Look]:
        """Look at parts; a file whose bytes are not to be had is left out."""
        bundles = self._bundles(parts)
        if self._pool is None and (self._count == 1 or len(parts) < _WORTH_PROCESSES):
            return {
                address: found
                for addresses in bundles
                for address, found in zip(*self._here(addresses, parts), strict=True)
            }
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._count, mp_context=get_context("spawn"), initializer=look_for_another)
        looks: dict[Address, Look] = {}
        running: dict[Future[list[Look]], list[Address]] = {}
        for addresses in bundles:
            had, task = _task(addresses, parts)
            running[self._pool.submit(look_many, task)] = had
            if len(running) > 2 * self._count:  # what waits is held in memory
                _gather(running, looks, all_=False)
        _gather(running, looks, all_=True)
        return looks

    def close(self) -> None:
        """End the processes; what was not begun is left."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    @staticmethod
    def _bundles(parts: dict[Address, tuple[Part, Words]]) -> list[list[Address]]:
        """Texts by the dozen, each file alone."""
        texts = [address for address, (part, _words) in parts.items() if part.role != ATTACHMENT]
        files = [[address] for address, (part, _words) in parts.items() if part.role == ATTACHMENT]
        return files + [texts[start : start + _BUNDLE] for start in range(0, len(texts), _BUNDLE)]

    @staticmethod
    def _here(
        addresses: Sequence[Address], parts: dict[Address, tuple[Part, Words]]
    ) -> tuple[list[Address], list[Look]]:
        had, task = _task(addresses, parts)
        return had, look_many(task)


def _task(addresses: Sequence[Address], parts: dict[Address, tuple[Part, Words]]) -> tuple[list[Address], Task]:
    had: list[Address] = []
    task: Task = []
    for address in addresses:
        part, words = parts[address]
        try:
            task.append((part.data(), part.name, words))
        except NotStored:
            continue
        had.append(address)
    return had, task


def _gather(running: dict[Future[list[Look]], list[Address]], looks: dict[Address, Look], *, all_: bool) -> None:
    """Take over what is done: everything, or what comes first."""
    while running:
        done, _rest = wait(running, return_when=FIRST_COMPLETED)
        for each in done:
            looks.update(zip(running.pop(each), each.result(), strict=True))
        if not all_:
            return
