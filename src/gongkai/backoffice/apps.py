"""The Django application `backoffice`."""

from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    """Register `gongkai.backoffice` with Django and put the work list first in the menu."""

    name = "gongkai.backoffice"
    label = "backoffice"
    verbose_name = "工作台"

    def ready(self) -> None:
        """Put the work list behind its menu entry."""
        from gongkai.ui import menu  # loads after the application registry

        menu.register("worklist", "backoffice:home")
