"""XLS and ET (BIFF) by xlrd, with the formats that tell what is hidden."""

from __future__ import annotations

import io
import re
import struct
from typing import TYPE_CHECKING, Any

from gongkai.documents.collecting import Collector
from gongkai.documents.grids import Grid
from gongkai.documents.limits import ReadingStopped
from gongkai.documents.model import Hidden, RefusalKind, Where, cell_name, column_name
from gongkai.documents.readers import ole
from gongkai.documents.serials import iso_date, plain_number

if TYPE_CHECKING:
    import xlrd

_STATES = {1: Hidden.HIDDEN_SHEET, 2: Hidden.VERY_HIDDEN_SHEET}
_WHITE_INDEXES = (1, 9)
_SYSTEM_FILL = (64, 65)
_PARTS = {0x14: "header", 0x15: "footer"}
_HEADER_CODES = re.compile(r'&(?:[LCRPNDTFAZGUEXYSBIO]|"[^"]*"|\d+)')
_BOX, _CONTINUE = 0x1B6, 0x3C


def read(collector: Collector) -> None:
    """Read an XLS file."""
    import xlrd

    try:
        book = xlrd.open_workbook(
            file_contents=collector.data, formatting_info=True, on_demand=True, logfile=io.StringIO()
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower() or "password" in str(error).lower():
            raise ReadingStopped(
                RefusalKind.ENCRYPTED, "工作簿设有打开密码，无法检查。请取消密码后另存再试。"
            ) from error
        raise ReadingStopped(
            RefusalKind.DAMAGED, "工作簿已损坏，无法打开。请用原来的软件打开后另存为 XLSX。"
        ) from error
    collector.sheets = book.nsheets
    comments: list[str] = []
    for index in range(book.nsheets):
        collector.budget.check_time()
        sheet = _Sheet(collector, book, book.sheet_by_index(index))
        sheet.read()
        comments += sheet.comments
        book.unload_sheet(index)
    for name in book.name_obj_list:
        if not name.builtin and name.name:
            collector.hide(Hidden.DEFINED_NAME, str(name.name), note="定义的名称" + ("（隐藏）" if name.hidden else ""))
    # 2: another workbook, 4: a link to another program (xlrd keeps these kinds to itself).
    if any(kind in (2, 4) for kind in getattr(book, "_supbook_types", [])):
        collector.hide(Hidden.EXTERNAL_LINK, "", note="引用了外部工作簿")
    with ole.open_file(collector.data) as package:
        ole.properties(collector, package)
        ole.embedded(collector, package)
        ole.strays(collector, package)
        for name in ("Workbook", "Book"):
            if package.exists(name):
                _margins(collector, ole.stream(package, [name]), set(comments))
        if any(entry[0].upper() == "_SX_DB_CUR" for entry in package.listdir()):
            collector.hide(Hidden.PIVOT_CACHE, "", note="数据透视表缓存")
            collector.unread("数据透视表缓存无法检查，请另存为 XLSX 或删除透视表", Where(Hidden.PIVOT_CACHE))


def _margins(collector: Collector, stream: bytes, comments: set[str]) -> None:
    """Headers, footers and text boxes, which xlrd leaves out: records 0x14, 0x15 and 0x1B6 of BIFF8."""
    at, after_box = 0, False
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        if kind in _PARTS and length > 3:
            text = body[3:].decode("utf-16-le" if body[2] & 1 else "cp1252", "replace")
            collector.margin(_HEADER_CODES.sub(" ", text), _PARTS[kind])
        elif kind == _CONTINUE and after_box and length > 1:
            text = body[1:].decode("utf-16-le" if body[0] & 1 else "cp1252", "replace")
            # A comment is a box of text too.
            if not any(_bare(text) in comment for comment in comments):
                collector.margin(text, "text_box")
        after_box = kind == _BOX
        at += 4 + length


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


class _Sheet:
    def __init__(self, collector: Collector, book: xlrd.Book, sheet: Any) -> None:
        self._collector = collector
        self._book = book
        self._sheet = sheet
        self._name = str(sheet.name)
        self._grid = Grid()
        self._unseen: dict[int, bool] = {}
        self.comments: list[str] = []

    def read(self) -> None:
        """Read the cells, then what hangs on them."""
        kind = _STATES.get(self._sheet.visibility)
        for row in range(self._sheet.nrows):
            if not row % 1_000:
                self._collector.budget.check_time()
            self._row(row)
        columns = {
            at + 1
            for at, information in self._sheet.colinfo_map.items()
            if (information.hidden or information.width == 0) and at < self._sheet.ncols
        }
        self._grid.hide_columns(columns)
        for column in sorted(columns):
            self._hide(Hidden.HIDDEN_COLUMN, "", column_name(column), "隐藏的列")
        for top, bottom, left, right in self._sheet.merged_cells:
            self._grid.merge(top + 1, left + 1, bottom - top, right - left)
        for (row, column), note in self._sheet.cell_note_map.items():
            author = f"（{note.author}）" if note.author else ""
            self.comments.append(_bare(str(note.text)))
            self._hide(Hidden.COMMENT, str(note.text), cell_name(row + 1, column + 1), f"批注{author}")
        if kind:
            self._grid.hide_all(kind)
            note = "深度隐藏的工作表" if kind == Hidden.VERY_HIDDEN_SHEET else "隐藏的工作表"
            self._hide(kind, "", None, note)
        self._collector.table(self._grid, sheet=self._name, part=kind, counted=True)

    def _hide(self, kind: Hidden, text: str, cell: str | None, note: str) -> None:
        self._collector.hide(kind, text, Where(kind, sheet=self._name, cell=cell), note)

    def _row(self, row: int) -> None:
        columns: list[int] = []
        texts: list[str] = []
        information = self._sheet.rowinfo_map.get(row)
        hidden = information is not None and bool(information.hidden or information.height == 0)
        for column, cell in enumerate(self._sheet.row(row)):
            text = self._text(cell)
            if not text.strip():
                continue
            columns.append(column + 1)
            texts.append(text)
            if self._is_unseen(cell.xf_index):
                self._grid.hide_cell(row + 1, column + 1, Hidden.WHITE_TEXT)
                self._hide(Hidden.WHITE_TEXT, "", cell_name(row + 1, column + 1), "文字与背景同色或格式使其不显示")
        if columns:
            self._collector.budget.count_cells(len(columns))
            self._collector.budget.count_text(sum(map(len, texts)))
            self._grid.add(row + 1, columns, texts, Hidden.HIDDEN_ROW if hidden else "")
            if hidden:
                self._hide(Hidden.HIDDEN_ROW, "", f"{row + 1}:{row + 1}", "隐藏的行")

    def _text(self, cell: Any) -> str:
        # The numbers are xlrd's cell types.
        match cell.ctype:
            case 1:
                return str(cell.value)
            case 2:
                return plain_number(repr(cell.value))
            case 3:
                return iso_date(repr(cell.value), bool(self._book.datemode))
            case 4:
                return "TRUE" if cell.value else "FALSE"
            case _:
                return ""

    def _is_unseen(self, index: int | None) -> bool:
        """Whether a cell's format makes its text invisible."""
        if index is None or index >= len(self._book.xf_list):
            return False
        if index not in self._unseen:
            form = self._book.xf_list[index]
            font = self._book.font_list[form.font_index] if form.font_index < len(self._book.font_list) else None
            ground = form.background
            plain = ground.fill_pattern == 0 or self._is_white(ground.pattern_colour_index)
            code = self._book.format_map.get(form.format_key)
            self._unseen[index] = bool(
                (font is not None and self._is_white(font.colour_index) and plain)
                or (code is not None and re.fullmatch(r";{2,3}", str(code.format_str).strip()))
            )
        return self._unseen[index]

    def _is_white(self, index: int) -> bool:
        if index in _WHITE_INDEXES:
            return True
        colour = self._book.colour_map.get(index)
        return index not in _SYSTEM_FILL and bool(colour) and min(colour) >= 0xF8
