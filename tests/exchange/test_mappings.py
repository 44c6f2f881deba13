"""Exports of other systems: read by a saved mapping, keyed by their number, without a word of any person."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gongkai.audit.models import Event
from gongkai.documents import Document, read
from gongkai.enquiries.models import Enquiry
from gongkai.exchange.acts import ImportResult, import_rows, remove_mapping, save_mapping
from gongkai.exchange.faults import Faults
from gongkai.exchange.foreign import table_of
from gongkai.exchange.mapped import guess, is_personal
from gongkai.exchange.mapped_rows import MappedRows, day_of, read_rows
from gongkai.exchange.models import ColumnMapping
from gongkai.periods.records.acts import withdraw_record
from gongkai.rules.refusals import ActRefused
from tests.cast import Cast
from tests.exchange.exports import COLUMNS, HEADERS, ROWS, as_csv, as_xls, as_xlsx

AT = dt.datetime(2025, 3, 10, 1, 0, tzinfo=dt.UTC)
LATER = dt.datetime(2025, 3, 20, 1, 0, tzinfo=dt.UTC)


def make(cast: Cast, **changes: Any) -> ColumnMapping:
    values: dict[str, Any] = {"register": "hotline", "name": "市12345平台", "columns": COLUMNS} | changes
    return save_mapping(agency=cast.agency, by=cast.enquiry_officer, at=AT, **values)


def bring(
    cast: Cast,
    mapping: ColumnMapping,
    data: bytes,
    name: str = "导出.xlsx",
    at: dt.datetime = AT,
    dry_run: bool = False,
) -> ImportResult:
    document = read(data, name=name)
    assert isinstance(document, Document)
    faults = Faults()
    table = table_of(document, mapping.header_row, faults)
    found = read_rows(mapping, table, faults) if table else MappedRows()
    return import_rows(
        mapping=mapping,
        found=found,
        faults=faults,
        digest=document.sha256,
        sheet=table.sheet if table else "",
        by=cast.enquiry_officer,
        at=at,
        dry_run=dry_run,
    )


def with_cell(row: int, header: str, value: Any) -> list[list[Any]]:
    """The usual rows with one cell changed."""
    rows = [list(each) for each in ROWS]
    rows[row][HEADERS.index(header)] = value
    return rows


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (as_xlsx(), "导出.xlsx"),
        (as_xls(), "导出.xls"),
        (as_csv("utf-8-sig"), "导出.csv"),
        (as_csv("gb18030"), "导出.csv"),
    ],
    ids=["xlsx", "xls", "csv-utf8", "csv-gb18030"],
)
def test_an_export_comes_in_with_number_days_limit_topic_and_result_alone(cast: Cast, data: bytes, name: str) -> None:
    result = bring(cast, make(cast), data, name)
    assert (result.saved, result.faults, len(result.entered)) == (True, [], 3)
    first = Enquiry.objects.get(number="DH202503040001")
    assert (first.channel, first.topic, first.result) == ("hotline", "小区电梯停运", "settled")
    assert first.received_on == dt.date(2025, 3, 4)
    assert first.limit_on == dt.date(2025, 3, 11)
    assert (first.answered_on, first.settled_on) == (dt.date(2025, 3, 6), dt.date(2025, 3, 7))
    kept = [str(Enquiry.objects.values()), str(list(Event.objects.values_list("data", flat=True)))]
    assert not any(word in text for text in kept for word in ("诉求人一", "13800000000", "来电人"))


def test_a_second_import_changes_what_changed_and_nothing_else(cast: Cast) -> None:
    mapping = make(cast)
    bring(cast, mapping, as_xlsx())
    before = Event.objects.count()
    again = bring(cast, mapping, as_xlsx())
    assert (again.entered, again.changed, again.unchanged) == ([], [], 3)
    assert Event.objects.count() == before + 1  # that a file came in
    rows = with_cell(1, "办结时间", "2025-03-18")
    rows[1][-1] = "已办结"
    result = bring(cast, mapping, as_xlsx(rows), at=LATER)
    assert [one.number for one in result.changed] == ["DH202503050002"]
    assert "办理结果由「已答复」改为「已办结」" in result.changed[0].said
    assert result.unchanged == 2
    assert Enquiry.objects.get(number="DH202503050002").settled_on == dt.date(2025, 3, 18)
    assert Event.objects.filter(object_kind="enquiries.enquiry").count() == 4


def test_an_empty_cell_leaves_what_is_there(cast: Cast) -> None:
    mapping = make(cast)
    bring(cast, mapping, as_xlsx())
    result = bring(cast, mapping, as_xlsx(with_cell(0, "办理时限", "")))
    assert result.unchanged == 3
    assert Enquiry.objects.get(number="DH202503040001").limit_on == dt.date(2025, 3, 11)


def test_a_row_that_is_gone_is_named_and_stays(cast: Cast) -> None:
    mapping = make(cast)
    bring(cast, mapping, as_xlsx())
    result = bring(cast, mapping, as_xlsx([ROWS[0], ROWS[2]]))
    assert result.missing == ["DH202503050002"]
    assert Enquiry.objects.standing().count() == 3


def test_a_withdrawn_number_is_not_entered_again(cast: Cast) -> None:
    mapping = make(cast)
    bring(cast, mapping, as_xlsx())
    mistaken = Enquiry.objects.get(number="DH202503060003")
    withdraw_record(record=mistaken, reason="不属于本单位", by=cast.enquiry_officer, at=AT)
    result = bring(cast, mapping, as_xlsx())
    assert (result.withdrawn, result.entered) == (["DH202503060003"], [])


def test_a_dry_run_says_all_and_writes_nothing(cast: Cast) -> None:
    mapping = make(cast)
    before = Event.objects.count()
    result = bring(cast, mapping, as_xlsx(), dry_run=True)
    assert (result.saved, len(result.entered)) == (False, 3)
    assert (Enquiry.objects.count(), Event.objects.count()) == (0, before)


@pytest.mark.parametrize(
    ("row", "header", "value", "problem"),
    [
        (0, "受理时间", "三月四日", "三月四日"),
        (0, "受理时间", "", "没有填写"),
        (1, "工单编号", "DH202503040001", "与第2行重复"),
        (2, "工单状态", "挂起", "挂起"),
        (0, "答复时间", "2025-03-01", "不能早于"),
        (0, "受理时间", "2026-01-01", "不能晚于今天"),
    ],
)
def test_one_fault_is_named_by_row_and_column_and_nothing_comes_in(
    cast: Cast, row: int, header: str, value: str, problem: str
) -> None:
    result = bring(cast, make(cast), as_xlsx(with_cell(row, header, value)))
    assert not result.saved
    assert Enquiry.objects.count() == 0
    faults = [fault for fault in result.faults if problem in fault.sentence]
    assert [(fault.row, fault.column) for fault in faults][:1] == [(row + 2, header)]


def test_a_result_without_its_day_is_a_fault(cast: Cast) -> None:
    result = bring(cast, make(cast), as_xlsx(with_cell(0, "办结时间", "")))
    assert [(fault.row, fault.column) for fault in result.faults] == [(2, "办结时间")]
    assert "请填写办结日期" in result.faults[0].problem


def test_a_column_that_is_gone_is_one_fault(cast: Cast) -> None:
    headers = ["诉求标题" if header == "工单标题" else header for header in HEADERS]
    result = bring(cast, make(cast), as_xlsx(ROWS, headers))
    assert [fault.problem for fault in result.faults] == ["没有「工单标题」列"]


def test_headers_stand_below_a_title(cast: Cast) -> None:
    result = bring(cast, make(cast, header_row=2), as_xlsx(title="12345工单导出"))
    assert result.saved


def test_numbers_of_persons_in_a_topic_are_covered(cast: Cast) -> None:
    rows = with_cell(0, "工单标题", "电梯停运，请回电13812345678")
    result = bring(cast, make(cast), as_xlsx(rows))
    assert result.notes == ["有1条主题里写有号码，已经隐去。"]
    assert "13812345678" not in Enquiry.objects.get(number="DH202503040001").topic


@pytest.mark.parametrize(
    "header", ["来电人", "姓名", "联系电话", "手机号码", "家庭住址", "身份证号", "信访人姓名", "诉求人"]
)
def test_a_column_of_persons_is_refused(cast: Cast, header: str) -> None:
    assert is_personal(header)
    with pytest.raises(ActRefused, match="个人信息"):
        make(cast, columns=COLUMNS | {"topic": header})


def test_usual_headers_are_guessed_and_persons_never() -> None:
    assert guess(HEADERS) == COLUMNS
    assert guess(["信访件编号", "信访人", "概况信息", "登记日期", "办理期限", "办结时间"]) == {
        "number": "信访件编号",
        "topic": "概况信息",
        "received_on": "登记日期",
        "limit_on": "办理期限",
        "settled_on": "办结时间",
    }
    asked = guess(["工单号", "来电主题", "来电时间", "要求办结时间", "答复时间", "办结时间"])
    assert (asked["limit_on"], asked["settled_on"]) == ("要求办结时间", "办结时间")


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2025-03-04", "ymd", dt.date(2025, 3, 4)),
        ("2025年3月4日", "ymd", dt.date(2025, 3, 4)),
        ("2025/3/4 9:30", "mdy", dt.date(2025, 3, 4)),
        ("20250304", "ymd", dt.date(2025, 3, 4)),
        ("20250304093011", "ymd", dt.date(2025, 3, 4)),
        ("04/03/2025", "dmy", dt.date(2025, 3, 4)),
        ("3/4/2025", "mdy", dt.date(2025, 3, 4)),
        ("45720", "ymd", None),
        ("2025-13-04", "ymd", None),
        ("3/4/25", "ymd", None),
        ("昨天", "ymd", None),
    ],
)
def test_days_are_read_as_the_mapping_says(text: str, order: str, day: dt.date | None) -> None:
    assert day_of(text, order) == day


def test_only_who_keeps_the_register_saves_imports_and_removes(cast: Cast) -> None:
    mapping = make(cast)
    for account in (cast.contributor, cast.head, cast.stranger, cast.supervisor, cast.system_administrator):
        with pytest.raises(ActRefused):
            save_mapping(agency=cast.agency, register="hotline", name="另一个", columns=COLUMNS, by=account, at=AT)
        with pytest.raises(ActRefused):
            import_rows(mapping=mapping, found=MappedRows(), faults=Faults(), digest="", by=account, at=AT)
        with pytest.raises(ActRefused):
            remove_mapping(mapping=mapping, by=account, at=AT)
    remove_mapping(mapping=mapping, by=cast.office, at=AT)
    assert not ColumnMapping.objects.exists()


def test_names_are_taken_once_in_an_agency(cast: Cast) -> None:
    make(cast)
    with pytest.raises(ActRefused, match="已有名为"):
        make(cast)
