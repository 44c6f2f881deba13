"""What the events of a request do to its clock, by regime and setting: Q-20 to Q-36."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.rules import changes
from gongkai.rules.calendar import Calendar
from gongkai.rules.clock import End, Exclusion, Facts, Replacement, Restart, due, due_on
from gongkai.rules.errors import ImpossibleFacts, UnknownRule
from gongkai.rules.legal_settings import Settings

CALENDAR = Calendar.standard()
DEFAULTS = Settings.defaults()
SENT, ANSWERED = dt.date(2025, 3, 10), dt.date(2025, 3, 24)

# rule, regime, setting that differs, of whom, whether the time is excluded
CONSULTATIONS = {
    "Q-23 R492": ("Q-23", "492", {}, "", True),
    "Q-23 R711": ("Q-23", "711", {}, "", True),
    "Q-25 R492": ("Q-25", "492", {}, "", False),
    "Q-25 R492 by setting": ("Q-25", "492", {"joint_agencies_excluded_under_492": True}, "", True),
    "Q-25 R711": ("Q-25", "711", {}, "", True),
    "Q-26 R492": ("Q-26", "492", {}, "", False),
    "Q-26 R711": ("Q-26", "711", {}, "", True),
    "Q-26 secrecy authority": ("Q-26", "711", {}, changes.SECRECY_AUTHORITY, True),
    "Q-26 secrecy authority by setting": (
        "Q-26",
        "711",
        {"secrecy_authority_excluded": False},
        changes.SECRECY_AUTHORITY,
        False,
    ),
    "Q-27 R711": ("Q-27", "711", {}, "", False),
    "Q-27 R711 by setting": ("Q-27", "711", {"explanation_excluded": True}, "", True),
    "Q-27 R492": ("Q-27", "492", {"explanation_excluded": True}, "", False),
}


@pytest.mark.parametrize(
    ("rule", "regime", "values", "of", "excluded"), CONSULTATIONS.values(), ids=CONSULTATIONS.keys()
)
def test_whether_asking_somebody_pauses_the_clock(
    rule: str, regime: str, values: dict[str, bool], of: str, excluded: bool
) -> None:
    found = changes.consultation(rule, SENT, ANSWERED, regime, Settings.of(values), of=of)
    assert (found is not None) is excluded
    if found is not None:
        assert (found.first, found.last) == (SENT, ANSWERED)
        assert rule in found.why


def test_completion_restarts_under_order_492_by_setting() -> None:
    on = dt.date(2017, 3, 20)
    assert changes.completion(on, "492", DEFAULTS) == Restart(on, "收到补正后的申请", "completion_restarts_under_492")
    assert changes.completion(on, "492", Settings.of({"completion_restarts_under_492": False})) is None
    assert changes.completion(on, "711", Settings.of({"completion_restarts_under_492": False})) is not None


def test_payment_restarts_or_pauses_by_setting() -> None:
    notice, paid = dt.date(2026, 1, 12), dt.date(2026, 1, 20)
    facts = Facts(dt.date(2026, 1, 5))
    restarted = changes.payment(notice, paid, "711", DEFAULTS)
    paused = changes.payment(notice, paid, "711", Settings.of({"fee_payment_effect": "exclude"}))
    assert isinstance(restarted, Restart)
    assert isinstance(paused, Exclusion)
    assert due_on("Q-11", facts.adding(restarted), CALENDAR, DEFAULTS) == dt.date(2026, 2, 24)
    told = due("Q-11", facts.adding(restarted), CALENDAR, DEFAULTS)
    assert told.settings["fee_payment_effect"] == "restart"
    # Six working days are excluded: a pause gives the agency less time.
    assert due_on("Q-11", facts.adding(paused), CALENDAR, DEFAULTS) == dt.date(2026, 2, 10)
    assert changes.payment(notice, paid, "492", DEFAULTS) is None


def test_postponement_replaces_the_due_date() -> None:
    found = changes.postponement(dt.date(2025, 6, 30), dt.date(2025, 3, 20))
    assert found == Replacement(dt.date(2025, 6, 30), dt.date(2025, 3, 20), "理由合理，延迟答复（Q-29）")
    assert due_on("Q-11", Facts(dt.date(2025, 3, 3)).adding(found), CALENDAR, DEFAULTS) == dt.date(2025, 6, 30)


@pytest.mark.parametrize("rule", ["Q-21", "Q-28", "Q-31", "Q-32", "Q-33", "Q-34", "Q-36"])
def test_events_that_end_a_request(rule: str) -> None:
    found = changes.end(rule, dt.date(2025, 3, 20), DEFAULTS)
    assert isinstance(found, End)
    assert due("Q-11", Facts(dt.date(2025, 3, 3)).adding(found), CALENDAR, DEFAULTS).in_time is True


def test_withdrawal_ends_a_request_by_setting() -> None:
    assert changes.end("Q-36", SENT, Settings.of({"withdrawal_ends": False})) is None


def test_impossible_events_are_refused_in_one_sentence() -> None:
    with pytest.raises(UnknownRule, match=r"^[^。]*不是征求意见的规则[^。]*。$"):
        changes.consultation("Q-20", SENT, ANSWERED, "711", DEFAULTS)
    with pytest.raises(ImpossibleFacts, match=r"^[^。]*早于发函的日期[^。]*。$"):
        changes.consultation("Q-23", ANSWERED, SENT, "711", DEFAULTS)
    with pytest.raises(ImpossibleFacts, match=r"^[^。]*早于收到收费通知的日期[^。]*。$"):
        changes.payment(ANSWERED, SENT, "711", DEFAULTS)
    with pytest.raises(UnknownRule, match=r"^[^。]*不终止申请[^。]*。$"):
        changes.end("Q-20", SENT, DEFAULTS)


def test_an_event_without_effect_leaves_the_facts_alone() -> None:
    facts = Facts(dt.date(2017, 3, 1))
    assert facts.adding(None) == facts
