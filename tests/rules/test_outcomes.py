"""The catalogue of outcomes with letters, rows and remedies."""

from __future__ import annotations

import csv
import datetime as dt
import re
import unicodedata
from pathlib import Path
from typing import get_args

import pytest

from gongkai.rules.errors import UnknownOutcome
from gongkai.rules.indicators import table
from gongkai.rules.legal_settings import Settings
from gongkai.rules.outcomes import Closing, Kind, Letter, Outcome, Remedy, catalogue, counted_in, outcome, outcomes
from gongkai.rules.remedies import on_silence, remedies

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "domain" / "request-outcomes.csv"
OUTCOMES = list(catalogue().values())
BEFORE, SINCE = dt.date(2023, 12, 31), dt.date(2024, 1, 1)


def ids(each: Outcome) -> str:
    return each.code


@pytest.mark.parametrize("each", OUTCOMES, ids=ids)
def test_an_outcome_is_complete(each: Outcome) -> None:
    assert each.kind in get_args(Kind)
    assert each.letter in get_args(Letter)
    assert each.remedy in get_args(Remedy)
    assert each.closes in get_args(Closing)
    assert each.regime in ("492", "711", "both")
    assert each.contents
    assert each.letter_title or each.letter in ("no", "case_by_case")
    assert not set("(),:;") & set(each.name + "".join((*each.letter_titles, *each.contents, *each.basis)))
    assert not any(text.startswith(("R492", "R711", "第")) for text in each.basis)  # written out


@pytest.mark.parametrize("each", OUTCOMES, ids=ids)
def test_an_outcome_names_rows_that_exist_and_the_same_in_2019_and_2021(each: Outcome) -> None:
    if each.kind == "procedural":
        assert not any(each.rows.values())
        return
    leaves = {row.code for row in table("2021").part("requests").rows if row.kind == "leaf"}
    assert each.rows["2021"]
    assert set(each.rows["2021"]) <= leaves
    assert each.rows["2019"] == tuple("3.6" if row.startswith("3.6.") else row for row in each.rows["2021"])
    for row in each.rows["2014"]:
        assert table("2014").indicator(row).register == "requests"


def test_every_leaf_of_the_request_table_has_an_outcome() -> None:
    for format in ("2019", "2021"):
        leaves = [row.code for row in table(format).part("requests").rows if row.kind == "leaf"]
        assert [row for row in leaves if not counted_in(format, row)] == []


def test_a_parent_row_of_2014_counts_the_refusals_below_it() -> None:
    assert {each.code for each in counted_in("2014", "3.3.4") if each.regime == "492"} == {
        "OR1", "OR2", "OR3", "OR4", "OR5", "OR6",
    }  # fmt: skip


def folded(text: str) -> str:
    return re.sub(r"[\s“”]", "", unicodedata.normalize("NFKC", text))


def test_the_catalogue_is_that_of_the_domain() -> None:
    if not SHARED.exists():
        pytest.skip("shared: ../shared/domain/request-outcomes.csv is absent")
    with SHARED.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["code"] for row in rows] == list(catalogue())
    for row in rows:
        ours = outcome(row["code"])
        assert folded(ours.name) == folded(row["name_zh"])
        assert (ours.kind, ours.gloss) == (row["record_kind"], row["gloss_en"])
        assert ours.rows["2014"] == tuple(filter(None, [row["indicator_2014"]]))
        assert ours.rows["2021"] == tuple(filter(None, re.split(" / ", row["row_2021"])))
        assert ours.closes == {"yes": "yes", "no": "no"}.get(row["closes_request"], "if_not_completed")
        for title in ours.letter_titles:
            assert folded(title) in folded(row["letter_title_zh"])
        for article in re.findall(r"第[一二三四五六七八九十]+条", row["article_basis"]):
            assert article in "".join(ours.basis)


def test_outcomes_of_a_regime_are_its_own_and_those_of_both() -> None:
    assert {each.regime for each in outcomes("711")} == {"711", "both"}
    assert [each.code for each in outcomes("711", "closing")] == ["E1", "E2", "E3"]
    assert len(outcomes("492", "decision")) == 14


def test_a_notice_to_complete_closes_only_when_nothing_comes() -> None:
    assert not outcome("OU3").closes_request()
    assert outcome("OU3").closes_request(is_completed=False)
    assert outcome("R1").closes_request()
    assert not outcome("P3").closes_request(is_completed=False)


def test_whether_a_closing_is_told_by_letter_is_a_setting() -> None:
    told = Settings.of({"letter_on_closing": True})
    assert not outcome("E1").needs_letter()
    assert outcome("E1").needs_letter(told)
    assert outcome("R1").needs_letter()
    assert not outcome("OU5").needs_letter(told)


REFUSALS = ["R1", "R2", "R3", "R4a", "R4b", "R5", "R6", "R7", "OR1", "OR2", "OR3", "OR4", "OR5", "OR6"]
CHOICE = [
    "G1",
    "G2",
    "U1a",
    "U1b",
    "U2",
    "U3",
    "N1",
    "N2",
    "N3",
    "N4",
    "N5",
    "E1",
    "E2",
    "E3",
    "R8",
    "OG1",
    "OU1",
    "OU4",
]
SILENT = ["P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10", "P11", "P12", "P13", "P14", "OU3", "OU5"]


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_goes_to_reconsideration_first_since_2024_and_must_say_so(code: str) -> None:
    since = remedies(outcome(code), SINCE)
    assert (since.way, since.must_be_told) == ("reconsideration_first", True)
    assert "应当先自收到之日起60日内向本级人民政府申请行政复议" in since.text
    assert "15日内" in since.text
    assert "6个月" not in since.text
    assert "A-07" in since.rules
    assert any("第二十三条第一款第四项" in text for text in since.basis)
    before = remedies(outcome(code), BEFORE)
    assert (before.way, before.must_be_told) == ("either", False)
    assert "或者自收到之日起6个月内" in before.text


def test_of_a_partial_grant_only_the_refused_part_goes_to_reconsideration_first() -> None:
    for code in ("G3", "OG3"):
        since = remedies(outcome(code), SINCE)
        assert since.way == "reconsideration_first"
        assert since.text.startswith("如对本告知书中不予公开的部分不服，应当先")
        assert "如对其余部分不服，可以" in since.text
        assert remedies(outcome(code), BEFORE).way == "either"


@pytest.mark.parametrize("code", CHOICE)
@pytest.mark.parametrize("day", [BEFORE, SINCE])
def test_any_other_decision_leaves_the_choice(code: str, day: dt.date) -> None:
    found = remedies(outcome(code), day)
    assert found.way == "either"
    assert not found.must_be_told
    assert "或者" in found.text


@pytest.mark.parametrize("code", SILENT)
def test_a_letter_that_cannot_be_challenged_by_itself_says_nothing(code: str) -> None:
    found = remedies(outcome(code), SINCE)
    assert (found.way, found.text, found.rules) == ("none", "", ())
    assert found.why.endswith("。")


def test_the_authority_is_that_of_the_day_and_of_the_body() -> None:
    granted = outcome("G2")
    assert "向本级人民政府或者上一级主管部门申请" in remedies(granted, BEFORE).text
    assert "向直接管理本单位的人民政府或者部门申请" in remedies(granted, BEFORE, body="organisation").text
    assert "向本级人民政府申请" in remedies(granted, SINCE, body="organisation").text
    named = remedies(granted, SINCE, authority="示例区人民政府", court="示例区人民法院")
    assert "向示例区人民政府申请行政复议" in named.text
    assert "向示例区人民法院提起行政诉讼" in named.text


def test_a_direct_suit_had_three_months_before_may_2015() -> None:
    assert "6个月" in remedies(outcome("OG2"), dt.date(2015, 5, 1)).text
    assert "3个月" in remedies(outcome("OG2"), dt.date(2015, 4, 30)).text


def test_a_closing_for_want_of_payment_may_be_challenged_but_not_the_fee() -> None:
    found = remedies(outcome("E2"), SINCE)
    assert found.text.startswith("如对不再处理本申请不服，可以")
    assert "对收费决定不单独受理" in found.text


def test_what_is_disputed_is_a_setting() -> None:
    assert on_silence(SINCE).way == "either"
    first = on_silence(SINCE, settings=Settings.of({"silence_needs_reconsideration": True}))
    assert first.way == "reconsideration_first"
    assert first.settings == {"silence_needs_reconsideration": True}
    before = on_silence(BEFORE, settings=Settings.of({"silence_needs_reconsideration": True}))
    assert (before.way, before.settings) == ("either", {})
    special = Settings.of({"special_access_needs_reconsideration": True})
    assert remedies(outcome("R8"), SINCE, settings=special).way == "reconsideration_first"
    assert remedies(outcome("R8"), BEFORE, settings=special).way == "either"


def test_an_unknown_outcome_is_a_named_error() -> None:
    with pytest.raises(UnknownOutcome, match=r"^[^。]*「X9」[^。]*。$"):
        outcome("X9")
