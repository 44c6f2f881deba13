"""Before a command touches the database: the home, Django, and whether the database is the home's and up to date.

The project is named by string only: `project` and `cli` stand side by side (see the levels in pyproject.toml).
"""

from __future__ import annotations

import importlib
import os
import uuid
from typing import TYPE_CHECKING, Any

from gongkai.cli.errors import CommandError

if TYPE_CHECKING:
    from gongkai.accounts.models import Account
    from gongkai.agencies.models import Agency

SETTINGS = "gongkai.project.settings"
INIT = "gongkai init"
# Stands in the home while the sample is being built: a home with it and without the stamp was interrupted.
UNFINISHED_DEMO = "demo.unfinished"


def current_home() -> Any:
    """The home that the environment names, made or not (a `gongkai.project.home.Home`)."""
    return importlib.import_module("gongkai.project.home").current()


def write_private(path: Any, text: str) -> None:
    """Write a file that only its owner can read."""
    importlib.import_module("gongkai.project.home").write_private(path, text)


def set_up_django() -> None:
    """Load the settings and the applications; no database is needed for that."""
    homes = importlib.import_module("gongkai.project.home")
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django  # commands that need no database start without it
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except homes.HomeError as error:
        raise CommandError(str(error)) from error
    except ImproperlyConfigured as error:
        raise CommandError(f"配置有误：{error}") from error
    except ValueError as error:  # dj_database_url: an address that is none
        raise CommandError(f"配置有误，请检查 GONGKAI_DATABASE_URL 和 gongkai.toml：{error}") from error


def open_home() -> Any:
    """Give the home, ready for use: made, its database reachable, migrated and its own.

    Raises `CommandError` with what to do otherwise.
    """
    home = current_home()
    if not home.exists:
        raise CommandError(f"{home.path} 还不是 gongkai 的数据目录，请先运行 {INIT}，或用环境变量 GONGKAI_HOME 指定。")
    refuse_unfinished_demo(home)
    set_up_django()
    check_database()
    if pending_migrations():
        raise CommandError(f"数据库结构还没有更新，请先运行 {INIT}。")
    check_identity(home)
    return home


def check_database() -> None:
    """Raise `CommandError` when the database cannot be reached."""
    from django.db import Error, connection

    try:
        connection.ensure_connection()
    except Error as error:
        reason = str(error).strip().splitlines()[0]
        raise CommandError(f"数据库连接不上，请检查 GONGKAI_DATABASE_URL 和数据库服务：{reason}") from error


def pending_migrations() -> bool:
    """Whether the database lacks a migration, or all of them."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        raise CommandError(f"数据库文件已损坏或不是数据库，请从备份恢复：{reason}") from error


def bring_up_to_date(home: Any) -> None:
    """Bring this home's database to the newest structure; one that another home has claimed is left untouched."""
    from django.core.management import call_command
    from django.db import connection

    from gongkai.audit.models import Installation

    if Installation._meta.db_table in connection.introspection.table_names() and Installation.objects.exists():
        check_identity(home)
    home.close_to_others()
    if pending_migrations():
        call_command("migrate", verbosity=0, interactive=False)


def refuse_unfinished_demo(home: Any) -> None:
    """Raise `CommandError` in a home where building the sample was interrupted: what is there will be thrown away."""
    if (home.path / UNFINISHED_DEMO).exists():
        raise CommandError(
            f"{home.path} 里有没建完的示例数据。请先运行 gongkai demo 建完，或用环境变量 GONGKAI_HOME 指定另一个文件夹。"
        )


def _home_id(home: Any) -> uuid.UUID:
    homes = importlib.import_module("gongkai.project.home")
    try:
        own: uuid.UUID = home.home_id()
    except homes.HomeError as error:
        raise CommandError(str(error)) from error
    return own


def check_identity(home: Any) -> None:
    """Raise `CommandError` unless the database belongs to this home."""
    from gongkai.audit.models import Installation

    known = list(Installation.objects.values_list("home_id", flat=True))
    if not known:
        raise CommandError(f"数据库还没有登记属于哪个数据目录，请先运行 {INIT}。")
    if known != [_home_id(home)]:
        raise CommandError(
            f"这个数据库属于另一个数据目录，不能和 {home.path} 一起使用。请检查 GONGKAI_HOME 和 GONGKAI_DATABASE_URL。"
        )


def claim_database(home: Any) -> None:
    """Record in a database that nobody claimed that it belongs to this home; one of another home is refused."""
    from gongkai.audit.models import Installation

    if not Installation.objects.exists():
        Installation.objects.create(home_id=_home_id(home))
    check_identity(home)


def find_agency(code: str) -> Agency:
    """The agency with a code. Raises `CommandError`."""
    from gongkai.agencies.models import Agency

    agency = Agency.objects.filter(code=code).first()
    if agency is None:
        codes = "、".join(Agency.objects.order_by("position", "code").values_list("code", flat=True)[:20])
        known = f"现有机构：{codes}。" if codes else "数据库里还没有机构。"
        raise CommandError(f"没有代码为「{code}」的机构。{known}")
    return agency


def find_account(username: str) -> Account:
    """The active account with a user name. Raises `CommandError`."""
    from gongkai.accounts.models import Account

    account = Account.objects.filter(username=username, is_active=True).first()
    if account is None:
        raise CommandError(f"没有用户名为「{username}」的账号，或账号已停用。")
    return account
