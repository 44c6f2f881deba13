"""Compound files (OLE) that are no document by themselves: embedded packages and what they carry."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

from gongkai.documents.collecting import Collector
from gongkai.documents.decoding import decode_loosely
from gongkai.documents.limits import ReadingStopped
from gongkai.documents.model import Hidden, RefusalKind

if TYPE_CHECKING:
    import olefile

_PROPERTIES = (
    "title", "subject", "author", "keywords", "comments", "template", "last_saved_by", "create_time", "last_saved_time",
    "last_printed", "manager", "company", "category",
)  # fmt: skip
_NAMES = {"last_saved_by": "last_modified_by", "create_time": "created", "last_saved_time": "modified"}


def read(collector: Collector) -> None:
    """Read an embedded object: its own file, where it holds one."""
    with open_file(collector.data) as package:
        found = False
        for entry in package.listdir():
            name = entry[-1]
            if name == "\x01Ole10Native":
                found = True
                label, data = _native(stream(package, entry))
                collector.member(data, label, "embedded", Hidden.EMBEDDED, "嵌入的文件")
            elif name.lower() in ("package", "contents") and len(entry) == 1:
                found = True
                collector.member(stream(package, entry), name, "embedded", Hidden.EMBEDDED, "嵌入的文件")
        strays(collector, package)
        if not found:
            raise ReadingStopped(RefusalKind.UNSUPPORTED, "这种格式的文件无法检查，请另存为 DOCX、XLSX 或 PDF。")


def open_file(data: bytes) -> olefile.OleFileIO:
    """Open a compound file. Raises `ReadingStopped` when it is damaged."""
    import olefile

    try:
        return olefile.OleFileIO(io.BytesIO(data))
    except Exception as error:  # olefile names no error: a broken sector shows as struct.error, IndexError, …
        raise ReadingStopped(RefusalKind.DAMAGED, "文件结构已损坏，无法打开。请用原来的软件打开后重新保存。") from error


def stream(package: olefile.OleFileIO, entry: list[str]) -> bytes:
    """Read one stream whole."""
    with package.openstream(entry) as opened:
        return bytes(opened.read())


def properties(collector: Collector, package: olefile.OleFileIO) -> None:
    """Read the summary properties."""
    try:
        found = package.get_metadata()
    except Exception:  # olefile names no error, and a broken property set must not hide the text
        collector.unread("文件属性已损坏，无法读取", essential=False)
        return
    for name in _PROPERTIES:
        value = getattr(found, name, None)
        if isinstance(value, bytes):
            value = decode_loosely(value).strip("\0")
        if value:
            collector.property(_NAMES.get(name, name), str(value))
    if getattr(found, "thumbnail", None):
        collector.hide(Hidden.THUMBNAIL, "", note="文件缩略图")


def strays(collector: Collector, package: olefile.OleFileIO) -> None:
    """Look for numbers that no reader found: what quick saves and deleted records leave in the streams."""
    for entry in package.listdir():
        collector.budget.check_time()
        collector.stray_bytes(stream(package, entry))


def embedded(collector: Collector, package: olefile.OleFileIO) -> None:
    """Read packages embedded in a document, and say whether it has macros."""
    for entry in package.listdir():
        if entry[-1] == "\x01Ole10Native":
            label, data = _native(stream(package, entry))
            collector.member(data, label, "embedded", Hidden.EMBEDDED, "嵌入的文件")
        elif len(entry) > 1 and entry[-1] == "Package":
            collector.member(stream(package, entry), entry[-2], "embedded", Hidden.EMBEDDED, "嵌入的文件")
        elif len(entry) > 1 and entry[-1] in ("WordDocument", "Workbook", "Book"):
            collector.hide(Hidden.EMBEDDED, "", note="嵌入的文件")
            collector.unread("嵌入的文件无法取出检查，请另存为新格式后再试")
        elif entry[-1].upper() == "VBA" or (len(entry) > 1 and entry[-2].upper() == "VBA" and entry[-1] == "dir"):
            collector.hide(Hidden.SCRIPT, "", note="文件中有宏")


def _native(data: bytes) -> tuple[str, bytes]:
    """Take label and content out of an Ole10Native stream."""
    if len(data) < 6:
        return "嵌入对象", data
    at = 6
    end = data.find(b"\0", at)
    label = decode_loosely(data[at:end]) if 0 <= end < at + 600 else "嵌入对象"
    at = data.find(b"\0", end + 1) + 1 if end >= 0 else 4
    try:
        at += 4
        (length,) = struct.unpack_from("<I", data, at)
        at += 4 + length
        (size,) = struct.unpack_from("<I", data, at)
        content = data[at + 4 : at + 4 + size]
    except struct.error:
        content = b""
    return label or "嵌入对象", content or data[4:]
