"""The door: an upload is looked into in memory before anything of it is written, logged or shown.

What carries a classification mark is refused, and only that it happened is kept (保守国家秘密法 2024 art. 31(3): a
system that is not classified may neither store nor process state secrets).
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from gongkai.accounts.models import Account
from gongkai.audit.acts import append
from gongkai.documents import DEFAULT, Document, Hidden, Limits, Member, read
from gongkai.documents import Refusal as Unreadable
from gongkai.files import events, storage
from gongkai.files.models import StoredFile
from gongkai.files.names import clean_name
from gongkai.files.types import LISTED, MACRO_EXTENSIONS, PROGRAM_EXTENSIONS, TYPES, extension_of
from gongkai.rules.refusals import ActRefused, Refusal
from gongkai.screening import KINDS, Finding, Kind, Severity, screen

log = logging.getLogger(__name__)

LIMITS = replace(DEFAULT, seconds=60.0)  # an officer waits for the page
MEMORY = Path("/dev/shm")  # noqa: S108  # the folder in memory where converters work
MAX_MEGABYTES = LIMITS.file_bytes // (1024 * 1024)
TOO_LARGE = f"文件超过{MAX_MEGABYTES}MB，没有接收。请拆成几个较小的文件，或者压缩其中的图片后再上传。"
WHAT_TO_DO = (
    "上传的文件带有「{mark}」密级标志，没有接收，系统没有保存这个文件和它的名称。"
    "请立即停止操作，保持这台电脑的现状（不要删除、复制、转发，也不要再次打开这个文件），马上联系本单位的保密机构。"
    "已经泄密或者可能泄密的，要在24小时内报告。"
)
SECRECY_LAW = "保守国家秘密法（2024年修订）第三十一条第三项；保守国家秘密法实施条例（2024年修订）第六十一条"
_LEVEL = re.compile(r"([绝机秘])\s*密")
_BORNE = ("zip_member", "attachment")  # files that travel whole inside the file and can be taken out of it


class HasCode(Protocol):
    """An agency, of which only the code is needed here."""

    @property
    def code(self) -> str:
        """The agency's code."""


@dataclass(frozen=True)
class Received:
    """A file that came in: its record, the name it goes by, and what screening said of it."""

    stored: StoredFile
    name: str
    findings: tuple[Finding, ...]

    @property
    def warnings(self) -> list[str]:
        """What the officer is told at once, a sentence for each kind of finding that stops or may stop publication."""
        return warnings_of(self.findings)


@dataclass(frozen=True)
class Inspected:
    """A file that may come in, still in memory: its name, its bytes, what was read and what was found."""

    name: str
    data: bytes
    document: Document
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Looked:
    """What looking at a file gave: the mark that it bears, why else it is not taken, what was read and found."""

    mark: str
    refusals: tuple[Refusal, ...]
    document: Document | Unreadable | None = None
    findings: tuple[Finding, ...] = ()


@sensitive_variables()
def receive(upload: UploadedFile, *, agency: HasCode, by: Account, at: dt.datetime) -> Received:
    """Look at an upload and keep it, or refuse it; see `inspect`. Raises `ActRefused`."""
    found = inspect(upload, agency=agency, by=by, at=at)
    text = found.document.text() + _text_inside(found.document)
    stored = storage.store(found.data, extension=extension_of(found.name), text=text)
    return Received(stored, found.name, found.findings)


@sensitive_variables()
def inspect(upload: UploadedFile, *, agency: HasCode, by: Account, at: dt.datetime, to_keep: bool = True) -> Inspected:
    """Look at an upload without keeping it.

    A file that is only to be read (`to_keep` false) may be of any type that can be read, such as a saved web page.

    Call it outside a transaction, after asking whether the officer may hand in a file at all: that a marked file was
    refused is written down even though `ActRefused` is raised. Nothing else of a refused file is written, its name
    included. Raises `ActRefused`.
    """
    name = clean_name(upload.name or "")
    if (upload.size or 0) > LIMITS.file_bytes:
        upload.close()
        raise ActRefused([Refusal("too_large", TOO_LARGE)])
    upload.seek(0)
    data = upload.read()
    upload.close()
    looked = _look(data, name)
    if looked.mark:
        with transaction.atomic(durable=True):
            append(
                events.MarkedFileRefused(mark=looked.mark),
                agency_code=agency.code,
                object_kind="agencies.agency",
                object_key=agency.code,
                by=by,
                at=at,
            )
        raise ActRefused([Refusal("secrecy_mark", WHAT_TO_DO.format(mark=looked.mark), SECRECY_LAW)])
    if not to_keep and isinstance(looked.document, Unreadable):
        raise ActRefused([Refusal(str(looked.document.kind), looked.document.sentence)])
    if (looked.refusals and to_keep) or not isinstance(looked.document, Document):
        raise ActRefused(looked.refusals)
    return Inspected(name, data, looked.document, looked.findings)


@sensitive_variables()
def _look(data: bytes, name: str) -> _Looked:
    """Read and screen a file. No error that a file causes leaves this function with a word of the file in it."""
    failed = ""
    try:
        document = read(data, name=name, limits=_limits())
        if isinstance(document, Unreadable):
            # Its name may bear a mark even so.
            findings = screen(Document(type="txt", name=name, sha256=""))
        else:
            findings = screen(document)
        return _Looked(_mark(findings), tuple(_refusals(document, name)), document, tuple(findings))
    except Exception as error:  # whatever it is, its message may quote the file and must not leave this function
        failed = type(error).__name__
    log.error("the door could not look into a file: %s", failed)
    return _Looked("", (Refusal("not_examined", "文件检查时出了故障，没有接收。请另存为 DOCX 或 PDF 后再试。"),))


def _text_inside(document: Document) -> str:
    """The visible text of the files that a file carries inside, each after a line feed."""
    inner = (one for path, one in document.walk() if path and isinstance(one, Document))
    return "".join(f"\n{one.text()}" for one in inner)


def _limits() -> Limits:
    """The limits of reading here: a converter works on a file, and that file may only be one in memory."""
    return replace(LIMITS, convert=MEMORY.is_dir() and os.access(MEMORY, os.W_OK))


def _mark(findings: Iterable[Finding]) -> str:
    """The highest classification that stands in the position of a mark; empty without one."""
    levels = {
        found[1]
        for finding in findings
        if finding.kind is Kind.SECRECY_MARK and finding.severity is Severity.BLOCK
        for found in [_LEVEL.search(finding.masked) or _LEVEL.search(finding.note)]
        if found
    }
    return next((f"{level}密" for level in "绝机秘" if level in levels), "")


def _refusals(document: Document | Unreadable, name: str) -> Iterator[Refusal]:
    """Why a file without mark is not taken: its type, its state, macros, what it carries inside."""
    extension = extension_of(name)
    if extension in MACRO_EXTENSIONS:
        yield Refusal("macros", "带宏的文件不接收。请用 Word、Excel 或 WPS 打开，另存为不带宏的 DOCX、XLSX 或 PDF。")
        return
    if extension in PROGRAM_EXTENSIONS:
        yield Refusal("program", "可执行程序和脚本不接收。请核对是否选错了文件。")
        return
    if extension not in TYPES:
        yield Refusal(
            "type_not_allowed", f"这种类型的文件不接收。请另存为 DOCX 或 PDF 后上传。可以上传的有：{LISTED}。"
        )
        return
    if isinstance(document, Unreadable):
        yield Refusal(str(document.kind), document.sentence)
        return
    for path, inner in document.walk():
        if isinstance(inner, Document) and any(part.kind is Hidden.SCRIPT for part in inner.hidden):
            inside = "其中的文件" if path else "文件"
            yield Refusal("macros", f"{inside}含有宏或脚本，不接收。请另存为不带宏的 DOCX、XLSX，或者重新导出 PDF。")
            return
    yield from _refusals_of_members(document.members)


def _refusals_of_members(members: Iterable[Member]) -> Iterator[Refusal]:
    """Why what a file carries inside keeps it out: each packed or attached file is asked like a file of its own."""
    for member in members:
        if member.relation in _BORNE:
            extension = extension_of(member.name)
            if extension in PROGRAM_EXTENSIONS or extension in MACRO_EXTENSIONS:
                yield Refusal("program_inside", "文件里面装有可执行程序、脚本或带宏的文件，不接收。请去掉后再上传。")
                return
            if isinstance(member.content, Unreadable):
                yield Refusal(
                    f"inside_{member.content.kind}", f"文件里面装的文件有一个不能检查：{member.content.sentence}"
                )
                return
            if extension not in TYPES:
                yield Refusal(
                    "type_inside_not_allowed",
                    f"文件里面装有不能接收的类型。请去掉，或另存为 DOCX 或 PDF 后再装入。可以装的有：{LISTED}。",
                )
                return
        if isinstance(member.content, Document):
            yield from _refusals_of_members(member.content.members)


def warnings_of(findings: Iterable[Finding]) -> list[str]:
    """A sentence for each kind of finding that stops publication or wants a look, the former first."""
    counts: dict[tuple[bool, Kind], int] = {}
    for finding in findings:
        if finding.severity is not Severity.INFO:
            key = (finding.severity is not Severity.BLOCK, finding.kind)
            counts[key] = counts.get(key, 0) + 1
    return [
        f"{KINDS[kind].name}{count}处，{'请核对' if only_warns else '公开前必须处理'}"
        for (only_warns, kind), count in sorted(counts.items(), key=lambda entry: (entry[0][0], -entry[1]))
    ]
