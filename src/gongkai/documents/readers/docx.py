"""DOCX (ECMA-376) as XML: body, tables, notes, headers, text boxes, comments, tracked changes, hidden text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.documents.collecting import Collector
from gongkai.documents.decoding import plain_address
from gongkai.documents.model import Cell, Hidden, Table, Where, cell_name
from gongkai.documents.packages import Package, all_text, attribute, child, descendants, local
from gongkai.documents.readers import leftovers, ooxml
from gongkai.documents.readers.docx_styles import Style, StyleSheet, close, fill_of, integer, switch

if TYPE_CHECKING:
    from lxml.etree import _Element

# Fields that say nothing but where a page or heading is.
_HARMLESS_FIELDS = {
    "PAGE", "NUMPAGES", "SECTIONPAGES", "TOC", "REF", "PAGEREF", "SEQ", "STYLEREF", "DATE", "TIME", "EQ", "=",
    "HYPERLINK", "FORMTEXT", "NOTEREF", "MERGEFORMAT", "SECTION", "FORMCHECKBOX", "TC", "XE",
}  # fmt: skip


def read(collector: Collector) -> None:
    """Read a DOCX file."""
    package = Package(collector.data, collector.budget)
    main = ooxml.main_part(package, "word/document.xml")
    reader = _Reader(collector, package, main)
    body = child(package.xml(main), "body")
    if body is not None:
        reader.story(body, "body")
    for relation in ooxml.relations(package, main).values():
        part = package.find(relation.target)
        if relation.external or part is None:
            continue
        match relation.kind:
            case "header" | "footer":
                reader.story(package.xml(part), relation.kind)
            case "footnotes" | "endnotes":
                for note in package.xml(part):
                    if attribute(note, "type") not in ("separator", "continuationSeparator", "continuationNotice"):
                        reader.story(note, "footnote")
            case "comments":
                _comments(collector, package.xml(part))
            case "settings":
                _settings(collector, package.xml(part))
            case "glossaryDocument":
                collector.hide(Hidden.FIELD, all_text(package.xml(part)), note="文件中保存的构建基块")
            case "keyMapCustomizations" | "vbaProject":
                pass
        if relation.kind in ("header", "footer", "footnotes", "endnotes"):
            ooxml.links(collector, package, part)
    ooxml.links(collector, package, main)
    ooxml.read_common(collector, package)
    leftovers.sweep(collector, package)


@dataclass
class _Text:
    """The text of one paragraph while its runs are gone through."""

    visible: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    """The codes of fields, which a program may write in pieces."""
    hidden: dict[tuple[Hidden, str], list[str]] = field(default_factory=lambda: defaultdict(list))


class _Reader:
    """Walks stories (body, header, note, text box), each in one part."""

    def __init__(self, collector: Collector, package: Package, main: str) -> None:
        self._collector = collector
        self._sheet = StyleSheet(package, main)
        self._formats_reported = False

    def story(self, root: _Element, part: str) -> None:
        """Read the blocks below an element."""
        for element in root:
            self._collector.budget.check_time()
            match local(element):
                case "p":
                    self._paragraph(element, part)
                case "tbl":
                    table = self._table(element, part)
                    if part in ("body", "hidden"):
                        self._collector.table(table.rows, nested=table.nested, caption=table.caption)
                    else:
                        lines = ("\t".join(cell.text for cell in row) for row in table.rows)
                        self._collector.margin("\n".join(lines), part)
                case "sdt":
                    content = child(element, "sdtContent")
                    if content is not None:
                        self.story(content, part)
                case "Fallback" | "sectPr":
                    pass
                case _ if isinstance(element.tag, str):  # a wrapper, of whatever kind
                    self.story(element, part)

    def _paragraph(self, element: _Element, part: str) -> None:
        properties = child(element, "pPr")
        style_element = child(properties, "pStyle")
        key = attribute(style_element, "val") if style_element is not None else self._sheet.default
        chain = self._sheet.chain(key)
        level = next((style.level for style in chain if style.level is not None), None)
        outline = child(properties, "outlineLvl")
        if outline is not None:
            level = integer(attribute(outline, "val")) + 1
        number = ""
        listed = self._sheet.listing(properties, chain)
        text = self._runs(element, chain, "", part)
        if listed and "".join(text).strip():
            number = self._sheet.numbers.next(*listed)
        whole = "".join(text)
        if part == "body":
            name = chain[0].name if chain else ""
            self._collector.paragraph(whole, level=level if level and level <= 9 else None, style=name, number=number)
        else:
            self._collector.margin(number + whole, part)

    def _runs(self, element: _Element, chain: list[Style], shade: str, part: str, cell: str | None = None) -> list[str]:
        """Return the visible text of a paragraph; what is hidden in it goes to the collector."""
        text = _Text()
        properties = child(element, "pPr")
        own = fill_of(properties)
        self._walk(element, text, chain, own or shade, None, part)
        mark = child(properties, "rPr")
        if mark is not None and (child(mark, "del") is not None or child(mark, "ins") is not None):
            text.hidden[Hidden.REVISION, "修订：段落标记"].append("")
        for (kind, note), pieces in text.hidden.items():
            self._collector.hide(kind, "".join(pieces), Where(kind, cell=cell), note)
        self._collector.markup(plain_address("".join(text.codes)), note="域代码")
        return text.visible

    def _walk(
        self, element: _Element, text: _Text, chain: list[Style], shade: str, revision: str | None, part: str
    ) -> None:
        for one in element:
            match local(one):
                case "r":
                    self._run(one, text, chain, shade, revision, part)
                case "del" | "moveFrom":
                    self._walk(one, text, chain, shade, f"修订：删除（{attribute(one, 'author')}）", part)
                case "ins" | "moveTo":
                    text.hidden[Hidden.REVISION, f"修订：插入（{attribute(one, 'author')}）"].append("")
                    self._walk(one, text, chain, shade, revision, part)
                case "pPr" | "sdtPr" | "sdtEndPr" | "Fallback":
                    if any(local(inner).endswith("Change") for inner in one):
                        self._format_change()
                case "txbxContent":
                    self.story(one, "text_box")
                case "oMath" | "oMathPara":
                    text.visible.append("".join(str(t.text or "") for t in descendants(one, "t")))
                case "fldSimple":
                    _field_code(attribute(one, "instr"), text)
                    self._walk(one, text, chain, shade, revision, part)
                case _ if isinstance(one.tag, str):  # a link, a control, a wrapper of whatever kind
                    self._walk(one, text, chain, shade, revision, part)

    def _run(self, run: _Element, text: _Text, chain: list[Style], shade: str, revision: str | None, part: str) -> None:
        properties = child(run, "rPr")
        kind, note = self._visibility(properties, chain, shade)
        if properties is not None and child(properties, "rPrChange") is not None:
            self._format_change()
        pieces: list[str] = []
        for one in run:
            match local(one):
                case "t" | "delText":
                    pieces.append(one.text or "")
                case "tab" | "ptab":
                    pieces.append("\t")
                case "br" | "cr":
                    pieces.append("\n")
                case "noBreakHyphen":
                    pieces.append("-")
                case "sym":
                    pieces.append(_symbol(attribute(one, "char")))
                case "instrText" | "delInstrText":
                    _field_code(one.text or "", text)
                case "ruby":
                    self._walk(one, text, chain, shade, revision, part)
                case "drawing" | "pict" | "object" | "AlternateContent":
                    self._drawing(one, text)
        whole = "".join(pieces)
        if not whole:
            return
        if revision is not None:
            text.hidden[Hidden.REVISION, revision].append(whole)
        elif kind is not None:
            text.hidden[kind, note].append(whole)
        else:
            text.visible.append(whole)

    def _drawing(self, element: _Element, text: _Text) -> None:
        """Text boxes and alternative texts of a drawing; of two renderings of it the first counts."""
        if local(element) == "Fallback":
            return
        if local(element) == "txbxContent":
            self.story(element, "text_box")
            return
        if local(element) in ("docPr", "cNvPr", "shape", "textpath"):
            words = [attribute(element, key) for key in ("descr", "title", "alt", "string")]
            said = " ".join(word for word in words if word)
            if local(element) == "textpath" and said:
                self._collector.margin(said, "watermark")
            elif said:
                text.hidden[Hidden.FIELD, "图形的替代文字"].append(said)
        for one in element:
            if isinstance(one.tag, str):
                self._drawing(one, text)

    def _visibility(self, properties: _Element | None, chain: list[Style], shade: str) -> tuple[Hidden | None, str]:
        style = child(properties, "rStyle")
        styles = (self._sheet.chain(attribute(style, "val")) if style is not None else []) + chain
        hidden = switch(properties, "vanish")
        if hidden is None:
            hidden = next((one.hidden for one in styles if one.hidden is not None), False)
        if hidden or switch(properties, "webHidden"):
            return Hidden.HIDDEN_TEXT, "隐藏文字"
        element = child(properties, "color")
        colour = attribute(element, "val").upper() if element is not None else ""
        if not colour:
            colour = next((one.colour for one in styles if one.colour), "")
        ground = fill_of(properties) or shade or "FFFFFF"
        highlight = child(properties, "highlight")
        if highlight is not None and attribute(highlight, "val") not in ("none", "white"):
            ground = "highlight"
        if len(colour) == 6 and close(colour, ground):
            return Hidden.WHITE_TEXT, "文字与背景同色"
        size = child(properties, "sz")
        if size is not None and 0 < integer(attribute(size, "val"), 99) <= 3:
            return Hidden.WHITE_TEXT, "文字过小，看不见"
        return None, ""

    def _format_change(self) -> None:
        if not self._formats_reported:
            self._formats_reported = True
            self._collector.hide(Hidden.REVISION, "", note="修订：格式更改")

    def _table(self, element: _Element, part: str, depth: int = 0) -> Table:
        rows: list[tuple[Cell, ...]] = []
        nested: list[tuple[int, int, Table]] = []
        open_merges: dict[int, tuple[int, int]] = {}  # column -> (index in `rows`, index of the cell)
        properties = child(element, "tblPr")
        caption = child(properties, "tblCaption")
        for number, row in enumerate(_rows(element), 1):
            row_properties = child(row, "trPr")
            column = 1
            is_header = switch(row_properties, "tblHeader") is True
            hidden_row = switch(row_properties, "hidden") is True
            deleted = child(row_properties, "del") is not None
            before = child(row_properties, "gridBefore")
            if before is not None:
                column += integer(attribute(before, "val"))
            cells: list[Cell] = []
            for cell in _cells(row):
                cell_properties = child(cell, "tcPr")
                span = child(cell_properties, "gridSpan")
                width = min(max(1, integer(attribute(span, "val"), 1)), 512) if span is not None else 1
                merge = child(cell_properties, "vMerge")
                continued = merge is not None and attribute(merge, "val") != "restart"
                text = self._cell(cell, (number, column), part, nested, fill_of(cell_properties), depth)
                if continued and column in open_merges:
                    at, index = open_merges[column]
                    line = cells if at == len(rows) else list(rows[at])
                    line[index] = line[index]._replace(
                        row_span=line[index].row_span + 1,
                        text=line[index].text + ("\n" + text if text.strip() else ""),
                    )
                    if at < len(rows):
                        rows[at] = tuple(line)
                elif deleted:
                    self._collector.hide(
                        Hidden.REVISION, text, Where(Hidden.REVISION, cell=cell_name(number, column)), "修订：删除的行"
                    )
                else:
                    hidden = Hidden.HIDDEN_ROW if hidden_row else ""
                    cells.append(Cell(text, number, column, 1, width, is_header, hidden))
                    open_merges.pop(column, None)
                    if merge is not None:
                        open_merges[column] = (len(rows), len(cells) - 1)
                column += width
            if hidden_row:
                self._collector.hide(Hidden.HIDDEN_ROW, "", Where(Hidden.HIDDEN_ROW, cell=f"{number}"), "隐藏的行")
            rows.append(tuple(cells))
        return Table(rows, Where("table"), attribute(caption, "val") if caption is not None else "", tuple(nested))

    def _cell(
        self,
        cell: _Element,
        at: tuple[int, int],
        part: str,
        nested: list[tuple[int, int, Table]],
        shade: str,
        depth: int,
    ) -> str:
        """Return a cell's text; tables in it go to `nested`."""
        lines: list[str] = []
        for one in cell:
            match local(one):
                case "p":
                    style = child(child(one, "pPr"), "pStyle")
                    chain = self._sheet.chain(attribute(style, "val") if style is not None else self._sheet.default)
                    listed = self._sheet.listing(child(one, "pPr"), chain)
                    text = "".join(self._runs(one, chain, shade, part, cell_name(*at)))
                    lines.append((self._sheet.numbers.next(*listed) if listed and text.strip() else "") + text)
                case "tbl" if depth < 30:
                    nested.append((*at, self._table(one, part, depth + 1)))
                case "tcPr" | "Fallback" | "tbl":
                    pass
                case _ if isinstance(one.tag, str):
                    lines.append(self._cell(one, at, part, nested, shade, depth))
        return "\n".join(lines).strip("\n")


def _rows(table: _Element) -> list[_Element]:
    """The rows of a table, also those in content controls."""
    found: list[_Element] = []
    for one in table:
        if local(one) == "tr":
            found.append(one)
        elif local(one) not in ("tblPr", "tblGrid", "p", "tc", "Fallback", ""):
            found.extend(_rows(one))
    return found


def _cells(row: _Element) -> list[_Element]:
    found: list[_Element] = []
    for one in row:
        if local(one) == "tc":
            found.append(one)
        elif local(one) not in ("trPr", "tblPrEx", "p", "tbl", "Fallback", ""):
            found.extend(_cells(one))
    return found


def _field_code(code: str, text: _Text) -> None:
    text.codes.append(code)
    words = code.split()
    plain = not words or words[0].upper() in _HARMLESS_FIELDS or words[0].startswith(("\\", '"'))
    if plain and not re.search(r"mailto:|file:|\\\\\w", code, re.I):
        return
    text.hidden[Hidden.FIELD, "域代码"].append(code.strip() + " ")


def _comments(collector: Collector, root: _Element) -> None:
    for comment in descendants(root, "comment"):
        text = "\n".join(
            "".join(t.text or "" for t in descendants(paragraph, "t", "delText"))
            for paragraph in descendants(comment, "p")
        )
        note = f"批注（{attribute(comment, 'author')}）"
        collector.hide(Hidden.COMMENT, text, note=note)


def _settings(collector: Collector, root: _Element) -> None:
    for variable in descendants(root, "docVar"):
        text = f"{attribute(variable, 'name')} {attribute(variable, 'val')}"
        collector.hide(Hidden.FIELD, text, note="文档变量")


def _symbol(code: str) -> str:
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    return chr(value) if value < 0x110000 and not 0xE000 <= value <= 0xF8FF and not 0xD800 <= value < 0xE000 else "□"
