from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import asdict, replace

import pytest
from django.core.management.color import no_style
from django.db import connection, transaction

from gongkai.search import index
from gongkai.search.models import Document, DocumentColumn
from tests.search.entries import DAY, entry, keys, words_left

pytestmark = pytest.mark.django_db


def found(query: str, **filters: object) -> list[str]:
    return keys(index.search(query, scope="public", **filters))  # type: ignore[arg-type]


def test_search_finds_a_text_inside_a_chinese_sentence() -> None:
    index.put(**asdict(entry("1", "本局对全区城镇危房改造情况进行了排查。", title="关于危房排查的通告")))
    page = index.search("危房改造", scope="public")
    assert (page.total, page.total_is_exact, page.page, page.pages) == (1, True, 1, 1)
    (hit,) = page.hits
    assert (hit.kind, hit.key, hit.agency_code, hit.url, hit.on) == ("item", "1", "zjj", "/info/1/", DAY)
    assert hit.title == "关于危房排查的通告"
    assert hit.snippet == [("本局对全区城镇", False), ("危房改造", True), ("情况进行了排查。", False)]
    assert found("危房排查") == ["1"]
    assert found("房改") == ["1"]
    assert found("镇危房改造情况进") == ["1"]
    assert found("房危") == []


def test_search_marks_the_title() -> None:
    index.put_many([entry("1", "正文", title="关于危房排查的通告")])
    (hit,) = index.search("危房", scope="public").hits
    assert hit.title_parts == [("关于", False), ("危房", True), ("排查的通告", False)]
    assert hit.snippet == [("正文", False)]


def test_search_shows_the_original_writing_of_what_was_folded() -> None:
    index.put_many([entry("1", "依《政府信息公開條例》，示房发〔２０１７〕３号")])
    assert found("[2017]3号") == ["1"]
    (hit,) = index.search("公开条例", scope="public").hits
    assert ("公開條例", True) in hit.snippet


def test_search_does_not_join_title_and_text_or_across_white_space() -> None:
    index.put_many([entry("1", "乙\n丙", title="甲")])
    assert found("甲乙") == []
    assert found("乙丙") == []
    assert found("甲 丙") == ["1"]


def test_search_for_several_terms_wants_all_of_them() -> None:
    index.put_many([entry("1", "保障" + "。" * 900 + "住房"), entry("2", "住房"), entry("3", "保障")])
    assert found("住房 保障") == ["1"]
    assert found("住房\u3000保障") == ["1"]
    assert found("住房 保障 没有") == []


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("", ()),
        (" ２０１７ 年 ", ("2017",)),
        ("住房 的 保障 住房", ("住房", "保障")),
        ("住", ("住",)),
        ("住 房", ("住", "房")),
        ("住房 & 保障", ("住房", "保障")),
        ("一二 三四 五六 七八 九十 百千", ("一二", "三四", "五六", "七八", "九十")),
        (" ".join("甲乙丙丁戊己"), ("甲", "乙", "丙", "丁", "戊")),
        ("长" * 300, ("长" * 256,)),
    ],
)
def test_terms_are_few_and_single_characters_are_dropped_beside_longer_ones(query: str, terms: tuple[str, ...]) -> None:
    assert index.terms_of(query) == terms


def test_search_looks_for_the_first_terms_of_many() -> None:
    index.put_many([entry("1", "一二 三四 五六 七八 九十")])
    assert found("一二 三四 五六 七八 九十 没有 也没有") == ["1"]
    assert found("一二 没有") == []


def test_search_shows_and_counts_only_what_may_be_kept() -> None:
    index.put_many([entry(f"{number:02}", "住房") for number in range(30)])
    asked: list[tuple[str, str]] = []

    def keep(found: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
        asked.extend(found)
        return {name for name in found if name[1] >= "25"}

    page = index.search("住房", scope="public", per_page=3, page=2, keep=keep)
    assert (page.total, page.pages, len(page.hits), len(asked)) == (5, 2, 2, 30)
    assert index.search("住房", scope="public", keep=lambda _found: set()).total == 0


def test_search_for_one_character() -> None:
    index.put_many([entry("1", "城"), entry("2", "在城"), entry("3", "城市"), entry("4", "在 城 市"), entry("5", "市")])
    assert sorted(found("城")) == ["1", "2", "3", "4"]


def test_search_for_a_term_longer_than_the_index_looks_up_is_exact() -> None:
    beginning = "关于印发示例区城镇住房保障家庭资格审核和公共租赁住房分配管理"
    index.put_many([entry("1", beginning + "办法（试行）的通知"), entry("2", beginning + "细则的通知")])
    assert found(beginning + "办法（试行）的通知") == ["1"]
    assert sorted(found(beginning)) == ["1", "2"]


def test_search_keeps_public_and_staff_texts_apart() -> None:
    index.put_many(
        [entry("1", "住房保障"), entry("1", "住房保障 内部意见", scope="staff"), entry("2", "住房", scope="staff")]
    )
    assert found("住房") == ["1"]
    assert found("内部意见") == []
    assert sorted(keys(index.search("住房", scope="staff"))) == ["1", "2"]
    index.remove(scope="staff", kind="item", key="1")
    assert found("住房") == ["1"]
    assert keys(index.search("住房", scope="staff")) == ["2"]


def test_search_refuses_a_scope_that_is_none() -> None:
    with pytest.raises(ValueError, match="secret"):
        index.search("住房", scope="secret")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="secret"):
        index.put_many([replace(entry("1"), scope="secret")])  # type: ignore[arg-type]


def test_search_is_newest_first_and_undated_last() -> None:
    index.put_many(
        [
            entry("old", "住房", on=dt.date(2009, 1, 5)),
            entry("none", "住房", on=None),
            entry("new", "住房", on=dt.date(2017, 12, 29)),
            entry("new too", "住房", on=dt.date(2017, 12, 29)),
        ]
    )
    assert found("住房") == ["new too", "new", "old", "none"]


def test_search_by_title_puts_hits_in_titles_first() -> None:
    index.put_many(
        [
            entry("in title", "", title="住房保障", on=dt.date(2009, 1, 5)),
            entry("in text", "住房 保障", on=dt.date(2017, 1, 5)),
            entry("in both", "保障", title="住房", on=dt.date(2016, 1, 5)),
        ]
    )
    assert found("住房 保障", order="title") == ["in title", "in text", "in both"]
    assert found("住房 保障") == ["in text", "in both", "in title"]


def test_search_by_agency_column_and_year() -> None:
    index.put_many(
        [
            entry("1", "住房", agency_code="zjj", columns=["bz", "zh"], on=dt.date(2017, 1, 1)),
            entry("2", "住房", agency_code="zjj", columns=["bz"], on=dt.date(2016, 12, 31)),
            entry("3", "住房", agency_code="jyj", columns=["zh"], on=dt.date(2017, 12, 31)),
            entry("4", "住房", agency_code="jyj", on=None),
        ]
    )
    assert found("住房", agency_codes=["zjj"]) == ["1", "2"]
    assert found("住房", agency_codes=["zjj", "jyj"]) == ["3", "1", "2", "4"]
    assert found("住房", agency_codes=[]) == []
    assert found("住房", agency_codes=["\x00", "'; --"]) == []
    assert found("住房", column="zh") == ["3", "1"]
    assert found("住房", column="\x00") == []
    assert found("住房", year=2017) == ["3", "1"]
    assert found("住房", year=2016, column="bz", agency_codes={"zjj"}) == ["2"]
    assert found("住房", year=0) == []
    assert found("住房", year=9999) == []


@pytest.mark.parametrize("query", ["", "  \u3000\n", "\x00", "\ud800"])
def test_search_for_nothing_finds_nothing(query: str) -> None:
    index.put_many([entry("1", "住房")])
    page = index.search(query, scope="public")
    assert (page.hits, page.total, page.total_is_exact, page.page, page.pages) == ([], 0, True, 1, 1)


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "'",
        "住房*",
        "住房 OR 保障",
        "NOT 住房",
        "NEAR(住房 保障)",
        "words:住房",
        "a:*",
        "\\",
        "%",
        "_",
        "{a b}:c",
        "^住",
    ],
)
def test_search_takes_nothing_in_a_query_for_an_operator(query: str) -> None:
    index.put_many([entry("plain", "住房 保障"), entry("literal", f"前{query}后")])
    assert found(query) == ["literal"]


def test_put_again_replaces_the_words_the_day_and_the_columns() -> None:
    index.put_many([entry("1", "住房保障", columns=["bz"]), entry("2", "住房", on=dt.date(2017, 7, 1))])
    index.put_many([entry("1", "物业管理", columns=["wy"], on=dt.date(2018, 1, 2)), entry("2", "住房")])
    assert found("住房保障") == []
    assert found("物业管理", column="wy", year=2018) == ["1"]
    assert found("物业", column="bz") == []
    assert found("住房") == ["2"]
    index.put_many([entry("2", "住房", on=dt.date(2015, 7, 1))])
    assert found("住房", year=2015) == ["2"]
    assert found("住房", year=2017) == []
    assert Document.objects.count() == 2


def test_put_of_the_same_key_twice_keeps_the_later() -> None:
    index.put_many([entry("1", "甲乙"), entry("1", "丙丁")])
    assert found("甲乙") == []
    assert found("丙丁") == ["1"]


def test_put_stores_what_databases_cannot_hold() -> None:
    index.put_many([entry("1", "住\x00房\ud800保障", title="标\x00题", columns=["\x00"])])
    assert found("保障") == ["1"]


def test_remove_leaves_no_words() -> None:
    before = words_left()
    index.put_many([entry("1", "住房" * 2_000), entry("2", "住房", scope="staff"), entry("3", "保留")])
    kept = words_left()
    assert kept > before
    for scope in ("public", "staff"):
        for key in ("1", "2", "missing"):
            index.remove(scope=scope, kind="item", key=key)
    assert found("住房") == []
    assert found("保留") == ["3"]
    assert words_left() > before
    index.remove(scope="public", kind="item", key="3")
    assert words_left() == before
    assert not DocumentColumn.objects.exists()


def test_put_and_remove_are_undone_with_the_transaction_around_them() -> None:
    index.put_many([entry("kept", "住房保障")])
    before = words_left()
    with transaction.atomic():
        index.put_many([entry("undone", "住房公积金"), entry("kept", "物业")])
        index.remove(scope="public", kind="item", key="kept")
        assert found("住房") == ["undone"]
        transaction.set_rollback(True)
    assert found("住房") == ["kept"]
    assert found("公积金") == []
    assert words_left() == before
    index.put_many([entry("next", "公积金")])
    assert found("公积金") == ["next"]
    index.remove(scope="public", kind="item", key="next")
    assert words_left() == before


def test_flush_takes_the_words_along() -> None:
    index.put_many([entry("1", "住房保障"), entry("2", "住房", scope="staff")])
    tables = [DocumentColumn._meta.db_table, Document._meta.db_table]
    # What Django's command `flush` runs, for our tables alone.
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), tables, reset_sequences=True))
    assert words_left() == 0
    index.put_many([entry("3", "物业")])
    assert found("住房") == []
    assert found("物业") == ["3"]


def test_words_of_documents_that_were_deleted_past_the_index_are_not_hits() -> None:
    index.put_many([entry("1", "住房保障"), entry("2", "住房")])
    Document.objects.filter(key="1").delete()
    page = index.search("住房", scope="public")
    assert (keys(page), page.total) == (["2"], 1)


def test_rebuild_folds_and_indexes_every_document_anew() -> None:
    index.put_many([entry("1", "住房保障"), entry("2", "住房", scope="staff")])
    before = words_left()
    Document.objects.update(folded="别的文字")
    assert found("住房") == []
    assert index.rebuild() == 2
    assert found("住房") == ["1"]
    assert words_left() == before


def test_search_pages_through_all_hits_once() -> None:
    index.put_many(entry(f"{number:03}", "住房", on=dt.date(2017, 1, 1) + dt.timedelta(number)) for number in range(45))
    pages = [index.search("住房", scope="public", page=number, per_page=20) for number in (1, 2, 3)]
    assert [len(page.hits) for page in pages] == [20, 20, 5]
    assert [key for page in pages for key in keys(page)] == [f"{number:03}" for number in reversed(range(45))]
    assert {(page.total, page.total_is_exact, page.pages) for page in pages} == {(45, True, 3)}


@pytest.mark.parametrize(
    ("asked", "per_page", "shown", "hits"),
    [(99, 20, 3, 5), (0, 20, 1, 20), (-5, 20, 1, 20), (1, 10**9, 1, 45), (1, 0, 1, 1)],
)
def test_search_keeps_page_and_size_within_bounds(asked: int, per_page: int, shown: int, hits: int) -> None:
    index.put_many(entry(f"{number:03}", "住房") for number in range(45))
    page = index.search("住房", scope="public", page=asked, per_page=per_page)
    assert (page.page, len(page.hits)) == (shown, hits)


@pytest.mark.parametrize("query", ["住房", "住", "住房 保障"])
def test_search_counts_and_pages_through_the_newest_only_beyond_the_cap(query: str) -> None:
    first = dt.date(2010, 1, 1)
    index.put_many(
        entry(f"{number:04}", "住房保障", on=first + dt.timedelta(number)) for number in range(index.CAP + 1)
    )
    last = index.search(query, scope="public", page=10**9, per_page=100)
    assert (last.total, last.total_is_exact, last.pages) == (index.CAP, False, index.CAP // 100)
    assert keys(last)[-1] == "0001"
    index.remove(scope="public", kind="item", key="0000")
    page = index.search(query, scope="public")
    assert (page.total, page.total_is_exact, keys(page)[0]) == (index.CAP, True, f"{index.CAP:04}")


def test_search_asks_the_database_a_fixed_number_of_times(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    index.put_many(entry(f"{number:03}", "住房 保障 物业 征收", columns=["a", "b"]) for number in range(60))
    with django_assert_max_num_queries(6):
        assert len(found("住房 保障 物业 征收", per_page=50)) == 50


def test_put_many_asks_the_database_a_fixed_number_of_times(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_max_num_queries(12):
        index.put_many(entry(f"{number:03}", "住房", columns=["a", "b"]) for number in range(300))
