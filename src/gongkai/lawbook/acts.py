"""Set what the law leaves open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any

from django.db import transaction

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.audit.acts import append
from gongkai.lawbook import events
from gongkai.lawbook.models import AgencySetting
from gongkai.lawbook.permissions import refusals_to_set
from gongkai.lawbook.settings import SETTINGS, values
from gongkai.rules.refusals import ActRefused, Refusal, require

Guard = Callable[[Agency, int, int | None], Collection[Refusal]]
_guards: list[Guard] = []


def guard_with(guard: Guard) -> None:
    """Name a rule that is asked before a setting changes for years from the first to the last given, None for all on.

    The years of an agency stand beside this package, so the package above both says which of them are closed; called
    from `AppConfig.ready()`.
    """
    if guard not in _guards:
        _guards.append(guard)


@transaction.atomic
def set_setting(
    *, agency: Agency, name: str, from_year: int, value: Any, by: Account | None, at: dt.datetime
) -> AgencySetting:
    """Give a setting a value for the years from `from_year` on, until the next year that has a value of its own.

    Refused where the value of a frozen year would change and no correction of that year is open.
    """
    if name not in SETTINGS:
        raise ActRefused([Refusal("unknown_setting", f"没有名为「{name}」的设置。")])
    setting = SETTINGS[name]
    refusals = refusals_to_set(by, agency)
    if type(value) is not setting.kind:
        refusals.append(Refusal("wrong_kind", f"设置「{setting.label}」的取值类型不对。"))
    if values(name, [agency.pk], from_year)[agency.pk] != value:
        later = AgencySetting.objects.filter(agency=agency, name=name, from_year__gt=from_year).order_by("from_year")
        until = later.values_list("from_year", flat=True).first()
        for guard in _guards:
            refusals += guard(agency, from_year, None if until is None else until - 1)
    require(refusals)
    row, _made = AgencySetting.objects.update_or_create(
        agency=agency, name=name, from_year=from_year, defaults={"value": value}
    )
    append(
        events.SettingSet(name=name, label=setting.label, from_year=from_year, value=value),
        agency_code=agency.code,
        object_kind="agencies.agency",
        object_key=agency.code,
        by=by,
        at=at,
    )
    return row
