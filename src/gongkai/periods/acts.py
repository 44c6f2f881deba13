"""Open a year, confirm that a register had nothing to report."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.permissions import refusals_to_enter
from gongkai.audit.acts import append
from gongkai.periods import events
from gongkai.periods.models import NothingToReport, Period
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
    return confirmation


def refusals_to_confirm(*, agency: Agency, year: int, register: str, at: dt.datetime) -> list[Refusal]:
    """Why a register cannot be confirmed as empty for a year."""
    if register not in REGISTERS:
        return [Refusal("unknown_register", f"没有名为「{register}」的登记簿。")]
    label = REGISTERS[register].label
    if has_records(register, [agency.pk], year)[agency.pk]:
        return [Refusal("not_empty", f"「{label}」{year}年度已有记录，不能确认为无事项。请先核对该登记簿。")]
    if NothingToReport.objects.filter(period__agency=agency, period__year=year, register=register).exists():
        return [Refusal("already_confirmed", f"「{label}」{year}年度已经确认过无事项。")]
    if year >= timezone.localdate(at).year:
        return [Refusal("year_not_over", f"{year}年度还没有结束，年度结束后才能确认「{label}」无事项。")]
    return []
