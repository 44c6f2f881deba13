"""The Django application `ui`."""

from django.apps import AppConfig
from django.core import checks


class UiConfig(AppConfig):
    """Register `gongkai.ui` with Django."""

    name = "gongkai.ui"
    label = "ui"
    verbose_name = "界面"

    def ready(self) -> None:
        """Add the system checks."""
        from gongkai.ui.checks import menu_pages  # reads the urls, which need the applications loaded

        checks.register(menu_pages, checks.Tags.urls)
