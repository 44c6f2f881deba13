"""What happened to a record and to those that hang on it."""

from __future__ import annotations

from django.db.models import Q

from gongkai.audit.acts import TimelineEntry
from gongkai.audit.events import sentence
from gongkai.audit.models import Event
from gongkai.periods.records.kinds import kind_of, linked_to
from gongkai.periods.records.models import Record

SHOWN = 200


def history_of(record: Record) -> list[TimelineEntry]:
    """The last events of a record and of the records that hang on it, oldest first, as people read them."""
    of = Q(object_kind=kind_of(type(record)).object_kind, object_key=str(record.uid))
    for kind, link in linked_to(type(record)):
        if kind.parent == link:
            uids = kind.model._default_manager.filter(**{link: record}).order_by("-pk").values_list("uid", flat=True)
            of |= Q(object_kind=kind.object_kind, object_key__in=[str(uid) for uid in uids[:SHOWN]])
    events = Event.objects.filter(of).select_related("by").order_by("-at", "-pk")[:SHOWN]
    return [
        TimelineEntry(event.at, event.by.name if event.by else "命令行", sentence(event.kind, event.data))
        for event in reversed(events)
    ]
