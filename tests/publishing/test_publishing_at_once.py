"""Two officers, or two clocks, in the same moment: a channel once, a term ended once, a platform's number once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from gongkai.publishing import acts, clock
from gongkai.publishing.acts.columns import UP
from gongkai.publishing.models import (
    ChannelKind,
    Column,
    Item,
    ItemChannel,
    Numbering,
    OutsidePublication,
    PublicationMode,
)
from tests import databases
from tests.cast import ENTERED_AT, Cast, make_cast
from tests.publishing.rows import AT, CREDIT_CODE, digest, practice, prepare, published, submitted
from tests.publishing.test_publicity import OVER, TERM
from tests.review.test_at_once import together

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def stage(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Cast, Column]]:
    """The cast and a column in a database of their own, which is thrown away."""
    with django_db_blocker.unblock(), databases.separate(tmp_path_factory.mktemp("at-once"), "publishing_at_once"):
        cast = make_cast()
        yield cast, prepare(cast)


def test_a_channel_recorded_twice_at_once_stands_once(stage: tuple[Cast, Column]) -> None:
    cast, column = stage
    item = published(cast, column)

    def record(by: Any) -> Any:
        return lambda: acts.record_channel(item=item, kind=ChannelKind.WECHAT, on=dt.date(2017, 5, 19), by=by, at=AT)

    def record_many(by: Any) -> Any:
        return lambda: acts.record_channels(
            agency=cast.agency, items=[item], kind=ChannelKind.WECHAT, on=dt.date(2017, 5, 19), by=by, at=AT
        )

    assert sorted(together(record(cast.office), record(cast.releaser), record_many(cast.contributor))) == [
        "channel_twice",
        "channel_twice",
        "done",
    ]
    assert ItemChannel.objects.filter(item=item, kind=ChannelKind.WECHAT).count() == 1


def test_a_channel_removed_twice_at_once_goes_once(stage: tuple[Cast, Column]) -> None:
    cast, column = stage
    item = published(cast, column)
    channel = acts.record_channel(item=item, kind=ChannelKind.WEIBO, on=dt.date(2017, 5, 19), by=cast.office, at=AT)

    def remove(by: Any) -> Any:
        return lambda: acts.remove_channel(channel=channel, reason="登记错了", by=by, at=AT)

    assert sorted(together(remove(cast.office), remove(cast.releaser))) == ["done", "no_channel"]


def test_two_clocks_end_a_term_once(stage: tuple[Cast, Column]) -> None:
    cast, column = stage
    item = submitted(cast, column)
    acts.recall_item(item=item, reason="补公示期", by=cast.contributor, at=AT)
    item = Item.objects.get(pk=item.pk)
    acts.amend_details(item=item, digest=digest(item), details=acts.DetailFields(**TERM), by=cast.contributor, at=AT)
    acts.submit_item(item=item, digest=digest(item), by=cast.contributor, at=AT)
    for by in (cast.office, cast.head):
        acts.agree(item=item, digest=digest(item), by=by, secrecy="clear", at=AT)
    acts.release_item(item=item, digest=digest(item), by=cast.releaser, at=AT)
    done: list[int] = []
    together(*(lambda: done.append(len(clock.run(OVER))) for _clock in range(2)))
    assert sorted(done) == [0, 1]
    assert Item.objects.get(pk=item.pk).state == "withdrawn"


def test_two_columns_move_at_once_and_every_place_is_taken_once(stage: tuple[Cast, Column]) -> None:
    cast, _column = stage
    made = [
        acts.create_column(agency=cast.agency, code=f"lan{number}", name=f"栏目{number}", by=cast.office, at=ENTERED_AT)
        for number in range(3)
    ]

    def up(column: Column) -> Any:
        return lambda: acts.shift_column(column=column, step=UP, by=cast.office, at=AT)

    assert together(up(made[1]), up(made[2])) == ["done", "done"]
    places = Column.objects.without_tree_fields().filter(agency=cast.agency, parent=None)
    assert sorted(places.values_list("position", flat=True)) == list(range(places.count()))


def test_a_platform_number_and_address_belong_to_the_first(stage: tuple[Cast, Column]) -> None:
    cast, column = stage
    practice(cast, mode=PublicationMode.OUTSIDE, numbering=Numbering.RECORDED)
    items = []
    for number in (1, 2):
        item = submitted(cast, column, title=f"第{number}件")
        for by in (cast.office, cast.head):
            acts.agree(item=item, digest=digest(item), by=by, secrecy="clear", at=AT)
        items.append(item)

    def record(item: Item, at: dt.datetime = AT + dt.timedelta(hours=1)) -> Any:
        seen = digest(item)
        return lambda: acts.record_outside_publication(
            item=item,
            digest=seen,
            url="https://www.sample.invalid/1.html",
            published_at=AT,
            index_number=f"{CREDIT_CODE}/2017-00077",
            by=cast.releaser,
            at=at,
        )

    said = together(record(items[0]), record(items[1]))
    assert "done" in said
    assert said != ["done", "done"]
    assert OutsidePublication.objects.count() == 1
