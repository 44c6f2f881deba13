"""Append events and tell who asked to hear of them."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import connection, transaction

from gongkai.accounts.models import Account
from gongkai.audit import chain
from gongkai.audit.events import EventData, sentence
from gongkai.audit.models import ChainHead, Event

log = logging.getLogger(__name__)
Handler = Callable[[Event], None]
_handlers: dict[str, list[Handler]] = {}


@dataclass(frozen=True)
class Entry:
    """An event about to be appended to the chain of its object."""

    data: EventData
    object_key: str


@dataclass(frozen=True)
class TimelineEntry:
    """One line of an object's history as people read it."""

    at: dt.datetime
    who: str
    sentence: str


def subscribe(kind: str, handler: Handler) -> None:
    """Call an idempotent handler after the commit of every event of a kind; called from `AppConfig.ready()`."""
    _handlers.setdefault(kind, []).append(handler)


def append(
    data: EventData, *, agency_code: str, object_kind: str, object_key: str, by: Account | None, at: dt.datetime
) -> Event:
    """Append one event to the chain of an object, inside the caller's transaction."""
    entries = [Entry(data, object_key)]
    return append_many(entries, agency_code=agency_code, object_kind=object_kind, by=by, at=at)[0]


def append_many(
    entries: Sequence[Entry], *, agency_code: str, object_kind: str, by: Account | None, at: dt.datetime
) -> list[Event]:
    """Append events to the chains of many objects of one kind, in a fixed number of statements.

    Locks the heads in key order, writes the events, moves the heads, and tells the subscribers after the commit.
    Raises `RuntimeError` outside a transaction: an event and what it tells of stand or fall together.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("events are appended inside the transaction of their act")
    keys = sorted({entry.object_key for entry in entries})
    ChainHead.objects.bulk_create(
        [ChainHead(object_kind=object_kind, object_key=key) for key in keys], ignore_conflicts=True, batch_size=500
    )
    heads: dict[str, ChainHead] = {}
    for start in range(0, len(keys), 500):
        rows = ChainHead.objects.select_for_update().filter(
            object_kind=object_kind, object_key__in=keys[start : start + 500]
        )
        heads.update({head.object_key: head for head in rows.order_by("object_key")})
    events = [_link(entry, heads[entry.object_key], agency_code, object_kind, by, at) for entry in entries]
    Event.objects.bulk_create(events, batch_size=500)
    ChainHead.objects.bulk_update(heads.values(), ["length", "digest"], batch_size=200)
    for event in events:
        for handler in _handlers.get(event.kind, []):
            transaction.on_commit(partial(handler, event), robust=True)
    return events


def _link(
    entry: Entry, head: ChainHead, agency_code: str, object_kind: str, by: Account | None, at: dt.datetime
) -> Event:
    """Make the next event of a chain and move its head along."""
    event = Event(
        uid=uuid.uuid4(),
        agency_code=agency_code,
        object_kind=object_kind,
        object_key=entry.object_key,
        sequence=head.length + 1,
        kind=entry.data.kind,
        data=entry.data.as_json(),
        by=by,
        at=at,
        previous_digest=head.digest,
    )
    event.digest = chain.digest_of(event)
    head.length, head.digest = event.sequence, event.digest
    return event


def timeline(object_kind: str, object_key: str) -> list[TimelineEntry]:
    """The history of one object, oldest first."""
    events = Event.objects.filter(object_kind=object_kind, object_key=object_key).select_related("by")
    return [
        TimelineEntry(event.at, event.by.name if event.by else "命令行", sentence(event.kind, event.data))
        for event in events.order_by("sequence")
    ]
