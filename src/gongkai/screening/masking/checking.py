"""The last look at a masked copy: read again, screened again, and every part searched for what was covered."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from gongkai.documents import Document, read
from gongkai.screening.kinds import Kind, Severity
from gongkai.screening.masking.covers import Covers, NotMasked
from gongkai.screening.screening import screen

_NUMBERS = re.compile(r"[0-9]{7,}[Xx]?")
_LEFT_OUT = frozenset({Kind.HIDDEN_CONTENT, Kind.UNREADABLE})


def check(data: bytes, document: Document, covers: Covers) -> None:
    """Raise `NotMasked` unless nothing that was covered, and nothing hidden, is left in a copy."""
    copy = read(data, name=document.name)
    if not isinstance(copy, Document):
        raise NotMasked("遮盖后的副本没有通过复查（副本读不出来），没有写出。请另存为其他格式后再试。")
    wanted = covers.settings.masking.kinds
    for finding in screen(copy, settings=covers.settings):
        if finding.kind in wanted:
            raise NotMasked("遮盖后的副本没有通过复查（仍有需要遮盖的内容），没有写出。请人工处理原文件。")
        if finding.kind in _LEFT_OUT and finding.severity is not Severity.INFO:
            raise NotMasked(f"遮盖后的副本没有通过复查（{finding.note}），没有写出。请先在原文件中清除这部分内容。")
    if covers.secrets and any(covers.secrets & _numbers(text) for text in _texts(data)):
        raise NotMasked("遮盖后的副本没有通过复查（文件内部仍存有原来的号码），没有写出。请人工处理原文件。")


def _numbers(text: str) -> set[str]:
    found = {each.upper() for each in _NUMBERS.findall(text)}
    return found | {each.rstrip("X") for each in found}


def _texts(data: bytes) -> Iterator[str]:
    """The whole of a file, and each part of a package, as text in the encodings that occur."""
    parts = [data]
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts += [package.read(name) for name in package.namelist()]
    for part in parts:
        yield part.decode("latin-1")
        yield part.decode("utf-16-le", errors="ignore")
        yield part.decode("utf-16-be", errors="ignore")
