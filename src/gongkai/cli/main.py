"""The command `gongkai`. Nothing but click is imported until a sub-command runs."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from gettext import gettext as _
from typing import Any

import click

from gongkai import __version__
from gongkai.cli import chinese
from gongkai.cli.errors import FAILED, INTERRUPTED, CommandError

# Command, module and function, what it does in one line.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("gongkai.cli.commands.demo:demo", "建立示例区并在本机启动，用于试用"),
    "init": ("gongkai.cli.commands.init:init", "建立数据目录、数据库和第一个系统管理员，或更新数据库结构"),
    "account": ("gongkai.cli.commands.account:account", "管理账号"),
    "serve": ("gongkai.cli.commands.serve:serve", "启动服务"),
    "tick": ("gongkai.cli.commands.tick:tick", "办理到期的事项，如公示期满"),
    "load": ("gongkai.cli.commands.load:load", "从工作簿导入登记簿，全部正确才保存"),
    "figures": ("gongkai.cli.commands.figures:figures", "统计表"),
    "report": ("gongkai.cli.commands.report:report", "年度报告"),
    "due": ("gongkai.cli.commands.due:due", "计算期限何时届满，逐日说明"),
    "calendar": ("gongkai.cli.commands.calendar:calendar", "工作日历和放假通知"),
    "screen": ("gongkai.cli.commands.screen:screen", "检查文件中的个人信息、密级标志和隐藏内容"),
    "check": ("gongkai.cli.commands.check:check", "校对年度报告"),
    "fee": ("gongkai.cli.commands.fee:fee", "计算收费，先输出金额，再输出算法"),
    "relations": ("gongkai.cli.commands.relations:relations", "按勾稽关系核对一张统计表"),
}
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class LazyGroup(chinese.Group):
    """A group that knows its commands by name and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of a first day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and give a command; None for a name that is no command."""
        if cmd_name not in COMMANDS:
            return None
        module, _colon, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{module}:{name} is no command")
        return command

    def summary(self, ctx: click.Context, name: str) -> str:
        """What a command does, without importing it."""
        return COMMANDS[name][1]


@click.group(cls=LazyGroup, context_settings=CONTEXT, help="政府信息公开工作平台。")
@click.version_option(__version__, prog_name="gongkai", message="%(prog)s %(version)s", help="显示版本")
def cli() -> None:
    """Hold the sub-commands together."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit code (design §11)."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code; whatever goes wrong in use is one sentence on stderr."""
    try:
        with cli.make_context("gongkai", list(sys.argv[1:] if arguments is None else arguments)) as context:
            return int(cli.invoke(context) or 0)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return FAILED
    except click.UsageError as error:
        _usage(error)
        return FAILED
    except click.ClickException as error:
        click.echo(f"错误：{error.format_message()}", err=True)
        return FAILED
    except CommandError as error:
        click.echo(f"错误：{error}", err=True)
        return error.code
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断。", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our answer has gone; leave nothing for the interpreter to flush at its end.
        sys.stdout = None
        return FAILED
    except Exception as error:  # Django may not be loaded, so its error is told apart below; every other goes on
        sentence = _database_sentence(error)
        if sentence is None:
            raise
        click.echo(f"错误：{sentence}", err=True)
        return FAILED


def _database_sentence(error: Exception) -> str | None:
    """What to say when the database is locked, full or gone; None for any other error."""
    if "django.db" not in sys.modules:
        return None
    from django.db import OperationalError

    if not isinstance(error, OperationalError):
        return None
    reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
    return f"数据库出错，命令没有完成：{reason}。请稍后重试；仍不行请检查磁盘空间和数据库服务。"


def _usage(error: click.UsageError) -> None:
    """Say in Chinese what is wrong with the way the command was called, and where help is."""
    click.echo(f"错误：{_sentence(error)}", err=True)
    if error.ctx is not None:
        click.echo(f"查看用法：{error.ctx.command_path} --help", err=True)


def _sentence(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        return f"没有选项「{error.option_name}」。"
    if isinstance(error, click.MissingParameter):
        return f"缺少{_named(error.param)}。"
    if isinstance(error, click.BadOptionUsage):
        return f"选项「{error.option_name}」缺少取值，或不需要取值。"
    if isinstance(error, click.BadParameter):
        return f"{_named(error.param)}的取值不对：{_expected(error)}。"
    unknown = _argument_of(error, _("No such command {name!r}."))
    if unknown:
        return f"没有命令「{unknown}」。"
    return f"用法不对：{error.format_message()}"


def _argument_of(error: click.UsageError, pattern: str) -> str:
    """The name in a message of click that follows a pattern, empty for another message."""
    start, _name, end = pattern.partition("{name!r}")
    message = error.format_message()
    if message.startswith(start) and message.endswith(end):
        return message[len(start) : len(message) - len(end)].strip("'\"")
    return ""


def _named(parameter: click.Parameter | None) -> str:
    if isinstance(parameter, click.Option):
        return f"选项「{'、'.join(parameter.opts)}」"
    return f"参数「{parameter.human_readable_name}」" if parameter is not None else "参数"


def _expected(error: click.BadParameter) -> str:
    kind: Any = error.param.type if error.param is not None else None
    if isinstance(kind, click.IntRange):
        return f"应为{kind.min}至{kind.max}之间的整数"
    if isinstance(kind, click.Choice):
        return f"应为以下之一：{'、'.join(str(choice) for choice in kind.choices)}"
    if isinstance(kind, click.DateTime):
        return "应为日期，例如 2026-01-05"
    if isinstance(kind, click.Path):
        return "没有这个路径，或不是所需的文件或文件夹"
    return error.message.rstrip(".。")
