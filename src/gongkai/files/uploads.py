"""Uploads stay in memory and are bounded; what is too large is refused before it is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from gongkai.files.door import LIMITS, TOO_LARGE
from gongkai.ui import errors

MAX_BODY = LIMITS.file_bytes + 1024 * 1024  # a file, and the fields and boundaries around it


class UploadLimitMiddleware:
    """Answer a request whose body is larger than any allowed upload with a page that says so, without reading it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        if body_length(request) > MAX_BODY:
            return errors.too_large(TOO_LARGE)
        return self.get_response(request)


def body_length(request: HttpRequest) -> int:
    """The number of bytes that the sender announces; without an announcement the server reads none."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


class MemoryOnlyUploadHandler(MemoryFileUploadHandler):
    """Keep every upload in memory. Django's own handler lets a larger one pass by silently, as if none had come."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # named so by Django
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Take the body, or stop: the middleware that answers with a page stands before this."""
        if content_length > MAX_BODY:
            raise RequestDataTooBig("upload too large")
        self.activated = True
