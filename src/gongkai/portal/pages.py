"""What all public pages have in common: reading only, the same for everyone, kept for a short while by caches."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db import models
from django.http import Http404, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

View = Callable[..., HttpResponse]
Record = TypeVar("Record", bound=models.Model)

FRESH_FOR = 60  # seconds for which a cache may answer; a withdrawn item is gone everywhere after that
PER_PAGE = 20


def public_page(view: View) -> View:
    """Answer GET and HEAD, tell caches how long the page keeps, and answer 304 to who has it already (ETag)."""
    cached: View = cache_control(public=True, max_age=FRESH_FOR)(view)
    return require_safe(conditional_page(cached))


def public_answer(view: View) -> View:
    """As `public_page`, for answers to a question: asked anew each time, so that what was just released is found."""
    cached: View = cache_control(public=True, no_cache=True)(view)
    return require_safe(conditional_page(cached))


def page_of(records: models.QuerySet[Record], number: int, count: int) -> Page[Record]:
    """One page of a list of `count` records. Page 1 always exists; beyond the last one there is nothing (404)."""
    paginator = Paginator(records, PER_PAGE)
    paginator.count = count  # known already: the database is not asked again
    if number > paginator.num_pages:
        raise Http404
    return paginator.page(number)
