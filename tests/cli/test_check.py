"""`gongkai check`: what stands on stdout, the exit codes, the files it writes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.proofing.corpus import Draft, draft_2014, draft_2021
from tests.proofing.rendering import write

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "gongkai", "check", *map(str, arguments)],
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


def faulty() -> Draft:
    draft = draft_2021()
    draft.replace("新收政府信息公开申请12件", "新收政府信息公开申请13件")
    return draft


def test_clean_report_ends_with_zero(tmp_path: Path) -> None:
    done = run(write(draft_2021(), "html", tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert "共1份报告" in done.stdout


def test_fault_ends_with_one_and_stands_under_its_sentence(tmp_path: Path) -> None:
    done = run(write(faulty(), "html", tmp_path))
    assert done.returncode == 1
    assert done.stdout.index("新收政府信息公开申请13件") < done.stdout.index("CK-TEXTTABLE")


def test_json_has_the_keys_that_are_promised(tmp_path: Path) -> None:
    done = run("--json", write(faulty(), "html", tmp_path))
    (file,) = json.loads(done.stdout)["files"]
    assert set(file) >= {"path", "agency", "year", "format", "tables", "statements", "findings"}
    assert (file["agency"], file["year"], file["format"]) == ("示例县民政局", 2023, "2021")
    assert file["tables"]["requests"]["values"]["1"] == [9, 3, 0, 0, 0, 0, 12]
    assert all(len(statement["text"]) <= 30 for statement in file["statements"])
    finding = next(each for each in file["findings"] if each["check"] == "CK-TEXTTABLE")
    assert set(finding) >= {"check", "severity", "message", "where", "quote", "expected", "found"}
    where = finding["where"]
    assert (where["part"], where["table"], where["row"], where["column"]) == ("一", "requests", "1", "total")
    assert (finding["severity"], finding["expected"], finding["found"]) == ("error", 12, 13)


def test_json_of_2014_has_rows_by_code(tmp_path: Path) -> None:
    done = run("--json", write(draft_2014(), "txt", tmp_path))
    (file,) = json.loads(done.stdout)["files"]
    assert (file["tables"]["1.1"], file["tables"]["8.5"]) == (320, 2.5)


def test_unreadable_file_stays_with_its_error_and_the_others_are_checked(tmp_path: Path) -> None:
    bad = tmp_path / "broken.docx"
    bad.write_bytes(b"PK\x03\x04 not a document")
    done = run("--json", write(draft_2021(), "html", tmp_path), bad)
    good, broken = json.loads(done.stdout)["files"]
    assert done.returncode == 0
    assert "error" not in good
    assert broken["error"]
    assert "broken.docx" in done.stderr


def test_nothing_readable_ends_with_two(tmp_path: Path) -> None:
    bad = tmp_path / "broken.docx"
    bad.write_bytes(b"not a document")
    done = run(bad)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("/nonexistent/report.docx",), "没有找到"),
        ((), "缺少"),
        ((".", "--profile", "/nonexistent.toml"), "配置文件"),
        ((".", "--previous", "/nonexistent.docx"), "上一年度"),
        ((".", "--html", "/nonexistent/out.html"), "没有文件夹"),
    ],
)
def test_bad_usage_ends_with_two_and_one_sentence(arguments: tuple[str, ...], word: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_profile_switches_a_check_off(tmp_path: Path) -> None:
    profile = tmp_path / "profile.toml"
    profile.write_text('[off]\nCK-TEXTTABLE = "试用"\n', encoding="utf-8")
    assert run(write(faulty(), "html", tmp_path), "--profile", profile).returncode == 0


def test_previous_report_is_compared_and_taken_from_a_folder_by_agency(tmp_path: Path) -> None:
    folder = tmp_path / "before"
    folder.mkdir()
    earlier = draft_2021()
    earlier.title = [line.replace("2023", "2022") for line in earlier.title]
    earlier.cells["requests.4.total"] = 7
    write(earlier, "html", folder, "one")
    other = draft_2014()
    write(other, "txt", folder, "two")
    for previous in (folder / "one.html", folder):
        (file,) = json.loads(run("--json", write(draft_2021(), "html", tmp_path), "--previous", previous).stdout)[
            "files"
        ]
        (carried,) = [finding for finding in file["findings"] if finding["check"] == "CK-CARRY"]
        assert (carried["expected"], carried["found"], len(carried["files"])) == (7, 2, 2)


def test_together_gives_across(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    write(draft_2021(), "html", folder, "one")
    other = draft_2021()
    other.title = [line.replace("民政局", "司法局") for line in other.title]
    other.preface = [text.replace("民政局", "司法局") for text in other.preface]
    write(other, "html", folder, "two")
    across = json.loads(run(folder, "--together", "--json").stdout)["across"]
    assert [len(finding["files"]) for finding in across if finding["check"] == "CK-DUP"] == [2]


def test_page_and_workbook_are_written(tmp_path: Path) -> None:
    page, book = tmp_path / "out.html", tmp_path / "out.xlsx"
    run(write(faulty(), "html", tmp_path), "--html", page, "--xlsx", book)
    assert "CK-TEXTTABLE" in page.read_text(encoding="utf-8")
    assert book.stat().st_size > 0


def test_help_starts_in_under_half_a_second() -> None:
    run("--help")
    started = time.perf_counter()
    done = run("--help")
    assert done.returncode == 0
    # Twice the promise, for a machine that runs other tests meanwhile.
    assert time.perf_counter() - started < 1
