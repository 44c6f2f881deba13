"""`gongkai fee`: the sum as plain digits first, then how it comes about."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, with no home to go to."""
    return subprocess.run(
        [sys.executable, "-m", "gongkai", "fee", *arguments],
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "GONGKAI_HOME": "/nonexistent/home"},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


ANSWERS = {
    "items 35": "3000",
    "items 10": "0",
    "items --nth 11..35": "3000",
    "items --nth 31": "200",
    "items 35 --on 2020-12-31": "0",
    "items 35 --waived": "0",
    "pages 201": "2740",
    "pages 201 --public": "0",
    "cost --on 2016-05-01 --count search=1 --count a4=11": "7.2",
    "cost --on 2016-05-01 --count a4=10 --rate a4=0.3": "3",
    "cost --on 2016-05-01 --count search=1 --waiver minimum_living": "0",
    "cost --on 2017-04-01 --count search=1": "0",
}


@pytest.mark.parametrize(("arguments", "sum_"), ANSWERS.items(), ids=ANSWERS.keys())
def test_the_sum_stands_first_in_plain_digits(arguments: str, sum_: str) -> None:
    done = run(*arguments.split())
    assert (done.returncode, done.stderr) == (0, "")
    first, *rest = done.stdout.splitlines()
    assert first == sum_
    assert rest[-1].startswith("依据：")


def test_the_steps_follow_the_sum() -> None:
    assert run("items", "35").stdout.splitlines()[1:4] == [
        "第1至10件：10件×0元＝0元",
        "第11至30件：20件×100元＝2000元",
        "第31至35件：5件×200元＝1000元",
    ]


def test_the_answer_for_a_program() -> None:
    answer = json.loads(run("pages", "31", "--json").stdout)
    assert answer["amount"] == 10
    assert answer["steps"][-1] == "第31页：1页×10元＝10元"
    assert json.loads(run("cost", "--on", "2016-05-01", "--count", "a4=1", "--json").stdout)["amount"] == 0.2


REFUSED = {
    "items": "只写一种",
    "items 3 --nth 3": "只写一种",
    "items --nth 5..3": "起不大于止",
    "items --nth 0": "从1起",
    "items --nth x": "应写作第几件至第几件",
    "items many": "应为0至100000之间的整数",
    "pages 100001": "应为0至100000之间的整数",
    "cost --on 2016-05-01 --count a4": "应写作 项目=数",
    "cost --on 2016-05-01 --count a4=x": "「x」不是数",
    "cost --on 2016-05-01 --count tea=1": "没有「tea」这项费用",
    "cost --on tomorrow --count a4=1": "应为日期",
}


@pytest.mark.parametrize(("arguments", "said"), REFUSED.items(), ids=REFUSED.keys())
def test_bad_use_is_one_sentence_and_exit_2(arguments: str, said: str) -> None:
    done = run(*arguments.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
