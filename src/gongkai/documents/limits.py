"""How much of a file is read, and the errors that readers stop with."""

from __future__ import annotations

import time
from dataclasses import dataclass

from gongkai.documents.model import RefusalKind


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file, its contained files included, may cost.

    Attributes:
        file_bytes: size of the file itself.
        expanded_bytes: sum of all that is unpacked from it, nested archives included.
        ratio: how many times larger than packed a part may be (parts under `ratio_from` bytes are not asked).
        tree_bytes: size of an XML part that is held as a tree; sheets are streamed and may be larger.
        members: number of contained files and parts.
        depth: how deep files may lie in one another: 3 is an archive in an archive in an archive.
        seconds: wall time, asked between pages, parts and rows.
        characters: text kept in all.
        cells: cells kept in all.
        pages: pages of a PDF or OFD.
        signs: characters of one page of a PDF or OFD.
        pixels: size of one picture.
        ocr_pages: scanned pages and pictures that are recognised; 0 switches recognition off.
        convert: whether LibreOffice or antiword may be used.
    """

    file_bytes: int = 50 * 1024 * 1024
    expanded_bytes: int = 800 * 1024 * 1024
    tree_bytes: int = 64 * 1024 * 1024
    ratio: int = 200
    ratio_from: int = 8 * 1024 * 1024
    members: int = 5_000
    depth: int = 3
    seconds: float = 120.0
    characters: int = 40_000_000
    cells: int = 4_000_000
    pages: int = 5_000
    signs: int = 200_000
    pixels: int = 120_000_000
    ocr_pages: int = 30
    convert: bool = True


DEFAULT = Limits()


class ReadingStopped(Exception):
    """A file cannot be read; `kind` and `sentence` become the refusal. It never leaves the package."""

    def __init__(self, kind: RefusalKind, sentence: str) -> None:
        self.kind = kind
        self.sentence = sentence
        super().__init__(f"{kind}: {sentence}")


class Budget:
    """What is left of the limits; one budget is shared by a file and all that lies in it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.deadline = time.monotonic() + limits.seconds
        self.expanded = 0
        self.members = 0
        self.characters = 0
        self.cells = 0
        self.ocr_pages = 0

    def check_time(self) -> None:
        """Stop when the time is over."""
        if time.monotonic() > self.deadline:
            raise ReadingStopped(
                RefusalKind.TIMEOUT, f"读取用时超过{self.limits.seconds:g}秒，已停止。请把文件拆小或另存为 PDF 后再试。"
            )

    def remaining(self) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self.deadline - time.monotonic())

    def count_text(self, length: int) -> None:
        """Count characters that are kept."""
        self.characters += length
        if self.characters > self.limits.characters:
            raise ReadingStopped(RefusalKind.TOO_LARGE, "文件中的文字过多，无法逐字检查。请拆成几个文件。")

    def check_signs(self, number: int) -> None:
        """Stop at a page of more characters than a page can show."""
        if number > self.limits.signs:
            raise ReadingStopped(RefusalKind.TOO_LARGE, "有一页的文字过多，无法逐字检查。请拆成几页后重新导出。")

    def count_cells(self, number: int) -> None:
        """Count cells that are kept."""
        self.cells += number
        if self.cells > self.limits.cells:
            raise ReadingStopped(RefusalKind.TOO_LARGE, "表格单元格过多，无法逐格检查。请拆成几个文件。")

    def count_member(self) -> None:
        """Count a part or a contained file."""
        self.members += 1
        if self.members > self.limits.members:
            raise ReadingStopped(
                RefusalKind.ZIP_BOMB, "文件中包含的文件过多，疑为压缩炸弹，没有读取。请拆开后分别上传。"
            )

    def count_expanded(self, packed: int, unpacked: int) -> None:
        """Count bytes before they are unpacked."""
        self.expanded += unpacked
        suspicious = unpacked > self.limits.ratio_from and unpacked > self.limits.ratio * max(packed, 1)
        if suspicious or self.expanded > self.limits.expanded_bytes:
            raise ReadingStopped(
                RefusalKind.ZIP_BOMB, "文件解压后过大，疑为压缩炸弹，没有读取。请核实来源，需要时拆开后分别上传。"
            )
