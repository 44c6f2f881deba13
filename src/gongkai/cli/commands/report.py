"""`gongkai report`: the annual report of an agency and year as files."""

from __future__ import annotations

import errno
from pathlib import Path

import click

from gongkai.cli import chinese, output, start
from gongkai.cli.errors import FOUND, CommandError
from gongkai.cli.options import agency_option, json_option, year_option


@click.command(cls=chinese.Command, help="由登记簿起草年度报告，写成 DOCX、PDF、XLSX、HTML、JSON 五个文件。")
@agency_option
@year_option
@click.option(
    "--out",
    "folder",
    required=True,
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="写到哪个文件夹，没有则建立",
)
@json_option
def report(agency_code: str, year: int, folder: Path, as_json: bool) -> None:
    """Draft the report and write it."""
    start.open_home()
    from gongkai.reports.drafting import draft
    from gongkai.reports.layouts import write
    from gongkai.rules.refusals import ActRefused

    agency = start.find_agency(agency_code)
    try:
        written = write(draft(agency, year), folder)
    except ActRefused as refused:
        raise CommandError("".join(refusal.sentence for refusal in refused.refusals), code=FOUND) from refused
    except OSError as error:
        raise CommandError(f"不能写到 {folder}：{_reason(error)}") from error
    if as_json:
        output.answer_json({"files": [str(path) for path in written]})
    else:
        for path in written:
            output.answer(str(path))


def _reason(error: OSError) -> str:
    """Why a folder cannot be written, and what to do."""
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "没有写入权限。请换一个文件夹，或者请管理员授权。"
    if error.errno in (errno.EEXIST, errno.ENOTDIR, errno.EISDIR):
        return "同名的文件或者文件夹已经存在，类型不对。请换一个文件夹。"
    if error.errno == errno.ENOSPC:
        return "磁盘空间不够。请清理后再试。"
    return f"系统提示「{error.strerror}」。请换一个文件夹。"
