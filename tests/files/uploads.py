"""Uploads for tests, made in memory."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongkai.files import door
from tests.cast import Cast


def upload(data: bytes, name: str = "附件.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def received(cast: Cast, data: bytes = "公开内容".encode(), name: str = "附件.txt", **more: Any) -> door.Received:
    """A file that came in through the door."""
    values: dict[str, Any] = {"agency": cast.agency, "by": cast.contributor, "at": timezone.now()} | more
    return door.receive(upload(data, name), **values)
