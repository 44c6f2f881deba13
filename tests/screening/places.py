"""More hiding places: the samples of `tests.documents` with a text of ours where they hide theirs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from html import escape

from tests.documents import samples
from tests.screening import corpus

HEADER = "页眉机密标志"  # the samples' header is a mark, which is not what is looked for here

# Name of the file, what is hidden there in the sample, the part in which it must be found.
_PACKED: tuple[tuple[str, str, str], ...] = (
    ("a.ofd", samples.VISIBLE, "body"),
    ("a.ofd", "藏框下文字", "under_box"),
    ("a.ofd", "藏白字", "white_text"),
    ("a.ofd", "藏页外", "off_page"),
    ("a.ofd", "藏不可见", "hidden_text"),
    ("a.ofd", "藏废页", "revision"),
    ("a.ofd", "藏批注", "comment"),
    ("a.ofd", "藏附件内容", "body"),
    ("a.ofd", "藏作者", "property"),
    ("a.odt", samples.VISIBLE, "body"),
    ("a.odt", samples.PERSON, "table"),
    ("a.odt", "藏删除", "revision"),
    ("a.odt", "藏隐藏", "hidden_text"),
    ("a.odt", "藏白字", "white_text"),
    ("a.odt", "藏批注", "comment"),
    ("a.odt", "藏作者", "property"),
    ("a.ods", samples.VISIBLE, "sheet"),
    ("a.ods", "藏批注", "comment"),
    ("a.ods", "藏列", "hidden_column"),
    ("a.ods", "藏行", "hidden_row"),
    ("a.ods", "藏在隐藏表", "hidden_sheet"),
    ("a.pptx", samples.VISIBLE, "body"),
    ("a.pptx", "藏隐藏页", "hidden_text"),
    ("a.pptx", "藏备注", "comment"),
)
_WRITTEN: tuple[tuple[str, str, str], ...] = (
    ("a.html", "藏样式", "hidden_text"),
    ("a.html", "藏类名", "hidden_text"),
    ("a.html", "藏属性", "hidden_text"),
    ("a.html", "藏白字", "white_text"),
    ("a.html", "藏表单值", "hidden_text"),
    ("a.html", "藏隐藏行", "hidden_row"),
    ("a.rtf", r"\'b9\'ab\'b8\'e6", "body"),
    ("a.rtf", r"\'b2\'d8\'d2\'fe\'b2\'d8", "hidden_text"),
    ("a.rtf", r"\'b2\'d8\'b0\'d7\'d7\'d6", "white_text"),
    ("a.rtf", r"\'b2\'d8\'c9\'be\'b3\'fd", "revision"),
    ("a.rtf", r"\'b2\'d8\'c5\'fa\'d7\'a2", "comment"),
    ("a.rtf", r"\'b2\'d8\'d7\'f7\'d5\'df", "property"),
)


def more_places(text: str) -> Iterator[tuple[str, str, str, bytes]]:
    """Files with a text in further places: place, expected part, name, bytes."""
    for name, mark, part in _PACKED:
        yield f"{name[2:]} {part}", part, name, _packed(name, mark, text)
    for name, mark, part in _WRITTEN:
        yield f"{name[2:]} {part}", part, name, _written(name, mark, text)
    yield "xls", "sheet", "a.xls", _workbook(text, 0)
    yield "xls hidden", "hidden_sheet", "a.xls", _workbook(text, 2)
    yield "pdf in Chinese", "body", "a.pdf", samples.pdf_text(*text.split("\n"))
    yield "pdf white", "white_text", "a.pdf", _page(lambda page: page.setFillColorRGB(1, 1, 1), text)
    yield "pdf under a box", "under_box", "a.pdf", _page(lambda page: None, text, covered=True)
    yield "pdf off the page", "off_page", "a.pdf", _page(lambda page: page.translate(620, 0), text)


@cache
def _sample(name: str) -> bytes:
    made: dict[str, Callable[[], bytes]] = {
        "a.ofd": samples.ofd, "a.odt": samples.odt, "a.ods": samples.ods, "a.pptx": samples.pptx,
    }  # fmt: skip
    return made[name]()


def _packed(name: str, mark: str, text: str) -> bytes:
    parts: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(_sample(name))) as package:
        for part in package.namelist():
            content = package.read(part).decode().replace(HEADER, "页眉")
            content = content.replace("18 49 60 8", "18 49 190 8").replace("L 60 0 L 60 8", "L 190 0 L 190 8")
            if mark != samples.VISIBLE:
                content = content.replace(samples.VISIBLE, "示例")  # 「中心」 beside an address makes it an office's
            hidden = text if part.endswith(".txt") else escape(text)
            parts[part] = content.replace(f">{mark}<", f">{hidden}<") if "." in mark else content.replace(mark, hidden)
    return samples.zipped(parts, first="mimetype" if "mimetype" in parts else None)


def _written(name: str, mark: str, text: str) -> bytes:
    if name == "a.html":
        return samples.HTML.replace(HEADER, "页眉").replace(mark, escape(text)).encode()
    written = "".join(rf"\u{ord(sign) - 65536 if ord(sign) > 32767 else ord(sign)}?" for sign in text)
    header = r"\u26426?\u23494?\u26631?\u24535?"
    return samples.RTF.replace(header, "").replace(mark, written).encode("ascii")


def _workbook(text: str, hidden: int) -> bytes:
    import xlwt

    book = xlwt.Workbook()
    book.add_sheet("甲").write(0, 0, "示例")
    sheet = book.add_sheet("乙")
    sheet.write(0, 0, text)
    sheet.visibility = hidden
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _page(change: Callable[..., None], text: str, *, covered: bool = False) -> bytes:
    page, stream = samples.canvas((595, 842))
    page.setFont("STSong-Light", 12)
    page.drawString(72, 700, "示例")
    change(page)
    for at, line in enumerate(text.split("\n")):
        page.drawString(72, 600 - 20 * at, line)
    if covered:
        page.rect(60, 540, 520, 76, fill=1, stroke=0)
    page.showPage()
    page.save()
    return stream.getvalue()


def every_place(text: str) -> Iterator[tuple[str, str, str, bytes]]:
    """All places of both modules in which a text can stand whole; the pages of `corpus` hold ASCII only."""
    yield from (each for each in corpus.hiding_places(text) if each[2] != "a.pdf")
    yield from more_places(text)
