"""Clean reports of every format and file type have no error and no warning; each planted fault is found in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.proofing import checks
from gongkai.proofing.check import check
from gongkai.proofing.findings import Finding
from gongkai.proofing.reading import read_report
from gongkai.proofing.report import Report
from tests.proofing.corpus import DRAFTS, FAULTS, Draft, Fault, Place
from tests.proofing.rendering import WRITERS, write

KINDS = tuple(WRITERS)
CLEAN = [(format, long, kind) for format in DRAFTS for long in (False, True) for kind in KINDS]
TOGETHER = {"CK-CARRY", "CK-JUMP", "CK-DUP", "CK-ROLLUP"}


def read(draft: Draft, kind: str, folder: Path) -> Report:
    """Write a draft and read it again."""
    report = read_report(write(draft, kind, folder))
    assert isinstance(report, Report), report
    return report


def is_at(finding: Finding, place: Place) -> bool:
    """Whether a finding is at a place, or names it as a suspect."""
    wheres = (finding.where, *finding.suspects)
    if place.cell is not None:
        return any((each.table, each.row, each.column) == place.cell for each in wheres)
    return place.part is None or any(each.part == place.part for each in wheres)


@pytest.mark.parametrize(("format", "long", "kind"), CLEAN)
def test_clean_report_has_no_error_and_no_warning(format: str, long: bool, kind: str, tmp_path: Path) -> None:
    report = read(DRAFTS[format](long=long), kind, tmp_path)
    assert report.unread == ()
    found = [finding for finding in check(report) if finding.severity in ("error", "warning")]
    assert found == []


@pytest.mark.parametrize("at", range(len(FAULTS)), ids=[f"{fault.check}-{fault.name}" for fault in FAULTS])
def test_planted_fault_is_found_in_its_place(at: int, tmp_path: Path) -> None:
    fault = FAULTS[at]
    found = findings_of(fault, KINDS[at % len(KINDS)], tmp_path, long=at % 2 == 0)
    draft = DRAFTS[fault.format]()
    place = fault.plant(draft)
    assert any(finding.check == fault.check and is_at(finding, place) for finding in found), found


@pytest.mark.parametrize("at", range(len(FAULTS)), ids=[f"{fault.check}-{fault.name}" for fault in FAULTS])
def test_planted_fault_brings_at_most_two_others_with_it(at: int, tmp_path: Path) -> None:
    fault = FAULTS[at]
    found = findings_of(fault, "txt", tmp_path, long=False)
    others = [each for each in found if each.check != fault.check and each.severity in ("error", "warning")]
    assert len(others) <= 2, others


def findings_of(fault: Fault, kind: str, folder: Path, *, long: bool) -> list[Finding]:
    """What is found in a report with one planted fault."""
    draft = DRAFTS[fault.format](long=long)
    fault.plant(draft)
    return check(read(draft, kind, folder))


def test_every_check_has_a_planted_fault() -> None:
    assert {fault.check for fault in FAULTS} | TOGETHER == set(checks.registered())
