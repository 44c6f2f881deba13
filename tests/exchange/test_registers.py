"""The sheets of the declared registers: links within the workbook and to the ledger, faults by row and column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongkai.exchange.register_sheets import REGISTER_SHEETS
from gongkai.exchange.workbook import load
from gongkai.inforequests.models import InfoRequest, Lawsuit, Reply
from gongkai.periods.records.kinds import kinds
from gongkai.resources.models import Fund
from gongkai.rules.refusals import ActRefused
from tests.cast import Cast
from tests.exchange.books import SOUND, with_rows

AT = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)
Records = Callable[[], dict[str, int]]


def test_every_declared_register_comes_in_by_some_sheet() -> None:
    by_sheet = {register.kind.model.__name__ for register in REGISTER_SHEETS}
    assert {kind.model.__name__ for kind in kinds()} == by_sheet


def test_load_reply_names_a_request_of_the_same_workbook_and_settles_it(housing: Cast, tmp_path: Path) -> None:
    book = with_rows(tmp_path, ("信息公开申请", {}), ("申请答复", {}), ("行政复议", {}))
    assert [fault.sentence for fault in load(book, by=housing.office, at=AT).faults] == []
    request = InfoRequest.objects.get()
    assert (Reply.objects.get().request, request.served_on) == (request, dt.date(2017, 3, 30))


def test_load_reply_names_a_request_of_the_ledger(housing: Cast, tmp_path: Path) -> None:
    assert load(with_rows(tmp_path, ("信息公开申请", {})), by=housing.office, at=AT).saved
    assert load(with_rows(tmp_path, ("申请答复", {})), by=housing.office, at=AT).saved
    assert Reply.objects.get().request == InfoRequest.objects.get()


FAULTS: list[tuple[str, dict[str, Any], str, str]] = [
    ("申请答复", {"申请": "SQ9"}, "申请", "没有申请编号为「SQ9」"),
    ("申请答复", {"答复结果": "不同意公开"}, "", "理由"),
    ("新闻发布会", {"举办日期": dt.date(2027, 1, 4)}, "举办日期", "不能晚于今天"),
    ("举报投诉", {"办结日期": dt.date(2017, 3, 1), "结果": "被纠错"}, "办结日期", "不能早于"),
    ("行政诉讼", {"审结日期": None}, "", "已选结果"),
    ("热点和舆情", {"回应方式": None}, "", "回应方式"),
    ("专项经费", {"金额（元）": "一千"}, "金额（元）", "一千"),
    ("专项经费", {"金额（元）": -5}, "金额（元）", "-5"),
    ("专项经费", {"金额（元）": 1.005}, "金额（元）", "1.005"),
    ("培训", {"参加人次": 0}, "参加人次", "0"),
    ("信息公开申请", {"申请方式": "飞鸽"}, "申请方式", "飞鸽"),
]


@pytest.mark.parametrize(("sheet", "cells", "column", "said"), FAULTS)
def test_load_names_the_fault_of_a_register_row(
    housing: Cast, records: Records, tmp_path: Path, sheet: str, cells: dict[str, Any], column: str, said: str
) -> None:
    before = records()
    result = load(with_rows(tmp_path, ("信息公开申请", {}), (sheet, cells)), by=housing.office, at=AT)
    [fault] = result.faults
    assert (fault.sheet, fault.row) == (sheet, 4 if sheet == "信息公开申请" else 3)
    assert said in fault.sentence
    if column:
        assert fault.column == column
    assert records() == before


def test_load_names_a_number_twice_in_the_file_and_one_in_the_ledger(housing: Cast, tmp_path: Path) -> None:
    twice = load(with_rows(tmp_path, ("行政诉讼", {}), ("行政诉讼", {})), by=housing.office, at=AT)
    assert [(fault.sheet, fault.row, fault.column) for fault in twice.faults] == [("行政诉讼", 4, "案号")]
    assert "与第3行重复" in twice.faults[0].sentence
    assert load(with_rows(tmp_path, ("行政诉讼", {})), by=housing.office, at=AT).saved
    again = load(with_rows(tmp_path, ("行政诉讼", {})), by=housing.office, at=AT)
    assert ["已经登记过" in fault.sentence for fault in again.faults] == [True]
    assert Lawsuit.objects.count() == 1


def test_load_twice_is_told_for_records_without_a_number(housing: Cast, tmp_path: Path) -> None:
    assert load(with_rows(tmp_path, ("专项经费", {})), by=housing.office, at=AT).saved
    again = load(with_rows(tmp_path, ("专项经费", {}), ("报送信息", {}), ("报送信息", {})), by=housing.office, at=AT)
    assert [(fault.sheet, fault.row) for fault in again.faults] == [("报送信息", 4), ("专项经费", 3)]


def test_load_money_keeps_its_cents(housing: Cast, tmp_path: Path) -> None:
    assert load(with_rows(tmp_path, ("专项经费", {"金额（元）": 0.07})), by=housing.office, at=AT).saved
    assert str(Fund.objects.get().amount) == "0.07"


@pytest.mark.parametrize("sheet", [register.sheet.name for register in REGISTER_SHEETS])
def test_load_is_refused_to_who_may_not_keep_the_register(
    housing: Cast, records: Records, tmp_path: Path, sheet: str
) -> None:
    before = records()
    rows = [(name, {}) for name in ("热点和舆情", "信息公开申请", "查阅点") if name != sheet and name in SOUND]
    with pytest.raises(ActRefused):
        load(with_rows(tmp_path, *rows, (sheet, {})), by=housing.auditor, at=AT)
    assert records() == before
