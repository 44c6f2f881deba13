"""The types of file that are taken in, by extension: an explicit list, everything else is refused."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath


@dataclass(frozen=True)
class FileType:
    """A type: what people call it, its media type, and whether a browser may show it in place of downloading it."""

    label: str
    media_type: str
    inline: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."

TYPES: dict[str, FileType] = {
    "docx": FileType("Word 文档", _OFFICE + "wordprocessingml.document"),
    "doc": FileType("Word 文档", "application/msword"),
    "wps": FileType("WPS 文字", "application/vnd.ms-works"),
    "xlsx": FileType("Excel 工作簿", _OFFICE + "spreadsheetml.sheet"),
    "xls": FileType("Excel 工作簿", "application/vnd.ms-excel"),
    "et": FileType("WPS 表格", "application/vnd.ms-excel"),
    "pptx": FileType("演示文稿", _OFFICE + "presentationml.presentation"),
    "ppt": FileType("演示文稿", "application/vnd.ms-powerpoint"),
    "dps": FileType("WPS 演示", "application/vnd.ms-powerpoint"),
    "pdf": FileType("PDF", "application/pdf"),
    "ofd": FileType("OFD", "application/ofd"),
    "rtf": FileType("RTF 文档", "application/rtf"),
    "odt": FileType("ODT 文档", _OPEN + "text"),
    "ods": FileType("ODS 表格", _OPEN + "spreadsheet"),
    "odp": FileType("ODP 演示", _OPEN + "presentation"),
    "csv": FileType("CSV 表格", "text/csv; charset=utf-8"),
    "txt": FileType("纯文本", "text/plain; charset=utf-8"),
    "jpg": FileType("图片", "image/jpeg", inline=True),
    "jpeg": FileType("图片", "image/jpeg", inline=True),
    "png": FileType("图片", "image/png", inline=True),
    "gif": FileType("图片", "image/gif", inline=True),
    "webp": FileType("图片", "image/webp", inline=True),
    "bmp": FileType("图片", "image/bmp"),
    "tif": FileType("图片", "image/tiff"),
    "tiff": FileType("图片", "image/tiff"),
    "zip": FileType("ZIP 压缩包", "application/zip"),
}
LISTED = "Word、Excel、WPS、演示文稿、PDF、OFD、RTF、ODT、ODS、CSV、TXT、图片（JPG、PNG、GIF、WEBP、BMP、TIFF）和 ZIP"
MACRO_EXTENSIONS = frozenset({"docm", "dotm", "xlsm", "xltm", "xlsb", "pptm", "ppsm", "xlam", "ppam"})
PROGRAM_EXTENSIONS = frozenset(
    "exe com dll scr msi bat cmd ps1 vbs vbe js jse wsf wsh hta jar sh py lnk reg cpl sys apk app".split()
)
UNKNOWN = FileType("文件", "application/octet-stream")


def extension_of(name: str) -> str:
    """The extension of a name in lower case, without the dot."""
    return PurePath(name.replace("\\", "/")).suffix.lower().lstrip(".")


def type_of(extension: str) -> FileType:
    """The type of an extension; of one that is not on the list, plain bytes to download."""
    return TYPES.get(extension, UNKNOWN)
