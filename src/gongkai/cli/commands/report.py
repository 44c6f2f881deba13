"""`gongkai report`: the annual report of an agency and year as files."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.cli import chinese, output, start
from gongkai.cli.errors import FOUND, CommandError
from gongkai.cli.options import agency_option, json_option, year_option


@click.command(cls=chinese.Command, help="由登记簿起草年度报告，写成文件。")
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
        raise CommandError(f"不能写到 {folder}:{error.strerror}。") from error
    if as_json:
        output.answer_json({"files": [str(path) for path in written]})
    else:
        for path in written:
            output.answer(str(path))
