"""The relations of the tables of 2019 and 2021, and the cells that a failed sum makes suspect."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.rules.errors import InvalidValue, UnknownIndicator
from gongkai.rules.indicators import table
from gongkai.rules.relations import Failure, Number, Values, beyond, catalogue, check, relations
from tests.rules.tables import COLUMNS, consistent, requests, year_before

# Other work on the machine must not make a property fail.
UNHURRIED = settings(deadline=None)

FORMATS = ["2019", "2021"]
Table = dict[str, Number | str | None]
AMOUNT = "art20_8.administrative_fees.amount_this_year"

GRADES = {
    "2021": {
        "certain": "RT-01 RT-02 RT-03 RT-05 RT-06 RT-07 RT-08 RT-10 RL-01 NT-01 NT-02 NT-03 PD-03 PD-05 RT-04",
        "plausible": "RT-09 RT-11 RL-02 RL-04 PD-01 PD-02 PD-04 PD-06 PD-07 RT-12 RL-03",
    },
    "2019": {
        "certain": "RT-01 RT-02 RT-03 RT-05 RT-06 RT-07 RT-08 RT-10 RL-01 NT-01 NT-02 NT-03 RT-04",
        "plausible": "RT-09 RT-11 RL-02 RL-04",
    },
}
ON_THE_TABLE = {
    "2021": "RT-01 RT-02 RT-03 RT-05 RT-06 RL-01 RL-02 PD-01 PD-02 PD-03 PD-06 RT-04",
    "2019": "RT-01 RT-02 RT-03 RT-05 RT-06 RL-01 RL-02 RT-04",
}
# How many sums a relation is made of: by column, by row, by kind of case.
STATEMENTS = {"RT-01": 7, "RT-02": 7, "RT-03": 25, "RT-04": 28, "RT-05": 7, "RL-01": 3, "RL-02": 3, "PD-01": 2}


def changed(values: dict[str, int], **cells: Number | str | None) -> Table:
    """Return a table with some cells set; a cell is named requests__3_1__total for requests.3.1.total."""
    named = {".".join(part.replace("_", ".") if part[0].isdigit() else part for part in name.split("__")): value
             for name, value in cells.items()}  # fmt: skip
    assert named.keys() <= table("2021").by_code.keys()
    return {**values, **named}


def failures(values: Values, previous: Values | None = None, **more: bool) -> list[Failure]:
    return list(check(values, "2021", previous, facts=more).failed)


def failed_ids(values: Values, previous: Values | None = None, **more: bool) -> set[str]:
    return {each.id for each in failures(values, previous, **more)}


@pytest.mark.parametrize("format", FORMATS)
def test_all_relations_of_the_rules_are_there_with_their_grades(format: str) -> None:
    for grade, ids in GRADES[format].items():
        assert [each.id for each in catalogue(format) if each.grade == grade] == ids.split()
    assert [each.id for each in relations(format)] == ON_THE_TABLE[format].split()
    assert {each.id for each in beyond(format)} == {each.id for each in catalogue(format)} - {
        each.id for each in relations(format)
    }


def test_a_relation_is_one_sum_for_each_column_row_or_case() -> None:
    counts = {each.id: len(each.statements) for each in relations("2021")}
    assert counts | STATEMENTS == counts
    (settled, *_others) = next(each for each in relations("2021") if each.id == "RT-02").statements
    assert [cell.code for cell in settled.cells][1:] == [
        f"requests.{row.code}.natural_person" for row in table("2021").part("requests").rows if row.kind == "leaf"
    ]


@pytest.mark.parametrize("format", FORMATS)
def test_relations_name_only_cells_of_the_form(format: str) -> None:
    form = table(format)
    for relation in relations(format):
        for statement in relation.statements:
            assert [cell.code for cell in statement.cells if form.indicator(cell.code).is_heading] == []


@pytest.mark.parametrize("format", FORMATS)
def test_a_consistent_table_and_its_year_before_fail_nothing(format: str) -> None:
    result = check(consistent(format), format, year_before(format))
    assert result.failed == ()
    assert result.not_evaluated == ()


BROKEN: dict[str, tuple[Table, Table | None]] = {
    "RT-01": (changed(consistent(), requests__4__total=820), None),
    "RT-02": (changed(consistent(), requests__3_1__total=5549), None),
    "RT-03": (changed(consistent(), requests__1__legal_other=33), None),
    "RT-04": (changed(consistent(), requests__3_5__total=456), None),
    "RT-05": (changed(consistent()), changed(year_before(), requests__4__total=561)),
    "RT-06": (changed(consistent(), requests__1__total=None), None),
    "RL-01": (changed(consistent(), review_litigation__reconsideration__total=791), None),
    "RL-02": (changed(consistent()), changed(year_before(), review_litigation__litigation_direct__pending=57)),
    "PD-01": (
        changed(consistent(), art20_1__normative_documents__in_force=3),
        changed(year_before(), art20_1__normative_documents__in_force=1),
    ),
    "PD-02": (changed(consistent(), art20_1__normative_documents__issued_this_year=1), None),
    "PD-06": (changed(consistent()) | {AMOUNT: 3_600_001}, changed(year_before()) | {AMOUNT: 36_000}),
}


@pytest.mark.parametrize(("id", "tables"), BROKEN.items(), ids=BROKEN.keys())
def test_a_broken_relation_is_reported(id: str, tables: tuple[Table, Table | None]) -> None:
    assert id in failed_ids(*tables)


def test_what_is_not_given_is_not_evaluated_and_says_why() -> None:
    result = check(requests(), "2021")
    assert result.failed == ()
    assert {each.id: each.why for each in result.not_evaluated} == {
        "PD-01": "没有提供「第二十条第（一）项」表、缺少上一年度的统计表或其中的数，无法核对。",
        "PD-02": "没有提供「第二十条第（一）项」表，无法核对。",
        "PD-03": "没有提供「第二十条第（一）项」表，无法核对。",
        "PD-06": "没有提供「第二十条第（八）项」表、缺少上一年度的统计表或其中的数，无法核对。",
        "RT-05": "缺少上一年度的统计表或其中的数，无法核对。",
        "RL-01": "没有提供「政府信息公开行政复议、行政诉讼情况」表，无法核对。",
        "RL-02": "没有提供「政府信息公开行政复议、行政诉讼情况」表、缺少上一年度的统计表或其中的数，无法核对。",
    }


def test_a_blank_is_reported_and_what_hangs_on_it_is_not_evaluated() -> None:
    result = check(changed(consistent(), requests__3_3_1__natural_person=None), "2021", year_before())
    assert [(each.id, each.cells, each.expected, each.found) for each in result.failed] == [
        ("RT-06", ("requests.3.3.1.natural_person",), "应填写", None)
    ]
    assert {each.id: each.why for each in result.not_evaluated} == {
        "RT-02": "「属于国家秘密，自然人」未填，无法核对。",
        "RT-03": "「属于国家秘密，自然人」未填，无法核对。",
    }


@pytest.mark.parametrize(
    ("value", "expected", "found"),
    [(-1, "≥0", -1), (Decimal("0.5"), "整数", Decimal("0.5")), ("/", "应填数", "/"), ("-", "应填数", "-")],
)
def test_a_cell_holds_a_whole_number_and_no_dash(value: Number | str, expected: str, found: object) -> None:
    broken = changed(consistent(), review_litigation__litigation_direct__corrected=value)
    assert ("RT-06", expected, found) in {(each.id, each.expected, each.found) for each in failures(broken)}


def test_an_amount_may_have_decimals_and_the_change_of_2019_may_be_negative() -> None:
    assert "RT-06" not in failed_ids(changed(consistent()) | {AMOUNT: Decimal("12.345678")})
    fewer = {**consistent("2019"), "art20_6.administrative_penalty.change_this_year": -3}
    assert check(fewer, "2019").failed == ()


def test_the_power_to_make_rules_must_be_known_before_rules_are_an_error() -> None:
    made = changed(consistent(), art20_1__rules__issued_this_year=1, art20_1__rules__in_force=1)
    unknown = check(made, "2021")
    assert "PD-03" not in {each.id for each in unknown.failed}
    assert "没有说明本机关是否有规章制定权，无法核对。" in {each.why for each in unknown.not_evaluated}
    assert "PD-03" in failed_ids(made, no_rulemaking_power=True)
    assert "PD-03" not in failed_ids(made, no_rulemaking_power=False)


def test_the_sum_of_a_group_is_checked_only_where_it_is_shown() -> None:
    assert check(changed(consistent(), requests__3_3__total=730), "2021", year_before()).failed == ()
    (failure,) = failures(changed(consistent(), requests__3_3__total=731))
    assert (failure.id, failure.expected, failure.found) == ("RT-04", 730, 731)
    assert failure.suspects == ("requests.3.3.total",)


def test_the_year_before_may_be_of_the_format_of_2019() -> None:
    before = year_before("2019")
    assert check(consistent(), "2021", before, previous_format="2019").failed == ()
    before["requests.4.total"] += 1
    (failure,) = check(consistent(), "2021", before, previous_format="2019").failed
    assert (failure.id, failure.suspects) == ("RT-05", ("previous[requests.4.total]",))


# The worked example of the rules (statistics-2021-rules.md, 7).
WORKED = {
    "a leaf of an applicant": ("requests.3.4.1.legal_law_service", {"RT-02", "RT-03"}),
    "the settled requests of an applicant": ("requests.3.7.legal_law_service", {"RT-01", "RT-02", "RT-03"}),
    "a leaf of the total column": ("requests.3.4.1.total", {"RT-02", "RT-03"}),
    "the received requests of the total column": ("requests.1.total", {"RT-01", "RT-03"}),
}


@pytest.mark.parametrize(("cell", "broken"), WORKED.values(), ids=WORKED.keys())
def test_one_changed_cell_breaks_what_the_rules_say(cell: str, broken: set[str]) -> None:
    values = consistent()
    values[cell] += 1
    assert failed_ids(values) == broken
    assert {each.suspects for each in failures(values)} == {(cell,)}


CELLS = [code for code in consistent() if code.startswith(("requests.", "review_litigation."))]
CHANGES = st.integers(-50, 50).filter(bool)


@UNHURRIED
@given(st.sampled_from(CELLS), CHANGES)
def test_any_single_changed_cell_is_found_and_is_suspect(cell: str, change: int) -> None:
    values = consistent()
    right = values[cell]
    values[cell] = right + change if right + change >= 0 else right - change
    found = failures(values)
    assert found
    for failure in found:
        assert cell in failure.suspects
        if cell.startswith("requests."):
            assert failure.suspects == (cell,)


@st.composite
def consistent_requests(draw: st.DrawFn) -> dict[str, int]:
    """A request table of any numbers that keeps its relations."""
    part = table("2021").part("requests")
    leaves = [row.code for row in part.rows if row.kind == "leaf"]
    cells = dict.fromkeys((part.cell(row.code, "total") for row in part.rows if row.kind != "group"), 0)
    for column in COLUMNS[:-1]:
        numbers = dict(zip(leaves, draw(st.lists(st.integers(0, 99), min_size=21, max_size=21)), strict=True))
        settled, left = sum(numbers.values()), draw(st.integers(0, 99))
        carried = draw(st.integers(0, settled + left))
        numbers |= {"3.7": settled, "4": left, "2": carried, "1": settled + left - carried}
        for row, number in numbers.items():
            cells[part.cell(row, column)] = number
            cells[part.cell(row, "total")] += number
    return cells


@UNHURRIED
@given(consistent_requests(), st.data())
def test_any_consistent_table_passes_and_one_wrong_cell_in_it_is_named(
    cells: dict[str, int], data: st.DataObject
) -> None:
    assert check(cells, "2021").failed == ()
    wrong = data.draw(st.sampled_from(sorted(cells)))
    changed_to = data.draw(st.integers(0, 9999).filter(lambda number: number != cells[wrong]))
    found = failures({**cells, wrong: changed_to})
    assert found
    assert {each.suspects for each in found} == {(wrong,)}


@UNHURRIED
@given(st.lists(st.sampled_from(COLUMNS[:-1]), min_size=2, max_size=3, unique=True), st.data())
def test_a_few_wrong_cells_in_different_rows_and_columns_are_all_named(columns: list[str], data: st.DataObject) -> None:
    leaves = [row.code for row in table("2021").part("requests").rows if row.kind == "leaf"]
    rows = data.draw(st.lists(st.sampled_from(leaves), min_size=len(columns), max_size=len(columns), unique=True))
    wrong = [f"requests.{row}.{column}" for row, column in zip(rows, columns, strict=True)]
    values = consistent()
    for cell, change in zip(wrong, (7, 20, 43), strict=False):
        values[cell] += change
    assert {suspect for failure in failures(values) for suspect in failure.suspects} == set(wrong)


def test_a_sum_that_stands_alone_makes_all_its_cells_suspect_that_could_be_wrong() -> None:
    values = changed(consistent(), review_litigation__litigation_direct__total=58)
    (failure,) = failures(values)
    group = "review_litigation.litigation_direct"
    assert failure.suspects == tuple(
        f"{group}.{each}" for each in ("total", "upheld", "corrected", "other_result", "pending")
    )
    values = changed(consistent(), review_litigation__litigation_direct__total=50)
    (failure,) = failures(values)  # no result can be 6 less than 1
    assert failure.suspects == tuple(f"{group}.{each}" for each in ("total", "upheld", "other_result", "pending"))


def test_a_carry_over_that_breaks_this_years_sums_too_is_this_years_mistake() -> None:
    values = consistent()
    values["requests.2.natural_person"] += 9
    found = failures(values, year_before())
    assert {each.id for each in found} == {"RT-01", "RT-03", "RT-05"}
    assert {each.suspects for each in found} == {("requests.2.natural_person",)}


def test_a_table_full_of_mistakes_still_names_cells_of_the_failed_sums() -> None:
    values = {code: number + 3 * at for at, (code, number) in enumerate(consistent().items())}
    for failure in failures(values):
        if failure.id in STATEMENTS:
            assert failure.suspects


def test_an_unknown_cell_a_heading_and_a_word_are_named_errors() -> None:
    with pytest.raises(UnknownIndicator, match=r"^[^。]*「requests.9.total」[^。]*。$"):
        check({"requests.9.total": 1}, "2021")
    with pytest.raises(InvalidValue, match=r"^[^。]*「many」不是数[^。]*。$"):
        check({"requests.1.total": "many"}, "2021")
    with pytest.raises(InvalidValue, match=r"^[^。]*过大[^。]*。$"):
        check({"requests.1.total": 10**20}, "2021")
    with pytest.raises(InvalidValue, match=r"^[^。]*过大[^。]*。$"):
        check({"requests.1.total": Decimal("1e999999")}, "2021")
