"""The Django application `periods`."""

from django.apps import AppConfig


class PeriodsConfig(AppConfig):
    """Register `gongkai.periods` with Django."""

    name = "gongkai.periods"
    label = "periods"
    verbose_name = "年度"
