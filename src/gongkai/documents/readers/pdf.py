"""PDF by pdfium: text with its places, ruled tables, and what lies under, beside, behind and before the page.

Everything that is painted has a place in the order of painting, so that text can be told from what covers it.
"""

from __future__ import annotations

import hashlib
import io
import re
import threading
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongkai.documents import layout, ocr
from gongkai.documents.collecting import Collector
from gongkai.documents.limits import ReadingStopped
from gongkai.documents.model import Box, Hidden, RefusalKind, Where
from gongkai.documents.packages import all_text, parse_xml
from gongkai.documents.painting import Canvas, Verdict, overlap, partly_hidden
from gongkai.documents.readers import pdf_streams

if TYPE_CHECKING:
    import pypdfium2

    from gongkai.documents.readers.pdf_page import Page

# pdfium is not made for threads: one file at a time.
_LOCK = threading.RLock()
_END = re.compile(rb"%%EOF[\r\n]{0,2}")
_REVISIONS = 20
_REMOVE_SECURITY = 3  # for pdfium: save a copy that is not encrypted
_LAYER = 20
"""So many characters behind a scan are taken for what somebody's recognition has read from it."""
_MUCH_TEXT = 200
_XMP = re.compile(rb"<x:xmpmeta[\s>].{0,2000000}?</x:xmpmeta>", re.S)
_NAMES = {"creator": "creator_program", "producer": "producer", "creationdate": "created", "moddate": "modified"}


def read(collector: Collector) -> None:
    """Read a PDF file."""
    with _LOCK:
        _read(collector)


def _read(collector: Collector) -> None:
    from gongkai.documents.readers import pdf_page  # it loads pdfium

    pdf_streams.refuse_bombs(collector.data, collector.budget)
    pdf_streams.refuse_endless_pages(collector.data, collector.budget)
    document = _open(collector.data)
    try:
        count = len(document)
        if count > collector.budget.limits.pages:
            raise ReadingStopped(
                RefusalKind.TOO_LARGE, f"PDF 超过{collector.budget.limits.pages}页，没有读取。请拆成几个文件。"
            )
        collector.pages = count
        said: set[str] = set()
        for number in range(1, count + 1):
            collector.budget.check_time()
            page = pdf_page.load(document, number)
            if page is None:
                collector.unread("此页已损坏，无法读取", Where(page=number))
                continue
            try:
                said |= _page(collector, page, number)
            finally:
                page.close()
        _metadata(collector, document)
        _attachments(collector, document)
        _programs(collector, document)
        _bookmarks(collector, document, said)
        _earlier(collector, said)
        _left_over(collector, document)
    finally:
        document.close()


def _open(data: bytes) -> pypdfium2.PdfDocument:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) == 0:
            document.close()
            raise ReadingStopped(RefusalKind.DAMAGED, "PDF 中没有任何页，可能已损坏。请从原处重新取得文件。")
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise ReadingStopped(RefusalKind.ENCRYPTED, "PDF 设有打开密码，无法检查。请取消密码后另存再试。") from error
        raise ReadingStopped(RefusalKind.DAMAGED, "PDF 已损坏，无法打开。请从原处重新取得，或重新导出。") from error
    return document


def _page(collector: Collector, page: Page, number: int) -> set[str]:
    """Read one page; returns its visible lines, to compare earlier revisions with."""
    canvas, glyphs = page.canvas(), page.glyphs(collector.budget)
    canvas.forget_strays(glyphs)
    scan = canvas.scan(page.box)
    if scan is None and _is_drawn(page, glyphs):
        scan = page.box
    visible: list[layout.Glyph] = []
    behind: list[layout.Glyph] = []
    hidden: dict[tuple[Hidden, str], list[layout.Glyph]] = defaultdict(list)
    last: Verdict | None = None
    verdicts = [
        canvas.verdict(glyph, page.paint(glyph.order), page.box) if glyph.text.strip() else None for glyph in glyphs
    ]
    partly = partly_hidden(glyphs, verdicts) if canvas.covers else {}
    for at, (glyph, verdict) in enumerate(zip(glyphs, verdicts, strict=True)):
        if not glyph.text.strip():
            (hidden[last] if last else visible).append(glyph)
            continue
        if at in partly and not scan:
            hidden[partly[at]].append(glyph)
        if verdict is None:
            visible.append(glyph)
        elif scan and verdict[0] in (Hidden.HIDDEN_TEXT, Hidden.UNDER_BOX) and verdict[1] != "图形":
            # The text layer of a scan: what somebody's recognition has read from the picture.
            behind.append(glyph)
            verdict = None
        else:
            hidden[verdict].append(glyph)
        last = verdict
    said = _place(collector, canvas.rules, visible, number)
    for (kind, what), some in hidden.items():
        for text in _runs(some):
            collector.hide(kind, text, Where(kind, page=number), _NOTES[kind].format(what))
    for line in layout.lines(behind):
        collector.paragraph(line.text, page=number, part="ocr", box=line.box)
    if len(behind) < _LAYER:
        _pictures(collector, page, canvas, number, scan, len(visible))
    _annotations(collector, page, number)
    return said


def _is_drawn(page: Page, glyphs: list[layout.Glyph]) -> bool:
    """Whether a page shows text that is no text: characters without a meaning in Unicode, or drawn as outlines."""
    signs = sum(1 for glyph in glyphs if glyph.text.strip())
    return (page.nameless > 10 and page.nameless * 8 > signs) or (signs < 10 and page.shapes > 40)


_NOTES = {
    Hidden.UNDER_BOX: "被{}遮住、但仍可选中复制的文字",
    Hidden.OFF_PAGE: "页面范围之外的文字",
    Hidden.WHITE_TEXT: "文字与背景同色或过小",
    Hidden.HIDDEN_TEXT: "不显示的文字",
}


def _runs(glyphs: list[layout.Glyph]) -> list[str]:
    return [line.text for line in layout.lines(glyphs)]


def _place(collector: Collector, rules: layout.Rules, glyphs: list[layout.Glyph], number: int) -> set[str]:
    """Put the visible text of a page into paragraphs and tables, by their height on the page."""
    tables, rest = layout.tables(rules, glyphs)
    found = layout.lines(rest)
    parts: list[tuple[float, list[layout.Line] | layout.GridTable]] = [(table.box[1], table) for table in tables]
    segment: list[layout.Line] = []
    breaks = sorted(table.box[1] for table in tables)

    def above(line: layout.Line) -> int:
        return sum(1 for top in breaks if line.box[1] > top)

    for line in found:
        if segment and above(segment[-1]) != above(line):
            parts += [(one[0].box[1], one) for one in layout.paragraphs(segment)]
            segment = []
        segment.append(line)
    # Without tables the order in the file is kept: it is the order of reading, columns included.
    parts += [(one[0].box[1], one) for one in layout.paragraphs(segment)]
    if tables:
        parts.sort(key=lambda part: part[0])
    for _top, part in parts:
        if isinstance(part, layout.GridTable):
            collector.table(part.rows, page=number, box=part.box)
        else:
            text = "\n".join(line.text for line in part)
            collector.paragraph(text, page=number, box=layout.around(line.box for line in part))
    said = {_bare(line.text) for line in found}
    for table in tables:
        said |= {_bare(line) for row in table.rows for cell in row for line in cell.text.split("\n")}
    return said


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _pictures(collector: Collector, page: Page, canvas: Canvas, number: int, scan: Box | None, signs: int) -> None:
    """Look into pictures: a scanned page is text, a picture among text may be. `signs` are characters of the text."""
    for data in page.photographs():
        collector.member(data, f"第{number}页图片.jpg", "picture")
    where = Where("ocr", page=number)
    if scan is not None:
        if signs >= _MUCH_TEXT and not page.nameless:
            collector.unread("此页以图像为底，图像中如有文字，没有识别", where, essential=False)
            return
        text = _recognised(collector, page, None)
        if text is None:
            collector.unread("此页是图像或不能复制的文字，没有识别", where)
        for line in (text or "").split("\n"):
            collector.paragraph(line, page=number, part="ocr")
        return
    for box in canvas.pictures:
        if overlap(box, page.box) < 0.04 * area(page.box):
            continue
        text = _recognised(collector, page, box)
        if text is None:
            collector.unread("页中的图片里如有文字，没有识别", where, essential=signs == 0)
        for line in (text or "").split("\n"):
            collector.paragraph(line, page=number, part="ocr", box=box)


def _recognised(collector: Collector, page: Page, box: Box | None) -> str | None:
    """The text in a page, or in a part of it; None when it could not be recognised. A page of too many points is not
    even drawn."""
    if not ocr.possible(collector.budget) or page.points > collector.budget.limits.pixels:
        return None
    return ocr.recognise(page.picture(box), collector.budget)


def area(box: Box) -> float:
    """The area of a box."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _annotations(collector: Collector, page: Page, number: int) -> None:
    for kind, text, note in page.annotations():
        if kind is None:
            collector.margin(text, "form_field", page=number)
        else:
            collector.hide(kind, text, Where(kind, page=number), note)
    for name, data in page.attached():
        collector.member(data, name, "attachment", Hidden.ATTACHMENT, "批注中的附件")
    if page.has_thumbnail():
        collector.hide(Hidden.THUMBNAIL, "", Where(Hidden.THUMBNAIL, page=number), "页面缩略图")


def _metadata(collector: Collector, document: pypdfium2.PdfDocument) -> None:
    for key, value in document.get_metadata_dict(skip_empty=True).items():
        collector.property(_NAMES.get(key.lower(), key), value)
    for packet in _XMP.findall(collector.data)[-1:]:
        try:
            root = parse_xml(packet)
        except ReadingStopped:
            continue
        words = [all_text(root)]
        for element in root.iter():
            if str(element.tag).endswith("}Description"):
                words += [str(value) for value in element.attrib.values() if value]
        collector.hide(Hidden.METADATA, " ".join(filter(None, words)), note="XMP 元数据")


def _attachments(collector: Collector, document: pypdfium2.PdfDocument) -> None:
    from pypdfium2 import PdfiumError

    for index in range(document.count_attachments()):
        attachment = document.get_attachment(index)
        name = attachment.get_name() or f"附件{index + 1}"
        try:
            data = bytes(attachment.get_data())
        except (PdfiumError, ValueError):
            collector.unread(f"附件“{name}”无法取出", Where(Hidden.ATTACHMENT, member=name))
            continue
        collector.budget.count_expanded(len(data), len(data))
        collector.member(data, name, "attachment", Hidden.ATTACHMENT, "PDF 附件")


def _programs(collector: Collector, document: pypdfium2.PdfDocument) -> None:
    from pypdfium2 import raw

    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        collector.hide(Hidden.SCRIPT, "", note="PDF 中有脚本")
    if raw.FPDF_GetFormType(document) in (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND):
        collector.unread("PDF 是 XFA 动态表单，内容无法检查，请打印成普通 PDF")
    if re.search(rb"/OCProperties\b", collector.data) and re.search(rb"/OFF\s*\[\s*\d", collector.data):
        collector.hide(Hidden.HIDDEN_TEXT, "", note="有默认不显示的图层")


def _bookmarks(collector: Collector, document: pypdfium2.PdfDocument, said: set[str]) -> None:
    titles: list[str] = []
    for item in document.get_toc(max_depth=10):
        title = item.get_title()
        if title and _bare(title) not in said:
            titles.append(title)
        if len(titles) > 5_000:
            break
    if titles:
        collector.hide(Hidden.FIELD, "\n".join(titles), note="书签")


def _earlier(collector: Collector, said: set[str]) -> None:
    """Compare with what the file was before each incremental save."""
    ends = [match.end() for match in _END.finditer(collector.data)]
    if len(ends) < 2 or b"/Linearized" in collector.data[:1024]:
        ends = ends[1:] if len(ends) > 2 else []
    reported: set[str] = set()
    for count, end in enumerate(ends[:-1][-_REVISIONS:], 1):
        lines = [line for line in _lines_before(collector, end) if _bare(line) and not _is_known(_bare(line), said)]
        fresh = [line for line in lines if line not in reported]
        reported.update(fresh)
        note = f"增量保存之前的第{count}个版本" + ("，含后来删改的文字" if fresh else "")
        collector.hide(Hidden.EARLIER_REVISION, "\n".join(fresh), note=note)


def _left_over(collector: Collector, document: pypdfium2.PdfDocument) -> None:
    """Look for numbers in what no page shows, of this version and of earlier ones: addresses of links and actions, names,
    alternative texts, choices of forms, scripts; and for files that nothing refers to any more."""
    data = collector.data
    if b"/Encrypt" in data:
        stream = io.BytesIO()
        document.save(stream, flags=_REMOVE_SECURITY)
        data = stream.getvalue()
    for text in pdf_streams.strings(data, collector.budget):
        collector.strays(text, note="链接地址、名称或其他不显示的内容")
    for content in pdf_streams.embedded(data, collector.budget):
        if content and not collector.contains(hashlib.sha256(content).hexdigest()):
            collector.member(content, "附件", "embedded", Hidden.EARLIER_REVISION, "不再列出的附件")


def _is_known(line: str, said: set[str]) -> bool:
    return line in said or (len(line) > 3 and any(line in one for one in said))


def _lines_before(collector: Collector, end: int) -> Iterator[str]:
    import pypdfium2

    try:
        before = pypdfium2.PdfDocument(io.BytesIO(collector.data[:end]))
    except pypdfium2.PdfiumError:
        return
    try:
        for index in range(min(len(before), collector.budget.limits.pages)):
            collector.budget.check_time()
            try:
                page = before[index]
            except pypdfium2.PdfiumError:
                continue
            text = page.get_textpage()
            yield from text.get_text_range().splitlines()
            text.close()
            page.close()
    finally:
        before.close()
