"""The statistics tables: exact labels, units, registers and deciding days."""

from __future__ import annotations

import csv
import json
import unicodedata
from pathlib import Path

import pytest

from gongkai.rules.errors import UnknownIndicator, UnknownTable
from gongkai.rules.indicators import Indicator, format_of, table

TABLE = table("2014", "shandong-2017")
SHARED_2021 = Path(__file__).resolve().parents[2] / ".." / "shared" / "domain" / "statistics-2021.json"
SEED = Path(__file__).resolve().parents[2] / ".." / "shared" / "domain" / "statistics-2014.csv"

# The registers of periods.registers that this table counts, by the rows' codes.
REGISTERS = {
    "items": "1.1 1.1.1 1.1.2 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 2.2.3",
    "hot_topics": "2.1 2.2.4 2.2.5",
    "news_conferences": "2.2.1 2.2.1.1",
    "online_interviews": "2.2.2 2.2.2.1",
    "requests": "3.1 3.1.1 3.1.2 3.1.3 3.1.4 3.1.5 3.2 3.2.1 3.2.2 3.3 3.3.1 3.3.2 3.3.3 3.3.4 3.3.4.1 3.3.4.2"
    " 3.3.4.3 3.3.4.4 3.3.4.5 3.3.4.6 3.3.5 3.3.6 3.3.7 3.3.8",
    "reconsiderations": "4 4.1 4.2 4.3",
    "lawsuits": "5 5.1 5.2 5.3",
    "complaints": "6 6.1 6.2 6.3",
    "transfers": "7 7.1 7.2",
    "ogi_offices": "8.1",
    "reading_points": "8.2",
    "visits": "8.3",
    "staff": "8.4 8.4.1 8.4.2",
    "funds": "8.5",
    "meetings": "9.1",
    "trainings": "9.2 9.3",
}

DECIDING_DAYS = {
    "1.1": "首次公开日",
    "1.1.2": "成文日期",
    "1.2.2": "首次公开日，渠道限同年使用",
    "2.1": "首次回应日",
    "2.2.1": "举办日",
    "2.2.3": "解读稿件首次公开日",
    "2.2.5": "回应日",
    "3.1.3": "收到申请日",
    "3.3.1": "答复送达日",
    "4.3": "审结日；12月31日尚未审结的计入其他情形",
    "6.3": "办结日；12月31日尚未办结的计入其他情形",
    "7.1": "送交日",
    "8.1": "12月31日在册",
    "8.3": "接待日，全年合计",
    "9.3": "举办日",
}


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def test_the_table_has_the_rows_of_the_form() -> None:
    assert len(TABLE.indicators) == 72
    assert len(TABLE.values) == 65
    headings = [each.code for each in TABLE.indicators if each.is_heading]
    assert headings == ["1", "1.2", "2", "2.2", "3", "8", "9"]
    assert len({each.code for each in TABLE.indicators}) == 72


def test_labels_equal_the_published_form_after_folding_the_width() -> None:
    if not SEED.exists():
        pytest.skip("../shared is absent: the published form is not beside this repository")
    with SEED.open(encoding="utf-8") as file:
        printed = list(csv.DictReader(file))
    assert [each["code"] for each in printed] == [each.code for each in TABLE.indicators]
    for row, ours in zip(printed, TABLE.indicators, strict=True):
        if row["code"] == "8.5":  # cut off in the publication
            assert folded(ours.label) == folded(row["label_in_seed"]) + "护等方面的经费)"
            assert folded(ours.name) == folded(row["name"]) + "护等方面的经费)"
        else:
            assert folded(ours.label) == folded(row["label_in_seed"])
            assert folded(ours.name) == folded(row["name"])
        expected = (row["parent_code"], row["unit"], row["is_of_which"] == "true")
        assert (ours.parent_code, ours.unit, ours.is_of_which) == expected


@pytest.mark.parametrize("indicator", TABLE.indicators, ids=lambda each: each.code)
def test_a_row_is_complete_and_printed_full_width(indicator: Indicator) -> None:
    prefix = "其中：" if indicator.label.startswith("其中") else ""
    assert indicator.label == indicator.ordinal + prefix + indicator.name
    assert not set("(),:;") & set(indicator.label + indicator.definition + indicator.deciding_day + indicator.note)
    assert indicator.label.count("（") == indicator.label.count("）")  # ST-93
    assert indicator.definition.count("。") == 1
    assert indicator.definition.endswith("。")
    assert bool(indicator.register) == bool(indicator.deciding_day) == (not indicator.is_heading)
    assert indicator.parent_code == indicator.code.rpartition(".")[0]
    assert indicator.level in range(4)


@pytest.mark.parametrize(("register", "codes"), REGISTERS.items())
def test_a_row_counts_the_records_of_its_register(register: str, codes: str) -> None:
    assert [each.code for each in TABLE.values if each.register == register] == codes.split()


def test_every_register_of_the_table_is_known() -> None:
    assert set(TABLE.registers) == set(REGISTERS)


@pytest.mark.parametrize(("code", "day"), DECIDING_DAYS.items())
def test_a_row_names_the_day_that_decides_its_year(code: str, day: str) -> None:
    assert TABLE.indicator(code).deciding_day == day


def test_only_the_funds_have_decimals() -> None:
    assert {each.code: each.decimals for each in TABLE.indicators if each.decimals} == {"8.5": 2}
    assert TABLE.indicator("8.5").unit == "万元"
    assert "未核实" in TABLE.indicator("8.5").note


def test_the_usual_variant_is_found_without_its_name() -> None:
    assert table() is table("2014") is TABLE
    assert (TABLE.format, TABLE.variant, TABLE.name) == ("2014", "shandong-2017", "政府信息公开情况统计表")


@pytest.mark.parametrize("year", [2014, 2017, 2018])
def test_format_of_a_year_of_the_2014_table(year: int) -> None:
    assert format_of(year) == "2014"


@pytest.mark.parametrize(
    ("format", "variant", "words"),
    [("1999", None, "没有「1999」格式"), ("2014", "mars", "没有「mars」表式")],
)
def test_an_unknown_table_is_a_named_error_in_one_sentence(format: str, variant: str | None, words: str) -> None:
    with pytest.raises(UnknownTable, match=rf"^[^。]*{words}[^。]*2014（shandong-2017[^。]*。$"):
        table(format, variant)


def test_a_year_without_a_table_is_a_named_error() -> None:
    with pytest.raises(UnknownTable, match=r"^没有适用于2013年[^。]*。$"):
        format_of(2013)


@pytest.mark.parametrize("code", ["9.9", "", "1.1 ", "3.3.4.7"])
def test_an_unknown_row_is_a_named_error_in_one_sentence(code: str) -> None:
    with pytest.raises(UnknownIndicator, match=rf"^[^。]*「{code}」[^。]*。$"):
        TABLE.indicator(code)


LATER = ["2019", "2021"]


@pytest.mark.parametrize(("year", "format"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2026, "2021")])
def test_format_of_a_year_of_the_later_tables(year: int, format: str) -> None:
    assert format_of(year) == format


@pytest.mark.parametrize(("format", "cells", "groups"), [("2019", 198, 28), ("2021", 200, 35)])
def test_a_later_table_has_the_cells_of_its_form(format: str, cells: int, groups: int) -> None:
    form = table(format)
    assert (len(form.values), len(form.group_cells)) == (cells, groups)
    assert len(form.by_code) == len(form.indicators) + groups
    assert len(form.part("requests").columns) == 7
    assert sum(row.kind != "group" for row in form.part("requests").rows) == {"2019": 23, "2021": 25}[format]
    for part in form.parts:
        for row in part.rows:
            for column in part.columns:
                cell = form.indicator(part.cell(row.code, column.key))
                assert (cell.part, cell.row_code, cell.column_key) == (part.key, row.code, column.key)
                assert cell.label == row.label


@pytest.mark.parametrize("format", LATER)
def test_a_cell_is_complete_and_printed_full_width(format: str) -> None:
    form = table(format)
    for cell in (*form.values, *form.group_cells):
        assert cell.unit in ("件", "项", "万元")
        assert cell.definition.count("。") == 1
        assert cell.definition.endswith("。")
        assert "{" not in cell.definition
        assert cell.deciding_day
        assert not set("(),:;") & set(cell.label + cell.name + cell.definition + cell.deciding_day)
        assert cell.decimals == (2 if cell.unit == "万元" else 0)
    assert {cell.code for cell in form.values if cell.is_signed} == (
        {cell.code for cell in form.values if cell.column_key == "change_this_year"}
    )


def test_what_has_no_register_is_filled_from_a_source_sheet() -> None:
    for format in LATER:
        unregistered = {cell.part for cell in table(format).values if not cell.register}
        assert unregistered <= {"art20_5", "art20_6", "art20_8", "art20_9"}
        assert set(table(format).registers) == {"items", "requests", "reconsiderations", "lawsuits"}


DAYS_2021 = {
    "requests.1.total": "收到申请日",
    "requests.2.total": "上年12月31日尚未办结",
    "requests.3.3.1.natural_person": "答复送达日",
    "requests.3.6.1.total": "终止办理日",
    "requests.4.total": "12月31日尚未办结",
    "review_litigation.reconsideration.upheld": "审结日",
    "review_litigation.litigation_direct.pending": "12月31日尚未审结",
    "art20_1.normative_documents.issued_this_year": "成文日期",
    "art20_1.rules.in_force": "12月31日有效",
    "art20_8.administrative_fees.amount_this_year": "收取日，全年合计",
}


@pytest.mark.parametrize(("code", "day"), DAYS_2021.items())
def test_a_cell_names_the_day_that_decides_its_year(code: str, day: str) -> None:
    assert table("2021").indicator(code).deciding_day == day


def test_the_2021_tables_equal_the_form_after_folding_the_width() -> None:
    if not SHARED_2021.exists():
        pytest.skip("shared: ../shared/domain/statistics-2021.json is absent")
    printed = json.loads(SHARED_2021.read_text(encoding="utf-8"))["tables"]
    assert list(printed) == [part.key for part in table("2021").parts]
    for part in table("2021").parts:
        form = printed[part.key]
        assert part.unit == form["unit"]
        assert folded(part.heading) == folded(form["heading"])
        if part.key == "review_litigation":
            assert [row.code for row in part.rows] == [group["key"] for group in form["column_groups"]]
            assert [row.label for row in part.rows] == [group["name"] for group in form["column_groups"]]
            assert [column.key for column in part.columns] == form["column_keys"]
            assert [column.name for column in part.columns] == form["column_groups"][0]["columns"]
            continue
        columns = [(column.key, folded(column.name), column.group) for column in part.columns]
        assert columns == [(each["key"], folded(each["name"]), each.get("group", "")) for each in form["columns"]]
        rows = [(row.code, row.parent_code, folded(row.label)) for row in part.rows]
        assert rows == [
            (each.get("code") or each["key"], each.get("parent") or "", folded(each["name"])) for each in form["rows"]
        ]
        if part.key == "requests":
            assert [row.code for row in part.rows if row.kind == "leaf"] == form["leaf_codes"]
            assert [row.kind for row in part.rows] == [each["kind"] for each in form["rows"]]
            assert [folded(row.basis) for row in part.rows] == [folded(each.get("basis", "")) for each in form["rows"]]
            assert folded(part.corner_note) == folded(form["corner_note"])
            assert part.column_group_heading == form["column_group_heading"]


def test_the_2019_tables_equal_the_form_after_folding_the_width() -> None:
    if not SHARED_2021.exists():
        pytest.skip("shared: ../shared/domain/statistics-2021.json is absent")
    printed = json.loads(SHARED_2021.read_text(encoding="utf-8"))["format_2019"]["tables"]
    for key, form in printed.items():
        part = table("2019").part(key)
        assert [column.name for column in part.columns] == form["columns"]
        assert [row.label for row in part.rows] == form["rows"]


def test_an_unknown_part_is_a_named_error() -> None:
    with pytest.raises(UnknownIndicator, match="「art20_9」的表"):
        table("2021").part("art20_9")
    assert table("2019").part("art20_9").heading == "第二十条第（九）项"
