"""`gongkai screen`: contract of its answers and exit codes; no number in clear in any output."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.screening import corpus

NUMBERS = corpus.Numbers(31)
ID, PHONE = NUMBERS.resident_id(), NUMBERS.mobile()


def screen(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command without a home: it needs none."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DJANGO_"))}
    command = [sys.executable, "-m", "gongkai", "screen", *map(str, arguments)]
    return subprocess.run(
        command,
        env={**environment, "PYTHONPATH": os.pathsep.join(sys.path), "GONGKAI_HOME": "/nowhere"},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    (folder / "inner").mkdir(parents=True)
    (folder / "good.txt").write_text("示例公告", encoding="utf-8")
    (folder / "inner" / "bad.csv").write_text(f"姓名,手机号\n示例,{PHONE}\n", encoding="utf-8")
    return folder


def answers(done: subprocess.CompletedProcess[str]) -> dict[str, dict[str, object]]:
    return {Path(answer["path"]).name: answer for answer in json.loads(done.stdout)["files"]}


def test_answer_has_the_keys_of_the_contract(folder: Path) -> None:
    done = screen(folder, "--json")
    assert (done.returncode, done.stderr) == (1, "")
    found = answers(done)
    assert {name: answer["verdict"] for name, answer in found.items()} == {"good.txt": "clean", "bad.csv": "block"}
    bad = found["bad.csv"]
    assert set(bad) == {"path", "sha256", "type", "verdict", "findings"}
    assert bad["sha256"] == hashlib.sha256((folder / "inner" / "bad.csv").read_bytes()).hexdigest()
    assert bad["type"] == "csv"
    first = next(finding for finding in bad["findings"] if finding["kind"] == "mobile")
    assert set(first) == {"kind", "severity", "where", "masked", "note"}
    assert first["where"] == {"part": "table", "cell": "B2", "offset": 0}
    assert first["masked"] == f"{PHONE[:3]}****{PHONE[-4:]}"


def test_no_number_is_printed_in_clear(folder: Path) -> None:
    (folder / f"{PHONE}.txt").write_text(ID, encoding="utf-8")
    for arguments in ((folder, "--json"), (folder,), (folder, "--mask-to", folder.parent / "out")):
        done = screen(*arguments)
        assert done.returncode == 1
        assert PHONE not in done.stdout + done.stderr
        assert ID not in done.stdout + done.stderr


def test_warnings_and_information_alone_are_0(folder: Path) -> None:
    path = folder / "warn.txt"
    path.write_text("车辆鲁D12345，邮箱 a@example.com", encoding="utf-8")
    done = screen(path, "--json")
    assert (done.returncode, answers(done)["warn.txt"]["verdict"]) == (0, "warn")
    assert screen(folder / "good.txt").returncode == 0


def test_a_damaged_file_among_good_ones_is_unreadable_and_the_others_are_answered(folder: Path) -> None:
    (folder / "damaged.docx").write_bytes(b"PK\x03\x04 nothing")
    done = screen(folder / "good.txt", folder / "damaged.docx", "--json")
    found = answers(done)
    assert (done.returncode, found["good.txt"]["verdict"]) == (1, "clean")
    damaged = found["damaged.docx"]
    assert damaged["verdict"] == "unreadable"
    assert [(finding["kind"], finding["severity"]) for finding in damaged["findings"]] == [("unreadable", "block")]


def test_nothing_readable_is_2(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "damaged.pdf").write_bytes(b"%PDF-1.4 nothing")
    done = screen(tmp_path / "damaged.pdf", "--json")
    assert done.returncode == 2
    assert answers(done)["damaged.pdf"]["verdict"] == "unreadable"
    assert "Traceback" not in done.stderr
    (tmp_path / "empty").mkdir()
    assert screen(tmp_path / "empty").returncode == 2


@pytest.mark.parametrize("arguments", [(), ("no-such-file",), ("--no-such-option", ".")])
def test_bad_usage_is_2(arguments: tuple[str, ...]) -> None:
    done = screen(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("错误：")


def test_an_archive_is_one_entry_and_names_its_member(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(corpus.zipped({"甲.txt": PHONE.encode(), "乙.txt": "示例".encode()}))
    (answer,) = json.loads(screen(tmp_path / "a.zip", "--json").stdout)["files"]
    assert [finding["where"]["member"] for finding in answer["findings"]] == ["甲.txt"]


def test_masked_copies_keep_name_and_extension(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert screen(folder, "--mask-to", out).returncode == 1
    assert sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()) == [
        "good.txt",
        "inner/bad.csv",
    ]
    assert screen(out).returncode == 0
    again = screen(folder, "--mask-to", out)
    assert "同名文件" in again.stderr


def test_what_cannot_be_opened_is_answered_and_nothing_outside_is_written(folder: Path, tmp_path: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (folder / "gone.txt").symlink_to("nowhere")
    (folder / "loop").symlink_to(".")
    (folder / "inner" / "good.txt").write_text("另一个示例", encoding="utf-8")
    (folder / "inner" / f"{PHONE}.txt").write_text("示例", encoding="utf-8")
    before = {path for path in tmp_path.rglob("*") if "masked" not in path.parts}
    bad = (folder / "inner" / "bad.csv").read_bytes()
    done = screen(folder, "--json", "--mask-to", folder / f"masked {PHONE}")
    verdicts = {Path(path["path"]).name: path["verdict"] for path in json.loads(done.stdout)["files"]}
    assert {name for name, verdict in verdicts.items() if verdict == "unreadable"} == {"pipe.txt", "gone.txt", "loop"}
    assert done.returncode == 1
    assert PHONE not in done.stdout + done.stderr
    masked = folder / f"masked {PHONE}"
    written = {path.relative_to(masked).as_posix() for path in masked.rglob("*") if path.is_file()}
    assert written == {"good.txt", "inner/bad.csv", "inner/good.txt"}
    assert {path for path in tmp_path.rglob("*") if masked not in (path, *path.parents)} == before
    assert (folder / "inner" / "bad.csv").read_bytes() == bad


def test_it_starts_in_under_half_a_second(folder: Path) -> None:
    def seconds() -> float:
        started = time.perf_counter()
        screen(folder / "good.txt")
        return time.perf_counter() - started

    assert min(seconds() for _ in range(5)) < 0.5


def test_it_needs_no_django(folder: Path) -> None:
    code = (
        "import sys; from gongkai.cli.main import run; code = run(['screen', sys.argv[1]]);"
        "assert not [name for name in sys.modules if name.startswith('django')]; sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder / "good.txt")],
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
