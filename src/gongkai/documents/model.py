"""What a file holds, whatever its type: paragraphs, tables, hidden parts, metadata, contained files.

Where a text stands, once and only once:

- `Document.blocks`: paragraphs and tables in reading order. A cell in a hidden row, column or sheet stays in its
  table and says so (`Cell.hidden`), so that headers and neighbours are still to be seen.
- `Document.margins`: headers, footers, footnotes and text boxes.
- `HiddenPart.text`: what a reader of the printed page does not see. It is empty where the text stands in cells.
- `Member.content`: files inside the file, each a document or a refusal of its own.

Pages, rows and columns are counted from 1; boxes are in points from the upper left corner of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the upper left corner of the page."""


class RefusalKind(StrEnum):
    """Why a file was not read."""

    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    EMPTY = "empty"
    DISGUISED = "disguised"
    TOO_LARGE = "too_large"
    ZIP_BOMB = "zip_bomb"
    XML_BOMB = "xml_bomb"
    PATH_TRAVERSAL = "path_traversal"
    UNSUPPORTED = "unsupported"
    CONVERTER_MISSING = "converter_missing"
    TIMEOUT = "timeout"


class Hidden(StrEnum):
    """What kind of thing is hidden, or left behind, in a file; also used as `Where.part`."""

    HIDDEN_SHEET = "hidden_sheet"
    VERY_HIDDEN_SHEET = "very_hidden_sheet"
    HIDDEN_ROW = "hidden_row"
    HIDDEN_COLUMN = "hidden_column"
    HIDDEN_TEXT = "hidden_text"
    """Text with the attribute "hidden", hidden elements and comments' likes in HTML, invisible text in PDF."""
    WHITE_TEXT = "white_text"
    """Text in the colour of its background, or too small to read."""
    OFF_PAGE = "off_page"
    UNDER_BOX = "under_box"
    COMMENT = "comment"
    ANNOTATION = "annotation"
    REVISION = "revision"
    EARLIER_REVISION = "earlier_revision"
    """What an incremental save left behind."""
    PROPERTY = "property"
    CUSTOM_XML = "custom_xml"
    METADATA = "metadata"
    EXIF = "exif"
    EXIF_POSITION = "exif_position"
    THUMBNAIL = "thumbnail"
    EMBEDDED = "embedded"
    ATTACHMENT = "attachment"
    EXTERNAL_LINK = "external_link"
    DEFINED_NAME = "defined_name"
    PIVOT_CACHE = "pivot_cache"
    DATA_MODEL = "data_model"
    FORMULA = "formula"
    SCRIPT = "script"
    """Macros and scripts; the program's text is not read as text."""
    FIELD = "field"
    """Field codes, form values, alternative texts."""
    MARKUP = "markup"
    """Addresses of links, attributes, style sheets and the like: no reader sees them, and they hide nothing by
    themselves."""
    TRAILING_DATA = "trailing_data"
    """Bytes before the beginning or after the end of the format."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file.

    `part` is body, table, sheet, header, footer, footnote, text_box, ocr or a `Hidden` kind. `cell` is written as in a
    spreadsheet (C7), for tables of text documents too. `offset` counts characters from the beginning of the text of
    the page or, without pages, of the part. `member` names the contained file, `outer.zip/inner.docx` when nested.
    """

    part: str = "body"
    page: int | None = None
    sheet: str | None = None
    cell: str | None = None
    offset: int | None = None
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading or line.

    `level` is the outline level, 1 the highest, None for body text. `number` is the label that automatic numbering
    gives it (一、), which is not part of `text`. `style` is the file's own name of the style and may be empty. `box` is
    known for PDF and OFD; there, and in a plain text of millions of characters, the line ends within a paragraph are
    kept as line feeds.
    """

    text: str
    where: Where = Where()
    level: int | None = None
    style: str = ""
    number: str = ""
    box: Box | None = None


class Cell(NamedTuple):
    """One cell of a table; a tuple, for there may be a million. `hidden` is the `Hidden` kind, empty when visible.

    A merged cell occurs once, at its upper left corner. Row and column are counted from 1.
    """

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    is_header: bool = False
    hidden: str = ""


Rows = Sequence[tuple[Cell, ...]]
"""Rows of cells; empty cells and empty rows may be absent, so go by `Cell.row` and `Cell.column`."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a text document or one sheet of a workbook (`where.sheet`).

    `nested` are tables that stand inside cells: (row, column, table). Iterate `rows` rather than keep its cells: large
    sheets make them as they are asked for.
    """

    rows: Rows
    where: Where = Where("table")
    caption: str = ""
    nested: tuple[tuple[int, int, Table], ...] = ()
    box: Box | None = None

    def place(self, cell: Cell) -> Where:
        """Return the place of a cell of this table."""
        return Where(
            part=cell.hidden or self.where.part,
            page=self.where.page,
            sheet=self.where.sheet,
            cell=cell_name(cell.row, cell.column),
            offset=self.where.offset,
            member=self.where.member,
        )

    def cells(self) -> Iterator[Cell]:
        """Go through the cells by rows."""
        for row in self.rows:
            yield from row


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class HiddenPart:
    """Something in a file that its reader does not see.

    `text` is what can be read there (empty where it stands in the cells of `Document.blocks`), `note` says in Chinese
    what was found.
    """

    kind: Hidden
    text: str
    where: Where
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a file that could not be looked into, with the reason in Chinese.

    `essential` parts (a scanned page, a picture that is the file, a data model) make the file count as not read; a
    picture in the middle of a text that reads well does not.
    """

    where: Where
    reason: str
    essential: bool = True


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file was not read: a stable kind and one sentence in Chinese with what to do."""

    kind: RefusalKind
    sentence: str
    name: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a file. `relation` is zip_member, attachment, embedded or picture."""

    name: str
    relation: str
    content: Document | Refusal


@dataclass(frozen=True)
class Document:
    """What was read from one file; see the module's text for what stands where.

    `type` is docx, xlsx, xls, csv, pdf, ofd, html, txt, rtf, odt, ods, pptx, zip, image, doc or ppt. `pages` and
    `sheets` are counts and 0 where the type has none or they are not known. `metadata` holds the non-empty properties
    (author, last_modified_by, company, title, created, …) by lower-case name; each is a `HiddenPart` too.
    """

    type: str
    name: str
    sha256: str
    blocks: tuple[Block, ...] = ()
    margins: tuple[Paragraph, ...] = ()
    hidden: tuple[HiddenPart, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    members: tuple[Member, ...] = ()
    unread: tuple[Unread, ...] = ()
    pages: int = 0
    sheets: int = 0

    def walk(self, prefix: str = "") -> Iterator[tuple[str, Document | Refusal]]:
        """Go through the document and all it contains, each with its path in the file ("" for the document)."""
        yield prefix, self
        for member in self.members:
            path = f"{prefix}/{member.name}" if prefix else member.name
            if isinstance(member.content, Document):
                yield from member.content.walk(path)
            else:
                yield path, member.content

    def paragraphs(self) -> Iterator[Paragraph]:
        """Go through the paragraphs of the body, without tables."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block

    def tables(self) -> Iterator[Table]:
        """Go through all tables, nested ones after the table that holds them."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield from with_nested(block)

    def text(self) -> str:
        """Return the visible text: paragraphs by lines, rows of tables by lines with tabs between cells."""
        lines: list[str] = []
        for block in self.blocks:
            if isinstance(block, Paragraph):
                lines.append(block.number + block.text)
            elif block.where.part not in (Hidden.HIDDEN_SHEET, Hidden.VERY_HIDDEN_SHEET):
                lines.extend("\t".join(cell.text for cell in row if not cell.hidden) for row in block.rows)
        return "\n".join(lines)


def with_nested(table: Table) -> Iterator[Table]:
    """Go through a table and those in its cells."""
    yield table
    for _row, _column, inner in table.nested:
        yield from with_nested(inner)


def cell_name(row: int, column: int) -> str:
    """Write a place in a table as a spreadsheet does: 7, 3 is C7."""
    return column_name(column) + str(row)


@lru_cache(maxsize=1024)
def column_name(column: int) -> str:
    """Write a column's number in letters: 28 is AB."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
