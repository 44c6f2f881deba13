"""What a workbook carries from elsewhere: names, caches of other workbooks, pivot caches, data models, connections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gongkai.documents.collecting import Collector
from gongkai.documents.model import Hidden, Where
from gongkai.documents.packages import Package, all_text, attribute, child, descendants, forget, iterate_xml, local
from gongkai.documents.readers import ooxml
from gongkai.documents.serials import plain_number

if TYPE_CHECKING:
    from lxml.etree import _Element

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_OWN_NAMES = ("_xlnm.print_", "_xlnm._filterdatabase", "_xlnm.criteria", "_xlnm.extract", "_xlnm.sheet_title")


def names(collector: Collector, workbook: _Element) -> None:
    """Report the names that a workbook defines, but for those that programs define by themselves."""
    for one in descendants(workbook, "definedName"):
        name = attribute(one, "name")
        if name.lower().startswith(_OWN_NAMES):
            continue
        hidden = "（隐藏）" if attribute(one, "hidden") in ("1", "true") else ""
        collector.hide(Hidden.DEFINED_NAME, f"{name} {one.text or ''}", note=f"定义的名称{hidden}")


def read(collector: Collector, package: Package) -> None:
    """Report caches of other workbooks and databases, and the log of a shared workbook."""
    for name in package.names():
        folded = name.lower()
        if re.search(r"externallinks/[^/]+\.xml$", folded):
            words = [str(value) for one in package.xml(name).iter() for value in _values(one)]
            collector.hide(
                Hidden.EXTERNAL_LINK, "\n".join(words), Where(Hidden.EXTERNAL_LINK, member=name), "外部工作簿的缓存"
            )
            ooxml.links(collector, package, name)
        elif re.search(r"pivotcache/pivotcachedefinition[^/]*\.xml$", folded):
            text = "\n".join(_pivot(collector, package, name))
            collector.hide(Hidden.PIVOT_CACHE, text, Where(Hidden.PIVOT_CACHE, member=name), "数据透视表缓存")
        elif re.search(r"(^|/)model/item\.data$", folded):
            where = Where(Hidden.DATA_MODEL, member=name)
            collector.hide(Hidden.DATA_MODEL, "", where, "数据模型")
            collector.unread("工作簿带有数据模型，其中的数据无法检查，请删除数据模型后另存", where)
        elif folded.endswith("xl/connections.xml") or folded.startswith("xl/querytables/"):
            words = [
                str(v) for one in package.xml(name).iter() if isinstance(one.tag, str) for v in one.attrib.values()
            ]
            collector.hide(
                Hidden.EXTERNAL_LINK, " ".join(words), Where(Hidden.EXTERNAL_LINK, member=name), "外部数据连接"
            )
        elif folded.startswith("xl/revisions/") and folded.endswith(".xml"):
            collector.hide(
                Hidden.REVISION,
                all_text(package.xml(name)),
                Where(Hidden.REVISION, member=name),
                "共享工作簿的修订记录",
            )


def _values(element: _Element) -> Iterator[str]:
    if local(element) in ("v", "definedName", "sheetName", "ddeItem", "oleItem"):
        if element.text and element.text.strip():
            yield element.text
        for key in ("val", "name", "refersTo"):
            if element.get(key):
                yield str(element.get(key))


def _pivot(collector: Collector, package: Package, name: str) -> Iterator[str]:
    """The fields of a pivot cache, the values each can take, and its records."""
    shared: list[list[str]] = []
    titles: list[str] = []
    for one in descendants(package.xml(name), "cacheField"):
        titles.append(attribute(one, "name"))
        items = child(one, "sharedItems")
        shared.append([attribute(item, "v") for item in items] if items is not None else [])
    yield "\t".join(titles)
    used = False
    for relation in ooxml.relations(package, name).values():
        part = package.find(relation.target)
        if part is None or relation.kind != "pivotCacheRecords":
            continue
        with package.open(part) as stream:
            for _tag, record in iterate_xml(stream, (f"{MAIN}r", f"{STRICT}r")):
                used = True
                yield "\t".join(_pivot_value(item, at, shared) for at, item in enumerate(record))
                collector.budget.count_cells(len(record))
                forget(record)
    if not used:
        for title, values in zip(titles, shared, strict=True):
            if values:
                yield title + "\t" + "\t".join(values)


def _pivot_value(item: _Element, at: int, shared: list[list[str]]) -> str:
    value = attribute(item, "v")
    if local(item) == "x" and value.isdigit() and at < len(shared) and int(value) < len(shared[at]):
        return shared[at][int(value)]
    return plain_number(value) if local(item) == "n" else value
