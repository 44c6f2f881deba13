"""Reports in the full-text index: the public row follows what everyone may read."""

from __future__ import annotations

from gongkai.reports.models import AnnualReport
from gongkai.reports.rendering import OBJECT_KIND, to_lines
from gongkai.search import index

COLUMN = "reports"  # the column of an agency in which its reports are looked for


def put_report(report: AnnualReport) -> None:
    """Put a report that is public into the index and take any other out, in the caller's transaction."""
    if not AnnualReport.objects.public().filter(pk=report.pk).exists():
        index.remove(scope="public", kind=OBJECT_KIND, key=str(report.uid))
        return
    index.put(
        scope="public",
        kind=OBJECT_KIND,
        key=str(report.uid),
        agency_code=report.agency.code,
        title=report.title,
        text=to_lines(report.body),
        on=report.published_on,
        columns=[COLUMN],
        url=report.get_absolute_url(),
    )
