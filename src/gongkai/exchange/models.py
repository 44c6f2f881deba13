"""Saved column mappings: how the export of another system is read."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import records_visible_to

LAST_HEADER_ROW = 20


class MappedRegister(models.TextChoices):
    """What a mapping fills; the values are those of `EnquiryChannel`."""

    HOTLINE = "hotline", _("政务热线工单")
    PETITION = "petition", _("信访件")


class DayOrder(models.TextChoices):
    """How a day is written where its parts are numbers with strokes; a year of four digits in front is always read."""

    YEAR_FIRST = "ymd", _("年月日，例如 2025-03-14、2025/3/14、20250314")
    DAY_FIRST = "dmy", _("日月年，例如 14/3/2025")
    MONTH_FIRST = "mdy", _("月日年，例如 3/14/2025")


class MappingQuerySet(models.QuerySet["ColumnMapping"]):
    """Mappings, through the door by which an account may see them."""

    def visible_to(self, account: object) -> Self:
        """Keep the mappings of agencies whose records the account may read."""
        return records_visible_to(self, account)


class ColumnMapping(models.Model):
    """How the export of one other system is read into a register of an agency.

    `columns` names the header by field (`exchange.mapped.FIELDS`), `results` the result by what the other system
    writes. Nothing of an export itself is kept.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("机构"))
    register = models.CharField(_("登记簿"), max_length=8, choices=MappedRegister)
    name = models.CharField(_("名称"), max_length=64, help_text=_("对方系统的名称，例如：市12345平台"))
    header_row = models.PositiveSmallIntegerField(
        _("表头所在行"), default=1, validators=[MinValueValidator(1), MaxValueValidator(LAST_HEADER_ROW)]
    )
    day_order = models.CharField(_("日期写法"), max_length=3, choices=DayOrder, default=DayOrder.YEAR_FIRST)
    columns: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("列"), default=dict)
    results: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("结果的说法"), default=dict)
    saved_at = models.DateTimeField(_("保存时间"), editable=False)
    used_at = models.DateTimeField(_("最近导入"), null=True, blank=True, editable=False)

    objects: ClassVar[Any] = MappingQuerySet.as_manager()

    class Meta:
        verbose_name = _("列对应关系")
        verbose_name_plural = _("列对应关系")
        ordering: ClassVar[list[str]] = ["agency", "name"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="exchange_columnmapping_name")]

    def __str__(self) -> str:
        return self.name
