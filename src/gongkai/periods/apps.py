"""The Django application `periods`."""

from django.apps import AppConfig


class PeriodsConfig(AppConfig):
    """Register `gongkai.periods` with Django, and the sentences of its events."""

    name = "gongkai.periods"
    label = "periods"
    verbose_name = "年度"

    def ready(self) -> None:
        """Make the kinds of events known, also to a process that shows them and does none of the acts."""
        # Models load after the application registry.
        from gongkai.periods import events  # noqa: F401  # registers
        from gongkai.periods.records import events as record_events  # noqa: F401
