"""The audit chain: appended in order, never changed, and every tampering is found."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.audit import chain
from gongkai.audit.acts import Entry, append, append_many, timeline
from gongkai.audit.models import ChainHead, Event
from gongkai.periods.events import PeriodOpened

AT = dt.datetime(2018, 1, 8, 1, 30, tzinfo=dt.UTC)


def append_opened(year: int, key: str = "a/2017") -> Event:
    return append(
        PeriodOpened(year=year), agency_code="a", object_kind="periods.period", object_key=key, by=None, at=AT
    )


@pytest.mark.django_db
def test_append_links_each_event_to_the_one_before() -> None:
    first, second = append_opened(2017), append_opened(2018)
    assert (first.sequence, second.sequence) == (1, 2)
    assert first.previous_digest == ""
    assert second.previous_digest == first.digest
    assert chain.check(Event.objects.order_by("object_kind", "object_key", "sequence")) == []


@pytest.mark.django_db
def test_append_many_takes_a_fixed_number_of_statements(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    def entries(prefix: str, count: int) -> list[Entry]:
        return [Entry(PeriodOpened(year=2017), f"{prefix}{number}") for number in range(count)]

    with django_assert_num_queries(4):
        append_many(entries("x", 3), agency_code="a", object_kind="periods.period", by=None, at=AT)
    with django_assert_num_queries(4):
        append_many(entries("y", 80), agency_code="a", object_kind="periods.period", by=None, at=AT)
    assert chain.check(Event.objects.order_by("object_kind", "object_key", "sequence")) == []


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE audit_event SET kind = 'x'", "DELETE FROM audit_event"])
def test_change_of_an_event_is_refused_by_the_database(statement: str) -> None:
    append_opened(2017)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.count() == 1


@pytest.mark.django_db
def test_check_finds_a_changed_event_a_gap_and_a_forged_link() -> None:
    append_opened(2017)
    append_opened(2018)
    append_opened(2019)
    events = list(Event.objects.order_by("sequence"))
    events[1].data = {"year": 1999}
    assert [(found.sequence, found.reason) for found in chain.check(events)] == [(2, "内容与摘要不符")]
    without_second = [events[0], events[2]]
    assert [found.reason for found in chain.check(without_second)] == ["序号应为 2"]
    fresh = list(Event.objects.order_by("sequence"))
    fresh[2].previous_digest = fresh[0].digest
    assert [found.reason for found in chain.check(fresh)] == ["与上一条不相接"]


@pytest.mark.django_db
def test_timeline_tells_each_event_in_a_sentence() -> None:
    append_opened(2017)
    assert [(entry.who, entry.sentence) for entry in timeline("periods.period", "a/2017")] == [
        ("命令行", "开始登记2017年度")
    ]


@pytest.mark.django_db(transaction=False)
def test_digest_covers_every_field() -> None:
    event = append_opened(2017)
    for field, value in {"agency_code": "b", "kind": "x", "object_key": "c", "sequence": 9}.items():
        kept = getattr(event, field)
        setattr(event, field, value)
        assert chain.digest_of(event) != event.digest, field
        setattr(event, field, kept)
    assert chain.digest_of(event) == event.digest


@pytest.mark.one_database
@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only on SQLite: PostgreSQL knows no REPLACE")
@pytest.mark.parametrize("same", ["id", "uid", "sequence"])
def test_an_event_cannot_be_replaced_on_sqlite(same: str) -> None:
    append_opened(2017)
    # The forged row shares one key with the event and differs in the others.
    keys = {"id": "id + 100", "uid": "'00000000000000000000000000000000'", "sequence": "sequence + 100"} | {same: same}
    statement = (
        "INSERT OR REPLACE INTO audit_event (id, uid, sequence, kind, agency_code, object_kind, object_key, data, "  # noqa: S608  no user text
        f"by_id, at, previous_digest, digest) SELECT {keys['id']}, {keys['uid']}, {keys['sequence']}, 'x', "
        "agency_code, object_kind, object_key, data, by_id, at, previous_digest, digest FROM audit_event"
    )
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.get().kind != "x"


@pytest.mark.one_database
@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only on SQLite: PostgreSQL knows no REPLACE")
def test_a_head_cannot_be_replaced_on_sqlite() -> None:
    append_opened(2017)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO audit_chainhead (object_kind, object_key, length, digest) "
            "SELECT object_kind, object_key, 0, '' FROM audit_chainhead"
        )
    assert ChainHead.objects.get().length == 1
    append_opened(2018)
    assert chain.verify() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["DELETE FROM audit_chainhead", "UPDATE audit_chainhead SET length = 0, digest = ''"]
)
def test_a_head_is_neither_deleted_nor_moved_back(statement: str) -> None:
    append_opened(2017)
    refused = pytest.raises(DatabaseError, match="heads of chains stay")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert ChainHead.objects.get().length == 1


@pytest.mark.django_db
def test_verify_finds_nothing_in_whole_chains() -> None:
    for key in ("a/2017", "b/2017"):
        append_opened(2017, key)
        append_opened(2018, key)
    assert chain.verify() == []


@pytest.mark.django_db
def test_verify_finds_a_tail_that_was_cut_and_a_head_that_was_moved() -> None:
    first, second = append_opened(2017), append_opened(2018)
    append_opened(2017, "whole")
    # What remains after the last event was taken away by force: the head knows of one more.
    ChainHead.objects.filter(object_key="a/2017").update(length=3, digest="f" * 64)
    assert chain.verify() == [chain.Break("periods.period", "a/2017", 3, "应有 3 条，现存到第 2 条")]
    ChainHead.objects.filter(object_key="a/2017").update(length=3, digest=second.digest)
    assert [found.sequence for found in chain.verify()] == [3]
    assert first.digest != second.digest


@pytest.mark.django_db
def test_verify_finds_a_chain_without_head_and_one_whose_events_are_gone() -> None:
    event = append_opened(2017)
    event.pk, event.uid, event.object_key = None, uuid.uuid4(), "lost"
    event.digest = chain.digest_of(event)
    event.save()
    ChainHead.objects.create(object_kind="periods.period", object_key="gone", length=2, digest="f" * 64)
    assert chain.verify() == [
        chain.Break("periods.period", "gone", 2, "应有 2 条，现存到第 0 条"),
        chain.Break("periods.period", "lost", 0, "没有链头"),
    ]


@pytest.mark.django_db
def test_verify_finds_a_forged_event() -> None:
    event = append_opened(2017)
    event.pk, event.uid, event.sequence = None, uuid.uuid4(), 2
    event.save()
    assert [(found.sequence, found.reason) for found in chain.verify()] == [
        (2, "与上一条不相接"),
        (1, "应有 1 条，现存到第 2 条"),
    ]


@pytest.mark.django_db
def test_verify_takes_a_fixed_number_of_statements(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    for number in range(30):
        append_opened(2017, f"a{number}")
    with django_assert_num_queries(3):
        assert chain.verify() == []
