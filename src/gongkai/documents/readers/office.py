"""DOC, WPS, PPT and DPS: turned into a newer format by LibreOffice, or their text taken by antiword, when installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gongkai.documents.collecting import Collector
from gongkai.documents.limits import ReadingStopped
from gongkai.documents.model import Hidden, RefusalKind, Where
from gongkai.documents.readers import ole

_COMMENTS = 190
"""Where a Word 97 file states the length of its table of comments."""
_WRITER = "soffice", "libreoffice"
_RAM = Path("/dev/shm")  # noqa: S108  a folder in memory, so that nothing of a refused file touches a disk


def read(collector: Collector) -> None:
    """Read an old Office file through a converter."""
    with ole.open_file(collector.data) as package:
        streams = {"/".join(entry).lower() for entry in package.listdir()}
        is_text = "worddocument" in streams
        if is_text and _is_encrypted(ole.stream(package, ["WordDocument"])):
            raise ReadingStopped(RefusalKind.ENCRYPTED, "文件设有打开密码，无法检查。请取消密码后另存再试。")
        ole.properties(collector, package)
        ole.embedded(collector, package)
        ole.strays(collector, package)
        comments = is_text and _has_comments(ole.stream(package, ["WordDocument"]))
    writer = next((found for name in _WRITER if (found := shutil.which(name))), None)
    antiword = shutil.which("antiword") if is_text else None
    if not collector.budget.limits.convert or not (writer or antiword):
        newer = "DOCX" if is_text else "PPTX 或 PDF"
        raise ReadingStopped(
            RefusalKind.CONVERTER_MISSING,
            f"本机没有安装 LibreOffice，旧格式文件无法检查。请用 Word 或 WPS 打开，另存为 {newer} 后再试。",
        )
    if writer:
        _through_libreoffice(collector, writer, is_text)
    elif antiword:
        _through_antiword(collector, antiword)
        if comments:
            collector.hide(Hidden.COMMENT, "", note="批注")
            collector.unread("旧格式文件中有批注，没有检查，请另存为 DOCX", Where(Hidden.COMMENT))


def _has_comments(stream: bytes) -> bool:
    """Whether the table of references to comments (PlcfandRef) has entries."""
    return len(stream) > _COMMENTS + 4 and int.from_bytes(stream[_COMMENTS : _COMMENTS + 4], "little") > 0


def _is_encrypted(stream: bytes) -> bool:
    """The flag fEncrypted of the file information block."""
    return len(stream) > 12 and bool(int.from_bytes(stream[10:12], "little") & 0x0100)


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder in memory, where there is one, wiped afterwards."""
    base = _RAM if _RAM.is_dir() and os.access(_RAM, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="gongkai-", dir=base, ignore_cleanup_errors=True) as name:
        yield Path(name)


def _run(command: list[str], collector: Collector, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Run a converter within what time is left, and end all of it when that is over."""
    seconds = collector.budget.remaining()
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        start_new_session=True,
        env={"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"},
    )
    try:
        out, _err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        collector.budget.check_time()
        raise
    return subprocess.CompletedProcess(command, process.returncode, out, b"")


def _through_libreoffice(collector: Collector, program: str, is_text: bool) -> None:
    suffix, target = ("doc", "docx") if is_text else ("ppt", "pptx")
    with _folder() as folder:
        source = folder / f"in.{suffix}"
        source.write_bytes(collector.data)
        command = [
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
            "--convert-to", target, "--outdir", str(folder / "out"), str(source),
        ]  # fmt: skip
        try:
            _run(command, collector, folder)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _failed() from error
        result = folder / "out" / f"in.{target}"
        if not result.exists():
            raise _failed()
        data = result.read_bytes()
    if len(data) > collector.budget.limits.expanded_bytes:
        raise ReadingStopped(RefusalKind.ZIP_BOMB, "文件转换后过大，没有读取。请拆小后另存再试。")
    original, collector.data = collector.data, data
    try:
        from gongkai.documents.readers import docx, pptx

        (docx if is_text else pptx).read(collector)
    finally:
        # The hash of the document is that of the file which was given.
        collector.data = original


def _through_antiword(collector: Collector, program: str) -> None:
    with _folder() as folder:
        source = folder / "in.doc"
        source.write_bytes(collector.data)
        try:
            done = _run([program, "-m", "UTF-8.txt", "-w", "0", "-s", str(source)], collector, folder)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _failed() from error
    if done.returncode != 0 or not done.stdout.strip():
        raise _failed()
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        if line.startswith("|") and line.endswith("|") and line.count("|") > 2:
            line = "\t".join(part.strip() for part in line.strip("|").split("|"))
        collector.paragraph(line)
    collector.unread(
        "旧格式文件中的批注、修订和图片没有检查，安装 LibreOffice 或另存为 DOCX 后可以检查", essential=False
    )


def _failed() -> ReadingStopped:
    return ReadingStopped(
        RefusalKind.DAMAGED, "旧格式文件无法转换，可能已损坏。请用 Word 或 WPS 打开，另存为新格式后再试。"
    )
