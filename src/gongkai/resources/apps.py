"""The Django application `resources`."""

from __future__ import annotations

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    """Register `gongkai.resources` with Django, and its registers."""

    name = "gongkai.resources"
    label = "resources"
    verbose_name = "工作保障"

    def ready(self) -> None:
        """Declare the registers."""
        # Models load after the application registry.
        from gongkai.periods.records.kinds import declare
        from gongkai.resources.kinds import KINDS

        declare(*KINDS)
