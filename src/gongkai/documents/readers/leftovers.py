"""What a package carries beside what its reader reads: parts that nothing refers to, attributes, comments of the archive,
bytes between its parts. Only numbers that were not read are told; a part that is a file of its own is read as one."""

from __future__ import annotations

import re
from html import unescape

from gongkai.documents.collecting import Collector
from gongkai.documents.decoding import decode_loosely
from gongkai.documents.limits import ReadingStopped
from gongkai.documents.model import Hidden, Where
from gongkai.documents.packages import Package, all_text, parse_xml

_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"{\\rtf")
_TEXTS = re.compile(r"\.(?:txt|csv|html?|mht|mhtml|json|md|log)$", re.I)
_TOLD = re.compile(r"\.(?:png|jpe?g|gif|tiff?|webp|[ot]tf|odttf|fntdata|ttc)$", re.I)
_NO_TEXT = re.compile(r"(?:^|/)(?:theme\d*|fonttable|websettings|calcchain)\.xml$|^_xmlsignatures/", re.I)
_GAP = 64
"""Bytes that programs leave between two parts for the sake of order."""


def around(collector: Collector, package: Package) -> None:
    """Tell what an archive says of itself: comments, folders, bytes that belong to no part."""
    if package.comment:
        collector.hide(Hidden.COMMENT, package.comment, note="压缩包注释")
    for name, comment in package.comments():
        collector.hide(Hidden.COMMENT, comment, Where(Hidden.COMMENT, member=name), "压缩包中文件的注释")
    for name in package.folders():
        collector.markup(name, note="压缩包中文件夹的名称")
    gaps = package.gaps()
    for gap in gaps:
        collector.stray_bytes(gap, note="压缩包中各文件之间的数据")
    size = sum(map(len, gaps))
    if any(len(gap.strip(b"\0")) > _GAP for gap in gaps):
        where = Where(Hidden.TRAILING_DATA)
        collector.hide(Hidden.TRAILING_DATA, "", where, f"压缩包中有{size}字节不属于任何文件的数据")
        collector.unread("压缩包中有不属于任何文件的数据，没有读取，请重新压缩或另存", where)


def sweep(collector: Collector, package: Package, told: frozenset[str] = frozenset()) -> None:
    """Look through all parts of a document's package for what was not read; `told` are those that were read whole."""
    around(collector, package)
    for name in package.names():
        collector.budget.check_time()
        collector.markup(name, note="文件内部的名称")
        if name in told or _TOLD.search(name):
            continue
        try:
            _part(collector, package, name)
        except ReadingStopped as stopped:
            collector.refused_member(name, "embedded", stopped)


def _part(collector: Collector, package: Package, name: str) -> None:
    was_read = name in package.touched
    data = package.again(name)
    where = Where(Hidden.MARKUP, member=name)
    if data.startswith((*_FILES, b"\xef\xbb\xbf{\\rtf")) or _TEXTS.search(name):
        if not was_read and data.strip():
            collector.member(data, name, "embedded", Hidden.EMBEDDED, "文件内部没有被引用的文件")
        return
    if not data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        collector.stray_bytes(data, where)
        return
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    collector.strays(unescape(data.decode("utf-16", "replace") if wide else decode_loosely(data)), where)
    if not was_read and not _NO_TEXT.search(name):
        text = all_text(parse_xml(data))
        collector.markup(text, where, "文件内部没有显示的部分")
