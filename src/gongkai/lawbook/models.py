"""Values that an agency gave to the settings of `gongkai.lawbook.settings`."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency


class AgencySetting(models.Model):
    """The value of one setting for the years from `from_year` on, until a later row replaces it."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="settings", verbose_name=_("机构"))
    name = models.CharField(_("设置"), max_length=64)
    from_year = models.PositiveSmallIntegerField(_("自年度"))
    value = models.JSONField(_("取值"))

    class Meta:
        verbose_name = _("规则设置")
        verbose_name_plural = _("规则设置")
        ordering: ClassVar[list[str]] = ["name", "from_year"]
        constraints = [models.UniqueConstraint(fields=["agency", "name", "from_year"], name="lawbook_setting_year")]

    def __str__(self) -> str:
        return f"{self.agency} {self.name} {self.from_year}"
