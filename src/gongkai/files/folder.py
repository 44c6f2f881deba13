"""A storage of Django that writes a file once, whole or not at all, readable by its owner alone."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible(path="gongkai.files.folder.WriteOnceFolder")
class WriteOnceFolder(FileSystemStorage):
    """Files in a folder, never overwritten and never deleted.

    A file is written beside its place under another name, synced, and then linked to its name, so that no reader and
    no crash ever sees half of one.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself: a file is addressed by its hash, another name would be another file."""
        return name

    def _save(self, name: str, content: File) -> str:
        path = Path(self.path(name))
        for folder in (path.parent.parent, path.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
        waiting = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                for piece in content.chunks():
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            # A link, unlike a rename, refuses a name that is taken; the bytes under it are then the same.
            with contextlib.suppress(FileExistsError):
                os.link(waiting, path)
        finally:
            waiting.unlink(missing_ok=True)
        for folder in (path.parent, path.parent.parent):
            _sync(folder)
        return name

    def delete(self, name: str) -> None:
        """Refuse: what was stored stays."""
        raise PermissionError("stored files are never deleted")


def _sync(folder: Path) -> None:
    """Make the entries of a folder last through a power failure."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
