"""The day a request is received, by channel and regime, and what record of it is still missing (Q-01 to Q-07).

Legal basis: Order 711, Article 31; under Order 492 国办公开办函〔2015〕207号. Until a confirmation that these ask for is
recorded with its proof, the limit counts from the submission: nobody gains by an omission; a later one moves it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from gongkai.rules.calendar import Calendar
from gongkai.rules.deadlines import R492, REGIMES, find
from gongkai.rules.errors import ImpossibleFacts
from gongkai.rules.legal_settings import Settings, Value


class Channel(StrEnum):
    """The ways in which a request comes."""

    IN_PERSON = "in_person"
    ORAL = "oral"
    SIGNED_MAIL = "signed_mail"
    PLAIN_MAIL = "plain_mail"
    MISDIRECTED_MAIL = "misdirected_mail"
    E_MAIL = "e_mail"
    FAX = "fax"
    OTHER = "other"


RULES = {
    Channel.IN_PERSON: "Q-01",
    Channel.ORAL: "Q-01",
    Channel.SIGNED_MAIL: "Q-02",
    Channel.PLAIN_MAIL: "Q-03",
    Channel.MISDIRECTED_MAIL: "Q-04",
    Channel.E_MAIL: "Q-05",
    Channel.FAX: "Q-06",
    Channel.OTHER: "Q-07",
}

# In person and by post may not be refused (国办公开办函〔2017〕19号).
BASIC = frozenset({Channel.IN_PERSON, Channel.ORAL, Channel.SIGNED_MAIL, Channel.PLAIN_MAIL, Channel.MISDIRECTED_MAIL})


class Missing(StrEnum):
    """A record that the rule asks for and that is not there."""

    SIGNATURE = "signature"
    CALL_BACK = "call_back"
    MUTUAL_CONFIRMATION = "mutual_confirmation"
    PROOF = "proof"
    FORM = "form"


SENTENCES = {
    Missing.SIGNATURE: "缺少签收记录，请登记签收的日期和签收人。",
    Missing.CALL_BACK: "缺少与申请人的电话确认记录，请在收到信函当日联系申请人并登记；联系不上的，登记恢复联系的日期。",
    Missing.MUTUAL_CONFIRMATION: "缺少双方确认的记录，请与申请人确认并登记确认人、时间和方式。",
    Missing.PROOF: "确认记录没有写明确认人或者没有凭据，期限仍从提交之日起算，请补充。",
    Missing.FORM: "口头申请应由接收机构代为填写，请补充申请表。",
}


@dataclass(frozen=True)
class Confirmation:
    """Both sides confirmed receipt: the day, by whom, and the proof (recording, reply, signed note); all are needed."""

    on: dt.date
    by: str = ""
    proof: str = ""


@dataclass(frozen=True)
class Submission:
    """How a request came in.

    `submitted_on` is the day it was handed over or reached the agency (for the internet and fax: the day the system
    received it). `signed_on`: the agency signed for the mail. `published_rule_on`: the day that the agency's own
    published rule takes for this channel. `form_filled`: the form of an oral request is there.
    """

    channel: Channel
    submitted_on: dt.date
    signed_on: dt.date | None = None
    confirmation: Confirmation | None = None
    published_rule_on: dt.date | None = None
    form_filled: bool = True


@dataclass(frozen=True)
class Receipt:
    """The day of receipt.

    `counts_from` is day 0 of the limits; it is settled when nothing is `missing`. `warn_from` is the day at whose end the
    missing record is to be warned of, None when none is. `sentences` say what to do.
    """

    rule: str
    regime: str
    counts_from: dt.date
    missing: tuple[Missing, ...]
    why: str
    basis: tuple[str, ...]
    settings: dict[str, Value]
    warn_from: dt.date | None = None

    @property
    def settled(self) -> bool:
        """Whether the day of receipt rests on every record that the rule asks for."""
        return not self.missing

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is missing, one sentence each."""
        return tuple(SENTENCES[each] for each in self.missing)


def receipt(submission: Submission, regime: str, calendar: Calendar, settings: Settings) -> Receipt:
    """Return the day of receipt of a request under a regime (Order 711, Article 31; 国办公开办函〔2015〕207号).

    Raises `ImpossibleFacts` when a record is dated before the submission, `DayOutOfRange` outside the calendar.
    """
    if regime not in REGIMES:
        raise ImpossibleFacts(f"没有「{regime}」这个条例版本，可用：492、711。")
    calendar.is_working_day(submission.submitted_on)
    _check(submission)
    on, missing, why = _received(submission, regime, settings)
    rule = find(RULES[submission.channel])
    wording = rule.wording(on, rule.default, regime)
    basis = wording.basis if wording else ()
    if submission.channel is Channel.ORAL and regime != R492:
        basis = (*basis, "《政府信息公开条例》（国务院令第711号修订）第二十九条")
    names = [*(wording.settings if wording else ()), *(["confirmation_warning_days"] if missing else [])]
    warn_from = None
    if missing:
        first = calendar.working_day_from(submission.submitted_on)
        warn_from = calendar.add_working_days(first, settings.number("confirmation_warning_days"))
    return Receipt(
        rule=rule.id,
        regime=regime,
        counts_from=on,
        missing=missing,
        why=why,
        basis=basis,
        settings={name: settings.value(name) for name in names},
        warn_from=warn_from,
    )


def _check(submission: Submission) -> None:
    confirmation = submission.confirmation
    dated = (
        ("签收日期", submission.signed_on),
        ("确认日期", confirmation.on if confirmation else None),
        ("公布的规则规定的收到日期", submission.published_rule_on),
    )
    for name, on in dated:
        if on is not None and on < submission.submitted_on:
            raise ImpossibleFacts(f"{name}早于提交日期，请核对日期。")


def _received(submission: Submission, regime: str, settings: Settings) -> tuple[dt.date, tuple[Missing, ...], str]:
    """The day, what is missing, and why."""
    channel, submitted = submission.channel, submission.submitted_on
    if channel is Channel.IN_PERSON:
        return submitted, (), "当面提交，以提交之日为收到之日"
    if channel is Channel.ORAL:
        missing = () if submission.form_filled else (Missing.FORM,)
        return submitted, missing, "口头提出，接收机构代为填写，以当日为收到之日"
    if channel is Channel.SIGNED_MAIL:
        if submission.signed_on is None:
            return submitted, (Missing.SIGNATURE,), "没有签收记录，暂以送达之日为收到之日"
        return submission.signed_on, (), "邮寄，以行政机关签收之日为收到之日"
    if channel is Channel.E_MAIL and regime == R492:
        return submitted, (), "公布的电子邮箱，以邮件系统收到之日为收到之日"
    if channel is Channel.OTHER and regime == R492 and submission.published_rule_on is not None:
        return submission.published_rule_on, (), "以公布的规则规定之日为收到之日"
    by_arrival = settings.text("misdirected_mail_under_711") == "arrival"
    if channel is Channel.MISDIRECTED_MAIL and regime != R492 and by_arrival:
        return submitted, (), "寄到其他部门或者个人，按设置以公开工作机构实际收到之日为收到之日"
    by_letter = channel in (Channel.PLAIN_MAIL, Channel.MISDIRECTED_MAIL)
    return _confirmed(submission, Missing.CALL_BACK if by_letter else Missing.MUTUAL_CONFIRMATION)


def _confirmed(submission: Submission, record: Missing) -> tuple[dt.date, tuple[Missing, ...], str]:
    confirmation = submission.confirmation
    if confirmation is None:
        return submission.submitted_on, (record,), "没有确认的记录，暂以提交之日为收到之日"
    if not confirmation.by.strip() or not confirmation.proof.strip():
        return submission.submitted_on, (Missing.PROOF,), "确认没有写明确认人或者没有凭据，暂以提交之日为收到之日"
    return confirmation.on, (), "以双方确认之日为收到之日"
