"""Rules that several registers share, for `RecordKind.check`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gongkai.periods.records.permissions import name_of
from gongkai.rules.refusals import Refusal


def concluded_with_outcome(record: Any, _today: dt.date) -> list[Refusal]:
    """A case has a result once it is concluded, and not before."""
    if record.concluded_on is not None and not record.outcome:
        return [Refusal("outcome_missing", f"{name_of(record)}已填办结日期，请选择结果。", field="outcome")]
    if record.concluded_on is None and record.outcome:
        return [Refusal("day_missing", f"{name_of(record)}已选结果，请填写办结日期。", field="concluded_on")]
    return []


def not_twice_at_once(record: Any, _today: dt.date) -> list[Refusal]:
    """Of one name there is one at a time; a new record begins after the one before has ended."""
    others = (
        type(record)
        ._default_manager.filter(agency=record.agency, name=record.name, withdrawn_at__isnull=True)
        .exclude(pk=record.pk)
    )
    for other in others:
        begins_before_end = other.to_on is None or record.from_on <= other.to_on
        if begins_before_end and (record.to_on is None or record.to_on >= other.from_on):
            return [
                Refusal(
                    "in_being_twice",
                    f"{name_of(record)}已经登记过，自{other.from_on}起。有变动的，请先填写原记录的终止日期。",
                    field="name",
                )
            ]
    return []
