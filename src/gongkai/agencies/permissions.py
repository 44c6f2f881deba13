"""Who may see and do what: one predicate per act, asked of the posts an account holds today."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from django.db import models
from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency, AgencyQuerySet, PostHolding, PostHoldingQuerySet, Role
from gongkai.rules.refusals import Refusal

Records = TypeVar("Records", bound="models.QuerySet[models.Model]")

# A system administrator keeps accounts and posts and sees no case contents; a supervisor sees lower agencies only.
CONTENT_ROLES = tuple(role for role in Role if role not in (Role.SYSTEM_ADMINISTRATOR, Role.SUPERVISOR))


def today() -> dt.date:
    """The calendar day in Shanghai, by which posts are in force."""
    return timezone.localdate()


def holdings_of(account: object, day: dt.date | None = None) -> PostHoldingQuerySet:
    """The post holdings of an account on a day (today in Shanghai); none for a stranger or an inactive account."""
    if not isinstance(account, Account) or not account.is_active:
        return PostHolding.objects.none()
    return PostHolding.objects.on(day or today()).filter(officer__account=account)


def agency_ids_of(account: object, roles: tuple[str, ...] | None = None) -> set[int]:
    """The agencies in which the account holds a post, of the given roles if any are named."""
    holdings = holdings_of(account)
    if roles is not None:
        holdings = holdings.filter(post__role__in=roles)
    return set(holdings.values_list("post__agency_id", flat=True))


def supervised_ids(account: object) -> set[int]:
    """The agencies below one in which the account is supervisor, without that one."""
    ids: set[int] = set()
    for agency in Agency.objects.filter(pk__in=agency_ids_of(account, (Role.SUPERVISOR,))):
        ids.update(agency.descendants().values_list("pk", flat=True))
    return ids


def visible_agencies(agencies: AgencyQuerySet, account: object) -> AgencyQuerySet:
    """See `AgencyQuerySet.visible_to`."""
    return agencies.filter(pk__in=agency_ids_of(account) | supervised_ids(account))


def records_visible_to(records: Records, account: object) -> Records:
    """Keep the records of agencies whose contents the account may read: its own by a content role, lower ones by
    supervision. The record's model must have a field `agency`."""
    return records.filter(agency_id__in=agency_ids_of(account, CONTENT_ROLES) | supervised_ids(account))


def holds_role(account: object, agency: Agency, *roles: str) -> bool:
    """Whether the account holds one of the roles in the agency today."""
    return holdings_of(account).filter(post__agency=agency, post__role__in=roles).exists()


def refusals_to_administer(account: Account | None, agency: Agency | None) -> list[Refusal]:
    """Why the account may not change the posts, officers and settings of an agency.

    None as account is the operator at the server's command line. A top agency (none given) is made only there.
    """
    if account is None or (agency is not None and holds_role(account, agency, Role.SYSTEM_ADMINISTRATOR)):
        return []
    return [Refusal("not_administrator", "只有系统管理员可以修改机构、岗位、人员和设置。请联系本机构的系统管理员。")]


def refusals_to_enter(account: Account | None, agency: Agency, *roles: str) -> list[Refusal]:
    """Why the account may not enter records for an agency: it must hold one of the roles there today.

    None as account is the operator at the server's command line.
    """
    if account is None or holds_role(account, agency, *roles):
        return []
    names = "、".join(str(Role(role).label) for role in roles)
    return [Refusal("not_your_register", f"登记需要本机构的岗位：{names}。如需登记，请联系系统管理员安排岗位。")]
