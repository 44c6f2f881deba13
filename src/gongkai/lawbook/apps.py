"""The Django application `lawbook`."""

from django.apps import AppConfig


class LawbookConfig(AppConfig):
    """Register `gongkai.lawbook` with Django."""

    name = "gongkai.lawbook"
    label = "lawbook"
    verbose_name = "规则设置"
