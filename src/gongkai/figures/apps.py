"""The Django application `figures`."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Register `gongkai.figures` with Django, and its page in the menu."""

    name = "gongkai.figures"
    label = "figures"
    verbose_name = "统计"

    def ready(self) -> None:
        """Put the statistics into the menu for those who may read any."""
        from gongkai.figures.permissions import readable_agencies  # models load after the application registry
        from gongkai.ui import menu

        menu.register("figures", "figures:index", lambda account: readable_agencies(account).exists())
