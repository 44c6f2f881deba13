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


def person_of(account: Account) -> int:
    """The natural person behind an account: equal for all accounts of one."""
    officer = getattr(account, "officer", None)
    return officer.person if officer is not None else -account.pk


def visible_agencies(agencies: AgencyQuerySet, account: object) -> AgencyQuerySet:
    """See `AgencyQuerySet.visible_to`."""
    seen = agency_ids_of(account) | supervised_ids(account)
    return agencies.filter(models.Q(pk__in=seen) | _administered_by(account))


def records_visible_to(records: Records, account: object) -> Records:
    """Keep the records of agencies whose contents the account may read: its own by a content role, lower ones by
    supervision. The record's model must have a field `agency`."""
    return records.filter(agency_id__in=agency_ids_of(account, CONTENT_ROLES) | supervised_ids(account))


def reads_contents(account: Account) -> bool:
    """Whether the account may read the records of some agency: its own by a content role, lower ones by supervision."""
    return bool(agency_ids_of(account, (*CONTENT_ROLES, Role.SUPERVISOR)))


def agencies_to_read(account: object) -> AgencyQuerySet:
    """The agencies whose records the account may read; see `records_visible_to`."""
    return Agency.objects.filter(pk__in=agency_ids_of(account, CONTENT_ROLES) | supervised_ids(account))


def agencies_to_administer(account: object) -> AgencyQuerySet:
    """The agencies whose posts and officers the account may change.

    Its own as system administrator; and one directly below, as long as that one has no system administrator who can
    sign in, so that somebody can appoint the first and give the account.
    """
    return Agency.objects.filter(_administered_by(account))


def _administered_by(account: object) -> models.Q:
    own = agency_ids_of(account, (Role.SYSTEM_ADMINISTRATOR,))
    in_post = PostHolding.objects.on(today()).filter(
        post__role=Role.SYSTEM_ADMINISTRATOR, officer__account__is_active=True
    )
    orphaned = models.Q(parent__in=own) & ~models.Q(pk__in=in_post.values("post__agency"))
    return models.Q(pk__in=own) | orphaned


def settings_visible_to(records: Records, account: object) -> Records:
    """Keep the departments, posts and officers of agencies that the account administers."""
    return records.filter(agency__in=Agency.objects.without_tree_fields().filter(_administered_by(account)))


def refusals_to_remove_administrator(holdings: PostHoldingQuerySet, day: dt.date) -> list[Refusal]:
    """Why these holdings may not end on a day: an agency must keep somebody who can change its posts."""
    refusals = []
    for holding in holdings.filter(post__role=Role.SYSTEM_ADMINISTRATOR).select_related("post__agency"):
        others = PostHolding.objects.on(day + dt.timedelta(days=1)).filter(
            post__agency=holding.post.agency,
            post__role=Role.SYSTEM_ADMINISTRATOR,
            officer__account__is_active=True,
            deputises_for__isnull=True,  # a deputy falls with the one it stands for
        )
        if not others.exclude(pk__in=holdings.values("pk")).exists():
            refusals.append(
                Refusal(
                    "last_administrator",
                    f"「{holding.post.agency}」没有其他在任的系统管理员。请先安排另一人任系统管理员。",
                )
            )
    return refusals


def administers(account: Account) -> bool:
    """Whether the account is system administrator somewhere today."""
    return bool(agency_ids_of(account, (Role.SYSTEM_ADMINISTRATOR,)))


def holds_role(account: object, agency: Agency, *roles: str) -> bool:
    """Whether the account holds one of the roles in the agency today."""
    return holdings_of(account).filter(post__agency=agency, post__role__in=roles).exists()


def refusals_to_administer(account: Account | None, agency: Agency | None) -> list[Refusal]:
    """Why the account may not change the posts, officers and settings of an agency.

    None as account is the operator at the server's command line. A top agency (none given) is made only there.
    """
    if account is None or (agency is not None and agencies_to_administer(account).filter(pk=agency.pk).exists()):
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
