"""The relations of the 2014 table: each holds where it should, fails where it should, and is silent on blanks."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.rules.errors import InvalidValue, UnknownIndicator, UnknownTable
from gongkai.rules.expressions import parse_comparison, parse_statement
from gongkai.rules.indicators import table
from gongkai.rules.legal_settings import Settings
from gongkai.rules.relations import Number, Values, check, relations

# Other work on the machine must not make a property fail.
UNHURRIED = settings(deadline=None)

FORM = table("2014")

# What the report on 2017 prints; all else is blank there.
SEED: dict[str, Number | None] = {
    "1.1.1": 1,
    "1.2.2": 53,
    "2.1": 136,
    "2.2.3": 1,
    "8.1": 1,
    "8.2": 1,
    "8.3": 1,
    "8.4": 2,
    "8.4.1": 1,
    "8.4.2": 1,
}


def filled(**cells: Number | str | None) -> dict[str, Number | str | None]:
    """Return a table of zeros with some cells set; a cell is named c1_1 for 1.1."""
    zeros: dict[str, Number | str | None] = {each.code: 0 for each in FORM.values}
    return zeros | {name[1:].replace("_", "."): value for name, value in cells.items()}


def failed_ids(values: Values, previous: Values | None = None) -> set[str]:
    return {failure.id for failure in check(values, "2014", previous).failed}


GRADES = {
    "certain": "ST-01 ST-02 ST-03 ST-04 ST-06 ST-07 ST-08 ST-10 IN-01 IN-02 IN-03 IN-04 IN-05 IN-06 ST-91 ST-94",
    "plausible": "ST-05 ST-09 IN-07 IN-08 IN-09 IN-10 IN-11 IN-12 IN-14 IN-15 IN-16 IN-17 ST-90 ST-95",
    "local": "IN-13",
}


def test_the_relations_have_their_ids_and_grades() -> None:
    graded = {grade: [each.id for each in relations("2014") if each.grade == grade] for grade in GRADES}
    assert graded == {grade: ids.split() for grade, ids in GRADES.items()}
    assert all(each.sentence.endswith("。") for each in relations("2014"))
    assert all(bool(each.statements) != bool(each.check) for each in relations("2014"))


def test_relations_name_only_rows_of_the_form() -> None:
    for relation in relations("2014"):
        named = [cell.code for statement in relation.statements for cell in statement.cells]
        named += [cell.code for cell in relation.unless.cells] if relation.unless else []
        assert [code for code in named if FORM.indicator(code).is_heading] == []


def test_a_table_of_zeros_fails_nothing() -> None:
    result = check(filled(), "2014", filled())
    assert result.failed == ()
    assert result.not_evaluated == ()


def test_the_published_year_fails_nothing_when_every_cell_is_filled() -> None:
    counted: dict[str, Number | None] = {"1.1": 53, "1.1.2": 1, "2.2.5": 136}
    result = check(filled() | SEED | counted, "2014")
    assert result.failed == ()
    assert [each.id for each in result.not_evaluated] == ["ST-95"]  # last year's table is not given


BROKEN = {
    "ST-01": filled(c3_1=2, c3_1_3=1),
    "ST-02": filled(c3_1=1, c3_1_1=1, c3_2=1),
    "ST-03": filled(c3_3=2, c3_3_1=1),
    "ST-04": filled(c3_3=1, c3_3_4=1, c3_3_4_6=2),
    "ST-05": filled(c3_3=1, c3_3_4=1, c3_3_4_1=1, c3_3_4_2=1),
    "ST-06": filled(c4=1),
    "ST-07": filled(c5=1),
    "ST-08": filled(c6=1),
    "ST-09": filled(c1_1=1, c1_2_2=1, c7=1, c7_1=1, c7_2=1),
    "ST-10": filled(c8_4=2, c8_4_1=1),
    "IN-01": filled(c1_1_1=1, c1_1_2=1),
    "IN-02": filled(c2_2_1_1=1),
    "IN-03": filled(c2_2_2_1=1),
    "IN-04": filled(c2_2_1=None, c2_2_1_1=0),
    "IN-05": filled(c1_1=1, c1_2_2=1, c1_2_4=2),
    "IN-06": filled(c1_1=3, c1_2_2=1, c1_2_4=1),
    "IN-07": filled(c1_1=1, c1_1_1=1, c1_2_2=1),
    "IN-08": filled(c2_1=2, c2_2_5=1),
    "IN-10": filled(c3_1=1, c3_1_1=1, c3_2=1, c3_2_1=1),
    "IN-11": filled(c3_1=1, c3_1_1=1, c3_3=2, c3_3_1=1, c3_3_7=1),
    "IN-13": filled(c8_3=1),
    "IN-14": filled(c9_2=1),
    "IN-15": filled(c8_1=1),
    "IN-16": filled(c7=1, c7_1=1),
    "ST-90": filled(c9_1=None),
    "ST-91": filled(c9_1=Decimal("0.5")),
    "ST-94": filled(c9=1),
}


@pytest.mark.parametrize(("id", "values"), BROKEN.items(), ids=BROKEN.keys())
def test_a_broken_relation_is_reported(id: str, values: Values) -> None:
    assert id in failed_ids(values)


LAST_YEAR_OPEN = filled(c3_1=2, c3_1_1=2, c3_2=1, c3_2_1=1, c3_3=1, c3_3_1=1)
SETTLED_FROM_LAST_YEAR = filled(c3_2=1, c3_2_1=1, c3_3=1, c3_3_1=1)


@pytest.mark.parametrize("id", ["IN-09", "IN-12"])
def test_requests_open_from_last_year_excuse_what_is_settled_this_year(id: str) -> None:
    assert id in failed_ids(SETTLED_FROM_LAST_YEAR, previous=filled())
    assert id not in failed_ids(SETTLED_FROM_LAST_YEAR, previous=LAST_YEAR_OPEN)
    alone = check(SETTLED_FROM_LAST_YEAR, "2014")
    assert id not in {each.id for each in alone.failed}
    (why,) = [each.why for each in alone.not_evaluated if each.id == id]
    assert why == "缺少上一年度的统计表或其中的数，无法核对。"


def test_a_number_many_times_last_years_is_shown_by_a_setting() -> None:
    now, before = filled(c9_3=200), filled(c9_3=20)
    (jump,) = [each for each in check(now, "2014", before).failed if each.id == "ST-95"]
    assert (jump.cells, jump.expected, jump.found, jump.grade) == (("9.3",), "上年为20", 200, "plausible")
    assert "ST-95" not in {each.id for each in check(filled(c9_3=199), "2014", before).failed}
    assert "ST-95" not in {each.id for each in check(filled(c9_3=9), "2014", filled(c9_3=1)).failed}
    strict = Settings.of({"year_on_year_factor": 2})
    assert "ST-95" in {each.id for each in check(filled(c9_3=40), "2014", before, settings=strict).failed}


def test_a_table_equal_to_last_years_in_every_number_is_shown() -> None:
    values = filled(c9_3=20, c9_2=1)
    (same,) = [each for each in check(values, "2014", values).failed if each.id == "ST-95"]
    assert same.found == "各行都与上年相同"
    assert "ST-95" not in {each.id for each in check(filled(), "2014", filled()).failed}


LABELS = [(row.code, row.name) for row in FORM.indicators]


def failed_labels(labels: list[tuple[str, str]]) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.id, each.cells) for each in check(filled(), "2014", labels=labels).failed]


def test_labels_are_checked_where_they_are_given() -> None:
    assert failed_labels(LABELS) == []
    assert failed_labels([(row.code, row.label.replace("（", "(").replace("）", ")")) for row in FORM.indicators]) == []
    assert {"ST-92", "ST-93"} <= {each.id for each in check(filled(), "2014").beyond}
    assert {"ST-92", "ST-93"}.isdisjoint(each.id for each in check(filled(), "2014", labels=LABELS).beyond)


def test_a_wrong_a_missing_and_a_misplaced_label_are_reported() -> None:
    cut_off = [(code, name[:-6] if code == "8.5" else name) for code, name in LABELS]
    assert failed_labels(cut_off) == [("ST-92", ("8.5",)), ("ST-93", ("8.5",))]
    without = [each for each in LABELS if each[0] not in ("8.3", "9.1")]
    assert failed_labels(without) == [("ST-92", ("9.1",))]  # 8.3 is local and may be absent
    assert [id for id, _cells in failed_labels([LABELS[1], LABELS[0], *LABELS[2:]])] == ["ST-92"]


def test_a_dash_is_no_number() -> None:
    (dash,) = [each for each in check(filled(c9_1="/"), "2014").failed if each.id == "ST-91"]
    assert (dash.cells, dash.expected, dash.found) == (("9.1",), "应填数", "/")


def test_a_failed_sum_names_the_cells_that_could_be_wrong() -> None:
    replies = filled(c3_3=5, c3_3_1=2, c3_3_4=2, c3_3_4_1=2, c3_2=5, c3_2_1=5, c3_1=5, c3_1_1=5)
    (failure,) = [each for each in check(replies, "2014").failed if each.id == "ST-03"]
    # With one more, 3.3.4 would break the sum of its own parts (ST-05); with one less, 3.3 would fall below the
    # settled requests (IN-10). The others could each be wrong alone.
    assert failure.suspects == ("3.3.1", "3.3.2", "3.3.3", "3.3.5", "3.3.6", "3.3.7", "3.3.8")


def test_a_lawsuit_without_requests_for_two_years_is_shown() -> None:
    lawsuit = filled(c5=1, c5_3=1)
    assert "IN-17" in failed_ids(lawsuit, previous=filled())
    assert "IN-17" not in failed_ids(lawsuit, previous=LAST_YEAR_OPEN)
    assert "IN-17" in {each.id for each in check(lawsuit, "2014").not_evaluated}


def test_a_failure_names_cells_expected_and_found() -> None:
    (failure,) = [each for each in check(BROKEN["ST-01"], "2014").failed if each.id == "ST-01"]
    assert failure.cells == ("3.1", "3.1.1", "3.1.2", "3.1.3", "3.1.4", "3.1.5")
    assert (failure.expected, failure.found, failure.grade) == (1, 2, "certain")
    (channel,) = [each for each in check(BROKEN["IN-05"], "2014").failed if each.id == "IN-05"]
    assert (channel.cells, channel.expected, channel.found) == (("1.2.4", "1.1"), "≤1", 2)


def test_a_certain_failure_is_an_error_and_a_plausible_one_is_not() -> None:
    assert check(BROKEN["ST-10"], "2014").has_error
    assert not check(BROKEN["IN-08"], "2014").has_error


def test_the_published_table_fails_as_its_reader_found() -> None:
    result = check(SEED, "2014")
    assert {each.id for each in result.failed} == {"IN-04", "ST-90"}
    assert {"IN-01", "IN-05", "IN-06", "IN-07", "IN-08"} <= {each.id for each in result.not_evaluated}
    assert "ST-10" not in {each.id for each in result.not_evaluated}
    (blank,) = [each.why for each in result.not_evaluated if each.id == "IN-07"]
    assert blank == "第1.1.2行未填，无法核对。"


def test_a_blank_is_not_a_zero() -> None:
    assert "ST-10" in failed_ids(filled(c8_4=1, c8_4_1=1, c8_4_2=1))
    blank = check(filled(c8_4=1, c8_4_1=1, c8_4_2=None), "2014")
    assert "ST-10" not in {each.id for each in blank.failed}
    assert "ST-10" in {each.id for each in blank.not_evaluated}


def test_a_blank_beside_a_broken_pair_does_not_hide_it() -> None:
    values = filled(c1_1=1, c1_2_2=2, c1_2_3=None)
    result = check(values, "2014")
    assert "IN-05" in {each.id for each in result.failed}
    assert "IN-05" in {each.id for each in result.not_evaluated}


def test_a_local_row_that_the_form_lacks_is_not_asked_for() -> None:
    values = filled()
    del values["8.3"]
    assert "ST-90" not in failed_ids(values)
    assert "ST-90" in failed_ids(filled(c8_3=None))


@pytest.mark.parametrize("value", [-1, 0.5, Decimal("1.5"), float("nan"), float("inf")])
def test_a_count_must_be_a_whole_number(value: Number) -> None:
    assert "ST-91" in failed_ids(filled(c9_1=value))


@pytest.mark.parametrize(("value", "fails"), [(Decimal("3.25"), False), (0.1, False), (Decimal("3.255"), True)])
def test_funds_have_at_most_two_decimal_places(value: Number, fails: bool) -> None:
    assert ("ST-91" in failed_ids(filled(c8_5=value))) is fails


def test_a_section_that_does_not_apply_may_stay_blank() -> None:
    assert "ST-90" not in failed_ids(filled(c9_1=None, c9_2=None, c9_3=None))


def test_an_unknown_format_code_or_value_is_a_named_error_in_one_sentence() -> None:
    with pytest.raises(UnknownTable, match=r"^[^。]*。$"):
        check({}, "1999")
    with pytest.raises(UnknownIndicator, match=r"^[^。]*「1.9」[^。]*。$"):
        check({"1.9": 1}, "2014")
    with pytest.raises(UnknownIndicator, match=r"「2」"):
        check({}, "2014", previous={"2": None, "「2」": 1})
    with pytest.raises(InvalidValue, match=r"^第1\.1行的值「many」不是数[^。]*。$"):
        check({"1.1": "many"}, "2014")  # type: ignore[dict-item]


PARTS = st.lists(st.integers(0, 1000), min_size=5, max_size=5)


@UNHURRIED
@given(PARTS, st.integers(-3, 3))
def test_a_sum_fails_exactly_when_it_is_off(parts: list[int], off: int) -> None:
    cells: dict[str, Number | None] = {f"3.1.{n}": part for n, part in enumerate(parts, 1)}
    assert ("ST-01" in failed_ids(filled() | cells | {"3.1": sum(parts) + off})) is (off != 0)


@pytest.mark.parametrize("text", ["", "[1.1]", "[1.1] = ", "[1.1] [1.2] = 3", "[1.1] = [x]", "[1.1] == 2"])
def test_a_malformed_relation_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        parse_comparison(text)


def test_a_statement_holds_where_its_condition_does_not() -> None:
    statement = parse_statement("[1] >= 1 and [2] = 0 => [3] - 2 <= [4]")
    number = Decimal
    assert len(statement.conditions) == 2
    assert statement.holds({"1": number(0), "2": None, "3": number(9), "4": number(0)}, None) is True
    assert statement.holds({"1": number(1), "2": number(0), "3": number(9), "4": number(0)}, None) is False
    assert statement.holds({"1": number(1), "2": number(0), "3": number(2), "4": number(0)}, None) is True
    assert statement.holds({"1": number(1), "2": None, "3": number(9), "4": number(0)}, None) is None
