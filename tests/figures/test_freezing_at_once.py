"""A year is frozen in the moment in which somebody else changes it: the change is in the frozen figures, or refused."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from gongkai.figures import acts as figures
from gongkai.figures.models import Snapshot
from gongkai.periods import frozen
from gongkai.publishing import acts
from gongkai.publishing.models import ChannelKind, Column, Item, ItemChannel
from gongkai.rules.refusals import ActRefused
from tests import databases
from tests.cast import Cast, make_cast
from tests.publishing.rows import prepare, published

pytestmark = pytest.mark.database
LATER = dt.datetime(2018, 1, 19, 2, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def stage(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Cast, Column, Item]]:
    """The cast with an item public in 2017, in a database of their own, which is thrown away."""
    with django_db_blocker.unblock(), databases.separate(tmp_path_factory.mktemp("at-once"), "freezing_at_once"):
        cast = make_cast()
        column = prepare(cast)
        yield cast, column, published(cast, column)


def test_a_channel_recorded_while_the_year_is_being_frozen_is_refused(stage: tuple[Cast, Column, Item]) -> None:
    cast, _column, item = stage
    is_frozen, is_over = threading.Event(), threading.Event()
    said: list[str] = []

    def record() -> None:
        try:
            is_frozen.wait(30)
            acts.record_channel(item=item, kind=ChannelKind.WECHAT, on=dt.date(2017, 6, 1), by=cast.office, at=LATER)
            said.append("done")
        except ActRefused as refused:
            said.extend(refusal.code for refusal in refused.refusals)
        finally:
            is_over.set()
            connection.close()

    other = threading.Thread(target=record)
    other.start()
    with transaction.atomic():
        figures.freeze(agency=cast.agency, year=2017, by=cast.office, at=LATER)
        is_frozen.set()
        # Not before the other has come to its end, or stands and waits for this transaction.
        is_over.wait(2)
    other.join(60)
    assert said == ["frozen_year"]
    assert Snapshot.objects.filter(agency=cast.agency, year=2017).count() == 1
    assert not ItemChannel.objects.filter(item=item, kind=ChannelKind.WECHAT).exists()
    assert list(frozen.changes(cast.agency, 2017)) == []
