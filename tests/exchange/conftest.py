"""The agency of the cast with the columns that the workbooks name, and what must not change."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongkai.audit.models import Event
from gongkai.enquiries.models import Enquiry
from gongkai.lawbook.models import AgencySetting
from gongkai.periods.models import NothingToReport, Period
from gongkai.publishing.acts import create_column
from gongkai.publishing.models import Item
from gongkai.resources.models import OgiOffice, ReadingPoint, StaffMember, Visit
from tests.cast import ENTERED_AT, Cast

MODELS = (Item, Enquiry, OgiOffice, ReadingPoint, StaffMember, Visit, Period, NothingToReport, AgencySetting, Event)


@pytest.fixture
def housing(cast: Cast) -> Cast:
    """The cast, its agency with two columns."""
    for code, name in (("zfbz", "住房保障"), ("zcjd", "政策解读")):
        create_column(agency=cast.agency, code=code, name=name, by=None, at=ENTERED_AT)
    return cast


@pytest.fixture
def records(housing: Cast) -> Callable[[], dict[str, int]]:
    """How many records of every kind there are now."""
    return lambda: {model.__name__: model._default_manager.count() for model in MODELS}
