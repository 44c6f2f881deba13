"""PPTX as XML: slides, tables, notes, comments, hidden slides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.documents.collecting import Collector
from gongkai.documents.model import Cell, Hidden, Where
from gongkai.documents.packages import Package, all_text, attribute, child, children, descendants
from gongkai.documents.readers import leftovers, ooxml

if TYPE_CHECKING:
    from lxml.etree import _Element


def read(collector: Collector) -> None:
    """Read a PPTX file."""
    package = Package(collector.data, collector.budget)
    main = ooxml.main_part(package, "ppt/presentation.xml")
    related = ooxml.relations(package, main)
    shown: set[str] = set()
    for entry in descendants(package.xml(main), "sldId"):
        relation = related.get(_relation(entry))
        part = package.find(relation.target) if relation else None
        collector.pages += 1
        if part is None:
            collector.unread("此页内容缺失", Where(page=collector.pages))
            continue
        shown.add(part)
        _slide(collector, package, part, collector.pages)
    for name in package.names():
        if re.match(r"ppt/slides/[^/]+\.xml$", name, re.I) and name not in shown:
            collector.hide(Hidden.EARLIER_REVISION, all_text(package.xml(name)), note="包内未被引用的幻灯片")
    ooxml.links(collector, package, main)
    ooxml.read_common(collector, package)
    leftovers.sweep(collector, package)


def _relation(element: _Element) -> str:
    for key, value in element.attrib.items():
        if str(key).endswith("relationships}id"):
            return str(value)
    return ""


def _slide(collector: Collector, package: Package, part: str, number: int) -> None:
    collector.budget.check_time()
    root = package.xml(part)
    if attribute(root, "show") in ("0", "false"):
        text = "\n".join(_paragraph(p) for p in descendants(root, "p"))
        collector.hide(Hidden.HIDDEN_TEXT, text, Where(Hidden.HIDDEN_TEXT, page=number), "隐藏的幻灯片")
    else:
        for body in descendants(root, "txBody", "tbl"):
            if body.tag.endswith("}tbl"):
                _table(collector, body, number)
            elif not any(str(up.tag).endswith("}tc") for up in body.iterancestors()):
                for paragraph in children(body, "p"):
                    collector.paragraph(_paragraph(paragraph), page=number)
    for named in descendants(root, "cNvPr"):
        collector_text = " ".join(filter(None, (attribute(named, "descr"), attribute(named, "title"))))
        if collector_text:
            collector.hide(Hidden.FIELD, collector_text, Where(Hidden.FIELD, page=number), "图形的替代文字")
    for relation in ooxml.relations(package, part).values():
        found = None if relation.external else package.find(relation.target)
        if found and relation.kind in ("notesSlide", "comments"):
            note = "演讲者备注" if relation.kind == "notesSlide" else "批注"
            text = "\n".join(filter(None, (_paragraph(p) for p in descendants(package.xml(found), "p"))))
            text = text or all_text(package.xml(found))
            if text.strip():
                collector.hide(Hidden.COMMENT, text, Where(Hidden.COMMENT, page=number), note)
    ooxml.links(collector, package, part)


def _paragraph(element: _Element) -> str:
    return "".join(str(t.text or "") for t in descendants(element, "t"))


def _table(collector: Collector, element: _Element, number: int) -> None:
    rows: list[tuple[Cell, ...]] = []
    for at, row in enumerate(children(element, "tr"), 1):
        cells: list[Cell] = []
        for column, cell in enumerate(children(row, "tc"), 1):
            if attribute(cell, "hMerge") or attribute(cell, "vMerge"):
                continue
            body = child(cell, "txBody")
            text = "\n".join(_paragraph(p) for p in children(body, "p")) if body is not None else ""
            spans = [
                int(value) if (value := attribute(cell, key, "1")).isdigit() else 1 for key in ("rowSpan", "gridSpan")
            ]
            cells.append(Cell(text, at, column, spans[0], spans[1]))
        rows.append(tuple(cells))
    collector.table(tuple(rows), page=number)
