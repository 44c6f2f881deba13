"""What happens to the settings of an agency."""

from dataclasses import dataclass
from typing import Any

from gongkai.audit.events import EventData, event


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
        """Yes and no as words."""
        value = data["value"]
        return data | {"value": ("否", "是")[value] if isinstance(value, bool) else value}
