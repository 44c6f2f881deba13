"""Frozen figures: what figures keeps, and the only thing it writes."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency


class Snapshot(models.Model):
    """The figures of an agency's year as they were frozen, with the uids of the records behind each.

    `canonical` is JSON with sorted keys (`gongkai.figures.snapshots` says what it holds), `digest` its SHA-256.
    Number 1 is the freezing, each further one a confirmed correction. Triggers keep it unchanged.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="snapshots", verbose_name=_("机构"))
    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.PositiveSmallIntegerField(_("次序"))
    canonical = models.TextField()
    digest = models.CharField(_("校验码"), max_length=64)
    reason = models.CharField(_("更正原因"), max_length=200, blank=True)
    # None is the operator at the server's command line.
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人")
    )
    taken_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("冻结的统计数据")
        verbose_name_plural = _("冻结的统计数据")
        ordering: ClassVar[list[str]] = ["agency", "year", "number"]
        constraints = [models.UniqueConstraint(fields=["agency", "year", "number"], name="figures_snapshot_number")]

    def __str__(self) -> str:
        return f"{self.agency} {self.year} {self.number}"
