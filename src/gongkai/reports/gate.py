"""What the release gate asks of reports."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from gongkai.accounts.models import Account
from gongkai.agencies.permissions import CONTENT_ROLES, agency_ids_of
from gongkai.audit.models import Event
from gongkai.reports import events
from gongkai.reports.models import AnnualReport, ReportState
from gongkai.reports.rendering import OBJECT_KIND, content_of
from gongkai.review.content import Public, Subject

WRITING = [
    kind.kind for kind in (events.ReportBegun, events.ParagraphEdited, events.ParagraphReset, events.ReportDated)
]


def subject_of(key: str, account: Account) -> Subject | None:
    """The report with this uid for those who work on it, once it is rendered; none for everybody else."""
    try:
        uid = uuid.UUID(key)
    except ValueError:
        return None
    own = AnnualReport.objects.filter(agency_id__in=agency_ids_of(account, CONTENT_ROLES), uid=uid)
    report = own.exclude(state=ReportState.DRAFTED).select_related("agency", "drafter").first()
    return None if report is None else Subject(report.agency, content_of(report), report.drafter)


def authors_of(key: str) -> list[Account]:
    """Everybody who began, wrote or dated the report with this uid."""
    told = Event.objects.filter(object_kind=OBJECT_KIND, object_key=key, kind__in=WRITING)
    return list(Account.objects.filter(pk__in=told.order_by().values("by")).select_related("officer"))


def public_reports() -> Iterator[Public]:
    """All reports that everyone may read now."""
    for report in AnnualReport.objects.public().select_related("agency").order_by("pk"):
        address = report.get_absolute_url()
        yield Public(str(report.uid), report.agency, report.title, report.published_digest, address)
