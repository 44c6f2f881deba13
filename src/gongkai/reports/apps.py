"""The Django application `reports`."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Register `gongkai.reports` with Django."""

    name = "gongkai.reports"
    label = "reports"
    verbose_name = "年报"
