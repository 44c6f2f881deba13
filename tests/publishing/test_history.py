"""Items that were public before this system."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gongkai.accounts.models import Account
from gongkai.agencies.acts import add_officer, appoint
from gongkai.agencies.models import Post, Role
from gongkai.publishing import acts
from gongkai.publishing.models import Column, Item
from gongkai.rules.refusals import ActRefused
from gongkai.search import index
from tests.cast import ENTERED_AT, Cast, account_of
from tests.publishing.rows import fields, prepare

AT = dt.datetime(2018, 1, 8, 1, 0, tzinfo=dt.UTC)
DAY = dt.date(2017, 5, 19)


def codes(refused: pytest.ExceptionInfo[ActRefused]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


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
        acts.confirm_history(agency=cast.agency, items=items, by=cast.office, at=AT)
    assert codes(refused) == ["same_person"]
    second = second_office(cast)
    acts.confirm_history(agency=cast.agency, items=items, by=second, at=AT)
    assert Item.objects.public().count() == 1
    assert index.search("公共租赁住房", scope="public").total == 1
    with pytest.raises(ActRefused) as refused:
        acts.confirm_history(agency=cast.agency, items=items, by=second, at=AT)
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
        "duplicate_index_number",
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
