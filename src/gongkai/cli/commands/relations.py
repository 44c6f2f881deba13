"""`gongkai relations`: any statistics table against the relations of its format."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongkai.cli import chinese, output
from gongkai.cli.errors import FOUND, CommandError
from gongkai.cli.options import json_option

if TYPE_CHECKING:
    from gongkai.rules.relations import Result
    from gongkai.rules.shapes import TableFile

LARGEST_FILE = 5_000_000
GRADES = {"certain": "错误", "plausible": "提示", "local": "提示（地方表式）"}


@click.command(
    cls=chinese.Command,
    help="按勾稽关系核对一张统计表。退出码：0 没有必须成立而不成立的关系，1 有，2 没有做成。",
)
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--format", "format_", metavar="格式", help="2014、2019 或 2021，文件自己写明格式的可以不写")
@click.option("--previous", metavar="文件", type=click.Path(path_type=Path), help="上一年度的统计表，形式相同")
@click.option(
    "--rulemaking/--no-rulemaking",
    default=None,
    help="本机关有或没有规章制定权，县级机关没有；不写则涉及规章的关系不作核对",
)
@json_option
def relations(file: Path, format_: str | None, previous: Path | None, rulemaking: bool | None, as_json: bool) -> int:
    """Check the table."""
    from gongkai.rules.errors import RulesError
    from gongkai.rules.relations import check

    facts = {} if rulemaking is None else {"no_rulemaking_power": not rulemaking}
    try:
        table = _read(file, format_)
        before = None if previous is None else _read_previous(previous, table)
        result = check(
            table.values,
            table.format,
            before.values if before else None,
            previous_format=before.format if before else None,
            facts=facts,
            labels=table.labels,
        )
    except RulesError as error:
        raise CommandError(str(error)) from error
    if as_json:
        output.answer_json(as_object(result))
    else:
        _print(result, table.format)
    return FOUND if result.has_error else 0


def as_object(result: Result) -> dict[str, Any]:
    """The result as the command line prints it (stable contract)."""
    return {
        "failed": [
            {
                "id": each.id,
                "grade": each.grade,
                "cells": list(each.cells),
                "expected": _number(each.expected),
                "found": _number(each.found),
                "suspects": list(each.suspects),
            }
            for each in result.failed
        ],
        "not_evaluated": [{"id": each.id, "why": each.why} for each in (*result.not_evaluated, *result.beyond)],
    }


def _number(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else value


def _read_previous(path: Path, table: TableFile) -> TableFile:
    """Read last year's table, which may be of the format before this one and then says so itself."""
    from gongkai.rules.shapes import read_table

    data = _load(path)
    own = data.get("format") if isinstance(data, dict) else None
    before = read_table(data, own if isinstance(own, str) else table.format)
    if table.year is not None and before.year is not None and before.year != table.year - 1:
        raise CommandError(f"{path} 是{before.year}年度的统计表，不是{table.year - 1}年度的，请换上一年度的统计表。")
    return before


def _read(path: Path, format_: str | None) -> TableFile:
    from gongkai.rules.shapes import read_table

    return read_table(_load(path), format_)


def _load(path: Path) -> object:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise CommandError(f"{path} 太大，不像一张统计表，请核对。")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} 不是 UTF-8 编码的文本，请另存为 UTF-8 后重试。") from error
    except OSError as error:
        raise CommandError(f"读不到 {path}：{error.strerror}。") from error
    try:
        return json.loads(text, parse_float=Decimal, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        where = f"（第{error.lineno}行）" if isinstance(error, json.JSONDecodeError) else ""
        raise CommandError(f"{path} 不是正确的 JSON{where}，请核对。") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; one that names a key twice would silently lose a number."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = sorted({key for key, _value in pairs if [each for each, _ in pairs].count(key) > 1})
        raise CommandError(f"文件里「{'、'.join(twice)}」写了两次，请核对。")
    return found


def _print(result: Result, format_: str) -> None:
    """Print for people: one paragraph for each failure, then what was not checked."""
    for each in result.failed:
        output.answer(f"{each.id} {GRADES[each.grade]}：{each.sentence}")
        found = "未填" if each.found is None else each.found
        output.answer(f"  现为：{found}；要求：{each.expected}")
        output.answer(f"  {'先核对' if each.suspects else '所在'}：{_places(each.suspects or each.cells, format_)}")
    if not result.failed:
        output.answer("没有发现不成立的关系。")
    for blank in result.not_evaluated:
        output.tell(f"{blank.id} 未核对：{blank.why}")
    if result.beyond:
        output.tell(f"另有 {'、'.join(each.id for each in result.beyond)} 要对照正文、记录或者表式，不在此核对。")


def _places(codes: tuple[str, ...], format_: str) -> str:
    """The names of cells with their codes; of many, the first ones."""
    from gongkai.rules import indicators

    known = indicators.table(format_).by_code
    named = []
    for code in codes[:6]:
        inner = code.removeprefix("previous[").removesuffix("]")
        where = "上年 " if inner != code else ""
        named.append(f"{where}{inner} {known[inner].name}" if inner in known else f"{where}{inner}")
    return "；".join(named) + (f"；等{len(codes)}格" if len(codes) > 6 else "")
