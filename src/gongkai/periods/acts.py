"""Open a year, confirm that a register had nothing to report, freeze the year, correct a frozen one."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.permissions import refusals_to_enter
from gongkai.audit.acts import append
from gongkai.audit.events import EventData
from gongkai.periods import events, frozen
from gongkai.periods.models import FROZEN_STATES, Amendment, NothingToReport, Period, PeriodState
from gongkai.periods.permissions import FREEZING_ROLES, refusals_to_amend, refusals_to_close
from gongkai.periods.registers import REGISTERS, has_records
from gongkai.rules.refusals import Refusal, require
from gongkai.rules.years import FIRST_YEAR

OBJECT_KIND = "periods.period"


@transaction.atomic
def open_period(*, agency: Agency, year: int, by: Account | None, at: dt.datetime) -> Period:
    """Open a reporting year of an agency; one that is open already is given back."""
    refusals = refusals_to_enter(by, agency, Role.OFFICE)
    this_year = timezone.localdate(at).year
    if not FIRST_YEAR <= year <= this_year:
        refusals.append(
            Refusal(
                "year_out_of_range",
                f"年度应在{FIRST_YEAR}年至{this_year}年之间。",
                "政府信息公开条例（国务院令第492号，2008年5月1日起施行）",
            )
        )
    require(refusals)
    period, made = Period.objects.get_or_create(agency=agency, year=year)
    if made:
        append(
            events.PeriodOpened(year=year),
            agency_code=agency.code,
            object_kind=OBJECT_KIND,
            object_key=f"{agency.code}/{year}",
            by=by,
            at=at,
        )
    return period


@transaction.atomic
def confirm_nothing_to_report(
    *, agency: Agency, year: int, register: str, by: Account | None, at: dt.datetime
) -> NothingToReport:
    """Confirm that a register of an agency has no record in a year, so that its figures are zero and not blank.

    Refused when the register has records, or was confirmed already, or the year is not over.
    """
    refusals = refusals_to_confirm(agency=agency, year=year, register=register, at=at)
    refusals += refusals_to_enter(by, agency, Role.OFFICE)
    require(refusals)
    period = open_period(agency=agency, year=year, by=by, at=at)
    confirmation = NothingToReport.objects.create(period=period, register=register, confirmed_by=by, confirmed_at=at)
    append(
        events.NothingConfirmed(year=year, register=register, label=str(REGISTERS[register].label)),
        agency_code=agency.code,
        object_kind=OBJECT_KIND,
        object_key=f"{agency.code}/{year}",
        by=by,
        at=at,
    )
    frozen.refuse_changes(agency, (), years=(year,))
    return confirmation


def refusals_to_confirm(*, agency: Agency, year: int, register: str, at: dt.datetime) -> list[Refusal]:
    """Why a register cannot be confirmed as empty for a year."""
    if register not in REGISTERS:
        return [Refusal("unknown_register", f"没有名为「{register}」的登记簿。")]
    label = REGISTERS[register].label
    if has_records(register, [agency.pk], year)[agency.pk]:
        return [
            Refusal(
                "not_empty", f"「{label}」{year}年度已有记录，不能确认为无事项。请先核对该登记簿。", field="register"
            )
        ]
    if NothingToReport.objects.filter(period__agency=agency, period__year=year, register=register).exists():
        return [Refusal("already_confirmed", f"「{label}」{year}年度已经确认过无事项。", field="register")]
    if year >= timezone.localdate(at).year:
        said = f"{year}年度还没有结束，年度结束后才能确认「{label}」无事项。"
        return [Refusal("year_not_over", said, field="year")]
    return []


@transaction.atomic
def freeze_period(
    *, agency: Agency, year: int, digest: str, by: Account | None, at: dt.datetime, by_publication: bool = False
) -> Period:
    """Freeze a year whose figures were kept under `digest`; called by the act of figures that keeps them.

    Refused while the year is not over, or when it is frozen already. `by_publication`: the publication of the year's
    report freezes it, whoever releases.
    """
    refusals = [] if by_publication else refusals_to_enter(by, agency, *FREEZING_ROLES)
    if year >= timezone.localdate(at).year:
        refusals.append(Refusal("year_not_over", f"{year}年度还没有结束，年度结束后才能冻结统计数据。"))
    period, _made = Period.objects.get_or_create(agency=agency, year=year)
    period = Period.objects.select_for_update().get(pk=period.pk)
    if period.state in FROZEN_STATES:
        refusals.append(Refusal("already_frozen", f"{year}年度的统计数据已经冻结。"))
    require(refusals)
    period.state = PeriodState.FROZEN
    period.save(update_fields=["state"])
    _tell(period, events.PeriodFrozen(year=year, digest=digest), by, at)
    return period


@transaction.atomic
def open_amendment(*, agency: Agency, year: int, reason: str, by: Account | None, at: dt.datetime) -> Amendment:
    """Begin to correct a frozen year, with the reason: until it is closed, records may change its figures."""
    period = Period.objects.select_for_update().filter(agency=agency, year=year).first()
    require(refusals_to_amend(by, agency, period, reason))
    assert period is not None  # noqa: S101  # a year that is not there was refused
    amendment = Amendment.objects.create(period=period, reason=reason.strip(), opened_by=by, opened_at=at)
    _tell(period, events.AmendmentOpened(year=year, reason=amendment.reason), by, at)
    return amendment


@transaction.atomic
def cancel_amendment(*, agency: Agency, year: int, by: Account | None, at: dt.datetime) -> Amendment:
    """End a correction that changes nothing. Refused while the figures differ from the frozen ones."""
    amendment = locked_amendment(agency, year)
    refusals = refusals_to_close(by, agency, amendment, second=False)
    if amendment is not None and (found := frozen.changes(agency, year)):
        said = "，".join(change.sentence for change in found[: frozen.SHOWN])
        refusals.append(
            Refusal("figures_differ", _("%(changes)s。请先把记录改回去，或者由另一人确认更正。") % {"changes": said})
        )
    require(refusals)
    assert amendment is not None  # noqa: S101  # refused
    amendment.closed_by, amendment.closed_at = by, at
    amendment.save(update_fields=["closed_by", "closed_at"])
    _tell(amendment.period, events.AmendmentCancelled(year=year), by, at)
    return amendment


@transaction.atomic
def confirm_amendment(
    *, agency: Agency, year: int, digest: str, changes: list[frozen.Change], by: Account | None, at: dt.datetime
) -> Amendment:
    """Confirm a correction as a second officer; called by the act of figures that keeps the new figures."""
    amendment = locked_amendment(agency, year)
    require(refusals_to_close(by, agency, amendment, second=True))
    assert amendment is not None  # noqa: S101  # refused
    amendment.closed_by, amendment.closed_at, amendment.confirmed = by, at, True
    amendment.save(update_fields=["closed_by", "closed_at", "confirmed"])
    period = amendment.period
    period.state = PeriodState.AMENDED
    period.save(update_fields=["state"])
    told = events.PeriodAmended(
        year=year,
        said="，".join(change.sentence for change in changes),
        digest=digest,
        changes=[[change.code, change.before, change.after] for change in changes],
    )
    _tell(period, told, by, at)
    return amendment


def locked_amendment(agency: Agency, year: int) -> Amendment | None:
    """The open correction of a year, locked together with the year; none where there is none."""
    period = Period.objects.select_for_update().filter(agency=agency, year=year).first()
    if period is None:
        return None
    return Amendment.objects.filter(period=period, closed_at__isnull=True).select_related("period__agency").first()


def _tell(period: Period, data: EventData, by: Account | None, at: dt.datetime) -> None:
    agency_code = period.agency.code
    append(
        data,
        agency_code=agency_code,
        object_kind=OBJECT_KIND,
        object_key=f"{agency_code}/{period.year}",
        by=by,
        at=at,
    )
