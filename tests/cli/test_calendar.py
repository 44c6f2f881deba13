"""`gongkai calendar`: a year's working days; a holiday notice looked over before it is entered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongkai.cli.main import run

NOTICE = """
year = 2027
[[notice]]
title = "示例通知"
published_on = 2026-11-30
days_off = [{off}]
working_weekends = [2027-02-14, 2027-09-26, 2027-10-09]
"""
OFF = (
    "2027-01-01, 2027-02-05, 2027-02-08, 2027-02-09, 2027-02-10, 2027-02-11, 2027-04-05, 2027-05-03, 2027-05-04, "
    "2027-06-09, 2027-09-15, 2027-10-01, 2027-10-04, 2027-10-05, 2027-10-06, 2027-10-07"
)


def asked(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> tuple[str, str]:
    """Run the command, see its exit code, give stdout and stderr."""
    assert run(["calendar", *arguments]) == code
    told = capsys.readouterr()
    return told.out, told.err


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    """A file with a notice for 2027 that agrees with the law."""
    path = tmp_path / "2027.toml"
    path.write_text(NOTICE.format(off=OFF), encoding="utf-8")
    return path


def test_show_gives_the_days_of_a_year_and_its_notices(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(asked(capsys, "show", "2019", "--json")[0])
    assert (told["year"], told["working_days"], told["provisional"]) == (2019, 250, False)
    assert sum(told["by_month"]) == 250
    assert "2019-05-02" in told["days_off"]
    assert "2019-05-05" in told["working_weekends"]
    assert [each["in_force"] for each in told["notices"]] == [False, True]
    out, _ = asked(capsys, "show", "2019")
    assert out.startswith("2019年 工作日250天\n")
    assert "05-02（四）" in out
    assert "（国办发明电〔2019〕3号），2019-03-22公布，现行" in out


def test_show_as_known_on_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(asked(capsys, "show", "2019", "--as-known-on", "2019-03-21", "--json")[0])
    assert "2019-05-02" not in told["days_off"]
    assert [each["in_force"] for each in told["notices"]] == [True, False]


def test_show_marks_a_year_without_a_notice(capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = asked(capsys, "show", "2027")
    assert out.startswith("2027年 工作日254天（暂定）\n")
    assert "录入通知后才是最终的" in out


def test_check_finds_nothing_in_a_good_notice(capsys: pytest.CaptureFixture[str], notice: Path) -> None:
    assert asked(capsys, "check", str(notice)) == ("2027年按此通知有工作日248天。\n没有发现问题。\n", "")
    told = json.loads(asked(capsys, "check", str(notice), "--json")[0])
    assert told == {"year": 2027, "ok": True, "findings": [], "notices": ["《示例通知》"], "working_days": 248}


def test_check_tells_a_fault_and_exits_1(capsys: pytest.CaptureFixture[str], notice: Path) -> None:
    notice.write_text(NOTICE.format(off=OFF.replace("2027-06-09, ", "")), encoding="utf-8")
    out, _ = asked(capsys, "check", str(notice), code=1)
    assert "错误：2027年6月9日是端午节，法定放假，请列入 days_off。\n" in out
    assert "没有发现问题" not in out
    told = json.loads(asked(capsys, "check", str(notice), "--json", code=1)[0])
    assert (told["ok"], told["working_days"]) == (False, None)
    assert told["findings"][0]["grade"] == "fault"


def test_check_tells_a_doubt_and_still_counts(capsys: pytest.CaptureFixture[str], notice: Path) -> None:
    notice.write_text(NOTICE.format(off=OFF + ", 2027-10-08"), encoding="utf-8")
    out, _ = asked(capsys, "check", str(notice), code=1)
    assert out.startswith("请核对：")
    assert "2027年按此通知有工作日247天。" in out


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "读不到文件"), (b"year = \ntitle = 1\n", "第1行不合 TOML 的写法"), (b"\xff\xfe", "不是 UTF-8 文本")],
    ids=["absent", "no TOML", "no UTF-8"],
)
def test_check_of_what_cannot_be_read_is_one_sentence_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes | None, words: str
) -> None:
    path = tmp_path / "notice.toml"
    if content is not None:
        path.write_bytes(content)
    out, err = asked(capsys, "check", str(path), code=2)
    assert out == ""
    assert words in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["show", "1999"], "1999年不在工作日历的范围内"),
        (["show", "soon"], "「soon」不是年份"),
        (["show", "2019", "--as-known-on", "2019"], "--as-known-on 的「2019」不是日期"),
    ],
)
def test_show_of_what_is_no_year_is_one_sentence_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    out, err = asked(capsys, *arguments, code=2)
    assert (out, words in err, err.count("\n")) == ("", True, 1)
