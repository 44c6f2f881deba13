"""`gongkai load`: registers from a workbook, or another system's export by a saved mapping; all or nothing."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongkai.cli import chinese, output, start
from gongkai.cli.errors import FAILED, FOUND, CommandError
from gongkai.cli.options import json_option

if TYPE_CHECKING:
    from gongkai.exchange.acts import ImportResult
    from gongkai.exchange.faults import Fault
    from gongkai.exchange.models import ColumnMapping
    from gongkai.exchange.workbook import LoadResult


@click.command(
    cls=chinese.Command, help="从工作簿导入登记簿；有一处错误就整本不导入。先用 --template 写一个空的工作簿。"
)
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="文件.xlsx")
@click.option("--template", type=click.Path(path_type=Path), metavar="文件.xlsx", help="写一个空的工作簿，不导入")
@click.option("--dry-run", is_flag=True, help="只检查，不保存")
@click.option("--mapping", "mapping_name", metavar="名称", help="按保存的列对应关系导入其他系统导出的表格")
@click.option("--agency", "agency_code", metavar="代码", help="列对应关系属于哪个机构；名称不重复时不用写")
@click.option("--by", "username", metavar="用户名", help="以谁的名义登记；不写则为命令行操作员")
@json_option
def load(
    file: Path | None,
    template: Path | None,
    dry_run: bool,
    mapping_name: str | None,
    agency_code: str | None,
    username: str | None,
    as_json: bool,
) -> int:
    """Write the template, load a workbook, or import an export by a mapping."""
    if (file is None) == (template is None):
        raise CommandError("请写一个要导入的文件，或者用 --template 写空的工作簿。")
    if template is not None and mapping_name is not None:
        raise CommandError("--template 和 --mapping 不能同时写。")
    if agency_code is not None and mapping_name is None:
        raise CommandError("--agency 只和 --mapping 一起写；工作簿里的每一行自带机构代码。")
    if template is not None:
        return _write_template(template, as_json)
    assert file is not None  # noqa: S101  # one of the two was given
    if mapping_name is not None:
        return _import(file, mapping_name, agency_code, dry_run, username, as_json)
    return _load(file, dry_run, username, as_json)


def _write_template(path: Path, as_json: bool) -> int:
    start.set_up_django()
    # By name, so that the modules with models come after Django is set up.
    write_template = importlib.import_module("gongkai.exchange.template").write_template
    if path.exists():
        raise CommandError(f"{path} 已经存在，请换一个文件名。")
    try:
        write_template(path)
    except OSError as error:
        raise CommandError(f"不能写到 {path}：{error.strerror}。") from error
    if as_json:
        output.answer_json({"template": str(path)})
    else:
        output.answer(str(path))
    return 0


def _load(file: Path, dry_run: bool, username: str | None, as_json: bool) -> int:
    start.open_home()
    from django.utils import timezone

    from gongkai.exchange.workbook import load as load_workbook
    from gongkai.rules.refusals import ActRefused

    account = start.find_account(username) if username else None
    try:
        result = load_workbook(file, by=account, at=timezone.now(), dry_run=dry_run)
    except ActRefused as refused:
        raise CommandError("".join(refusal.sentence for refusal in refused.refusals), code=FOUND) from refused
    if as_json:
        output.answer_json(result.as_json())
    _tell(result)
    if result.faults:
        return FAILED
    if not as_json:
        _answer(result, dry_run)
    return 0


def _import(
    file: Path, mapping_name: str, agency_code: str | None, dry_run: bool, username: str | None, as_json: bool
) -> int:
    start.open_home()
    from django.utils import timezone

    from gongkai.exchange.acts import import_rows
    from gongkai.exchange.faults import Faults
    from gongkai.exchange.foreign import open_file, table_of
    from gongkai.exchange.mapped_rows import MappedRows, read_rows
    from gongkai.rules.refusals import ActRefused

    account = start.find_account(username) if username else None
    mapping = _find_mapping(mapping_name, agency_code)
    faults = Faults()
    document = open_file(file, faults)
    table = table_of(document, mapping.header_row, faults) if document else None
    found = read_rows(mapping, table, faults) if table else MappedRows()
    try:
        result = import_rows(
            mapping=mapping,
            found=found,
            faults=faults,
            digest=document.sha256 if document else "",
            sheet=table.sheet if table else "",
            by=account,
            at=timezone.now(),
            dry_run=dry_run,
        )
    except ActRefused as refused:
        raise CommandError("".join(refusal.sentence for refusal in refused.refusals), code=FOUND) from refused
    if as_json:
        output.answer_json(result.as_json())
    _tell(result)
    if result.faults:
        return FAILED
    if not as_json:
        _answer_import(result, dry_run)
    return 0


def _find_mapping(name: str, agency_code: str | None) -> ColumnMapping:
    """The mapping with a name, of the agency if one is named. Raises `CommandError`."""
    from gongkai.exchange.models import ColumnMapping

    mappings = ColumnMapping.objects.filter(name=name).select_related("agency")
    if agency_code is not None:
        mappings = mappings.filter(agency=start.find_agency(agency_code))
    found = list(mappings)
    if len(found) > 1:
        codes = "、".join(mapping.agency.code for mapping in found)
        raise CommandError(f"几个机构都有名为「{name}」的列对应关系，请用 --agency 指定：{codes}。")
    if not found:
        names = "、".join(ColumnMapping.objects.values_list("name", flat=True)[:20])
        known = f"现有：{names}。" if names else "请先在「来信来电」的「从其他系统导入」里新建。"
        raise CommandError(f"没有名为「{name}」的列对应关系。{known}")
    return found[0]


def _answer_import(result: ImportResult, dry_run: bool) -> None:
    done = "检查通过，没有保存" if dry_run else "已导入"
    said = f"新登记{len(result.entered)}条，更新{len(result.changed)}条，{result.unchanged}条没有变化"
    output.answer(f"{done}：{said}。")
    for title, numbers in (("本系统有、文件里没有的", result.missing), ("已撤销、没有再登记的", result.withdrawn)):
        if numbers:
            output.answer(f"{title}（{len(numbers)}条）：{'、'.join(numbers)}")


def _tell(result: LoadResult | ImportResult) -> None:
    for note in result.notes:
        output.tell(note)
    faults: list[Fault] = result.faults
    for fault in faults:
        output.tell(fault.sentence)
    if result.left_out:
        output.tell(f"还有{result.left_out}处错误没有列出。")
    if faults:
        output.tell(f"共{len(faults) + result.left_out}处错误，没有导入任何内容。")


def _answer(result: LoadResult, dry_run: bool) -> None:
    for name, count in result.counts.items():
        if count:
            output.answer(f"{name}：{count}条")
    total = sum(result.counts.values())
    if dry_run:
        output.answer(f"检查通过，共{total}条；没有保存。")
    else:
        output.answer(f"已导入{total}条。" if total else "没有可导入的内容，数据没有变化。")
