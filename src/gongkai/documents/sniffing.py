"""What type a file is, by its bytes, and whether its name says otherwise."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from gongkai.documents.broken import BROKEN_ZIP
from gongkai.documents.limits import ReadingStopped
from gongkai.documents.model import RefusalKind

# Extensions and the types whose bytes may stand under them. An extension that is not here may hold anything.
_TEXT = {"txt", "csv", "html"}
EXPECTED: dict[str, set[str]] = {
    "docx": {"docx"}, "docm": {"docx"}, "dotx": {"docx"}, "dotm": {"docx"},
    "doc": {"doc"}, "dot": {"doc"}, "wps": {"doc", "docx"}, "wpt": {"doc", "docx"},
    "xlsx": {"xlsx"}, "xlsm": {"xlsx"}, "xltx": {"xlsx"}, "xltm": {"xlsx"},
    "xls": {"xls"}, "xlt": {"xls"}, "et": {"xls", "xlsx"}, "ett": {"xls", "xlsx"},
    "pptx": {"pptx"}, "pptm": {"pptx"}, "ppsx": {"pptx"}, "ppt": {"ppt"}, "pps": {"ppt"}, "dps": {"ppt", "pptx"},
    "pdf": {"pdf"}, "ofd": {"ofd"}, "rtf": {"rtf"},
    "odt": {"odt"}, "ott": {"odt"}, "ods": {"ods"}, "ots": {"ods"}, "odp": {"odp"},
    "html": {"html", "txt"}, "htm": {"html", "txt"}, "xhtml": {"html"}, "shtml": {"html", "txt"},
    "csv": {"csv", "txt"}, "tsv": {"txt"}, "txt": _TEXT, "md": _TEXT, "log": _TEXT, "json": _TEXT, "xml": _TEXT,
    "zip": {"zip"},
    "jpg": {"image"}, "jpeg": {"image"}, "jpe": {"image"}, "png": {"image"}, "gif": {"image"}, "bmp": {"image"},
    "tif": {"image"}, "tiff": {"image"}, "webp": {"image"},
}  # fmt: skip

_KNOWN_NAMES = {
    "docx": "Word 文档", "doc": "Word 97-2003 文档", "xlsx": "Excel 工作簿", "xls": "Excel 97-2003 工作簿",
    "pptx": "演示文稿", "ppt": "演示文稿", "odp": "演示文稿", "pdf": "PDF", "ofd": "OFD", "rtf": "RTF",
    "odt": "ODT 文档", "ods": "ODS 表格", "html": "网页", "csv": "CSV", "txt": "纯文本", "zip": "压缩包",
    "image": "图片", "rar": "RAR 压缩包", "7z": "7z 压缩包", "gzip": "gzip 压缩包", "program": "可执行程序",
    "epub": "电子书", "xlsb": "Excel 二进制工作簿", "ole": "复合文档", "svg": "SVG 图形",
}  # fmt: skip

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image"), (b"\xff\xd8\xff", "image"), (b"GIF87a", "image"), (b"GIF89a", "image"),
    (b"II*\x00", "image"), (b"MM\x00*", "image"), (b"Rar!\x1a\x07", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"), (b"MZ", "program"), (b"\x7fELF", "program"), (b"{\\rtf", "rtf"),
)  # fmt: skip
_OLE_SUFFIXES = {"doc", "dot", "wps", "wpt", "xls", "xlt", "et", "ett", "ppt", "pps", "dps"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ZIP_END = 22 + 65_535  # bytes: the end of an archive's directory and the longest comment after it
_PDF_OBJECT = re.compile(rb"\d+ \d+ obj\b")
_ODF = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<(?:html|head|body|table|div|p|meta|style)[\s>])",
    re.I | re.S,
)


def extension(name: str) -> str:
    """Return the extension of a name in lower case, without the dot."""
    return PurePath(name.replace("\\", "/")).suffix.lower().lstrip(".")


def sniff(data: bytes, name: str) -> str:
    """Return the type of a file by its bytes; the extension decides only between kinds of plain text.

    Raises `ReadingStopped` for an empty file, an encrypted Office file, a damaged package, and a name that promises
    another type than the bytes hold.
    """
    if not data:
        raise ReadingStopped(RefusalKind.EMPTY, "文件是空的（0 字节），请重新选择文件。")
    suffix = extension(name)
    kind = _by_bytes(data, suffix)
    expected = EXPECTED.get(suffix)
    if expected is None or kind in expected:
        return kind
    if kind == "binary" or (kind == "ole" and suffix in _OLE_SUFFIXES):
        raise ReadingStopped(
            RefusalKind.DAMAGED,
            f"文件内容不是 {suffix.upper()} 格式，可能已损坏。请用原来的软件打开后重新保存。",
        )
    said = _KNOWN_NAMES.get(kind, kind)
    if kind in _TEXT and not data.strip(b"\x00 \r\n\t\xef\xbb\xbf"):
        raise ReadingStopped(RefusalKind.EMPTY, "文件中没有任何内容，请核对是否选错了文件。")
    raise ReadingStopped(
        RefusalKind.DISGUISED,
        f"文件扩展名是 {suffix}，内容却是{said}，两者不符。请用相应的软件打开，另存为正确的格式后再试。",
    )


def _by_bytes(data: bytes, suffix: str) -> str:
    kind = _by_beginning(data)
    # A reader of PDF is content with a header within the first 1,024 bytes.
    header = data.find(b"%PDF-", 0, 1024)
    if not kind and header >= 0 and (header == 0 or _PDF_OBJECT.search(data)):
        kind, header = "pdf", -1
    if kind and header >= 0 and not (data.startswith(_ZIP) and _is_stored(data, header)):
        raise _two_in_one(kind, "pdf")
    if not data.startswith(_ZIP) and _ends_as_zip(data):
        raise _two_in_one(kind or "txt", "zip")
    if kind == "ole":
        return _ole(data)
    return kind or _text(data, suffix)


def _by_beginning(data: bytes) -> str:
    """The type that the first bytes name, empty when they name none."""
    if data.startswith(_OLE):
        return "ole"
    if data.startswith(_ZIP):
        return _zip(data)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0" and len(data) > 26:
        return "image"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image"
    return ""


def _two_in_one(kind: str, other: str) -> ReadingStopped:
    names = _KNOWN_NAMES.get(kind, kind), _KNOWN_NAMES[other]
    return ReadingStopped(
        RefusalKind.DISGUISED,
        f"文件既是{names[0]}又是{names[1]}，用不同的软件打开会看到不同的内容。请用相应的软件打开，另存为新文件后再试。",
    )


def _is_stored(data: bytes, place: int) -> bool:
    """Whether a place of an archive lies in a file that is packed in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for info in package.infolist():
                at = info.header_offset
                begin = at + 30 + sum(int.from_bytes(data[at + of : at + of + 2], "little") for of in (26, 28))
                if begin <= place < begin + info.compress_size:
                    return True
    except BROKEN_ZIP:
        pass
    return False


def _ends_as_zip(data: bytes) -> bool:
    """Whether the end of a file is the directory of an archive, which programs look for from behind."""
    at = data.rfind(b"PK\x05\x06", -_ZIP_END)
    return at >= 0 and at + 22 <= len(data) and at + 22 + int.from_bytes(data[at + 20 : at + 22], "little") == len(data)


def _text(data: bytes, suffix: str) -> str:
    """Tell plain texts apart; what is no text is binary."""
    from gongkai.documents.decoding import decode

    try:
        text = decode(data[:65536], partial=True).lstrip("\ufeff")
    except ReadingStopped:
        return "binary"
    start = text[:8192].encode("utf-8", "replace")
    if suffix in ("csv", "tsv", "md", "log", "json"):
        return "csv" if suffix in ("csv", "tsv") and not _HTML.match(start) else "txt"
    if _HTML.match(start) or b"<html" in start[:4096].lower():
        return "html"
    if suffix in ("html", "htm", "shtml") and "<" in text:
        return "html"
    if re.match(rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*|<!doctype[^>]*>\s*)*<svg[\s>]", start, re.I | re.S):
        return "svg"
    return "txt"


def _zip(data: bytes) -> str:
    """Tell the packages apart by their parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = {info.filename.replace("\\", "/").lower(): info for info in package.infolist()}
            if "mimetype" in names and names["mimetype"].file_size < 200:
                kind = package.read(names["mimetype"]).strip()
                if kind == b"application/epub+zip":
                    return "epub"
                for mime, odf in _ODF.items():
                    if kind == mime or kind == mime + b"-template":
                        return odf
    except BROKEN_ZIP as error:
        raise ReadingStopped(
            RefusalKind.DAMAGED, "压缩包或文档的结构已损坏，无法打开。请从原处重新取得文件，或打开后另存。"
        ) from error
    if "ofd.xml" in names:
        return "ofd"
    if "[content_types].xml" in names:
        if any(name.startswith("xl/") for name in names):
            return "xlsb" if "xl/workbook.bin" in names else "xlsx"
        if any(name.startswith("word/") for name in names):
            return "docx"
        if any(name.startswith("ppt/") for name in names):
            return "pptx"
    return "zip"


def _ole(data: bytes) -> str:
    """Tell the compound files apart by their streams."""
    from gongkai.documents.readers.ole import open_file  # a parser is imported where it is needed

    with open_file(data) as package:
        streams = {"/".join(entry).lower() for entry in package.listdir()}
    if "encryptedpackage" in streams:
        raise ReadingStopped(RefusalKind.ENCRYPTED, "文件设有打开密码，无法检查。请取消密码后另存再试。")
    if "worddocument" in streams:
        return "doc"
    if "workbook" in streams or "book" in streams:
        return "xls"
    if "powerpoint document" in streams:
        return "ppt"
    return "ole"
