"""Pictures: size, what the camera and the program wrote into them, and their text by recognition."""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING, Any

from gongkai.documents import ocr
from gongkai.documents.collecting import Collector
from gongkai.documents.limits import ReadingStopped
from gongkai.documents.model import Hidden, RefusalKind, Where

if TYPE_CHECKING:
    from PIL import Image

_PIXELS = 25_000_000
_XP = {0x9C9B: "XPTitle", 0x9C9C: "XPComment", 0x9C9D: "XPAuthor", 0x9C9E: "XPKeywords", 0x9C9F: "XPSubject"}
# What describes the picture and not its making.
_PLAIN = {
    "ImageWidth", "ImageLength", "ExifOffset", "GPSInfo", "Orientation", "XResolution", "YResolution", "ResolutionUnit",
    "ColorSpace", "ExifImageWidth", "ExifImageHeight", "ComponentsConfiguration", "FlashPixVersion", "ExifVersion",
    "YCbCrPositioning", "BitsPerSample", "Compression", "PhotometricInterpretation", "StripOffsets", "StripByteCounts",
    "RowsPerStrip", "SamplesPerPixel", "PlanarConfiguration", "JpegIFOffset", "JpegIFByteCount", "ExifInteroperabilityOffset",
    "InterColorProfile", "FillOrder", "Predictor", "SampleFormat", "ExtraSamples", "TileWidth", "TileLength", "TileOffsets",
    "TileByteCounts", "NewSubfileType", "ColorMap", "MakerNote", "T4Options", "T6Options", "PageNumber",
}  # fmt: skip


def read(collector: Collector) -> None:
    """Read a picture."""
    from PIL import Image, UnidentifiedImageError

    # The size is checked against our own limit before a pixel is unpacked.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(collector.data)) as image:
                _size(collector, image)
                _exif(collector, image)
                _notes(collector, image)
                _words(collector, image)
        except Image.DecompressionBombError as error:
            raise _too_large() from error
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, TypeError, IndexError) as error:
            raise ReadingStopped(
                RefusalKind.DAMAGED, "图片已损坏，无法打开。请重新取得图片，或用看图软件打开后另存。"
            ) from error
    _trailing(collector)
    collector.stray_bytes(collector.data, note="图片文件中的其他数据")


def _too_large() -> ReadingStopped:
    return ReadingStopped(RefusalKind.TOO_LARGE, "图片尺寸过大，没有读取。请缩小后再试。")


def _size(collector: Collector, image: Image.Image) -> None:
    width, height = image.size
    if width * height > collector.budget.limits.pixels:
        raise _too_large()
    collector.pages = int(getattr(image, "n_frames", 1))
    collector.note("width", str(width))
    collector.note("height", str(height))
    collector.note("format", str(image.format or ""))


def _exif(collector: Collector, image: Image.Image) -> None:
    from PIL import ExifTags

    exif = image.getexif()
    entries: dict[str, str] = {}
    for table in (exif, exif.get_ifd(ExifTags.IFD.Exif)):
        for key, value in table.items():
            name = _XP.get(key) or ExifTags.TAGS.get(key, f"tag {key}")
            if name not in _PLAIN:
                entries[name] = _said(name, value)
    for name, text in entries.items():
        collector.property(name, text, kind=Hidden.EXIF, note=f"图片信息 {name}")
    position = _position(exif.get_ifd(ExifTags.IFD.GPSInfo))
    if position:
        collector.hide(Hidden.EXIF_POSITION, position, note="图片带有拍摄位置")
    if exif.get_ifd(ExifTags.IFD.IFD1):
        collector.hide(Hidden.THUMBNAIL, "", note="图片带有缩略图")


def _said(name: str, value: Any) -> str:
    if isinstance(value, bytes):
        if name.startswith("XP"):
            return value.decode("utf-16-le", "replace").strip("\0")
        if name == "UserComment" and value[:8] == b"UNICODE\0":
            big = value[8:].decode("utf-16-be", "replace")
            return (
                big.strip("\0") if "\0" not in big.strip("\0") else value[8:].decode("utf-16-le", "replace").strip("\0")
            )
        from gongkai.documents.decoding import decode_loosely

        text = decode_loosely(value.removeprefix(b"ASCII\0\0\0").strip(b"\0"))
        return text if text.isprintable() else ""
    if isinstance(value, str):
        # EXIF text is said to be ASCII and is whatever the camera wrote.
        try:
            raw = value.encode("latin-1")
        except UnicodeEncodeError:
            return value.strip("\0")
        from gongkai.documents.decoding import decode_loosely

        return decode_loosely(raw).strip("\0")
    return str(value)


def _position(table: dict[int, Any]) -> str:
    """Latitude and longitude in degrees; an area or place name where that is all."""

    def degrees(value: Any, sign: Any) -> float | None:
        try:
            d, m, s = (float(part) for part in value)
        except (TypeError, ValueError, ZeroDivisionError):
            return None
        found = d + m / 60 + s / 3600
        return -found if str(sign).upper().startswith(("S", "W")) else found

    latitude, longitude = degrees(table.get(2), table.get(1)), degrees(table.get(4), table.get(3))
    if latitude is not None and longitude is not None:
        return f"{latitude:.5f},{longitude:.5f}"
    return " ".join(str(table[key]) for key in (27, 28) if key in table)


def _notes(collector: Collector, image: Image.Image) -> None:
    """Texts that PNG, JPEG, GIF and XMP carry."""
    for key, value in image.info.items():
        if key in ("comment", "xmp", "XML:com.adobe.xmp", "Raw profile type xmp", "photoshop") or (
            isinstance(value, str) and key not in ("interlace", "background", "version")
        ):
            text = value if isinstance(value, str) else _bytes(value)
            if text.strip():
                collector.hide(Hidden.METADATA, text[:200_000], note=f"图片信息 {key}")
    applied = getattr(image, "applist", [])
    for name, segment in applied:
        if name in ("APP1", "APP13") and (b"http://ns.adobe.com/xap" in segment[:64]) and "xmp" not in image.info:
            collector.hide(Hidden.METADATA, _bytes(segment), note="图片信息 XMP")


def _bytes(value: Any) -> str:
    if isinstance(value, bytes):
        return re.sub(r"[^\S\n]+|[\x00-\x08\x0e-\x1f]", " ", value.decode("utf-8", "replace"))
    return "" if isinstance(value, dict) else str(value)


def _words(collector: Collector, image: Image.Image) -> None:
    width, height = image.size
    if not ocr.fitting(width, height):
        if width * height <= _PIXELS:
            image.load()
        if width * height > 10_000:
            collector.unread("图片中如有文字，没有识别", Where("ocr"), essential=collector.is_the_file())
        return
    stream = io.BytesIO()
    image.convert("L").save(stream, "PNG", compress_level=1)
    text = ocr.recognise(stream.getvalue(), collector.budget)
    if text is None:
        collector.unread("图片中如有文字，没有识别", Where("ocr"), essential=collector.is_the_file())
    for line in (text or "").split("\n"):
        collector.paragraph(line, part="ocr")
    if collector.pages > 1:
        collector.unread("图片有多页，只识别了第一页", Where("ocr"), essential=collector.is_the_file())


def _trailing(collector: Collector) -> None:
    """Data behind the end of the picture, which no viewer shows."""
    data = collector.data
    end = -1
    if data.startswith(b"\x89PNG"):
        found = data.rfind(b"IEND\xaeB`\x82")
        end = found + 8 if found >= 0 else -1
    elif data.startswith(b"\xff\xd8"):
        found = data.rfind(b"\xff\xd9")
        end = found + 2 if found >= 0 else -1
    rest = data[end:].strip(b"\0\r\n ") if end > 0 else b""
    if len(rest) > 64:
        collector.hide(Hidden.TRAILING_DATA, "", note=f"图片结尾之后还有{len(rest)}字节的数据")
        collector.unread("图片结尾之后还有数据，没有读取", Where(Hidden.TRAILING_DATA))
