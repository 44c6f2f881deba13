"""Search on the public pages."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from gongkai.publishing.models import DisclosureAttribute, Item
from tests.portal.conftest import Housing
from tests.portal.factories import make_agency, make_findable, make_item
from tests.portal.test_pages import page


def text_of(client: Client, **asked: str) -> str:
    answer = client.get("/search/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def hits(client: Client, **asked: str) -> list[str]:
    """The addresses of the hits."""
    return re.findall(r'<h2><a href="([^"]*)">', text_of(client, **asked))


def test_search_without_words_says_what_to_enter(client: Client, housing: Housing) -> None:
    assert "请输入要找的字词" in text_of(client)
    assert "请输入要找的字词" in text_of(client, q="   ")


@pytest.mark.parametrize("words", ["房", " 房 ", "。", "住 房", "住 房 保 障"])
def test_search_for_one_character_asks_for_more(client: Client, housing: Housing, words: str) -> None:
    assert "请输入两个字以上" in text_of(client, q=words)


def test_search_finds_inside_a_sentence_and_marks_it(client: Client, housing: Housing) -> None:
    text = text_of(client, q="开摇号")
    assert housing.item.get_absolute_url() in text
    assert "公<mark>开摇号</mark>，" in text


def test_search_without_a_hit_says_what_to_do(client: Client, housing: Housing) -> None:
    text = text_of(client, q="没有的词", agency="housing")
    assert "没有找到含有“没有的词”的公开信息" in text
    assert "去掉机构、栏目和年份的限制再找" in text
    assert "/a/housing/guide/#request" in text


def test_search_narrows_by_agency_column_and_year(client: Client, housing: Housing) -> None:
    other = make_findable(
        make_item(make_agency("water", "示例区水务局"), published_on=housing.policy.written_on.replace(year=2016))
    )
    assert other.get_absolute_url() in hits(client, q="公开摇号")
    assert hits(client, q="公开摇号", agency="water") == [other.get_absolute_url()]
    assert hits(client, q="公开摇号", year="2016") == [other.get_absolute_url()]
    assert hits(client, q="公开摇号", agency="housing", column="rental") == [housing.item.get_absolute_url()]


def test_search_ignores_filters_that_do_not_exist(client: Client, housing: Housing) -> None:
    assert len(hits(client, q="公开摇号", agency="nobody", column="x", year="99999", page="x")) == 3


def test_search_pages_and_shows_the_last_page_beyond_it(client: Client, housing: Housing) -> None:
    for _number in range(20):
        make_findable(make_item(housing.agency))
    assert len(hits(client, q="公开摇号")) == 20
    assert "找到 23 条" in text_of(client, q="公开摇号")
    assert len(hits(client, q="公开摇号", page="2")) == 3
    assert hits(client, q="公开摇号", page="9") == hits(client, q="公开摇号", page="2")


def test_search_never_shows_what_is_not_public_even_if_it_is_in_the_index(client: Client, housing: Housing) -> None:
    Item.objects.filter(pk=housing.item.pk).update(attribute=DisclosureAttribute.WITHHELD)
    assert housing.item.get_absolute_url() not in hits(client, q="公开摇号")


def test_search_counts_only_what_it_shows(client: Client, housing: Housing) -> None:
    assert "找到 3 条" in text_of(client, q="公开摇号")
    Item.objects.filter(pk=housing.item.pk).update(attribute=DisclosureAttribute.WITHHELD)
    assert "找到 2 条" in text_of(client, q="公开摇号")
    Item.objects.update(attribute=DisclosureAttribute.WITHHELD)
    assert "没有找到" in text_of(client, q="公开摇号")


def test_search_says_which_words_it_looked_for_when_there_are_too_many(client: Client, housing: Housing) -> None:
    words = "公开 摇号 申请 审核 公示 没有的词 也没有"
    assert housing.item.get_absolute_url() in hits(client, q=words)
    assert "只按这些查找：公开、摇号、申请、审核、公示。" in text_of(client, q=words)
    assert "只按这些查找" not in text_of(client, q="公开 摇号")


def test_search_escapes_words_and_hits(client: Client, housing: Housing) -> None:
    make_findable(make_item(housing.agency, title="<b>粗</b>通知", body="<p>a &lt;i&gt; b</p>"))
    assert "<b>粗" not in text_of(client, q="通知")
    assert "<i>" not in text_of(client, q="a <i")
    assert '"><script>' not in text_of(client, q='"><script>alert(1)</script>')


def test_search_keeps_what_was_asked(client: Client, housing: Housing) -> None:
    text = text_of(client, q="公开摇号", agency="housing", column="rental")
    assert 'value="公开摇号"' in text
    assert '<option value="housing" selected>' in text
    assert '<option value="rental" selected>' in text


def test_search_takes_very_long_words(client: Client, housing: Housing) -> None:
    assert "没有找到" in text_of(client, q="长" * 5000)


def test_search_results_are_not_for_search_engines(client: Client, housing: Housing) -> None:
    assert page(client, "/search/?q=公开").tags()["robots"] == "noindex"
