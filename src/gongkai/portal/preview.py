"""An item as the public will see it, for those who may see it already. Mounted below /staff/, so it is never kept."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongkai.portal import catalogue, items
from gongkai.portal.content import read
from gongkai.portal.views import item_page
from gongkai.publishing.content import content_of
from gongkai.publishing.models import Item


@require_GET
def preview(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The content as it is now on the page of the public, marked as a preview.

    A foreign item is as missing as one that never was.
    """
    visible = Item.objects.visible_to(request.user).select_related("agency", "department", "interprets")
    found = get_object_or_404(visible.prefetch_related("columns__agency", "channels"), uid=uid)
    content = read(content_of(found))
    return item_page(
        request,
        found,
        content,
        catalogue.in_use(found.columns.all()),
        interpreted=items.interpreted_by(found, content),
        interpretations=items.interpretations_of(found),
        similar=[],
        page_tags=[],
        preview=_("预览：公众还看不到这一页。编号和发布日期在发布时给出。"),
    )
