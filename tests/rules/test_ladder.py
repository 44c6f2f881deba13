"""The seven steps by which a request is decided."""

from __future__ import annotations

import pytest

from gongkai.rules.errors import ImpossibleAnswer
from gongkai.rules.ladder import REGIMES, Decision, decide, evidence_names, paths, questions, step_names
from gongkai.rules.legal_settings import Settings
from gongkai.rules.outcomes import outcomes

OURS = {"clarity": "clear", "nature": "information", "holder": "own"}
FOUND = {**OURS, "existence": "found"}
THIRD = {**FOUND, "disclosure": "third_party"}
RESTRICTED = {**FOUND, "disclosure": "restricted"}


def outcome_of(regime: str, answers: dict[str, str]) -> str:
    found = decide(regime, answers).outcome
    return found.code if found else ""


WAYS = {
    "published already": ({**FOUND, "disclosure": "already_public"}, "G1", "OG1"),
    "granted": ({**FOUND, "disclosure": "open", "form": "as_requested"}, "G2", "OG2"),
    "granted in another form": ({**FOUND, "disclosure": "open", "form": "arranged"}, "G2", "OG2"),
    "partly a state secret": ({**RESTRICTED, "ground": "state_secret", "severing": "severable"}, "G3", "OG3"),
    "a state secret": ({**RESTRICTED, "ground": "state_secret", "severing": "not_severable"}, "R1", "OR1"),
    "prohibited by law": ({**RESTRICTED, "ground": "prohibited", "severing": "not_severable"}, "R2", "OR6"),
    "a danger": ({**RESTRICTED, "ground": "security", "severing": "not_severable"}, "R3", "OR4"),
    "internal": ({**RESTRICTED, "ground": "internal", "severing": "not_severable"}, "R5", "OR5"),
    "deliberative": ({**RESTRICTED, "ground": "deliberative", "severing": "not_severable"}, "R6", "OR5"),
    "an enforcement file": ({**RESTRICTED, "ground": "enforcement_file", "severing": "not_severable"}, "R7", "OR6"),
    "a trade secret": (
        {**THIRD, "third_party": "objects", "public_interest": "trade_secret", "severing": "not_severable"},
        "R4a",
        "OR2",
    ),
    "privacy": (
        {**THIRD, "third_party": "objects", "public_interest": "privacy", "severing": "not_severable"},
        "R4b",
        "OR3",
    ),
    "consent of the third party": ({**THIRD, "third_party": "consents", "form": "as_requested"}, "G2", "OG2"),
    "public interest": (
        {**THIRD, "third_party": "objects", "public_interest": "disclose", "form": "as_requested"},
        "G2",
        "OG2",
    ),
    "does not exist": ({**OURS, "existence": "not_found"}, "U1a", "OU2"),
    "must be made": ({**OURS, "existence": "to_be_made"}, "U2", "OU2"),
    "not ours": ({**OURS, "holder": "other"}, "U1b", "OU1"),
    "a petition": ({"clarity": "clear", "nature": "petition"}, "N1", "OU4"),
    "repeated": ({"clarity": "clear", "nature": "repeated"}, "N2", "OU5"),
    "published matter": ({"clarity": "clear", "nature": "publication"}, "N3", "OU4"),
    "special access": ({"clarity": "clear", "nature": "special_access"}, "R8", "OU4"),
    "still unclear": ({"clarity": "unclear", "completion": "still_unclear"}, "U3", "OU3"),
    "not completed": ({"clarity": "unclear", "completion": "not_completed"}, "E1", "OU3"),
}


@pytest.mark.parametrize(("answers", "in_711", "in_492"), WAYS.values(), ids=WAYS.keys())
def test_the_answers_lead_to_the_outcome(answers: dict[str, str], in_711: str, in_492: str) -> None:
    assert outcome_of("711", answers) == in_711
    assert outcome_of("492", answers) == in_492


ONLY_711 = {
    "reasons not acceptable": ({"clarity": "clear", "nature": "excessive", "reasons": "unreasonable"}, "N4"),
    "fee not paid": (
        {"clarity": "clear", "nature": "excessive", "reasons": "reasonable", "fee": "unpaid"},
        "E2",
    ),
    "asks for a new copy": ({"clarity": "clear", "nature": "reissue"}, "N5"),
    "withdrawn": ({"clarity": "withdrawn"}, "E3"),
}


@pytest.mark.parametrize(("answers", "code"), ONLY_711.values(), ids=ONLY_711.keys())
def test_some_outcomes_are_of_order_711_alone(answers: dict[str, str], code: str) -> None:
    assert outcome_of("711", answers) == code
    if "withdrawn" in answers.values():
        assert "第492号令没有与此对应的办理结果" in decide("492", answers).note
    else:
        with pytest.raises(ImpossibleAnswer, match="不能答"):
            decide("492", answers)


@pytest.mark.parametrize("regime", REGIMES)
def test_every_decision_of_the_catalogue_is_reached_and_every_way_ends(regime: str) -> None:
    reached = set()
    for answers in paths(regime):
        decision = decide(regime, answers)
        assert decision.open is None
        assert decision.outcome or decision.waiting_for or decision.note
        numbers = [step.number for step in decision.steps]
        assert numbers == sorted(numbers)
        assert all(step.basis or step.number == 7 for step in decision.steps)
        if decision.outcome:
            reached.add(decision.outcome.code)
    assert reached == {each.code for each in outcomes(regime) if each.kind != "procedural"}


def test_the_ladder_has_seven_steps_and_each_names_its_evidence() -> None:
    assert len(step_names()) == 7
    assert {question.step for question in questions().values()} == set(range(1, 7))
    named = {code for question in questions().values() for code in question.evidence}
    for question in questions().values():
        assert {"492", "711"} >= question.basis.keys()
        for answer in question.answers.values():
            named |= set(answer.evidence)
            assert bool(answer.ask) != bool(answer.outcomes)
            assert question.evidence or answer.evidence or answer.ask or answer.waits
    assert named | {"signed", "service"} == set(evidence_names())


def explained(decision: Decision) -> list[tuple[int, str]]:
    return [(step.number, step.answer) for step in decision.steps]


def test_a_decision_explains_each_step_with_articles_and_evidence() -> None:
    answers = {**OURS, "existence": "not_found"}
    decision = decide("711", answers, ["application", "nature", "duties"])
    assert explained(decision) == [(1, "clear"), (2, "information"), (3, "own"), (4, "not_found"), (7, "U1a")]
    searched = decision.steps[3]
    assert searched.basis[0] == "《政府信息公开条例》（国务院令第711号修订）第三十六条第（四）项"
    assert searched.evidence[0].name.startswith("检索记录（范围、方法、关键词、结果")
    assert [each.code for each in decision.gaps] == ["search", "signed", "service"]
    assert not decision.is_ready
    assert decision.steps[-1].text == "政府信息不存在告知书：检索范围、方法、结果；告知不存在"
    whole = decide("711", answers, ["application", "nature", "duties", "search", "signed", "service"])
    assert whole.is_ready
    assert whole.gaps == ()


def test_an_open_question_is_named_with_the_answers_it_may_have() -> None:
    decision = decide("492", FOUND)
    assert decision.outcome is None
    assert decision.open is not None
    assert decision.open.key == "disclosure"
    reasons = questions()["ground"]
    assert {"no_special_need", "not_information"} <= {each.key for each in reasons.answers_in("492")}
    assert "no_special_need" not in {each.key for each in reasons.answers_in("711")}


def test_while_somebody_is_asked_the_request_stays_open() -> None:
    decision = decide("711", {**THIRD, "third_party": "waiting"})
    assert decision.outcome is None
    assert decision.waiting_for is not None
    assert decision.waiting_for.code == "P6"
    assert [each.code for each in decision.letters] == ["P7"]
    assert [each.code for each in decision.gaps][-1] == "third_party_letter"


def test_disclosure_against_the_third_party_needs_the_notice_to_it() -> None:
    decision = decide("711", {**THIRD, "third_party": "objects", "public_interest": "disclose", "form": "as_requested"})
    assert [each.code for each in decision.letters] == ["P8"]


def test_a_closing_has_a_last_step_only_where_it_is_told_by_letter() -> None:
    answers = {"clarity": "unclear", "completion": "not_completed"}
    assert explained(decide("711", answers))[-1] == (1, "not_completed")
    told = decide("711", answers, settings=Settings.of({"letter_on_closing": True}))
    assert explained(told)[-1] == (7, "E1")


@pytest.mark.parametrize(
    ("regime", "answers", "evidence", "words"),
    [
        ("1999", {}, [], "没有「1999」这一制度"),
        ("711", {"clarity": "maybe"}, [], "不能答「maybe」，可以答：clear、unclear、withdrawn"),
        ("711", {"nature": "petition"}, [], "「nature」这一问还没有问到"),
        ("711", {"clarity": "clear", "nature": "petition", "holder": "own"}, [], "「holder」这一问还没有问到"),
        ("711", {"weather": "fine"}, [], "「weather」"),
        ("711", {}, ["gossip"], "没有代码为「gossip」的证据材料"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_in_one_sentence(
    regime: str, answers: dict[str, str], evidence: list[str], words: str
) -> None:
    with pytest.raises(ImpossibleAnswer, match=rf"^[^。]*{words}[^。]*。$"):
        decide(regime, answers, evidence)
