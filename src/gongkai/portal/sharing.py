"""The address of an item as a picture that a phone reads, made here: no foreign host learns who shares what."""

from __future__ import annotations

import io

import segno
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.portal import items
from gongkai.portal.pages import public_page
from gongkai.publishing.models import ItemState

SCALE = 5  # pixels of the smallest square
BORDER = 2  # squares of white around; four on paper, the page adds its own white


@public_page
def qr_code(request: HttpRequest, code: str, year: int, serial: int) -> HttpResponse:
    """The address of a public item as a QR code (PNG). What is not public has none, a withdrawn item neither."""
    found = items.find(code, year, serial)
    if found.state == ItemState.WITHDRAWN:
        return HttpResponse(status=410)
    items.released(found)
    address = request.build_absolute_uri(reverse("portal:item", args=[code, year, serial]))
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="png", scale=SCALE, border=BORDER)
    return HttpResponse(picture.getvalue(), content_type="image/png")
