"""Accounts opened at the command line, each with a post."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from gongkai.cli.errors import CommandError

if TYPE_CHECKING:
    from gongkai.agencies.models import Agency


@dataclass(frozen=True)
class NewAccount:
    """An account that was opened; `password` is empty when the operator chose it."""

    username: str
    name: str
    role: str
    agency: str
    password: str


def read_password() -> str:
    """Ask for a password twice. Raises `CommandError` without a terminal."""
    if not sys.stdin.isatty():
        raise CommandError("没有终端，不能输入密码；不写 --prompt-password 时生成随机密码。")
    return str(click.prompt("密码", hide_input=True, confirmation_prompt="再输入一次", err=True))


def make_account(
    *,
    agency: Agency,
    role: str,
    username: str,
    name: str,
    password: str | None,
    title: str = "",
    departments: Sequence[str] = (),
    from_on: dt.date | None = None,
) -> NewAccount:
    """Open an account and appoint its officer to a post, in one transaction; a random password where none is given.

    The post is the agency's with that role and title, or a new one. Raises `ActRefused`, and `CommandError` for an
    unknown department or a password that is too weak.
    """
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.db import transaction
    from django.utils import timezone

    from gongkai.accounts.models import Account
    from gongkai.agencies.acts import add_officer, add_post, appoint
    from gongkai.agencies.models import Post, Role
    from gongkai.exchange.sample import make_password

    at = timezone.now()
    chosen = password or make_password()
    try:
        validate_password(chosen, Account(username=username, name=name))
    except ValidationError as error:
        raise CommandError("密码不合要求：" + "".join(error.messages)) from error
    found = {department.name: department for department in agency.departments.filter(name__in=departments)}
    if missing := [each for each in departments if each not in found]:
        raise CommandError(f"机构「{agency.name}」没有股室「{missing[0]}」。")
    label = title or str(Role(role).label)
    own = list(found.values())
    with transaction.atomic():
        officer = add_officer(
            agency=agency,
            name=name,
            department=own[0] if own else None,
            username=username,
            password=chosen,
            by=None,
            at=at,
        )
        post = Post.objects.filter(agency=agency, role=role, title=label).first()
        if post is None:
            post = add_post(agency=agency, role=role, title=label, departments=own, by=None, at=at)
        elif set(post.departments.all()) != set(own):
            names = "、".join(department.name for department in post.departments.all()) or "全部股室"
            raise CommandError(
                f"机构已有岗位「{label}」，负责{names}，与这里的股室不同。请用 --title 写一个能区分的岗位名称。"
            )
        appoint(post=post, officer=officer, from_on=from_on or timezone.localdate(at), by=None, at=at)
    return NewAccount(username, name, str(role), agency.code, "" if password else chosen)
