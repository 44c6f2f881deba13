"""What the law leaves open: named settings with a default, the reason, and where the fact is marked unverified.

A setting is never read from a file of the installation here. Callers hand `Settings` to the functions of this
package; `Settings.defaults()` holds every default.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from gongkai.rules.errors import InvalidSetting, UnknownSetting
from gongkai.rules.sources import read_toml

Value = str | int | bool

_FILE = "legal-settings.toml"
_KINDS: dict[str, type] = {"text": str, "number": int, "yes_no": bool}


@dataclass(frozen=True)
class LegalSetting:
    """One setting.

    `kind` is text, number or yes_no. `allowed` gives the values of a text setting, each with what it means; a number
    lies between `at_least` and `at_most`. `reason` says why the law does not answer, `marked_in` the rule or chapter of
    the collected facts where the default is given and marked unverified, `unit` what a number counts.
    """

    name: str
    label: str
    kind: str
    default: Value
    reason: str
    marked_in: str
    allowed: Mapping[str, str] = field(default_factory=dict)
    at_least: int = 0
    at_most: int = 0
    unit: str = ""

    def check(self, value: object) -> Value:
        """Return the value when it is allowed; raise `InvalidSetting` with one sentence otherwise."""
        if type(value) is not _KINDS[self.kind]:
            raise InvalidSetting(f"设置「{self.label}」（{self.name}）的取值应为{self.range}。")
        if self.kind == "text" and self.allowed and value not in self.allowed:
            raise InvalidSetting(f"设置「{self.label}」（{self.name}）没有取值「{value}」，可用：{self.range}。")
        if isinstance(value, int) and self.kind == "number" and not self.at_least <= value <= self.at_most:
            raise InvalidSetting(f"设置「{self.label}」（{self.name}）的取值应为{self.range}。")
        return value  # type: ignore[return-value]  # the type was compared above

    @property
    def range(self) -> str:
        """The allowed values in words."""
        if self.kind == "yes_no":
            return "是或否"
        if self.kind == "number":
            return f"{self.at_least}至{self.at_most}之间的整数"
        return "、".join(self.allowed) or "文字"

    def meaning(self, value: Value) -> str:
        """A value in words."""
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, int):
            return f"{value}{self.unit}"
        return self.allowed.get(value, value)


@cache
def registry() -> Mapping[str, LegalSetting]:
    """Every setting by name, in the order of `rules/data/legal-settings.toml`."""
    return MappingProxyType({name: _read(name, entry) for name, entry in read_toml(_FILE).items()})


def legal_setting(name: str) -> LegalSetting:
    """Return one setting; raise `UnknownSetting` for a name that is none."""
    try:
        return registry()[name]
    except KeyError:
        raise UnknownSetting(f"没有名为「{name}」的规则设置，请核对名称。") from None


@dataclass(frozen=True)
class Settings:
    """The values that hold for a calculation: the defaults and what differs from them, checked."""

    changed: tuple[tuple[str, Value], ...] = ()
    _hash: int = field(default=0, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name, value in self.changed:
            legal_setting(name).check(value)
        # Kept sorted and without repetition, so that equal settings are equal and hash alike.
        object.__setattr__(self, "changed", tuple(sorted(dict(self.changed).items())))
        object.__setattr__(self, "_hash", hash(self.changed))

    def __hash__(self) -> int:
        # Settings are part of many keys; their hash is worked out once.
        return self._hash

    @classmethod
    def defaults(cls) -> Settings:
        """Return the settings with every default."""
        return _DEFAULTS

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Settings:
        """Return the defaults with some values replaced.

        Raises `UnknownSetting` or `InvalidSetting`.
        """
        return cls(tuple(values.items()))

    def value(self, name: str) -> Value:
        """Return the value of a setting; raise `UnknownSetting` for a name that is none."""
        return dict(self.changed).get(name, legal_setting(name).default)

    def text(self, name: str) -> str:
        """Return the value of a text setting."""
        return str(self.value(name))

    def number(self, name: str) -> int:
        """Return the value of a number setting."""
        return int(self.value(name))

    def yes(self, name: str) -> bool:
        """Return the value of a yes-or-no setting."""
        return bool(self.value(name))

    def __iter__(self) -> Iterator[tuple[str, Value]]:
        return iter((name, self.value(name)) for name in registry())


_DEFAULTS = Settings()


def _read(name: str, entry: dict[str, Any]) -> LegalSetting:
    setting = LegalSetting(name=name, **entry)
    setting.check(setting.default)
    return setting
