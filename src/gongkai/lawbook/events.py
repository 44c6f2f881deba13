"""What happens to the settings of an agency."""

from dataclasses import dataclass
from typing import Any

from gongkai.audit.events import EventData, event
from gongkai.lawbook.settings import value_label


@event("lawbook.setting_set", "自{from_year}年度起，「{label}」设为「{value}」")
@dataclass(frozen=True)
class SettingSet(EventData):
    """A setting got a value."""

    name: str
    label: str
    from_year: int
    value: Any

    @classmethod
    def in_words(cls, data: dict[str, Any]) -> dict[str, Any]:
        """The value in words."""
        return data | {"value": value_label(data["value"])}
