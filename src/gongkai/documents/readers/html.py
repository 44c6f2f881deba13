"""HTML: text, tables with spans, and what a browser does not show: comments, hidden elements, scripts, data attributes."""

from __future__ import annotations

import base64
import binascii
import re
from html import unescape
from typing import TYPE_CHECKING, Any

from gongkai.documents.collecting import Collector
from gongkai.documents.decoding import decode, plain_address
from gongkai.documents.limits import ReadingStopped
from gongkai.documents.model import Cell, Hidden, RefusalKind, Table, Where, cell_name
from gongkai.documents.packages import refuse_many_attributes, refuse_many_nodes

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.I)
_BLOCKS = {
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "header",
    "footer", "nav", "aside", "main", "blockquote", "pre", "form", "fieldset", "figure", "figcaption", "address", "hr",
    "body", "html", "center", "details", "summary", "legend", "caption", "option", "select", "label", "tr", "td", "th",
}  # fmt: skip
_SKIP = {"style", "link", "meta", "base", "title"}  # an element that belongs into no head may stand in it
_CODE = {"script": "脚本", "template": "模板", "noscript": "无脚本时的内容"}
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)"
    r"|font-size\s*:\s*0|(?:left|top|text-indent|margin-left)\s*:\s*-\d{4,}|clip\s*:\s*rect\(0|clip-path\s*:\s*inset\(50",
    re.I,
)
_WHITE = r"(?:#f{3}(?:f{3})?\b|white\b|rgba?\(\s*255\s*,\s*255\s*,\s*255|transparent\b)"
_WHITE_TEXT = re.compile(rf"(?<![-\w])color\s*:\s*{_WHITE}", re.I)
_GROUND = re.compile(r"background(?:-color|-image)?\s*:\s*([^;]+)", re.I)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SPAN, _COLUMNS = 1_000, 16_384
_SAID = {"alt", "title", "placeholder", "aria-label", "content"}
_ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "cite",
    "background",
    "poster",
    "data",
    "longdesc",
    "ping",
    "srcset",
}
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_SHEET = re.compile(r"""/\*(.*?)\*/|["']([^"']*)["']|url\(\s*["']?([^)"']+)""", re.S)


def read(collector: Collector) -> None:
    """Read an HTML file."""
    from lxml import etree, html

    text = _decoded(collector.data)
    refuse_many_nodes(text)
    refuse_many_attributes(text)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadingStopped(RefusalKind.DAMAGED, "网页中没有可读的内容，可能已损坏。请重新保存网页。") from error
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        # The parser has left out all that comes after.
        raise ReadingStopped(RefusalKind.DAMAGED, "网页内部嵌套过深，无法完整读取。请用浏览器打开后另存。")
    _Reader(collector, root).run()
    collector.strays(unescape(text), note="网页源码")


def _decoded(data: bytes) -> str:
    named = _CHARSET.search(data[:4096])
    encoding = named[1].decode("ascii").lower() if named else ""
    if encoding in ("gb2312", "gbk", "gb18030", "big5", "utf-8", "utf8"):
        try:
            return data.decode({"gb2312": "gb18030", "gbk": "gb18030"}.get(encoding, encoding))
        except UnicodeDecodeError:
            pass
    # A NUL would end the text for the parser, and hide all that follows.
    return decode(data).replace("\x00", "")


class _Reader:
    def __init__(self, collector: Collector, root: _Element) -> None:
        self._collector = collector
        self._root = root
        self._classes: dict[str, Hidden] = {}
        self._line: list[str] = []
        self._level: int | None = None
        self._steps = 0

    def run(self) -> None:
        """Go through head, then body."""
        for style in self._root.iter("style"):
            self._rules(style.text or "")
            self._style(style.text or "")
        for title in self._root.iter("title"):
            self._collector.note("title", (title.text or "").strip())
            self._collector.margin(title.text or "", "title")
        for meta in self._root.iter("meta"):
            content = meta.get("content") or ""
            if content and (name := _named(meta)):
                self._collector.property(str(name), str(content), kind=Hidden.METADATA, note=f"网页标签 {name}")
        for sibling in self._root.itersiblings(preceding=True):
            self._aside(sibling)
        # What stands after the end of the page is shown all the same.
        for root in (self._root, *self._root.itersiblings()):
            for element in root.iter("*") if _is_element(root) else ():
                self._markup(element)
            self._walk(root, None)
        self._flush()

    def _rules(self, sheet: str) -> None:
        """Classes and identifiers that the page's own style sheet hides."""
        for selectors, body in _RULE.findall(re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)[:500_000]):
            kind = _hidden_by(body)
            for selector in selectors.split(",") if kind else ():
                simple = re.fullmatch(r"\s*(?:[\w-]+)?([.#][\w-]+)\s*", selector)
                if simple and kind:
                    self._classes[simple[1]] = kind

    def _kind(self, element: _Element) -> Hidden | None:
        """Whether an element is hidden by itself."""
        if element.get("hidden") is not None or (element.tag == "input" and element.get("type") == "hidden"):
            return Hidden.HIDDEN_TEXT
        style = element.get("style")
        kind = _hidden_by(style) if style else None
        if kind is None and self._classes:
            names = [f".{name}" for name in (element.get("class") or "").split()] + [f"#{element.get('id')}"]
            kind = next((self._classes[name] for name in names if name in self._classes), None)
        if kind is None and element.tag == "font" and re.fullmatch(_WHITE, (element.get("color") or ""), re.I):
            kind = Hidden.WHITE_TEXT
        if kind == Hidden.WHITE_TEXT and any(self._has_ground(up) for up in (element, *element.iterancestors())):
            kind = None
        return kind

    @staticmethod
    def _has_ground(element: _Element) -> bool:
        """Whether an element has a background of its own that white text can be read on."""
        found = _GROUND.search(element.get("style") or "")
        colour = found[1] if found else element.get("bgcolor") or element.get("background") or ""
        return bool(colour) and not re.search(_WHITE, colour, re.I)

    def _walk(self, element: _Element, table_part: str | None) -> None:
        """Visible text goes to lines; hidden elements are reported whole."""
        self._steps += 1
        if not self._steps % 5_000:
            self._collector.budget.check_time()
        if self._aside(element):
            return
        tag = str(element.tag).lower()
        kind = self._kind(element)
        if kind is not None:
            text = _text(element)
            value = element.get("value") or ""
            if text or value:
                note = "与背景同色的文字" if kind == Hidden.WHITE_TEXT else "隐藏的元素"
                self._collector.hide(kind, f"{text} {value}".strip(), note=note)
            for inner in element.iter():
                if not _is_element(inner) or inner.tag in _CODE:
                    self._aside(inner)
            return
        if tag == "table":
            self._flush()
            table = self._table(element, 0)
            self._collector.table(table.rows, nested=table.nested, caption=table.caption)
            return
        block = tag in _BLOCKS
        if block:
            self._flush()
            if re.fullmatch(r"h[1-6]", tag):
                self._level = int(tag[1])
        if tag == "br":
            self._flush()
        self._say(element.text)
        if tag in ("input", "textarea") and element.get("value"):
            self._say(str(element.get("value")))
        for inner in element:
            self._walk(inner, table_part)
            self._say(inner.tail)
        if block:
            self._flush()
            if re.fullmatch(r"h[1-6]", tag):
                self._level = None

    def _aside(self, element: _Element) -> bool:
        """Report comments and code; returns whether the element is not to be read on."""
        if not _is_element(element):
            text = (element.text or "").strip()
            if text:
                self._collector.hide(Hidden.COMMENT, text, note="网页注释")
            return True
        tag = element.tag.lower()
        if tag in _CODE:
            text = _text(element) if tag != "script" else (element.text or "").strip()
            if text:
                self._collector.hide(Hidden.SCRIPT if tag == "script" else Hidden.HIDDEN_TEXT, text, note=_CODE[tag])
            return True
        return tag in _SKIP

    def _markup(self, element: _Element) -> None:
        """Report what stands in the attributes of an element, shown or hidden, and in a name that is no element's."""
        self._steps += 1
        if not self._steps % 5_000:
            self._collector.budget.check_time()
        tag = str(element.tag)
        self._collector.markup(tag, note="标记的名称")
        for key, value in element.attrib.items():
            key, value = str(key), plain_address(str(value))
            self._collector.markup(key, note="属性的名称")
            if not value.strip() or (tag == "meta" and key == "content" and _named(element)):
                continue
            if key.startswith("data-") or (key in _SAID and tag != "meta"):
                self._collector.hide(Hidden.FIELD, value[:100_000], note=f"属性 {key}")
            elif key in _ADDRESSES and re.match(r"\s*(?:mailto:|tel:|sms:|file:|\\\\)", value, re.I):
                self._collector.hide(Hidden.EXTERNAL_LINK, value, note="链接地址")
            elif key == "style":
                self._style(value)
            elif not self._contained(value):
                self._collector.markup(value, note="链接地址" if key in _ADDRESSES else f"属性 {key}")

    def _style(self, sheet: str) -> None:
        """Report what a style sheet says: comments, generated content, addresses."""
        sheet = _ESCAPE.sub(lambda found: chr(min(int(found[1], 16), 0xFFFD)), sheet)
        for comment, words, address in _SHEET.findall(sheet):
            if not self._contained(address):
                self._collector.markup(comment + words + plain_address(address), note="样式表")

    def _contained(self, address: str) -> bool:
        """Read the file that an address holds in itself; returns whether it is such an address."""
        found = re.match(r"\s*data:([^,]{0,200}),", address, re.I)
        if found is None:
            return False
        kind, coded = found[1].partition(";")[0].strip().lower(), address[found.end() :]
        try:
            content = base64.b64decode(coded) if found[1].rstrip().lower().endswith("base64") else coded.encode()
        except (binascii.Error, ValueError):
            self._collector.unread("网页中内嵌的文件已损坏", essential=not kind.startswith("image/"))
            return True
        if content:
            suffix = kind.rpartition("/")[2].partition("+")[0]
            if kind.startswith("image/"):
                self._collector.member(content, f"内嵌图片.{suffix}", "picture")
            else:
                self._collector.member(content, "内嵌文件", "embedded", Hidden.EMBEDDED, "网页中内嵌的文件")
        return True

    def _say(self, text: str | None) -> None:
        if text:
            self._line.append(re.sub(r"\s+", " ", text))

    def _flush(self) -> None:
        text = "".join(self._line).replace("\xa0", " ").strip()
        self._line.clear()
        if text:
            self._collector.paragraph(re.sub(r" {2,}", " ", text), level=self._level)

    def _table(self, element: _Element, depth: int) -> Table:
        rows: list[tuple[Cell, ...]] = []
        nested: list[tuple[int, int, Table]] = []
        taken: dict[int, int] = {}  # column: the last row that a cell above reaches into
        caption = ""
        number = 0
        for part in _rows(element):
            if part.tag == "caption":
                caption = _text(part)
                continue
            number += 1
            hidden_row = self._kind(part) or next(
                (self._kind(up) for up in part.iterancestors("thead", "tbody", "tfoot") if self._kind(up)), None
            )
            column = 1
            cells: list[Cell] = []
            holder = part.getparent()
            in_head = holder is not None and holder.tag == "thead"
            for cell in part:
                if not _is_element(cell) or cell.tag.lower() not in ("td", "th"):
                    self._aside(cell)
                    continue
                while taken.get(column, 0) >= number:
                    column += 1
                if column > _COLUMNS:
                    raise ReadingStopped(RefusalKind.TOO_LARGE, "网页中的表格过宽，无法逐格检查。请拆成几个文件。")
                deep, wide = _span(cell, "rowspan"), _span(cell, "colspan")
                if deep > 1:
                    self._collector.budget.count_cells(wide)
                    taken.update(dict.fromkeys(range(column, column + wide), number + deep - 1))
                hidden = hidden_row or self._kind(cell)
                text = self._cell(cell, number, column, nested, depth)
                is_header = cell.tag.lower() == "th" or in_head
                if hidden:
                    kind = Hidden.HIDDEN_ROW if hidden_row else hidden
                    self._collector.hide(kind, "", Where(kind, cell=cell_name(number, column)), "隐藏的单元格")
                    cells.append(Cell(text, number, column, deep, wide, is_header, kind))
                else:
                    cells.append(Cell(text, number, column, deep, wide, is_header))
                column += wide
            rows.append(tuple(cells))
        return Table(tuple(rows), Where("table"), caption, tuple(nested))

    def _cell(self, cell: _Element, row: int, column: int, nested: list[tuple[int, int, Table]], depth: int) -> str:
        pieces: list[str] = []

        def go(element: _Element) -> None:
            if element.text:
                pieces.append(element.text)
            for inner in element:
                if self._aside(inner):
                    pass
                elif inner.tag == "table" and depth < 30:
                    nested.append((row, column, self._table(inner, depth + 1)))
                else:
                    kind = self._kind(inner)
                    if kind:
                        self._collector.hide(kind, _text(inner), Where(kind, cell=cell_name(row, column)), "隐藏的元素")
                    else:
                        if inner.tag in _BLOCKS or inner.tag == "br":
                            pieces.append("\n")
                        go(inner)
                if inner.tail:
                    pieces.append(inner.tail)

        go(cell)
        lines = (re.sub(r"[ \t\r\f\xa0]+", " ", line).strip() for line in "".join(pieces).split("\n"))
        return "\n".join(line for line in lines if line)


def _rows(table: _Element) -> list[_Element]:
    """Rows and caption of a table, without those of tables in it."""
    found: list[_Element] = []
    for one in table:
        tag = str(one.tag).lower()
        if tag in ("tr", "caption"):
            found.append(one)
        elif tag in ("thead", "tbody", "tfoot"):
            found.extend(inner for inner in one if str(inner.tag).lower() == "tr")
    return found


def _span(cell: _Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(1, int(value)), _SPAN) if value.isascii() and value.isdigit() else 1


def _hidden_by(style: str) -> Hidden | None:
    if _HIDING.search(style):
        return Hidden.HIDDEN_TEXT
    if _WHITE_TEXT.search(style):
        ground = _GROUND.search(style)
        if ground is None or re.search(_WHITE, ground[1], re.I):
            return Hidden.WHITE_TEXT
    return None


def _named(meta: _Element) -> str:
    """The name under which a tag of the head says something of the page, empty when it says how to show it."""
    name = meta.get("name") or meta.get("property") or ""
    return "" if name.lower() in ("viewport", "renderer", "robots") else str(name)


def _is_element(node: Any) -> bool:
    """Comments and instructions stand among the elements, with a function for a name."""
    return isinstance(node.tag, str)


def _text(element: _Element) -> str:
    """All text below an element but comments."""
    pieces: Any = element.xpath(".//text()") if len(element) else [element.text or ""]
    return re.sub(r"\s+", " ", " ".join(str(piece) for piece in pieces)).strip()
