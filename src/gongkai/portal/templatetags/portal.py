"""What templates of the public pages need and no other page does."""

from __future__ import annotations

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from gongkai.portal import titles

register = template.Library()


@register.filter
def between_words(title: str) -> SafeString:
    """A title that breaks between words only; see `gongkai.portal.titles`."""
    return format_html_join(mark_safe("<wbr>"), "{}", ((unit,) for unit in titles.units(title)))
