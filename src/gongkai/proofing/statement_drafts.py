"""A statement in the making: a figure with what it counts, before it is told how it stands to the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.proofing.concepts import Concept
from gongkai.proofing.folding import Compact
from gongkai.proofing.grammar import Figure
from gongkai.proofing.report import Number, Paragraph, RelationKind, Scope, Statement

_MAX_TEXT = 30
MOST = 2_000
"""Statements that are read of one report; the longest seen has some 300."""


@dataclass(frozen=True)
class Context:
    """What is known of the report before its sentences are read."""

    format: str = ""
    year: int | None = None
    agency: str = ""


@dataclass
class Draft:
    """A statement in the making; places are in the compact text of its paragraph."""

    paragraph: Paragraph
    figure: Figure | None
    start: int
    end: int
    before: str
    after: str
    concept: Concept | None
    codes: dict[str, str]
    scope: Scope
    value: Number | None
    unit: str
    relation: RelationKind = "equals"
    of: list[Draft] = field(default_factory=list)
    direction: int = 0
    negative: bool = False
    is_general: bool = False
    name: str = ""
    position: int = -1

    @property
    def is_count(self) -> bool:
        """Whether it counts something, rather than being a share or a change."""
        return self.relation not in ("ratio_of", "change_on") and not (self.figure and self.figure.is_share)


def is_outcome(concept: Concept) -> bool:
    """Whether it counts what became of requests: 公开 and 处理 in its words are no act of their own."""
    return not concept.act and (concept.on.startswith("requests") or "requests." in "".join(concept.codes.values()))


def is_written(draft: Draft) -> bool:
    """Whether the numeral is Chinese: without a concept such a one is mostly part of a phrase (三个一)."""
    return draft.figure is not None and draft.unit != "%" and not draft.figure.is_arabic


def names_in(text: str) -> list[str]:
    """Return the names of a list (甲、乙和丙), the words of the clause before the first name left on it."""
    clause = re.split(r"[;:。]", text)[-1]
    clause = re.sub(r"^.*其中[,:]?", "", clause)
    return [each for each in re.split(r"[、,]|和|以及|及|与", clause) if each]


def copied(draft: Draft) -> Draft:
    """The same figure once more, with no parts yet."""
    return Draft(**{name: getattr(draft, name) for name in draft.__dataclass_fields__} | {"of": []})


def last_clause(text: str) -> str:
    """The words after the last comma or bracket."""
    return re.split(r"[,;:(]", text)[-1]


def same_kind(draft: Draft, whole: Draft) -> bool:
    """Tell whether two figures can be part and whole: one unit, or units that count the same."""
    alike = (
        {"件", "份", "宗", "起", "例", "条", "次", ""},
        {"人", "名", "位", "人次", ""},
        {"条", "篇", "件", "则", "个", "期", "项", ""},
    )
    return draft.unit == whole.unit or any(draft.unit in units and whole.unit in units for units in alike)


def parts_of_sum(before: Sequence[Draft], total: Draft) -> list[Draft]:
    """Return the counts that a total adds up: those before it in the sentence with its unit, at least two."""
    parts: list[Draft] = []
    for each in reversed(before):
        if not each.is_count:
            continue
        if each.unit != total.unit or each.relation == "sum_of":
            break
        if each.relation == "part_of":
            continue
        parts.insert(0, each)
    return parts if len(parts) >= 2 else []


def apply_applicant(draft: Draft) -> None:
    """Let the places of a figure on the requests of one kind of applicant be those of its column."""
    applicant = draft.scope.applicant
    if not applicant:
        return
    if draft.concept is None or not any(code.startswith("requests.") for code in draft.codes.values()):
        return
    draft.codes = {
        format: code.removesuffix(".total") + f".{applicant}"
        if code.startswith("requests.") and code.endswith(".total")
        else code
        for format, code in draft.codes.items()
        if format != "2014"
    }


def as_statement(draft: Draft, whole: Compact, context: Context) -> Statement:
    """The finished statement, with the place of its words in the printed paragraph."""
    printed = draft.paragraph.text
    span = whole.span(
        draft.figure.number_start + draft.start - draft.figure.start if draft.figure else draft.start, draft.end
    )
    concept = draft.concept
    words = draft.before + draft.after
    figure = draft.figure
    return Statement(
        text=_text(printed, whole, draft),
        value=draft.value,
        unit=draft.unit,
        concept=concept.id if concept else "",
        codes=draft.codes,
        scope=draft.scope,
        relation=draft.relation,
        where=draft.paragraph.where,
        span=span,
        position=draft.position,
        of=tuple(each.position for each in draft.of),
        low=figure.low if figure else None,
        high=figure.high if figure else None,
        approx=figure.approx if figure else "",
        direction=draft.direction,
        negative=draft.negative,
        is_general=draft.is_general,
        own_words=concept.is_own(words, context.format) if concept else False,
        printed=printed[span[0] : span[1]],
        name=draft.name,
    )


def _text(printed: str, whole: Compact, draft: Draft) -> str:
    """Return at most 30 characters around a figure, from the beginning of its clause."""
    if draft.negative:
        start, end = draft.start, draft.end
    else:
        clause = len(last_clause(draft.before)) if draft.figure else 0
        start, end = draft.start - clause, draft.end + len(draft.after)
    start = max(start, draft.end - _MAX_TEXT, 0)
    first, last = whole.span(start, end)
    text = printed[first:last].lstrip("、，,；;：: ")
    return text[:_MAX_TEXT]
