"""The Django application `resources`."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from gongkai.periods.registers import Counter


class ResourcesConfig(AppConfig):
    """Register `gongkai.resources` with Django, and its registers."""

    name = "gongkai.resources"
    label = "resources"
    verbose_name = "工作保障"

    def ready(self) -> None:
        """Count the registers of offices, reading points, staff and visits."""
        from gongkai.periods.registers import count_with  # models load after the application registry

        count_with("ogi_offices", count_in_being("OgiOffice"))
        count_with("reading_points", count_in_being("ReadingPoint"))
        count_with("staff", count_in_being("StaffMember"))
        count_with("visits", count_visits)


def count_in_being(model_name: str) -> Counter:
    """A counter of the records of a model that were in being at some day of a year."""

    def count(agency_ids: Collection[int], year: int) -> dict[int, int]:
        from django.apps import apps
        from django.db.models import Count, Q

        rows = apps.get_model("resources", model_name)._default_manager.filter(agency_id__in=agency_ids).order_by()
        rows = rows.filter(Q(to_on__isnull=True) | Q(to_on__year__gte=year), from_on__year__lte=year)
        return dict(rows.values_list("agency_id").annotate(Count("pk")))

    return count


def count_visits(agency_ids: Collection[int], year: int) -> dict[int, int]:
    """The visits of the year, by agency id."""
    from django.db.models import Count

    from gongkai.resources.models import Visit

    rows = Visit.objects.filter(agency_id__in=agency_ids, on__year=year).order_by()
    return dict(rows.values_list("agency_id").annotate(Count("pk")))
