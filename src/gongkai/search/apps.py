"""The Django application `search`."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Register `gongkai.search` with Django."""

    name = "gongkai.search"
    label = "search"
    verbose_name = "检索"
