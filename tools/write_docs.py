"""Write the generated pages of docs/reference: commands, indicators, settings, registers, the law.

    python tools/write_docs.py [--check]

`--check` writes nothing and exits 1 when a page is not as the program is.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click
import django

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
NOTE = "<!-- 本页由 make docs 生成，请勿手工修改。 -->\n\n"


def pages() -> dict[str, Callable[[], str]]:
    """The generated pages: file name and the function that gives its text."""
    from tools import docs_checks, docs_law, docs_outcomes, docs_screening  # needs the repository on the path

    return {
        "commands.md": commands,
        "indicators.md": indicators,
        "settings.md": settings,
        "registers.md": registers,
        **docs_checks.pages(),
        **docs_law.pages(),
        **docs_outcomes.pages(),
        **docs_screening.pages(),
    }


def commands() -> str:
    """Every command with what it does, its arguments and options, as `--help` has them."""
    from gongkai.cli.main import cli  # needs the source tree on the path

    parts = [
        "# 命令\n",
        "标准输出只有答案，其余写到标准错误。退出码：0 完成，没有要报告的；1 做完了，有发现，或被规则拒绝；"
        "2 没有做成（用法不对、读不到文件、数据有错）。\n",
        "输出数据的命令都可加 `--json`。`CODE` 是机构代码。\n",
    ]
    context = click.Context(cli, info_name="gongkai")
    for path, command, its_context in walk(cli, context):
        parts.append(f"## {path}\n")
        parts.append(f"{(command.help or '').strip()}\n")
        parts.append(f"```\n{' '.join([path, *command.collect_usage_pieces(its_context)])}\n```\n")
        rows = [record for parameter in command.get_params(its_context) if (record := row(parameter, its_context))]
        if rows:
            parts.append(table(("参数", "说明"), rows))
    return NOTE + "\n".join(parts)


def walk(group: click.Group, context: click.Context) -> Iterable[tuple[str, click.Command, click.Context]]:
    """Every command below a group with its full name, in the order in which the group lists them."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        its_context = click.Context(command, info_name=name, parent=context)
        if isinstance(command, click.Group):
            yield from walk(command, its_context)
        else:
            yield its_context.command_path, command, its_context


def row(parameter: click.Parameter, context: click.Context) -> tuple[str, str] | None:
    """How a parameter is written and what it says of itself; nothing for `--help`."""
    if isinstance(parameter, click.Argument):
        said = str(getattr(parameter, "help", None) or "")
        return (f"`{parameter.make_metavar(context)}`", said) if said else None  # the usage line names it
    record = parameter.get_help_record(context)
    if record is None or not isinstance(parameter, click.Option) or "--help" in parameter.opts:
        return None
    extra = parameter.get_help_extra(context)
    notes = ["必填"] if "required" in extra else []
    notes += [f"默认 {extra['default']}"] if "default" in extra else []
    return f"`{record[0]}`", (parameter.help or "") + (f"（{'；'.join(notes)}）" if notes else "")


def indicators() -> str:
    """Every row of every statistics table that is built in."""
    from gongkai.periods.registers import REGISTERS  # needs Django
    from gongkai.rules.indicators import table as indicator_table

    found = indicator_table("2014")
    rows = [
        (
            each.code,
            each.label,
            each.unit or "—",
            str(REGISTERS[each.register].label) if each.register else "—",
            each.deciding_day or "—",
            each.definition or "—",
        )
        for each in found.indicators
    ]
    return (
        f"{NOTE}# 统计指标\n\n## {found.name}（{found.format}格式，{found.variant}）\n\n"
        f"依据：{found.basis}\n\n{found.note}\n\n"
        + table(("代码", "指标", "单位", "登记簿", "归属年度的日期", "统计什么"), rows)
    )


def settings() -> str:
    """Every named setting."""
    from gongkai.lawbook.settings import SETTINGS  # needs Django

    kinds = {bool: "是/否", int: "整数", str: "文字"}
    parts = [
        "# 规则设置\n\n法律没有写明、各单位做法不同的，是有名称的设置，自某一年起生效，直到以后的年度另行设置。"
        "取值不是默认值时，说明印在统计表下面。\n",
    ]
    for setting in SETTINGS.values():
        default = {True: "是", False: "否"}.get(setting.default, setting.default)
        facts = (
            ("名称", setting.label),
            ("类型", kinds[setting.kind]),
            ("默认值", default),
            ("说明", setting.note),
            ("为什么是设置", setting.basis),
        )
        parts.append(f"## {setting.name}\n\n" + "\n".join(f"- {name}：{value}" for name, value in facts) + "\n")
    return NOTE + "\n".join(parts)


def registers() -> str:
    """Every register, with the rows that count it."""
    from gongkai.figures.definitions import RESPONSE_REGISTERS, RESPONSE_ROWS, RESPONSES_SETTING  # needs Django
    from gongkai.periods.registers import REGISTERS
    from gongkai.rules.indicators import table as indicator_table

    def counted_in(code: str) -> str:
        counted = [each.code for each in indicator_table("2014").values if each.register == code]
        if not counted and code in RESPONSE_REGISTERS:
            return f"{'、'.join(sorted(RESPONSE_ROWS))}（`{RESPONSES_SETTING}` 开启时）"
        return "、".join(counted) or "—"

    rows = [(f"`{code}`", str(register.label), counted_in(code)) for code, register in REGISTERS.items()]
    return (
        f"{NOTE}# 登记簿\n\n登记簿里没有记录时，统计表的数字是空的；经办人确认当年无事项可报后才是 0。"
        "有记录的登记簿不能作这种确认。\n\n" + table(("代码", "登记簿", "2014年格式中统计它的行"), rows)
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return (
        "\n".join(
            "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in line) + " |"
            for line in lines
        )
        + "\n"
    )


def stale() -> list[str]:
    """The pages that are not as the program is."""
    return [name for name, text in pages().items() if not is_fresh(FOLDER / name, text())]


def is_fresh(path: Path, text: str) -> bool:
    """Whether a page holds exactly this text."""
    return path.is_file() and path.read_text(encoding="utf-8") == text


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or say which are stale."""
    with tempfile.TemporaryDirectory(prefix="gongkai-docs-") as home:
        os.environ |= {"GONGKAI_HOME": home, "DJANGO_SETTINGS_MODULE": "gongkai.project.settings"}
        sys.path[:0] = [str(ROOT), str(ROOT / "src")]
        django.setup()
        if "--check" in arguments:
            for name in (found := stale()):
                print(f"docs/reference/{name} is not as the program is; run make docs", file=sys.stderr)
            return 1 if found else 0
        for name, text in pages().items():
            (FOLDER / name).write_text(text(), encoding="utf-8")
            print(f"docs/reference/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
