"""The Django application `lawbook`."""

from django.apps import AppConfig


class LawbookConfig(AppConfig):
    """Register `gongkai.lawbook` with Django, and the sentences of its events."""

    name = "gongkai.lawbook"
    label = "lawbook"
    verbose_name = "规则设置"

    def ready(self) -> None:
        """Make the kinds of events known, also to a process that shows them and does none of the acts."""
        # The account of an event loads after the application registry.
        from gongkai.lawbook import events  # noqa: F401  # registers
