"""The Django application `inforequests`."""

from __future__ import annotations

from django.apps import AppConfig


class InforequestsConfig(AppConfig):
    """Register `gongkai.inforequests` with Django, and its registers."""

    name = "gongkai.inforequests"
    label = "inforequests"
    verbose_name = "申请"

    def ready(self) -> None:
        """Declare the registers and put them into the menu."""
        # Models load after the application registry.
        from gongkai.agencies.permissions import reads_contents
        from gongkai.inforequests.kinds import KINDS
        from gongkai.periods.records.kinds import declare
        from gongkai.ui import menu

        declare(*KINDS)
        menu.register("requests", "inforequests:index", permission=reads_contents)
