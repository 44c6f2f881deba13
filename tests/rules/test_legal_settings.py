"""Legal settings: named, with a default, the values allowed and the reason."""

from __future__ import annotations

import re
from typing import Any

import pytest

from gongkai.rules.errors import InvalidSetting, UnknownSetting
from gongkai.rules.legal_settings import LegalSetting, Settings, legal_setting, registry

HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,:;()?!]|[,:;()?!][\u4e00-\u9fff]")


@pytest.mark.parametrize("setting", registry().values(), ids=lambda setting: setting.name)
def test_every_setting_says_what_it_is_why_and_where_it_is_marked(setting: LegalSetting) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*", setting.name)
    assert setting.label
    assert setting.reason.endswith("。")
    assert setting.marked_in
    assert setting.check(setting.default) == setting.default
    assert setting.meaning(setting.default)
    assert setting.kind != "number" or setting.at_least < setting.at_most
    texts = [setting.label, setting.reason, setting.unit, *setting.allowed.values()]
    assert [text for text in texts if HALF_WIDTH.search(text)] == []


def test_settings_start_with_every_default() -> None:
    assert dict(Settings.defaults()) == {name: each.default for name, each in registry().items()}


def test_settings_that_differ_replace_the_default() -> None:
    settings = Settings.of({"completion_days": 10, "petition_limits_move": False, "fee_payment_effect": "exclude"})
    assert settings.number("completion_days") == 10
    assert settings.yes("petition_limits_move") is False
    assert settings.text("fee_payment_effect") == "exclude"
    assert settings.number("yellow_days") == 3


def test_settings_are_equal_and_hash_alike_in_any_order() -> None:
    one = Settings((("completion_days", 10), ("yellow_days", 2)))
    other = Settings((("yellow_days", 2), ("completion_days", 10)))
    assert one == other
    assert hash(one) == hash(other)
    assert one != Settings.defaults()


INVALID: dict[str, tuple[str, Any, str]] = {
    "a text that is none of the values": ("fee_payment_effect", "pause", "没有取值「pause」，可用：restart、exclude"),
    "a number out of bounds": ("completion_days", 0, "应为1至60之间的整数"),
    "yes for a number": ("completion_days", True, "应为1至60之间的整数"),
    "a text for a number": ("completion_days", "10", "应为1至60之间的整数"),
    "a number for yes or no": ("petition_limits_move", 1, "应为是或否"),
}


@pytest.mark.parametrize(("name", "value", "words"), INVALID.values(), ids=INVALID.keys())
def test_a_value_that_is_not_allowed_is_refused_in_one_sentence(name: str, value: Any, words: str) -> None:
    with pytest.raises(InvalidSetting, match=rf"^[^。]*{words}[^。]*。$"):
        Settings.of({name: value})


def test_an_unknown_setting_is_refused_in_one_sentence() -> None:
    for ask in (legal_setting, Settings.defaults().value, lambda name: Settings.of({name: 1})):
        with pytest.raises(UnknownSetting, match=r"^没有名为「days_of_grace」的规则设置[^。]*。$"):
            ask("days_of_grace")
