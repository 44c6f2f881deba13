"""The command starts quickly: nothing but click is loaded before a sub-command runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gongkai import __version__
from gongkai.agencies.models import Role
from gongkai.cli.commands.account import ROLES
from gongkai.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("django", "rich", "openpyxl", "granian", "gongkai.project", "gongkai.exchange")


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["frob"], ["load", "--help"], ["account", "add", "--help"]]
)
def test_start_without_a_database_loads_no_framework(arguments: list[str]) -> None:
    code = (
        "import sys; from gongkai.cli.main import run; run(sys.argv[1:]); "
        "print('loaded:', *sorted({name for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.rpartition("loaded:")[2].split())
    assert "click" in loaded
    assert loaded.isdisjoint(HEAVY)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "gongkai", *arguments],
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "GONGKAI_HOME": "/nonexistent/home"},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


def test_version_is_told_on_stdout() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"gongkai {__version__}\n", "")


def test_help_lists_every_command_in_chinese() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert all(f"  {name} " in done.stdout and text in done.stdout for name, (_place, text) in COMMANDS.items())
    assert "Usage" not in done.stdout


@pytest.mark.parametrize("name", list(COMMANDS))
def test_help_of_every_command_is_there(name: str) -> None:
    done = run(name, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(f"用法：gongkai {name}")
    assert "Show this message" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["frob"], "没有命令「frob」。"),
        (["figures", "--frob"], "没有选项「--frob」。"),
        (["figures", "--year", "2017"], "缺少选项「--agency」。"),
        (["figures", "--agency", "x", "--year", "soon"], "选项「--year」的取值不对：应为2008至2100之间的整数。"),
        (["figures", "--agency", "x", "--year", "1900"], "选项「--year」的取值不对：应为2008至2100之间的整数。"),
        (["figures", "--agency"], "选项「--agency」缺少取值，或不需要取值。"),
        (["serve", "--port", "0"], "选项「--port」的取值不对：应为1至65535之间的整数。"),
        (
            ["account", "add", "--agency", "x", "--role", "king"],
            "选项「--role」的取值不对：应为以下之一：contributor、",
        ),
        (["load"], "请写一个要导入的文件"),
        (["load", "a.xlsx", "--template", "b.xlsx"], "请写一个要导入的文件"),
        (["figures", "--agency", "x", "--year", "2017"], "还不是 gongkai 的数据目录，请先运行 gongkai init"),
        (["report", "--agency", "x", "--year", "2017", "--out", "y"], "还不是 gongkai 的数据目录"),
        (["serve"], "还不是 gongkai 的数据目录"),
        (["load", "a.xlsx"], "还不是 gongkai 的数据目录"),
    ],
)
def test_bad_use_is_one_sentence_on_stderr_and_exit_2(arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_roles_of_account_add_are_those_of_the_ledger() -> None:
    assert tuple(Role.values) == ROLES
