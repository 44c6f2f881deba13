"""`gongkai figures`: the statistics table of an agency and year, from its records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gongkai.cli import chinese, output, start
from gongkai.cli.errors import FOUND, CommandError
from gongkai.cli.options import agency_option, json_option, year_option

if TYPE_CHECKING:
    from gongkai.agencies.models import Agency
    from gongkai.figures.statutory import Table

DEFAULT_FORMAT = "2014"


@click.command(cls=chinese.Command, help="输出机构一个年度的统计表，数字都由登记簿算出。")
@agency_option
@year_option
@click.option("--format", "format_", default=DEFAULT_FORMAT, metavar="格式", help="统计表格式，默认 2014")
@click.option("--frozen", is_flag=True, help="输出冻结时保存的数字，不重新计算")
@json_option
def figures(agency_code: str, year: int, format_: str, frozen: bool, as_json: bool) -> None:
    """Print the table."""
    start.open_home()
    from gongkai.figures.statutory import compute
    from gongkai.rules.errors import UnknownTable

    agency = start.find_agency(agency_code)
    if frozen:
        _print_frozen(agency, year, as_json=as_json)
        return
    try:
        table = compute([agency], year, format=format_)[agency.pk]
    except UnknownTable as error:
        raise CommandError(str(error)) from error
    if as_json:
        output.answer_json(table.as_json())
    else:
        _print(table)
    for warning in table.warnings:
        output.tell(f"注意：{warning}")


def _print_frozen(agency: Agency, year: int, *, as_json: bool) -> None:
    """Print the figures that stand for a frozen year; a year that is not frozen is a refusal."""
    from gongkai.figures.snapshots import latest

    kept = latest(agency, year)
    if kept is None:
        raise CommandError(f"{year}年度的统计数据还没有冻结。", code=FOUND)
    if not kept.is_whole:
        raise CommandError(f"{year}年度冻结的统计数据与校验码不符，请联系系统管理员从备份恢复。", code=FOUND)
    if as_json:
        output.answer_json(kept.data | {"digest": kept.snapshot.digest, "number": kept.snapshot.number})
        return
    for code, figure in kept.data["figures"].items():
        output.answer(f"{code}\t{figure['name']}\t{figure['value']}")
    output.tell(f"第{kept.snapshot.number}版，校验码 {kept.snapshot.digest}")


def _print(table: Table) -> None:
    """Print the table for people: label, unit, value; a blank stays blank, for blank is not zero."""
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(title=f"{table.agency.name} {table.year}年度 {table.name}", title_justify="left")
    grid.add_column("代码", no_wrap=True)
    grid.add_column("统计指标", min_width=30, overflow="fold")
    grid.add_column("单位", no_wrap=True)
    grid.add_column("统计数", justify="right", no_wrap=True)
    for row in table.rows:
        label = "  " * row.indicator.level + row.indicator.label
        style = "bold" if row.indicator.is_heading else ""
        grid.add_row(row.code, Text(label, style=style), row.indicator.unit, row.text)
    console = output.console()
    console.print(grid, markup=False)
    for note in table.notes:
        console.print(f"注：{note}", markup=False, highlight=False)
