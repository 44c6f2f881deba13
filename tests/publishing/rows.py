"""Items for tests, made through acts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gongkai.agencies.models import Agency, Role
from gongkai.publishing import acts
from gongkai.publishing.content import OBJECT_KIND, content_of
from gongkai.publishing.models import Column, DayUnit, Item, KeyArea, Numbering, PublicationMode
from gongkai.review.acts import define_chain
from tests.cast import ENTERED_AT, Cast

CREDIT_CODE = "99990101MB00000192"
AT = dt.datetime(2017, 5, 19, 1, 30, tzinfo=dt.UTC)  # Friday 09:30 in Shanghai
BODY = "<p>本批共向三十六户家庭配租公共租赁住房。</p>"
THREE_PERSONS = (
    ("review", "办公室审核", [Role.OFFICE], True),
    ("sign", "主要负责人签发", [Role.HEAD]),
    ("release", "发布", [Role.RELEASER]),
)
SIX_PERSONS = (
    ("review", "股室保密初审", [Role.DEPARTMENT_HEAD], True),
    ("review", "办公室审核", [Role.OFFICE]),
    ("review", "分管负责人审阅", [Role.LEADER_IN_CHARGE]),
    ("sign", "主要负责人签发", [Role.HEAD]),
    ("release", "发布", [Role.RELEASER]),
)


def prepare(cast: Cast, steps: Any = THREE_PERSONS) -> Column:
    """Give the agency a chain, a credit code and a column."""
    Agency.objects.filter(pk=cast.agency.pk).update(credit_code=CREDIT_CODE)
    cast.agency.refresh_from_db()
    define_chain(agency=cast.agency, object_kind=OBJECT_KIND, name="示例流程", steps=steps, by=None, at=ENTERED_AT)
    housing = {area.value: str(area.label) for area in KeyArea if area is not KeyArea.NONE}
    practice(cast, mode=PublicationMode.OWN_SITE, numbering=Numbering.ISSUED, key_areas=housing)
    return acts.create_column(agency=cast.agency, code="zfbz", name="住房保障", by=cast.office, at=ENTERED_AT)


def practice(cast: Cast, **changes: Any) -> None:
    """Set how the agency publishes."""
    values: dict[str, Any] = {"publicity_days": 5, "publicity_unit": DayUnit.WORKING} | changes
    acts.set_practice(agency=cast.agency, fields=acts.PracticeFields(**values), by=None, at=ENTERED_AT)


def fields(cast: Cast, column: Column, **changes: Any) -> acts.ItemFields:
    """The fields of a plausible item."""
    values: dict[str, Any] = {
        "title": "关于公布2017年第一批公共租赁住房配租结果的通告",
        "body": BODY,
        "written_on": dt.date(2017, 5, 17),
        "department": cast.departments[0],
        "columns": (column,),
    }
    return acts.ItemFields(**(values | changes))


def draft(cast: Cast, column: Column, **changes: Any) -> Item:
    """A draft of the contributor."""
    return acts.draft_item(agency=cast.agency, fields=fields(cast, column, **changes), by=cast.contributor, at=AT)


def digest(item: Item) -> str:
    """The digest of what is there now."""
    return content_of(Item.objects.get(pk=item.pk)).digest


def submitted(cast: Cast, column: Column, **changes: Any) -> Item:
    """A draft that went into its chain."""
    item = draft(cast, column, **changes)
    acts.submit_item(item=item, digest=digest(item), by=cast.contributor, at=AT)
    return item


def published(cast: Cast, column: Column, **changes: Any) -> Item:
    """An item that went through the three-person chain."""
    item = submitted(cast, column, **changes)
    acts.agree(item=item, digest=digest(item), by=cast.office, secrecy="clear", at=AT)
    acts.agree(item=item, digest=digest(item), by=cast.head, secrecy="clear", at=AT)
    return acts.release_item(item=item, digest=digest(item), by=cast.releaser, at=AT)
