"""Named settings: what the law leaves open to an agency, each with its default and its note.

A setting holds for the years from the one it was set for, until a later year sets it anew.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from gongkai.lawbook.models import AgencySetting


@dataclass(frozen=True)
class Setting:
    """One setting.

    `kind` is the Python type of its value, `note` the sentence that is printed with the figures when the value is
    not the default, `basis` why it is a setting and not law.
    """

    name: str
    label: str
    kind: type
    default: Any
    note: str
    basis: str


SETTINGS: dict[str, Setting] = {
    setting.name: setting
    for setting in (
        Setting(
            name="count_work_orders_as_responses",
            label="回应数按热线工单和信访件统计",
            kind=bool,
            default=False,
            note=(
                "「回应公众关注热点或重大舆情数」和「其他方式回应事件数」计入了本年度答复的政务热线工单和信访件，"
                "「微博微信回应事件数」计入了本年度答复的微博、微信来信。"
            ),
            basis="国办发〔2014〕32号统计的是公众关注热点和重大舆情；有的单位按工单和信访件填报，须作说明。",
        ),
    )
}


def value_label(value: Any) -> str:
    """A value in words."""
    return ("否", "是")[value] if isinstance(value, bool) else str(value)


def values(name: str, agency_ids: Collection[int], year: int) -> dict[int, Any]:
    """The value of a setting for agencies in a year, by agency id, in one statement.

    Raises `KeyError` for an unknown setting.
    """
    setting = SETTINGS[name]
    found = dict.fromkeys(agency_ids, setting.default)
    rows = AgencySetting.objects.filter(agency_id__in=agency_ids, name=name, from_year__lte=year)
    found.update(rows.order_by("from_year").values_list("agency_id", "value"))
    return found
