"""Who may freeze a year and correct a frozen one."""

from __future__ import annotations

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.permissions import person_of, refusals_to_enter
from gongkai.periods.models import FROZEN_STATES, Amendment, Period
from gongkai.rules.refusals import Refusal

FREEZING_ROLES = (Role.OFFICE, Role.HEAD)
LONGEST_REASON = 200


def refusals_to_amend(account: Account | None, agency: Agency, period: Period | None, reason: str) -> list[Refusal]:
    """Why the account may not begin to correct a year."""
    refusals = refusals_to_enter(account, agency, *FREEZING_ROLES)
    if period is None or period.state not in FROZEN_STATES:
        refusals.append(Refusal("not_frozen", "这个年度没有冻结，可以直接改记录，不用登记更正。"))
    elif period.amendments.filter(closed_at__isnull=True).exists():
        refusals.append(Refusal("amendment_open", "这个年度已经登记了更正，还没有确认。"))
    if not reason.strip():
        refusals.append(Refusal("reason_missing", "请写明更正的原因，它会同新旧数字一起保存。"))
    elif len(reason.strip()) > LONGEST_REASON:
        refusals.append(Refusal("reason_too_long", f"更正的原因最多{LONGEST_REASON}个字，请缩短。"))
    return refusals


def refusals_to_close(
    account: Account | None, agency: Agency, amendment: Amendment | None, *, second: bool
) -> list[Refusal]:
    """Why the account may not end a correction; `second`: as its second officer, who confirms it."""
    refusals = refusals_to_enter(account, agency, *FREEZING_ROLES)
    if amendment is None:
        refusals.append(Refusal("no_amendment", "没有等待确认的更正。请刷新页面查看现在的状态。"))
    elif (
        second
        and account is not None
        and amendment.opened_by is not None
        and person_of(account) == person_of(amendment.opened_by)
    ):
        refusals.append(Refusal("same_person", "登记更正的人不能自己确认，须由另一人核对新旧数字后确认。"))
    return refusals
