"""What DOCX, XLSX and PPTX have in common: relations, properties, custom XML, embedded files, pictures, macros."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from gongkai.documents.collecting import Collector
from gongkai.documents.decoding import plain_address
from gongkai.documents.limits import ReadingStopped
from gongkai.documents.model import Hidden, Where
from gongkai.documents.packages import Package, all_text, attribute, damaged, descendants, local

_PROPERTY_NAMES = {
    "creator": "author",
    "lastmodifiedby": "last_modified_by",
    "lastprinted": "last_printed",
    "hyperlinkbase": "hyperlink_base",
}
# What every program writes and what says nothing of a person or a house.
_COUNTS = {
    "pages", "words", "characters", "lines", "paragraphs", "characterswithspaces", "totaltime", "scalecrop",
    "docsecurity", "linksuptodate", "shareddoc", "hyperlinkschanged", "appversion", "headingpairs", "titlesofparts",
    "slides", "notes", "hiddenslides", "mmclips", "presentationformat", "hlinks", "digsig", "revision", "ksoproductbuildver",
    "icv",
}  # fmt: skip
_PICTURE = re.compile(r"\.(png|jpe?g|gif|bmp|tiff?|webp)$", re.I)


@dataclass(frozen=True)
class Relation:
    """One relation of a part: its kind is the last word of its type."""

    kind: str
    target: str
    external: bool


def relations(package: Package, part: str) -> dict[str, Relation]:
    """Return the relations of a part by their id; targets inside the package are made absolute."""
    folder, name = posixpath.split(part)
    root = package.optional_xml(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
    found: dict[str, Relation] = {}
    if root is None:
        return found
    for one in descendants(root, "Relationship"):
        external = one.get("TargetMode") == "External"
        target = one.get("Target") or ""
        if not external:
            target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        found[one.get("Id") or ""] = Relation((one.get("Type") or "").rpartition("/")[2], target, external)
    return found


def main_part(package: Package, default: str) -> str:
    """Return the part that holds the document itself."""
    for relation in relations(package, "").values():
        named = package.find(relation.target) if relation.kind == "officeDocument" else None
        if named:
            return named
    found = package.find(default)
    if found is None:
        raise damaged()
    return found


def read_common(collector: Collector, package: Package) -> None:
    """Read what does not depend on the kind of Office file."""
    _properties(collector, package)
    for name in package.names():
        folded = name.lower()
        if folded.startswith("customxml/item") and folded.endswith(".xml") and "props" not in folded:
            _custom_xml(collector, package, name)
        elif folded.endswith("/people.xml") or "/persons/" in folded:
            _people(collector, package, name)
        elif "/embeddings/" in folded or "/activex/" in folded:
            _contained(collector, package, name, "embedded", Hidden.EMBEDDED, "嵌入的文件")
        elif folded.startswith("docprops/thumbnail"):
            _contained(collector, package, name, "picture", Hidden.THUMBNAIL, "文件缩略图")
        elif "/media/" in folded and _PICTURE.search(folded):
            _contained(collector, package, name, "picture", None, "")
        elif "/media/" in folded:
            collector.unread("文件中有无法检查的图形或媒体", Where(member=name), essential=False)
        elif folded.endswith(("vbaproject.bin", "/macros.bin")):
            collector.hide(Hidden.SCRIPT, "", Where(Hidden.SCRIPT, member=name), "文件中有宏")
        elif re.search(r"/charts?(ex)?/chart[^/]*\.xml$", folded) or "/diagrams/data" in folded:
            collector.margin(all_text(package.xml(name)), "chart")


def links(collector: Collector, package: Package, part: str) -> None:
    """Report relations to places outside: linked files, templates, file and mail addresses."""
    for relation in relations(package, part).values():
        target = relation.target
        plain = relation.kind == "hyperlink" and re.match(r"(https?:)?//|#", target, re.I)
        if not relation.external:
            continue
        if plain:
            collector.markup(plain_address(target), note="链接地址")
        else:
            collector.hide(Hidden.EXTERNAL_LINK, plain_address(target), note=f"外部链接（{relation.kind}）")


def _properties(collector: Collector, package: Package) -> None:
    for part in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"):
        root = package.optional_xml(part)
        if root is None:
            continue
        for element in root:
            key = (attribute(element, "name") if local(element) == "property" else local(element)).lower()
            value = all_text(element)
            if key and key not in _COUNTS:
                collector.property(_PROPERTY_NAMES.get(key, key), value)


def _custom_xml(collector: Collector, package: Package, name: str) -> None:
    root = package.xml(name)
    words = [all_text(root)]
    for element in root.iter():
        if isinstance(element.tag, str):
            words.extend(str(value) for value in element.attrib.values())
    text = " ".join(word for word in words if word)
    if all_text(root):
        collector.hide(Hidden.CUSTOM_XML, text, Where(Hidden.CUSTOM_XML, member=name), "自定义 XML 数据")


def _people(collector: Collector, package: Package, name: str) -> None:
    """Those who commented or changed, by name."""
    keys = ("author", "displayName", "userId")
    for person in descendants(package.xml(name), "person"):
        said = " ".join(filter(None, (attribute(person, key) for key in keys)))
        if said:
            collector.hide(Hidden.PROPERTY, said, Where(Hidden.PROPERTY, member=name), "批注人或修订人")


def _contained(
    collector: Collector, package: Package, name: str, relation: str, kind: Hidden | None, note: str
) -> None:
    try:
        data = package.read(name)
    except ReadingStopped as stopped:
        collector.refused_member(name, relation, stopped)
        return
    if data:
        collector.member(data, name, relation, kind, note)
