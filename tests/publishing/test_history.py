"""Items that were public before this system."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

import pytest

from gongkai.accounts.models import Account
from gongkai.agencies.acts import add_officer, appoint
from gongkai.agencies.models import Officer, Post, Role
from gongkai.publishing import acts
from gongkai.publishing.models import Column, Item
from gongkai.rules.refusals import ActRefused
from gongkai.search import index
from tests.asking import codes
from tests.cast import ENTERED_AT, Cast, account_of
from tests.publishing.rows import fields, prepare, published

AT = dt.datetime(2018, 1, 8, 1, 0, tzinfo=dt.UTC)
DAY = dt.date(2017, 5, 19)


def read(items: Sequence[Item]) -> dict[uuid.UUID, str]:
    """What an officer who read the items confirms."""
    return {item.uid: item.published_digest for item in items}


def row(cast: Cast, column: Column, **changes: Any) -> acts.HistoryRow:
    own = {key: changes.pop(key) for key in list(changes) if key in acts.ItemFields.__dataclass_fields__}
    values: dict[str, Any] = {
        "fields": fields(cast, column, **own),
        "published_on": DAY,
        "published_on_source": "区政府网站原页面",
        "channels": (("website", DAY, ""),),
    }
    return acts.HistoryRow(**(values | changes))


def test_history_is_public_only_after_a_second_officer_confirmed_it(cast: Cast) -> None:
    column = prepare(cast)
    items = acts.enter_history(agency=cast.agency, rows=[row(cast, column)], by=cast.office, at=AT)
    assert not Item.objects.public().exists()
    with pytest.raises(ActRefused) as refused:
        acts.confirm_history(agency=cast.agency, digests=read(items), by=cast.office, at=AT)
    assert codes(refused) == ["same_person"]
    second = second_office(cast)
    Officer.objects.filter(account=second).update(same_person_as=cast.office.officer)
    again = Account.objects.get(pk=second.pk)
    with pytest.raises(ActRefused) as refused:
        acts.confirm_history(agency=cast.agency, digests=read(items), by=again, at=AT)
    assert codes(refused) == ["same_person"]
    Officer.objects.filter(account=second).update(same_person_as=None)
    second = Account.objects.get(pk=second.pk)
    acts.confirm_history(agency=cast.agency, digests=read(items), by=second, at=AT)
    assert Item.objects.public().count() == 1
    assert index.search("公共租赁住房", scope="public").total == 1
    with pytest.raises(ActRefused) as refused:
        acts.confirm_history(agency=cast.agency, digests=read(items), by=second, at=AT)
    assert codes(refused) == ["already_confirmed"]


def second_office(cast: Cast) -> Account:
    officer = add_officer(
        agency=cast.agency, name="示例卯", username="second-office", password="a-long-password", by=None, at=ENTERED_AT
    )
    post = Post.objects.get(agency=cast.agency, role=Role.OFFICE)
    appoint(post=post, officer=officer, from_on=dt.date(2017, 1, 1), by=None, at=ENTERED_AT)
    return account_of(officer)


def test_history_keeps_numbers_from_outside_and_issues_the_rest(cast: Cast) -> None:
    column = prepare(cast)
    rows = [row(cast, column, index_number="014416330/2018-04736"), row(cast, column, title="另一条")]
    items = acts.enter_history(agency=cast.agency, rows=rows, by=cast.office, at=AT)
    assert [(item.index_number, item.serial) for item in items] == [
        ("014416330/2018-04736", 1),
        ("99990101MB00000192/2017-00001", 2),
    ]


def test_history_links_an_interpretation_to_its_policy_in_the_same_batch(cast: Cast) -> None:
    column = prepare(cast)
    rows = [
        row(cast, column, title="实施细则", index_number="014416330/2017-00001"),
        row(cast, column, title="解读", interprets_index_number="014416330/2017-00001"),
    ]
    policy, interpretation = acts.enter_history(agency=cast.agency, rows=rows, by=cast.office, at=AT)
    interpretation.refresh_from_db()
    assert interpretation.interprets == policy


def test_history_is_all_or_nothing_and_names_every_fault(cast: Cast) -> None:
    column = prepare(cast)
    rows = [
        row(cast, column),
        row(cast, column, published_on=dt.date(2017, 5, 1), channels=()),
        row(cast, column, published_on=dt.date(2018, 5, 1), channels=()),
        row(cast, column, published_on_source=" "),
        row(cast, column, columns=()),
        row(cast, column, channels=(("weibo", dt.date(2017, 5, 18), ""),)),
        row(cast, column, title=" "),
        row(cast, column, index_number="014416330/2017-00001"),
        row(cast, column, index_number="014416330/2017-00001"),
    ]
    with pytest.raises(ActRefused) as refused:
        acts.enter_history(agency=cast.agency, rows=rows, by=cast.office, at=AT)
    assert codes(refused) == [
        "published_before_written",
        "published_in_future",
        "source_missing",
        "no_column",
        "channel_day",
        "title_missing",
        *["duplicate_index_number"] * 2,  # each of the two rows is told
    ]
    assert not Item.objects.exists()


def test_history_refuses_a_number_that_is_taken_and_an_unknown_policy(cast: Cast) -> None:
    column = prepare(cast)
    numbered = [row(cast, column, index_number="014416330/2017-00001")]
    acts.enter_history(agency=cast.agency, rows=numbered, by=cast.office, at=AT)
    with pytest.raises(ActRefused) as refused:
        acts.enter_history(agency=cast.agency, rows=numbered, by=cast.office, at=AT)
    assert codes(refused) == ["taken_index_number"]
    with pytest.raises(ActRefused) as refused:
        acts.enter_history(
            agency=cast.agency, rows=[row(cast, column, interprets_index_number="x")], by=cast.office, at=AT
        )
    assert codes(refused) == ["unknown_policy"]
    assert Item.objects.count() == 1


def test_history_takes_a_bounded_number_of_statements(cast: Cast, django_assert_max_num_queries: Any) -> None:
    column = prepare(cast)
    with django_assert_max_num_queries(30):
        acts.enter_history(
            agency=cast.agency, rows=[row(cast, column, title=f"第{n}条") for n in range(100)], by=cast.office, at=AT
        )


@pytest.mark.parametrize("who", ["contributor", "head", "releaser", "stranger", "supervisor", "auditor"])
def test_history_is_entered_by_the_office_only(cast: Cast, who: str) -> None:
    column = prepare(cast)
    with pytest.raises(ActRefused) as refused:
        acts.enter_history(agency=cast.agency, rows=[row(cast, column)], by=getattr(cast, who), at=AT)
    assert codes(refused) == ["not_your_register"]


def entered(cast: Cast, column: Column, **changes: Any) -> Item:
    return acts.enter_history(agency=cast.agency, rows=[row(cast, column, **changes)], by=cast.office, at=AT)[0]


def test_confirm_is_refused_for_a_content_that_was_not_read(cast: Cast) -> None:
    item = entered(cast, prepare(cast))
    second = second_office(cast)
    for stale in ("", "0" * 64):
        with pytest.raises(ActRefused) as refused:
            acts.confirm_history(agency=cast.agency, digests={item.uid: stale}, by=second, at=AT)
        assert codes(refused) == ["content_changed"]
    Item.objects.filter(pk=item.pk).update(body="<p>偷换的正文</p>")
    with pytest.raises(ActRefused) as refused:
        acts.confirm_history(agency=cast.agency, digests=read([item]), by=second, at=AT)
    assert codes(refused) == ["content_changed"]


def test_confirm_is_refused_for_withdrawn_foreign_and_withheld_items_and_for_nothing(cast: Cast) -> None:
    column = prepare(cast)
    second = second_office(cast)
    withdrawn = entered(cast, column)
    secret = acts.DetailFields(ground="state_secret")
    withheld = entered(cast, column, attribute="non_disclosure", details=secret)
    acts.withdraw_item(item=withdrawn, reason="duplicate", by=cast.office, at=AT)
    for digests, code in (
        (read([withdrawn]), "not_to_publish"),
        (read([withheld]), "not_to_publish"),
        ({uuid.uuid4(): "0" * 64}, "foreign_item"),
        ({}, "nothing_chosen"),
    ):
        with pytest.raises(ActRefused) as refused:
            acts.confirm_history(agency=cast.agency, digests=digests, by=second, at=AT)
        assert codes(refused) == [code]
    assert list(Item.objects.to_confirm()) == []
    assert index.search("公共租赁住房", scope="public").total == 0


def test_confirm_takes_thousands_in_a_bounded_number_of_statements(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    column = prepare(cast)
    rows = [row(cast, column, title=f"第{number}条", channels=()) for number in range(1_200)]
    items = acts.enter_history(agency=cast.agency, rows=rows, by=cast.office, at=AT)
    second = second_office(cast)
    with django_assert_max_num_queries(130):
        acts.confirm_history(agency=cast.agency, digests=read(items), by=second, at=AT)
    assert Item.objects.public().count() == 1_200


def test_a_number_of_the_own_series_moves_the_counter_and_blocks_no_release(cast: Cast) -> None:
    column = prepare(cast)
    entered(cast, column, index_number="99990101MB00000192/2017-00007")
    assert published(cast, column).index_number == "99990101MB00000192/2017-00008"


def test_release_passes_over_a_number_that_is_taken(cast: Cast) -> None:
    column = prepare(cast)
    item = entered(cast, column, index_number="014416330/2017-00001")
    Item.objects.filter(pk=item.pk).update(index_number="99990101MB00000192/2017-00001")
    assert published(cast, column).index_number == "99990101MB00000192/2017-00002"


def test_a_number_that_would_use_the_own_series_up_is_refused(cast: Cast) -> None:
    column = prepare(cast)
    with pytest.raises(ActRefused) as refused:
        entered(cast, column, index_number="99990101MB00000192/2017-9999999")
    assert codes(refused) == ["number_too_high"]
