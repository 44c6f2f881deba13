"""What becomes of a figure when the statistics format changes."""

from __future__ import annotations

from typing import get_args

import pytest

from gongkai.rules.crosswalk import Kind, carry, matches, pairs_of_formats, unmatched
from gongkai.rules.errors import UnknownTable
from gongkai.rules.indicators import table
from gongkai.rules.outcomes import catalogue
from gongkai.rules.relations import check
from tests.rules.tables import consistent

PAIRS = [("2014", "2019"), ("2014", "2021"), ("2019", "2021")]


def test_the_formats_that_can_be_compared() -> None:
    assert list(pairs_of_formats()) == PAIRS


@pytest.mark.parametrize(("earlier", "later"), PAIRS)
def test_every_value_is_matched_or_said_to_have_no_match(earlier: str, later: str) -> None:
    later_codes = table(later).by_code
    for match in matches(earlier, later):
        assert match.kind in get_args(Kind)
        assert set(match.targets) <= later_codes.keys()
        assert bool(match.targets) == (match.kind != "none")
        assert match.kind == "exact" or match.note.endswith("。")
        assert (match.kind in ("split", "total")) == (len(match.targets) > 1)
    assert [each.code for each in matches(earlier, later)] == [each.code for each in table(earlier).values]


# statistics-2014-rules.md, 8.
MAPPED_2014 = {
    "1.1.2": "art20_1.normative_documents.issued_this_year",
    "3.1": "requests.1.total",
    "3.2": "requests.3.7.total",
    "3.3.1": "requests.3.1.total",
    "3.3.2": "requests.3.1.total",
    "3.3.3": "requests.3.2.total",
    "3.3.4.1": "requests.3.3.1.total",
    "3.3.4.2": "requests.3.3.4.total",
    "3.3.4.3": "requests.3.3.4.total",
    "3.3.4.4": "requests.3.3.3.total",
    "3.3.4.5": "requests.3.3.5.total requests.3.3.6.total",
    "3.3.4.6": "requests.3.3.2.total requests.3.3.7.total",
    "3.3.5": "requests.3.4.1.total",
    "3.3.6": "requests.3.4.1.total requests.3.4.2.total",
    "3.3.7": "requests.3.4.3.total",
    "3.3.8": "requests.3.3.8.total requests.3.5.1.total requests.3.5.3.total",
}


@pytest.mark.parametrize(("code", "targets"), MAPPED_2014.items(), ids=MAPPED_2014.keys())
def test_a_row_of_2014_goes_where_the_rules_say(code: str, targets: str) -> None:
    found = {each.code: each.targets for each in matches("2014", "2021")}
    assert found[code] == tuple(targets.split())


@pytest.mark.parametrize("section", ["2", "6", "7", "8", "9"])
def test_a_section_that_was_dropped_has_no_match(section: str) -> None:
    assert {each.kind for each in matches("2014", "2021") if each.code.split(".")[0] == section} == {"none"}


def test_the_outcomes_agree_with_the_match_of_their_rows() -> None:
    found = {each.code: each.targets for each in matches("2014", "2021")}
    for outcome in catalogue().values():
        for row in outcome.rows["2014"]:
            if outcome.rows["2021"]:
                assert {f"requests.{each}.total" for each in outcome.rows["2021"]} & set(found[row]), outcome.code


def test_what_is_new_in_2021_is_named() -> None:
    new = unmatched("2019", "2021")
    assert "art20_1.normative_documents.in_force" in new
    assert "art20_8.administrative_fees.amount_this_year" in new
    assert "requests.1.total" not in new
    assert "requests.2.total" in unmatched("2014", "2021")


def test_only_what_corresponds_is_carried_over() -> None:
    carried = carry(consistent("2019"), "2019", "2021")
    assert carried["requests.3.1.natural_person"] == 5345
    assert "requests.3.6.1.total" not in carried
    assert "art20_1.normative_documents.issued_this_year" not in carried
    older = carry({"3.3.1": 2, "3.3.2": 3, "3.3.4": 9, "3.3.4.1": 4, "3.3.4.2": 1, "3.1": 7}, "2014", "2021")
    assert older["requests.3.1.total"] == 5
    assert older["requests.3.3.1.total"] == 4
    assert older["requests.3.3.4.total"] is None  # 3.3.4.3 is blank
    assert "requests.3.3.5.total" not in older


def test_a_table_of_2019_carried_over_misses_only_what_was_split() -> None:
    result = check(carry(consistent("2019"), "2019", "2021"), "2021")
    assert {each.id for each in result.failed} == {"RT-06"}


@pytest.mark.parametrize(("earlier", "later"), [("2021", "2019"), ("2021", "2021"), ("1999", "2021")])
def test_formats_that_cannot_be_compared_are_a_named_error(earlier: str, later: str) -> None:
    with pytest.raises(UnknownTable, match=r"^没有从[^。]*。$"):
        matches(earlier, later)
