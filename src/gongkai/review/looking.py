"""Looking through one part of a content: bytes in, a look out, with nothing of a found number in it.

No Django here: other processes look as well (`gongkai screen --published`).
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import shutil
import signal
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from html import escape
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import Any

import gongkai.documents
import gongkai.screening
from gongkai.documents import DEFAULT, Document, Limits, Refusal, RefusalKind, read
from gongkai.screening import KINDS, PARTS, Finding, Kind, OutOfTime, Severity, Verdict, WordList, verdict
from gongkai.screening.folding import fold
from gongkai.screening.sentences import screen_with_sentences

MOST = 300  # findings of one part that are kept one by one; the others are counted by kind
_TOOLS = ("tesseract", "soffice", "libreoffice", "antiword")
_LIBRARIES = ("lxml", "openpyxl", "python-docx", "pypdfium2", "pdfplumber", "python-stdnum")
_ORDER = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.INFO: 2}
_PAGE = '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{}</body></html>'


@dataclass(frozen=True)
class Words:
    """An office's word list: each word in its folded small form, with what it does."""

    severities: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, rows: Sequence[tuple[str, str]]) -> Words:
        """The list of (word, severity)."""
        return cls(tuple(sorted((form(word), severity) for word, severity in rows)))

    def as_list(self) -> WordList:
        """The list as screening takes it."""
        return WordList([word for word, _severity in self.severities])

    def by_form(self) -> dict[str, Severity]:
        """The severity of each word by its form."""
        return {word: Severity(severity) for word, severity in self.severities}


@dataclass(frozen=True)
class Found:
    """A finding as it is kept: where, what, masked, with its sentence masked. `count` is above 1 for those beyond the
    first `MOST`, which are counted by kind."""

    kind: str
    severity: str
    part: str
    masked: str
    note: str
    sentence: str = ""
    page: int | None = None
    sheet: str | None = None
    cell: str | None = None
    offset: int | None = None
    member: str | None = None
    count: int = 1

    @property
    def key(self) -> str:
        """Names the finding within the bytes in which it was found: kind, place and masked text."""
        told = [self.kind, self.part, self.page, self.sheet, self.cell, self.offset, self.member, self.masked]
        return hashlib.sha256(json.dumps([*told, self.count]).encode()).hexdigest()[:32]

    @property
    def blocks(self) -> bool:
        """Whether it stops publication."""
        return self.severity == Severity.BLOCK

    @property
    def label(self) -> str:
        """The kind in Chinese."""
        return KINDS[Kind(self.kind)].name

    @property
    def place(self) -> str:
        """The place in Chinese."""
        said = [PARTS.get(self.part, self.part)]
        said += [f"第{self.page}页"] if self.page else []
        return "，".join(said + [each for each in (self.member, self.sheet, self.cell) if each])

    def as_json(self) -> dict[str, Any]:
        """What is stored: only what is known."""
        return {name: value for name, value in asdict(self).items() if value not in (None, "") or name == "masked"}

    def as_contract(self) -> dict[str, Any]:
        """As the command line's contract has a finding."""
        places = ("part", "page", "sheet", "cell", "offset", "member")
        where = {name: value for name in places if (value := getattr(self, name)) is not None}
        told: dict[str, Any] = {"kind": self.kind, "severity": self.severity, "where": where}
        told |= {"masked": self.masked, "note": self.note}
        return told | ({"count": self.count} if self.count > 1 else {})


@dataclass(frozen=True)
class Look:
    """The result for one part: type of the file, verdict, findings with the worst first."""

    type: str
    verdict: str
    findings: tuple[Found, ...]


def form(word: str) -> str:
    """A word as it is compared: width and letter case do not matter."""
    return fold(word).strip().lower()


@cache
def rules_version() -> str:
    """Names the rules in use: the program text that reads and screens, the libraries, and the tools on this machine.

    A change of any makes stored results stale.
    """
    told = hashlib.sha256()
    for package in (gongkai.documents, gongkai.screening):
        for folder in package.__path__:
            for path in sorted(Path(folder).rglob("*.py")):
                told.update(path.name.encode() + b"\0" + path.read_bytes())
    told.update(Path(__file__).read_bytes())
    for tool in _TOOLS:
        told.update(f"{tool}={shutil.which(tool) is not None}".encode())
    for library in _LIBRARIES:
        try:
            told.update(f"{library}={importlib.metadata.version(library)}".encode())
        except importlib.metadata.PackageNotFoundError:
            continue
    return told.hexdigest()


def fingerprint(words: Words) -> str:
    """Names the rules together with an office's word list."""
    return hashlib.sha256(json.dumps([rules_version(), words.severities]).encode()).hexdigest()


def look(data: bytes, name: str, words: Words, limits: Limits = DEFAULT) -> Look:
    """Read and screen one part. A text of an item comes as HTML (see `page_of`), a file as its bytes and name."""
    until = time.monotonic() + limits.seconds
    document = read(data, name=name, limits=limits)
    try:
        return look_at(document, name, words, until)
    except OutOfTime:
        sentence = f"检查用时超过{limits.seconds:g}秒，已停止。请把文件拆小或者另存为 PDF 后再试。"
        return look_at(Refusal(RefusalKind.TIMEOUT, sentence), name, words)


def look_at(document: Document | Refusal, name: str, words: Words, until: float | None = None) -> Look:
    """Screen a part that was read. Raises `OutOfTime` when it is not done by then."""
    severities = words.by_form()
    found: list[tuple[Finding, str]] = []
    for finding, sentence in screen_with_sentences(document, words=words.as_list(), most=MOST, until=until):
        severity = severities.get(form(finding.masked)) if finding.kind is Kind.WORD_LIST else None
        found.append((replace(finding, severity=severity) if severity else finding, sentence))
    found.sort(key=lambda pair: _ORDER[pair[0].severity])
    said = verdict(finding for finding, _sentence in found) if isinstance(document, Document) else Verdict.UNREADABLE
    type_ = document.type if isinstance(document, Document) else name.rpartition(".")[2].lower()
    return Look(type_, str(said), tuple(_kept(found)))


def look_for_another() -> None:
    """Let a process that looks for another leave an interruption from the keyboard to that one, and end with it even
    when it was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def look_many(parts: Sequence[tuple[bytes, str, Words]]) -> list[Look]:
    """Look at parts (bytes, name, words) one after the other; what another process is handed."""
    return [look(data, name, words) for data, name, words in parts]


def page_of(html: str) -> bytes:
    """A piece of HTML as a page, the form in which it is read."""
    return _PAGE.format(html).encode()


def lines_of(texts: Sequence[str]) -> bytes:
    """Plain texts, each a paragraph of its own, as a page."""
    return page_of("".join(f"<p>{escape(text)}</p>" for text in texts))


def kept_of(findings: Sequence[Finding]) -> tuple[Found, ...]:
    """Findings as they are kept, without sentences."""
    return tuple(_kept([(finding, "") for finding in findings]))


def _kept(found: Sequence[tuple[Finding, str]]) -> list[Found]:
    kept = [
        Found(
            kind=str(finding.kind),
            severity=str(finding.severity),
            part=finding.where.part,
            masked=finding.masked,
            note=finding.note,
            sentence=sentence,
            page=finding.where.page,
            sheet=finding.where.sheet,
            cell=finding.where.cell,
            offset=finding.where.offset,
            member=finding.where.member,
        )
        for finding, sentence in found[:MOST]
    ]
    rest = Counter((str(finding.kind), str(finding.severity)) for finding, _sentence in found[MOST:])
    return kept + [
        Found(kind, severity, "body", "", f"另有{count}处，没有逐处列出", count=count)
        for (kind, severity), count in rest.items()
    ]
