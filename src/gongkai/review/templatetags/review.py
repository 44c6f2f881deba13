"""How opinions are written on pages and sheets."""

from __future__ import annotations

from django import template

from gongkai.review import printing
from gongkai.review.models import Opinion

register = template.Library()


@register.filter
def signed_name(opinion: Opinion) -> str:
    """The name under an opinion; a deputy's beside the one it stood for."""
    return printing.signed_name(opinion)
