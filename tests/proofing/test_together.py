"""Several reports together: year against year, agency against agency, agencies against their government."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.proofing.batch import Result, check_files, collect
from gongkai.proofing.check import Context, check, compare, compare_years
from gongkai.proofing.findings import Finding
from gongkai.proofing.reading import read_report
from gongkai.proofing.report import Report
from tests.proofing.corpus import Draft, draft_2014, draft_2019, draft_2021
from tests.proofing.rendering import write


def read(draft: Draft, folder: Path, name: str) -> Report:
    report = read_report(write(draft, "html", folder, name))
    assert isinstance(report, Report)
    return report


def year_before(draft: Draft) -> Draft:
    """The same agency's report of the year before, whose closing figures fit this year's opening ones."""
    earlier = draft.copy()
    earlier.year -= 1
    old, new = str(draft.year), str(draft.year - 1)
    earlier.title = [line.replace(old, new) for line in earlier.title]
    earlier.preface = [line.replace(old, new) for line in earlier.preface]
    earlier.parts = [(heading, [text.replace(old, new) for text in texts]) for heading, texts in earlier.parts]
    earlier.written = earlier.written.replace(str(draft.year + 1), old)
    if draft.format == "2021":
        earlier.cells |= {
            "requests.4.natural_person": 2,
            "requests.4.total": 2,
            "requests.2.natural_person": 3,
            "requests.2.total": 3,
            "art20_1.normative_documents.in_force": 8,
            "review_litigation.reconsideration.pending": 1,
        }
    return earlier


def renamed(draft: Draft, agency: str) -> Draft:
    other = draft.copy()
    other.title = [line.replace(draft.agency, agency) for line in other.title]
    other.preface = [line.replace(draft.agency, agency) for line in other.preface]
    other.agency = agency
    return other


def of(findings: list[Finding], id: str) -> list[Finding]:
    return [finding for finding in findings if finding.check == id]


def test_years_that_fit_bring_no_finding(tmp_path: Path) -> None:
    now, before = read(draft_2021(), tmp_path, "a"), read(year_before(draft_2021()), tmp_path, "b")
    assert [each for each in compare_years(now, before) if each.severity in ("error", "warning")] == []


@pytest.mark.parametrize(
    ("code", "value", "id", "row"),
    [
        ("requests.4.total", 5, "CK-CARRY", "2"),
        ("art20_1.normative_documents.in_force", 12, "CK-STOCK", "normative_documents"),
        ("art20_6.administrative_penalty.decisions_this_year", 960, "CK-JUMP", "administrative_penalty"),
    ],
)
def test_figure_of_last_year_that_does_not_fit_is_found(
    code: str, value: int, id: str, row: str, tmp_path: Path
) -> None:
    earlier = year_before(draft_2021())
    earlier.cells[code] = value
    found = compare_years(read(draft_2021(), tmp_path, "a"), read(earlier, tmp_path, "b"))
    (finding,) = of(found, id)
    assert finding.where.row == row
    assert len(finding.files) == 2


def test_same_table_two_years_running_is_found(tmp_path: Path) -> None:
    before = year_before(draft_2014())
    found = compare_years(read(draft_2014(), tmp_path, "a"), read(before, tmp_path, "b"))
    assert of(found, "CK-SUSPECT")


def test_items_of_2019_follow_from_last_year(tmp_path: Path) -> None:
    earlier = year_before(draft_2019())
    earlier.cells["art20_5.administrative_license.items_last_year"] = 30
    found = compare_years(read(draft_2019(), tmp_path, "a"), read(earlier, tmp_path, "b"))
    assert [each.where.row for each in of(found, "CK-STOCK")] == ["administrative_license"]


def test_change_in_the_text_is_compared_with_last_years_report(tmp_path: Path) -> None:
    draft = draft_2021()
    draft.replace("新收政府信息公开申请12件，", "新收政府信息公开申请12件，同比增长50%，")
    earlier = year_before(draft_2021())
    earlier.cells |= {"requests.1.total": 10}
    now, before = read(draft, tmp_path, "a"), read(earlier, tmp_path, "b")
    assert of(check(now, Context(previous=before)), "CK-PERCENT")


def test_copied_report_of_another_agency_is_found(tmp_path: Path) -> None:
    copied = renamed(draft_2021(long=True), "示例县司法局")
    found = compare([read(draft_2021(long=True), tmp_path, "a"), read(copied, tmp_path, "b")])
    (finding,) = of(found, "CK-DUP")
    assert finding.severity == "warning"
    assert len(finding.files) == 2


def test_reports_of_their_own_are_no_copies(tmp_path: Path) -> None:
    reports = [
        read(draft(), tmp_path, name) for name, draft in (("a", draft_2021), ("b", draft_2019), ("c", draft_2014))
    ]
    assert compare(reports) == []


def test_problems_of_last_year_again_are_found(tmp_path: Path) -> None:
    now, before = read(draft_2021(), tmp_path, "a"), read(year_before(draft_2021()), tmp_path, "b")
    assert [each.severity for each in of(compare([now, before]), "CK-DUP")] == ["warning"]


def test_same_report_in_two_files_is_no_copy(tmp_path: Path) -> None:
    report = read(draft_2021(), tmp_path, "a")
    assert of(compare([report, replace(report, path="another")]), "CK-DUP") == []


def government(total: int) -> Draft:
    draft = renamed(draft_2021(), "示例县人民政府")
    draft.cells["art20_5.administrative_license.decisions_this_year"] = total
    return draft


@pytest.mark.parametrize(("total", "severity"), [(40, "error"), (90, "warning"), (95, "info"), (92, None)])
def test_government_is_compared_with_its_agencies(total: int, severity: str | None, tmp_path: Path) -> None:
    agencies = [read(renamed(draft_2021(), name), tmp_path, name) for name in ("示例县民政局", "示例县司法局")]
    found = compare([read(government(total), tmp_path, "g"), *agencies])
    of_licences = [each for each in of(found, "CK-ROLLUP") if each.where.row == "administrative_license"]
    assert [each.severity for each in of_licences] == ([severity] if severity else [])


def test_years_are_grouped_by_agency_without_being_told(tmp_path: Path) -> None:
    earlier = year_before(draft_2021())
    earlier.cells["requests.4.total"] = 5
    write(draft_2021(), "html", tmp_path, "one")
    write(earlier, "txt", tmp_path, "two")
    write(renamed(draft_2021(), "示例县司法局"), "html", tmp_path, "three")
    result = check_files(collect([tmp_path]).found, together=True)
    carried = [(Path(each.path).name, finding.check) for each in result.files for finding in each.findings]
    assert [name for name, id in carried if id == "CK-CARRY"] == ["one.html"]
    assert any(finding.check == "CK-CARRY" and len(finding.files) == 2 for finding in result.across)


def test_files_on_several_cores_give_what_one_gives(tmp_path: Path) -> None:
    paths = [write(draft(), "txt", tmp_path, f"r{at}") for at, draft in enumerate((draft_2014, draft_2019, draft_2021))]
    one, two = check_files(paths, workers=1), check_files(paths, workers=2)
    assert isinstance(one, Result)
    assert [each.findings for each in one.files] == [each.findings for each in two.files]
