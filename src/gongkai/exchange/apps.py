"""The Django application `exchange`."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Register `gongkai.exchange` with Django, and the sentences of its events."""

    name = "gongkai.exchange"
    label = "exchange"
    verbose_name = "数据交换"

    def ready(self) -> None:
        """Make the kinds of events known, also to a process that shows them and does none of the acts."""
        # The account of an event loads after the application registry.
        from gongkai.exchange import events  # noqa: F401  # registers
