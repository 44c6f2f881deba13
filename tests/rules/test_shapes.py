"""The shapes in which a table comes as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongkai.rules.errors import InvalidValue, UnknownIndicator, UnknownTable
from gongkai.rules.relations import check
from gongkai.rules.shapes import read_table
from tests.rules.tables import CASES, COLUMNS, REQUESTS, consistent, requests

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "domain" / "statistics-2021.json"
EXAMPLE = {"note": "示例", "column_order": list(COLUMNS), "values": REQUESTS}
WITH_CASES = {code: number for code, number in consistent().items() if not code.startswith("art20")}

SHAPES = {
    "the request table alone": (EXAMPLE, requests()),
    "by the names of the examples": (
        {"example_consistent_requests_table": EXAMPLE, "example_review_litigation": CASES},
        WITH_CASES,
    ),
    "by the keys of the tables": ({"requests": EXAMPLE, "review_litigation": CASES}, WITH_CASES),
    "in a wrapper": ({"tables": {"requests": REQUESTS, "review_litigation": {"values": CASES}}}, WITH_CASES),
    "by column keys": (
        {"requests": {row: dict(zip(COLUMNS, numbers, strict=True)) for row, numbers in REQUESTS.items()}},
        requests(),
    ),
    "in another order of columns": (
        {
            "column_order": list(reversed(COLUMNS)),
            "values": {row: list(reversed(numbers)) for row, numbers in REQUESTS.items()},
        },
        requests(),
    ),
    "as rows by their codes": ({"rows": consistent()}, consistent()),
    "a table of Article 20": (
        {"art20_1": {"rules": [0, 0, 0], "normative_documents": [3, 1, None]}, "art20_8": {"administrative_fees": 12}},
        {
            "art20_1.rules.issued_this_year": 0,
            "art20_1.rules.repealed_this_year": 0,
            "art20_1.rules.in_force": 0,
            "art20_1.normative_documents.issued_this_year": 3,
            "art20_1.normative_documents.repealed_this_year": 1,
            "art20_1.normative_documents.in_force": None,
            "art20_8.administrative_fees.amount_this_year": 12,
        },
    ),
}


@pytest.mark.parametrize(("data", "values"), SHAPES.values(), ids=SHAPES.keys())
def test_a_shape_is_read(data: dict[str, object], values: dict[str, object]) -> None:
    assert read_table(data, "2021").values == values


def test_the_object_of_the_figures_command_is_read_with_its_format_and_year() -> None:
    printed = {
        "agency": {"code": "sl-zj", "name": "示例机构"},
        "year": 2017,
        "format": "2014",
        "variant": "shandong-2017",
        "status": "live",
        "rows": [
            {"code": "1", "name": "主动公开情况", "unit": "", "value": None, "state": "heading"},
            {"code": "1.1", "name": "主动公开政府信息数", "unit": "条", "value": 53, "state": "counted"},
        ],
    }
    for format in (None, "2014"):
        read = read_table(printed, format)
        assert (read.format, read.year, read.values) == ("2014", 2017, {"1": None, "1.1": 53})


def test_rows_of_the_2014_table_are_read() -> None:
    assert read_table({"rows": {"1.1": 53, "1.1.1": None}}, "2014").values == {"1.1": 53, "1.1.1": None}


def test_the_published_examples_keep_every_relation() -> None:
    if not SHARED.exists():
        pytest.skip("shared: ../shared/domain/statistics-2021.json is absent")
    whole = json.loads(SHARED.read_text(encoding="utf-8"))
    read = read_table(whole, "2021")
    assert read.values == WITH_CASES
    assert check(read.values, "2021").failed == ()
    assert read_table(whole["example_consistent_requests_table"], "2021").values == requests()


REFUSED = {
    "no object": ([], "2021", "应是一个 JSON 对象"),
    "no table": ({"agency": "x"}, "2021", "没有读到统计表"),
    "no rows": ({"values": {}}, "2014", "没有读到2014格式"),
    "another format": ({"format": "2014", "rows": {}}, "2021", "与所选的2021格式不符"),
    "no format": ({"rows": {}}, None, "用 --format 指明"),
    "an unknown row": ({"requests": {"5": [0] * 7}}, "2021", "没有代码为「5」的行"),
    "a number too few": ({"requests": {"1": [0] * 6}}, "2021", "应有7个数，现有6个"),
    "a column twice": ({"column_order": ["total"] * 7, "values": REQUESTS}, "2021", "各写一次"),
    "an unknown column": ({"column_order": ["sum"], "values": {"1": [1]}}, "2021", "各写一次"),
    "a number for a row": ({"requests": {"1": 5}}, "2021", "应写明各列的数"),
    "a number for a table": ({"requests": 5}, "2021", "应写明各行的数"),
    "a table twice": ({"requests": {"1": [0] * 7}, "tables": {"requests": {"1": [0] * 7}}}, "2021", "出现了两次"),
    "a row without code": ({"rows": [{"value": 1}]}, "2014", "写明 code 和 value"),
}


@pytest.mark.parametrize(("data", "format", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_table_is_refused_in_one_sentence(data: object, format: str | None, words: str) -> None:
    with pytest.raises(InvalidValue, match=rf"^[^。]*{words}[^。]*。?$"):
        read_table(data, format)


def test_an_unknown_cell_or_format_is_a_named_error() -> None:
    with pytest.raises(UnknownIndicator, match=r"「1\.9」"):
        read_table({"rows": {"1.9": 1}}, "2014")
    with pytest.raises(UnknownIndicator, match=r"「requests\.1\.sum」"):
        read_table({"requests": {"1": {"sum": 1}}}, "2021")
    with pytest.raises(UnknownTable, match="没有「1999」格式"):
        read_table({"rows": {}}, "1999")
