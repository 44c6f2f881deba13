"""The door: bytes in, a document or a refusal out, whatever the file is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from gongkai.documents.collecting import Collector
from gongkai.documents.limits import DEFAULT, Budget, Limits, ReadingStopped
from gongkai.documents.model import Document, Refusal, RefusalKind
from gongkai.documents.sniffing import sniff

# One module per reader; each has `read(collector) -> None`. They are imported when a file of theirs comes.
_READERS = {
    "docx": "docx", "pptx": "pptx", "xlsx": "xlsx", "xls": "xls", "csv": "plain", "txt": "plain", "html": "html",
    "pdf": "pdf", "ofd": "ofd", "rtf": "rtf", "odt": "odf", "ods": "odf", "odp": "odf", "zip": "archive",
    "image": "image", "doc": "office", "ppt": "office", "ole": "ole",
}  # fmt: skip

_WAYS_OUT = {
    "rar": "RAR 压缩包无法检查，请解压后改用 ZIP 压缩，或直接上传其中的文件。",
    "7z": "7z 压缩包无法检查，请解压后改用 ZIP 压缩，或直接上传其中的文件。",
    "gzip": "gzip 压缩包无法检查，请解压后改用 ZIP 压缩，或直接上传其中的文件。",
    "program": "这是可执行程序，不能作为公开材料。请核对是否选错了文件。",
    "xlsb": "Excel 二进制工作簿（xlsb）无法检查，请另存为 XLSX。",
    "epub": "电子书无法检查，请另存为 PDF 或 DOCX。",
    "svg": "SVG 图形可含脚本和外部引用，无法检查，请另存为 PNG。",
}


def read(source: Path | bytes, *, name: str = "", limits: Limits = DEFAULT) -> Document | Refusal:
    """Read a file and return what it holds, or why it was not read.

    `source` is a path or the bytes themselves; `name` is the name the file goes by (default: that of the path) and
    matters for its extension. Nothing is written but in a RAM-backed temporary folder when a converter is needed, and
    that is wiped. Wall time and memory are bounded by `limits`.

    Raises `OSError` when the path cannot be opened, nothing else.
    """
    if isinstance(source, Path):
        name = name or source.name
        if source.stat().st_size > limits.file_bytes:
            return _too_large(name, limits)
        data = source.read_bytes()
    else:
        data = source
        if len(data) > limits.file_bytes:
            return _too_large(name, limits)
    return _Reading(Budget(limits)).read(data, name, 1, "")


def _too_large(name: str, limits: Limits) -> Refusal:
    megabytes = limits.file_bytes // (1024 * 1024)
    return Refusal(RefusalKind.TOO_LARGE, f"文件超过{megabytes}兆字节，没有读取。请拆成几个较小的文件。", name)


class _Reading:
    """One call of `read`: the file and all that lies in it share a budget."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    def read(self, data: bytes, name: str, depth: int, relation: str) -> Document | Refusal:
        try:
            return self._document(data, name, depth, relation)
        except ReadingStopped as stopped:
            kind, sentence = stopped.kind, stopped.sentence
        except RecursionError:
            kind, sentence = RefusalKind.DAMAGED, "文件内部嵌套过深，无法读取。请用原来的软件打开后另存。"
        except MemoryError:
            kind, sentence = RefusalKind.TOO_LARGE, "内存不足，没有读取。请把文件拆小后再试。"
        except Exception:  # parsers of other makers fail in ways they do not name; no file stops those after it
            # What went wrong is the file's, and its text may not go into a log.
            kind, sentence = RefusalKind.DAMAGED, "文件结构有误，无法完整读取。请用原来的软件打开后另存为新文件。"
        return Refusal(kind, sentence, name, hashlib.sha256(data).hexdigest())

    def _document(self, data: bytes, name: str, depth: int, relation: str) -> Document:
        if depth > self._budget.limits.depth + 1:
            raise ReadingStopped(
                RefusalKind.ZIP_BOMB, f"文件嵌套超过{self._budget.limits.depth}层，没有读取。请拆开后分别上传。"
            )
        self._budget.check_time()
        kind = sniff(data, name)
        reader = _READERS.get(kind)
        if reader is None:
            raise ReadingStopped(
                RefusalKind.UNSUPPORTED, _WAYS_OUT.get(kind, "这种格式的文件无法检查，请另存为 DOCX、XLSX 或 PDF。")
            )
        run: Callable[[Collector], None] = import_module(f"gongkai.documents.readers.{reader}").read
        collector = Collector(data, name, self._budget, self.read, depth=depth, relation=relation)
        run(collector)
        return collector.finish(kind)
