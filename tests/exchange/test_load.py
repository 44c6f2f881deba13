"""Workbooks come in as a whole or not at all."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from gongkai.audit.models import Event
from gongkai.enquiries.models import Enquiry
from gongkai.exchange.workbook import load
from gongkai.lawbook import settings as lawbook
from gongkai.periods.models import NothingToReport
from gongkai.periods.records.acts import withdraw_records
from gongkai.publishing.models import Item, ItemState
from gongkai.publishing.text import to_plain
from gongkai.resources.models import StaffMember, Visit
from gongkai.rules.refusals import ActRefused
from tests.cast import Cast
from tests.exchange.books import SOUND, changed, put, template, with_rows

AT = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)
Records = Callable[[], dict[str, int]]


def test_load_one_sound_row_per_sheet_enters_every_register(housing: Cast, tmp_path: Path) -> None:
    book = with_rows(tmp_path, *((sheet, {}) for sheet in SOUND))
    result = load(book, by=housing.office, at=AT)
    assert [fault.sentence for fault in result.faults] == []
    assert result.saved
    assert result.counts == dict.fromkeys(SOUND, 1)
    item = Item.objects.get()
    assert (item.state, item.entered_as_history, item.confirmed_at) == (ItemState.PUBLISHED, True, None)
    assert (item.index_number, item.published_on) == ("000002188/2017-00007", dt.date(2017, 3, 15))
    assert item.body == "<p>第一段。</p><p>第二段。</p>"
    assert list(item.channels.values_list("kind", "on")) == [("website", dt.date(2017, 3, 15))]
    assert sorted(Enquiry.objects.values_list("channel", "number")) == [
        ("hotline", "RX1"),
        ("mailbox", "XX1"),
        ("petition", "XF1"),
    ]
    assert Visit.objects.get().visitors == 2
    assert NothingToReport.objects.get().confirmed_by == housing.office
    assert lawbook.values("count_work_orders_as_responses", [housing.agency.pk], 2018) == {housing.agency.pk: True}


def test_load_untouched_template_changes_nothing(records: Records, tmp_path: Path) -> None:
    before = records()
    result = load(template(tmp_path), by=None, at=AT)
    assert (result.saved, result.faults) == (True, [])
    assert sum(result.counts.values()) == 0
    assert len(result.notes) == len(SOUND)
    assert records() == before


def test_load_changed_example_is_a_fault(records: Records, tmp_path: Path) -> None:
    before = records()

    def change(book: Workbook) -> None:
        book["政务热线工单"]["C2"] = "别的主题"

    result = load(changed(tmp_path, change), by=None, at=AT)
    assert [(fault.sheet, fault.row) for fault in result.faults] == [("政务热线工单", 2)]
    assert "示例行改动过" in result.faults[0].sentence
    assert records() == before


def test_load_example_mark_within_a_longer_text_is_data(housing: Cast, tmp_path: Path) -> None:
    result = load(with_rows(tmp_path, ("工作人员", {"姓名或岗位": "示例甲"})), by=housing.office, at=AT)
    assert result.saved
    assert StaffMember.objects.get().name == "示例甲"


def test_load_dry_run_finds_the_same_and_saves_nothing(housing: Cast, records: Records, tmp_path: Path) -> None:
    before = records()
    result = load(with_rows(tmp_path, *((sheet, {}) for sheet in SOUND)), by=housing.office, at=AT, dry_run=True)
    assert (result.saved, result.faults) == (False, [])
    assert result.counts == dict.fromkeys(SOUND, 1)
    assert records() == before


def test_load_one_fault_keeps_every_sound_row_out(housing: Cast, records: Records, tmp_path: Path) -> None:
    before = records()
    rows = [(sheet, {}) for sheet in SOUND] + [("工作人员", {"姓名或岗位": "另一人", "性质": "全职"})]
    result = load(with_rows(tmp_path, *rows), by=housing.office, at=AT)
    assert [(fault.sheet, fault.row, fault.column) for fault in result.faults] == [("工作人员", 4, "性质")]
    assert not result.saved
    assert records() == before


def test_load_all_faults_are_told_at_once(housing: Cast, tmp_path: Path) -> None:
    result = load(
        with_rows(
            tmp_path,
            ("公开信息", {"机构代码": "nobody"}),
            ("公开信息", {"栏目": "没有的栏目", "起草股室": "没有的股室"}),
            ("政务热线工单", {"收到日期": "2017-02-30"}),
            ("接待查阅", {"人数": -1}),
        ),
        by=housing.office,
        at=AT,
    )
    assert {(fault.sheet, fault.row, fault.column) for fault in result.faults} == {
        ("公开信息", 3, "机构代码"),
        ("公开信息", 4, "栏目"),
        ("公开信息", 4, "起草股室"),
        ("政务热线工单", 3, "收到日期"),
        ("接待查阅", 3, "人数"),
    }


def test_load_same_workbook_twice_names_every_duplicate(housing: Cast, records: Records, tmp_path: Path) -> None:
    book = with_rows(tmp_path, *((sheet, {}) for sheet in SOUND))
    assert load(book, by=housing.office, at=AT).saved
    before = records()
    again = load(book, by=housing.office, at=AT)
    assert {fault.sheet for fault in again.faults} == set(SOUND)
    assert all(re.search("已经登记过|已登记的一条|已经确认过无事项", fault.sentence) for fault in again.faults)
    assert records() == before


def test_load_item_without_index_number_twice_is_a_duplicate(housing: Cast, tmp_path: Path) -> None:
    housing.agency.credit_code = "129901010000021883"
    housing.agency.save()
    book = with_rows(tmp_path, ("公开信息", {"索引号": None}))
    assert load(book, by=housing.office, at=AT).saved
    assert [fault.column for fault in load(book, by=housing.office, at=AT).faults] == ["名称"]


def test_load_interpretation_names_a_policy_below_it_in_the_file(housing: Cast, tmp_path: Path) -> None:
    result = load(
        with_rows(
            tmp_path,
            (
                "公开信息",
                {"索引号": "000002188/2017-00002", "名称": "解读", "解读的文件索引号": "000002188/2017-00001"},
            ),
            ("公开信息", {"索引号": "000002188/2017-00001", "名称": "办法", "行政规范性文件": "是"}),
        ),
        by=housing.office,
        at=AT,
    )
    assert result.saved, [fault.sentence for fault in result.faults]
    assert Item.objects.get(title="解读").interprets == Item.objects.get(title="办法", is_normative=True)


def test_load_item_posted_at_two_places_went_out_by_each(housing: Cast, tmp_path: Path) -> None:
    cells = {"现场张贴日期": dt.date(2017, 3, 16), "现场张贴地点": "一号公示栏、二号公示栏"}
    assert load(with_rows(tmp_path, ("公开信息", cells)), by=housing.office, at=AT).saved
    channels = Item.objects.get().channels.filter(kind="posting")
    assert sorted(channels.values_list("place", flat=True)) == ["一号公示栏", "二号公示栏"]


def test_load_by_an_officer_without_the_post_is_refused(housing: Cast, records: Records, tmp_path: Path) -> None:
    before = records()
    with pytest.raises(ActRefused):
        load(with_rows(tmp_path, ("工作人员", {})), by=housing.contributor, at=AT)
    with pytest.raises(ActRefused):
        load(with_rows(tmp_path, ("工作人员", {})), by=housing.stranger, at=AT)
    assert records() == before


def test_load_at_the_command_line_confirms_in_the_operators_name(housing: Cast, tmp_path: Path) -> None:
    assert load(with_rows(tmp_path, ("无事项确认", {})), by=None, at=AT).saved
    assert NothingToReport.objects.get().confirmed_by is None


def test_load_confirmation_of_a_register_with_records_is_a_fault(
    housing: Cast, records: Records, tmp_path: Path
) -> None:
    before = records()
    book = with_rows(tmp_path, ("政务热线工单", {}), ("无事项确认", {"年度": 2017, "登记簿": "政务热线工单"}))
    result = load(book, by=housing.office, at=AT)
    assert [(fault.sheet, fault.row) for fault in result.faults] == [("无事项确认", 3)]
    assert records() == before


def test_load_text_that_begins_like_a_formula_stays_text(housing: Cast, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        put(book["政务热线工单"], 3, {**SOUND["政务热线工单"], "主题": "=1+1"})
        book["政务热线工单"]["C3"].data_type = "s"

    assert load(changed(tmp_path, change), by=housing.office, at=AT).saved
    assert Enquiry.objects.get().topic == "=1+1"


def test_load_days_written_as_text_are_read(housing: Cast, tmp_path: Path) -> None:
    cells = {"收到日期": "2017-03-14", "答复日期": "2017/3/15", "办结日期": "2017年3月16日"}
    assert load(with_rows(tmp_path, ("政务热线工单", cells)), by=housing.office, at=AT).saved
    enquiry = Enquiry.objects.get()
    assert (enquiry.received_on, enquiry.answered_on, enquiry.settled_on) == (
        dt.date(2017, 3, 14),
        dt.date(2017, 3, 15),
        dt.date(2017, 3, 16),
    )


def test_load_in_an_officers_name_leaves_a_trace_of_the_command_line(housing: Cast, tmp_path: Path) -> None:
    load(with_rows(tmp_path, ("信访件", {})), by=housing.office, at=AT)
    event = Event.objects.get(kind="exchange.workbook_loaded")
    assert (event.by, event.data["rows"], event.data["file"]) == (None, 1, "changed.xlsx")
    assert housing.office.name in event.data["in_name_of"]


def test_load_keeps_what_else_is_said_of_an_item(housing: Cast, tmp_path: Path) -> None:
    cells = {
        "公开属性": "不予公开",
        "不公开的理由": "其他（写明理由）",
        "理由说明": "涉及招标底价",
        "联合发文机构": "示例区财政局、示例区民政局",
        "实施日期": dt.date(2017, 4, 1),
        "有效期至": dt.date(2020, 3, 31),
        "有效性": "已废止",
        "有效性变动日期": dt.date(2019, 5, 6),
        "有效性依据": "示住建发〔2019〕3号",
    }
    assert load(with_rows(tmp_path, ("公开信息", cells)), by=housing.office, at=AT).faults == []
    item = Item.objects.get()
    assert (item.ground, item.ground_note) == ("other", "涉及招标底价")
    assert item.issuers == ["示例区财政局", "示例区民政局"]
    assert (item.effective_on, item.valid_until) == (dt.date(2017, 4, 1), dt.date(2020, 3, 31))
    assert (item.validity, item.validity_from_on) == ("repealed", dt.date(2019, 5, 6))
    assert item.validity_note == "示住建发〔2019〕3号"
    told = [event.kind for event in Event.objects.filter(object_key=str(item.uid))]
    assert told == ["publishing.history_entered", "publishing.validity_set"]


def test_load_reads_the_line_ends_of_other_programs(housing: Cast, tmp_path: Path) -> None:
    assert load(
        with_rows(tmp_path, ("公开信息", {"正文": "第一段。_x000D_\n第二段。"})), by=housing.office, at=AT
    ).saved
    assert to_plain(Item.objects.get().body) == "第一段。\n第二段。"


def test_load_number_of_a_withdrawn_record_may_come_again(housing: Cast, tmp_path: Path) -> None:
    book = with_rows(tmp_path, ("政务热线工单", {}))
    assert load(book, by=housing.office, at=AT).saved
    withdraw_records(records=list(Enquiry.objects.all()), reason="登记错了", by=housing.office, at=AT)
    assert load(book, by=housing.office, at=AT).saved


def test_load_number_in_two_sheets_of_one_register_is_a_fault(housing: Cast, records: Records, tmp_path: Path) -> None:
    before = records()
    book = with_rows(
        tmp_path, ("政务热线工单", {}), ("来信来电", {"渠道": "政务热线", "编号": "RX1", "回应的热点": None})
    )
    faults = load(book, by=housing.office, at=AT).faults
    assert [(fault.sheet, "已经登记过" in fault.sentence) for fault in faults] == [("来信来电", True)]
    assert records() == before


def test_load_visit_names_the_point_that_was_there_that_day(housing: Cast, tmp_path: Path) -> None:
    old, new = {"停用日期": dt.date(2016, 12, 31)}, {"启用日期": dt.date(2017, 1, 3)}
    assert load(with_rows(tmp_path, ("查阅点", old)), by=housing.office, at=AT).saved
    assert load(with_rows(tmp_path, ("查阅点", new)), by=housing.office, at=AT).saved
    assert load(with_rows(tmp_path, ("接待查阅", {})), by=housing.office, at=AT).faults == []
    assert Visit.objects.get().reading_point.from_on == dt.date(2017, 1, 3)
