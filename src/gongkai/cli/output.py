"""Answers go to stdout, everything else to stderr."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

PAGE_WIDTH = 110  # columns of a table that goes to a file or a pipe


def answer(text: str) -> None:
    """Print a line of the answer."""
    click.echo(text)


def answer_json(data: Any) -> None:
    """Print the answer for a program: one JSON document, Chinese as it is."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def tell(text: str) -> None:
    """Say something that is not the answer."""
    click.echo(text, err=True)


def console() -> Console:
    """A console for tables on stdout, as wide as the terminal, or as a page when there is none."""
    from rich.console import Console  # only commands that print tables need it

    terminal = Console(highlight=False)
    return terminal if terminal.is_terminal else Console(width=PAGE_WIDTH, highlight=False)
