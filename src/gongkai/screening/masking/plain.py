"""Masked copies of plain text and CSV: the same bytes but for the covered characters."""

from __future__ import annotations

import csv
import io

from gongkai.documents import Document, Table
from gongkai.documents.decoding import decode
from gongkai.screening.masking.covers import Covers


def copy(source: bytes, document: Document, covers: Covers) -> bytes:
    """Cover a text or CSV; it is written in UTF-8, with the mark of byte order if it had one."""
    text = decode(source).lstrip("\ufeff").replace("\x00", "")
    text = _csv(text, document, covers) if document.type == "csv" else covers.text(text)
    signed = source.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    # A table in GB18030 gets the mark too: without it the usual spreadsheet program would take UTF-8 for GB18030.
    mark = "\ufeff" if signed or (document.type == "csv" and not _is_utf8(source)) else ""
    return (mark + text).encode("utf-8")


def _is_utf8(source: bytes) -> bool:
    try:
        source.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _csv(text: str, document: Document, covers: Covers) -> str:
    head = text[:20_000]
    delimiter = max(",\t;|", key=lambda sign: (head.count(sign), sign == ","))
    changed: dict[tuple[int, int], str] = {}
    for table in document.blocks:
        if isinstance(table, Table):
            changed |= covers.table(table)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n" if "\r\n" in head else "\n")
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
        writer.writerow([changed.get((number, at), value) for at, value in enumerate(row, 1)])
    return out.getvalue()
