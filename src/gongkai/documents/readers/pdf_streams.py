"""The streams and strings of a PDF as they stand in the file: how large they are, before pdfium unpacks them without
asking, and what they say that no page shows."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from gongkai.documents.decoding import decode_loosely
from gongkai.documents.limits import Budget, ReadingStopped
from gongkai.documents.model import RefusalKind

_STREAM = re.compile(rb"\bstream\r?\n")
_PIECE = 4 * 1024 * 1024
_SUSPICIOUS = 16 * 1024 * 1024
_MOST = 256 * 1024 * 1024
_DEFLATED = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_LEVELS = 3
_NUMBER = re.compile(rb"(\d{1,8})\s+\d{1,5}\s+obj\b")
_OBJECT = re.compile(rb"(\d{1,8})\s+\d{1,5}\s+obj\b(.{0,4000}?)endobj", re.S)
_REFERENCE = re.compile(rb"(\d{1,8})\s+\d{1,5}\s+R\b")
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_DRAW = re.compile(rb"/[^\s/<>()\[\]]+\s+Do\b")
_LONG_TEXT, _WRITTEN = 200_000, 3_000_000  # bytes of text of one page, and of all such pages together
_DRAWN, _FORM_DEPTH = 100_000, 40
_AT_MOST = 32 * 1024 * 1024  # bytes of one stream that are looked through
_BRACKET = re.compile(rb"\\.|[()]", re.S)
_HEXADECIMAL = re.compile(rb"<([0-9A-Fa-f\s]{14,8000})>")
_BETWEEN_PIECES = re.compile(rb"\)[\s\d.-]*\(|>[\s\d.-]*<(?!<)")
_COMMENT = re.compile(rb"%[^\r\n]{11,}")
_ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n?|\n)|(.))", re.S)
_NO_WORDS = re.compile(
    rb"/Subtype\s*/Image\b|/Length[123]\s|/Type\s*/XRef\b|/FunctionType\b|/Subtype\s*/(?:Type1C|OpenType|CIDFontType0C)\b"
)
_EMBEDDED = re.compile(rb"/Type\s*/EmbeddedFile\b")
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


def refuse_endless_pages(data: bytes, budget: Budget) -> None:
    """Stop at drawings that draw one another so often that pdfium, which draws them all, would not come to an end, and
    at pages of more text than it has memory for."""
    draws: dict[int, tuple[int, set[int]]] = {}
    others: dict[int, set[int]] = {}
    most = written = 0
    for match, dictionary, end in _each(data):
        budget.check_time()
        number = _NUMBER.search(data, max(0, match.start() - len(dictionary) - 24), match.start())
        if _NO_WORDS.search(dictionary) or _EMBEDDED.search(dictionary):
            continue
        content = _unpacked(data[match.end() : end])
        said = sum(map(len, _literals(content))) if len(content) > _LONG_TEXT else 0
        written += said if said > _LONG_TEXT else 0
        if written > _WRITTEN:
            raise ReadingStopped(RefusalKind.TOO_LARGE, "PDF 有一页的文字过多，没有读取。请拆成几页后重新导出。")
        times = len(_DRAW.findall(content))
        if number and _FORM.search(dictionary):
            draws[int(number[1])] = (times, _referred(dictionary))
        most = max(most, times)
    if not draws:
        return
    for found in _OBJECT.finditer(data):
        if int(found[1]) not in draws:
            others[int(found[1])] = _referred(found[2])
    known: dict[int, int] = {}
    deepest = max(_drawn(number, draws, others, known, frozenset()) for number in draws)
    if deepest > _DRAWN or deepest * most > 20 * _DRAWN:
        raise ReadingStopped(
            RefusalKind.ZIP_BOMB, "PDF 内部的图形层层重复，展开后过大，没有读取。请核实来源或重新导出。"
        )


def _referred(dictionary: bytes) -> set[int]:
    return {int(number) for number in _REFERENCE.findall(dictionary)}


def _drawn(
    number: int,
    draws: dict[int, tuple[int, set[int]]],
    others: dict[int, set[int]],
    known: dict[int, int],
    above: frozenset[int],
) -> int:
    """How many drawings one drawing comes to, at most."""
    if number in known or number in above or len(above) > _FORM_DEPTH:
        return known.get(number, 1)
    times, found = draws[number]
    for _step in range(3):  # resources and their lists may be objects of their own
        found = found | {inner for each in found for inner in others.get(each, ())}
    inner = [_drawn(each, draws, others, known, above | {number}) for each in found if each in draws and each != number]
    known[number] = min(1 + times * max(inner, default=0), _DRAWN * 100)
    return known[number]


def strings(data: bytes, budget: Budget) -> Iterator[str]:
    """Go through the texts that stand in a file that is not encrypted: strings of objects, of packed objects and of
    pages, whether or not anything refers to them. What shows text in a font's own code is not understood here."""
    place = 0
    for match, dictionary, end in _each(data):
        budget.check_time()
        yield from _outside(data[place : match.end()])
        place = end
        if not (_NO_WORDS.search(dictionary) or _EMBEDDED.search(dictionary)):
            yield from _strings(_unpacked(data[match.end() : end]))
    yield from _outside(data[place:])


def embedded(data: bytes, budget: Budget) -> Iterator[bytes]:
    """Go through the files that are embedded, also those that nothing refers to any more."""
    for match, dictionary, end in _each(data):
        budget.check_time()
        if _EMBEDDED.search(dictionary):
            content = _unpacked(data[match.end() : end])
            budget.count_expanded(end - match.end(), len(content))
            yield content


def _each(data: bytes) -> Iterator[tuple[re.Match[bytes], bytes, int]]:
    """Each stream: where it begins, its dictionary, where it ends."""
    place = 0
    while (match := _STREAM.search(data, place)) is not None:
        end = data.find(b"endstream", match.end())
        place = end if end >= 0 else len(data)
        before = data[max(0, match.start() - 2_000) : match.start()]
        yield match, before[before.rfind(b" obj") + 1 :], place


def _unpacked(packed: bytes) -> bytes:
    """A stream in clear, as far as it can be had."""
    for _level in range(_LEVELS):
        if packed[:2] not in _DEFLATED:
            break
        unpacker = zlib.decompressobj()
        try:
            packed = unpacker.decompress(packed, _AT_MOST)
        except zlib.error:
            return b""
    return packed


def _strings(data: bytes) -> Iterator[str]:
    """The strings in a piece of a file, those that show one text together."""
    if data.lstrip()[:1] == b"<" or b"<?xpacket" in data[:200]:
        yield data.decode("utf-8", "replace")
        return
    if b"TJ" in data:
        data = _BETWEEN_PIECES.sub(b"", data)
    for raw in _literals(data):
        yield _text(_ESCAPED.sub(_plain, raw) if b"\\" in raw else raw)
    for found in _HEXADECIMAL.finditer(data):
        digits = b"".join(found[1].split())
        yield _text(bytes.fromhex(digits[: len(digits) // 2 * 2].decode()))


def _literals(data: bytes) -> Iterator[bytes]:
    """What stands in brackets, which may stand in one another; the last one may lack its end."""
    depth = start = 0
    for found in _BRACKET.finditer(data):
        sign = found.group()
        if sign == b"(":
            start = start if depth else found.end()
            depth += 1
        elif sign == b")" and depth:
            depth -= 1
            if not depth:
                yield data[start : found.start()]
    if depth:
        yield data[start:]


def _outside(data: bytes) -> Iterator[str]:
    """The strings and comments between two streams."""
    yield from _strings(data)
    yield from (decode_loosely(comment) for comment in _COMMENT.findall(data))


def _plain(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes([int(found[1], 8) & 0xFF])
    return b"" if found[2] else found[3]


def _text(raw: bytes) -> str:
    if raw.startswith(b"\xfe\xff") or (b"\0" in raw and not len(raw) % 2):
        return raw.decode("utf-16-be", "replace").lstrip("\ufeff")
    if raw.startswith(b"\xff\xfe"):
        return raw.decode("utf-16-le", "replace").lstrip("\ufeff")
    return decode_loosely(raw)
