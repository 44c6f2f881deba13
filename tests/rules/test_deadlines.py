"""The rules as data: complete, cited, and agreeing with the domain facts."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from pathlib import Path

import pytest

from gongkai.rules.deadlines import LETTERS, Rule, conventions, find, limits
from gongkai.rules.errors import UnknownRule
from gongkai.rules.legal_settings import registry

FACTS = Path(__file__).resolve().parents[3] / "shared" / "domain" / "deadlines.md"
EVERY = (*limits(), *conventions())
UNITS = {"working_days", "days", "weeks", "months", "years", "hours", "date", "same_day"}
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,:;()?!]|[,:;()?!][\u4e00-\u9fff]")

NUMBERS_OF_RULES = {"P": 6, "Q": 29, "Y": 4, "I": 7, "M": 9, "L": 10, "W": 10, "A": 9, "J": 7, "O": 13, "C": 12}


def test_every_rule_id_of_the_domain_facts_is_there() -> None:
    if not FACTS.exists():
        pytest.skip("shared: ../shared/domain/deadlines.md is absent")
    named = set(re.findall(rf"^\| ([{LETTERS}C]-\d\d) \|", FACTS.read_text(encoding="utf-8"), re.MULTILINE))
    assert named == {each.id for each in EVERY}


@pytest.mark.parametrize(("letter", "number"), NUMBERS_OF_RULES.items())
def test_each_chapter_has_its_rules(letter: str, number: int) -> None:
    assert sum(each.id.startswith(letter) for each in EVERY) == number


@pytest.mark.parametrize("rule", limits(), ids=lambda rule: rule.id)
def test_every_wording_cites_its_basis_and_has_a_number_or_says_why_not(rule: Rule) -> None:
    assert rule.name
    assert rule.starts
    assert rule.wordings
    for each in rule.wordings:
        assert each.basis
        assert each.unit in UNITS or each.same_as or each.none
        assert bool(each.unit) + bool(each.same_as) <= 1
        assert not each.unit or each.limit or each.setting or each.on or each.unit == "same_day"
        assert not each.extension or "extend" in rule.changes
        assert not each.extended or each.extension
        assert each.first <= each.last


@pytest.mark.parametrize("rule", limits(), ids=lambda rule: rule.id)
def test_texts_of_a_variant_follow_one_another_without_a_gap(rule: Rule) -> None:
    if rule.of_requests:
        assert {(each.variant, each.regime) for each in rule.wordings} >= {
            (variant, regime) for variant in {each.variant for each in rule.wordings} for regime in ("492", "711")
        }
        return
    for variant in rule.variants or ("",):
        own = [each for each in rule.wordings if each.variant == variant]
        texts = own + [each for each in rule.wordings if not each.variant and variant]
        spans = sorted((each.first, each.last) for each in texts)
        if rule.id in ("P-03", "Y-03", "O-06") and variant not in ("national", "submit"):
            continue  # a local date beside the national rule
        assert spans[-1][1] == dt.date.max
        assert all(one[1] + dt.timedelta(days=1) == other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: rule.id)
def test_what_a_rule_names_exists(rule: Rule) -> None:
    names = [*rule.settings, *(name for each in rule.wordings for name in each.settings)]
    names += [each.setting for each in rule.wordings if each.setting]
    names += [each.since for each in rule.wordings if each.since]
    names += [each.moves for each in rule.wordings if isinstance(each.moves, str)]
    names += [each.only_when.partition("=")[0] for each in rule.wordings if each.only_when]
    assert set(names) <= set(registry())
    others = [rule.effect_on, *(each.same_as for each in rule.wordings)]
    assert all(find(other) for other in others if other)
    assert {each.variant for each in rule.wordings} - {""} <= set(rule.variants)
    assert rule.effect in {"", "none", "exclude", "restart", "replace", "end"}
    assert rule.changes <= {"exclude", "restart", "extend", "replace", "end"}


@pytest.mark.parametrize("rule", conventions(), ids=lambda rule: rule.id)
def test_a_convention_is_a_sentence_with_its_basis(rule: Rule) -> None:
    assert rule.convention.endswith("。")
    assert rule.basis
    assert rule.wordings == ()


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: rule.id)
def test_chinese_text_has_full_width_punctuation(rule: Rule) -> None:
    texts = [rule.name, rule.starts, rule.note, rule.convention, *rule.variants.values(), *rule.basis]
    texts += [text for each in rule.wordings for text in (each.none, each.note, each.starts, *each.basis)]
    assert [text for text in texts if HALF_WIDTH.search(text)] == []


def test_short_names_of_laws_are_written_out() -> None:
    cited = [text for rule in EVERY for each in rule.wordings for text in each.basis]
    cited += [text for rule in EVERY for text in rule.basis]
    assert [text for text in cited if re.match(r"[A-Z]", text)] == []


@pytest.mark.parametrize("name", ["", "Q", "Q-1", "Q-09", "Z-01", "Q-011", "q-11", "Q-11 ", "Q－11"])
def test_find_refuses_what_is_no_rule_in_one_sentence(name: str) -> None:
    with pytest.raises(UnknownRule, match=r"^[^。]*gongkai due --list[^。]*。$"):
        find(name)
