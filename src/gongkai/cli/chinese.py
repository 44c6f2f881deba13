"""Commands and groups whose help is in Chinese; click itself brings no Chinese catalogue."""

from __future__ import annotations

import re
from typing import Any

import click

RANGE = re.compile(r"\[(\d+)<=x<=(\d+)\]")


class _Chinese(click.Command):
    """Headings and the help option in Chinese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is called."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The pieces of the usage line."""
        return [{"COMMAND [ARGS]...": "命令 …"}.get(piece, piece) for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and the commands of a group."""
        options = [parameter for parameter in self.get_params(ctx) if isinstance(parameter, click.Option)]
        found = [row for option in options if (row := option.get_help_record(ctx)) is not None]
        rows = [(names, RANGE.sub(r"（\1至\2）", text.replace("[required]", "（必填）"))) for names, text in found]
        if rows:
            with formatter.section("选项"):
                formatter.write_dl(rows)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows this help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示用法"
        return option


class Command(_Chinese):
    """One command."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[选项]")
        super().__init__(*args, **kwargs)


class Group(_Chinese, click.Group):
    """Several commands under one name."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[选项]")
        super().__init__(*args, **kwargs)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with what each does."""
        with formatter.section("命令"):
            formatter.write_dl([(name, self.summary(ctx, name)) for name in self.list_commands(ctx)])

    def summary(self, ctx: click.Context, name: str) -> str:
        """What a command does, in one line."""
        command = self.get_command(ctx, name)
        return command.get_short_help_str(80) if command is not None else ""
