"""Workbooks for tests: the template, changed as a person would change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.exchange.sheets import SHEETS
from gongkai.exchange.template import write_template

AGENCY = "sample-housing"

# One sound row per sheet, for the agency of the cast.
SOUND: dict[str, dict[str, Any]] = {
    "公开信息": {
        "索引号": "000002188/2017-00007",
        "名称": "关于公租房维修的通知",
        "正文": "第一段。\n第二段。",
        "成文日期": dt.date(2017, 3, 14),
        "发布日期": dt.date(2017, 3, 15),
        "发布日期依据": "区政府网站",
        "栏目": "住房保障",
        "政府网站日期": dt.date(2017, 3, 15),
    },
    "政务热线工单": {
        "工单编号": "RX1",
        "主题": "公租房申请咨询",
        "收到日期": dt.date(2017, 3, 14),
        "答复日期": dt.date(2017, 3, 15),
        "办结日期": dt.date(2017, 3, 16),
    },
    "信访件": {"信访件编号": "XF1", "主题": "安置房问题", "收到日期": dt.date(2017, 3, 14)},
    "专门机构": {"机构名称": "公开办", "设立日期": dt.date(2015, 1, 5)},
    "查阅点": {"查阅点名称": "大厅查阅点", "启用日期": dt.date(2015, 1, 5)},
    "接待查阅": {"查阅点名称": "大厅查阅点", "日期": dt.date(2017, 3, 15), "人数": 2},
    "工作人员": {"姓名或岗位": "示例人员", "性质": "专职", "到岗日期": dt.date(2016, 1, 4)},
    "热点和舆情": {"主题": "老旧小区加装电梯", "首次回应日期": dt.date(2017, 3, 15), "回应方式": "微信"},
    "来信来电": {
        "渠道": "信箱",
        "编号": "XX1",
        "主题": "加装电梯补贴",
        "收到日期": dt.date(2017, 3, 14),
        "答复日期": dt.date(2017, 3, 16),
        "属于回应公众关注": "是",
        "回应的热点": "老旧小区加装电梯",
    },
    "新闻发布会": {"举办日期": dt.date(2017, 3, 15), "主题": "保障房分配", "主要负责同志参加": "是"},
    "在线访谈": {"举办日期": dt.date(2017, 3, 16), "主题": "物业管理"},
    "举报投诉": {"编号": "JB1", "收到日期": dt.date(2017, 3, 14)},
    "信息公开申请": {
        "申请编号": "SQ1",
        "收到日期": dt.date(2017, 3, 14),
        "申请方式": "网络",
        "申请人类别": "自然人",
        "申请内容": "某小区维修资金使用清单",
        "答复期限": dt.date(2017, 4, 6),
    },
    "申请答复": {"申请": "SQ1", "送达日期": dt.date(2017, 3, 30), "答复结果": "同意公开"},
    "行政复议": {"案号": "FY1", "受理日期": dt.date(2017, 5, 10), "所涉申请": "SQ1"},
    "行政诉讼": {
        "案号": "SS1",
        "受理日期": dt.date(2017, 6, 12),
        "审结日期": dt.date(2017, 9, 1),
        "结果": "维持或者驳回",
    },
    "报送信息": {
        "移交日期": dt.date(2017, 3, 15),
        "场所类别": "档案馆",
        "场所名称": "示例区档案馆",
        "载体": "纸质文件",
        "条数": 3,
    },
    "专项经费": {"日期": dt.date(2017, 3, 15), "金额（元）": 1234.5, "用途": "印制公开指南"},
    "工作会议": {"召开日期": dt.date(2017, 3, 15), "主题": "年度部署"},
    "培训": {"举办日期": dt.date(2017, 3, 15), "主题": "保密审查", "参加人次": 20},
    "无事项确认": {"年度": 2016, "登记簿": "行政诉讼"},
    "规则设置": {"设置": "回应数按热线工单和信访件统计", "自年度": 2017, "取值": "是"},
}


def template(folder: Path) -> Path:
    """The empty template."""
    path = folder / "template.xlsx"
    if not path.exists():
        write_template(path)
    return path


def changed(folder: Path, change: Callable[[Workbook], None]) -> Path:
    """The template after a change."""
    book = load_workbook(template(folder))
    change(book)
    path = folder / "changed.xlsx"
    book.save(path)
    return path


def put(page: Worksheet, row: int, cells: dict[str, Any]) -> None:
    """Fill a row by headers; the agency is the cast's unless it is named."""
    headers = {cell.value: cell.column for cell in page[1]}
    for header, value in {"机构代码": AGENCY, **cells}.items():
        page.cell(row, headers[header], value)


def with_rows(folder: Path, *rows: tuple[str, dict[str, Any]]) -> Path:
    """The template with sound rows, each changed by the cells given, below the example rows."""

    def change(book: Workbook) -> None:
        place = dict.fromkeys(SHEETS, 3)
        for sheet, cells in rows:
            put(book[sheet], place[sheet], {**SOUND[sheet], **cells})
            place[sheet] += 1

    return changed(folder, change)
