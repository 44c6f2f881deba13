"""Every search finds what a plain scan of all texts finds: random texts, random substrings, any query."""

from __future__ import annotations

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.search import index
from gongkai.search.folding import fold
from gongkai.search.index import Entry
from tests.search.entries import entry, keys

pytestmark = pytest.mark.django_db

FEW = "公开政府信息住房保障條例发發〔〕[]2017。，\n "
MANY = "".join(map(chr, range(0x4E00, 0x9FA6))) + FEW * 300 + "abcXYZ\"'*:()\\%_𠮷𪚥"
LENGTHS = [0, 1, 2, 31, 32, 33, 249, 250, 251, 282, 283, 500, 501, 2_000, 2_000, 6_000]


@pytest.fixture
def corpus() -> list[Entry]:
    chance = random.Random(20171231)  # noqa: S311  the same texts on every run
    entries = [
        entry(
            f"{number}-{length}",
            "".join(chance.choices(FEW if number % 3 == 0 else MANY, k=length)),
            title="".join(chance.choices(MANY, k=12)),
            on=None,
        )
        for number, length in enumerate([*LENGTHS * 3, 52_000, 52_000])
    ]
    index.put_many(entries)
    return entries


@cache
def folded(text: str) -> str:
    return fold(text)


def scan(corpus: list[Entry], query: str) -> list[str]:
    """The keys of all entries that hold every term that is looked for, without any index."""
    terms = index.terms_of(query)
    return sorted(e.key for e in corpus if terms and all(t in folded(e.title) or t in folded(e.text) for t in terms))


def search(query: str) -> list[str]:
    page = index.search(query, scope="public", per_page=100)
    assert page.total == len(page.hits)
    return sorted(keys(page))


def test_search_finds_every_substring_that_a_scan_finds(corpus: list[Entry]) -> None:
    @settings(max_examples=250, deadline=None, database=None)
    @given(number=st.integers(1, len(corpus) - 1), place=st.floats(0, 1), length=st.integers(1, 80))
    def check(number: int, place: float, length: int) -> None:
        text = corpus[number].text
        start = int(place * max(len(text) - length, 0))
        query = text[start : start + length]
        assert search(query) == scan(corpus, query)

    check()


def test_search_finds_the_end_and_the_borders_of_pieces() -> None:
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 600)))
    index.put_many([entry("1", text), entry("2", "别的")])
    for start in [*range(200, 254), *range(418, 422), *range(560, 600)]:
        for length in (1, 2, 32, 33):
            assert search(text[start : start + length]) == ["1"], (start, length)


def test_search_answers_any_query_as_a_scan_does(corpus: list[Entry]) -> None:
    anything = st.text(alphabet=st.characters(exclude_categories=[]), max_size=40)
    alike = st.text(alphabet=FEW + "\"'*:()\\%_", max_size=12)

    @settings(max_examples=250, deadline=None, database=None)
    @given(query=anything | alike)
    def check(query: str) -> None:
        found = search(query)
        if not any("\ud800" <= char <= "\udfff" or char == "\x00" for char in query):
            assert found == scan(corpus, query)

    check()


def test_search_puts_no_limit_to_a_query(corpus: list[Entry]) -> None:
    assert search("公" * 1_000_000) == []
    assert search("公 开 " * 1_000) == scan(corpus, "公 开")
