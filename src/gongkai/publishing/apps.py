"""The Django application `publishing`."""

from collections.abc import Collection

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Register `gongkai.publishing` with Django, its register and what review asks of it."""

    name = "gongkai.publishing"
    label = "publishing"
    verbose_name = "公开信息"

    def ready(self) -> None:
        """Count the register of items; let review find an item's content and its staff page."""
        # Models load after the application registry.
        from django.urls import reverse
        from django.utils.translation import gettext_lazy

        from gongkai.agencies.permissions import reads_contents
        from gongkai.agencies.tabs import add_tab
        from gongkai.periods.records.kinds import declare
        from gongkai.periods.registers import count_with, list_at
        from gongkai.publishing.acts.paper import lock_content, make_draft
        from gongkai.publishing.content import OBJECT_KIND, fields_of
        from gongkai.publishing.gate import public_items, replace_with_masked, subject_of, take_over_masked
        from gongkai.publishing.transfers import TRANSFER
        from gongkai.review.content import Adapter, register
        from gongkai.ui import menu

        count_with("items", count_items)
        list_at("items", "publishing:list")
        declare(TRANSFER)
        register(
            OBJECT_KIND,
            Adapter(
                fields=fields_of,
                url=lambda key: reverse("publishing:item", args=[key]),
                subject=subject_of,
                revise=take_over_masked,
                replace_file=replace_with_masked,
                public=public_items,
                label="公开信息",
                lock=lock_content,
                returned=make_draft,
            ),
        )
        menu.register("publishing", "publishing:list", permission=reads_contents)
        add_tab("publishing:columns", gettext_lazy("栏目"))
        add_tab("publishing:practice", gettext_lazy("发布设置"))


def count_items(agency_ids: Collection[int], year: int) -> dict[int, int]:
    """The items that went public in the year, by agency id."""
    from django.db.models import Count

    from gongkai.publishing.models import Item

    rows = Item.objects.filter(agency_id__in=agency_ids, published_on__year=year).order_by()
    return dict(rows.values_list("agency_id").annotate(Count("pk")))
