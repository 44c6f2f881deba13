"""Building the sample district on another day than today."""

from __future__ import annotations

import datetime as dt

from gongkai.enquiries.models import Enquiry
from gongkai.exchange import sample
from gongkai.publishing.models import Item

AT = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)


def test_sample_built_in_spring_has_nothing_from_the_summer(db: None) -> None:
    sample.build(at=AT)
    assert Item.objects.filter(published_on__gt=AT.date()).count() == 0
    assert Item.objects.filter(published_on__year=2026).count() > 0
    assert Enquiry.objects.filter(received_on__gt=AT.date()).count() == 0
    assert sample.agencies_as_json()[0]["years"] == [2017, 2025, 2026]
