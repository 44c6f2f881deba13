"""An agency with columns and items of every kind."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from gongkai.agencies.models import Agency, Department
from gongkai.publishing.models import ChannelKind, Column, Item, ItemChannel, KeyArea
from tests.portal.factories import (
    PUBLISHED_ON,
    make_agency,
    make_column,
    make_findable,
    make_item,
    make_withdrawn,
)


@dataclass(frozen=True)
class Housing:
    """What the pages are made of."""

    agency: Agency
    column: Column
    below: Column
    empty: Column
    item: Item
    policy: Item
    interpretation: Item
    withdrawn: Item


@pytest.fixture
def housing(db: None) -> Housing:
    district = make_agency("district", "示例区人民政府", short_name="示例区政府", position=2)
    agency = make_agency(
        "housing",
        address="示例区示例路1号",
        telephone="0000-0000000",
        office_hours="工作日8:30至17:30",
        duties="承担公共租赁住房的配租。\n指导物业服务活动。",
        position=1,
    )
    department = Department.objects.create(agency=agency, name="住房保障股")
    column = make_column(agency, position=1)
    below = make_column(agency, "rental", "公共租赁住房", parent=column)
    empty = make_column(agency, "budget", "预算决算", position=2)
    common = make_column(district, "notices", "通知公告", kind="common")
    item = make_item(
        agency,
        below,
        department=department,
        key_area=KeyArea.AFFORDABLE_HOUSING,
        document_number="示房保〔2017〕12号",
        subject_class="城乡建设、环境保护\\城乡建设（含住房）",
        published_on_source="区政府网站页面",
    )
    ItemChannel.objects.create(item=item, kind=ChannelKind.WEBSITE, on=PUBLISHED_ON, place="示例区政府网站")
    policy = make_item(agency, column, common, title="公共租赁住房管理办法", is_normative=True)
    interpretation = make_item(
        agency,
        column,
        title="公共租赁住房怎样申请",
        interprets=policy,
        published_on=PUBLISHED_ON.replace(day=24),
    )
    for one in (item, policy, interpretation):
        make_findable(one)
    return Housing(agency, column, below, empty, item, policy, interpretation, make_withdrawn(agency))
