"""Answer with a stored file, so that no browser runs or guesses anything of it."""

from __future__ import annotations

from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase

from gongkai.files import storage
from gongkai.files.models import StoredFile
from gongkai.files.types import TYPES, extension_of, type_of


def respond(stored: StoredFile, name: str, *, inline: bool = False) -> HttpResponseBase:
    """Stream a stored file under a name. The caller has asked whether this person may have it.

    Pictures alone are shown in place when asked for `inline`; everything else is downloaded, HTML and SVG among it
    whatever their record says. Raises `Http404` when the bytes are missing or no longer those that were stored.
    """
    try:
        file = storage.opened(stored.digest)
    except storage.NotStored as error:
        raise Http404 from error
    extension = extension_of(name)
    kind = type_of(extension if extension in TYPES else stored.extension)
    response = FileResponse(
        file, as_attachment=not (inline and kind.inline), filename=name, content_type=kind.media_type
    )
    response["Content-Length"] = str(stored.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
