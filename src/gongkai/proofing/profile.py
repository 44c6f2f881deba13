"""The profile of an agency: what it is called, what is switched off and why, which words it uses.

A TOML file:

    [agency]
    names = ["示例区房产服务中心"]     # further names the agency goes by
    fields = ["住房"]                  # fields of work, where the name does not tell them
    places = ["示例市"]                # places that belong to it
    [terms]
    defined = ["保密法"]               # abbreviations that everybody knows
    [off]
    CK-VAGUE = "本单位年报由宣传部门另行审定文字"
    [limits]
    jump = 5                            # factor of CK-JUMP
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class ProfileError(Exception):
    """A profile cannot be used; the message is one clear sentence."""


@dataclass(frozen=True)
class Limits:
    """Thresholds that are a matter of taste: factor of a jump, characters of part one, similarity of paragraphs."""

    jump: float = 5.0
    overall_length: int = 2000
    similarity: float = 0.8


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True)
class Profile:
    """What is known of an agency besides its report."""

    names: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    defined: tuple[str, ...] = ()
    off: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = DEFAULT_LIMITS


NO_PROFILE = Profile()


def read_profile(path: Path, known_checks: frozenset[str]) -> Profile:
    """Read a profile; raises `ProfileError` for a file that is no profile, an unknown check or a missing reason."""
    try:
        with path.open("rb") as file:
            data = tomllib.load(file)
    except OSError as error:
        raise ProfileError(f"读不到配置文件 {path}：{error.strerror}。") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(f"配置文件 {path} 不是正确的 TOML：{error}。") from error
    unknown = sorted(set(data) - {"agency", "terms", "off", "limits"})
    if unknown:
        raise ProfileError(f"配置文件 {path} 里没有「{unknown[0]}」这一节，可用的有 agency、terms、off、limits。")
    off = _section(path, data, "off")
    for check, reason in off.items():
        if check not in known_checks:
            raise ProfileError(f"配置文件 {path} 要关闭的「{check}」不是检查项，请核对编号。")
        if not isinstance(reason, str) or not reason.strip():
            raise ProfileError(f"配置文件 {path} 关闭 {check} 没有写明理由，请写上理由。")
    agency = _section(path, data, "agency")
    return Profile(
        names=_words(path, agency, "names"),
        fields=_words(path, agency, "fields"),
        places=_words(path, agency, "places"),
        defined=_words(path, _section(path, data, "terms"), "defined"),
        off=off,
        limits=_limits(path, _section(path, data, "limits")),
    )


def _section(path: Path, data: Mapping[str, Any], name: str) -> dict[str, Any]:
    section = data.get(name, {})
    if not isinstance(section, dict):
        raise ProfileError(f"配置文件 {path} 的「{name}」应是一节（[{name}]）。")
    return section


def _words(path: Path, section: Mapping[str, Any], name: str) -> tuple[str, ...]:
    words = section.get(name, [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ProfileError(f"配置文件 {path} 的「{name}」应是词语的列表。")
    return tuple(words)


def _limits(path: Path, section: Mapping[str, Any]) -> Limits:
    known = Limits.__dataclass_fields__
    for name, value in section.items():
        if name not in known:
            raise ProfileError(f"配置文件 {path} 没有「{name}」这个限度，可用的有：{'、'.join(known)}。")
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise ProfileError(f"配置文件 {path} 的「{name}」应是大于 0 的数。")
    defaults = Limits()
    return Limits(
        jump=float(section.get("jump", defaults.jump)),
        overall_length=int(section.get("overall_length", defaults.overall_length)),
        similarity=float(section.get("similarity", defaults.similarity)),
    )
