"""Freeze the figures of a year, and confirm a correction of a frozen one."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.figures import snapshots
from gongkai.figures.models import Snapshot
from gongkai.periods import acts as periods
from gongkai.rules.refusals import ActRefused, Refusal


@transaction.atomic
def freeze(*, agency: Agency, year: int, by: Account | None, at: dt.datetime, by_publication: bool = False) -> Snapshot:
    """Keep the figures of a year with their records, rules and hash; from now on no act may change them silently.

    Refused while the year is not over or when it is frozen. `by_publication`: see `periods.acts.freeze_period`.
    """
    _lock(agency)
    text = snapshots.canonical(agency, year)
    digest = snapshots.digest_of(text)
    periods.freeze_period(agency=agency, year=year, digest=digest, by=by, at=at, by_publication=by_publication)
    return Snapshot.objects.create(
        agency=agency, year=year, number=1, canonical=text, digest=digest, taken_by=by, taken_at=at
    )


@transaction.atomic
def confirm_amendment(*, agency: Agency, year: int, digest: str, by: Account | None, at: dt.datetime) -> Snapshot:
    """Confirm the correction of a frozen year as a second officer: the new figures stand, the old ones are kept.

    `digest` is that of the figures which the officer saw; others are refused.
    """
    _lock(agency)
    text = snapshots.canonical(agency, year)
    amendment = periods.locked_amendment(agency, year)
    before = snapshots.latest(agency, year)
    if before is None or amendment is None:
        raise ActRefused([Refusal("no_amendment", "没有等待确认的更正。请刷新页面查看现在的状态。")])
    if digest != snapshots.digest_of(text):
        raise ActRefused([Refusal("figures_changed", "您打开之后数字有变动。请核对新的数字后再确认。")])
    changes = snapshots.changes_between(before.data["figures"], snapshots.figures_of(agency, year))
    if not changes:
        raise ActRefused([Refusal("nothing_changed", "数字没有变动，不需要确认。可以取消更正。")])
    periods.confirm_amendment(agency=agency, year=year, digest=digest, changes=changes, by=by, at=at)
    return Snapshot.objects.create(
        agency=agency,
        year=year,
        number=before.snapshot.number + 1,
        canonical=text,
        digest=digest,
        reason=amendment.reason,
        taken_by=by,
        taken_at=at,
    )


def _lock(agency: Agency) -> None:
    """Let no act change the registers of the agency meanwhile."""
    Agency.objects.without_tree_fields().select_for_update().get(pk=agency.pk)
