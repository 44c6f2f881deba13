"""Masked copies of PDF: made anew from the covered text, page by page. The layout is plain; nothing of the old file is
taken over, so nothing can lie under it."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.documents import Document, Paragraph, Table
from gongkai.screening.masking.covers import Covers

_WIDTH, _HEIGHT, _MARGIN = 595.0, 842.0, 56.0  # A4 in points
_SIZE, _LEADING = 10.5, 17.0


def copy(source: bytes, document: Document, covers: Covers) -> bytes:
    """Write the visible text of each page on as many pages as it takes."""
    del source
    pages = _covered(document, covers)
    sheets: list[list[str]] = []
    for lines in pages:
        wrapped = [piece for line in lines for piece in _wrapped(line)]
        height = int((_HEIGHT - 2 * _MARGIN) // _LEADING)
        sheets += [wrapped[at : at + height] for at in range(0, len(wrapped), height)] or [[]]
    return write_pages(sheets)


def write_pages(sheets: list[list[str]]) -> bytes:
    """Write a PDF with one page for each list of lines."""
    return _Writer().write(sheets)


def _covered(document: Document, covers: Covers) -> list[list[str]]:
    """The covered lines of each page, in reading order."""
    blocks = [*document.blocks, *document.margins]
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    covered = covers.pieces([each.text for each in paragraphs], [True] * len(paragraphs))
    texts = dict(zip(map(id, paragraphs), covered, strict=True))
    pages: dict[int, list[str]] = {}
    for block in blocks:
        lines = pages.setdefault(block.where.page or 1, [])
        if isinstance(block, Table):
            lines.extend(_rows(block, covers))
        else:
            lines.extend((block.number + texts[id(block)]).split("\n"))
    return [pages[number] for number in sorted(pages)] or [[]]


def _rows(table: Table, covers: Covers) -> list[str]:
    changed = covers.table(table)
    lines = []
    for row in table.rows:
        cells = [changed.get((cell.row, cell.column), cell.text).replace("\n", " ") for cell in row if not cell.hidden]
        lines.append(" | ".join(cells))
    for _row, _column, inner in table.nested:
        lines += _rows(inner, covers)
    return lines


def _wrapped(line: str) -> list[str]:
    room = (_WIDTH - 2 * _MARGIN) / _SIZE
    pieces, piece, used = [], "", 0.0
    for character in line:
        width = _advance(character)
        if used + width > room:
            pieces.append(piece)
            piece, used = "", 0.0
        piece += character
        used += width
    return [*pieces, piece]


def _advance(character: str) -> float:
    """The width of a character in ems."""
    return 0.5 if " " <= character <= "~" else 1.0


@dataclass
class _Writer:
    """Writes a PDF of text lines with the Chinese font that every reader has (Adobe-GB1, not embedded)."""

    objects: list[bytes] = field(default_factory=list)

    def write(self, sheets: list[list[str]]) -> bytes:
        catalog, tree, font, descendant, descriptor = (self._add(b"") for _each in range(5))
        pages = []
        for lines in sheets:
            content = _content(lines)
            stream = self._add(b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream")
            pages.append(
                self._add(
                    b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources << /Font << /F1 %d 0 R >> >> >>"
                    % (tree, _WIDTH, _HEIGHT, stream, font)
                )
            )
        kids = b" ".join(b"%d 0 R" % page for page in pages)
        self._set(catalog, b"<< /Type /Catalog /Pages %d 0 R >>" % tree)
        self._set(tree, b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)))
        self._set(
            font,
            b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [%d 0 R] >>"
            % descendant,
        )
        self._set(
            descendant,
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe)"
            b" /Ordering (GB1) /Supplement 4 >> /DW 1000 /W [1 95 500 814 939 500] /FontDescriptor %d 0 R >>"
            % descriptor,
        )
        self._set(
            descriptor,
            b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
            b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
        )
        return self._file(catalog)

    def _add(self, body: bytes) -> int:
        self.objects.append(body)
        return len(self.objects)

    def _set(self, number: int, body: bytes) -> None:
        self.objects[number - 1] = body

    def _file(self, root: int) -> bytes:
        out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
        table = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, root, table)
        return bytes(out)


def _content(lines: list[str]) -> bytes:
    parts = [b"BT /F1 %g Tf %g TL %g %g Td" % (_SIZE, _LEADING, _MARGIN, _HEIGHT - _MARGIN - _SIZE)]
    for line in lines:
        # Characters beyond the first 65,536 are not in this encoding; they are shown as a box rather than lost.
        plain = "".join(character if ord(character) < 0x10000 else "□" for character in line)
        parts.append(b"<%s> Tj T*" % plain.encode("utf-16-be").hex().encode())
    return b"\n".join([*parts, b"ET"])
