"""Store bytes under their SHA-256 and read them back, checked."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterable
from typing import BinaryIO, cast

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from gongkai.files.models import FileText, StoredFile
from gongkai.files.types import type_of

log = logging.getLogger(__name__)

ALIAS = "stored"
TEXT_LENGTH = 200_000  # characters of a file that are searched and previewed
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PIECE = 1024 * 1024


class NotStored(Exception):
    """A file is missing, or its bytes are no longer those that were stored. The message names the hash only."""


def store(data: bytes, *, extension: str, text: str = "") -> StoredFile:
    """Keep bytes and return their record; the same bytes are kept once, under the extension they first came with.

    The file is on the disk before its row is written: a row without its file would be a lie, a file without a row is
    only unused. `text` is what can be read in it, for search and preview; what is longer than `TEXT_LENGTH` is cut.
    Raises `NotStored` when other bytes lie under the hash already (the disk is damaged).
    """
    digest = hashlib.sha256(data).hexdigest()
    folder = storages[ALIAS]
    if not folder.exists(place(digest)):
        folder.save(place(digest), ContentFile(data))
    opened(digest).close()
    stored, _made = StoredFile.objects.get_or_create(
        digest=digest,
        defaults={
            "size": len(data),
            "media_type": type_of(extension).media_type,
            "extension": extension,
            "stored_at": timezone.now(),
        },
    )
    text = text.replace("\x00", "").strip()[:TEXT_LENGTH]
    if text:
        FileText.objects.get_or_create(stored=stored, defaults={"text": text})
    return stored


def texts_of(digests: Iterable[str]) -> dict[str, str]:
    """What can be read in the files with these hashes, by hash, in one query; files without text are left out."""
    wanted = set(digests)
    return dict(FileText.objects.filter(stored__in=wanted).values_list("stored_id", "text")) if wanted else {}


def read(digest: str) -> bytes:
    """The bytes with this hash, checked. Raises `NotStored`."""
    with opened(digest) as file:
        return file.read()


def opened(digest: str) -> BinaryIO:
    """The file with this hash, open for reading at its beginning, its bytes checked. Raises `NotStored`."""
    if not _DIGEST.fullmatch(digest):
        raise NotStored("no hash")
    try:
        file = cast(BinaryIO, storages[ALIAS].open(place(digest), "rb"))
    except FileNotFoundError as error:
        log.error("stored file %s is missing", digest)
        raise NotStored(digest) from error
    found = hashlib.sha256()
    while piece := file.read(_PIECE):
        found.update(piece)
    if found.hexdigest() != digest:
        file.close()
        log.error("stored file %s is not what was stored", digest)
        raise NotStored(digest)
    file.seek(0)
    return file


def place(digest: str) -> str:
    """Where the bytes with a hash lie in the storage."""
    return f"{digest[:2]}/{digest}"
