"""The door: an upload is looked into in memory before anything of it is written, logged or shown.

What carries a classification mark is refused, and only that it happened is kept (保守国家秘密法 2024 art. 31(3): a
system that is not classified may neither store nor process state secrets).
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import re
import time
from collections.abc import Iterable, Iterator, Sequence
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
from gongkai.files import events, slots, storage
from gongkai.files.models import StoredFile
from gongkai.files.names import clean_name
from gongkai.files.types import LISTED, MACRO_EXTENSIONS, PROGRAM_EXTENSIONS, TYPES, extension_of
from gongkai.rules.refusals import ActRefused, Refusal
from gongkai.screening import KINDS, Finding, Kind, OutOfTime, Severity, safe_text, screen

log = logging.getLogger(__name__)

LIMITS = replace(DEFAULT, seconds=60.0)  # an officer waits for the page; all files of a request together
MOST_FILES = 20  # of one request
LEAST_SECONDS = 1.0  # below that no further file of a request is begun
MEMORY = Path("/dev/shm")  # noqa: S108  # the folder in memory where converters work
MAX_MEGABYTES = LIMITS.file_bytes // (1024 * 1024)
TOO_LARGE = f"文件超过{MAX_MEGABYTES}MB，没有接收。请拆成几个较小的文件，或者压缩其中的图片后再上传。"
TOO_SLOW = f"检查这个文件用时超过{LIMITS.seconds:g}秒，没有接收。请把文件拆小或者另存为 PDF 后再试。"
NO_TIME_LEFT = "这次上传的文件合起来检查时间过长，这个文件没有检查，也没有接收。请单独再传一次。"
BUSY = "现在正在检查的文件较多，这个文件没有接收。请过一两分钟再传。"
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
    """A file that came in: its record, the name it goes by, what screening said of it, and what was read in it."""

    stored: StoredFile
    name: str
    findings: tuple[Finding, ...]
    document: Document | None = None

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
def receive(
    upload: UploadedFile, *, agency: HasCode, by: Account, at: dt.datetime, until: float | None = None
) -> Received:
    """Look at an upload and keep it, or refuse it; see `inspect`. Raises `ActRefused`."""
    found = inspect(upload, agency=agency, by=by, at=at, until=until)
    text = found.document.text() + _text_inside(found.document)
    stored = storage.store(found.data, extension=extension_of(found.name), text=text)
    return Received(stored, found.name, found.findings, found.document)


@sensitive_variables()
def receive_all(
    uploads: Sequence[UploadedFile], *, agency: HasCode, by: Account, at: dt.datetime
) -> tuple[list[Received], list[tuple[int, str, Refusal]]]:
    """Look at the files of one request, which share the time of one: what came in, and for each that did not its
    place from 1, its name as it may be shown, and why.

    More than `MOST_FILES` are refused without a look. Raises `ActRefused` for a file with a classification mark:
    nothing of what came with it is looked at or kept after that.
    """
    if len(uploads) > MOST_FILES:
        raise ActRefused(
            [Refusal("too_many_files", f"一次最多上传{MOST_FILES}个文件，这次一个也没有接收。请分几次上传。")]
        )
    until = time.monotonic() + LIMITS.seconds
    received: list[Received] = []
    refused: list[tuple[int, str, Refusal]] = []
    for number, upload in enumerate(uploads, start=1):
        name = safe_text(clean_name(upload.name or ""))
        try:
            received.append(receive(upload, agency=agency, by=by, at=at, until=until))
        except ActRefused as error:
            if any(refusal.code == "secrecy_mark" for refusal in error.refusals):
                raise
            refused += [(number, name, refusal) for refusal in error.refusals]
    return received, refused


@sensitive_variables()
def inspect(
    upload: UploadedFile,
    *,
    agency: HasCode,
    by: Account,
    at: dt.datetime,
    to_keep: bool = True,
    until: float | None = None,
) -> Inspected:
    """Look at an upload without keeping it. `until`, on the monotonic clock, is when the request's time is over.

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
    left = LIMITS.seconds if until is None else until - time.monotonic()
    if left < LEAST_SECONDS:
        raise ActRefused([Refusal("no_time_left", NO_TIME_LEFT)])
    with slots.taken() as is_taken:
        if not is_taken:
            raise ActRefused([Refusal("busy", BUSY)])
        looked = _look(data, name, left)
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
def _look(data: bytes, name: str, seconds: float) -> _Looked:
    """Read and screen a file. No error that a file causes leaves this function with a word of the file in it."""
    failed = ""
    until = time.monotonic() + seconds
    try:
        document = read(data, name=name, limits=_limits(seconds))
        if isinstance(document, Unreadable):
            # Its name may bear a mark even so.
            findings = screen(Document(type="txt", name=name, sha256=""))
        else:
            findings = screen(document, until=until)
        return _Looked(_mark(findings), tuple(_refusals(document, name)), document, tuple(findings))
    except OutOfTime as stopped:
        return _Looked(_mark(stopped.findings), (Refusal("timeout", TOO_SLOW),))
    except Exception as error:  # whatever it is, its message may quote the file and must not leave this function
        failed = type(error).__name__
    log.error("the door could not look into a file: %s", failed)
    return _Looked("", (Refusal("not_examined", "文件检查时出了故障，没有接收。请另存为 DOCX 或 PDF 后再试。"),))


def _text_inside(document: Document) -> str:
    """The visible text of the files that a file carries inside, each after a line feed."""
    inner = (one for path, one in document.walk() if path and isinstance(one, Document))
    return "".join(f"\n{one.text()}" for one in inner)


def _limits(seconds: float) -> Limits:
    """The limits of reading here: a converter works on a file, and that file may only be one in memory."""
    return replace(LIMITS, seconds=round(seconds, 1), convert=MEMORY.is_dir() and os.access(MEMORY, os.W_OK))


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
