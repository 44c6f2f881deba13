"""A home from its first command on, and the homes and databases that are refused."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests import databases, servers


@pytest.fixture(scope="module")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database for the home: none to name on SQLite, one of this process's own on PostgreSQL."""
    if not servers.on_postgresql():
        yield ""
        return
    name = f"gongkai_home_{os.getpid()}"
    with closing(databases.maintenance()) as server:
        databases.drop(server, name)
        server.execute(f"CREATE DATABASE {name}".encode())
        yield servers.database_url(name)
        databases.drop(server, name)


@pytest.fixture(scope="module")
def made(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, dict[str, str]]]:
    """A home that `init` made, with what it answered."""
    home = tmp_path_factory.mktemp("made") / "home"
    done = servers.gongkai(("init", "--agency", "sl-dw", "--agency-name", "示例单位", "--json"), home, database_url)
    assert (done.returncode, done.stderr) == (0, "")
    return home, json.loads(done.stdout)


pytestmark = pytest.mark.database


def test_init_makes_a_home_with_a_system_administrator(made: tuple[Path, dict[str, dict[str, str]]]) -> None:
    home, answer = made
    account = answer["account"]
    assert (account["username"], account["role"], account["agency"]) == ("admin", "system_administrator", "sl-dw")
    assert len(account["password"]) >= 12
    assert (home / "secret_key").stat().st_mode & 0o777 == 0o600


def test_init_leaves_the_home_to_its_owner_alone(made: tuple[Path, dict[str, dict[str, str]]]) -> None:
    home, _answer = made
    assert home.stat().st_mode & 0o777 == 0o700
    for database in home.glob("db.sqlite3*"):  # none where the database is a server's
        assert database.stat().st_mode & 0o777 == 0o600


def test_serve_for_others_refuses_debug_and_any_host(
    made: tuple[Path, dict[str, dict[str, str]]], database_url: str
) -> None:
    home, _answer = made
    for name, value, said in (("GONGKAI_DEBUG", "1", "GONGKAI_DEBUG"), ("GONGKAI_HOSTS", "*", "hosts")):
        serve = ("serve", "--host", "127.0.0.2", "--port", "8299")
        done = servers.gongkai(serve, home, database_url, **{name: value})
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr


def test_init_again_changes_no_account(made: tuple[Path, dict[str, dict[str, str]]], database_url: str) -> None:
    home, _answer = made
    done = servers.gongkai(("init", "--json"), home, database_url)
    assert done.returncode == 0
    assert json.loads(done.stdout)["account"] is None


def test_account_add_opens_an_account_once(made: tuple[Path, dict[str, dict[str, str]]], database_url: str) -> None:
    home, _answer = made
    arguments = ("account", "add", "--agency", "sl-dw", "--role", "office", "--username", "bgs", "--name", "示例甲")
    done = servers.gongkai((*arguments, "--json"), home, database_url)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["role"] == "office"
    again = servers.gongkai(arguments, home, database_url)
    assert (again.returncode, again.stdout) == (1, "")
    assert "用户名「bgs」已有人使用" in again.stderr


def test_figures_of_an_empty_year_are_blank_with_a_warning(
    made: tuple[Path, dict[str, dict[str, str]]], database_url: str
) -> None:
    home, _answer = made
    done = servers.gongkai(("figures", "--agency", "sl-dw", "--year", "2017", "--json"), home, database_url)
    assert done.returncode == 0
    rows = json.loads(done.stdout)["rows"]
    assert len(rows) == 72
    assert {row["state"] for row in rows} == {"heading", "blank"}
    assert done.stderr.startswith("注意：")


def test_figures_of_an_unknown_agency_is_one_sentence(
    made: tuple[Path, dict[str, dict[str, str]]], database_url: str
) -> None:
    home, _answer = made
    done = servers.gongkai(("figures", "--agency", "nobody", "--year", "2017"), home, database_url)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "错误：没有代码为「nobody」的机构。现有机构：sl-dw。\n"


def test_figures_of_an_unknown_format_is_one_sentence(
    made: tuple[Path, dict[str, dict[str, str]]], database_url: str
) -> None:
    home, _answer = made
    done = servers.gongkai(("figures", "--agency", "sl-dw", "--year", "2017", "--format", "1999"), home, database_url)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


def test_frozen_figures_of_a_year_that_is_not_frozen_are_a_refusal(
    made: tuple[Path, dict[str, dict[str, str]]], database_url: str
) -> None:
    home, _answer = made
    done = servers.gongkai(("figures", "--agency", "sl-dw", "--year", "2017", "--frozen"), home, database_url)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)


def test_report_of_a_year_without_outline_is_a_refusal(
    made: tuple[Path, dict[str, dict[str, str]]], database_url: str, tmp_path: Path
) -> None:
    home, _answer = made
    arguments = ("report", "--agency", "sl-dw", "--year", "2025", "--out", str(tmp_path / "out"))
    done = servers.gongkai(arguments, home, database_url)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert not (tmp_path / "out").exists()


def test_demo_leaves_a_home_alone_that_it_did_not_make(
    made: tuple[Path, dict[str, dict[str, str]]], database_url: str
) -> None:
    home, _answer = made
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.suffix != ".sqlite3"}
    for extra in ((), ("--fresh",)):
        done = servers.gongkai(("demo", "--no-serve", *extra), home, database_url)
        assert (done.returncode, done.stdout) == (2, "")
        assert "不是示例，不会改动" in done.stderr
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_another_home_is_refused_by_commands(
    made: tuple[Path, dict[str, dict[str, str]]], database_url: str, tmp_path: Path
) -> None:
    home, _answer = made
    other = tmp_path / "other"
    shutil.copytree(home, other)
    text = (other / "gongkai.toml").read_text(encoding="utf-8")
    own = next(line for line in text.splitlines() if line.startswith("home_id"))
    changed = 'home_id = "00000000-0000-4000-8000-000000000000"'
    (other / "gongkai.toml").write_text(text.replace(own, changed), encoding="utf-8")
    for arguments in (
        ("figures", "--agency", "sl-dw", "--year", "2017"),
        ("load", str(tmp_path / "none.xlsx")),
        ("serve",),
        ("init",),
    ):
        done = servers.gongkai(arguments, other, database_url)
        assert (done.returncode, done.stdout) == (2, ""), arguments
        assert "这个数据库属于另一个数据目录" in done.stderr


def test_serve_refuses_an_unmigrated_database_with_the_command_to_run(tmp_path: Path) -> None:
    from gongkai.project.home import Home

    home = Home(tmp_path / "home")
    home.create()
    done = servers.gongkai(("serve",), home.path, "")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "错误：数据库结构还没有更新，请先运行 gongkai init。\n"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://nobody@127.0.0.1:1/none", "数据库连接不上"),
        ("mysql://nobody@127.0.0.1/none", "配置有误"),
        ("nonsense", "配置有误"),
    ],
)
def test_unreachable_database_is_one_sentence(tmp_path: Path, url: str, said: str) -> None:
    from gongkai.project.home import Home

    home = Home(tmp_path / "home")
    home.create()
    done = servers.gongkai(("figures", "--agency", "x", "--year", "2017"), home.path, url)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert said in done.stderr


def test_broken_database_file_is_one_sentence(tmp_path: Path) -> None:
    from gongkai.project.home import Home

    home = Home(tmp_path / "home")
    home.create()
    home.database.write_bytes(b"no database" * 1000)
    done = servers.gongkai(("figures", "--agency", "x", "--year", "2017"), home.path, "")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


def test_template_is_written_without_a_home(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    done = servers.gongkai(("load", "--template", str(path)), tmp_path / "none", "")
    assert (done.returncode, done.stdout) == (0, f"{path}\n")
    assert path.stat().st_size > 0
    assert not (tmp_path / "none").exists()
    again = servers.gongkai(("load", "--template", str(path)), tmp_path / "none", "")
    assert (again.returncode, "已经存在" in again.stderr) == (2, True)


def run_in(home: Path, database_url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a home."""
    return servers.gongkai(arguments, home, database_url)


def test_load_answers_on_stdout_and_faults_on_stderr(
    made: tuple[Path, dict[str, dict[str, str]]], database_url: str, tmp_path: Path
) -> None:
    home, _answer = made
    path = tmp_path / "empty.xlsx"
    assert run_in(home, database_url, "load", "--template", str(path)).returncode == 0
    untouched = run_in(home, database_url, "load", str(path))
    assert (untouched.returncode, untouched.stdout) == (0, "没有可导入的内容，数据没有变化。\n")
    missing = run_in(home, database_url, "load", str(tmp_path / "none.xlsx"), "--json")
    assert missing.returncode == 2
    assert json.loads(missing.stdout)["saved"] is False
    assert f"没有文件 {tmp_path / 'none.xlsx'}。" in missing.stderr
    nobody = run_in(home, database_url, "load", str(path), "--by", "nobody")
    assert (nobody.returncode, nobody.stdout) == (2, "")
