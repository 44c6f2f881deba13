"""One page of a PDF through pdfium's own functions, in points from the upper left corner as it is shown."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pypdfium2 import PdfDocument, PdfiumError, PdfPage, raw

from gongkai.documents import ocr
from gongkai.documents.layout import Glyph
from gongkai.documents.limits import Budget
from gongkai.documents.model import Box, Hidden
from gongkai.documents.painting import Canvas, Colour, Cover, Paint, Point, is_rectangle

if TYPE_CHECKING:
    from PIL import Image

_INVISIBLE = 3
_DPI = 200
_FORM_DEPTH = 6
_OBJECTS = 200_000
_CURVED = 8
"""A path of more segments than a rectangle may be a character drawn as an outline."""
_BITMAP = 100_000_000
_NO_PAINT = Paint()
_SHAPES, _REDACT = {5, 6, 7}, 28  # square, circle, polygon
_WIDGET, _LINK, _POPUP, _ATTACHMENT = 20, 2, 16, 17
_HIDDEN_FLAGS = 2 | 32  # hidden, no view

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def load(document: PdfDocument, number: int) -> Page | None:
    """Open a page, counted from 1; None when it is damaged."""
    try:
        return Page(document, document[number - 1])
    except PdfiumError:
        return None


class Page:
    """A page while it is open; close it before the document."""

    def __init__(self, document: PdfDocument, page: PdfPage) -> None:
        self._document = document
        self._page = page
        left, bottom, right, top = page.get_cropbox()
        media = page.get_mediabox()
        self._left, self._bottom = max(left, media[0]), max(bottom, media[1])
        self._right, self._top = min(right, media[2]), min(top, media[3])
        self._turn = raw.FPDFPage_GetRotation(page.raw) % 4
        width, height = self._right - self._left, self._top - self._bottom
        self.box: Box = (0.0, 0.0, height, width) if self._turn % 2 else (0.0, 0.0, width, height)
        self._paints: dict[int, Paint] = {}
        self._by_order: dict[int, Paint] = {}
        self._canvas = Canvas()
        self._photographs: list[bytes] = []
        self._order = 0
        self.nameless = 0
        self.points = 0
        """Points of all its pictures together, each as often as it is drawn."""
        self.shapes = 0
        self._picture: Image.Image | None = None
        self._walk_page()

    def close(self) -> None:
        """Free the page."""
        self._page.close()

    def canvas(self) -> Canvas:
        """What is painted but text."""
        return self._canvas

    def paint(self, order: int) -> Paint:
        """How the text with a place in the order of painting is painted."""
        return self._by_order.get(order, _NO_PAINT)

    def photographs(self) -> list[bytes]:
        """JPEG pictures that carry data about their making."""
        return self._photographs

    def has_thumbnail(self) -> bool:
        """Whether the page has a small picture of itself stored."""
        return bool(raw.FPDFPage_GetRawThumbnailData(self._page.raw, None, 0))

    def glyphs(self, budget: Budget) -> list[Glyph]:
        """The characters in pdfium's order of reading, blanks included."""
        text = raw.FPDFText_LoadPage(self._page.raw)
        if not text:
            return []
        found: list[Glyph] = []
        rectangle = raw.FS_RECTF()
        last, high = Paint(), 0
        upright, across, up = self._turn == 0, self._left, self._top
        try:
            count = raw.FPDFText_CountChars(text)
            budget.check_signs(count)
            for index in range(count):
                code = raw.FPDFText_GetUnicode(text, index)
                if 0xD800 <= code < 0xDC00:
                    high = code
                    continue
                if 0xDC00 <= code < 0xE000 and high:
                    code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
                high = 0
                if code in (0, 0xFFFE, 0xFFFF, 2) or 0xD800 <= code < 0xE000:
                    # What has no meaning in Unicode can be seen, but neither read nor copied.
                    self.nameless += code != 2
                    continue
                raw.FPDFText_GetLooseCharBox(text, index, rectangle)
                owner = raw.FPDFText_GetTextObject(text, index)
                if owner:
                    last = self._paints.get(_address(owner), last)
                if upright:
                    box = (rectangle.left - across, up - rectangle.top, rectangle.right - across, up - rectangle.bottom)
                else:
                    box = self._shown((rectangle.left, rectangle.bottom, rectangle.right, rectangle.top))
                found.append(Glyph(" " if code in (10, 13) else chr(code), box, last.order))
        finally:
            raw.FPDFText_ClosePage(text)
        return found

    def picture(self, box: Box | None) -> bytes:
        """The page, or a part of it, as a PNG to be recognised."""
        if self._picture is None:
            side = max(self.box[2], self.box[3], 1.0)
            scale = min(_DPI / 72, 4_500 / side)
            self._picture = self._page.render(scale=scale, grayscale=True).to_pil()
        image = self._picture
        if box is not None:
            scale = image.width / max(self.box[2], 1.0)
            left, top = max(0, int(box[0] * scale)), max(0, int(box[1] * scale))
            right, bottom = min(image.width, int(box[2] * scale)), min(image.height, int(box[3] * scale))
            if right - left < 8 or bottom - top < 8:
                right, bottom = left + 8, top + 8
            image = image.crop((left, top, right, bottom))
        stream = io.BytesIO()
        image.save(stream, "PNG", compress_level=1)
        return stream.getvalue()

    def annotations(self) -> Iterator[tuple[Hidden | None, str, str]]:
        """Notes on the page: kind (None for the value of a form field), text, note."""
        for annotation, kind in self._each_annotation():
            flags = raw.FPDFAnnot_GetFlags(annotation)
            contents = _string(annotation, b"Contents")
            author = _string(annotation, b"T")
            if kind == _WIDGET:
                value = _string(annotation, b"V")
                if value:
                    hidden = bool(flags & _HIDDEN_FLAGS)
                    yield (Hidden.FIELD if hidden else None), value, "不显示的表单域" if hidden else ""
            elif kind not in (_LINK, _POPUP) and (contents or author):
                yield Hidden.ANNOTATION, f"{contents} {author}".strip(), "PDF 批注"

    def attached(self) -> Iterator[tuple[str, bytes]]:
        """Files that hang on annotations."""
        for annotation, kind in self._each_annotation():
            file = raw.FPDFAnnot_GetFileAttachment(annotation) if kind == _ATTACHMENT else None
            if not file:
                continue
            size = ctypes.c_ulong()
            if raw.FPDFAttachment_GetFile(file, None, 0, size) and size.value:
                buffer = ctypes.create_string_buffer(size.value)
                raw.FPDFAttachment_GetFile(file, buffer, size.value, size)
                length = raw.FPDFAttachment_GetName(file, None, 0)
                name = ctypes.create_string_buffer(length)
                raw.FPDFAttachment_GetName(file, ctypes.cast(name, ctypes.POINTER(ctypes.c_ushort)), length)
                yield name.raw.decode("utf-16-le", "replace").rstrip("\0") or "附件", buffer.raw[: size.value]

    def _each_annotation(self) -> Iterator[tuple[Any, int]]:
        for index in range(min(raw.FPDFPage_GetAnnotCount(self._page.raw), 5_000)):
            annotation = raw.FPDFPage_GetAnnot(self._page.raw, index)
            if not annotation:
                continue
            try:
                yield annotation, raw.FPDFAnnot_GetSubtype(annotation)
            finally:
                raw.FPDFPage_CloseAnnot(annotation)

    def _walk_page(self) -> None:
        for index in range(raw.FPDFPage_CountObjects(self._page.raw)):
            self._object(raw.FPDFPage_GetObject(self._page.raw, index), _IDENTITY, 0)
        for annotation, kind in self._each_annotation():
            rectangle = raw.FS_RECTF()
            filled = kind == _REDACT or (kind in _SHAPES and raw.FPDFAnnot_HasKey(annotation, b"IC"))
            if filled and raw.FPDFAnnot_GetRect(annotation, rectangle):
                box = self._shown((rectangle.left, rectangle.bottom, rectangle.right, rectangle.top))
                self._order += 1
                self._canvas.covers.append(Cover(box, self._order, None))

    def _object(self, item: Any, matrix: Matrix, depth: int) -> None:
        self._order += 1
        if not item or self._order > _OBJECTS:
            return
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            self._text(item, matrix)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            self._path(item, matrix)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            self._image(item, matrix)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _FORM_DEPTH:
            inner = _times(_matrix(item), matrix)
            for index in range(raw.FPDFFormObj_CountObjects(item)):
                self._object(raw.FPDFFormObj_GetObject(item, index), inner, depth + 1)

    def _text(self, item: Any, matrix: Matrix) -> None:
        size = ctypes.c_float()
        raw.FPDFTextObj_GetFontSize(item, size)
        own = _times(_matrix(item), matrix)
        scale = max(abs(own[0]), abs(own[1]), abs(own[2]), abs(own[3]))
        filled = _fill(item)
        mode = raw.FPDFTextObj_GetTextRenderMode(item)
        invisible = mode in (_INVISIBLE, 7) or (filled is not None and filled[1] == 0)
        colour = filled[0] if filled is not None and mode in (0, 4) else None
        paint = Paint(colour, invisible, abs(size.value) * scale if size.value else 12.0, self._order)
        self._paints[_address(item)] = paint
        self._by_order[self._order] = paint

    def _path(self, item: Any, matrix: Matrix) -> None:
        mode, stroked = ctypes.c_int(), ctypes.c_int()
        self.shapes += raw.FPDFPath_CountSegments(item) > _CURVED
        if not raw.FPDFPath_GetDrawMode(item, mode, stroked):
            return
        filled = _fill(item) if mode.value else None
        opaque = filled is not None and filled[1] >= 250 and not raw.FPDFPageObj_HasTransparency(item)
        width = ctypes.c_float()
        raw.FPDFPageObj_GetStrokeWidth(item, width)
        whole = _times(_matrix(item), matrix)
        thick = width.value * max(abs(whole[0]), abs(whole[1]))
        for outline in self._outlines(item, whole):
            xs, ys = [p[0] for p in outline], [p[1] for p in outline]
            box = (min(xs), min(ys), max(xs), max(ys))
            rectangle = is_rectangle(outline)
            if len(outline) == 2 or rectangle:
                self._canvas.rules.add(box, filled=bool(mode.value), stroked=bool(stroked.value))
            elif stroked.value:
                for one, other in pairwise(outline):
                    edge = (min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))
                    self._canvas.rules.add(edge, filled=False, stroked=False)
            if opaque and filled is not None and box[3] - box[1] > 3 and box[2] - box[0] > 3:
                self._canvas.covers.append(Cover(box, self._order, filled[0], () if rectangle else tuple(outline)))
            elif stroked.value and thick > 5 and len(outline) == 2:
                half = thick / 2
                box = (box[0] - half, box[1] - half, box[2] + half, box[3] + half)
                self._canvas.covers.append(Cover(box, self._order, None))

    def _outlines(self, item: Any, matrix: Matrix) -> Iterator[list[Point]]:
        """The closed or open lines that a path consists of, as they are shown."""
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[Point] = []
        for index in range(min(raw.FPDFPath_CountSegments(item), 20_000)):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            if not raw.FPDFPathSegment_GetPoint(segment, x, y):
                continue
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and points:
                if len(points) > 1:
                    yield points
                points = []
            points.append(self._point(*_apply(matrix, x.value, y.value)))
        if len(points) > 1:
            yield points

    def _image(self, item: Any, matrix: Matrix) -> None:
        own = _times(_matrix(item), matrix)
        corners = [self._point(*_apply(own, x, y)) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
        xs, ys = [p[0] for p in corners], [p[1] for p in corners]
        box = (min(xs), min(ys), max(xs), max(ys))
        width, height = ctypes.c_uint(), ctypes.c_uint()
        if not raw.FPDFImageObj_GetImagePixelSize(item, width, height):
            width.value = height.value = 0
        self.points += width.value * height.value
        if ocr.fitting(max(width.value, 1), max(height.value, 1)) or width.value * height.value > 10_000:
            self._canvas.pictures.append(box)
        # A picture can only cover text that was painted before it.
        if self._paints and not raw.FPDFPageObj_HasTransparency(item) and not self._is_see_through(item):
            self._canvas.covers.append(Cover(box, self._order, None, is_picture=True))
        self._photograph(item)

    def _is_see_through(self, item: Any) -> bool:
        """Whether a picture has a mask that lets what is under it be seen, as seals have."""
        if self.points > _BITMAP:
            return False
        bitmap = raw.FPDFImageObj_GetRenderedBitmap(self._document.raw, self._page.raw, item)
        if not bitmap:
            return False
        try:
            if raw.FPDFBitmap_GetFormat(bitmap) != raw.FPDFBitmap_BGRA:
                return False
            size = raw.FPDFBitmap_GetStride(bitmap) * raw.FPDFBitmap_GetHeight(bitmap)
            if size > _BITMAP:
                return False
            pixels = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), size)
            alpha = pixels[3::4]
            return sum(1 for value in alpha[:: max(1, len(alpha) // 20_000)] if value < 250) * 50 > min(
                len(alpha), 20_000
            )
        finally:
            raw.FPDFBitmap_Destroy(bitmap)

    def _photograph(self, item: Any) -> None:
        size = raw.FPDFImageObj_GetImageDataRaw(item, None, 0)
        if not 100 < size <= 30_000_000:
            return
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFImageObj_GetImageDataRaw(item, buffer, size)
        if buffer.raw[:3] == b"\xff\xd8\xff" and b"Exif\0" in buffer.raw[:65_536]:
            self._photographs.append(buffer.raw)

    def _point(self, x: float, y: float) -> Point:
        """A point of the file as it is shown: turned, from the upper left corner."""
        across, up = x - self._left, y - self._bottom
        width, height = self._right - self._left, self._top - self._bottom
        match self._turn:
            case 1:
                return up, across
            case 2:
                return width - across, up
            case 3:
                return height - up, width - across
            case _:
                return across, height - up

    def _shown(self, box: Box) -> Box:
        """Left, bottom, right, top of the file as a box that is shown."""
        one, other = self._point(box[0], box[1]), self._point(box[2], box[3])
        return (min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))


def _address(item: Any) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _matrix(item: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, found):
        return _IDENTITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(one: Matrix, other: Matrix) -> Matrix:
    """First `one`, then `other`."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _apply(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _fill(item: Any) -> tuple[Colour, int] | None:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return None
    return (red.value, green.value, blue.value), alpha.value


def _string(annotation: Any, key: bytes) -> str:
    length = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if length <= 2 or length > 2_000_000:
        return ""
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")
