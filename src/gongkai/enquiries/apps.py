"""The Django application `enquiries`."""

from __future__ import annotations

from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    """Register `gongkai.enquiries` with Django, and its registers."""

    name = "gongkai.enquiries"
    label = "enquiries"
    verbose_name = "来信来电"

    def ready(self) -> None:
        """Declare the registers and put them into the menu."""
        # Models load after the application registry.
        from gongkai.agencies.permissions import reads_contents
        from gongkai.enquiries.kinds import KINDS
        from gongkai.periods.records.kinds import declare
        from gongkai.ui import menu

        declare(*KINDS)
        menu.register("enquiries", "enquiries:index", permission=reads_contents)
