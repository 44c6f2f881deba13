"""ZIP archives: every member is read as a file of its own, within one budget."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from gongkai.documents.collecting import Collector
from gongkai.documents.limits import ReadingStopped
from gongkai.documents.model import Hidden, RefusalKind, Where
from gongkai.documents.packages import Package
from gongkai.documents.readers import leftovers

_DRIVE = re.compile(r"^[A-Za-z]:")


def read(collector: Collector) -> None:
    """Read a ZIP archive. A name that leads outside the archive refuses the whole of it."""
    package = Package(collector.data, collector.budget)
    for name in package.raw_names():
        _refuse_escape(name)
    if package.has_links():
        raise ReadingStopped(
            RefusalKind.PATH_TRAVERSAL, "压缩包中有指向包外的链接，可能是恶意构造的，没有读取。请核实来源后重新压缩。"
        )
    names = package.names()
    encrypted = [name for name in names if package.is_encrypted(name)]
    if names and len(encrypted) == len(names):
        raise ReadingStopped(RefusalKind.ENCRYPTED, "压缩包设有密码，无法检查。请取消密码后重新压缩。")
    leftovers.around(collector, package)
    if package.duplicates:
        collector.unread("压缩包中有同名文件，后一个没有读取", Where(Hidden.ATTACHMENT))
    for name in names:
        if PurePosixPath(name).name in (".DS_Store", "desktop.ini") or name.startswith("__MACOSX/"):
            collector.hide(Hidden.METADATA, "", Where(Hidden.METADATA, member=name), "操作系统留下的文件")
            collector.markup(name, note="压缩包中文件的名称")
            collector.stray_bytes(package.read(name), Where(Hidden.MARKUP, member=name))
            continue
        try:
            if package.size(name) > collector.budget.limits.file_bytes:
                # A bomb is told by its ratio; what is merely large may be looked at by itself.
                package.check_ratio(name)
                raise ReadingStopped(RefusalKind.TOO_LARGE, "压缩包中的这个文件过大，没有读取。请单独上传或拆小。")
            data = package.read(name)
        except ReadingStopped as stopped:
            if stopped.kind in (RefusalKind.ZIP_BOMB, RefusalKind.TIMEOUT):
                raise
            collector.refused_member(name, "zip_member", stopped)
            continue
        collector.member(data, name, "zip_member")


def _refuse_escape(name: str) -> None:
    path = name.replace("\\", "/")
    if path.startswith("/") or _DRIVE.match(path) or ".." in path.split("/") or "\0" in path:
        raise ReadingStopped(
            RefusalKind.PATH_TRAVERSAL,
            "压缩包中有指向包外位置的文件名，可能是恶意构造的，没有读取。请核实来源后重新压缩。",
        )
