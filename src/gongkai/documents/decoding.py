"""Bytes to text: UTF-8, UTF-16 and GB18030, which covers GBK and GB2312."""

from __future__ import annotations

import codecs
import re
from urllib.parse import unquote_to_bytes

from gongkai.documents.limits import ReadingStopped
from gongkai.documents.model import RefusalKind

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

_BYTES_OF_DIGITS = re.compile(rb"[0-9]{7}")
"""In UTF-16 a zero byte stands between two digits."""
_ENCODED_AT_MOST = 3


def decode(data: bytes, *, partial: bool = False) -> str:
    """Turn the bytes of a plain text into text. `partial` allows a cut character at the end.

    Raises `ReadingStopped` (damaged) for bytes that are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(encoding, "replace"))
    wide = _wide(data)
    if wide:
        return _checked(data.decode(wide, "replace"))
    for encoding in ("utf-8", "gb18030"):
        try:
            return _checked(codecs.getincrementaldecoder(encoding)().decode(data, not partial))
        except UnicodeDecodeError:
            continue
    # One broken byte must not hide a whole text: replace it where the rest reads well.
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") * 50 <= len(text):
            return _checked(text)
    raise ReadingStopped(RefusalKind.DAMAGED, "文件不是可识别的文本（UTF-8、UTF-16、GB18030），请核对后另存为 UTF-8。")


def decode_loosely(data: bytes) -> str:
    """Turn bytes of a name or label into text, whatever it takes."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("gb18030", "replace")


def plain_address(address: str) -> str:
    """Return the address of a link as a reader would say it: what is percent-encoded, even several times, in clear."""
    for _round in range(_ENCODED_AT_MOST):
        if "%" not in address:
            break
        address = decode_loosely(unquote_to_bytes(address))
    return address


def _wide(data: bytes) -> str:
    """Recognise UTF-16 without a mark by the zero bytes of its line ends and Latin letters."""
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2 or b"\0" not in sample or _BYTES_OF_DIGITS.search(data):
        return ""
    try:
        if not data.isascii() and data.decode("utf-8"):
            return ""  # it is UTF-8 with zero bytes in it, or UTF-16 by a chance that does not occur
    except UnicodeDecodeError:
        pass
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.3 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.3 and odd < half * 0.05:
        return "utf-16-be"
    return ""


def _checked(text: str) -> str:
    """Refuse what holds control characters as no text does."""
    sample = text[:65536]
    controls = sum(1 for sign in sample if sign < " " and sign not in "\t\r\n\f\x1a\x1b\x0b")
    if controls * 100 > len(sample):
        raise ReadingStopped(RefusalKind.DAMAGED, "文件内容不是文本，可能已损坏或扩展名不对。请核对后重新保存。")
    return text
