"""What templates of the public pages need and no other page does."""

from __future__ import annotations

from django import template
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from gongkai.portal import titles
from gongkai.publishing.models import Item, Validity
from gongkai.ui.templatetags.ui import tag

register = template.Library()


@register.filter
def between_words(title: str) -> SafeString:
    """A title that breaks between words only; see `gongkai.portal.titles`."""
    return format_html_join(mark_safe("<wbr>"), "{}", ((unit,) for unit in titles.units(title)))


VALIDITY_TONES = {
    Validity.IN_FORCE: "ok",
    Validity.AMENDED: "soon",
    Validity.EXPIRED: "late",
    Validity.REPEALED: "late",
}


@register.filter
def validity(item: Item) -> SafeString | str:
    """Whether a document is in force today, as a tag; nothing where that was never stated."""
    code = item.validity_on(timezone.localdate())
    return tag(Validity(code).label, VALIDITY_TONES[Validity(code)]) if code else ""
