"""Look at a workbook file before it is parsed: is it one, is it bearable, how far do its sheets reach.

A workbook is a zip of XML files. What an attacker or a broken export can do with that (a bomb, entities, a million
formatted empty rows, merged cells, two sheets of one name) is found here in one streaming pass, so that openpyxl then
reads only as far as there are values.
"""

from __future__ import annotations

import contextlib
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.parsers import expat

from openpyxl.utils.cell import column_index_from_string, get_column_letter, range_boundaries

from gongkai.documents.broken import BROKEN_ZIP

MAX_FILE = 20 * 1024 * 1024
MAX_UNPACKED = 400 * 1024 * 1024
MAX_TEXTS = 32 * 1024 * 1024  # the table of texts is held in memory as a whole
MAX_PARTS = 1_000
LAST_ROW = 50_000
MOST_PIECES = 64  # of a cell's text; a piece is what the parser gives at once, at most 8 KB
KEPT = 20  # how many places of one kind of fault are named in a sheet

OLE_HEADER = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# What a package raises that is no sound workbook: its ZIP, its XML, a part that is named and missing, bytes that are no
# text.
PACKAGE_ERRORS = (*BROKEN_ZIP, expat.ExpatError, KeyError, UnicodeDecodeError)


class NotAWorkbook(Exception):
    """The file cannot be read as a workbook; the message is one clause in Chinese."""


@dataclass
class Extent:
    """How far one sheet reaches. Only cells with something in them count."""

    name: str
    last_row: int = 0
    columns: int = 0
    rows: int = 0
    rows_with_values: int = 0
    merged: list[str] = field(default_factory=list)
    beyond: list[str] = field(default_factory=list)
    too_low: str = ""

    @property
    def empty_rows(self) -> int:
        """Rows that are stored and hold nothing."""
        return self.rows - self.rows_with_values


def examine(path: Path, widths: Mapping[str, int]) -> list[Extent]:
    """Give the extent of every sheet in order. Raises `NotAWorkbook`.

    `widths` says by sheet how many columns have headers; cells to the right of them are named in `beyond`.
    """
    _check_file(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_parts(archive)
            blank = _blank_texts(archive)
            return [_extent(archive, name, part, blank, widths.get(name, 0)) for name, part in _sheets(archive)]
    except PACKAGE_ERRORS as error:
        raise NotAWorkbook("文件不是完好的 Excel 工作簿（.xlsx），请用 Excel 或 WPS 打开后另存为 .xlsx") from error


def _check_file(path: Path) -> None:
    if not path.exists():
        raise NotAWorkbook(f"没有文件 {path}")
    if not path.is_file():
        raise NotAWorkbook(f"{path} 不是文件")
    if path.stat().st_size > MAX_FILE:
        raise NotAWorkbook("文件超过 20 MB，请拆成几个工作簿分别导入")
    try:
        start = path.read_bytes() if path.stat().st_size < MAX_FILE else b""
    except OSError as error:
        raise NotAWorkbook(f"文件 {path} 无法读取：{error.strerror}") from error
    if start.startswith(OLE_HEADER):
        if ENCRYPTED in start:
            raise NotAWorkbook("工作簿设有打开密码，请取消密码后再导入")
        raise NotAWorkbook("文件是旧格式（.xls）或不是工作簿，请用 Excel 或 WPS 另存为 .xlsx")


def _check_parts(archive: zipfile.ZipFile) -> None:
    """Refuse by the declared sizes; zipfile never unpacks more of a part than it declares."""
    parts = archive.infolist()
    texts = [part.file_size for part in parts if part.filename.lower().endswith("sharedstrings.xml")]
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED or sum(texts) > MAX_TEXTS:
        raise NotAWorkbook("工作簿解压后过大，请删去多余的工作表、图片和格式，或拆成几个工作簿分别导入")


def _parser() -> expat.XMLParserType:
    """A parser for one part of the package; a document type, with which entities come, is refused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_args: object) -> None:
        raise NotAWorkbook("工作簿里有不应出现的文档类型声明，已拒绝读取")

    parser.StartDoctypeDeclHandler = refuse
    return parser


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """The sheets in order as (name, part of the package)."""
    parts: dict[str, str] = {}
    sheets: list[tuple[str, str]] = []

    def relation(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            parts[attributes["Id"]] = posixpath.normpath(posixpath.join("/xl", attributes["Target"])).lstrip("/")

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "sheet":
            number = next((value for key, value in attributes.items() if _local(key) == "id" and ":" in key), "")
            if number in parts:  # charts on a sheet of their own are no worksheets
                sheets.append((attributes["name"], parts[number]))

    for part, handler in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        parser = _parser()
        parser.StartElementHandler = handler
        with archive.open(part) as source:
            parser.ParseFile(source)
    return sheets


def _blank_texts(archive: zipfile.ZipFile) -> set[str]:
    """The places in the table of texts that hold nothing but blanks."""
    blank: set[str] = set()
    place = -1
    seen = False

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal place, seen
        if _local(name) == "si":
            place += 1
            seen = False

    def text(data: str) -> None:
        nonlocal seen
        seen = seen or not data.isspace()

    def end(name: str) -> None:
        if _local(name) == "si" and not seen:
            blank.add(str(place))

    if "xl/sharedStrings.xml" in archive.namelist():
        parser = _parser()
        parser.StartElementHandler = start
        parser.CharacterDataHandler = text
        parser.EndElementHandler = end
        with archive.open("xl/sharedStrings.xml") as source:
            parser.ParseFile(source)
    return blank


class _Enough(Exception):
    """A sheet reaches too far down; the rest of it is not looked at."""


def _extent(archive: zipfile.ZipFile, name: str, part: str, blank: set[str], width: int) -> Extent:
    scan = _Scan(Extent(name), blank, width)
    with archive.open(part) as source, contextlib.suppress(_Enough):
        _walk(source, scan)
    return scan.extent


def _walk(source: IO[bytes], scan: _Scan) -> None:
    """Go through the XML of a sheet and tell the scan of rows, of cells that hold something, and of merged ranges.

    Sheets of millions of empty cells are why this is one function over local names: it runs twice as fast as methods.
    """
    kinds: dict[str, str] = {}  # local names by the names in the file, with or without a prefix
    cell: dict[str, str] = {}
    texts: list[str] = []
    note, blank = scan.note_cell, scan.blank

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal cell
        kind = kinds.get(name) or kinds.setdefault(name, _local(name))
        if kind == "c":
            if "r" not in attributes:
                attributes["r"] = scan.next_place(cell)
            cell = attributes
        elif kind == "t" or kind == "v":  # a comparison with a set is slower
            texts.clear()
        elif kind == "row":
            scan.begin_row(attributes)
            cell = {}
        elif kind == "f":
            note(cell["r"])
        elif kind == "mergeCell":
            scan.note_merged(attributes["ref"])

    def text(data: str) -> None:
        texts.append(data)
        if len(texts) > MOST_PIECES:
            raise NotAWorkbook(f"「{scan.extent.name}」第{scan.row}行有一个单元格的文字过长")

    def end(name: str) -> None:
        kind = kinds[name]
        if kind == "t" or kind == "v":
            said = "".join(texts)
            if said and (said.strip() not in blank if cell.get("t") == "s" else not said.isspace()):
                note(cell["r"])
            texts.clear()
        elif kind == "row":
            scan.end_row()

    parser = _parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.ParseFile(source)


class _Scan:
    """What is learnt of a sheet on the way through it."""

    def __init__(self, extent: Extent, blank: set[str], width: int) -> None:
        self.extent = extent
        self.blank = blank
        self.width = width
        self.row = 0
        self.filled = False

    def begin_row(self, attributes: dict[str, str]) -> None:
        """A row says its number or follows the one before."""
        self.row = int(attributes.get("r", self.row + 1))
        self.filled = False
        self.extent.rows += 1

    def end_row(self) -> None:
        """Count a row that holds something."""
        if self.filled:
            self.extent.last_row = max(self.extent.last_row, self.row)
            self.extent.rows_with_values += 1

    def next_place(self, before: dict[str, str]) -> str:
        """The place of a cell that does not say it: right of the one before."""
        column = _column(before["r"]) + 1 if before else 1
        return f"{get_column_letter(column)}{self.row}"

    def note_cell(self, place: str) -> None:
        """A cell holds something."""
        column = _column(place)
        self.filled = True
        self.extent.columns = max(self.extent.columns, column)
        if self.row > LAST_ROW:
            self.extent.too_low = place
            raise _Enough
        beyond = self.extent.beyond
        if self.width and column > self.width and self.row > 1 and len(beyond) < KEPT and place not in beyond:
            beyond.append(place)

    def note_merged(self, reference: str) -> None:
        """A range of cells is merged. Raises `ValueError` when the reference is none."""
        range_boundaries(reference)
        if len(self.extent.merged) < KEPT:
            self.extent.merged.append(reference)


def _column(place: str) -> int:
    return column_index_from_string(place.rstrip("0123456789"))
