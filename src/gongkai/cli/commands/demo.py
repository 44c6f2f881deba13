"""`gongkai demo`: the sample district, built once per home, then portal and back office on loopback."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from gongkai.cli import chinese, output, serving, start
from gongkai.cli.errors import CommandError
from gongkai.cli.options import json_option

ACCOUNTS = "accounts.json"
DATABASE_FILES = ("db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm", "db.sqlite3-journal")
OWN_FILES = (*DATABASE_FILES, ACCOUNTS, start.UNFINISHED_DEMO, "gongkai.toml", "secret_key")
# What the sample fills; other folders go only when they are empty.
OWN_FOLDERS = ("files", "site")
EMPTY_FOLDERS = ("backups", "log")


@click.command(cls=chinese.Command, help="建立示例区（每个数据目录一次），显示地址和账号，并在本机启动。")
@click.option("--no-serve", is_flag=True, help="只建立，不启动")
@click.option("--port", default=8000, type=click.IntRange(1, 65535), metavar="端口", help="端口，默认 8000")
@click.option("--fresh", is_flag=True, help="先删除本命令以前建立的示例数据")
@json_option
def demo(no_serve: bool, port: int, fresh: bool, as_json: bool) -> None:
    """Build what is missing, say how to get in, serve."""
    home = start.current_home()
    if not no_serve:
        serving.check_port(serving.LOOPBACK, port)
    if fresh and home.demo_stamp.exists():
        remove(home)
    if not home.demo_stamp.exists():
        _build(home)
    else:
        _open(home)
    facts = _facts(home)
    if as_json:
        output.answer_json(facts)
    else:
        _print(facts, serving.address(serving.LOOPBACK, port))
    if not no_serve:
        serving.run(serving.LOOPBACK, port, workers=1)


def remove(home: Any) -> None:
    """Remove what `demo` made, and nothing else that somebody put there; the stamp last."""
    refuse_outside_database(home)
    try:
        for name in OWN_FILES:
            (home.path / name).unlink(missing_ok=True)
        for name in OWN_FOLDERS:
            if (home.path / name).exists():
                shutil.rmtree(home.path / name)
        for name in EMPTY_FOLDERS:
            folder = home.path / name
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        home.demo_stamp.unlink()
    except OSError as error:
        raise CommandError(f"不能删除 {home.path} 里的示例数据：{error.strerror}。") from error


def refuse_outside_database(home: Any) -> None:
    """Raise `CommandError` when the records are not in the home: what is there is not ours to empty."""
    if os.environ.get("GONGKAI_DATABASE_URL") or home.config().get("database_url"):
        raise CommandError(
            "示例数据在另外的数据库里，--fresh 不会清空它。请用 GONGKAI_DATABASE_URL 指定一个空的数据库，并另指定 GONGKAI_HOME。"
        )


def refuse_real_records(home: Any) -> None:
    """Raise `CommandError` when the unfinished home holds an agency that is no sample."""
    if not home.database.exists():
        return
    try:
        with closing(sqlite3.connect(f"file:{home.database}?mode=ro", uri=True)) as database:
            found = database.execute("SELECT count(*) FROM agencies_agency WHERE NOT is_sample").fetchone()[0]
    except sqlite3.Error:
        return  # interrupted before there were tables
    if found:
        raise CommandError(f"{home.path} 里有不是示例的数据，不会改动。请用环境变量 GONGKAI_HOME 指定另一个文件夹。")


def _build(home: Any) -> None:
    """Build the sample in a home that is empty or was left unfinished; the stamp is written last."""
    unfinished = home.path / start.UNFINISHED_DEMO
    if unfinished.exists():
        refuse_real_records(home)
        for name in (*DATABASE_FILES, ACCOUNTS):
            (home.path / name).unlink(missing_ok=True)
    elif any((home.path / name).exists() for name in OWN_FILES):
        raise CommandError(
            f"{home.path} 已经有 gongkai 的数据，不是示例，不会改动。请用环境变量 GONGKAI_HOME 指定另一个文件夹。"
        )
    output.tell(f"正在 {home.path} 建立示例区，约需半分钟……")
    try:
        home.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished.touch()
        home.create()
    except OSError as error:
        raise CommandError(f"不能建立数据目录 {home.path}：{error.strerror}。") from error
    start.set_up_django()
    start.check_database()
    start.bring_up_to_date(home)
    start.claim_database(home)
    accounts = _build_district()
    start.write_private(home.path / ACCOUNTS, json.dumps(accounts, ensure_ascii=False, indent=2) + "\n")
    stamp = {"made_by": "gongkai demo", "note": "示例数据，全部虚构"}
    start.write_private(home.demo_stamp, json.dumps(stamp, ensure_ascii=False, indent=2) + "\n")
    unfinished.unlink()


def _build_district() -> list[dict[str, str]]:
    from django.utils import timezone

    from gongkai.agencies.models import Agency
    from gongkai.exchange.sample import build

    if Agency.objects.exists():
        raise CommandError("数据库里已经有数据，不能建立示例。请用 GONGKAI_DATABASE_URL 指定一个空的数据库。")
    return [asdict(account) for account in build(at=timezone.now())]


def _open(home: Any) -> None:
    """Open a demo that was built before, bringing its database up to date after an upgrade."""
    start.set_up_django()
    start.check_database()
    start.bring_up_to_date(home)
    start.check_identity(home)


def _facts(home: Any) -> dict[str, Any]:
    """What a person or a script needs: agencies with years, accounts with passwords, the database."""
    from gongkai.exchange.sample import agencies_as_json

    try:
        accounts = json.loads((home.path / ACCOUNTS).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{home.path / ACCOUNTS} 读不出来，请用 gongkai demo --fresh 重新建立示例。") from error
    return {"agencies": agencies_as_json(), "accounts": accounts, "database": _database()}


def _database() -> str:
    """Where the records are: the file on SQLite, the address without its password otherwise."""
    from django.db import connection

    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(Path(settings["NAME"]))
    place = f"{settings['HOST']}:{settings['PORT']}" if settings["PORT"] else settings["HOST"]
    return f"{connection.vendor}://{place}/{settings['NAME']}"


def _print(facts: dict[str, Any], base: str) -> None:
    from rich import box
    from rich.table import Table

    from gongkai.agencies.models import Role

    housing = facts["agencies"][0]
    output.answer(f"公开页面：{base}")
    output.answer(f"{housing['name']}：{base}a/{housing['code']}/")
    output.answer(f"工作人员入口：{base}staff/")
    output.answer("机构代码：" + "，".join(f"{agency['name']} {agency['code']}" for agency in facts["agencies"]))
    grid = Table(title="账号（全部虚构）", title_justify="left", box=box.SIMPLE, pad_edge=False)
    for header in ("用户名", "密码", "姓名", "角色", "机构"):
        grid.add_column(header, overflow="fold")
    names = {agency["code"]: agency["name"] for agency in facts["agencies"]}
    for each in facts["accounts"]:
        role = str(Role(each["role"]).label)
        grid.add_row(each["username"], each["password"], each["name"], role, names[each["agency"]])
    output.console().print(grid, markup=False)
