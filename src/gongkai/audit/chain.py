"""The chain of an object's events: each digest covers the one before it.

SM3 (GB/T 32905-2016) comes from OpenSSL through hashlib; `audit.apps` checks at start that it is there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery

from gongkai.audit.models import ChainHead, Event


def sm3_is_available() -> bool:
    """Whether this Python's OpenSSL offers SM3."""
    return "sm3" in hashlib.algorithms_available


def digest(
    *,
    previous: str,
    uid: str,
    agency_code: str,
    object_kind: str,
    object_key: str,
    sequence: int,
    kind: str,
    data: dict[str, Any],
    by: str,
    at: dt.datetime,
) -> str:
    """The SM3 of the previous digest and an event's fields, as 64 hexadecimal digits."""
    text = json.dumps(
        [
            previous,
            uid,
            agency_code,
            object_kind,
            object_key,
            sequence,
            kind,
            data,
            by,
            at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        ],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.new("sm3", text.encode()).hexdigest()


@dataclass(frozen=True)
class Break:
    """An event that does not fit its chain."""

    object_kind: str
    object_key: str
    sequence: int
    reason: str


def check(events: Iterable[Event]) -> list[Break]:
    """Recompute the chains of events that come ordered by object and sequence; every misfit is reported.

    What is missing at the end of a chain shows only in its head: see `verify`.
    """
    breaks: list[Break] = []
    current: tuple[str, str] | None = None
    expected, previous = 0, ""
    for event in events:
        key = (event.object_kind, event.object_key)
        if key != current:
            current, expected, previous = key, 0, ""
        expected += 1
        if event.sequence != expected:
            breaks.append(Break(*key, event.sequence, f"序号应为 {expected}"))
        elif event.previous_digest != previous:
            breaks.append(Break(*key, event.sequence, "与上一条不相接"))
        elif event.digest != digest_of(event):
            breaks.append(Break(*key, event.sequence, "内容与摘要不符"))
        expected, previous = event.sequence, event.digest
    return breaks


def verify() -> list[Break]:
    """Recompute every chain and compare it with its head, so that a cut tail is found too.

    Memory is bounded by the number of breaks: events come as a stream, and the databases compare the ends. Each of
    the three statements sees one state of the database, so that acts may go on meanwhile.
    """
    breaks = check(Event.objects.order_by("object_kind", "object_key", "sequence").iterator(chunk_size=1_000))
    last = Event.objects.filter(object_kind=OuterRef("object_kind"), object_key=OuterRef("object_key")).order_by(
        "-sequence"
    )
    ends = ChainHead.objects.annotate(
        last_sequence=Subquery(last.values("sequence")[:1]), last_digest=Subquery(last.values("digest")[:1])
    )
    is_whole = Q(last_sequence=F("length"), last_digest=F("digest")) | Q(last_sequence=None, length=0, digest="")
    breaks += [
        Break(
            head.object_kind,
            head.object_key,
            head.length,
            f"应有 {head.length} 条，现存到第 {head.last_sequence or 0} 条",
        )
        for head in ends.exclude(pk__in=ends.filter(is_whole).values("pk")).order_by("pk").iterator(chunk_size=1_000)
    ]
    head = ChainHead.objects.filter(object_kind=OuterRef("object_kind"), object_key=OuterRef("object_key"))
    lost = Event.objects.filter(~Exists(head), sequence=1).order_by("object_kind", "object_key")
    breaks += [Break(event.object_kind, event.object_key, 0, "没有链头") for event in lost.iterator(chunk_size=1_000)]
    return breaks


def digest_of(event: Event) -> str:
    """The digest that a stored event ought to have."""
    return digest(
        previous=event.previous_digest,
        uid=str(event.uid),
        agency_code=event.agency_code,
        object_kind=event.object_kind,
        object_key=event.object_key,
        sequence=event.sequence,
        kind=event.kind,
        data=event.data,
        by=str(event.by_id or ""),
        at=event.at,
    )
