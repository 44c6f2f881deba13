"""OFD (GB/T 33190): a ZIP of XML. Text by page, annotations, attachments, earlier versions, and what lies hidden."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from gongkai.documents import layout
from gongkai.documents.collecting import Collector
from gongkai.documents.layout import Glyph
from gongkai.documents.limits import Budget, ReadingStopped
from gongkai.documents.model import Box, Hidden, RefusalKind, Where
from gongkai.documents.packages import Package, all_text, attribute, child, children, descendants, local
from gongkai.documents.painting import Canvas, Colour, Cover, Paint, overlap, partly_hidden
from gongkai.documents.readers import leftovers

if TYPE_CHECKING:
    from lxml.etree import _Element

_POINTS = 72 / 25.4
_INFO_NAMES = {
    "creationdate": "created", "moddate": "modified", "creator": "creator_program", "docid": "document_id",
    "creatorversion": "creator_version", "docusage": "usage",
}  # fmt: skip
_NOTES = {
    Hidden.UNDER_BOX: "被图形或图片遮住的文字",
    Hidden.OFF_PAGE: "页面范围之外的文字",
    Hidden.WHITE_TEXT: "文字与背景同色或过小",
    Hidden.HIDDEN_TEXT: "不显示的文字",
}
_PICTURE = re.compile(r"\.(png|jpe?g|bmp|gif|tiff?)$", re.I)


def read(collector: Collector) -> None:
    """Read an OFD file."""
    package = Package(collector.data, collector.budget)
    if package.find("Encryptions.xml"):
        raise ReadingStopped(RefusalKind.ENCRYPTED, "OFD 文件已加密，无法检查。请取消加密后另存再试。")
    entry = package.find("OFD.xml")
    if entry is None:
        raise ReadingStopped(RefusalKind.DAMAGED, "OFD 文件缺少入口，可能已损坏。请从原处重新取得文件。")
    bodies = list(descendants(package.xml(entry), "DocBody"))
    for body in bodies:
        _information(collector, body)
        root = child(body, "DocRoot")
        if root is not None and root.text:
            _Reader(collector, package, _resolve("", root.text)).run()
        versions = [attribute(one, "BaseLoc") for one in descendants(body, "Version")]
        if len(versions) > 1:
            collector.hide(Hidden.EARLIER_REVISION, "", note=f"文件中保存了{len(versions)}个版本")
    if not bodies:
        raise ReadingStopped(RefusalKind.DAMAGED, "OFD 文件中没有文档，可能已损坏。请从原处重新取得文件。")
    leftovers.sweep(collector, package)


def _information(collector: Collector, body: _Element) -> None:
    information = child(body, "DocInfo")
    for one in information if information is not None else ():
        name = local(one).lower()
        if name == "customdatas":
            for data in children(one, "CustomData"):
                collector.property(attribute(data, "Name"), data.text or "")
        elif name == "cover":
            collector.hide(Hidden.THUMBNAIL, "", note="文件封面图")
        elif name and name != "docid":
            collector.property(_INFO_NAMES.get(name, name), all_text(one))


class _Reader:
    def __init__(self, collector: Collector, package: Package, root: str) -> None:
        self._collector = collector
        self._package = package
        self._root = root
        self._folder = posixpath.dirname(root)
        self._read: set[str] = set()
        self._templates: dict[str, str] = {}
        self._media: dict[str, str] = {}
        self._looked: set[str] = set()

    def run(self) -> None:
        """Read pages first, then annotations, attachments, tags, and what no page uses."""
        document = self._xml(self._root)
        if document is None:
            self._collector.unread("OFD 的文档部分缺失")
            return
        common = child(document, "CommonData")
        page_box = self._page_box(child(common, "PageArea"), (0.0, 0.0, 595.0, 842.0))
        for one in descendants(document, "TemplatePage"):
            self._templates[attribute(one, "ID")] = _resolve(self._folder, attribute(one, "BaseLoc"))
        for one in descendants(document, "PublicRes", "DocumentRes"):
            self._resources(_resolve(self._folder, one.text or ""))
        pages = child(document, "Pages")
        numbers: dict[str, int] = {}
        for page in children(pages, "Page") if pages is not None else ():
            self._collector.pages += 1
            if self._collector.pages > self._collector.budget.limits.pages:
                raise ReadingStopped(RefusalKind.TOO_LARGE, "OFD 页数过多，没有读取。请拆成几个文件。")
            numbers[attribute(page, "ID")] = self._collector.pages
            self._page(_resolve(self._folder, attribute(page, "BaseLoc")), self._collector.pages, page_box)
        for one in descendants(document, "Annotations"):
            if one.text:
                self._annotations(_resolve(self._folder, one.text), numbers)
        for one in descendants(document, "Attachments"):
            if one.text:
                self._attachments(_resolve(self._folder, one.text))
        for one in descendants(document, "CustomTags", "Extensions"):
            part = self._xml(_resolve(self._folder, one.text or ""))
            if part is not None:
                self._collector.hide(Hidden.CUSTOM_XML, all_text(part), note="自定义标引或扩展数据")
        self._left_over()

    def _xml(self, name: str) -> _Element | None:
        found = self._package.find(name)
        if found is None:
            return None
        self._read.add(found)
        return self._package.xml(found)

    def _page_box(self, area: _Element | None, default: Box) -> Box:
        for name in ("PhysicalBox", "ApplicationBox"):
            box = child(area, name)
            numbers = _numbers(box.text if box is not None else "")
            if len(numbers) == 4:
                return (0.0, 0.0, numbers[2] * _POINTS, numbers[3] * _POINTS)
        return default

    def _resources(self, name: str) -> None:
        root = self._xml(name)
        if root is None:
            return
        base = _resolve(posixpath.dirname(name), attribute(root, "BaseLoc"))
        for one in descendants(root, "MultiMedia"):
            file = child(one, "MediaFile")
            if file is not None and file.text:
                self._media[attribute(one, "ID")] = _resolve(base, file.text)

    def _page(self, name: str, number: int, page_box: Box) -> None:
        self._collector.budget.check_time()
        root = self._xml(name)
        if root is None:
            self._collector.unread("此页内容缺失", Where(page=number))
            return
        for one in descendants(root, "PageRes"):
            self._resources(_resolve(posixpath.dirname(name), one.text or ""))
        box = self._page_box(child(root, "Area"), page_box)
        sheet = _Sheet(box, self._media, self._collector.budget)
        templates = [(attribute(one, "TemplateID"), attribute(one, "ZOrder")) for one in children(root, "Template")]
        for key, order in templates:
            if order != "Foreground":
                self._template(sheet, key)
        content = child(root, "Content")
        if content is not None:
            sheet.draw(content, (0.0, 0.0), True)
        for key, order in templates:
            if order == "Foreground":
                self._template(sheet, key)
        self._tell(sheet, number)

    def _template(self, sheet: _Sheet, key: str) -> None:
        root = self._xml(self._templates.get(key, ""))
        content = child(root, "Content")
        if content is not None:
            sheet.draw(content, (0.0, 0.0), True)

    def _tell(self, sheet: _Sheet, number: int) -> None:
        """Hand over what a page shows, what it hides, and its pictures."""
        visible: list[Glyph] = []
        hidden: dict[Hidden, list[Glyph]] = {}
        verdicts = [sheet.canvas.verdict(glyph, sheet.paints[glyph.order], sheet.box) for glyph in sheet.glyphs]
        partly = partly_hidden(sheet.glyphs, verdicts)
        for at, (glyph, verdict) in enumerate(zip(sheet.glyphs, verdicts, strict=True)):
            if at in partly:
                hidden.setdefault(partly[at][0], []).append(glyph)
            if verdict is None:
                visible.append(glyph)
            else:
                hidden.setdefault(verdict[0], []).append(glyph)
        tables, rest = layout.tables(sheet.canvas.rules, visible)
        found: list[tuple[float, layout.GridTable | list[layout.Line]]] = [(table.box[1], table) for table in tables]
        lines = layout.lines(sorted(rest, key=lambda glyph: (round(glyph.y / 3), glyph.box[0])))
        found += [(part[0].box[1], part) for part in layout.paragraphs(lines)]
        for _top, part in sorted(found, key=lambda one: one[0]):
            if isinstance(part, layout.GridTable):
                self._collector.table(part.rows, page=number, box=part.box)
            else:
                text = "\n".join(line.text for line in part)
                self._collector.paragraph(text, page=number, box=layout.around(line.box for line in part))
        for kind, glyphs in hidden.items():
            for line in layout.lines(glyphs):
                self._collector.hide(kind, line.text, Where(kind, page=number), _NOTES[kind])
        for name in sheet.pictures:
            self._picture(name, number, not visible)

    def _picture(self, name: str, number: int, alone: bool) -> None:
        found = self._package.find(name)
        if found is None or found in self._looked:
            return
        self._looked.add(found)
        self._read.add(found)
        if _PICTURE.search(found):
            data = self._package.read(found)
            self._collector.member(data, found, "attachment" if alone else "picture")
        else:
            self._collector.unread("页中有无法检查的图像", Where("ocr", page=number), essential=alone)

    def _annotations(self, name: str, numbers: dict[str, int]) -> None:
        root = self._xml(name)
        for page in descendants(root, "Page") if root is not None else ():
            number = numbers.get(attribute(page, "PageID"))
            file = child(page, "FileLoc")
            part = self._xml(_resolve(posixpath.dirname(name), file.text or "")) if file is not None else None
            for one in descendants(part, "Annot") if part is not None else ():
                words = [all_text(one)]
                words += [attribute(one, key) for key in ("Creator", "Subject")]
                kind = attribute(one, "Type")
                note = "OFD 水印" if kind == "Watermark" else "OFD 批注"
                text = " ".join(filter(None, words))
                if kind == "Watermark":
                    self._collector.margin(all_text(one), "watermark", page=number)
                else:
                    self._collector.hide(Hidden.ANNOTATION, text, Where(Hidden.ANNOTATION, page=number), note)

    def _attachments(self, name: str) -> None:
        root = self._xml(name)
        for one in descendants(root, "Attachment") if root is not None else ():
            file = child(one, "FileLoc")
            path = self._package.find(_resolve(posixpath.dirname(name), (file.text or "") if file is not None else ""))
            title = attribute(one, "Name") or "附件"
            if path is None:
                self._collector.unread(f"附件“{title}”缺失", Where(Hidden.ATTACHMENT, member=title))
                continue
            self._read.add(path)
            suffix = posixpath.splitext(path)[1]
            shown = title if title.lower().endswith(suffix.lower()) else title + suffix
            self._collector.member(self._package.read(path), shown, "attachment", Hidden.ATTACHMENT, "OFD 附件")

    def _left_over(self) -> None:
        """Pages and texts in the package that no page list names: what a deleted page leaves behind."""
        for name in self._package.names():
            if name in self._read or not re.search(r"/content[^/]*\.xml$", name, re.I):
                continue
            if not name.startswith(self._folder):
                continue
            words = " ".join(code.text or "" for code in descendants(self._package.xml(name), "TextCode"))
            if words.strip():
                where = Where(Hidden.EARLIER_REVISION, member=name)
                self._collector.hide(Hidden.EARLIER_REVISION, words, where, "包内未被引用的页面")


class _Sheet:
    """A page while it is drawn."""

    def __init__(self, box: Box, media: dict[str, str], budget: Budget) -> None:
        self.box = box
        self._budget = budget
        self.canvas = Canvas()
        self.glyphs: list[Glyph] = []
        self.paints: dict[int, Paint] = {}
        self.pictures: list[str] = []
        self._media = media
        self._order = 0

    def draw(self, element: _Element, origin: tuple[float, float], shown: bool) -> None:
        """Go through layers and blocks in their order of painting."""
        for one in element:
            name = local(one)
            visible = shown and attribute(one, "Visible", "true").lower() not in ("false", "0")
            if name in ("Layer", "PageBlock"):
                self.draw(one, origin, visible)
            elif name == "TextObject":
                self._text(one, visible)
            elif name == "PathObject" and visible:
                self._path(one)
            elif name == "ImageObject" and visible:
                self._image(one)
            elif name == "CompositeObject" and visible:
                self.draw(one, origin, visible)

    def _text(self, element: _Element, shown: bool) -> None:
        self._order += 1
        left, top, width, height = _boundary(element)
        size = (_numbers(attribute(element, "Size")) or [3.5])[0]
        fill = child(element, "FillColor")
        alpha = attribute(element, "Alpha", "255")
        clear = alpha.isdigit() and int(alpha) < 8
        if fill is not None and attribute(fill, "Alpha", "255").isdigit():
            clear = clear or int(attribute(fill, "Alpha", "255")) < 8
        matrix = _numbers(attribute(element, "CTM"))
        scale = max(abs(matrix[0]), abs(matrix[1])) if len(matrix) == 6 else 1.0
        self.paints[self._order] = Paint(_colour(fill), not shown or clear, size * scale * _POINTS, self._order)
        for code in descendants(element, "TextCode"):
            self._code(code, (left, top, width, height), size, matrix)

    def _code(self, code: _Element, bounds: Box, size: float, matrix: list[float]) -> None:
        text = code.text or ""
        if not text.strip():
            return
        self._budget.check_signs(len(self.glyphs) + len(text))
        left, top, width, height = bounds
        x, y = _number(attribute(code, "X")), _number(attribute(code, "Y"), size)
        across, down = _deltas(attribute(code, "DeltaX")), _deltas(attribute(code, "DeltaY"))
        for at, sign in enumerate(text):
            px, py = x, y
            if len(matrix) == 6:
                a, b, c, d, e, f = matrix
                px, py = a * x + c * y + e, b * x + d * y + f
            scale = max(abs(matrix[0]), abs(matrix[1]), 0.01) if len(matrix) == 6 else 1.0
            advance = across[min(at, len(across) - 1)] if across else (0.0 if down else _advance(sign) * size)
            wide = (min(advance, size) if advance > 0 else size * _advance(sign)) * scale
            box = (
                (left + px) * _POINTS,
                (top + py - size * 0.85 * scale) * _POINTS,
                (left + px + wide) * _POINTS,
                (top + py + size * 0.15 * scale) * _POINTS,
            )
            self.glyphs.append(Glyph(sign, box, self._order))
            x += advance
            y += down[min(at, len(down) - 1)] if down else 0.0
        del width, height

    def _path(self, element: _Element) -> None:
        self._order += 1
        left, top, width, height = _boundary(element)
        box = (left * _POINTS, top * _POINTS, (left + width) * _POINTS, (top + height) * _POINTS)
        filled = attribute(element, "Fill", "false").lower() == "true"
        stroked = attribute(element, "Stroke", "true").lower() == "true"
        data = child(element, "AbbreviatedData")
        words = ((data.text or "") if data is not None else "").split()
        curved = any(word in ("B", "Q", "A") for word in words)
        lines = sum(1 for word in words if word == "L")
        self.canvas.rules.add(box, filled=filled, stroked=stroked and not curved and (lines >= 3 or filled))
        alpha = attribute(element, "Alpha", "255")
        opaque = not alpha.isdigit() or int(alpha) >= 250
        if filled and opaque and not curved and width > 1 and height > 1:
            colour = _colour(child(element, "FillColor"))
            self.canvas.covers.append(Cover(box, self._order, colour))

    def _image(self, element: _Element) -> None:
        self._order += 1
        left, top, width, height = _boundary(element)
        box = (left * _POINTS, top * _POINTS, (left + width) * _POINTS, (top + height) * _POINTS)
        name = self._media.get(attribute(element, "ResourceID"), "")
        if name:
            self.pictures.append(name)
        self.canvas.pictures.append(box)
        # Seals are pictures over text, and see-through; only what fills a good part of the page hides it.
        if overlap(box, self.box) > 0.5 * self.box[2] * self.box[3]:
            self.canvas.covers.append(Cover(box, self._order, None, is_picture=True))


def _resolve(folder: str, name: str) -> str:
    """A place in the package: absolute from the root, or beside the part that names it."""
    name = name.strip()
    if name.startswith("/"):
        return posixpath.normpath(name).lstrip("/")
    return posixpath.normpath(posixpath.join(folder, name)).lstrip("/") if name else folder


def _numbers(text: str | None) -> list[float]:
    found: list[float] = []
    for word in (text or "").split():
        try:
            found.append(float(word))
        except ValueError:
            return found
    return found


def _number(text: str, default: float = 0.0) -> float:
    return (_numbers(text) or [default])[0]


def _deltas(text: str) -> list[float]:
    """Steps between characters; `g 3 2.5` is three steps of 2.5."""
    words, found, at = text.split(), list[float](), 0
    while at < len(words) and len(found) < 20_000:
        if words[at] == "g" and at + 2 < len(words):
            count = int(_number(words[at + 1]))
            found += [_number(words[at + 2])] * max(0, min(count, 20_000))
            at += 3
        else:
            found.append(_number(words[at]))
            at += 1
    return found


def _advance(sign: str) -> float:
    return 0.5 if sign.isascii() else 1.0


def _boundary(element: _Element) -> Box:
    numbers = _numbers(attribute(element, "Boundary"))
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 else (0.0, 0.0, 0.0, 0.0)


def _colour(element: _Element | None) -> Colour:
    """The colour of a fill; black when it is not stated, as the standard says."""
    values = _numbers(attribute(element, "Value")) if element is not None else []
    if len(values) == 1:
        return (int(values[0]),) * 3
    if len(values) == 3:
        return (int(values[0]), int(values[1]), int(values[2]))
    return (0, 0, 0)
