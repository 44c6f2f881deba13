"""The seven steps by which a request is decided, as a decision that explains itself.

Needs completing? Is it a request for information? Whose? Does it exist? May it be given? How? How to answer? The steps
follow R711 Arts. 29 to 42 and R492 Arts. 20 to 26. Questions and answers are data (`rules/data/ladder.toml`); each
answer names the evidence that the file must hold for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from gongkai.rules.citations import cited
from gongkai.rules.errors import ImpossibleAnswer
from gongkai.rules.legal_settings import Settings
from gongkai.rules.outcomes import Outcome, outcome
from gongkai.rules.sources import read_toml

REGIMES = ("492", "711")
LAST_STEP = 7
_REFUSAL = "refusal"


@dataclass(frozen=True)
class Evidence:
    """What the file must hold: a stable code, what it is, and whether it was recorded."""

    code: str
    name: str
    is_recorded: bool


@dataclass(frozen=True)
class Answer:
    """One answer to a question. `ask` is the question that comes next, empty when the answer ends in an outcome."""

    key: str
    text: str
    ask: str
    outcomes: Mapping[str, str]
    refusals: Mapping[str, str]
    letters: tuple[str, ...]
    evidence: tuple[str, ...]
    waits: bool
    only: str

    def is_open_in(self, regime: str) -> bool:
        """Whether it may be given under a regime."""
        return self.only in ("", regime)


@dataclass(frozen=True)
class Question:
    """One question of the ladder, with the step it belongs to and its articles by regime."""

    key: str
    step: int
    text: str
    basis: Mapping[str, tuple[str, ...]]
    evidence: tuple[str, ...]
    answers: Mapping[str, Answer]

    def answers_in(self, regime: str) -> tuple[Answer, ...]:
        """The answers that may be given under a regime."""
        return tuple(each for each in self.answers.values() if each.is_open_in(regime))


@dataclass(frozen=True)
class Step:
    """One question that was answered: `number` and `name` of its step, the answer in words, articles and evidence."""

    number: int
    name: str
    question: str
    answer: str
    text: str
    basis: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Decision:
    """How far the answers lead.

    `outcome` is None while a question is open, when the regime has no outcome for the answer, or when something is
    waited for; `letters` are the procedural letters on the way, `waiting_for` the one an answer is awaited to. `open`
    is the next question. `gaps` is the evidence that is named and not recorded; `note` says what is particular.
    """

    regime: str
    steps: tuple[Step, ...]
    outcome: Outcome | None
    letters: tuple[Outcome, ...]
    waiting_for: Outcome | None
    open: Question | None
    note: str

    @property
    def gaps(self) -> tuple[Evidence, ...]:
        """The evidence that is needed and not recorded, each once."""
        needed = {each.code: each for step in self.steps for each in step.evidence}
        return tuple(each for each in needed.values() if not each.is_recorded)

    @property
    def is_ready(self) -> bool:
        """Whether there is an outcome and the file holds all the evidence for it."""
        return self.outcome is not None and not self.gaps


def decide(
    regime: str,
    answers: Mapping[str, str],
    evidence: Collection[str] = (),
    *,
    settings: Settings | None = None,
) -> Decision:
    """Follow the answers, question to answer, as far as they lead, and explain each step with its articles.

    R492 Arts. 20 to 26; R711 Arts. 29 to 42.
    `evidence` are the codes of what the file holds. Raises `ImpossibleAnswer` for an unknown regime, question,
    answer or evidence, for an answer that the regime does not know, and for answers to questions that do not arise.
    """
    if regime not in REGIMES:
        raise ImpossibleAnswer(f"没有「{regime}」这一制度，应为492或者711。")
    held = _checked_evidence(evidence)
    steps: list[Step] = []
    letters: list[str] = []
    refusal = result = ""
    key, waits = "clarity", False
    given = dict(answers)
    while key and key in given:
        question = questions()[key]
        answer = _answer(question, given.pop(key), regime)
        needed = (*question.evidence, *answer.evidence)
        steps.append(_step(question, answer, regime, needed, held))
        letters += answer.letters
        refusal = answer.refusals.get(regime, refusal)
        result = answer.outcomes.get(regime, "")
        key, waits = answer.ask, answer.waits
    if given:
        raise ImpossibleAnswer(f"「{'、'.join(given)}」这一问还没有问到，或者没有这一问，请核对回答的顺序。")
    found = outcome(refusal if result == _REFUSAL else result) if result else None
    ended = not key and not waits
    if ended and found is not None and found.needs_letter(settings):
        steps.append(_last_step(found, held))
    return Decision(
        regime=regime,
        steps=tuple(steps),
        outcome=found if ended else None,
        letters=tuple(outcome(each) for each in letters),
        waiting_for=found if waits else None,
        open=questions()[key] if key else None,
        note="" if not ended or found is not None else f"第{regime}号令没有与此对应的办理结果，登记后结案。",
    )


@cache
def questions() -> Mapping[str, Question]:
    """Return the questions by key, in the order of the steps."""
    return MappingProxyType({key: _question(key, entry) for key, entry in _data()["question"].items()})


def step_names() -> tuple[str, ...]:
    """Return the names of the seven steps."""
    return tuple(_data()["steps"])


def evidence_names() -> Mapping[str, str]:
    """Return what each piece of evidence is, by its code."""
    names: Mapping[str, str] = _data()["evidence"]
    return names


def paths(regime: str) -> Iterator[dict[str, str]]:
    """Yield every way through the ladder under a regime, as the answers that lead to its end."""
    yield from _paths(regime, "clarity", {})


def _paths(regime: str, key: str, given: dict[str, str]) -> Iterator[dict[str, str]]:
    for answer in questions()[key].answers_in(regime):
        taken = {**given, key: answer.key}
        if answer.ask:
            yield from _paths(regime, answer.ask, taken)
        else:
            yield taken


def _answer(question: Question, key: str, regime: str) -> Answer:
    answer = question.answers.get(key)
    if answer is None or not answer.is_open_in(regime):
        allowed = "、".join(each.key for each in question.answers_in(regime))
        raise ImpossibleAnswer(f"「{question.text}」不能答「{key}」，可以答：{allowed}。")
    return answer


def _step(question: Question, answer: Answer, regime: str, needed: Collection[str], held: Collection[str]) -> Step:
    return Step(
        number=question.step,
        name=step_names()[question.step - 1],
        question=question.text,
        answer=answer.key,
        text=answer.text,
        basis=question.basis.get(regime, ()),
        evidence=_evidence(needed, held),
    )


def _last_step(found: Outcome, held: Collection[str]) -> Step:
    return Step(
        number=LAST_STEP,
        name=step_names()[LAST_STEP - 1],
        question="用什么文书答复，写明什么？",
        answer=found.code,
        text=f"{found.letter_title or '答复'}：{'；'.join(found.contents)}",
        basis=found.basis,
        evidence=_evidence(("signed", "service"), held),
    )


def _evidence(codes: Collection[str], held: Collection[str]) -> tuple[Evidence, ...]:
    return tuple(Evidence(code, evidence_names()[code], code in held) for code in dict.fromkeys(codes))


def _checked_evidence(codes: Collection[str]) -> frozenset[str]:
    unknown = sorted(set(codes) - set(evidence_names()))
    if unknown:
        raise ImpossibleAnswer(f"没有代码为「{'、'.join(unknown)}」的证据材料，请核对代码。")
    return frozenset(codes)


def _question(key: str, entry: Mapping[str, Any]) -> Question:
    return Question(
        key=key,
        step=entry["step"],
        text=entry["text"],
        basis={regime: cited(basis) for regime, basis in entry["basis"].items()},
        evidence=tuple(entry.get("evidence", ())),
        answers=MappingProxyType({name: _read_answer(name, answer) for name, answer in entry["answers"].items()}),
    )


def _read_answer(key: str, entry: Mapping[str, Any]) -> Answer:
    return Answer(
        key=key,
        text=entry["text"],
        ask=entry.get("ask", ""),
        outcomes={regime: entry[regime] for regime in REGIMES if regime in entry},
        refusals=entry.get("refusal", {}),
        letters=tuple(entry.get("letters", ())),
        evidence=tuple(entry.get("evidence", ())),
        waits=entry.get("waits", False),
        only=entry.get("only", ""),
    )


@cache
def _data() -> dict[str, Any]:
    return read_toml("ladder.toml")
