"""Writing by file (以文件撰写): a document becomes the clean HTML of an item's text.

What a text of an item can hold is kept: paragraphs, headings, lists, tables, bold. The rest (pictures, headers, notes,
colours, fonts) is left out, and the officer is told of what a reader would miss.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.documents import Document, Hidden, Paragraph, Table
from gongkai.publishing.text import clean

MOST_CHARACTERS = 200_000
WRITABLE = ("docx", "doc", "wps", "odt", "rtf", "txt", "xlsx", "xls", "et", "ods", "csv", "pdf", "ofd")
"""Extensions of what a text can be written from."""
_TYPES = {"docx", "doc", "odt", "rtf", "txt", "xlsx", "xls", "ods", "csv", "pdf", "ofd", "html"}
_COUNTED = re.compile(r"\d{1,3}[.．、)）]?")
_TITLE_STYLES = ("title", "标题")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Written:
    """What was made of a document: a title (may be empty), the text as clean HTML, and what is not in it, in words."""

    title: str
    body: str
    left_out: tuple[str, ...]


@dataclass
class _Marked:
    """A paragraph of a DOCX as its runs say it: (text, bold) pairs, and whether it is an entry of a list."""

    runs: list[tuple[str, bool]] = field(default_factory=list)
    in_list: bool = False

    @property
    def text(self) -> str:
        """The text, without spaces, by which it is found again."""
        return _squeezed("".join(text for text, _bold in self.runs))


def is_writable(document: Document) -> bool:
    """Whether a text can be made of a document of this type."""
    return document.type in _TYPES


def write(document: Document, data: bytes = b"") -> Written:
    """Make an item's title and text of a document; `data` are its bytes, from which a DOCX gives what is bold."""
    marked = _marked(data) if document.type == "docx" else []
    blocks = list(document.blocks)
    title = ""
    while blocks and isinstance(first := blocks[0], Paragraph) and (_is_title(first) or not first.text.strip()):
        title += "".join(first.text.split("\n")).strip()
        blocks.pop(0)
    body = clean("".join(_html(blocks, _Finder(marked))))
    return Written(title[:255], body, tuple(_left_out(document)))


def _is_title(paragraph: Paragraph) -> bool:
    return paragraph.style.strip().lower() in _TITLE_STYLES


def _html(blocks: Sequence[Paragraph | Table], finder: _Finder) -> Iterator[str]:
    """The blocks as HTML; entries of one list stand together."""
    kind = ""
    for block in blocks:
        if isinstance(block, Table):
            yield from _closed(kind)
            kind = ""
            yield from _table(block)
            continue
        text = block.text.strip()
        if not text:
            continue
        marked = finder.find(text)
        words = _words(block, marked)
        wanted = _list_of(block, marked)
        if wanted != kind or (wanted == "ol" and block.number.strip().rstrip(".．、)）") == "1"):
            yield from _closed(kind)
            if wanted:
                yield f"<{wanted}>"
            kind = wanted
        if wanted:
            yield f"<li><p>{words}</p></li>"
        elif block.level is not None:
            rank = min(block.level + 1, 4)
            yield f"<h{rank}>{html.escape(block.number + text, quote=False)}</h{rank}>"
        else:
            yield f"<p>{html.escape(block.number, quote=False)}{words}</p>"
    yield from _closed(kind)


def _closed(kind: str) -> Iterator[str]:
    if kind:
        yield f"</{kind}>"


def _list_of(block: Paragraph, marked: _Marked | None) -> str:
    """ol, ul or nothing: numbers counted in digits make a list, 一、 and （一） stay words of their paragraph."""
    if block.level is not None:
        return ""
    if block.number:
        return "ol" if _COUNTED.fullmatch(block.number.strip()) else ""
    style = block.style.lower()
    bulleted = "bullet" in style or "项目符号" in style or (marked is not None and marked.in_list)
    return "ul" if bulleted else ""


def _words(block: Paragraph, marked: _Marked | None) -> str:
    """The text of a paragraph with what is bold, where its runs are known, and its line breaks."""
    if marked is None or not any(bold for _text, bold in marked.runs):
        return html.escape(block.text.strip(), quote=False).replace("\n", "<br>")
    parts = []
    for text, bold in marked.runs:
        escaped = html.escape(text, quote=False).replace("\n", "<br>")
        parts.append(f"<strong>{escaped}</strong>" if bold and text.strip() else escaped)
    return "".join(parts).replace("</strong><strong>", "").strip()


def _table(table: Table) -> Iterator[str]:
    """A table with its merged cells; hidden sheets, rows and columns are not part of a text."""
    if table.where.part in (Hidden.HIDDEN_SHEET, Hidden.VERY_HIDDEN_SHEET):
        return
    rows = []
    for row in table.rows:
        cells = "".join(
            f"<{tag}{_span('colspan', cell.column_span)}{_span('rowspan', cell.row_span)}>"
            f"<p>{html.escape(cell.text.strip(), quote=False).replace(chr(10), '<br>')}</p></{tag}>"
            for cell in row
            if not cell.hidden
            for tag in ["th" if cell.is_header else "td"]
        )
        if cells:
            rows.append(f"<tr>{cells}</tr>")
    if rows:
        yield f"<table><tbody>{''.join(rows)}</tbody></table>"
    for _row, _column, inner in table.nested:
        yield from _table(inner)


def _span(name: str, count: int) -> str:
    return f' {name}="{count}"' if count > 1 else ""


def _left_out(document: Document) -> Iterator[str]:
    """What a reader of the document sees and the text does not hold."""
    pictures = sum(member.relation == "picture" and "thumbnail" not in member.name for member in document.members)
    if pictures:
        yield f"图片{pictures}张"
    parts = {margin.where.part for margin in document.margins}
    names = {"footnote": "脚注", "text_box": "文本框中的文字", "header": "页眉", "footer": "页脚"}
    yield from (name for part, name in names.items() if part in parts)
    if any(member.relation in ("embedded", "attachment") for member in document.members):
        yield "嵌入的文件"
    if any(part.kind in (Hidden.COMMENT, Hidden.REVISION) for part in document.hidden):
        yield "批注和修订痕迹"


class _Finder:
    """Finds the runs of paragraphs that come in the order of the document."""

    def __init__(self, marked: Sequence[_Marked]) -> None:
        self._marked = marked
        self._next = 0

    def find(self, text: str) -> _Marked | None:
        """The next paragraph with this text; none where the runs do not give it exactly."""
        wanted = _squeezed(text)
        for place in range(self._next, len(self._marked)):
            if self._marked[place].text == wanted:
                self._next = place + 1
                return self._marked[place]
        return None


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _marked(data: bytes) -> list[_Marked]:
    """The paragraphs of a DOCX that stand in no table. The file was read and bounded before; what is odd gives none."""
    from lxml import etree  # half a tenth of a second that other pages need not spend

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            source = package.read("word/document.xml")
        root = etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except (zipfile.BadZipFile, KeyError, RuntimeError, etree.XMLSyntaxError):
        return []
    found = []
    for paragraph in root.iterfind(f"{_W}body/{_W}p"):
        one = _Marked(in_list=paragraph.find(f"{_W}pPr/{_W}numPr") is not None)
        for run in paragraph.iter(f"{_W}r"):
            if any(above.tag in (f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent") for above in run.iterancestors()):
                continue
            text = "".join(_said(part.tag, part.text or "") for part in run)
            if text:
                one.runs.append((text, _is_on(run.find(f"{_W}rPr/{_W}b"))))
        found.append(one)
    return found


def _said(tag: object, text: str) -> str:
    """What a part of a run says."""
    if tag == f"{_W}t":
        return text
    return {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t"}.get(str(tag), "")


def _is_on(mark: object) -> bool:
    """Whether a property of a run is there and not switched off."""
    value = mark.get(f"{_W}val") if mark is not None else "0"  # type: ignore[attr-defined]
    return value not in ("0", "false", "off", "none")
