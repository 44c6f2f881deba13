"""The real report: what a careful reader found is found, what is right is not reported, little else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.proofing.check import check
from gongkai.proofing.findings import Finding
from gongkai.proofing.reading import read_report
from gongkai.proofing.report import Report

REPORT = Path(__file__).resolve().parents[3] / "shared" / "seed" / "annual-report-2017.txt"

# Number in report-mistakes.md part 2, check ids of which one must be there, parts or rows where it may be.
EXPECTED: tuple[tuple[int, tuple[str, ...], tuple[str, ...], str], ...] = (
    (1, ("CK-TYPO",), ("",), "认真地梳理"),
    (2, ("CK-TERM",), ("一", "二"), "政务信息公开"),
    (3, ("CK-PAIR",), ("三",), "“市、区长"),
    (4, ("CK-TERM", "CK-UNIT"), ("三",), "解读政策1条"),
    (5, ("CK-FOREIGN",), ("四",), "人社工作"),
    (6, ("CK-TERM",), ("五",), "主动政府公开信息"),
    (7, ("CK-TYPO",), ("五",), "公开信保障"),
    (8, ("CK-TYPO",), ("五",), "等信息方面内容"),
    (9, ("CK-TYPO",), ("五",), "给于"),
    (10, ("CK-PARTS",), ("七",), "政府新公开"),
    (11, ("CK-TERM",), ("八",), "因政府信息公开的"),
    (12, ("CK-TERM",), ("八",), "提起诉讼案件"),
    (13, ("CK-TYPO",), ("九",), "股室处"),
    (16, ("CK-TYPO",), ("十一",), "加强信息公开渠道"),
    (17, ("CK-TYPO",), ("十一",), "正确引导社会公众正确"),
    (18, ("CK-YEAR",), ("十一",), "今年"),
    (20, ("CK-TEXTTABLE",), ("四", "1.2.2"), "49条"),
    (21, ("CK-TEXTTABLE", "CK-BLANK"), ("五", "1.1"), "53条"),
    (22, ("CK-OFWHICH", "CK-TEXTTABLE"), ("1.1.1",), "主动公开规范性文件数"),
    (23, ("CK-INDICATOR",), ("三", "2.1"), "136条"),
    (24, ("CK-CHANNEL",), ("2.1",), "回应公众关注热点"),
    (25, ("CK-PERCENT",), ("三",), "答复率100%"),
    (26, ("CK-PERCENT",), ("五",), "电子化率达100%"),
    (27, ("CK-SUSPECT",), ("8.3",), "查阅点接待人数"),
    (28, ("CK-BLANK",), ("六", "3.1"), "未收到信息公开申请"),
    (29, ("CK-BLANK",), ("八", "4", "5"), "行政复议"),
    (30, ("CK-HEADINGBODY", "CK-BLANK"), ("八",), "申诉"),
    (31, ("CK-BLANK",), ("四", "6"), "投诉举报箱"),
    (32, ("CK-HEADINGBODY",), ("七",), "减免"),
    (33, ("CK-BLANK",), ("十一", "9.1"), "培训"),
    (34, ("CK-BLANK",), ("7",), "查阅场所"),
    (35, ("CK-BLANK",), ("",), ""),
    (36, ("CK-CONTRA",), ("二", "九"), "初审"),
    (37, ("CK-CONTRA",), ("二", "九"), "信息中心负责发布"),
    (38, ("CK-FOREIGN",), ("十",), "所属事业单位"),
    (39, ("CK-ABBR",), ("一", "九"), "《条例》"),
    (40, ("CK-SELFNAME",), ("",), "我中心"),
    (41, ("CK-VAGUE",), ("五",), "第一平台"),
    (42, ("CK-VAGUE",), ("三",), "受到了社会各界"),
    (43, ("CK-COVERAGE",), ("四",), "物业管理"),
    (44, ("CK-CONTRA",), ("五",), "申请"),
    (45, ("CK-PARTS",), ("六",), ""),
    (46, ("CK-PREFACE",), ("",), ""),
    (47, ("CK-PAIR", "CK-LABEL"), ("8.5",), ""),
    (48, ("CK-TABLEHEAD",), ("",), ""),
    (49, ("CK-TERM",), ("二",), "党务政务公开"),
    (50, ("CK-RULE",), ("三",), "7个工作日内"),
)
# Found, and on no list: a careful reader would have to reject more than these.
MOST_BEYOND = 5


@pytest.fixture(scope="module")
def report() -> Report:
    if not REPORT.exists():
        pytest.skip("shared: ../shared/seed/annual-report-2017.txt is absent")
    read = read_report(REPORT)
    assert isinstance(read, Report)
    return read


def fits(finding: Finding, expected: tuple[int, tuple[str, ...], tuple[str, ...], str]) -> bool:
    _number, ids, places, quote = expected
    if finding.check not in ids or not {finding.where.part, finding.where.row} & set(places):
        return False
    return not quote or any(quote[at : at + 3] in finding.quote for at in range(max(1, len(quote) - 2)))


@pytest.mark.parametrize("expected", EXPECTED, ids=[str(each[0]) for each in EXPECTED])
def test_finding_of_a_careful_reader_is_found_in_its_place(
    report: Report, expected: tuple[int, tuple[str, ...], tuple[str, ...], str]
) -> None:
    assert any(fits(finding, expected) for finding in check(report))


def test_little_is_found_beyond_the_list(report: Report) -> None:
    beyond = [each for each in check(report) if not any(fits(each, expected) for expected in EXPECTED)]
    assert len(beyond) <= MOST_BEYOND, beyond


@pytest.mark.parametrize("code", ["8.4", "8.4.1", "8.4.2", "2.2.3"])
def test_cell_that_is_right_is_not_reported(report: Report, code: str) -> None:
    found = [each for each in check(report) if each.where.row == code and each.check != "CK-UNIT"]
    assert found == []


def test_sum_that_is_right_is_not_reported(report: Report) -> None:
    assert [each for each in check(report) if each.check == "CK-SUM"] == []
