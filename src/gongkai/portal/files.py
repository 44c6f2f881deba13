"""The files of a public item: exactly those that its published copy names, while it is public."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from gongkai.files.models import StoredFile
from gongkai.files.serving import respond
from gongkai.portal import items, views
from gongkai.portal.content import File
from gongkai.portal.pages import FRESH_FOR
from gongkai.publishing.models import Item, ItemState


def _moved(request: HttpRequest, found: Item, files: Sequence[File], name: str) -> HttpResponseBase:
    """At an address that names no file: where a publicity term is over, the file may have been taken away, or have
    another place now because one before it was. Raises `Http404` for all others."""
    if found.publicity_ended_at is None:
        raise Http404
    if any(row.name == name for row in items.taken_away_of(found)):
        return views.file_gone(request, found)
    for place, file in enumerate(files, start=1):
        if file.name == name:
            return redirect("portal:file", found.agency.code, found.year, found.serial, place, name, permanent=True)
    raise Http404


@require_safe
@cache_control(public=True, max_age=FRESH_FOR)
def file(request: HttpRequest, code: str, year: int, serial: int, number: int, name: str) -> HttpResponseBase:
    """A file by its place and name in the published copy.

    Of an item that is not public, every such address is as missing as one that never was. Of a withdrawn item every
    one answers as the item does (410): it does not tell which files there were. Live rows are never asked.
    """
    found = items.find(code, year, serial)
    if found.state == ItemState.WITHDRAWN:
        return views.item(request, code, year, serial)
    files = items.released(found).files
    if number > len(files) or files[number - 1].name != name:
        return _moved(request, found, files, name)
    wanted = files[number - 1]
    etag = f'"{wanted.digest}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is not None:
        return answer
    stored = StoredFile.objects.filter(pk=wanted.digest).first()
    if stored is None:
        raise Http404
    response = respond(stored, name, inline=True)
    response["ETag"] = etag
    return response
