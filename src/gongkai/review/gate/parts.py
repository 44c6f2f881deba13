"""A content taken apart into what is looked at: title, metadata, body, each attachment, as bytes with their hash."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gongkai.files import storage
from gongkai.review.content import Content
from gongkai.review.looking import lines_of, page_of
from gongkai.screening import safe_text

TITLE, METADATA, BODY, ATTACHMENT = "title", "metadata", "body", "attachment"
UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Part:
    """One part: its role, what people call it, its hash, how it is read, and its bytes when they are asked for."""

    role: str
    label: str
    digest: str
    extension: str
    data: Callable[[], bytes]

    @property
    def name(self) -> str:
        """The name under which it is read: the extension matters, the words of the name are looked at as metadata."""
        return part_name(self.extension)


def part_name(extension: str) -> str:
    """The name under which bytes with an extension are read."""
    return f"part.{extension}" if extension else "part"


def parts_of(content: Content) -> list[Part]:
    """The parts of a content, in the order in which a person reads them."""
    title = lines_of([content.title])
    metadata = lines_of([*_texts(content.metadata), *(each["name"] for each in content.attachments)])
    return [
        _text(TITLE, _("名称"), title),
        _text(BODY, _("正文"), page_of(content.body)),
        _text(METADATA, _("登记内容和文件名"), metadata),
        *(file_part(each["sha256"], each["name"]) for each in content.attachments),
    ]


def _text(role: str, label: str, data: bytes) -> Part:
    return Part(role, label, hashlib.sha256(data).hexdigest(), "html", lambda: data)


def file_part(digest: str, name: str) -> Part:
    """A stored file under a name, as a part."""
    _stem, dot, extension = name.rpartition(".")
    label = _("附件「%(name)s」") % {"name": safe_text(name)}
    return Part(ATTACHMENT, label, digest, extension.lower()[:16] if dot else "", lambda: storage.read(digest))


def _texts(value: Any) -> Iterator[str]:
    """The texts in metadata, whatever its shape, in the order of the frozen copy; identifiers of other objects are no
    texts."""
    if isinstance(value, str):
        if value.strip() and not UID.fullmatch(value):
            yield value
    elif isinstance(value, dict):
        for _name, inner in sorted(value.items()):
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
