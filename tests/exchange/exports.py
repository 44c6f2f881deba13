"""Exports of another system, as a hotline platform gives them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import xlwt
from openpyxl import Workbook

HEADERS = ("工单编号", "工单标题", "来电人", "联系电话", "受理时间", "办理时限", "答复时间", "办结时间", "工单状态")
ROWS: tuple[tuple[Any, ...], ...] = (
    (
        "DH202503040001",
        "小区电梯停运",
        "诉求人一",
        "13800000000",
        "2025-03-04 09:30:11",
        "2025-03-11",
        "2025/3/6",
        "2025-03-07",
        "已办结",
    ),
    ("DH202503050002", "物业收费咨询", "诉求人二", "13800000001", "2025-03-05", "2025-03-12", "2025-3-6", "", "已答复"),
    ("DH202503060003", "公租房报修", "诉求人三", "13800000002", "2025-03-06", "", "", "", "办理中"),
)
COLUMNS = {
    "number": "工单编号",
    "topic": "工单标题",
    "received_on": "受理时间",
    "limit_on": "办理时限",
    "answered_on": "答复时间",
    "settled_on": "办结时间",
    "result": "工单状态",
}


def as_xlsx(rows: Sequence[Sequence[Any]] = ROWS, headers: Sequence[str] = HEADERS, title: str = "") -> bytes:
    """The export as XLSX, with a line above the headers where one is given."""
    book = Workbook()
    page = book.active
    assert page is not None
    if title:
        page.append([title])
    page.append(list(headers))
    for row in rows:
        page.append(list(row))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def as_xls(rows: Sequence[Sequence[Any]] = ROWS) -> bytes:
    """The export as XLS, days as days."""
    book = xlwt.Workbook()
    page = book.add_sheet("导出")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for at, row in enumerate((HEADERS, *rows)):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                page.write(at, column, value, day)
            else:
                page.write(at, column, value)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def as_csv(encoding: str, rows: Sequence[Sequence[Any]] = ROWS) -> bytes:
    """The export as CSV."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADERS)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)
