"""Masked copies of text documents: the visible text in its layout, without anything that Word keeps beside it."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from gongkai.documents import Cell, Document, Table
from gongkai.screening.masking.covers import Covers, NotMasked
from gongkai.screening.masking.pictures import without_metadata

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# Parts that are kept, by the end of their relationship's type; all else (comments, properties, custom XML, embedded
# files, macros, thumbnails, glossaries, charts) is left out.
_TEXT_PARTS = ("header", "footer", "footnotes", "endnotes")
_LOOK_PARTS = ("styles", "numbering", "fontTable", "theme", "settings")
_SETTINGS = {_W + name for name in ("compat", "evenAndOddHeaders", "defaultTabStop", "characterSpacingControl")}
_PICTURES = {"png", "jpg", "jpeg"}

_REMOVED = [_W + name for name in (
    "del moveFrom delText delInstrText rPrChange pPrChange tblPrChange trPrChange tcPrChange sectPrChange numberingChange "
    "tblGridChange tblPrExChange cellIns cellDel cellMerge commentRangeStart commentRangeEnd commentReference annotationRef bookmarkStart bookmarkEnd "
    "moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd sdtPr sdtEndPr proofErr permStart permEnd "
    "customXmlPr smartTagPr object altChunk customXmlInsRangeStart customXmlInsRangeEnd docPartObj ffData dataBinding "
    "subDoc contentPart lastRenderedPageBreak"
).split()]  # fmt: skip
_UNWRAPPED = [_W + name for name in "ins moveTo sdt sdtContent hyperlink smartTag customXml fldSimple".split()]
_FIELDS = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b[^\"]*")
_WORDS_ABOUT = ("descr", "title", "alt", "href", "tooltip", "name")


def copy(source: bytes, document: Document, covers: Covers) -> bytes:
    """Write the kept parts with their text covered."""
    from lxml import etree  # only when a document is copied

    with zipfile.ZipFile(io.BytesIO(source)) as old:
        main = _main_part(old, etree)
        parts = _parts(old, main, etree)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            _write(new, "[Content_Types].xml", _content_types(old, parts, etree))
            _write(new, "_rels/.rels", _relations([("rId1", _R[1:-1] + "/officeDocument", main)], etree))
            for name, part in parts.items():
                if part.kind == "image":
                    _write(new, name, without_metadata(old.read(name)))
                    continue
                tree = _parse(old.read(name), etree)
                kept = {key: target for key, (_kind, target) in part.relations.items() if target in parts}
                if part.kind in ("officeDocument", *_TEXT_PARTS):
                    _clean(tree, set(kept), etree)
                    _cover(tree, covers)
                if part.kind == "settings":
                    for entry in [each for each in tree if each.tag not in _SETTINGS]:
                        tree.remove(entry)
                _write(new, name, etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))
                if kept:
                    folder = posixpath.dirname(name)
                    relations = [
                        (key, part.relations[key][0], posixpath.relpath(target, folder)) for key, target in kept.items()
                    ]
                    _write(new, f"{folder}/_rels/{posixpath.basename(name)}.rels", _relations(relations, etree))
    return out.getvalue()


class _Part:
    def __init__(self, kind: str, relations: dict[str, tuple[str, str]]) -> None:
        self.kind = kind
        self.relations = relations
        """Key of the relation: its type and the part it leads to."""


def _parse(data: bytes, etree: Any) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(data, parser)


def _main_part(package: zipfile.ZipFile, etree: Any) -> str:
    for relation in _parse(package.read("_rels/.rels"), etree):
        if relation.get("Type", "").endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    raise NotMasked("文件结构不完整，不能生成副本。请用原来的软件打开后另存。")


def _parts(package: zipfile.ZipFile, main: str, etree: Any) -> dict[str, _Part]:
    names = set(package.namelist())
    parts: dict[str, _Part] = {}
    waiting = [(main, "officeDocument")]
    while waiting:
        name, kind = waiting.pop()
        if name in parts or name not in names:
            continue
        parts[name] = _Part(kind, {})
        folder = posixpath.dirname(name)
        rels = f"{folder}/_rels/{posixpath.basename(name)}.rels"
        if rels not in names or kind in ("image", *_LOOK_PARTS):
            continue
        for relation in _parse(package.read(rels), etree):
            if relation.get("TargetMode") == "External":
                continue
            target = str(relation.get("Target", ""))
            target = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
            its_type = str(relation.get("Type", ""))
            its_kind = its_type.rpartition("/")[2]
            wanted = its_kind in _TEXT_PARTS or its_kind in _LOOK_PARTS
            picture = its_kind == "image" and target.rpartition(".")[2].lower() in _PICTURES
            if wanted or picture:
                parts[name].relations[str(relation.get("Id", ""))] = (its_type, target)
                waiting.append((target, its_kind))
    return parts


def _content_types(package: zipfile.ZipFile, parts: dict[str, _Part], etree: Any) -> bytes:
    tree = _parse(package.read("[Content_Types].xml"), etree)
    for entry in list(tree):
        name = entry.get("PartName")
        if name is not None and name.lstrip("/") not in parts:
            tree.remove(entry)
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def _relations(relations: list[tuple[str, str, str]], etree: Any) -> bytes:
    tree = etree.Element(_REL + "Relationships", nsmap={None: _REL[1:-1]})
    for key, kind, target in relations:
        etree.SubElement(tree, _REL + "Relationship", Id=key, Type=kind, Target=target)
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def _write(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name)  # with the earliest day there is: when the copy was made says nothing
    entry.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(entry, data)


def _clean(tree: Any, kept: set[str], etree: Any) -> None:
    """Take away what is not part of the visible text."""
    etree.strip_elements(tree, *_REMOVED, with_tail=False)
    for run in list(tree.iter(_W + "r")):
        facts = run.find(_W + "rPr")
        if facts is not None and any(_is_on(facts.find(_W + name)) for name in ("vanish", "webHidden", "specVanish")):
            run.getparent().remove(run)
    for row in list(tree.iter(_W + "tr")):
        facts = row.find(_W + "trPr")
        if facts is not None and (_is_on(facts.find(_W + "hidden")) or facts.find(_W + "del") is not None):
            row.getparent().remove(row)
    if not all(_FIELDS.fullmatch(text.text or "") for text in tree.iter(_W + "instrText")):
        etree.strip_elements(tree, _W + "instrText", _W + "fldChar", with_tail=False)
    for shape in [*tree.iter(_W + "drawing"), *tree.iter(_W + "pict")]:
        keys = [value for each in shape.iter() for name, value in each.attrib.items() if name.startswith(_R)]
        if any(key not in kept for key in keys) and shape.getparent() is not None:
            shape.getparent().remove(shape)
    for each in list(tree.iter()):
        for name in list(each.attrib):
            local = name.rpartition("}")[2]
            dead_link = name.startswith(_R) and each.get(name) not in kept
            if local.startswith("rsid") or dead_link or (local in _WORDS_ABOUT and _is_drawing(each.tag)):
                if local == "name" and each.get(name) is not None:
                    each.set(name, "")
                else:
                    del each.attrib[name]
    for reference in [*tree.iter(_W + "headerReference"), *tree.iter(_W + "footerReference")]:
        if reference.get(_R + "id") is None:
            reference.getparent().remove(reference)
    etree.strip_tags(tree, *_UNWRAPPED)


def _is_on(flag: Any) -> bool:
    return flag is not None and flag.get(_W + "val", "true") not in ("0", "false", "off")


def _is_drawing(tag: Any) -> bool:
    return isinstance(tag, str) and not tag.startswith(_W)


def _cover(tree: Any, covers: Covers) -> None:
    """Cover the text: tables cell by cell, with their headers and neighbours, then all that is not in a table."""
    done: set[Any] = set()
    for table in tree.iter(_W + "tbl"):
        cells = {place: _nodes(cell) for place, cell in _cells(table)}
        texts = {
            place: "\n".join("".join(node.text or "" for node in line) for line in lines)
            for place, lines in cells.items()
        }
        changed = covers.table(_table(texts))
        for place, lines in cells.items():
            if place in changed:
                _spread(lines, changed[place].split("\n"))
            done |= {node for line in lines for node in line}
    lines = [[node for node in line if node not in done] for line in _nodes(tree)]
    lines = [line for line in lines if line]
    texts_of_lines = ["".join(node.text or "" for node in line) for line in lines]
    _spread(lines, covers.pieces(texts_of_lines, [True] * len(lines)))


def _cells(table: Any) -> Iterator[tuple[tuple[int, int], Any]]:
    for number, row in enumerate(table.iterchildren(_W + "tr"), 1):
        column = 1
        for cell in row.iterchildren(_W + "tc"):
            yield (number, column), cell
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            value = span.get(_W + "val", "1") if span is not None else "1"
            column += int(value) if value.isdigit() else 1


def _nodes(element: Any) -> list[list[Any]]:
    """The text nodes of each paragraph; a paragraph inside another's text box is one of its own."""
    lines: dict[Any, list[Any]] = {}
    for node in element.iter(_W + "t"):
        paragraph = next((each for each in node.iterancestors(_W + "p")), None)
        lines.setdefault(paragraph, []).append(node)
    return list(lines.values())


def _table(texts: dict[tuple[int, int], str]) -> Table:
    rows: dict[int, list[Cell]] = {}
    for (row, column), text in texts.items():
        rows.setdefault(row, []).append(Cell(text, row, column))
    return Table(tuple(tuple(cells) for cells in rows.values()))


def _spread(lines: list[list[Any]], texts: list[str]) -> None:
    """Put covered lines back into the nodes they came from; every line has kept its length."""
    for nodes, text in zip(lines, texts, strict=True):
        position = 0
        for node in nodes:
            length = len(node.text or "")
            piece = text[position : position + length]
            if piece != (node.text or ""):
                node.text = piece
                node.set(_XML_SPACE, "preserve")
            position += length
