"""The Django application `enquiries`."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from gongkai.periods.registers import Counter


class EnquiriesConfig(AppConfig):
    """Register `gongkai.enquiries` with Django, and its registers."""

    name = "gongkai.enquiries"
    label = "enquiries"
    verbose_name = "来信来电"

    def ready(self) -> None:
        """Count the registers of work orders and petitions."""
        from gongkai.periods.registers import count_with  # models load after the application registry

        count_with("work_orders", count_channel("hotline"))
        count_with("petitions", count_channel("petition"))


def count_channel(channel: str) -> Counter:
    """A counter of the enquiries of a channel that were received in, or answered in, a year."""

    def count(agency_ids: Collection[int], year: int) -> dict[int, int]:
        from django.db.models import Count, Q

        from gongkai.enquiries.models import Enquiry

        rows = Enquiry.objects.filter(agency_id__in=agency_ids, channel=channel).order_by()
        rows = rows.filter(Q(received_on__year=year) | Q(answered_on__year=year))
        return dict(rows.values_list("agency_id").annotate(Count("pk")))

    return count
