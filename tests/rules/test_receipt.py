"""The day of receipt by channel and regime: Q-01 to Q-07, Order 711 Article 31, 国办公开办函〔2015〕207号."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gongkai.rules.calendar import Calendar
from gongkai.rules.errors import ImpossibleFacts
from gongkai.rules.legal_settings import Settings
from gongkai.rules.receipt import BASIC, RULES, SENTENCES, Channel, Confirmation, Missing, Receipt, Submission, receipt

CALENDAR = Calendar.standard()
DEFAULTS = Settings.defaults()
MONDAY, TUESDAY, WEDNESDAY = (dt.date(2025, 3, n) for n in (3, 4, 5))
PROVEN = Confirmation(WEDNESDAY, "示例经办人", "电话录音")


def received(channel: Channel, regime: str, settings: Settings = DEFAULTS, **facts: Any) -> Receipt:
    return receipt(Submission(channel, MONDAY, **facts), regime, CALENDAR, settings)


# id: channel, regime, records, day of receipt, what is missing
CASES: dict[str, tuple[Channel, str, dict[str, Any], dt.date, tuple[Missing, ...]]] = {
    "Q-01 R492": (Channel.IN_PERSON, "492", {}, MONDAY, ()),
    "Q-01 R711": (Channel.IN_PERSON, "711", {}, MONDAY, ()),
    "Q-01 oral": (Channel.ORAL, "711", {}, MONDAY, ()),
    "Q-01 oral without a form": (Channel.ORAL, "711", {"form_filled": False}, MONDAY, (Missing.FORM,)),
    "Q-02 signed": (Channel.SIGNED_MAIL, "711", {"signed_on": TUESDAY}, TUESDAY, ()),
    "Q-02 R492 signed": (Channel.SIGNED_MAIL, "492", {"signed_on": TUESDAY}, TUESDAY, ()),
    "Q-02 not signed": (Channel.SIGNED_MAIL, "711", {}, MONDAY, (Missing.SIGNATURE,)),
    "Q-03 not confirmed": (Channel.PLAIN_MAIL, "711", {}, MONDAY, (Missing.CALL_BACK,)),
    "Q-03 R492 not called back": (Channel.PLAIN_MAIL, "492", {}, MONDAY, (Missing.CALL_BACK,)),
    "Q-03 confirmed": (Channel.PLAIN_MAIL, "711", {"confirmation": PROVEN}, WEDNESDAY, ()),
    "Q-03 R492 contact restored": (Channel.PLAIN_MAIL, "492", {"confirmation": PROVEN}, WEDNESDAY, ()),
    "Q-04 R492": (Channel.MISDIRECTED_MAIL, "492", {"confirmation": PROVEN}, WEDNESDAY, ()),
    "Q-04 R711": (Channel.MISDIRECTED_MAIL, "711", {}, MONDAY, (Missing.CALL_BACK,)),
    "Q-05 R492 by the mail system": (Channel.E_MAIL, "492", {}, MONDAY, ()),
    "Q-05 R711 not confirmed": (Channel.E_MAIL, "711", {}, MONDAY, (Missing.MUTUAL_CONFIRMATION,)),
    "Q-05 R711 confirmed": (Channel.E_MAIL, "711", {"confirmation": PROVEN}, WEDNESDAY, ()),
    "Q-06 R492": (Channel.FAX, "492", {}, MONDAY, (Missing.MUTUAL_CONFIRMATION,)),
    "Q-06 R711": (Channel.FAX, "711", {"confirmation": PROVEN}, WEDNESDAY, ()),
    "Q-07 R492 by the published rule": (Channel.OTHER, "492", {"published_rule_on": TUESDAY}, TUESDAY, ()),
    "Q-07 R492 without a rule": (Channel.OTHER, "492", {}, MONDAY, (Missing.MUTUAL_CONFIRMATION,)),
    "Q-07 R711 whatever the rule says": (
        Channel.OTHER,
        "711",
        {"published_rule_on": TUESDAY},
        MONDAY,
        (Missing.MUTUAL_CONFIRMATION,),
    ),
}


@pytest.mark.parametrize(("channel", "regime", "facts", "on", "missing"), CASES.values(), ids=CASES.keys())
def test_receipt_by_channel_and_regime(
    channel: Channel, regime: str, facts: dict[str, Any], on: dt.date, missing: tuple[Missing, ...]
) -> None:
    found = received(channel, regime, **facts)
    assert (found.rule, found.counts_from, found.missing) == (RULES[channel], on, missing)
    assert found.settled is not bool(missing)
    assert found.basis


@pytest.mark.parametrize("confirmation", [Confirmation(WEDNESDAY, "示例经办人"), Confirmation(WEDNESDAY, "", "录音")])
def test_a_confirmation_without_proof_moves_nothing(confirmation: Confirmation) -> None:
    found = received(Channel.E_MAIL, "711", confirmation=confirmation)
    assert (found.counts_from, found.missing) == (MONDAY, (Missing.PROOF,))
    assert found.sentences == ("确认记录没有写明确认人或者没有凭据，期限仍从提交之日起算，请补充。",)


def test_a_later_confirmation_with_proof_moves_the_day() -> None:
    assert received(Channel.FAX, "711").counts_from == MONDAY
    assert received(Channel.FAX, "711", confirmation=PROVEN).counts_from == WEDNESDAY


def test_misdirected_mail_under_order_711_goes_by_arrival_by_setting() -> None:
    found = received(Channel.MISDIRECTED_MAIL, "711", Settings.of({"misdirected_mail_under_711": "arrival"}))
    assert (found.counts_from, found.missing) == (MONDAY, ())
    assert found.settings == {"misdirected_mail_under_711": "arrival"}


def test_a_missing_record_is_warned_of_at_the_end_of_the_working_day() -> None:
    assert received(Channel.E_MAIL, "711").warn_from == MONDAY
    assert received(Channel.E_MAIL, "711", Settings.of({"confirmation_warning_days": 2})).warn_from == WEDNESDAY
    assert received(Channel.E_MAIL, "711", confirmation=PROVEN).warn_from is None
    sunday = receipt(Submission(Channel.E_MAIL, dt.date(2025, 3, 2)), "711", CALENDAR, DEFAULTS)
    assert (sunday.counts_from, sunday.warn_from) == (dt.date(2025, 3, 2), MONDAY)


@pytest.mark.parametrize(
    "facts",
    [
        {"signed_on": MONDAY - dt.timedelta(days=1)},
        {"confirmation": Confirmation(MONDAY - dt.timedelta(days=1))},
        {"published_rule_on": MONDAY - dt.timedelta(days=1)},
    ],
    ids=["signature", "confirmation", "published rule"],
)
def test_a_record_before_the_submission_is_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(ImpossibleFacts, match=r"^[^。]*早于提交日期，请核对日期。$"):
        received(Channel.SIGNED_MAIL, "711", **facts)


def test_an_unknown_regime_is_refused() -> None:
    with pytest.raises(ImpossibleFacts, match="没有「2008」这个条例版本"):
        received(Channel.IN_PERSON, "2008")


def test_every_channel_has_a_rule_and_every_missing_record_a_sentence() -> None:
    assert set(RULES) == set(Channel)
    assert set(SENTENCES) == set(Missing)
    assert {Channel.IN_PERSON, Channel.SIGNED_MAIL} <= BASIC
    assert Channel.FAX not in BASIC
