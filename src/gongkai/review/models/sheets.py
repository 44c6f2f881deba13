"""Approval sheets (审批单): what was printed for leaders who sign paper, with the hash of every content on it."""

from __future__ import annotations

import hashlib
import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.review.models.chains import Approval, FrozenCopy


class ApprovalSheetQuerySet(models.QuerySet["ApprovalSheet"]):
    """Sheets, with the only door by which an account may see them."""

    def visible_to(self, account: object) -> Self:
        """Keep the sheets of agencies in which the account holds a post that reads contents."""
        from gongkai.agencies.permissions import CONTENT_ROLES, agency_ids_of  # permissions stand above models

        return self.filter(agency_id__in=agency_ids_of(account, CONTENT_ROLES))


class ApprovalSheet(models.Model):
    """A printed sheet for one or several short contents of one agency that stand at the same step."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="approval_sheets", verbose_name=_("机构"))
    year = models.PositiveSmallIntegerField(_("年度"))
    serial = models.PositiveIntegerField(_("编号"))
    position = models.PositiveSmallIntegerField(_("打印时的环节"))
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("打印人"))
    printed_at = models.DateTimeField(_("打印时间"))

    objects = ApprovalSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("审批单")
        verbose_name_plural = _("审批单")
        ordering: ClassVar[list[str]] = ["-year", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "serial"], name="review_sheet_number"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number as printed: 审批单〔2017〕3号."""
        return f"审批单〔{self.year}〕{self.serial}号"

    @property
    def digest(self) -> str:
        """The hash of the sheet: of its one content, or of the hashes of all in their order, one a line."""
        digests = [entry.content_id for entry in self.entries.all()]
        return digests[0] if len(digests) == 1 else hashlib.sha256("\n".join(digests).encode()).hexdigest()


class SheetEntry(models.Model):
    """One content on a sheet, with the hash that was printed. Void (作废) when the content changed afterwards."""

    sheet = models.ForeignKey(ApprovalSheet, models.PROTECT, related_name="entries", verbose_name=_("审批单"))
    place = models.PositiveSmallIntegerField(_("件号"))
    approval = models.ForeignKey(Approval, models.PROTECT, related_name="sheet_entries", verbose_name=_("审批"))
    content = models.ForeignKey(FrozenCopy, models.PROTECT, related_name="+", verbose_name=_("内容"))
    voided_at = models.DateTimeField(_("作废时间"), null=True, blank=True)
    void_reason = models.CharField(_("作废原因"), max_length=128, blank=True, default="")

    class Meta:
        verbose_name = _("审批单上的内容")
        verbose_name_plural = _("审批单上的内容")
        ordering: ClassVar[list[str]] = ["sheet", "place"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "place"], name="review_sheetentry_place"),
            models.UniqueConstraint(fields=["sheet", "approval"], name="review_sheetentry_approval"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.place}"
