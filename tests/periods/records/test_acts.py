"""Registers: entered all or none, filled in, corrected and withdrawn; the same rules for each of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import models

from gongkai.agencies.models import Role
from gongkai.audit import chain
from gongkai.audit.acts import timeline
from gongkai.audit.models import Event
from gongkai.inforequests.kinds import INFO_REQUEST, LAWSUIT, REPLY
from gongkai.inforequests.models import InfoRequest, Reply
from gongkai.periods.records.acts import Correction, correct_record, correct_records, enter_records, withdraw_record
from gongkai.periods.records.kinds import RecordKind
from gongkai.periods.records.permissions import refusals_by_row
from gongkai.periods.registers import REGISTERS, has_records
from gongkai.resources.kinds import OGI_OFFICE, STAFF_MEMBER, VISIT
from gongkai.rules.refusals import ActRefused
from tests.asking import codes
from tests.cast import Cast
from tests.periods.records.rows import AT, DAY, LATER, SAMPLES, TOMORROW, all_kinds, entered, parent_of, unsaved

EVERY = pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.slug)
WITH_KEY = pytest.mark.parametrize("kind", [kind for kind in all_kinds() if kind.key], ids=lambda kind: kind.slug)


def kinds_of_events(record: Any) -> list[str]:
    events = Event.objects.filter(object_key=str(record.uid)).order_by("sequence")
    assert chain.check(events) == []
    return [event.kind for event in events]


def test_every_register_of_the_year_has_a_counter_or_is_the_items() -> None:
    assert {code for kind in all_kinds() for code in kind.registers} | {"items"} == set(REGISTERS)


def test_every_declaration_names_fields_that_exist_and_has_a_sample() -> None:
    for kind in all_kinds():
        assert kind.model in SAMPLES
        names = {*kind.fields, *kind.columns, *kind.filters, *kind.key, *kind.derived, *kind.ahead, kind.decides}
        for name in names:
            assert isinstance(kind.field(name), models.Field)
        assert {day for pair in kind.order for day in pair} <= set(kind.days())
        assert set(kind.ahead) <= set(kind.days())


@EVERY
def test_enter_stores_the_record_with_one_event(cast: Cast, kind: RecordKind) -> None:
    record = enter_records(agency=cast.agency, rows=[unsaved(kind, cast.agency)], by=cast.office, at=AT)[0]
    assert kind.model.objects.get() == record
    assert (record.agency, record.entered_at) == (cast.agency, AT)
    assert kinds_of_events(record) == ["records.entered"]
    assert timeline(kind.object_kind, str(record.uid))[0].sentence == f"登记{kind.label}「{record}」"


@EVERY
def test_enter_is_for_the_roles_that_the_register_names(cast: Cast, kind: RecordKind) -> None:
    for number, role in enumerate(Role, start=1):
        row = unsaved(kind, cast.agency, number)
        count = kind.model.objects.count()
        if role in kind.roles:
            enter_records(agency=cast.agency, rows=[row], by=cast.accounts[role], at=AT)
            assert kind.model.objects.count() == count + 1
            continue
        with pytest.raises(ActRefused) as refused:
            enter_records(agency=cast.agency, rows=[row], by=cast.accounts[role], at=AT)
        assert codes(refused) == ["not_your_register"]
        assert kind.model.objects.count() == count


@EVERY
def test_enter_correct_and_withdraw_are_refused_to_the_office_of_another_agency(cast: Cast, kind: RecordKind) -> None:
    record = entered(kind, cast.agency)
    acts: list[Any] = [
        lambda: enter_records(agency=cast.agency, rows=[unsaved(kind, cast.agency, 1)], by=cast.stranger, at=AT),
        lambda: correct_record(record=record, values={}, reason="核对", by=cast.stranger, at=AT),
        lambda: withdraw_record(record=record, reason="核对", by=cast.stranger, at=AT),
    ]
    for act in acts:
        with pytest.raises(ActRefused) as refused:
            act()
        assert codes(refused) == ["not_your_register"]


@pytest.mark.parametrize(
    ("kind", "day"),
    [(kind, day) for kind in all_kinds() for day in kind.days() if day not in (*kind.ahead, *kind.derived)],
    ids=lambda value: getattr(value, "slug", value),
)
def test_enter_refuses_a_day_after_today(cast: Cast, kind: RecordKind, day: str) -> None:
    with pytest.raises(ActRefused) as refused:
        enter_records(agency=cast.agency, rows=[unsaved(kind, cast.agency, **{day: TOMORROW})], by=None, at=AT)
    assert "day_in_future" in codes(refused)


@pytest.mark.parametrize(
    ("kind", "pair"),
    [(kind, pair) for kind in all_kinds() for pair in kind.order if pair[1] not in kind.derived],
    ids=lambda value: getattr(value, "slug", str(value)),
)
def test_enter_refuses_a_day_before_the_one_it_follows(cast: Cast, kind: RecordKind, pair: tuple[str, str]) -> None:
    days = {pair[0]: LATER, pair[1]: DAY}
    with pytest.raises(ActRefused) as refused:
        enter_records(agency=cast.agency, rows=[unsaved(kind, cast.agency, **days)], by=None, at=AT)
    assert "days_out_of_order" in codes(refused)
    assert kind.model.objects.count() == 0


@WITH_KEY
def test_enter_refuses_a_number_twice_and_one_that_is_there(cast: Cast, kind: RecordKind) -> None:
    rows = [unsaved(kind, cast.agency), unsaved(kind, cast.agency)]
    with pytest.raises(ActRefused) as refused:
        enter_records(agency=cast.agency, rows=rows, by=None, at=AT)
    assert codes(refused) == ["duplicate_number"]
    entered(kind, cast.agency)
    with pytest.raises(ActRefused) as refused:
        entered(kind, cast.agency)
    assert "taken_number" in codes(refused)
    entered(kind, cast.other_agency)
    assert kind.model.objects.count() == 2


@WITH_KEY
def test_a_withdrawn_record_no_longer_takes_its_number(cast: Cast, kind: RecordKind) -> None:
    withdraw_record(record=entered(kind, cast.agency), reason="重复登记", by=cast.office, at=AT)
    entered(kind, cast.agency)
    assert kind.model.objects.standing().count() == 1


def test_refusals_come_by_row(cast: Cast) -> None:
    rows = [unsaved(OGI_OFFICE, cast.agency), unsaved(OGI_OFFICE, cast.agency, 1, from_on=TOMORROW)]
    for row in rows:
        row.agency = cast.agency
    found = refusals_by_row(OGI_OFFICE, cast.agency, rows, AT)
    assert [[refusal.code for refusal in row] for row in found] == [[], ["day_in_future"]]


def test_enter_names_the_field_that_holds_an_impossible_value(cast: Cast) -> None:
    with pytest.raises(ActRefused) as refused:
        entered(STAFF_MEMBER, cast.agency, employment="half")
    assert codes(refused) == ["invalid"]
    assert refused.value.refusals[0].sentence.startswith("工作人员的性质：")


@EVERY
def test_a_record_counts_in_its_register_until_it_is_withdrawn(cast: Cast, kind: RecordKind) -> None:
    record = entered(kind, cast.agency)
    ids = [cast.agency.pk, cast.other_agency.pk]
    before = {code: has_records(code, ids, 2017) for code in kind.registers}
    withdraw_record(record=record, reason="重复登记", by=cast.office, at=AT)
    for code, counts in before.items():
        assert counts[cast.other_agency.pk] == 0
        expected = {"work_orders": 1, "petitions": 0}.get(code, 1)
        assert counts[cast.agency.pk] == expected
        assert has_records(code, ids, 2017)[cast.agency.pk] == 0
    assert kinds_of_events(record) == ["records.entered", "records.withdrawn"]


@EVERY
def test_withdraw_wants_a_reason_and_happens_once(cast: Cast, kind: RecordKind) -> None:
    record = entered(kind, cast.agency)
    with pytest.raises(ActRefused) as refused:
        withdraw_record(record=record, reason=" ", by=cast.office, at=AT)
    assert codes(refused) == ["reason_missing"]
    withdraw_record(record=record, reason="重复登记", by=cast.office, at=AT)
    with pytest.raises(ActRefused) as refused:
        withdraw_record(record=record, reason="重复登记", by=cast.office, at=AT)
    assert codes(refused) == ["already_withdrawn"]
    with pytest.raises(ActRefused) as refused:
        correct_record(record=record, values={}, reason="核对", by=cast.office, at=AT)
    assert codes(refused) == ["already_withdrawn"]


@pytest.mark.parametrize("kind", [REPLY, VISIT], ids=lambda kind: kind.slug)
def test_withdraw_is_refused_while_other_records_hang_on_it(cast: Cast, kind: RecordKind) -> None:
    record = entered(kind, cast.agency)
    parent = getattr(record, kind.parent)
    with pytest.raises(ActRefused) as refused:
        withdraw_record(record=parent, reason="重复登记", by=cast.office, at=AT)
    assert codes(refused) == ["has_records"]
    withdraw_record(record=record, reason="重复登记", by=cast.office, at=AT)
    withdraw_record(record=parent, reason="重复登记", by=cast.office, at=AT)
    with pytest.raises(ActRefused) as refused:
        entered(kind, cast.agency, **{kind.parent: type(parent).objects.get(pk=parent.pk)})
    assert codes(refused) == ["withdrawn_record"]


def test_enter_refuses_to_name_a_record_of_another_agency(cast: Cast) -> None:
    foreign = parent_of(REPLY, cast.other_agency)
    with pytest.raises(ActRefused) as refused:
        entered(REPLY, cast.agency, request=foreign)
    assert codes(refused) == ["foreign_record"]
    with pytest.raises(ActRefused) as refused:
        entered(REPLY, cast.agency, request=None)
    assert codes(refused) == ["link_missing"]


def test_correct_wants_a_reason_only_where_something_is_replaced(cast: Cast) -> None:
    office = entered(OGI_OFFICE, cast.agency)
    correct_record(record=office, values={"to_on": LATER}, by=cast.office, at=AT)
    with pytest.raises(ActRefused) as refused:
        correct_record(record=office, values={"to_on": DAY}, by=cast.office, at=AT)
    assert codes(refused) == ["reason_missing"]
    correct_record(record=office, values={"to_on": DAY}, reason="看错了日期", by=cast.office, at=AT)
    correct_record(record=office, values={"to_on": DAY}, by=cast.office, at=AT)
    assert kinds_of_events(office) == ["records.entered", "records.completed", "records.corrected"]
    told = [entry.sentence for entry in timeline(OGI_OFFICE.object_kind, str(office.uid))]
    assert told[1] == "补填专门机构「办公室」：终止日期「2017-03-20」"
    assert told[2] == "更正专门机构「办公室」：终止日期由「2017-03-20」改为「2017-03-01」。原因：看错了日期"


def test_correct_refuses_what_could_not_have_been_entered_and_changes_nothing(cast: Cast) -> None:
    office = entered(OGI_OFFICE, cast.agency)
    other = entered(OGI_OFFICE, cast.agency, 1)
    corrections = [
        Correction(office, {"from_on": TOMORROW}),
        Correction(other, {"to_on": dt.date(2017, 1, 1)}),
    ]
    with pytest.raises(ActRefused) as refused:
        correct_records(corrections=corrections, reason="核对", by=cast.office, at=AT)
    assert codes(refused) == ["day_in_future", "days_out_of_order"]
    office.refresh_from_db()
    assert office.from_on == DAY
    with pytest.raises(ActRefused) as refused:
        correct_record(record=other, values={"name": office.name}, reason="核对", by=cast.office, at=AT)
    assert "taken_number" in codes(refused)


def test_correct_knows_the_fields_of_the_form_only(cast: Cast) -> None:
    with pytest.raises(ValueError, match="agency"):
        correct_record(
            record=entered(OGI_OFFICE, cast.agency), values={"agency": cast.other_agency}, reason="核对", by=None, at=AT
        )


@pytest.mark.parametrize("kind", [LAWSUIT], ids=lambda kind: kind.slug)
def test_a_case_is_concluded_with_an_outcome(cast: Cast, kind: RecordKind) -> None:
    with pytest.raises(ActRefused) as refused:
        entered(kind, cast.agency, concluded_on=LATER)
    assert codes(refused) == ["outcome_missing"]
    with pytest.raises(ActRefused) as refused:
        entered(kind, cast.agency, outcome="upheld")
    assert codes(refused) == ["day_missing"]
    case = entered(kind, cast.agency, concluded_on=LATER, outcome="upheld")
    pk = cast.agency.pk
    assert [has_records("lawsuits", [pk], year)[pk] for year in (2016, 2017, 2018)] == [0, 1, 0]
    withdraw_record(record=case, reason="重复登记", by=None, at=AT)
    entered(kind, cast.agency)
    assert [has_records("lawsuits", [pk], year)[pk] for year in (2016, 2017, 2018)] == [0, 1, 1]


def test_one_name_is_in_being_once_at_a_time(cast: Cast) -> None:
    first = entered(STAFF_MEMBER, cast.agency)
    with pytest.raises(ActRefused) as refused:
        entered(STAFF_MEMBER, cast.agency, employment="part_time", from_on=LATER)
    assert codes(refused) == ["in_being_twice"]
    correct_record(record=first, values={"to_on": dt.date(2017, 3, 19)}, by=None, at=AT)
    entered(STAFF_MEMBER, cast.agency, employment="part_time", from_on=LATER)


class TestRequests:
    """The days of a request follow from its replies."""

    def test_the_first_reply_that_settles_closes_the_request(self, cast: Cast) -> None:
        request = entered(INFO_REQUEST, cast.agency)
        self.reply(cast, request, "clarification", dt.date(2017, 3, 5))
        assert self.days(request) == (None, None)
        second = self.reply(cast, request, "granted", LATER)
        first = self.reply(cast, request, "partly_granted", dt.date(2017, 3, 10))
        assert self.days(request) == (dt.date(2017, 3, 10), dt.date(2017, 3, 10))
        withdraw_record(record=first, reason="登记错误", by=None, at=AT)
        assert self.days(request) == (LATER, LATER)
        withdraw_record(record=second, reason="登记错误", by=None, at=AT)
        assert self.days(request) == (None, None)

    def test_a_request_closed_without_a_reply_keeps_its_day(self, cast: Cast) -> None:
        request = entered(INFO_REQUEST, cast.agency, closed_on=dt.date(2017, 3, 8))
        assert self.days(request) == (None, dt.date(2017, 3, 8))

    def test_the_closing_day_of_an_answered_request_cannot_be_changed_by_itself(self, cast: Cast) -> None:
        request = entered(INFO_REQUEST, cast.agency)
        self.reply(cast, request, "granted", LATER)
        with pytest.raises(ActRefused) as refused:
            correct_record(record=request, values={"closed_on": DAY}, reason="核对", by=None, at=AT)
        assert codes(refused) == ["closed_by_reply"]

    def test_a_correction_of_the_reply_moves_the_request(self, cast: Cast) -> None:
        request = entered(INFO_REQUEST, cast.agency)
        reply = self.reply(cast, request, "granted", LATER)
        correct_record(
            record=reply, values={"served_on": dt.date(2017, 3, 9)}, reason="以回执为准", by=cast.request_officer, at=AT
        )
        assert self.days(request) == (dt.date(2017, 3, 9), dt.date(2017, 3, 9))

    def test_a_request_counts_in_each_year_that_it_touches(self, cast: Cast) -> None:
        request = entered(INFO_REQUEST, cast.agency, received_on=dt.date(2016, 12, 30))
        self.reply(cast, request, "granted", DAY)
        pk = cast.agency.pk
        assert [has_records("requests", [pk], year)[pk] for year in (2015, 2016, 2017, 2018)] == [0, 1, 1, 0]

    @pytest.mark.parametrize(
        ("outcome", "ground", "code"),
        [
            ("refused", "", "ground_missing"),
            ("granted", "state_secret", "ground_without_refusal"),
        ],
    )
    def test_a_refusal_has_a_ground_and_nothing_else_has(
        self, cast: Cast, outcome: str, ground: str, code: str
    ) -> None:
        with pytest.raises(ActRefused) as refused:
            entered(REPLY, cast.agency, outcome=outcome, ground=ground)
        assert codes(refused) == [code]

    def test_a_reply_is_not_served_before_the_request_came_in(self, cast: Cast) -> None:
        with pytest.raises(ActRefused) as refused:
            entered(REPLY, cast.agency, served_on=dt.date(2017, 2, 28))
        assert codes(refused) == ["days_out_of_order"]

    @staticmethod
    def reply(cast: Cast, request: InfoRequest, outcome: str, served_on: dt.date) -> Reply:
        row = Reply(request=InfoRequest.objects.get(pk=request.pk), outcome=outcome, served_on=served_on)
        return enter_records(agency=cast.agency, rows=[row], by=cast.request_officer, at=AT)[0]

    @staticmethod
    def days(request: InfoRequest) -> tuple[dt.date | None, dt.date | None]:
        request.refresh_from_db()
        return request.served_on, request.closed_on


def test_entering_many_takes_a_bounded_number_of_statements(cast: Cast, django_assert_max_num_queries: Any) -> None:
    rows = [unsaved(INFO_REQUEST, cast.agency, number) for number in range(1, 401)]
    with django_assert_max_num_queries(25):
        enter_records(agency=cast.agency, rows=rows, by=cast.office, at=AT)
    corrections = [Correction(row, {"closed_on": LATER}) for row in rows]
    with django_assert_max_num_queries(25):
        correct_records(corrections=corrections, by=cast.office, at=AT)
