"""The year of an agency and the confirmation that a register had nothing to report."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency


class PeriodState(models.TextChoices):
    """Whether the figures of a year may still change."""

    OPEN = "open", _("开放")
    FROZEN = "frozen", _("已冻结")
    AMENDED = "amended", _("已冻结，有更正")


# The figures of a year in one of these states stand; see `gongkai.periods.frozen`.
FROZEN_STATES = (PeriodState.FROZEN, PeriodState.AMENDED)


class Period(models.Model):
    """One reporting year (1 January to 31 December) of one agency."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="periods", verbose_name=_("机构"))
    year = models.PositiveSmallIntegerField(_("年度"))
    state = models.CharField(_("状态"), max_length=8, choices=PeriodState, default=PeriodState.OPEN)

    class Meta:
        verbose_name = _("年度")
        verbose_name_plural = _("年度")
        ordering: ClassVar[list[str]] = ["-year"]
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="periods_period_year")]

    def __str__(self) -> str:
        return f"{self.agency} {self.year}"


class Amendment(models.Model):
    """A correction of a frozen year: opened with its reason, confirmed by a second officer or cancelled.

    While it is open, records may change what was frozen; the frozen figures stand until it is confirmed.
    """

    period = models.ForeignKey(Period, models.PROTECT, related_name="amendments", verbose_name=_("年度"))
    reason = models.CharField(_("更正原因"), max_length=200)
    # None is the operator at the server's command line.
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("登记人")
    )
    opened_at = models.DateTimeField(_("登记时间"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("确认人")
    )
    closed_at = models.DateTimeField(_("结束时间"), null=True)
    confirmed = models.BooleanField(_("已确认"), default=False)

    class Meta:
        verbose_name = _("更正")
        verbose_name_plural = _("更正")
        ordering: ClassVar[list[str]] = ["opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["period"], condition=models.Q(closed_at__isnull=True), name="periods_amendment_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed=False) | models.Q(closed_at__isnull=False),
                name="periods_amendment_confirmed_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.reason}"


class NothingToReport(models.Model):
    """An officer's word that a register is empty for the year: only then is its figure a zero."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="confirmations", verbose_name=_("年度"))
    register = models.CharField(_("登记簿"), max_length=32)
    # None is the operator at the server's command line.
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("确认人")
    )
    confirmed_at = models.DateTimeField(_("确认时间"))

    class Meta:
        verbose_name = _("无事项确认")
        verbose_name_plural = _("无事项确认")
        ordering: ClassVar[list[str]] = ["register"]
        constraints = [models.UniqueConstraint(fields=["period", "register"], name="periods_nothing_register")]

    def __str__(self) -> str:
        return f"{self.period} {self.register}"
