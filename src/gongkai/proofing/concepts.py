"""What a figure counts: the words around it against `data/concepts.toml`, and the subject it stands under."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

_GAP = "[^,;。#]{0,14}"
_FILLERS = re.compile(
    r"(?:共计|合计|总计|共有|共|计|累计|总共|达到|达|为|是|有|约|各|分别为|分别是|分别有|分别|则|:|：|了|均|已|全年|全部|就|仅|也|便|[“”\"(=]|数量|总数|总量)+$"
)
_FAMILIES: Mapping[str, str] = {
    "litigation_after": r"复议后(?:再)?(?:起诉|提起)",
    "litigation_direct": r"(?:未经(?:行政)?复议)?直接(?:起诉|提起(?:行政)?诉讼)",
    "litigation": r"行政诉讼|诉讼|应诉|法院",
    "reconsideration": r"(?:申请|提起)?(?:行政)?复议(?!后|前置)(?:申请)?",
    "requests": r"(?<!复议)(?<!许可)(?<!出庭)申请(?!人|行政复议|复议|行政许可|法院|再审|强制)|结转|予以公开|部分公开|不予公开|无法提供|不予处理",
    "fees": r"信息处理费|收费通知",
    "hotline": r"热线|12345|公开电话|工单",
    "petitions": r"信访(?![、举]?举报|类)",
    "proposals": r"提案|代表建议|人大建议|议案",
    "mailbox": r"信箱|留言",
    "enquiries": r"咨询|(?<!举报)投诉(?!类|举报)",
    "licenses": r"行政(?:许可|处罚|强制|审批)|政务服务",
    "documents": r"规范性文件",
    "press": r"发布会",
    "interviews": r"访谈",
}
_FAMILY = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _FAMILIES.items()))
_ABOVE = {"litigation_direct": "litigation", "litigation_after": "litigation"}
_LAWSUITS = {"litigation_direct": "litigation_direct", "litigation_after": "litigation_after_reconsideration"}


@dataclass(frozen=True)
class Concept:
    """One kind of count; see the head of `data/concepts.toml` for what the fields mean."""

    id: str
    name: str
    family: str
    on: str
    under: str
    units: frozenset[str]
    act: str
    is_main: bool
    before: tuple[re.Pattern[str], ...]
    around: tuple[re.Pattern[str], ...]
    after: tuple[re.Pattern[str], ...]
    codes: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, re.Pattern[str]] | None = None

    def takes(self, unit: str) -> bool:
        """Whether a figure with this unit may count it; a figure without unit may."""
        return not self.units or not unit or unit in self.units

    def is_own(self, words: str, format: str) -> bool:
        """Whether the words are those of the row itself."""
        if self.own is None:
            return True
        pattern = self.own.get(format)
        return pattern is not None and bool(pattern.search(words))

    def codes_for(self, family: str) -> Mapping[str, str]:
        """Return its codes under a family: results of lawsuits stand in the column of their kind."""
        kind = _LAWSUITS.get(family)
        if kind is None or self.on != "litigation":
            return self.codes
        return {format: code.replace(".litigation.", f".{kind}.") for format, code in self.codes.items()}


@lru_cache(maxsize=1)
def concepts() -> tuple[Concept, ...]:
    """Return all concepts in the order in which they are tried. Cached."""
    path = Path(__file__).parent / "data" / "concepts.toml"
    return tuple(_concept(each) for each in tomllib.loads(path.read_text(encoding="utf-8"))["concept"])


@lru_cache(maxsize=1)
def by_id() -> Mapping[str, Concept]:
    """Return the concepts by id; of two entries for one id the first."""
    found: dict[str, Concept] = {}
    for each in concepts():
        found.setdefault(each.id, each)
    return found


def _concept(row: Mapping[str, object]) -> Concept:
    own = row.get("own")
    return Concept(
        id=str(row["id"]),
        name=str(row["name"]),
        family=str(row.get("family", "")),
        on=str(row.get("on", "")),
        under=str(row.get("under", "")),
        units=frozenset(str(row.get("units", "")).split()),
        act=str(row.get("act", "")),
        is_main=bool(row.get("main", False)),
        before=tuple(re.compile(f"(?:{_wide(text)})$") for text in _texts(row, "before")),
        around=tuple(re.compile(_wide(text)) for text in _texts(row, "around")),
        after=tuple(re.compile(_wide(text)) for text in _texts(row, "after")),
        codes={str(key): str(value) for key, value in _pairs(row, "codes")},
        own=None if own is None else {str(key): re.compile(str(value)) for key, value in _pairs(row, "own")},
    )


def _texts(row: Mapping[str, object], key: str) -> list[str]:
    value = row.get(key, [])
    return [str(each) for each in value] if isinstance(value, list) else []


def _pairs(row: Mapping[str, object], key: str) -> list[tuple[object, object]]:
    value = row.get(key, {})
    return list(value.items()) if isinstance(value, dict) else []


def _wide(text: str) -> str:
    return text.replace("~", _GAP)


def family_of(text: str) -> str:
    """Return the family that a text names last, empty when it names none."""
    last = ""
    for found in _FAMILY.finditer(text):
        last = found.lastgroup or last
    return last


@lru_cache(maxsize=8_192)  # agencies of one region write the same sentences
def concept_of(before: str, after: str, unit: str, family: str) -> Concept | None:
    """Return what a figure counts, given the text before it (no earlier figure in it), behind it, and its family.

    The words in its own clause come first, before it rather than behind it; then what the whole text before it says.
    """
    clause = before[max(before.rfind(","), before.rfind(";"), before.rfind("(")) + 1 :]
    if after and re.search(r"(?:和|及|与|、)$", clause):
        clause = before = ""
    return _match(clause, after, unit, family) or (_match(before, "", unit, family) if clause != before else None)


def part_of_concept(before: str, unit: str, whole: Concept) -> Concept | None:
    """Return what a figure counts as a part of a whole, where the words alone say too little (其他1件)."""
    bare = _FILLERS.sub("", before)
    for concept in concepts():
        if concept.under == whole.id and concept.takes(unit) and any(each.search(bare) for each in concept.before):
            return concept
    return None


def _match(before: str, after: str, unit: str, family: str) -> Concept | None:
    bare = _FILLERS.sub("", before)
    around = f"{bare}#{after}"
    possible = [each for each in concepts() if each.takes(unit) and not each.under and _is_on(each, family)]
    for texts, ends in (("before", (bare, before)), ("around", (around,)), ("after", (after,))):
        if not any(ends):
            continue
        for concept in possible:
            for pattern in getattr(concept, texts):
                for end in dict.fromkeys(ends):
                    if (pattern.match(end) if texts == "after" else pattern.search(end)) is not None:
                        return concept
    return None


def _is_on(concept: Concept, family: str) -> bool:
    wanted = concept.on.removesuffix("?")
    return not wanted or wanted in (family, _ABOVE.get(family, "")) or (not family and concept.on.endswith("?"))
