"""The Django application `reports`."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Register `gongkai.reports` with Django, its page in the menu, and what review asks of it."""

    name = "gongkai.reports"
    label = "reports"
    verbose_name = "年报"

    def ready(self) -> None:
        """Put reports into the menu; let review find a report's content and its staff page."""
        # Models load after the application registry.
        from django.urls import reverse

        from gongkai.agencies.permissions import reads_contents
        from gongkai.reports import events  # noqa: F401  # registers
        from gongkai.reports.acts import lock_content, make_draft
        from gongkai.reports.gate import authors_of, public_reports, subject_of
        from gongkai.reports.rendering import OBJECT_KIND, fields_of
        from gongkai.review.content import Adapter, register
        from gongkai.ui import menu

        register(
            OBJECT_KIND,
            Adapter(
                fields=fields_of,
                url=lambda key: reverse("reports:report", args=[key]),
                subject=subject_of,
                public=public_reports,
                label="年度报告",
                lock=lock_content,
                returned=make_draft,
                authors=authors_of,
            ),
        )
        menu.register("reports", "reports:index", reads_contents)
