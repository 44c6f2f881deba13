"""What a letter must say about remedies, by the outcome and the day of the decision (deadlines.md, chapter 7).

Since 2024-01-01 a refusal to disclose on request goes to reconsideration before a lawsuit, and the decision must say so
(行政复议法 2023 Art. 23(1)(4)); of a partial grant this holds for the refused part. Notices that cannot be challenged by
themselves say nothing (国办函〔2021〕132号 Art. 3). What is disputed is a setting.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from gongkai.rules.citations import cited
from gongkai.rules.legal_settings import Settings
from gongkai.rules.outcomes import Outcome
from gongkai.rules.sources import read_toml

Way = Literal["either", "reconsideration_first", "none"]
Body = Literal["department", "organisation"]

_SIX_MONTHS_FROM = dt.date(2015, 5, 1)  # 行政诉讼法 as amended in 2014


@dataclass(frozen=True)
class Remedies:
    """The remedies of an outcome.

    `way` is what comes first, `text` the clause for the letter, empty where none may stand. `must_be_told` tells
    that the decision must say it. `rules` are the ids of the time limits in it, `settings` those it depends on.
    """

    way: Way
    text: str
    why: str
    must_be_told: bool
    basis: tuple[str, ...]
    rules: tuple[str, ...]
    settings: Mapping[str, bool]


def remedies(
    outcome: Outcome,
    decided_on: dt.date,
    *,
    settings: Settings | None = None,
    authority: str = "",
    court: str = "",
    body: Body = "department",
) -> Remedies:
    """Return the remedies of an outcome that was decided on a day (A-01, A-07, A-08, J-01, J-02).

    `authority` and `court` are named in the clause as given; without them as the law describes them, for a
    `department` or for an `organisation` authorised by law.
    """
    chosen = settings or Settings.defaults()
    data = _data()
    kind = outcome.remedy
    if kind in ("not_suable", "not_separate", "none"):
        basis = data["basis"].get(kind, ()) if kind != "not_suable" or decided_on >= dt.date(2011, 8, 13) else ()
        return Remedies("none", "", data["why"][kind], False, cited(basis), (), {})
    since = decided_on >= data["reconsideration_first_from"]
    used: dict[str, bool] = {}
    if kind == "special_access" and since:
        used["special_access_needs_reconsideration"] = chosen.yes("special_access_needs_reconsideration")
    first = since and (kind in ("refusal", "partial") or any(used.values()))
    why = kind if kind not in ("refusal", "partial") or since else "refusal_before"
    template = ("partial_first" if kind == "partial" else "first") if first else "fee" if kind == "fee" else "either"
    basis = [*data["basis"]["first" if first else "either" if since else "either_before"]]
    basis += data["basis"].get(kind, ()) if kind == "fee" or since else ()
    return Remedies(
        way="reconsideration_first" if first else "either",
        text=_text(template, decided_on, chosen, authority, court, body, outcome.letter_title or "答复"),
        why=data["why"][why],
        must_be_told=first,
        basis=cited([*basis, *data["basis"]["authority" if since else "authority_before"]]),
        rules=_rules(first, is_partial=kind == "partial"),
        settings=used,
    )


def on_silence(
    limit_ended_on: dt.date,
    *,
    settings: Settings | None = None,
    authority: str = "",
    court: str = "",
    body: Body = "department",
) -> Remedies:
    """Return the remedies when no reply came by the last day of its limit (A-01, J-03; 法释〔2025〕8号 Art. 2(2)).

    Whether reconsideration comes first since 2024 is disputed: the setting `silence_needs_reconsideration`.
    """
    chosen = settings or Settings.defaults()
    data = _data()
    since = limit_ended_on >= data["reconsideration_first_from"]
    used = {"silence_needs_reconsideration": chosen.yes("silence_needs_reconsideration")} if since else {}
    first = any(used.values())
    basis = [*data["basis"]["first" if first else "either" if since else "either_before"], *data["basis"]["silence"]]
    return Remedies(
        way="reconsideration_first" if first else "either",
        text=_text("silence_first" if first else "silence_either", limit_ended_on, chosen, authority, court, body, ""),
        why=data["why"]["silence"],
        must_be_told=False,
        basis=cited([*basis, *data["basis"]["authority" if since else "authority_before"]]),
        rules=("A-01", "J-02") if first else ("A-01", "J-03"),
        settings=used,
    )


def _rules(first: bool, *, is_partial: bool) -> tuple[str, ...]:
    if first:
        return ("A-01", "A-07", "J-02", "J-01") if is_partial else ("A-01", "A-07", "J-02")
    return "A-01", "J-01"


def _text(template: str, on: dt.date, settings: Settings, authority: str, court: str, body: Body, letter: str) -> str:
    data = _data()
    described = data["authority"]["since" if on >= data["reconsideration_first_from"] else f"before_{body}"]
    months = 6 if on >= _SIX_MONTHS_FROM else settings.number("direct_suit_months_before_2015")
    text: str = data["text"][template].format(
        authority=authority or described,
        court=court or data["authority"]["court"],
        months=months,
        letter=_short(letter),
    )
    return text


def _short(title: str) -> str:
    """The word for a letter inside its own text: 答复书, 告知书, 通知书."""
    plain = title.partition("（")[0]
    return plain[-3:] if plain.endswith("书") else plain


@cache
def _data() -> dict[str, Any]:
    return read_toml("remedies.toml")
