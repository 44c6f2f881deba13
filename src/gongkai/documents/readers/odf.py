"""ODT, ODS and ODP (ODF): text, tables, hidden sheets, rows and columns, annotations, tracked changes, properties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.documents.collecting import Collector
from gongkai.documents.grids import Grid
from gongkai.documents.limits import ReadingStopped
from gongkai.documents.model import Cell, Hidden, RefusalKind, Table, Where, cell_name, column_name
from gongkai.documents.packages import Package, all_text, attribute, child, children, descendants, local
from gongkai.documents.readers import leftovers
from gongkai.documents.serials import plain_number

if TYPE_CHECKING:
    from lxml.etree import _Element

_PROPERTY_NAMES = {
    "initial-creator": "author", "creator": "last_modified_by", "creation-date": "created", "date": "modified",
    "printed-by": "printed_by", "print-date": "last_printed",
}  # fmt: skip
_SILENT = {"generator", "editing-cycles", "editing-duration", "document-statistic"}
_LONG = 11  # digits of a number that could be one of a person
_ROWS, _COLUMNS = 1_048_576, 16_384
_PICTURE = re.compile(r"^(pictures|media)/.+\.(png|jpe?g|gif|bmp|tiff?|webp)$", re.I)


def read(collector: Collector) -> None:
    """Read an ODF file."""
    package = Package(collector.data, collector.budget)
    manifest = package.optional_xml("META-INF/manifest.xml")
    if manifest is not None and any(True for _ in descendants(manifest, "encryption-data")):
        raise ReadingStopped(RefusalKind.ENCRYPTED, "文件设有打开密码，无法检查。请取消密码后另存再试。")
    content = package.optional_xml("content.xml")
    if content is None:
        raise ReadingStopped(RefusalKind.DAMAGED, "文件缺少正文部分，可能已损坏。请用原来的软件打开后另存。")
    styles = package.optional_xml("styles.xml")
    reader = _Reader(collector, [root for root in (styles, content) if root is not None])
    body = child(content, "body")
    for part in body if body is not None else ():
        if local(part) == "spreadsheet":
            reader.workbook(part)
        else:
            reader.walk(part)
    if styles is not None:
        for master in descendants(styles, "master-page"):
            for one in master:
                if local(one).startswith(("header", "footer")):
                    collector.margin(all_text(one), local(one)[:6])
    _properties(collector, package)
    _parts(collector, package)
    leftovers.sweep(collector, package)


class _Reader:
    def __init__(self, collector: Collector, roots: list[_Element]) -> None:
        self._collector = collector
        self._hiding: dict[str, Hidden] = {}
        self._hidden_tables: set[str] = set()
        for root in roots:
            for style in descendants(root, "style"):
                self._style(style)

    def _style(self, style: _Element) -> None:
        name = attribute(style, "name")
        for properties in style:
            if local(properties) == "text-properties":
                if attribute(properties, "display") == "none":
                    self._hiding[name] = Hidden.HIDDEN_TEXT
                colour, ground = (
                    attribute(properties, "color").lower(),
                    attribute(properties, "background-color").lower(),
                )
                if colour in ("#ffffff", "#fefefe") and ground in ("", "transparent", "#ffffff"):
                    self._hiding.setdefault(name, Hidden.WHITE_TEXT)
            elif local(properties) == "table-properties" and attribute(properties, "display") == "false":
                self._hidden_tables.add(name)
            elif local(properties) in ("table-cell-properties", "paragraph-properties"):
                ground = attribute(properties, "background-color").lower()
                if ground not in ("", "transparent", "#ffffff") and self._hiding.get(name) == Hidden.WHITE_TEXT:
                    del self._hiding[name]

    def walk(self, element: _Element) -> None:
        """Go through the blocks of a text or a presentation."""
        for one in element:
            self._collector.budget.check_time()
            match local(one):
                case "p" | "h":
                    level = attribute(one, "outline-level")
                    text = self._inline(one, attribute(one, "style-name"))
                    is_heading = local(one) == "h" and level.isdigit()
                    self._collector.paragraph(text, level=int(level) if is_heading else None)
                case "table":
                    table = self._table(one, 0)
                    self._collector.table(table.rows, nested=table.nested)
                case "tracked-changes":
                    self._changes(one)
                case "annotation":
                    self._annotation(one)
                case "notes":
                    self._collector.hide(Hidden.COMMENT, all_text(one), note="演示文稿备注")
                case "list-header" | "list" | "list-item" | "section" | "index-body" | "table-of-content" | "page":
                    if attribute(one, "display") == "none":
                        self._collector.hide(Hidden.HIDDEN_TEXT, all_text(one), note="隐藏的章节")
                    else:
                        self.walk(one)
                case "frame" | "text-box" | "custom-shape" | "g" | "rect" | "alphabetical-index" | "bibliography":
                    self.walk(one)

    def _inline(self, element: _Element, style: str, cell: str | None = None) -> str:
        """Return the visible text of a paragraph."""
        pieces: list[str] = []

        def add(text: str | None, kind: Hidden | None) -> None:
            if text and kind:
                self._collector.hide(kind, text, Where(kind, cell=cell), "不显示的文字")
            elif text:
                pieces.append(text)

        def go(one: _Element, kind: Hidden | None) -> None:
            add(one.text, kind)
            for inner in one:
                match local(inner):
                    case "s":
                        count = attribute(inner, "c", "1")
                        add(" " * min(int(count) if count.isdigit() else 1, 200), kind)
                    case "tab":
                        add("\t", kind)
                    case "line-break":
                        add("\n", kind)
                    case "annotation":
                        self._annotation(inner, cell)
                    case "note":
                        self._collector.margin(all_text(inner), "footnote")
                    case "frame" | "custom-shape" | "text-box" | "g":
                        said = all_text(inner)
                        self._collector.margin(said, "text_box")
                    case "hidden-text" | "hidden-paragraph":
                        self._collector.hide(Hidden.HIDDEN_TEXT, all_text(inner) or attribute(inner, "string-value"))
                    case "change-start" | "change-end" | "change":
                        pass
                    case _ if isinstance(inner.tag, str):
                        go(inner, self._hiding.get(attribute(inner, "style-name"), kind))
                add(inner.tail, kind)

        go(element, self._hiding.get(style))
        return "".join(pieces)

    def _annotation(self, element: _Element, cell: str | None = None, sheet: str | None = None) -> None:
        author = child(element, "creator")
        text = "\n".join(all_text(p) for p in element if local(p) in ("p", "list"))
        note = f"批注（{all_text(author)}）" if author is not None else "批注"
        self._collector.hide(Hidden.COMMENT, text, Where(Hidden.COMMENT, cell=cell, sheet=sheet), note)

    def _changes(self, element: _Element) -> None:
        for region in descendants(element, "changed-region"):
            for change in region:
                text = "\n".join(all_text(p) for p in change if local(p) in ("p", "h", "table", "list"))
                names = {"deletion": "删除", "insertion": "插入", "format-change": "格式更改"}
                self._collector.hide(Hidden.REVISION, text, note=f"修订：{names.get(local(change), local(change))}")

    def _table(self, element: _Element, depth: int) -> Table:
        rows: list[tuple[Cell, ...]] = []
        nested: list[tuple[int, int, Table]] = []
        for number, (row, is_header) in enumerate(_table_rows(element), 1):
            column, cells = 1, []
            hidden = attribute(row, "visibility") in ("collapse", "filter")
            for cell in row:
                width = min(_count(cell, "number-columns-repeated"), 1_000)
                if local(cell) == "table-cell":
                    lines: list[str] = []
                    for one in cell:
                        if local(one) in ("p", "h"):
                            lines.append(self._inline(one, attribute(one, "style-name"), cell_name(number, column)))
                        elif local(one) == "list":
                            lines.append(all_text(one))
                        elif local(one) == "table" and depth < 30:
                            nested.append((number, column, self._table(one, depth + 1)))
                    text = "\n".join(lines)
                    spans = (_count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned"))
                    cells.append(Cell(text, number, column, *spans, is_header, Hidden.HIDDEN_ROW if hidden else ""))
                column += width
            rows.append(tuple(cells))
        return Table(tuple(rows), Where("table"), "", tuple(nested))

    def workbook(self, element: _Element) -> None:
        """Go through the sheets of a spreadsheet."""
        for table in children(element, "table"):
            self._collector.sheets += 1
            self._sheet(table)
        for one in descendants(element, "named-range", "named-expression"):
            where = attribute(one, "cell-range-address") or attribute(one, "expression")
            self._collector.hide(Hidden.DEFINED_NAME, f"{attribute(one, 'name')} {where}", note="定义的名称")
        for one in descendants(element, "tracked-changes"):
            self._collector.hide(Hidden.REVISION, all_text(one), note="修订记录")

    def _sheet(self, table: _Element) -> None:
        name, grid = attribute(table, "name"), Grid()
        hidden = attribute(table, "style-name") in self._hidden_tables
        external = child(table, "table-source")
        if external is not None:
            self._collector.hide(Hidden.EXTERNAL_LINK, attribute(external, "href"), note="外部工作簿的缓存")
        columns: set[int] = set()
        at = 1
        for column in descendants(table, "table-column"):
            count = min(_count(column, "number-columns-repeated"), _COLUMNS)
            if attribute(column, "visibility") in ("collapse", "filter"):
                columns.update(range(at, at + count))
            at += count
        number = 1
        for row, _is_header in _table_rows(table):
            self._collector.budget.check_time()
            times = min(_count(row, "number-rows-repeated"), _ROWS)
            collapsed = attribute(row, "visibility") in ("collapse", "filter")
            self._row(grid, row, number, times, name, collapsed)
            number += times
        if hidden:
            grid.hide_all(Hidden.HIDDEN_SHEET)
            self._collector.hide(Hidden.HIDDEN_SHEET, "", Where(Hidden.HIDDEN_SHEET, sheet=name), "隐藏的工作表")
        if columns:
            seen = {column for _n, some, _t, _h in grid.texts() for column in some}
            grid.hide_columns(columns)
            for unseen in sorted(columns & seen):
                where = Where(Hidden.HIDDEN_COLUMN, sheet=name, cell=column_name(unseen))
                self._collector.hide(Hidden.HIDDEN_COLUMN, "", where, "隐藏的列")
        self._collector.table(grid, sheet=name, part=Hidden.HIDDEN_SHEET if hidden else None, counted=True)

    def _row(self, grid: Grid, row: _Element, number: int, times: int, sheet: str, unseen: bool) -> None:
        columns: list[int] = []
        texts: list[str] = []
        column = 1
        for cell in row:
            width = min(_count(cell, "number-columns-repeated"), _COLUMNS)
            place = cell_name(number, column)
            lines = [self._inline(p, attribute(p, "style-name"), place) for p in cell if local(p) in ("p", "h")]
            for note in children(cell, "annotation"):
                self._annotation(note, place, sheet)
            text = "\n".join(lines) or attribute(cell, "string-value") or attribute(cell, "value")
            exact = attribute(cell, "value")
            if attribute(cell, "value-type") == "float" and exact:
                text = _exact(text, exact)
            elif attribute(cell, "string-value") not in text:
                self._collector.markup(attribute(cell, "string-value"), Where(Hidden.MARKUP, sheet=sheet, cell=place))
            if text.strip():
                # A repeated cell is as many cells, but a sheet filled by one repetition is no list of persons.
                for right in range(min(width, 256)):
                    columns.append(column + right)
                    texts.append(text)
                if self._hiding.get(attribute(cell, "style-name")):
                    grid.hide_cell(number, column, Hidden.WHITE_TEXT)
                    where = Where(Hidden.WHITE_TEXT, sheet=sheet, cell=place)
                    self._collector.hide(Hidden.WHITE_TEXT, "", where, "文字与背景同色")
                spans = (_count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned"))
                if spans != (1, 1):
                    grid.merge(number, column, *spans)
            column += width
        if columns:
            for down in range(min(times, 1_000)):
                self._collector.budget.count_cells(len(columns))
                self._collector.budget.count_text(sum(map(len, texts)))
                grid.add(number + down, columns, texts, Hidden.HIDDEN_ROW if unseen else "")
            if unseen:
                where = Where(Hidden.HIDDEN_ROW, sheet=sheet, cell=f"{number}:{number + times - 1}")
                self._collector.hide(Hidden.HIDDEN_ROW, "", where, "隐藏的行")


def _exact(shown: str, value: str) -> str:
    """The value of a cell instead of what it shows, where that has an exponent or hides digits of a long number."""
    whole = plain_number(value)
    digits = re.sub("[^0-9]", "", shown)
    hides = len(whole) >= _LONG and whole.isdigit() and whole not in digits
    return whole if hides or re.search("[eE]", shown) else shown


def _table_rows(table: _Element) -> list[tuple[_Element, bool]]:
    found: list[tuple[_Element, bool]] = []
    for one in table:
        if local(one) == "table-row":
            found.append((one, False))
        elif local(one) == "table-header-rows":
            found.extend((row, True) for row, _header in _table_rows(one))
        elif local(one) in ("table-rows", "table-row-group"):
            found.extend(_table_rows(one))
    return found


def _count(element: _Element, name: str) -> int:
    value = attribute(element, name, "1")
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 9 else 1


def _properties(collector: Collector, package: Package) -> None:
    root = package.optional_xml("meta.xml")
    for element in descendants(root, "meta") if root is not None else ():
        for one in element:
            key, value = local(one), all_text(one)
            if key == "user-defined":
                key = attribute(one, "name")
            if key == "template":
                value = attribute(one, "href")
            if key and key not in _SILENT:
                collector.property(_PROPERTY_NAMES.get(key, key), value)


def _parts(collector: Collector, package: Package) -> None:
    for name in package.names():
        folded = name.lower()
        if _PICTURE.match(name):
            collector.member(package.read(name), name, "picture")
        elif folded.startswith("thumbnails/"):
            collector.hide(Hidden.THUMBNAIL, "", Where(Hidden.THUMBNAIL, member=name), "文件缩略图")
        elif re.match(r"object \d+/content\.xml$", folded):
            text = all_text(package.xml(name))
            collector.hide(Hidden.EMBEDDED, text, Where(Hidden.EMBEDDED, member=name), "嵌入的对象")
        elif re.match(r"object \d+$", folded):
            collector.member(package.read(name), name, "embedded", Hidden.EMBEDDED, "嵌入的文件")
        elif folded.startswith(("basic/", "scripts/")) and not folded.endswith(("script-lc.xml", "script-lb.xml")):
            collector.hide(Hidden.SCRIPT, "", Where(Hidden.SCRIPT, member=name), "文件中有宏")
        elif folded.startswith("versions/") or folded == "versionlist.xml":
            collector.hide(Hidden.EARLIER_REVISION, "", Where(Hidden.EARLIER_REVISION, member=name), "保存的早期版本")
            if folded != "versionlist.xml":
                collector.member(package.read(name), f"{name}.odt", "embedded")
