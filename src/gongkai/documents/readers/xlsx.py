"""XLSX (ECMA-376) as XML, sheet by sheet as a stream; everything that a workbook can hide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import IO, TYPE_CHECKING

from gongkai.documents.collecting import Collector
from gongkai.documents.decoding import plain_address
from gongkai.documents.grids import Grid
from gongkai.documents.limits import ReadingStopped
from gongkai.documents.model import Hidden, RefusalKind, Where, cell_name, column_name
from gongkai.documents.packages import (
    Package,
    all_text,
    attribute,
    child,
    children,
    descendants,
    forget,
    iterate_xml,
    local,
)
from gongkai.documents.readers import leftovers, ooxml, xlsx_outside
from gongkai.documents.readers.xlsx_outside import MAIN, STRICT
from gongkai.documents.serials import is_date_format, iso_date, plain_number

if TYPE_CHECKING:
    from lxml.etree import _Element

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_SHEET_TAGS = (
    "row", "cols", "sheetFormatPr", "mergeCells", "headerFooter", "dataValidations", "sheetPr",
)  # fmt: skip
_HEADER_CODES = re.compile(r'&(?:[LCRPNDTFAZGUEXYSBIO]|"[^"]*"|\d+|K[0-9A-F]{6}|K\d\d[+-]\d{3})')
_ROWS_BEGIN = re.compile(rb"<(?:\w+:)?sheetData\b")
_MERGES = 200_000
_IN_FORMULA = re.compile(r"[0-9](?:[\"&\s,-]{0,6}[0-9]){6}")
_PIECES = re.compile(r'"\s*[&,]\s*"')
_BUILTIN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}


def read(collector: Collector) -> None:
    """Read an XLSX file."""
    package = Package(collector.data, collector.budget)
    main = ooxml.main_part(package, "xl/workbook.xml")
    workbook = package.xml(main)
    related = ooxml.relations(package, main)
    looks = _Looks()
    strings = _Strings([])
    whole: set[str] = set()
    for relation in related.values():
        part = None if relation.external else package.find(relation.target)
        if part and relation.kind == "sharedStrings":
            strings = _strings(collector, package, part)
            whole.add(part)
        elif part and relation.kind == "styles":
            looks = _looks(package.xml(part))
    properties = child(workbook, "workbookPr")
    looks.from_1904 = properties is not None and attribute(properties, "date1904") in ("1", "true")
    sheets = child(workbook, "sheets")
    for sheet in children(sheets, "sheet") if sheets is not None else []:
        name, state = attribute(sheet, "name"), attribute(sheet, "state", "visible")
        found = related.get(attribute(sheet, "id"))
        part = package.find(found.target) if found and not found.external else None
        collector.sheets += 1
        if part is None:
            collector.unread(f"工作表“{name}”的内容缺失", Where("sheet", sheet=name))
            continue
        _Sheet(collector, package, part, name, state, strings, looks).read()
        whole.add(part)
    strings.tell_unused(collector)
    xlsx_outside.names(collector, workbook)
    xlsx_outside.read(collector, package)
    ooxml.links(collector, package, main)
    ooxml.read_common(collector, package)
    leftovers.sweep(collector, package, frozenset(whole))


@dataclass
class _Looks:
    """What cell formats say: which hold dates, which cannot be seen."""

    dates: set[str] = field(default_factory=set)
    invisible: set[str] = field(default_factory=set)
    from_1904: bool = False


def _looks(root: _Element) -> _Looks:
    looks = _Looks()
    formats: dict[str, str] = {}
    for one in descendants(root, "numFmt"):
        formats[attribute(one, "numFmtId")] = attribute(one, "formatCode")
    fonts, fills = child(root, "fonts"), child(root, "fills")
    white = [_is_white(child(font, "color")) for font in fonts] if fonts is not None else []
    plain = [_is_plain(fill) for fill in fills] if fills is not None else []
    cell_formats = child(root, "cellXfs")
    for index, one in enumerate(cell_formats if cell_formats is not None else []):
        key, number = str(index), attribute(one, "numFmtId", "0")
        code = formats.get(number, "")
        if (number.isdigit() and int(number) in _BUILTIN_DATES) or (code and is_date_format(code)):
            looks.dates.add(key)
        font, fill = attribute(one, "fontId", "0"), attribute(one, "fillId", "0")
        is_white = font.isdigit() and int(font) < len(white) and white[int(font)]
        is_plain = not fill.isdigit() or int(fill) >= len(plain) or plain[int(fill)]
        if (is_white and is_plain) or re.fullmatch(r";{2,3}", code.strip()):
            looks.invisible.add(key)
    return looks


def _is_white(colour: _Element | None) -> bool:
    if colour is None:
        return False
    rgb = attribute(colour, "rgb").upper()
    tint = attribute(colour, "tint", "0")
    theme_white = attribute(colour, "theme") == "0" and tint in ("0", "")
    near = len(rgb) == 8 and all(int(rgb[at : at + 2], 16) >= 0xF8 for at in (2, 4, 6)) if _is_hex(rgb) else False
    return near or theme_white or attribute(colour, "indexed") in ("1", "9")


def _is_plain(fill: _Element) -> bool:
    """Whether a fill leaves the cell white."""
    pattern = child(fill, "patternFill")
    if pattern is None:
        return child(fill, "gradientFill") is None
    if attribute(pattern, "patternType", "none") == "none":
        return True
    colour = child(pattern, "fgColor")
    return attribute(pattern, "patternType") == "solid" and (colour is None or _is_white(colour))


def _is_hex(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9A-F]+", text))


class _Strings:
    """The shared strings of a workbook, and which of them a cell shows."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self.used = bytearray(len(texts))

    def tell_unused(self, collector: Collector) -> None:
        """Report the strings that no cell shows: what a program has left of cells that were emptied."""
        at = self.used.find(0)
        while at >= 0:
            collector.markup(self.texts[at], note="没有单元格显示的文字")
            at = self.used.find(0, at + 1)


def _strings(collector: Collector, package: Package, part: str) -> _Strings:
    """The shared strings; hints how to say them are no part of the text."""
    strings: list[str] = []
    with package.open(part) as stream:
        for _tag, element in iterate_xml(stream, (f"{MAIN}si", f"{STRICT}si")):
            if len(element) == 1 and local(element[0]) == "t":
                strings.append(element[0].text or "")
            else:
                strings.append(_rich(element))
                for hint in children(element, "rPh"):
                    collector.markup(all_text(hint), note="文字的读音提示")
            forget(element)
            if not len(strings) % 10_000:
                collector.budget.check_time()
    return _Strings(strings)


def _stored(cell: _Element, formulas: list[str]) -> str | None:
    """What a cell keeps: a value, the number of a shared string, or its own string. Its formula goes to a list."""
    text = None
    for one in cell:
        name = one.tag
        if name.endswith("}v"):
            text = one.text
        elif name.endswith("}f"):
            if one.text and _IN_FORMULA.search(one.text):
                formulas.append(one.text)
        elif name.endswith("}is"):
            text = one[0].text or "" if len(one) == 1 and one[0].tag.endswith("}t") else _rich(one)
    return text


def _rich(element: _Element) -> str:
    pieces: list[str] = []
    for one in element:
        if local(one) == "t":
            pieces.append(one.text or "")
        elif local(one) == "r":
            pieces.extend(t.text or "" for t in children(one, "t"))
    return "".join(pieces)


class _Sheet:
    """Reads one sheet."""

    def __init__(
        self,
        collector: Collector,
        package: Package,
        part: str,
        name: str,
        state: str,
        strings: _Strings,
        looks: _Looks,
    ) -> None:
        self._collector = collector
        self._package = package
        self._part = part
        self._name = name
        self._state = state
        self._strings = strings
        self._looks = looks
        self._grid = Grid()
        self._hidden_rows: list[int] = []
        self._hidden_by_default = False
        self._row = 0
        self._unseen: dict[int, list[int]] = {}
        self._covered: dict[int, list[int]] = {}

    def read(self) -> None:
        """Read cells first, then what hangs on the sheet."""
        kind = {"hidden": Hidden.HIDDEN_SHEET, "veryHidden": Hidden.VERY_HIDDEN_SHEET}.get(self._state)
        with self._package.open(self._part) as stream:
            self._stream(stream)
        if kind:
            self._grid.hide_all(kind)
            note = "深度隐藏的工作表" if kind == Hidden.VERY_HIDDEN_SHEET else "隐藏的工作表"
            self._collector.hide(kind, "", Where(kind, sheet=self._name), note)
        for first, last in _runs(self._hidden_rows):
            self._collector.hide(
                Hidden.HIDDEN_ROW,
                "",
                Where(Hidden.HIDDEN_ROW, sheet=self._name, cell=f"{first}:{last}"),
                f"隐藏的行（{last - first + 1}行）",
            )
        self._report(self._unseen, Hidden.WHITE_TEXT, "文字与背景同色或格式使其不显示")
        self._report(self._covered, Hidden.HIDDEN_TEXT, "合并单元格遮住的内容")
        self._collector.table(self._grid, sheet=self._name, part=kind, counted=True)
        for relation in ooxml.relations(self._package, self._part).values():
            part = None if relation.external else self._package.find(relation.target)
            if part and relation.kind == "comments":
                self._comments(self._package.xml(part))
            elif part and relation.kind == "threadedComment":
                self._threads(self._package.xml(part))
            elif part and relation.kind == "drawing":
                self._drawing(self._package.xml(part))
        ooxml.links(self._collector, self._package, self._part)
        self._around_rows()

    def _around_rows(self) -> None:
        """Look for numbers in what a sheet says before and after its rows: filters, links, conditions, scenarios."""
        data = self._package.again(self._part)
        begin, end = _ROWS_BEGIN.search(data), data.rfind(b"sheetData>")
        around = (data[: begin.start()], data[end:]) if begin and end >= 0 else (data,)
        for piece in around:
            text = unescape(piece.decode("utf-8", "replace"))
            self._collector.strays(text, Where(Hidden.MARKUP, sheet=self._name), "工作表的设置")

    def _report(self, cells: dict[int, list[int]], kind: Hidden, note: str) -> None:
        """Report cells by runs of rows, for a whole column may be white."""
        for column, rows in cells.items():
            for first, last in _runs(sorted(set(rows))):
                ends = (cell_name(first, column), cell_name(last, column))
                where = Where(kind, sheet=self._name, cell=ends[0] if first == last else ":".join(ends))
                self._collector.hide(kind, "", where, note)

    def _stream(self, stream: IO[bytes]) -> None:
        tags = tuple(f"{space}{tag}" for space in (MAIN, STRICT) for tag in _SHEET_TAGS)
        count = 0
        for tag, element in iterate_xml(stream, tags):
            match tag.rpartition("}")[2]:
                case "row":
                    self._cells(element)
                    forget(element)
                    count += 1
                    if not count % 2_000:
                        self._collector.budget.check_time()
                case "cols":
                    self._columns(element)
                case "sheetFormatPr":
                    self._hidden_by_default = attribute(element, "zeroHeight") in ("1", "true")
                case "mergeCells":
                    self._merges(element)
                case "headerFooter":
                    for one in element:
                        part = "header" if "Header" in local(one) else "footer"
                        self._collector.margin(_HEADER_CODES.sub(" ", one.text or "").replace("&&", "&"), part)
                case "dataValidations":
                    self._validations(element)

    def _cells(self, row: _Element) -> None:
        number = row.get("r")
        self._row = int(number) if number and number.isdigit() else self._row + 1
        hidden = row.get("hidden") in ("1", "true") or row.get("ht") == "0"
        if self._hidden_by_default and row.get("customHeight") not in ("1", "true") and row.get("ht") is None:
            hidden = True
        columns: list[int] = []
        texts: list[str] = []
        column, length = 0, 0
        strings, used, invisible, dates = (
            self._strings.texts, self._strings.used, self._looks.invisible, self._looks.dates,
        )  # fmt: skip
        formulas: list[str] = []
        digits = len(number) if number else 0
        for cell in row:
            reference = cell.get("r")
            if reference:
                column = _COLUMNS.get(reference[:-digits]) or _column(reference)
            else:
                column += 1
            kind, style = cell.get("t"), cell.get("s")
            text = _stored(cell, formulas)
            if formulas:
                self._formula(formulas.pop(), column)
            if not text:
                continue
            if kind == "s":
                at = int(text) if text.isdigit() else -1
                if not 0 <= at < len(strings):
                    raise ReadingStopped(
                        RefusalKind.DAMAGED, "工作簿的文字表已损坏，无法读取。请用原来的软件打开后另存。"
                    )
                text = strings[at]
                used[at] = 1
            elif kind is None or kind == "n":
                text = iso_date(text, self._looks.from_1904) if style in dates else plain_number(text)
            elif kind == "b":
                text = "TRUE" if text == "1" else "FALSE"
            if not text:
                continue
            if style in invisible:
                self._grid.hide_cell(self._row, column, Hidden.WHITE_TEXT)
                self._unseen.setdefault(column, []).append(self._row)
            columns.append(column)
            texts.append(text)
            length += len(text)
        if columns:
            self._collector.budget.count_cells(len(columns))
            self._collector.budget.count_text(length)
            self._grid.add(self._row, columns, texts, Hidden.HIDDEN_ROW if hidden else "")
            if hidden:
                self._hidden_rows.append(self._row)

    def _formula(self, formula: str, column: int) -> None:
        """Report what a formula says in words and does not show, or leads to."""
        where = Where(Hidden.MARKUP, sheet=self._name, cell=cell_name(self._row, column))
        self._collector.markup(plain_address(_PIECES.sub("", formula)), where, "公式")

    def _columns(self, element: _Element) -> None:
        hidden: set[int] = set()
        for one in element:
            if attribute(one, "hidden") in ("1", "true") or attribute(one, "width") == "0":
                first, last = int(attribute(one, "min", "1")), int(attribute(one, "max", "1"))
                hidden.update(range(first, min(last, 16_384) + 1))
        for first, last in _runs(sorted(hidden)):
            self._collector.hide(
                Hidden.HIDDEN_COLUMN,
                "",
                Where(Hidden.HIDDEN_COLUMN, sheet=self._name, cell=_span_of_columns(first, last)),
                f"隐藏的列（{last - first + 1}列）",
            )
        self._grid.hide_columns(hidden)

    def _merges(self, element: _Element) -> None:
        if len(element) > _MERGES:
            raise ReadingStopped(RefusalKind.TOO_LARGE, "工作表中合并的单元格过多，无法逐个检查。请拆成几个文件。")
        covered: dict[int, list[tuple[int, int, int]]] = {}
        for one in element:
            match = re.fullmatch(r"\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)", attribute(one, "ref"))
            if not match:
                continue
            left, top, right, bottom = _column(match[1]), int(match[2]), _column(match[3]), int(match[4])
            self._grid.merge(top, left, bottom - top + 1, right - left + 1)
            # A merge over whole columns covers nothing that could hold more than the sheet has rows.
            for row in range(top, min(bottom, top + 2_000) + 1):
                covered.setdefault(row, []).append((left, right, top))
        if not covered:
            return
        for number, columns, _texts, _hidden in self._grid.texts():
            for left, right, top in covered.get(number, ()):
                for column in columns:
                    if left <= column <= right and (number, column) != (top, left):
                        self._grid.hide_cell(number, column, Hidden.HIDDEN_TEXT)
                        self._covered.setdefault(column, []).append(number)

    def _validations(self, element: _Element) -> None:
        for one in descendants(element, "dataValidation"):
            said = [attribute(one, key) for key in ("promptTitle", "prompt", "errorTitle", "error")]
            said += [f.text or "" for f in one if (f.text or "").startswith('"')]
            text = " ".join(word for word in said if word)
            if text:
                where = Where(Hidden.FIELD, sheet=self._name, cell=attribute(one, "sqref")[:40] or None)
                self._collector.hide(Hidden.FIELD, text, where, "数据有效性的提示和选项")

    def _comments(self, root: _Element) -> None:
        names = [all_text(one) for one in descendants(root, "author")]
        for one in descendants(root, "comment"):
            by = attribute(one, "authorId")
            author = names[int(by)] if by.isdigit() and int(by) < len(names) else ""
            text = "".join(t.text or "" for t in descendants(one, "t"))
            where = Where(Hidden.COMMENT, sheet=self._name, cell=attribute(one, "ref") or None)
            self._collector.hide(Hidden.COMMENT, text, where, f"批注（{author}）" if author else "批注")

    def _threads(self, root: _Element) -> None:
        for one in descendants(root, "threadedComment"):
            where = Where(Hidden.COMMENT, sheet=self._name, cell=attribute(one, "ref") or None)
            self._collector.hide(Hidden.COMMENT, all_text(one), where, "会话批注")

    def _drawing(self, root: _Element) -> None:
        for shape in descendants(root, "txBody"):
            lines = ("".join(t.text or "" for t in descendants(p, "t")) for p in descendants(shape, "p"))
            self._collector.margin("\n".join(lines), "text_box")
        for named in descendants(root, "cNvPr"):
            text = " ".join(filter(None, (attribute(named, "descr"), attribute(named, "title"))))
            if text:
                self._collector.hide(Hidden.FIELD, text, Where(Hidden.FIELD, sheet=self._name), "图形的替代文字")


_COLUMNS: dict[str, int] = {}


def _column(reference: str) -> int:
    """The column of a reference: AB7 is 28."""
    letters = reference.rstrip("0123456789")
    found = _COLUMNS.get(letters)
    if found is None:
        found = 0
        for letter in letters.lstrip("$")[:3]:
            found = found * 26 + ord(letter) - 64
        if not 0 < found <= 16_384:
            raise ReadingStopped(
                RefusalKind.DAMAGED, "工作簿中有无效的单元格位置，无法读取。请用原来的软件打开后另存。"
            )
        _COLUMNS[letters] = found
    return found


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Put consecutive numbers together."""
    start = previous = None
    for number in numbers:
        if start is None or previous is None:
            start = number
        elif number != previous + 1:
            yield start, previous
            start = number
        previous = number
    if start is not None and previous is not None:
        yield start, previous


def _span_of_columns(first: int, last: int) -> str:
    return f"{column_name(first)}:{column_name(last)}"
