"""Every check says what it does and is documented; a profile switches one off with a reason; a quote is short."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.proofing.check import Context, check, check_ids
from gongkai.proofing.checks import registered
from gongkai.proofing.findings import QUOTE_LENGTH, Finding
from gongkai.proofing.profile import Profile, ProfileError, read_profile
from gongkai.proofing.reading import read_text
from gongkai.proofing.report import Report

DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference" / "checks"
PROMISED = (
    "LATE TITLE YEAR PERIOD PREFACE PARTS HEADINGBODY EMPTYPART LENGTH NUMBERING COUNTWORD SUM OFWHICH CHANNEL CARRY STOCK JUMP "
    "SUSPECT BLANK UNIT TEXTTABLE PERCENT INDICATOR FEE ROLLUP DUP FOREIGN SELFNAME TERM CITE ABBR PAIR LABEL TABLEHEAD TYPO "
    "FIXEDPHRASE CONTRA COVERAGE VAGUE RULE PII"
)
TEXT = "示例县民政局2023年政府信息公开工作年度报告\n一、总体情况\n我局依法给于答复，受到了社会各界的一致好评。\n2024年1月10日"


def text_of(lines: str) -> Report:
    return read_text(lines)


def test_all_checks_that_are_promised_are_there() -> None:
    assert check_ids() == {f"CK-{name}" for name in PROMISED.split()}


@pytest.mark.parametrize("id", sorted(check_ids()))
def test_every_check_is_documented(id: str) -> None:
    known = registered()[id]
    assert known.name
    assert known.compares
    assert known.grades
    assert known.example
    page = (DOCS / "README.md").read_text(encoding="utf-8")
    assert f"### {id}\n" in page
    assert known.compares in page


def test_profile_switches_a_check_off(tmp_path: Path) -> None:
    path = tmp_path / "profile.toml"
    path.write_text('[off]\nCK-VAGUE = "文字另行审定"\n', encoding="utf-8")
    profile = read_profile(path, check_ids())
    before = {finding.check for finding in check(text_of(TEXT))}
    after = {finding.check for finding in check(text_of(TEXT), Context(profile))}
    assert before - after == {"CK-VAGUE"}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('[off]\nCK-VAGUE = ""\n', "理由"),
        ('[off]\nCK-NOTHING = "x"\n', "CK-NOTHING"),
        ("[off\n", "TOML"),
        ("[colour]\n", "colour"),
        ("[limits]\njump = -1\n", "大于 0"),
        ('[agency]\nnames = "x"\n', "列表"),
    ],
)
def test_profile_with_a_fault_is_refused_with_a_sentence(text: str, word: str, tmp_path: Path) -> None:
    path = tmp_path / "profile.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError, match=word):
        read_profile(path, check_ids())


def test_profile_names_and_fields_are_known_to_the_checks() -> None:
    text = TEXT.replace("我局依法", "保障全社会对人社工作的知情权。我局依法")
    assert "CK-FOREIGN" in {finding.check for finding in check(text_of(text))}
    context = Context(Profile(fields=("人社",)))
    assert "CK-FOREIGN" not in {finding.check for finding in check(text_of(text), context)}


def test_quote_is_at_most_twelve_characters() -> None:
    assert len(Finding("CK-TYPO", "info", "", quote="一二三四五六七八九十一二三四五").quote) == QUOTE_LENGTH
    assert all(len(finding.quote) <= QUOTE_LENGTH for finding in check(text_of(TEXT)))


def test_finding_quotes_what_is_printed() -> None:
    for finding in check(text_of(TEXT)):
        if finding.where.paragraph is not None and finding.quote:
            assert finding.quote in text_of(TEXT).paragraphs[finding.where.paragraph].text
