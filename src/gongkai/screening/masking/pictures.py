"""Pictures without what a camera or program wrote beside them (place, author, comments, previews)."""

from __future__ import annotations

import io

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"sRGB", b"cHRM", b"sBIT", b"bKGD", b"pHYs"}
_JPEG_DROPPED = {0xE1, 0xE2, *range(0xE3, 0xEE), 0xEF, 0xFE}


def without_metadata(data: bytes) -> bytes:
    """Return a PNG or JPEG without metadata and without bytes after its end; another kind comes back as it is."""
    if data.startswith(_PNG):
        return _png(data)
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    return data


def _png(data: bytes) -> bytes:
    out, position = io.BytesIO(), len(_PNG)
    out.write(_PNG)
    while position + 12 <= len(data):
        length = int.from_bytes(data[position : position + 4], "big")
        kind = data[position + 4 : position + 8]
        if kind in _PNG_KEPT:
            out.write(data[position : position + 12 + length])
        position += 12 + length
        if kind == b"IEND":
            break
    return out.getvalue()


def _jpeg(data: bytes) -> bytes:
    out, position = io.BytesIO(), 2
    out.write(data[:2])
    while position + 4 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        length = int.from_bytes(data[position + 2 : position + 4], "big")
        if marker == 0xDA:
            end = data.rfind(b"\xff\xd9")
            out.write(data[position : end + 2 if end > position else len(data)])
            break
        if marker not in _JPEG_DROPPED:
            out.write(data[position : position + 2 + length])
        position += 2 + length
    return out.getvalue()
