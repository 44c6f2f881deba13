"""`gongkai account`: accounts with their posts, by the same acts as on the screens."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

import click

from gongkai.cli import chinese, output, start
from gongkai.cli.errors import FOUND, CommandError
from gongkai.cli.options import agency_option, json_option
from gongkai.cli.people import make_account, read_password

# The codes of `agencies.models.Role`, written here because help must not import Django; a test compares them.
ROLES = (
    "contributor",
    "department_head",
    "office",
    "leader_in_charge",
    "head",
    "releaser",
    "request_officer",
    "enquiry_officer",
    "auditor",
    "supervisor",
    "system_administrator",
)


@click.group(cls=chinese.Group, help="管理账号。")
def account() -> None:
    """Hold the commands on accounts together."""


@account.command(help="为一名人员开账号并安排岗位。")
@agency_option
@click.option("--role", required=True, type=click.Choice(ROLES), metavar="角色", help="、".join(ROLES))
@click.option("--username", required=True, metavar="用户名", help="登录用的用户名")
@click.option("--name", required=True, metavar="姓名", help="人员姓名")
@click.option("--post", "title", default="", metavar="岗位", help="岗位名称，默认为角色名称")
@click.option("--department", "departments", multiple=True, metavar="股室", help="岗位对应的股室，可以写几次")
@click.option("--from", "from_on", type=click.DateTime(["%Y-%m-%d"]), metavar="日期", help="任职起日，默认为今天")
@click.option("--prompt-password", is_flag=True, help="在终端输入密码；不写则生成随机密码并显示一次")
@json_option
def add(
    agency_code: str,
    role: str,
    username: str,
    name: str,
    title: str,
    departments: tuple[str, ...],
    from_on: dt.datetime | None,
    prompt_password: bool,
    as_json: bool,
) -> None:
    """Open an account with its post."""
    start.open_home()
    from gongkai.rules.refusals import ActRefused

    agency = start.find_agency(agency_code)
    password = read_password() if prompt_password else None
    try:
        made = make_account(
            agency=agency,
            role=role,
            username=username,
            name=name,
            password=password,
            title=title,
            departments=departments,
            from_on=from_on.date() if from_on else None,
        )
    except ActRefused as refused:
        raise CommandError("".join(refusal.sentence for refusal in refused.refusals), code=FOUND) from refused
    if as_json:
        output.answer_json(asdict(made))
    else:
        output.answer(f"用户名：{made.username}  密码：{made.password or '(刚才输入的)'}")
