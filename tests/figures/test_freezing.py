"""A frozen year: what is kept, what is refused, and how it is corrected in the open."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.audit.models import Event
from gongkai.enquiries.models import Enquiry
from gongkai.figures import acts, snapshots
from gongkai.figures.models import Snapshot
from gongkai.lawbook.acts import set_setting
from gongkai.periods import acts as periods
from gongkai.periods import frozen
from gongkai.periods.models import Amendment, Period
from gongkai.periods.records.acts import correct_record, enter_records, withdraw_record
from gongkai.publishing import acts as publishing
from gongkai.publishing.models import Item
from gongkai.resources.models import Meeting
from gongkai.rules.refusals import ActRefused
from tests.asking import refused_with
from tests.cast import Cast
from tests.figures import factories as make
from tests.publishing.rows import fields, prepare

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2018, 1, 19, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def agency() -> Agency:
    agency = make.agency()
    make.confirm(agency)
    make.meeting(agency)
    make.enquiry(agency, "hotline", received_on=dt.date(2017, 12, 29), answered_on=None)
    make.item(agency)
    return agency


def officer(agency: Agency, role: str = "office") -> Account:
    return make.account_with(role, agency)


def freeze(agency: Agency, by: Account | None = None) -> Snapshot:
    return acts.freeze(agency=agency, year=2017, by=by, at=NOW)


def meeting(day: dt.date) -> Meeting:
    return Meeting(held_on=day, topic="示例专题会")


def test_a_snapshot_holds_figures_records_rules_and_their_hash(agency: Agency) -> None:
    snapshot = freeze(agency, officer(agency))
    data = json.loads(snapshot.canonical)
    assert data["figures"]["9.1"] == {
        "name": "召开政府信息公开工作会议或专题会议数", "value": "1", "state": "counted",
    }  # fmt: skip
    assert data["figures"]["enquiries.hotline.received"]["value"] == "1"
    assert data["records"]["9.1"] == [str(Meeting.objects.get(agency=agency).uid)]
    assert data["records"]["1.1"] == [str(Item.objects.get(agency=agency).uid)]
    assert data["rules"]["table"].startswith("2014/")
    assert snapshot.digest == snapshots.digest_of(snapshot.canonical)
    assert snapshots.Frozen(snapshot).is_whole
    assert Period.objects.get(agency=agency, year=2017).state == "frozen"
    told = Event.objects.get(kind="periods.frozen")
    assert told.data["digest"] == snapshot.digest


def test_what_would_change_a_frozen_figure_is_refused_with_old_and_new(agency: Agency) -> None:
    freeze(agency)
    by = officer(agency)
    with pytest.raises(ActRefused) as refused:
        enter_records(agency=agency, rows=[meeting(dt.date(2017, 11, 1))], by=by, at=NOW)
    [refusal] = refused.value.refusals
    assert refusal.code == "frozen_year"
    assert "会议数」由1变为2" in refusal.sentence
    assert Meeting.objects.filter(agency=agency).count() == 1
    held = Meeting.objects.get(agency=agency)
    moved = {"held_on": dt.date(2018, 1, 5)}
    assert refused_with(lambda: correct_record(record=held, values=moved, reason="示例", by=by, at=NOW)) == [
        "frozen_year"
    ]
    assert refused_with(lambda: withdraw_record(record=held, reason="重复登记", by=by, at=NOW)) == ["frozen_year"]
    held.refresh_from_db()
    assert (held.held_on, held.withdrawn_at) == (make.MAY, None)


def test_what_changes_no_frozen_figure_is_ordinary_work(agency: Agency) -> None:
    freeze(agency)
    by = officer(agency)
    enter_records(agency=agency, rows=[meeting(dt.date(2018, 1, 8))], by=by, at=NOW)
    held = Meeting.objects.get(agency=agency, held_on=make.MAY)
    correct_record(record=held, values={"held_on": dt.date(2017, 6, 1)}, reason="日期写错", by=by, at=NOW)
    letter = Enquiry.objects.get(agency=agency)
    answer = {"answered_on": dt.date(2018, 1, 10), "settled_on": dt.date(2018, 1, 11)}
    correct_record(record=letter, values=answer, by=officer(agency, "enquiry_officer"), at=NOW)
    assert frozen.changes(agency, 2017) == []


def test_another_agency_and_another_year_stay_open(agency: Agency) -> None:
    freeze(agency)
    other = make.agency()
    enter_records(agency=other, rows=[meeting(dt.date(2017, 3, 1))], by=None, at=NOW)
    enter_records(agency=agency, rows=[meeting(dt.date(2016, 3, 1))], by=None, at=NOW)


def test_an_open_year_costs_the_lock_and_one_statement(agency: Agency, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        frozen.refuse_changes(agency, [dt.date(2017, 5, 1), None])


def test_confirming_an_empty_register_of_a_frozen_year_is_refused() -> None:
    agency = make.agency()
    freeze(agency)
    act = lambda: periods.confirm_nothing_to_report(  # noqa: E731
        agency=agency, year=2017, register="meetings", by=None, at=NOW
    )
    assert refused_with(act) == ["frozen_year"]


def test_history_of_a_frozen_year_is_refused(cast: Cast) -> None:
    column = prepare(cast)
    freeze(cast.agency)
    row = publishing.HistoryRow(
        fields=fields(cast, column), published_on=dt.date(2017, 5, 18), published_on_source="原网页"
    )
    enter = lambda: publishing.enter_history(agency=cast.agency, rows=[row], by=cast.office, at=NOW)  # noqa: E731
    assert refused_with(enter) == ["frozen_year"]
    assert not Item.objects.filter(agency=cast.agency).exists()


def test_an_amendment_is_opened_with_a_reason_and_confirmed_by_a_second_officer(agency: Agency) -> None:
    first = freeze(agency)
    one, two = officer(agency), officer(agency, "head")
    assert refused_with(lambda: periods.open_amendment(agency=agency, year=2017, reason=" ", by=one, at=NOW)) == [
        "reason_missing"
    ]
    periods.open_amendment(agency=agency, year=2017, reason="补登一次会议", by=one, at=NOW)
    enter_records(agency=agency, rows=[meeting(dt.date(2017, 11, 1))], by=one, at=NOW)
    assert snapshots.latest(agency, 2017).snapshot == first  # type: ignore[union-attr]  # the frozen figures still stand
    digest = snapshots.digest_of(snapshots.canonical(agency, 2017))
    confirm = lambda by, seen=digest: acts.confirm_amendment(  # noqa: E731
        agency=agency, year=2017, digest=seen, by=by, at=NOW
    )
    assert refused_with(lambda: confirm(one)) == ["same_person"]
    assert refused_with(lambda: confirm(two, "0" * 64)) == ["figures_changed"]
    assert refused_with(lambda: periods.cancel_amendment(agency=agency, year=2017, by=one, at=NOW)) == [
        "figures_differ"
    ]
    second = confirm(two)
    assert (second.number, second.reason) == (2, "补登一次会议")
    assert Snapshot.objects.get(pk=first.pk).canonical == first.canonical
    assert Period.objects.get(agency=agency, year=2017).state == "amended"
    told = Event.objects.get(kind="periods.amended").data
    assert told["changes"] == [["9.1", "1", "2"]]
    assert refused_with(lambda: enter_records(agency=agency, rows=[meeting(dt.date(2017, 9, 1))], by=one, at=NOW)) == [
        "frozen_year"
    ]


def test_an_amendment_that_changes_nothing_is_cancelled(agency: Agency) -> None:
    freeze(agency)
    one = officer(agency)
    periods.open_amendment(agency=agency, year=2017, reason="核对", by=one, at=NOW)
    assert refused_with(lambda: periods.open_amendment(agency=agency, year=2017, reason="再次", by=one, at=NOW)) == [
        "amendment_open"
    ]
    periods.cancel_amendment(agency=agency, year=2017, by=one, at=NOW)
    assert Amendment.objects.get().confirmed is False
    assert Period.objects.get(agency=agency, year=2017).state == "frozen"


def test_who_may_not_freeze_and_what_may_not_be_frozen(agency: Agency) -> None:
    assert refused_with(lambda: freeze(agency, officer(agency, "contributor"))) == ["not_your_register"]
    early = dt.datetime(2017, 12, 31, 15, 59, tzinfo=dt.UTC)
    assert refused_with(lambda: acts.freeze(agency=agency, year=2017, by=None, at=early)) == ["year_not_over"]
    freeze(agency)
    assert refused_with(lambda: freeze(agency)) == ["already_frozen"]
    assert Snapshot.objects.count() == 1
    assert refused_with(lambda: periods.open_amendment(agency=agency, year=2016, reason="x", by=None, at=NOW)) == [
        "not_frozen"
    ]


def test_the_database_keeps_a_snapshot_as_it_is(agency: Agency) -> None:
    snapshot = freeze(agency)
    for change in (
        lambda: Snapshot.objects.filter(pk=snapshot.pk).update(digest="0" * 64),
        lambda: Snapshot.objects.filter(pk=snapshot.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="frozen figures stay"), transaction.atomic():
            change()
    assert timezone.is_aware(Snapshot.objects.get().taken_at)


def test_a_setting_that_reaches_into_a_frozen_year_is_refused_until_a_correction_is_open(agency: Agency) -> None:
    freeze(agency)

    def set_from(year: int, value: bool = True) -> None:
        set_setting(agency=agency, name="count_work_orders_as_responses", from_year=year, value=value, by=None, at=NOW)

    for year in (2016, 2017):
        with pytest.raises(ActRefused) as refused:
            set_from(year)
        assert [refusal.code for refusal in refused.value.refusals] == ["frozen_year"]
        assert refused.value.refusals[0].sentence.startswith("2017年度的统计数据已经冻结，这项设置不能再为该年度改变。")
    set_from(2018)
    set_from(2017, value=False)  # what holds already changes nothing
    periods.open_amendment(agency=agency, year=2017, reason="口径填错", by=officer(agency), at=NOW)
    set_from(2017)
