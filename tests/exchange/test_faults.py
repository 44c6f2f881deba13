"""Bad workbooks: what each is told, with its place, and that nothing came in."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from gongkai.exchange import packages
from gongkai.exchange.faults import CAP
from gongkai.exchange.workbook import LoadResult, load
from tests.cast import Cast
from tests.exchange.books import SOUND, changed, put, template, with_rows

pytestmark = pytest.mark.one_database

AT = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)
Records = Callable[[], dict[str, int]]

# Sheet, changed cells of a sound row, column that is told, part of the sentence.
BAD_CELLS: list[tuple[str, dict[str, Any], str, str]] = [
    ("公开信息", {"发布日期": "2017-13-01"}, "发布日期", "「2017-13-01」；应为日期"),
    ("公开信息", {"发布日期": 42809}, "发布日期", "「42809」；应为日期"),
    ("公开信息", {"发布日期": None}, "发布日期", "没有填写"),
    ("公开信息", {"发布日期": dt.date(2027, 1, 4), "政府网站日期": None}, "发布日期", "发布日期不能晚于今天"),
    ("公开信息", {"成文日期": dt.date(2017, 3, 16)}, "发布日期", "发布日期不能早于成文日期（2017-03-16）"),
    ("公开信息", {"政府网站日期": dt.date(2017, 3, 14)}, "政府网站日期", "不能早于首次公开日（2017-03-15）"),
    ("公开信息", {"现场张贴地点": "公示栏"}, "现场张贴日期", "没有填写日期"),
    ("公开信息", {"现场张贴日期": dt.date(2017, 3, 16)}, "现场张贴地点", "现场张贴要写张贴地点"),
    ("公开信息", {"报刊广播电视日期": dt.date(2017, 3, 16)}, "报刊广播电视名称", "请写名称"),
    ("公开信息", {"发布日期依据": "致电13800138000"}, "发布日期依据", "个人号码"),
    ("公开信息", {"公开属性": "不予公开"}, "不公开的理由", "不予公开的，要选择理由"),
    ("公开信息", {"不公开的理由": "其他（写明理由）"}, "不公开的理由", "主动公开的信息不填"),
    ("公开信息", {"有效期至": dt.date(2017, 1, 2)}, "有效期至", "不能早于实施日期或成文日期"),
    ("公开信息", {"有效性": "已废止", "有效性依据": "清理决定"}, "有效性变动日期", "成文日期和今天之间"),
    ("公开信息", {"名称": "两行\n名称"}, "名称", "单元格里换了行"),
    ("政务热线工单", {"工单编号": "RX\u200b1"}, "工单编号", "看不见的字符"),
    ("政务热线工单", {"主题": "甲_x0007_乙"}, "主题", "控制字符"),
    ("公开信息", {"体裁分类": "传单"}, "体裁分类", "应为以下之一：通知"),
    ("公开信息", {"行政规范性文件": "不是"}, "行政规范性文件", "应为「是」或「否」"),
    ("公开信息", {"名称": "名" * 256}, "名称", "填写了256字；应为不超过255字的文字"),
    ("公开信息", {"解读的文件索引号": "没有/2017-1"}, "解读的文件索引号", "没有索引号为「没有/2017-1」的文件"),
    ("公开信息", {"解读的文件索引号": "000002188/2017-00007"}, "解读的文件索引号", "本条自己的索引号"),
    ("公开信息", {"栏目": "、"}, "栏目", "没有填写"),
    ("公开信息", {"机构代码": "nobody"}, "机构代码", "没有代码为「nobody」的机构"),
    ("公开信息", {"机构代码": " 示例"}, "机构代码", "没有代码为「示例」的机构"),
    ("政务热线工单", {"工单编号": 1234567890123456789}, "工单编号", "可能已改动其中的数字"),
    ("政务热线工单", {"工单编号": 1.5}, "工单编号", "填写的是数值"),
    ("政务热线工单", {"主题": dt.date(2017, 1, 3)}, "主题", "单元格不是文字"),
    ("政务热线工单", {"答复日期": dt.date(2017, 3, 13)}, "答复日期", "答复日期不能早于收到日期（2017-03-14）"),
    ("政务热线工单", {"主题": "=1+1"}, "主题", "填写的是公式"),
    ("政务热线工单", {"收到日期": "=TODAY()"}, "收到日期", "填写的是公式"),
    ("接待查阅", {"人数": -1}, "人数", "「-1」；应为大于0的整数"),
    ("接待查阅", {"人数": 0}, "人数", "「0」；应为大于0的整数"),
    ("接待查阅", {"人数": 1.5}, "人数", "「1.5」；应为大于0的整数"),
    ("接待查阅", {"人数": "两人"}, "人数", "「两人」；应为大于0的整数"),
    ("接待查阅", {"人数": "2"}, "人数", "「2」；应为大于0的整数"),
    ("接待查阅", {"人数": True}, "人数", "「True」；应为大于0的整数"),
    ("接待查阅", {"查阅点名称": "别处"}, "查阅点名称", "没有名称为「别处」的查阅点"),
    ("接待查阅", {"日期": dt.date(2014, 1, 6)}, "日期", "查阅点「大厅查阅点」没有设立"),
    ("工作人员", {"离岗日期": dt.date(2015, 1, 5)}, "离岗日期", "不能早于起始日期（2016-01-04）"),
    ("无事项确认", {"年度": 1999}, "年度", "「1999」；应为2008至2100之间的年度"),
    ("无事项确认", {"年度": "去年"}, "年度", "「去年」；应为2008至2100之间的年度"),
    ("无事项确认", {"年度": 2026}, "年度", "还没有结束"),
    ("规则设置", {"取值": "也许"}, "取值", "应为「是」或「否」"),
]


@pytest.mark.parametrize(
    ("sheet", "cells", "column", "said"), BAD_CELLS, ids=[f"{row[0]}-{row[2]}-{row[3][:12]}" for row in BAD_CELLS]
)
def test_load_bad_cell_is_told_with_its_place(
    housing: Cast,
    records: Records,
    tmp_path: Path,
    sheet: str,
    cells: dict[str, Any],
    column: str,
    said: str,
) -> None:
    rows = [("查阅点", {}), (sheet, cells)] if sheet == "接待查阅" else [(sheet, cells)]
    before = records()
    result = load(with_rows(tmp_path, *rows), by=housing.office, at=AT)
    assert [(fault.sheet, fault.row, fault.column) for fault in result.faults] == [(sheet, 3, column)]
    assert said in result.faults[0].sentence
    assert result.faults[0].sentence.startswith(f"「{sheet}」第3行「{column}」：")
    assert not result.saved
    assert records() == before


@pytest.mark.parametrize(
    ("sheet", "column"),
    [("公开信息", "索引号"), ("政务热线工单", "工单编号"), ("专门机构", "机构名称"), ("无事项确认", "登记簿")],
)
def test_load_duplicate_in_the_file_names_the_row_it_repeats(
    housing: Cast, tmp_path: Path, sheet: str, column: str
) -> None:
    result = load(with_rows(tmp_path, (sheet, {}), (sheet, {})), by=housing.office, at=AT)
    assert [(fault.row, fault.column) for fault in result.faults] == [(4, column)]
    assert "与第3行重复" in result.faults[0].sentence


def rename(book: Workbook) -> None:
    book["信访件"]["B1"] = "编号"


def clear(book: Workbook) -> None:
    book["信访件"]["C1"] = None


def double(book: Workbook) -> None:
    book["信访件"]["C1"] = "收到日期"


def merge(book: Workbook) -> None:
    book["信访件"].merge_cells("A1:B1")


def widen(book: Workbook) -> None:
    book["信访件"]["G3"] = "备注"


def head_wider(book: Workbook) -> None:
    book["信访件"]["G1"] = "备注"


def move_first(book: Workbook) -> None:
    page = book["信访件"]
    page["A1"], page["B1"] = page["B1"].value, page["A1"].value


def insert(book: Workbook) -> None:
    book["信访件"].insert_cols(2)


def add_sheet(book: Workbook) -> None:
    book.create_sheet("汇总")


def no_sheet(book: Workbook) -> None:
    for name in SOUND:
        book.remove(book[name])


def too_low(book: Workbook) -> None:
    put(book["信访件"], 50_001, SOUND["信访件"])


BAD_SHAPES: list[tuple[Callable[[Workbook], None], str]] = [
    (rename, "缺少表头「信访件编号」"),
    (rename, "B列的表头「编号」不在模板中"),
    (clear, "缺少表头「主题」"),
    (double, "表头「收到日期」出现了2次"),
    (merge, "单元格 A1:B1 是合并的"),
    (widen, "单元格 G3 有内容，但这一列没有表头"),
    (head_wider, "G列的表头「备注」不在模板中"),
    (move_first, "第一列的表头不对；应为「机构代码」"),
    (insert, "B列没有表头"),
    (add_sheet, "「汇总」：没有这个工作表"),
    (no_sheet, "没有可以导入的工作表"),
    (too_low, "最多填到第50000行"),
]


@pytest.mark.parametrize(("change", "said"), BAD_SHAPES, ids=[f"{row[0].__name__}-{row[1][:8]}" for row in BAD_SHAPES])
def test_load_bad_shape_is_told(
    records: Records, tmp_path: Path, change: Callable[[Workbook], None], said: str
) -> None:
    before = records()
    result = load(changed(tmp_path, change), by=None, at=AT)
    assert any(said in fault.sentence for fault in result.faults), [fault.sentence for fault in result.faults]
    assert records() == before


def repacked(source: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The same package with parts changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part, change(part.filename, old.read(part)))
    return target


def test_load_formula_with_cached_value_is_a_fault(housing: Cast, tmp_path: Path) -> None:
    book = with_rows(tmp_path, ("查阅点", {}), ("接待查阅", {"人数": "=1+1"}))

    def change(name: str, data: bytes) -> bytes:
        return data.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
            b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"
        )

    cached = repacked(book, tmp_path / "cached.xlsx", change)
    assert load_workbook(cached, data_only=True)["接待查阅"]["D3"].value == 2
    assert ["填写的是公式" in fault.sentence for fault in load(cached, by=housing.office, at=AT).faults] == [True]


def test_load_two_sheets_of_one_name_is_a_fault(records: Records, tmp_path: Path) -> None:
    def change(name: str, data: bytes) -> bytes:
        return data.replace("信访件".encode(), "专门机构".encode()) if name == "xl/workbook.xml" else data

    before = records()
    result = load(repacked(template(tmp_path), tmp_path / "twice.xlsx", change), by=None, at=AT)
    assert "「专门机构」：工作簿里有2个名为「专门机构」的工作表，请只保留一个。" in sentences(result)
    assert records() == before


def sentences(result: LoadResult) -> list[str]:
    return [fault.sentence for fault in result.faults]


def test_load_no_such_file_is_a_fault(db: None, tmp_path: Path) -> None:
    assert sentences(load(tmp_path / "none.xlsx", by=None, at=AT)) == [f"没有文件 {tmp_path / 'none.xlsx'}。"]


def test_load_folder_is_a_fault(db: None, tmp_path: Path) -> None:
    assert sentences(load(tmp_path, by=None, at=AT)) == [f"{tmp_path} 不是文件。"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "不是完好的 Excel 工作簿"),
        (b"a,b\n1,2\n", "不是完好的 Excel 工作簿"),
        (packages.OLE_HEADER + b"\0" * 600 + packages.ENCRYPTED, "设有打开密码"),
        (packages.OLE_HEADER + b"\0" * 600, "旧格式（.xls）"),
    ],
    ids=["empty", "csv", "password", "xls"],
)
def test_load_file_that_is_no_workbook_is_a_fault(db: None, tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(data)
    assert [said in sentence for sentence in sentences(load(path, by=None, at=AT))] == [True]


def test_load_zip_that_is_no_workbook_is_a_fault(db: None, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert ["不是完好的 Excel 工作簿" in sentence for sentence in sentences(load(path, by=None, at=AT))] == [True]


def test_load_truncated_workbook_is_a_fault(db: None, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(template(tmp_path).read_bytes()[:-2000])
    assert ["不是完好的 Excel 工作簿" in sentence for sentence in sentences(load(path, by=None, at=AT))] == [True]


def test_load_over_20_mb_is_a_fault(db: None, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with path.open("wb") as file:
        file.truncate(packages.MAX_FILE + 1)
    assert sentences(load(path, by=None, at=AT)) == ["文件超过 20 MB，请拆成几个工作簿分别导入。"]


def test_load_zip_bomb_is_refused_by_its_declared_size(db: None, tmp_path: Path) -> None:
    def change(name: str, data: bytes) -> bytes:
        return data + b" " * (packages.MAX_UNPACKED // 8) if name.startswith("xl/worksheets/") else data

    bomb = repacked(template(tmp_path), tmp_path / "bomb.xlsx", change)
    assert bomb.stat().st_size < packages.MAX_FILE
    assert ["解压后过大" in sentence for sentence in sentences(load(bomb, by=None, at=AT))] == [True]


def test_load_entities_are_refused(db: None, tmp_path: Path) -> None:
    def change(name: str, data: bytes) -> bytes:
        if name != "xl/worksheets/sheet3.xml":
            return data
        return b'<!DOCTYPE worksheet [<!ENTITY a "b">]>' + data

    path = repacked(template(tmp_path), tmp_path / "entities.xlsx", change)
    assert ["文档类型声明" in sentence for sentence in sentences(load(path, by=None, at=AT))] == [True]


def test_load_more_faults_than_are_listed_are_counted(housing: Cast, tmp_path: Path) -> None:
    rows = [("信访件", {"信访件编号": f"XF{number}", "主题": None}) for number in range(CAP + 5)]
    result = load(with_rows(tmp_path, *rows), by=housing.office, at=AT)
    assert (len(result.faults), result.left_out) == (CAP, 5)
