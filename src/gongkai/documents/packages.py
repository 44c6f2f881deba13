"""Opening ZIP packages and XML parts without being taken in: sizes, ratios, names, entities."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from gongkai.documents.broken import BROKEN_ZIP
from gongkai.documents.decoding import decode_loosely
from gongkai.documents.limits import Budget, ReadingStopped
from gongkai.documents.model import RefusalKind

if TYPE_CHECKING:
    from lxml import etree

_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
_DESCRIPTOR_FLAG = 0x8
_UNICODE_PATH = 0x7075
_TAGS, _NODES = 3_000_000, 4_000_000
_ATTRIBUTES = 5_000
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{20000,}")
_SCRIPT = re.compile(r"<(script|style)\b.*?</\1", re.I | re.S)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_ENTITY = re.compile(rb"<!ENTITY", re.I)


class Package:
    """A ZIP package whose parts are counted against the budget before they are unpacked."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self._budget = budget
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except BROKEN_ZIP as error:
            raise damaged() from error
        self._infos: dict[str, zipfile.ZipInfo] = {}
        if len(infos) > budget.limits.members:
            raise ReadingStopped(RefusalKind.ZIP_BOMB, "压缩包中的文件过多，疑为压缩炸弹，没有读取。请拆开后分别上传。")
        for info in infos:
            self._infos.setdefault(readable_name(info).replace("\\", "/"), info)
        self.touched: set[str] = set()
        """The parts that were read so far."""
        self._data = data
        self.duplicates = len(infos) - len(self._infos)
        self.comment = decode_loosely(self._zip.comment).strip("\0 ")
        self._folded = {name.lower().lstrip("/"): name for name in self._infos}

    def names(self) -> list[str]:
        """The names of the parts, without folders."""
        return [name for name, info in self._infos.items() if not info.is_dir()]

    def find(self, name: str) -> str | None:
        """Return the name as the package writes it, whatever its case."""
        return self._folded.get(name.lstrip("/").lower())

    def raw_names(self) -> list[str]:
        """All names as they stand in the package, unchanged."""
        return [readable_name(info) for info in self._infos.values()]

    def has_links(self) -> bool:
        """Whether a member is a symbolic link."""
        return any(stat.S_ISLNK(info.external_attr >> 16) for info in self._infos.values())

    def size(self, name: str) -> int:
        """Unpacked size of a part as the package states it."""
        return self._infos[name].file_size

    def check_ratio(self, name: str) -> None:
        """Count a part against the budget without unpacking it."""
        info = self._infos[name]
        self._budget.count_expanded(info.compress_size, info.file_size)

    def is_encrypted(self, name: str) -> bool:
        """Whether a part needs a password."""
        return bool(self._infos[name].flag_bits & _ENCRYPTED_FLAG)

    def read(self, name: str) -> bytes:
        """Unpack a part whole."""
        info = self._infos[name]
        with self.open(name) as stream:
            try:
                data = stream.read(info.file_size + 1)
            except BROKEN_ZIP as error:
                raise damaged() from error
        if len(data) > info.file_size:
            raise ReadingStopped(RefusalKind.ZIP_BOMB, "压缩包写明的大小与实际不符，没有读取。请核实来源。")
        return data

    def again(self, name: str) -> bytes:
        """Unpack a part once more, or for the first time when it was not read."""
        if name not in self.touched:
            data = self.read(name)
            self.touched.discard(name)
            return data
        try:
            return self._zip.read(self._infos[name])
        except BROKEN_ZIP as error:
            raise damaged() from error

    def comments(self) -> Iterator[tuple[str, str]]:
        """The comments that stand at single parts."""
        for name, info in self._infos.items():
            if info.comment.strip(b"\0 "):
                yield name, decode_loosely(info.comment)

    def folders(self) -> list[str]:
        """The names of the folders that the archive lists."""
        return [name for name, info in self._infos.items() if info.is_dir()]

    def gaps(self) -> list[bytes]:
        """The bytes before the directory of the archive that belong to no part."""
        found: list[bytes] = []
        end = 0
        for info in sorted(self._infos.values(), key=lambda info: info.header_offset):
            at = info.header_offset
            if at > end:
                found.append(self._data[end:at])
            sizes = sum(int.from_bytes(self._data[at + of : at + of + 2], "little") for of in (26, 28))
            begin = at + 30 + sizes + info.compress_size
            end = max(end, begin + (_descriptor(self._data, begin) if info.flag_bits & _DESCRIPTOR_FLAG else 0))
        if self._zip.start_dir > end:
            found.append(self._data[end : self._zip.start_dir])
        return found

    def open(self, name: str) -> IO[bytes]:
        """Open a part to be read in pieces; its stated size is counted, and no more can be read."""
        info = self._infos[name]
        self.touched.add(name)
        if self.is_encrypted(name):
            raise ReadingStopped(RefusalKind.ENCRYPTED, "文件设有密码，无法检查。请取消密码后再试。")
        self._budget.check_time()
        self._budget.count_expanded(info.compress_size, info.file_size)
        try:
            return self._zip.open(info)
        except BROKEN_ZIP as error:
            raise damaged() from error

    def xml(self, name: str) -> etree._Element:
        """Unpack and parse an XML part."""
        if self._infos[name].file_size > self._budget.limits.tree_bytes:
            raise ReadingStopped(RefusalKind.TOO_LARGE, "文件中有过大的部分，没有读取。请拆成几个较小的文件。")
        return parse_xml(self.read(name))

    def optional_xml(self, name: str) -> etree._Element | None:
        """Parse a part if the package has it."""
        found = self.find(name)
        return self.xml(found) if found else None


def _descriptor(data: bytes, at: int) -> int:
    """How long the record of sizes is that may stand behind a part."""
    signature = 4 if data[at : at + 4] == b"PK\x07\x08" else 0
    # Its sizes take four or, in large archives, eight bytes each; the next record tells which.
    for length in (signature + 12, signature + 20):
        if data[at + length : at + length + 2] == b"PK":
            return length
    return signature + 12


def damaged() -> ReadingStopped:
    """The refusal for a package that does not open."""
    return ReadingStopped(RefusalKind.DAMAGED, "文件已损坏，无法完整打开。请从原处重新取得，或用原来的软件打开后另存。")


def readable_name(info: zipfile.ZipInfo) -> str:
    """Return a part's name as its writer meant it: UTF-8 when marked, the Unicode field, else GB18030."""
    if info.flag_bits & _UTF8_FLAG:
        return info.filename
    extra = info.extra
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if kind == _UNICODE_PATH and size > 5:
            return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    try:
        return decode_loosely(info.filename.encode("cp437"))
    except UnicodeEncodeError:
        return info.filename


def refuse_entities(data: bytes) -> None:
    """Stop at XML that declares entities: no office file needs them."""
    head = data[:2]
    if head in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:4]:
        data = data[:65536].decode("utf-16", "replace").encode("utf-8", "replace")
    if _ENTITY.search(data[:65536]) or (b"<!DOCTYPE" in data[:65536] and _ENTITY.search(data)):
        raise ReadingStopped(
            RefusalKind.XML_BOMB, "文件内部定义了 XML 实体，可能是恶意构造的文件，没有读取。请用原来的软件打开后另存。"
        )


def refuse_many_nodes(data: bytes | str) -> None:
    """Stop at markup of so many elements that its tree would not fit: each takes some hundred bytes of memory."""
    signs = (data.count(b"<"), data.count(b"=")) if isinstance(data, bytes) else (data.count("<"), data.count("="))
    if signs[0] > _TAGS or sum(signs) > _NODES:
        raise ReadingStopped(RefusalKind.TOO_LARGE, "文件内部的元素过多，无法逐个检查。请拆成几个较小的文件。")


def refuse_many_attributes(markup: str) -> None:
    """Stop at a tag of so many attributes that a parser, which compares each with all before it, takes hours."""
    if _LONG_TAG.search(markup):
        markup = _SCRIPT.sub("", markup)
    for tag in _LONG_TAG.finditer(markup):
        if len(_QUOTED.sub("", tag.group()).split()) > _ATTRIBUTES:
            raise ReadingStopped(RefusalKind.TOO_LARGE, "网页中有一个标记的属性过多，无法检查。请用浏览器打开后另存。")


def parse_xml(data: bytes) -> etree._Element:
    """Parse XML with entities, network and huge trees off. Raises `ReadingStopped` when it is damaged."""
    from lxml import etree

    refuse_entities(data)
    refuse_many_nodes(data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged() from error


def iterate_xml(stream: IO[bytes], tags: tuple[str, ...]) -> Iterator[tuple[str, etree._Element]]:
    """Go through a large part and yield its elements of the given tags as they end; the caller clears them."""
    from lxml import etree

    guarded = _Guarded(stream)
    try:
        for _event, element in etree.iterparse(
            guarded, events=("end",), tag=tags, resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
        ):
            yield str(element.tag), element
    except (etree.XMLSyntaxError, *BROKEN_ZIP) as error:
        if guarded.stopped is not None:
            raise guarded.stopped from error
        raise damaged() from error


def forget(element: etree._Element) -> None:
    """Free an element and those before it, or a streamed part grows to its full tree."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


class _Guarded:
    """A stream that looks for entity declarations in its first piece."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._first = True
        self.stopped: ReadingStopped | None = None

    def read(self, size: int = -1) -> bytes:
        """Read a piece, as lxml asks."""
        piece = self._stream.read(size)
        if self._first:
            self._first = False
            try:
                refuse_entities(piece)
            except ReadingStopped as stopped:
                self.stopped = stopped
                raise
        return piece


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace; comments and instructions have none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str, default: str = "") -> str:
    """Return an attribute by its local name, whatever its namespace."""
    value = element.get(name)
    if value is not None:
        return value
    for key, found in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(found)
    return default


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """Return the children with a local name."""
    return [child for child in element if local(child) == name]


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """Return the first child with a local name."""
    if element is None:
        return None
    for one in element:
        if local(one) == name:
            return one
    return None


def descendants(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Go through the elements below with one of the local names."""
    yield from element.iter(*(f"{{*}}{name}" for name in names))


def all_text(element: etree._Element) -> str:
    """Return all text below an element, blanks between elements."""
    return " ".join(part.strip() for part in element.itertext() if isinstance(part, str) and part.strip())
