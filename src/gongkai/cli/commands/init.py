"""`gongkai init`: home, database, and the first system administrator; run again, it brings the database up to date."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from gongkai.cli import chinese, output, start
from gongkai.cli.errors import FOUND, CommandError
from gongkai.cli.options import json_option
from gongkai.cli.people import NewAccount, make_account, read_password

if TYPE_CHECKING:
    from gongkai.agencies.models import Agency

COLUMNS = (("notices", "通知公告"), ("policies", "政策文件"), ("interpretations", "政策解读"))
DEFAULT_AGENCY = ("benjiguan", "本机关")


@click.command(cls=chinese.Command, help="建立数据目录、数据库、机构和第一个系统管理员；已经建立的，只更新数据库结构。")
@click.option("--agency", "agency_code", metavar="代码", help="机构代码：2至32位小写字母、数字或连字符，以后不能更改")
@click.option("--agency-name", metavar="名称", help="机构全称")
@click.option("--credit-code", metavar="18位", help="机构的统一社会信用代码，编索引号时要用")
@click.option("--username", default="admin", metavar="用户名", help="系统管理员的用户名，默认 admin")
@click.option("--name", "person", default="系统管理员", metavar="姓名", help="系统管理员的姓名，默认「系统管理员」")
@click.option("--prompt-password", is_flag=True, help="在终端输入密码；不写则生成随机密码并显示一次")
@json_option
def init(
    agency_code: str | None,
    agency_name: str | None,
    credit_code: str | None,
    username: str,
    person: str,
    prompt_password: bool,
    as_json: bool,
) -> None:
    """Make what is missing, migrate, and open the first account."""
    home = start.current_home()
    start.refuse_unfinished_demo(home)
    try:
        home.create()
    except OSError as error:
        raise CommandError(f"不能建立数据目录 {home.path}：{error.strerror}。") from error
    start.set_up_django()
    start.check_database()
    start.bring_up_to_date(home)
    start.claim_database(home)
    from gongkai.accounts.models import Account

    account = None
    if Account.objects.exists():
        output.tell("数据库结构已是最新，账号没有变化。")
    else:
        password = read_password() if prompt_password else None
        account = _first_account(agency_code, agency_name, credit_code, username, person, password)
    if as_json:
        output.answer_json({"home": str(home.path), "account": asdict(account) if account else None})
        return
    output.answer(f"数据目录：{home.path}")
    if account is not None:
        output.answer(f"系统管理员：{account.username}  密码：{account.password or '（刚才输入的）'}")
        output.tell("密码只显示这一次，请妥善保存。启动服务：gongkai serve")


def _first_account(
    agency_code: str | None,
    agency_name: str | None,
    credit_code: str | None,
    username: str,
    person: str,
    password: str | None,
) -> NewAccount:
    """Create the agency of this installation and the account of its system administrator."""
    from django.db import transaction
    from django.utils import timezone

    from gongkai.agencies.acts import create_agency
    from gongkai.agencies.models import Agency, AgencyKind, Role
    from gongkai.rules.refusals import ActRefused

    code, name = agency_code or DEFAULT_AGENCY[0], agency_name or DEFAULT_AGENCY[1]
    if agency_code is None:
        output.tell(f"没有写 --agency，机构代码取「{code}」，名称取「{name}」；代码以后不能更改。")
    try:
        with transaction.atomic():
            agency = Agency.objects.filter(code=code).first()
            if agency is None:
                agency = create_agency(
                    code=code,
                    name=name,
                    short_name=name[:32],
                    kind=AgencyKind.DEPARTMENT,
                    credit_code=credit_code or None,
                    by=None,
                    at=timezone.now(),
                )
                _first_columns_and_chain(agency)
            return make_account(
                agency=agency,
                role=Role.SYSTEM_ADMINISTRATOR,
                username=username,
                name=person,
                password=password,
            )
    except ActRefused as refused:
        raise CommandError("".join(refusal.sentence for refusal in refused.refusals), code=FOUND) from refused


def _first_columns_and_chain(agency: Agency) -> None:
    """Give a new agency what publishing needs: three columns and the shortest chain, both to be changed later."""
    from django.utils import timezone

    from gongkai.publishing.acts import create_column
    from gongkai.publishing.content import OBJECT_KIND
    from gongkai.review.acts import define_chain
    from gongkai.review.chains import MERGED_STEPS

    at = timezone.now()
    for position, (code, name) in enumerate(COLUMNS, start=1):
        create_column(agency=agency, code=code, name=name, position=position, by=None, at=at)
    define_chain(agency=agency, object_kind=OBJECT_KIND, name="公开信息审核流程", steps=MERGED_STEPS, by=None, at=at)
