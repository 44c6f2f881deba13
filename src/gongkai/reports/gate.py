"""What the release gate asks of reports."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from gongkai.accounts.models import Account
from gongkai.agencies.permissions import CONTENT_ROLES, agency_ids_of
from gongkai.reports.models import AnnualReport, ReportState
from gongkai.reports.rendering import content_of
from gongkai.review.content import Public, Subject


def subject_of(key: str, account: Account) -> Subject | None:
    """The report with this uid for those who work on it, once it is rendered; none for everybody else."""
    try:
        uid = uuid.UUID(key)
    except ValueError:
        return None
    own = AnnualReport.objects.filter(agency_id__in=agency_ids_of(account, CONTENT_ROLES), uid=uid)
    report = own.exclude(state=ReportState.DRAFTED).select_related("agency", "drafter").first()
    return None if report is None else Subject(report.agency, content_of(report), report.drafter)


def public_reports() -> Iterator[Public]:
    """All reports that everyone may read now."""
    for report in AnnualReport.objects.public().select_related("agency").order_by("pk"):
        address = report.get_absolute_url()
        yield Public(str(report.uid), report.agency, report.title, report.published_digest, address)
