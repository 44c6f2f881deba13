"""`gongkai due`: the contract that officers and other programs rely on."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import pytest

from gongkai.cli.main import run

KEYS = {"rule", "regime", "variant", "from", "due_on", "provisional", "plan_by", "basis", "settings", "notes", "steps"}


def asked(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> tuple[str, str]:
    """Run the command, see its exit code, give stdout and stderr."""
    assert run(["due", *arguments]) == code
    told = capsys.readouterr()
    return told.out, told.err


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """The JSON answer."""
    out, err = asked(capsys, *arguments, "--json")
    assert err == ""
    return json.loads(out)


def test_the_answer_has_the_fields_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    told = answer(capsys, "Q-11", "--from", "2025-03-03", "--exclude", "2025-03-10..2025-03-24")
    assert set(told) == KEYS
    assert (told["rule"], told["regime"], told["from"], told["due_on"]) == ("Q-11", "711", "2025-03-03", "2025-04-15")
    assert told["provisional"] is False
    assert "《政府信息公开条例》（国务院令第711号修订）第三十三条第二款" in told["basis"]
    assert told["settings"] == {"request_start_day": "excluded", "exclusion_interval": "after_first_through_last"}
    assert told["steps"][0] == {"date": "2025-03-03", "counts": False, "n": 0, "why": "起算日，不计入"}
    assert told["steps"][-1] == {"date": "2025-04-15", "counts": True, "n": 20, "why": "星期二，工作日"}


DATES: dict[str, tuple[Sequence[str], str]] = {
    "regime by date": (["Q-11", "--from", "2019-05-14"], "2019-06-04"),
    "regime auto": (["Q-11", "--from", "2019-05-15", "--regime", "auto"], "2019-06-13"),
    "regime named": (["Q-11", "--from", "2019-05-14", "--regime", "711"], "2019-06-12"),
    "as known before the revision": (["Q-11", "--from", "2019-04-11", "--as-known-on", "2019-03-21"], "2019-05-03"),
    "as known after it": (["Q-11", "--from", "2019-04-11", "--as-known-on", "2019-03-22"], "2019-05-05"),
    "variant": (["A-05", "--from", "2025-03-18", "--variant", "simplified"], "2025-04-17"),
    "extended without a notice": (["Q-11", "--from", "2025-03-03", "--extend"], "2025-04-28"),
    "extended by a notice": (["Q-11", "--extend", "2025-03-31", "--from", "2025-03-03"], "2025-04-28"),
    "extension before another option": (["Q-11", "--extend", "--from", "2025-03-03"], "2025-04-28"),
    "Q-12 with and without": (["Q-12", "--from", "2025-03-03", "--extend"], "2025-04-28"),
    "restarted": (["Q-11", "--from", "2025-04-21", "--restart", "2025-05-12"], "2025-06-10"),
    "two overlapping exclusions": (
        ["Q-11", "--from", "2025-03-03", "--exclude", "2025-03-10..2025-03-20", "--exclude", "2025-03-14..2025-03-24"],
        "2025-04-15",
    ),
    "hours": (["I-05", "--from", "2025-05-01T22:30"], "2025-05-02T03:30"),
    "an instant for a limit in days": (["Q-11", "--from", "2017-03-01T16:30"], "2017-03-22"),
}


@pytest.mark.parametrize(("arguments", "until"), DATES.values(), ids=DATES.keys())
def test_due_by_its_options(capsys: pytest.CaptureFixture[str], arguments: Sequence[str], until: str) -> None:
    assert answer(capsys, *arguments)["due_on"] == until


def test_a_rule_without_a_number_is_null_with_the_reason(capsys: pytest.CaptureFixture[str]) -> None:
    told = answer(capsys, "P-02", "--from", "2025-03-03")
    assert (told["due_on"], told["why"]) == (None, "条例没有规定天数，应当及时。")
    assert asked(capsys, "P-02", "--from", "2025-03-03")[0].startswith("没有日期：条例没有规定天数，应当及时。\n")


def test_a_year_without_a_notice_is_provisional(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "P-01", "--from", "2027-01-20")["provisional"] is True
    assert "暂定：" in asked(capsys, "P-01", "--from", "2027-01-20")[0]


def test_people_read_the_day_first_then_how_it_came_about(capsys: pytest.CaptureFixture[str]) -> None:
    out, err = asked(capsys, "Y-01", "--from", "2025-12-31")
    assert err == ""
    lines = out.splitlines()
    assert lines[0] == "2026-01-31"
    assert "此前最后一个工作日是2026-01-30（星期五）" in out
    assert "依据：《政府信息公开条例》（国务院令第711号修订）第四十九条第一款" in lines
    assert "设置：固定日期遇休息日（fixed_date_on_day_off）＝不顺延，应在此前最后一个工作日完成" in lines


def test_list_has_every_rule_with_its_variants(capsys: pytest.CaptureFixture[str]) -> None:
    listed = {each["rule"]: each for each in answer(capsys, "--list")}
    assert len(listed) == 116
    assert listed["A-05"]["variants"] == ["ordinary", "simplified", "extended"]
    assert listed["Q-12"]["variants"] == ["extended", "notice"]
    assert listed["P-01"]["variants"] == []
    assert listed["Q-11"]["changes"] == ["end", "exclude", "extend", "replace", "restart"]
    out, _ = asked(capsys, "--list")
    assert out.splitlines()[0] == "P-01  主动公开"
    assert len(out.splitlines()) == 116


def test_every_listed_rule_and_variant_can_be_asked(capsys: pytest.CaptureFixture[str]) -> None:
    for each in answer(capsys, "--list"):
        for variant in each["variants"] or [""]:
            told = answer(capsys, each["rule"], "--from", "2024-03-01T09:00", "--variant", variant)
            assert (told["due_on"] is None) is ("why" in told)
            assert told["basis"]


WRONG: dict[str, tuple[Sequence[str], str]] = {
    "no rule": ([], "请写明规则编号"),
    "no start": (["Q-11"], "请用 --from 写明起算之日，Q-11自收到申请之日起算"),
    "unknown rule": (["Q-99", "--from", "2025-03-03"], "没有编号为「Q-99」的期限规则"),
    "unknown variant": (["A-05", "--from", "2025-03-03", "--variant", "x"], "A-05没有「x」这种情形"),
    "no such day": (["Q-11", "--from", "2025-02-30"], "--from 的「2025-02-30」不是日期"),
    "no such time": (["I-05", "--from", "2025-02-03T25:00"], "--from 的「2025-02-03T25:00」不是日期和时刻"),
    "a date in another form": (["Q-11", "--from", "20250303"], "--from 的「20250303」不是日期"),
    "out of range": (["Q-11", "--from", "1999-03-03"], "1999年3月3日不在工作日历的范围内"),
    "end out of range": (["Q-11", "--from", "2035-12-25"], "超出了工作日历的范围"),
    "half an interval": (["Q-11", "--from", "2025-03-03", "--exclude", "2025-03-10"], "应写作 A..B"),
    "an open interval": (["Q-11", "--from", "2025-03-03", "--exclude", "2025-03-10.."], "--exclude 的「」不是日期"),
    "end before start": (
        ["Q-11", "--from", "2025-03-03", "--exclude", "2025-03-24..2025-03-10"],
        "扣除期间的结束日2025年3月10日早于开始日2025年3月24日",
    ),
    "restart before start": (["Q-11", "--from", "2025-03-03", "--restart", "2025-03-02"], "重新起算日2025年3月2日早于"),
    "late extension": (["Q-11", "--from", "2025-03-03", "--extend", "2025-04-01"], "期限届满后不能延长"),
    "second extension": (["Q-11", "--from", "2025-03-03", "--extend", "--extend", "2025-03-20"], "期限只能延长一次"),
    "no extension here": (["P-01", "--from", "2025-03-03", "--extend"], "没有延长的规定"),
    "hours from a day": (["I-05", "--from", "2025-05-01"], "I-05按小时计算，请写明起算的时刻"),
}


@pytest.mark.parametrize(("arguments", "words"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_computed_is_one_sentence_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], arguments: Sequence[str], words: str
) -> None:
    out, err = asked(capsys, *arguments, "--json", code=2)
    assert out == ""
    assert err.startswith("错误：")
    assert words in err
    assert err.count("。") == err.count("\n") == 1


def test_due_starts_without_django_or_rich() -> None:
    code = (
        "import sys; from gongkai.cli.main import run; run(sys.argv[1:]); "
        "sys.exit(bool({'django', 'rich'} & {name.partition('.')[0] for name in sys.modules}))"
    )
    command = [sys.executable, "-c", code, "due", "Q-11", "--from", "2025-03-03"]
    assert subprocess.run(command, capture_output=True).returncode == 0
