"""The report of an agency on a year: what the office wrote itself, and what was rendered, signed and published."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import CONTENT_ROLES, agency_ids_of, supervised_ids


class ReportState(models.TextChoices):
    """Where a report stands."""

    DRAFTED = "drafted", _("草稿")
    IN_REVIEW = "in_review", _("审核中")
    PUBLISHED = "published", _("已发布")


class AnnualReportQuerySet(models.QuerySet["AnnualReport"]):
    """Reports, through the door by which an account may see them."""

    def visible_to(self, account: object) -> Self:
        """Keep the reports of the account's own agencies, and of supervised ones those that are public."""
        own = models.Q(agency_id__in=agency_ids_of(account, CONTENT_ROLES))
        return self.filter(own | models.Q(state=ReportState.PUBLISHED, agency_id__in=supervised_ids(account)))

    def public(self) -> Self:
        """Keep those that everyone may read."""
        return self.filter(state=ReportState.PUBLISHED)


class AnnualReport(models.Model):
    """One agency's report on one year.

    `edits` holds, by the key of a paragraph, the office's own text with numbers as tokens (`{1.1}`), and what it said
    of numbers that no figure gives. From submission to return, `title`, `body`, `files` and `figures` are what was
    rendered once and is read, signed and published; in a draft they are empty.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reports", verbose_name=_("机构"))
    year = models.PositiveSmallIntegerField(_("年度"))
    outline = models.CharField(_("提纲"), max_length=64)
    state = models.CharField(_("状态"), max_length=12, choices=ReportState, default=ReportState.DRAFTED)
    edits = models.JSONField(default=dict, blank=True)
    dated_on = models.DateField(_("落款日期"), null=True, blank=True)
    drafter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("起草人"))
    begun_at = models.DateTimeField(_("开始时间"))
    title = models.CharField(_("标题"), max_length=255, blank=True)
    body = models.TextField(blank=True)
    # In order: {"name", "sha256", "size", "type"}, all texts, as `review.content.Content.attachments`.
    files = models.JSONField(default=list, blank=True)
    # The printed value of each figure at rendering, by code; and what proof-reading found then.
    figures = models.JSONField(default=dict, blank=True)
    proofing = models.JSONField(default=list, blank=True)
    published_on = models.DateField(_("发布日期"), null=True, blank=True)
    published_digest = models.CharField(max_length=64, blank=True)

    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("年度报告")
        verbose_name_plural = _("年度报告")
        ordering: ClassVar[list[str]] = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="reports_one_a_year"),
            models.CheckConstraint(
                condition=~models.Q(state="published")
                | (models.Q(published_on__isnull=False) & ~models.Q(published_digest="")),
                name="reports_published_has_day_and_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.year}"

    def get_absolute_url(self) -> str:
        """The public address."""
        return reverse("portal:report", args=[self.agency.code, self.year])

    def file(self, name: str) -> dict[str, Any] | None:
        """A rendered file by its name."""
        return next((file for file in self.files if file["name"] == name), None)
