"""Large and hollow workbooks are read in bearable time and memory."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill

from gongkai.exchange.packages import LAST_ROW, examine
from gongkai.exchange.workbook import load
from tests.cast import Cast
from tests.exchange.books import SOUND, changed, put, template

pytestmark = pytest.mark.one_database

AT = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)
ROOT = Path(__file__).resolve().parents[2]
HOLLOW_ROWS = 200_000
MEMORY = 300 * 1024  # KB, as getrusage counts on Linux


def hollow(folder: Path) -> Path:
    """The template's petitions with one sound row and then formatted empty rows, blanks in every hundredth."""
    source = load_workbook(template(folder))["信访件"]
    book = Workbook(write_only=True)
    page = book.create_sheet("信访件")
    page.append([cell.value for cell in source[1]])
    page.append(["sample-housing", "XF1", "安置房问题", "2017-03-14", None, None])
    for number in range(HOLLOW_ROWS):
        page.append([" ", None, " "] if number % 100 == 0 else [])
    path = folder / "hollow.xlsx"
    book.save(path)
    return path


def test_load_200000_empty_rows_are_skipped_with_a_note(housing: Cast, tmp_path: Path) -> None:
    result = load(hollow(tmp_path), by=housing.office, at=AT)
    assert [fault.sentence for fault in result.faults] == []
    assert result.counts["信访件"] == 1
    assert result.notes == [f"「信访件」跳过空行{HOLLOW_ROWS}行。"]


def test_read_200000_empty_rows_within_300_mb(tmp_path: Path) -> None:
    code = (
        "import django, re, sys; django.setup(); from pathlib import Path; "
        "from gongkai.exchange.faults import Faults; from gongkai.exchange.reader import read; "
        "contents = read(Path(sys.argv[1]), Faults()); "
        # VmHWM begins anew with the program; ru_maxrss would count the process that started it.
        "peak = re.search(r'VmHWM:\\s+(\\d+) kB', Path('/proc/self/status').read_text())[1]; "
        "print(len(contents.rows['信访件']), peak)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(hollow(tmp_path))],
        env={"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    rows, peak = (int(number) for number in done.stdout.split())
    assert rows == 1
    assert peak < MEMORY


def test_load_value_on_the_last_row_is_data(housing: Cast, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        put(book["信访件"], LAST_ROW, SOUND["信访件"])

    assert load(changed(tmp_path, change), by=housing.office, at=AT).saved


def test_examine_counts_formatted_cells_as_empty(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        for row in range(3, 203):
            book["信访件"].cell(row, 1).fill = PatternFill("solid", start_color="FFEEEEEE")

    extents = {extent.name: extent for extent in examine(changed(tmp_path, change), {})}
    assert (extents["信访件"].last_row, extents["信访件"].empty_rows) == (2, 200)
