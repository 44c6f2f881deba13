"""How large the packed streams of a PDF are, before pdfium unpacks them without asking."""

from __future__ import annotations

import re
import zlib

from gongkai.documents.limits import Budget, ReadingStopped
from gongkai.documents.model import RefusalKind

_STREAM = re.compile(rb"\bstream\r?\n")
_PIECE = 4 * 1024 * 1024
_SUSPICIOUS = 16 * 1024 * 1024
_MOST = 256 * 1024 * 1024
_DEFLATED = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_LEVELS = 3
_PIXELS = re.compile(rb"/(Width|Height)\s+(\d{1,9})")


def refuse_bombs(data: bytes, budget: Budget) -> None:
    """Stop at a stream that unpacks to far more than it is packed, or a picture of too many points.

    White pages pack as well as bombs do, so that pictures go by their stated size.
    """
    for match in _STREAM.finditer(data):
        budget.check_time()
        before = data[max(0, match.start() - 2_000) : match.start()]
        dictionary = before[before.rfind(b" obj") + 1 :]
        if re.search(rb"/Subtype\s*/Image\b", dictionary):
            sides = {name: int(value) for name, value in _PIXELS.findall(dictionary)}
            if sides.get(b"Width", 0) * sides.get(b"Height", 0) > budget.limits.pixels:
                raise ReadingStopped(RefusalKind.TOO_LARGE, "PDF 中的图片尺寸过大，没有读取。请缩小图片后重新导出。")
        elif data[match.end() : match.end() + 2] in _DEFLATED:
            end = data.find(b"endstream", match.end())
            _check(data[match.end() : end if end >= 0 else len(data)], 1)


def _check(packed: bytes, level: int) -> None:
    unpacker = zlib.decompressobj()
    size, rest, head = 0, packed, b""
    try:
        while rest:
            piece = unpacker.decompress(rest, _PIECE)
            size += len(piece)
            if len(head) < _SUSPICIOUS:
                head += piece
            if size > _MOST or (size > _SUSPICIOUS and size > 200 * len(packed)):
                raise ReadingStopped(
                    RefusalKind.ZIP_BOMB, "PDF 内部的数据解压后过大，疑为压缩炸弹，没有读取。请核实来源或重新导出。"
                )
            rest = unpacker.unconsumed_tail
            if not piece:
                break
    except zlib.error:
        # A damaged stream is pdfium's to judge.
        return
    if level < _LEVELS and head.startswith(_DEFLATED):
        _check(head, level + 1)
