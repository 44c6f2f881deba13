"""`gongkai relations`: answer, exit code and sentences."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.rules.tables import CASES, COLUMNS, REQUESTS, year_before

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, with no home to go to."""
    return subprocess.run(
        [sys.executable, "-m", "gongkai", "relations", *arguments],
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "GONGKAI_HOME": "/nonexistent/home"},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def to_file(data: object, name: str = "table.json") -> str:
        path = tmp_path / name
        path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
        return str(path)

    return to_file


def example(**rows: list[int | None]) -> dict[str, Any]:
    """The consistent tables with some rows set; a row is named r3_1 for 3.1."""
    changed = {name[1:].replace("_", "."): numbers for name, numbers in rows.items()}
    return {"requests": {"column_order": COLUMNS, "values": REQUESTS | changed}, "review_litigation": CASES}


def test_a_consistent_table_is_nothing_to_report(write: Any) -> None:
    done = run(write(example()), "--format", "2021", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert answer["failed"] == []
    assert {"RT-05", "PD-01", "NT-01"} <= {each["id"] for each in answer["not_evaluated"]}
    assert all(set(each) == {"id", "why"} for each in answer["not_evaluated"])


def test_a_wrong_cell_is_told_with_what_it_should_be_and_the_suspect(write: Any) -> None:
    file = write(example(r3_1=[5346, 129, 0, 41, 19, 14, 5548]))
    done = run(file, "--format", "2021", "--json")
    assert done.returncode == 1
    failed = {each["id"]: each for each in json.loads(done.stdout)["failed"]}
    assert failed.keys() == {"RT-02", "RT-03"}
    row = failed["RT-03"]
    assert (row["grade"], row["expected"], row["found"]) == ("certain", 5549, 5548)
    assert row["cells"] == ["requests.3.1.total", *(f"requests.3.1.{column}" for column in COLUMNS[:-1])]
    assert {tuple(each["suspects"]) for each in failed.values()} == {("requests.3.1.natural_person",)}
    shown = run(file, "--format", "2021")
    assert shown.returncode == 1
    assert "RT-03 错误：总计列应等于自然人与各类法人或其他组织之和。" in shown.stdout
    assert "现为：5548；要求：5549" in shown.stdout
    assert "先核对：requests.3.1.natural_person 予以公开，自然人" in shown.stdout
    assert "RT-05 未核对：缺少上一年度的统计表" in shown.stderr


def test_last_years_table_is_compared(write: Any) -> None:
    before = write({"format": "2021", "year": 2025, "rows": year_before() | {"requests.4.total": 561}}, "before.json")
    done = run(write(example()), "--format", "2021", "--previous", before, "--json")
    assert done.returncode == 1
    assert [(each["id"], each["suspects"]) for each in json.loads(done.stdout)["failed"]] == [
        ("RT-05", ["previous[requests.4.total]"])
    ]


def test_another_year_than_the_last_is_refused(write: Any) -> None:
    table = write({"format": "2014", "year": 2017, "rows": {"9.1": 1}})
    before = write({"format": "2014", "year": 2015, "rows": {"9.1": 1}}, "before.json")
    done = run(table, "--previous", before)
    assert (done.returncode, done.stdout) == (2, "")
    assert "是2015年度的统计表，不是2016年度的" in done.stderr


def test_a_plausible_failure_alone_is_no_error(write: Any) -> None:
    rows = {"7": 2, "7.1": 1, "7.2": 2, "1.1": 3}
    done = run(write({"rows": rows}), "--format", "2014", "--json")
    assert {each["grade"] for each in json.loads(done.stdout)["failed"]} == {"plausible"}
    assert done.returncode == 0


def test_the_power_to_make_rules_can_be_told(write: Any) -> None:
    file = write({"art20_1": {"rules": [1, 0, 1], "normative_documents": [0, 0, 0]}})
    assert run(file, "--format", "2021").returncode == 0
    assert run(file, "--format", "2021", "--no-rulemaking").returncode == 1


REFUSED = {
    "no file": (None, ["--format", "2021"], "读不到"),
    "no JSON": ("{", ["--format", "2021"], "不是正确的 JSON（第1行）"),
    "a key twice": ('{"rows": {"1.1": 1, "1.1": 2}}', ["--format", "2014"], "「1.1」写了两次"),
    "another format": ({"format": "2014", "rows": {}}, ["--format", "2021"], "与所选的2021格式不符"),
    "no format": ({"rows": {}}, [], "请用 --format 指明"),
    "an unknown format": ({"rows": {}}, ["--format", "1999"], "没有「1999」格式的统计表"),
    "a word for a number": ({"rows": {"1.1": "many"}}, ["--format", "2014"], "「many」不是数"),
    "truth for a number": ({"rows": {"1.1": True}}, ["--format", "2014"], "不是数"),
    "an unknown row": ({"rows": {"1.9": 1}}, ["--format", "2014"], "「1.9」的行"),
    "a number too large": ('{"rows": {"1.1": 1e999999}}', ["--format", "2014"], "过大"),
}


@pytest.mark.parametrize(("data", "options", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_checked_is_one_sentence_and_exit_2(
    data: object, options: list[str], said: str, write: Any, tmp_path: Path
) -> None:
    file = str(tmp_path / "absent.json") if data is None else write(data)
    done = run(file, *options, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
