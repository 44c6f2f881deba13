"""The worked examples of the domain facts (deadlines.md §9), row by row; ids are row and rule."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from gongkai.rules import changes, receipt
from gongkai.rules.calendar import Calendar
from gongkai.rules.clock import Exclusion, Extension, Facts, Restart, due, due_on, warnings
from gongkai.rules.legal_settings import Settings
from gongkai.rules.receipt import Channel, Confirmation, Submission

CALENDAR = Calendar.standard()
DEFAULTS = Settings.defaults()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@dataclass(frozen=True)
class Row:
    """One date of a row: the rule, what happened, the due day."""

    rule: str
    start: str
    due: str
    regime: str = "auto"
    variant: str = ""
    changes: tuple[Exclusion | Restart | Extension, ...] = ()
    known_on: str = ""


EXTENDED = (Extension(),)

ROWS = {
    "1 P-01": Row("P-01", "2017-09-20", "2017-10-24"),
    "2 P-01": Row("P-01", "2018-02-09", "2018-03-14"),
    "3 Q-01": Row("Q-01", "2017-03-01", "2017-03-22"),
    "3 Q-11": Row("Q-11", "2017-03-01", "2017-03-22"),
    "4 Q-12": Row("Q-12", "2017-03-01", "2017-04-13"),
    "4 Q-11 extended": Row("Q-11", "2017-03-01", "2017-04-13", changes=EXTENDED),
    "5 Q-11": Row("Q-11", "2017-09-25", "2017-10-20"),
    "5 Q-12": Row("Q-12", "2017-09-25", "2017-11-10"),
    "6 Q-05 on a working Saturday": Row("Q-05", "2017-09-30", "2017-10-27"),
    "6 Q-05 on a Sunday": Row("Q-05", "2017-10-01", "2017-10-27"),
    "7 C-12 after the revision": Row("Q-11", "2019-04-11", "2019-05-05"),
    "7 C-12 before the revision": Row("Q-11", "2019-04-11", "2019-05-03", known_on="2019-03-21"),
    "8 Q-11 R492": Row("Q-11", "2019-05-14", "2019-06-04"),
    "8 Q-11 R711": Row("Q-11", "2019-05-15", "2019-06-13"),
    "9 Q-11": Row("Q-11", "2024-09-09", "2024-10-12"),
    "9 Q-12": Row("Q-12", "2024-09-09", "2024-11-08"),
    "10 Q-03": Row("Q-03", "2024-02-06", "2024-03-11"),
    "10 Q-20": Row("Q-20", "2024-02-06", "2024-02-21"),
    "11 Q-20": Row("Q-20", "2025-04-21", "2025-04-29"),
    "11 Q-20 completed": Row("Q-20", "2025-04-21", "2025-06-10", changes=(Restart(day("2025-05-12")),)),
    "11 Q-11 completed": Row("Q-11", "2025-04-21", "2025-06-10", changes=(Restart(day("2025-05-12")),)),
    "12 Q-11": Row("Q-11", "2025-03-03", "2025-03-31"),
    "12 Q-23 third party": Row("Q-23", "2025-03-11", "2025-04-01"),
    "12 Q-11 after Q-23": Row(
        "Q-11", "2025-03-03", "2025-04-15", changes=(Exclusion(day("2025-03-10"), day("2025-03-24")),)
    ),
    "13 Q-11": Row("Q-11", "2017-04-10", "2017-05-02"),
    "13 Q-23": Row("Q-23", "2017-04-10", "2017-05-16", changes=(Exclusion(day("2017-04-13"), day("2017-04-27")),)),
    "14 Q-25": Row("Q-25", "2025-03-10", "2025-03-31"),
    "15 Q-12 notice": Row("Q-12", "2025-03-03", "2025-03-31", variant="notice"),
    "16 Q-30 pay": Row("Q-30", "2026-01-12", "2026-02-09"),
    "16 Q-30 paid": Row("Q-30", "2026-01-12", "2026-02-24", changes=(Restart(day("2026-01-20")),)),
    "17 Y-01": Row("Y-01", "2017-12-31", "2018-03-31"),
    "18 Y-01": Row("Y-01", "2019-12-31", "2020-01-31"),
    "19 Y-01": Row("Y-01", "2025-12-31", "2026-01-31"),
    "20 I-03": Row("I-03", "2017-09-29", "2017-10-16"),
    "20 I-02": Row("I-02", "2017-09-29", "2017-10-10"),
    "22 M-02": Row("M-02", "2023-09-22", "2023-10-19"),
    "22 M-01": Row("M-01", "2023-09-22", "2023-10-09"),
    "23 M-06": Row("M-06", "2024-09-27", "2024-09-30"),
    "23 M-04": Row("M-04", "2024-09-27", "2024-10-10"),
    "23 M-05": Row("M-05", "2024-09-27", "2024-10-23"),
    "24 M-07": Row("M-07", "2017-04-20", "2017-05-12"),
    "24 M-07 extended": Row("M-07", "2017-04-20", "2017-05-23", changes=EXTENDED),
    "25 M-08": Row("M-08", "2022-04-28", "2022-05-09"),
    "26 L-02": Row("L-02", "2017-06-30", "2017-07-17"),
    "27 L-04": Row("L-04", "2017-07-10", "2017-09-08"),
    "27 L-05": Row("L-05", "2017-07-10", "2017-10-09"),
    "28 L-03": Row("L-03", "2022-09-26", "2022-10-08"),
    "28 L-04": Row("L-04", "2022-09-20", "2022-11-21"),
    "29 A-01": Row("A-01", "2017-03-20", "2017-05-19"),
    "29 A-02": Row("A-02", "2017-05-15", "2017-05-22"),
    "29 A-04": Row("A-04", "2017-05-24", "2017-06-05"),
    "29 A-05": Row("A-05", "2017-05-18", "2017-07-17"),
    "30 A-01": Row("A-01", "2025-01-10", "2025-03-11"),
    "30 A-02": Row("A-02", "2025-03-11", "2025-03-18"),
    "30 A-03 simplified": Row("A-03", "2025-03-18", "2025-03-21", variant="simplified"),
    "30 A-04 simplified": Row("A-04", "2025-03-20", "2025-03-27", variant="simplified"),
    "30 A-05 simplified": Row("A-05", "2025-03-18", "2025-04-17", variant="simplified"),
    "31 A-04 ordinary": Row("A-04", "2025-03-20", "2025-04-03", variant="ordinary"),
    "31 A-05 ordinary": Row("A-05", "2025-03-18", "2025-05-19", variant="ordinary"),
    "32 J-02": Row("J-02", "2025-04-18", "2025-05-06"),
    "33 J-01": Row("J-01", "2017-03-15", "2017-09-15"),
    "33 J-01 no such day": Row("J-01", "2024-08-31", "2025-02-28"),
    "34 O-01": Row("O-01", "2025-01-20", "2025-02-08"),
    "35 O-05": Row("O-05", "2017-09-08", "2017-10-09"),
    "36 O-12": Row("O-12", "2017-09-30", "2017-10-20"),
    "37 W-02": Row("W-02", "2025-03-03", "2025-03-17"),
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
def test_due_gives_the_day_of_the_worked_example(row: Row) -> None:
    calendar = Calendar.standard(day(row.known_on)) if row.known_on else CALENDAR
    facts = Facts(day(row.start), row.changes)
    found = due(row.rule, facts, calendar, DEFAULTS, regime=row.regime, variant=row.variant)
    assert found.due_on == day(row.due)
    assert not found.provisional
    assert due_on(row.rule, facts, calendar, DEFAULTS, regime=row.regime, variant=row.variant) == day(row.due)


HOURS = {
    "21 I-05": ("I-05", "2025-05-02T03:30"),
    "21 I-06": ("I-06", "2025-05-02T22:30"),
    "21 I-07": ("I-07", "2025-05-03T22:30"),
}


@pytest.mark.parametrize(("rule", "until"), HOURS.values(), ids=HOURS.keys())
def test_due_counts_hours_through_nights_and_days_off(rule: str, until: str) -> None:
    known = dt.datetime.fromisoformat("2025-05-01T22:30")
    assert due(rule, Facts(known), CALENDAR, DEFAULTS).due_on == dt.datetime.fromisoformat(until)


# Rows with more than one clock.


def test_row_6_mail_on_a_day_off_is_received_that_day_and_counts_from_the_next_working_day() -> None:
    sunday = Submission(Channel.E_MAIL, day("2017-10-01"))
    received = receipt.receipt(sunday, "492", CALENDAR, DEFAULTS)
    assert (received.rule, received.counts_from) == ("Q-05", day("2017-10-01"))
    assert due_on("Q-11", Facts(received.counts_from), CALENDAR, DEFAULTS) == day("2017-10-27")


def test_row_8_the_day_of_receipt_decides_the_regime() -> None:
    assert due("Q-11", Facts(day("2019-05-14")), CALENDAR, DEFAULTS).regime == "492"
    assert due("Q-11", Facts(day("2019-05-15")), CALENDAR, DEFAULTS).regime == "711"


def test_row_10_plain_letter_counts_from_its_confirmation() -> None:
    letter = Submission(
        Channel.PLAIN_MAIL, day("2024-02-06"), confirmation=Confirmation(day("2024-02-06"), "示例经办人", "电话录音")
    )
    received = receipt.receipt(letter, "711", CALENDAR, DEFAULTS)
    assert received.missing == ()
    assert due_on("Q-11", Facts(received.counts_from), CALENDAR, DEFAULTS) == day("2024-03-11")
    assert due_on("Q-20", Facts(received.counts_from), CALENDAR, DEFAULTS) == day("2024-02-21")


def test_row_11_completion_restarts_the_reply_limit() -> None:
    facts = Facts(day("2025-04-21"))
    assert due_on("Q-20", facts, CALENDAR, DEFAULTS) == day("2025-04-29")
    completed = facts.adding(changes.completion(day("2025-05-12"), "711", DEFAULTS))
    assert due_on("Q-11", completed, CALENDAR, DEFAULTS) == day("2025-06-10")


def test_row_12_consulting_a_third_party_excludes_ten_working_days() -> None:
    assert due_on("Q-23", Facts(day("2025-03-11")), CALENDAR, DEFAULTS) == day("2025-04-01")
    facts = Facts(day("2025-03-03"))
    asked = changes.consultation("Q-23", day("2025-03-10"), day("2025-03-24"), "711", DEFAULTS)
    found = due("Q-11", facts.adding(asked), CALENDAR, DEFAULTS)
    assert due_on("Q-11", facts, CALENDAR, DEFAULTS) == day("2025-03-31")
    assert found.due_on == day("2025-04-15")
    assert sum("第三方" in step.why for step in found.steps) == 10


def test_row_13_consulting_a_third_party_excludes_ten_working_days_under_order_492() -> None:
    facts = Facts(day("2017-04-10"))
    asked = changes.consultation("Q-23", day("2017-04-13"), day("2017-04-27"), "492", DEFAULTS)
    found = due("Q-11", facts.adding(asked), CALENDAR, DEFAULTS)
    assert due_on("Q-11", facts, CALENDAR, DEFAULTS) == day("2017-05-02")
    assert found.due_on == day("2017-05-16")
    assert sum("第三方" in step.why for step in found.steps) == 10
    assert "《政府信息公开条例》（国务院令第492号）第二十四条第三款" in found.basis


def test_row_14_silence_of_the_other_agency_is_consent_from_the_day_after() -> None:
    limit = due_on("Q-25", Facts(day("2025-03-10")), CALENDAR, DEFAULTS)
    assert limit == day("2025-03-31")
    assert CALENDAR.add_working_days(day("2025-03-31"), 1) == day("2025-04-01")


def test_row_15_extension_notice_goes_out_within_the_base_limit() -> None:
    facts = Facts(day("2025-03-03"))
    in_time = facts.adding(Extension(day("2025-03-31")))
    assert due_on("Q-12", facts, CALENDAR, DEFAULTS, variant="notice") == day("2025-03-31")
    assert due_on("Q-12", in_time, CALENDAR, DEFAULTS) == due_on("Q-12", facts, CALENDAR, DEFAULTS)


def test_row_16_payment_restarts_the_reply_limit() -> None:
    assert due_on("Q-30", Facts(day("2026-01-12")), CALENDAR, DEFAULTS) == day("2026-02-09")
    paid = changes.payment(day("2026-01-12"), day("2026-01-20"), "711", DEFAULTS)
    assert due_on("Q-11", Facts(day("2026-01-05")).adding(paid), CALENDAR, DEFAULTS) == day("2026-02-24")


def test_rows_17_to_19_a_fixed_date_does_not_move_and_is_planned_for_the_working_day_before() -> None:
    of_2017, of_2019, of_2025 = (
        due("Y-01", Facts(dt.date(year, 12, 31)), CALENDAR, DEFAULTS) for year in (2017, 2019, 2025)
    )
    assert (of_2017.regime, of_2019.regime) == ("492", "711")
    assert day("2018-01-19") <= of_2017.due_on
    assert not CALENDAR.is_working_day(of_2019.due_on)
    assert of_2025.plan_by == day("2026-01-30")


def test_row_24_yellow_card_with_one_working_day_left_red_card_on_the_first_after() -> None:
    found = warnings(day("2017-05-12"), CALENDAR, DEFAULTS)
    assert (found.last_call_on, found.red_from) == (day("2017-05-11"), day("2017-05-15"))
    assert found.yellow_from == day("2017-05-09")


def test_row_29_reconsideration_under_the_text_of_2017() -> None:
    steps = due("A-04", Facts(day("2017-05-24")), CALENDAR, DEFAULTS).steps
    assert [step.n for step in steps if step.on == day("2017-06-03")] == [10]
    assert [step.on for step in steps[-2:]] == [day("2017-06-04"), day("2017-06-05")]
    assert not any(step.counts for step in steps[-2:])
