"""What the events of a request do to its reply clock, by regime and setting (deadlines 3.3).

Each function turns one event into a change for `rules.clock.Facts`, or None where it leaves the clock alone.
"""

from __future__ import annotations

import datetime as dt

from gongkai.rules.deadlines import R492, find
from gongkai.rules.errors import ImpossibleFacts, UnknownRule
from gongkai.rules.facts import End, Exclusion, Replacement, Restart
from gongkai.rules.legal_settings import Settings

_CONSULTED = {
    "Q-23": "征求第三方意见，扣除",
    "Q-25": "征求共同制作机关意见，扣除",
    "Q-26": "征求其他机关意见，扣除",
    "Q-27": "申请人说明理由，按设置扣除",
}
SECRECY_AUTHORITY = "secrecy_authority"


def completion(received_on: dt.date, regime: str, settings: Settings) -> Restart | None:
    """A completed request came in (Q-20): the limit starts anew.

    Order 711, Article 30. Order 492, Article 21(4) says nothing of it: setting `completion_restarts_under_492`.
    """
    name = "completion_restarts_under_492" if regime == R492 else ""
    if name and not settings.yes(name):
        return None
    return Restart(received_on, "收到补正后的申请", name)


def consultation(
    rule: str,
    sent_on: dt.date,
    answered_on: dt.date,
    regime: str,
    settings: Settings,
    *,
    of: str = "",
) -> Exclusion | None:
    """Somebody was asked, from the day the letter went out to the day the answer came in or its limit ended.

    Q-23 third party: Order 711, Articles 32, 33(3); Order 492, Articles 23, 24(3). Q-25 agency that made the information
    together with this one: Order 711, Articles 34, 33(3); setting under Order 492. Q-26 other agencies: Order 711,
    Article 33(3), the secrecy authority (`of`) by setting. Q-27 the applicant's reasons: Article 35, by setting.
    Raises `UnknownRule` for a rule that is no consultation, `ImpossibleFacts` for an answer before the letter.
    """
    if rule not in _CONSULTED:
        raise UnknownRule(f"{rule}不是征求意见的规则，可用：{'、'.join(_CONSULTED)}。")
    if answered_on < sent_on:
        raise ImpossibleFacts("收到答复的日期早于发函的日期，请核对征求意见的日期。")
    name = _setting(rule, regime, of)
    if name is None or (name and not settings.yes(name)):
        return None
    return Exclusion(sent_on, answered_on, f"{_CONSULTED[rule]}（{rule}）", name)


def _setting(rule: str, regime: str, of: str) -> str | None:
    """The setting on which it depends whether a consultation is excluded: empty where law says so, None where not."""
    if regime == R492:
        return {"Q-23": "", "Q-25": "joint_agencies_excluded_under_492"}.get(rule)
    if rule == "Q-27":
        return "explanation_excluded"
    return "secrecy_authority_excluded" if of == SECRECY_AUTHORITY else ""


def payment(notice_on: dt.date, paid_on: dt.date, regime: str, settings: Settings) -> Restart | Exclusion | None:
    """The information-processing fee was paid (Q-30; 国办函〔2020〕109号): restart or pause by `fee_payment_effect`.

    Under Order 492 there were cost fees only and the clock is left alone. Raises `ImpossibleFacts` for a payment before
    the notice.
    """
    if paid_on < notice_on:
        raise ImpossibleFacts("缴费日期早于收到收费通知的日期，请核对日期。")
    if regime == R492:
        return None
    if settings.text("fee_payment_effect") == "restart":
        return Restart(paid_on, "缴纳信息处理费", "fee_payment_effect")
    return Exclusion(notice_on, paid_on, "等待缴纳信息处理费，按设置扣除（Q-30）", "fee_payment_effect")


def postponement(due_on: dt.date, notice_on: dt.date | None = None) -> Replacement:
    """The agency set a reasonable later date for too many requests (Q-29; Order 711, Article 35)."""
    return Replacement(due_on, notice_on, "理由合理，延迟答复（Q-29）")


def end(rule: str, on: dt.date, settings: Settings) -> End | None:
    """The request was closed by an event that ends it: Q-21, Q-28, Q-31 to Q-34, Q-36.

    Order 711, Articles 30, 35, 36 and 39; withdrawal (Q-36) by setting `withdrawal_ends`. Raises `UnknownRule` for a rule
    that does not end a request.
    """
    found = find(rule)
    if found.effect != "end":
        raise UnknownRule(f"{rule}（{found.name}）不终止申请，请核对规则编号。")
    if rule == "Q-36" and not settings.yes("withdrawal_ends"):
        return None
    return End(on, f"{found.name}（{rule}）")
