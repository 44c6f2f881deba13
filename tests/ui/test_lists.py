from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from openpyxl import load_workbook

from gongkai.agencies.models import Agency
from tests.cast import Cast, make_agency

LIST = "/staff/agencies/"


def names(response: Any) -> list[str]:
    return [row.record.name for row in response.context["table"].paginated_rows]


def sheet(response: Any) -> list[tuple[Any, ...]]:
    book = load_workbook(io.BytesIO(response.content))
    assert book.active is not None
    return list(book.active.iter_rows(values_only=True))


def test_list_shows_what_the_officer_may_see_and_no_more(office: Client, cast: Cast) -> None:
    response = office.get(LIST)
    assert names(response) == [cast.agency.name]
    assert cast.other_agency.name not in response.content.decode()


def test_filter_does_not_reach_what_the_officer_may_not_see(office: Client) -> None:
    assert names(office.get(LIST, {"name": "水务"})) == []


def test_export_holds_what_the_officer_may_see_and_no_more(office: Client, cast: Cast) -> None:
    rows = sheet(office.get(LIST, {"export": "xlsx"}))
    assert [row[0] for row in rows[1:]] == [cast.agency.name]


def test_list_that_goes_round_the_door_refuses_to_be_shown(office: Client) -> None:
    with pytest.raises(ImproperlyConfigured, match="RoundTheDoor"):
        office.get("/staff/agencies/all/")


def test_list_is_sorted_as_asked(supervisor: Client) -> None:
    assert names(supervisor.get(LIST, {"sort": "code"}))[0] == "示例区人民政府"
    shown = supervisor.get(LIST, {"sort": "-code"})
    assert names(shown)[0] == "示例区水务局"
    assert 'aria-sort="descending"' in shown.content.decode()


def test_list_ignores_a_column_that_it_does_not_have(supervisor: Client) -> None:
    assert len(names(supervisor.get(LIST, {"sort": "password"}))) == 3


def test_records_of_equal_rank_stand_once_on_all_pages_together(supervisor: Client, cast: Cast) -> None:
    for number in range(8):
        make_agency(f"sample-{number}", f"示例{number}局", "department", parent=cast.government)
    pages = [names(supervisor.get(LIST, {"sort": "kind", "page": page})) for page in range(1, 5)]
    assert [len(page) for page in pages] == [3, 3, 3, 2]
    assert len({name for page in pages for name in page}) == 11


def test_pages_are_counted_in_words_and_keep_filter_and_sorting(supervisor: Client, cast: Cast) -> None:
    for number in range(4):
        make_agency(f"sample-{number}", f"示例{number}局", "department", parent=cast.government)
    shown = supervisor.get(LIST, {"name": "局", "sort": "code", "page": "2"}).content.decode()
    assert "第 4 至 5 条，共 5 条" in shown
    assert 'href="?name=%E5%B1%80&amp;sort=code&amp;page=1"' in shown
    assert 'href="?name=%E5%B1%80&amp;sort=code&amp;export=xlsx"' in shown


@pytest.mark.parametrize(("asked", "given"), [("99", 2), ("0", 2), ("-1", 2), ("two", 1), ("", 1)])
def test_page_that_does_not_exist_gives_one_that_does(supervisor: Client, cast: Cast, asked: str, given: int) -> None:
    make_agency("sample-x", "示例局", "department", parent=cast.government)
    assert supervisor.get(LIST, {"page": asked}).context["table"].page.number == given


def test_list_without_records_says_what_one_can_do(office: Client) -> None:
    shown = office.get("/staff/agencies/empty/").content.decode()
    assert "还没有机构，可以先新增一个。" in shown
    assert "导出" not in shown


def test_list_that_the_filter_empties_offers_to_clear_it(office: Client) -> None:
    shown = office.get(LIST, {"name": "没有这样的名称"}).content.decode()
    assert "没有符合这些条件的记录。" in shown
    assert f'href="{LIST}"' in shown


def test_wrong_filter_says_what_is_wrong_and_shows_nothing(office: Client) -> None:
    response = office.get(LIST, {"from_on": "昨天"})
    assert names(response) == []
    assert "不是有效的日期" in response.content.decode()


def test_filter_of_a_day_uses_the_calendar(office: Client) -> None:
    assert '<input type="date" name="from_on"' in office.get(LIST).content.decode()


def test_export_honours_filter_and_sorting_on_all_pages(supervisor: Client, cast: Cast) -> None:
    for number in range(5):
        make_agency(f"sample-{number}", f"示例{number}局", "department", parent=cast.government)
    rows = sheet(supervisor.get(LIST, {"name": "局", "sort": "-code", "page": "2", "export": "xlsx"}))
    assert rows[0][:2] == ("机构名称", "机构代码")
    assert [row[1] for row in rows[1:]] == ["sample-water", *(f"sample-{number}" for number in range(4, -1, -1))]


def test_export_is_a_file_with_a_name(supervisor: Client) -> None:
    response = supervisor.get(LIST, {"export": "xlsx"})
    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E6%9C%BA%E6%9E%84-")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_export_writes_what_looks_like_a_formula_as_text(supervisor: Client, cast: Cast, name: str) -> None:
    Agency.objects.filter(pk=cast.agency.pk).update(name=name)
    response = supervisor.get(LIST, {"export": "xlsx", "name": name})
    book = load_workbook(io.BytesIO(response.content))
    assert book.active is not None
    cell = book.active["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (name, "s", True)


def test_export_writes_days_as_days_and_words_without_markup(supervisor: Client, cast: Cast) -> None:
    Agency.objects.filter(pk=cast.agency.pk).update(from_on=dt.date(2017, 5, 19), position=7)
    row = sheet(supervisor.get(LIST, {"export": "xlsx", "name": cast.agency.name}))[1]
    assert row == (cast.agency.name, cast.agency.code, "所属事业单位", dt.datetime(2017, 5, 19), 7)  # noqa: DTZ001


def test_export_beyond_the_limit_is_refused_with_the_way_out(supervisor: Client) -> None:
    response = supervisor.get("/staff/agencies/small/", {"export": "xlsx"})
    assert response["Content-Type"].startswith("text/html")
    assert "共 3 条，一次最多导出 2 条，请先筛选，再分次导出。" in response.content.decode()


def test_list_asks_the_database_no_more_for_more_rows(
    supervisor: Client, cast: Cast, django_assert_max_num_queries: Any, settings: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as few:
        supervisor.get(LIST)
    for number in range(20):
        make_agency(f"sample-{number}", f"示例{number}局", "department", parent=cast.government)
    with CaptureQueriesContext(connection) as many:
        supervisor.get(LIST)
    assert len(many) == len(few)
