"""The catalogue of what can become of a request: decisions, closings and procedural letters, under both regimes.

Each with its articles (R492: Order 492, until 2019-05-14; R711: Order 711), the rows of the three statistics formats
that count it, the letter with what it must contain, its remedies and whether it closes the request. The letters follow
R711 Arts. 30 to 42; the remedies stand in `rules.remedies`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from gongkai.rules.citations import cited
from gongkai.rules.errors import UnknownOutcome
from gongkai.rules.legal_settings import Settings
from gongkai.rules.sources import read_csv

Kind = Literal["decision", "closing", "procedural"]
Letter = Literal["yes", "no", "recommended", "case_by_case", "by_setting"]
Remedy = Literal["ordinary", "refusal", "partial", "special_access", "fee", "not_suable", "not_separate", "none"]
Closing = Literal["yes", "no", "if_not_completed"]

# The parts of every letter that answers a request, in their order.
LETTER_PARTS = (
    "标题",
    "文号",
    "申请人",
    "收到申请的日期和方式",
    "申请内容（引用原文）",
    "决定",
    "事实和查找经过",
    "依据的条款",
    "提供方式、份数和费用",
    "救济途径和期限",
    "联系方式",
    "机关名称、日期和印章",
)


@dataclass(frozen=True)
class Outcome:
    """One outcome or procedural letter.

    `regime` is 492, 711 or both. `rows` gives the rows that count it by format; of several rows the case decides which.
    `letter_titles` are the titles in use, the usual one first; `contents` is what the letter must contain beside the
    parts of every letter. `remedy` is its class, for `rules.remedies`. `unverified` names what of this is not read in a
    source, mostly empty.
    """

    code: str
    kind: Kind
    name: str
    gloss: str
    regime: str
    basis: tuple[str, ...]
    rows: Mapping[str, tuple[str, ...]]
    letter: Letter
    letter_titles: tuple[str, ...]
    contents: tuple[str, ...]
    remedy: Remedy
    closes: Closing
    unverified: str
    note: str

    @property
    def letter_title(self) -> str:
        """The usual title of its letter, empty when it has none."""
        return self.letter_titles[0] if self.letter_titles else ""

    @property
    def is_refusal(self) -> bool:
        """Whether it refuses information, wholly or in part, under Articles 14 to 16 of R711 or their like in R492."""
        return self.remedy in ("refusal", "partial")

    def closes_request(self, *, is_completed: bool = True) -> bool:
        """Tell whether the request is closed by it; a notice to complete closes it when the applicant does not.

        R492 Art. 21(4), R711 Art. 30.
        """
        return self.closes == "yes" or (self.closes == "if_not_completed" and not is_completed)

    def needs_letter(self, settings: Settings | None = None) -> bool:
        """Tell whether a letter must be sent; for a closing without reply the setting `letter_on_closing` decides."""
        if self.letter == "by_setting":
            return (settings or Settings.defaults()).yes("letter_on_closing")
        return self.letter == "yes"


def outcome(code: str) -> Outcome:
    """Return an outcome by its code, such as `R4a` (R711 Arts. 15, 32); raises `UnknownOutcome`."""
    try:
        return catalogue()[code]
    except KeyError:
        raise UnknownOutcome(f"没有代码为「{code}」的办理结果，请核对代码。") from None


def outcomes(regime: str, kind: Kind | None = None) -> tuple[Outcome, ...]:
    """Return the outcomes of a regime, `492` or `711`, in the order of the catalogue, of one kind if it is named.

    R492 Arts. 20 to 26; R711 Arts. 30 to 42.
    """
    return tuple(
        each for each in catalogue().values() if each.regime in (regime, "both") and (kind is None or each.kind == kind)
    )


def counted_in(format: str, row: str) -> tuple[Outcome, ...]:
    """Return the outcomes that a row of a statistics format counts; for 2014 a parent row counts those below it.

    R711 Art. 50(2) asks for the results of the requests; the forms name the rows.
    """
    return tuple(
        each
        for each in catalogue().values()
        if any(code == row or (format == "2014" and code.startswith(f"{row}.")) for code in each.rows[format])
    )


@cache
def catalogue() -> Mapping[str, Outcome]:
    """Return all outcomes by code, each with its articles."""
    return MappingProxyType({row["code"]: _read(row) for row in read_csv("outcomes.csv")})


def _read(row: Mapping[str, str]) -> Outcome:
    def several(name: str) -> tuple[str, ...]:
        return tuple(part for part in row[name].split(";") if part)

    return Outcome(
        code=row["code"],
        kind=row["kind"],  # type: ignore[arg-type]  # the test of the catalogue compares it with the kinds
        name=row["name"],
        gloss=row["gloss"],
        regime=row["regime"],
        basis=cited(several("basis")),
        rows=MappingProxyType({format: several(f"rows_{format}") for format in ("2014", "2019", "2021")}),
        letter=row["letter"],  # type: ignore[arg-type]
        letter_titles=several("letter_titles"),
        contents=several("contents"),
        remedy=row["remedy"],  # type: ignore[arg-type]
        closes=row["closes"],  # type: ignore[arg-type]
        unverified=row["unverified"],
        note=row["note"],
    )
