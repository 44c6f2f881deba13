"""The Django application `portal`."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Register `gongkai.portal` with Django."""

    name = "gongkai.portal"
    label = "portal"
    verbose_name = "公开门户"
