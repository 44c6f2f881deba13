"""The Django application `exchange`."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Register `gongkai.exchange` with Django, and the sentences of its events."""

    name = "gongkai.exchange"
    label = "exchange"
    verbose_name = "数据交换"

    def ready(self) -> None:
        """Make the kinds of events known, and lead from the list of enquiries to their import, which stands under them."""
        # Models load after the application registry.
        from gongkai.enquiries.models import Enquiry
        from gongkai.exchange import events  # noqa: F401  # registers
        from gongkai.periods.records.kinds import import_at
        from gongkai.ui import menu

        import_at(Enquiry, "exchange:mappings")
        menu.stand_under("enquiries", "exchange:mappings")
