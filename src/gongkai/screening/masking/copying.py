"""The door of masking."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from gongkai.documents import Document
from gongkai.screening.kinds import Kind, Severity
from gongkai.screening.masking import checking
from gongkai.screening.masking.covers import Covers, NotMasked
from gongkai.screening.screening import TOO_LONG, screen
from gongkai.screening.settings import DEFAULT, Settings

# One module per type; each has `copy(source, document, covers) -> bytes`. It is imported when a file of its comes.
_COPIERS = {"txt": "plain", "csv": "plain", "html": "html", "docx": "docx", "xlsx": "xlsx", "pdf": "pdf"}
MASKABLE = frozenset(_COPIERS)
"""The types of which a masked copy can be made."""


def mask(source: bytes, document: Document, settings: Settings = DEFAULT) -> bytes:
    """Return a masked copy of a file of the same type.

    `document` is what `documents.read` made of `source`. What is masked, and how, is `settings.masking`. Comments,
    revisions, hidden rows, sheets and text, properties and embedded files are left out. The copy is read and screened
    again before it is returned.

    Raises `NotMasked` with one sentence when the copy cannot be made surely: another type, a mark of secrecy, a part
    that could not be read, or something that was to be covered and is still there.
    """
    if document.type not in _COPIERS:
        raise NotMasked("这种文件不能生成遮盖后的副本，请另存为 DOCX、XLSX、CSV、HTML、TXT 或 PDF 后再试。")
    if any(unread.essential for unread in document.unread):
        raise NotMasked("文件中有没有读成的部分（如扫描页），不能保证遮盖干净，请先换成可以读取的文字版本。")
    for finding in screen(document, settings=settings):
        if finding.note == TOO_LONG:
            raise NotMasked("文件没有检查完，不能保证遮盖干净，请拆成几个较小的文件后再试。")
        if finding.kind is Kind.SECRECY_MARK and finding.severity is not Severity.INFO:
            raise NotMasked("文件带有密级标志，不生成副本。请立即停止操作，保持现状，报告保密办。")
    covers = Covers(settings)
    for part in document.hidden:
        covers.look_for(part.text)
    copy: Callable[[bytes, Document, Covers], bytes] = import_module(
        f"gongkai.screening.masking.{_COPIERS[document.type]}"
    ).copy
    try:
        data = copy(source, document, covers)
    except NotMasked:
        raise
    except Exception as error:  # writers of other makers name no error, and theirs may hold the text of the file
        raise NotMasked("文件结构有误，不能生成副本。请用原来的软件打开后另存为新文件再试。") from error
    checking.check(data, document, covers)
    return data
