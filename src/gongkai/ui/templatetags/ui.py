"""Tags and filters of the common look; loaded in every template (settings name this library as builtin).

To change query parameters use Django's own `{% querystring page=2 %}`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BoundField
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gongkai.rules.refusals import Refusal
from gongkai.ui import components, forms

register = template.Library()

TONES = ("", "ok", "soon", "late", "quiet")
WEEKDAYS = "一二三四五六日"
KIB = 1024


@register.simple_tag
def tag(text: object, tone: str = "") -> SafeString:
    """A state in words; the tone (ok, soon, late, quiet or none) only underlines it.

    Raises `ValueError` for another tone.
    """
    if tone not in TONES:
        raise ValueError(f"unknown tone {tone!r}")
    return format_html('<span class="tag{}">{}</span>', f" {tone}" if tone else "", text)


@register.inclusion_tag("ui/components/due.html")
def due(on: dt.date | None, today: dt.date | None = None, label: str = "") -> dict[str, Any]:
    """What is left of a limit in words and colour, with the day; nothing without a day. `label` says which limit."""
    return {"due": components.due(on, today or timezone.localdate()) if on else None, "label": label}


@register.inclusion_tag("ui/components/figure.html")
def figure(value: Any, url: str = "", unit: str = "", note: str = "") -> dict[str, Any]:
    """A figure that opens to its records; beside it, in quiet type, what it counts."""
    return {"value": value, "url": url, "unit": unit, "note": note}


@register.inclusion_tag("ui/components/bars.html")
def bars(rows: Iterable[Any], unit: str = "", caption: str = "") -> dict[str, Any]:
    """Bars with their numbers, from (label, value) or (label, value, address)."""
    return {"bars": components.bars(rows), "unit": unit, "caption": caption}


@register.inclusion_tag("ui/components/refusals.html")
def refusals(found: Iterable[Refusal], heading: str = "") -> dict[str, Any]:
    """Every reason why an act is refused, with its basis; nothing for an empty list."""
    return {"refusals": list(found), "heading": heading}


@register.inclusion_tag("ui/components/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    """What happened to a record: entries with `at`, `who` and `sentence`."""
    return {"entries": list(entries)}


@register.inclusion_tag("ui/components/meta.html")
def meta(rows: Iterable[components.MetaRow]) -> dict[str, Any]:
    """The facts of a record as a definition list."""
    return {"rows": list(rows)}


@register.inclusion_tag("ui/components/pages.html")
def pages(links: components.PageLinks | None) -> dict[str, Any]:
    """The links between the pages of a list."""
    return {"pages": links}


def _local(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    return timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value


@register.filter(expects_localtime=True)
def day(value: dt.date | None) -> str:
    """A day as documents write it: 2017年5月19日. An instant counts as its day in Shanghai; nothing stays empty."""
    if not value:
        return ""
    on = _local(value)
    return f"{on.year}年{on.month}月{on.day}日"


@register.filter(expects_localtime=True)
def weekday(value: dt.date | None) -> str:
    """The day of the week: 星期二."""
    return f"星期{WEEKDAYS[_local(value).weekday()]}" if value else ""


@register.filter(expects_localtime=True)
def moment(value: dt.date | dt.datetime | None) -> str:
    """An instant in Shanghai time: 2017年5月19日 09:30; a day without time stays a day."""
    if not value:
        return ""
    at = _local(value)
    return f"{day(at)} {at:%H:%M}" if isinstance(at, dt.datetime) else day(at)


@register.filter(expects_localtime=True)
def iso(value: dt.date | dt.datetime | None) -> str:
    """A day or instant for programs and dense lists: 2017-05-19, 2017-05-19T09:30:00+08:00."""
    return _local(value).isoformat() if value else ""


@register.filter
def sentences(field: BoundField) -> list[str]:
    """What is wrong with a form field, in our words."""
    return forms.sentences(field)


@register.filter
def filesize(value: int | None) -> str:
    """The size of a file: 18 KB, 2.5 MB. Empty for None."""
    if value is None:
        return ""
    if value < KIB:
        return _("%(size)s 字节") % {"size": value}
    if value < KIB * KIB:
        return f"{round(value / KIB)} KB"
    return f"{value / KIB / KIB:.1f} MB"
