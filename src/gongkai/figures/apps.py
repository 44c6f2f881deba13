"""The Django application `figures`."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Register `gongkai.figures` with Django, its page in the menu, and how a frozen year is compared."""

    name = "gongkai.figures"
    label = "figures"
    verbose_name = "统计"

    def ready(self) -> None:
        """Put the statistics into the menu for those who may read any."""
        # Models load after the application registry.
        from gongkai.figures import snapshots
        from gongkai.figures.permissions import readable_agencies
        from gongkai.lawbook.acts import guard_with
        from gongkai.periods import frozen
        from gongkai.ui import menu

        frozen.compare_with(snapshots.compare)
        guard_with(frozen.refusals_to_restate)
        menu.register("figures", "figures:index", lambda account: readable_agencies(account).exists())
