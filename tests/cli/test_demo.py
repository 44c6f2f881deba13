"""The sample district from the command line."""

from __future__ import annotations

import json
import shutil
import sqlite3
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from gongkai.agencies.models import Role
from gongkai.cli.commands.demo import remove
from gongkai.cli.errors import CommandError
from gongkai.project.home import Home
from tests import servers


def test_demo_answers_agencies_accounts_and_database(demo_home: servers.Demo) -> None:
    first = demo_home.agencies[0]
    assert (first["code"], first["years"][0]) == ("sl-zfbz", 2017)
    assert all(set(agency["years"]) - {2017} for agency in demo_home.agencies)
    assert all(set(agency) == {"code", "name", "years"} for agency in demo_home.agencies)
    assert {person.role for person in demo_home.people} == set(Role.values)
    accounts = json.loads((demo_home.home / "accounts.json").read_text(encoding="utf-8"))
    assert [account["password"] for account in accounts] == [person.password for person in demo_home.people]
    assert (demo_home.home / "accounts.json").stat().st_mode & 0o777 == 0o600
    assert (demo_home.home / "demo.json").exists()
    assert not (demo_home.home / "demo.unfinished").exists()


def test_figures_of_the_sample_year_are_the_contract_s(site: servers.Site) -> None:
    done = site.run("figures", "--agency", site.agency, "--year", "2017", "--format", "2014", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    table = json.loads(done.stdout)
    assert (table["year"], table["format"], table["variant"], table["status"]) == (
        2017,
        "2014",
        "shandong-2017",
        "live",
    )
    assert len(table["rows"]) == 72
    assert sum(row["value"] is not None for row in table["rows"]) == 65
    assert {row["state"] for row in table["rows"]} == {"heading", "counted", "confirmed_zero"}
    as_people_read = site.run("figures", "--agency", site.agency, "--year", "2017")
    assert "注：" in as_people_read.stdout


def test_report_of_the_sample_year_is_written(site: servers.Site, tmp_path: Path) -> None:
    done = site.run("report", "--agency", site.agency, "--year", "2017", "--out", str(tmp_path / "out"))
    assert (done.returncode, done.stderr) == (0, "")
    kinds = ("docx", "pdf", "xlsx", "html", "json")
    assert [Path(line).name for line in done.stdout.splitlines()] == [f"report.{kind}" for kind in kinds]
    assert all(Path(line).stat().st_size for line in done.stdout.splitlines())


def test_served_sample_answers_on_loopback(site: servers.Site) -> None:
    with urllib.request.urlopen(site.base_url, timeout=30) as answer:  # noqa: S310  # our own address
        assert answer.status == 200
        assert "示例" in answer.read().decode("utf-8")


def test_serve_refuses_a_demo_home_without_sample(demo_home: servers.Demo) -> None:
    done = servers.gongkai(("serve",), demo_home.home, "")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--sample" in done.stderr


def test_serve_refuses_the_sample_that_lost_its_stamp(demo_home: servers.Demo, tmp_path: Path) -> None:
    if servers.on_postgresql():
        pytest.skip("only on SQLite: a copied home brings its own database file")
    home = tmp_path / "home"
    shutil.copytree(demo_home.home, home)
    (home / "demo.json").unlink()
    done = servers.gongkai(("serve", "--sample"), home, "")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert "demo.json" in done.stderr


def test_serve_on_a_taken_port_is_one_sentence(site: servers.Site) -> None:
    port = site.base_url.rpartition(":")[2]
    done = site.run("serve", "--sample", "--port", port)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert "--port" in done.stderr


def test_demo_interrupted_is_built_anew(demo_home: servers.Demo, tmp_path: Path) -> None:
    if servers.on_postgresql():
        pytest.skip("only on SQLite: an unfinished build is thrown away with its file")
    home = tmp_path / "home"
    shutil.copytree(demo_home.home, home)
    (home / "demo.json").rename(home / "demo.unfinished")
    done = servers.gongkai(("demo", "--no-serve", "--json"), home, "")
    assert done.returncode == 0, done.stderr
    rebuilt = json.loads(done.stdout)
    assert rebuilt["agencies"] == demo_home.agencies
    assert rebuilt["accounts"][0]["password"] != demo_home.people[0].password
    again = servers.gongkai(("demo", "--no-serve", "--json"), home, "")
    assert json.loads(again.stdout) == rebuilt


def test_demo_fresh_removes_what_demo_made_and_nothing_else(
    demo_home: servers.Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GONGKAI_DATABASE_URL", raising=False)  # the tests' own server, not the operator's choice
    home = Home(tmp_path / "home")
    shutil.copytree(demo_home.home, home.path)
    (home.path / "note.txt").write_text("kept", encoding="utf-8")
    (home.path / "backups" / "mine.tar").write_text("kept", encoding="utf-8")
    remove(home)
    assert sorted(path.name for path in home.path.iterdir()) == ["backups", "note.txt"]
    assert (home.path / "backups" / "mine.tar").exists()


def test_demo_fresh_leaves_a_home_alone_whose_records_are_elsewhere(
    demo_home: servers.Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "home")
    shutil.copytree(demo_home.home, home.path)
    monkeypatch.setenv("GONGKAI_DATABASE_URL", "postgresql:///elsewhere")
    with pytest.raises(CommandError, match="另外的数据库"):
        remove(home)
    assert home.demo_stamp.exists()
    assert home.secret_key_file.exists()


def test_an_unfinished_demo_is_refused_by_init_and_serve(demo_home: servers.Demo, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(demo_home.home, home)
    (home / "demo.json").rename(home / "demo.unfinished")
    for command in ("init", "serve"):
        done = servers.gongkai((command,), home, "")
        assert (done.returncode, done.stdout) == (2, "")
        assert "没建完的示例" in done.stderr


def test_demo_keeps_an_unfinished_home_that_holds_real_records(demo_home: servers.Demo, tmp_path: Path) -> None:
    if servers.on_postgresql():
        pytest.skip("only on SQLite: the home's own database file is looked at")
    home = tmp_path / "home"
    shutil.copytree(demo_home.home, home)
    (home / "demo.json").rename(home / "demo.unfinished")
    with closing(sqlite3.connect(home / "db.sqlite3")) as database, database:
        database.execute("UPDATE agencies_agency SET is_sample = 0 WHERE code = 'sl-zfbz'")
    done = servers.gongkai(("demo", "--no-serve"), home, "")
    assert (done.returncode, done.stdout) == (2, "")
    assert (home / "db.sqlite3").exists()
