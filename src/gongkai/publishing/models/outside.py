"""How an agency publishes, and where an item went public on a platform outside."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.files.models import StoredFile
from gongkai.publishing.models.items import DayUnit, Item

URL_LENGTH = 500


class OutsidePublication(models.Model):
    """An item went public on a platform outside: its address, its instant, a picture of the page.

    What stands there is the content with the item's `published_digest`; its index number is that of the item.
    """

    item = models.OneToOneField(Item, models.PROTECT, related_name="outside", verbose_name=_("公开信息"))
    url = models.URLField(_("正式页面地址"), max_length=URL_LENGTH)
    published_at = models.DateTimeField(_("平台上的发布时间"))
    screenshot = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("页面截图")
    )
    screenshot_name = models.CharField(_("截图名称"), max_length=255, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    recorded_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("外部平台发布")
        verbose_name_plural = _("外部平台发布")
        ordering: ClassVar[list[str]] = ["-published_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["url"], name="publishing_outside_url")]

    def __str__(self) -> str:
        return self.url


class PublicationMode(models.TextChoices):
    """Where an agency's items go public."""

    OWN_SITE = "own_site", _("本系统的公开页面")
    OUTSIDE = "outside_platform", _("外部平台（例如区政府门户），本系统登记结果")
    STATIC_FEED = "static_feed", _("静态目录，由其他网站取用")


class Numbering(models.TextChoices):
    """Where index numbers come from."""

    ISSUED = "issued", _("由本系统编发")
    RECORDED = "recorded", _("由外部平台编发，在本系统登记")


class AgencyPractice(models.Model):
    """How one agency publishes; without a row the defaults of `gongkai.publishing.practice` hold."""

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="+", verbose_name=_("机构"))
    mode = models.CharField(_("发布方式"), max_length=16, choices=PublicationMode)
    numbering = models.CharField(_("索引号"), max_length=8, choices=Numbering)
    subject_class = models.CharField(_("起草时预填的主题分类"), max_length=64, blank=True)
    # Code to name, in the order in which they are offered; the codes of `KeyArea` are those of figures and shelves.
    key_areas = models.JSONField(_("重点领域"), default=dict, blank=True)
    publicity_days = models.PositiveSmallIntegerField(_("公示天数"))
    publicity_unit = models.CharField(_("公示期按"), max_length=12, choices=DayUnit)
    template = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("平台导入模板")
    )
    template_name = models.CharField(_("模板文件名"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("发布设置")
        verbose_name_plural = _("发布设置")

    def __str__(self) -> str:
        return f"{self.agency} {self.get_mode_display()}"
