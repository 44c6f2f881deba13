"""Set what the law leaves open."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.permissions import refusals_to_enter
from gongkai.audit.acts import append
from gongkai.lawbook import events
from gongkai.lawbook.models import AgencySetting
from gongkai.lawbook.settings import SETTINGS
from gongkai.rules.refusals import ActRefused, Refusal, require


@transaction.atomic
def set_setting(
    *, agency: Agency, name: str, from_year: int, value: Any, by: Account | None, at: dt.datetime
) -> AgencySetting:
    """Give a setting a value for the years from `from_year` on."""
    if name not in SETTINGS:
        raise ActRefused([Refusal("unknown_setting", f"没有名为「{name}」的设置。")])
    setting = SETTINGS[name]
    refusals = refusals_to_enter(by, agency, Role.OFFICE)
    if type(value) is not setting.kind:
        refusals.append(Refusal("wrong_kind", f"设置「{setting.label}」的取值类型不对。"))
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
