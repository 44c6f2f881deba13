"""Work orders, petitions and other enquiries. Of a person nothing is kept: number, days, topic and result only."""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import records_visible_to


class EnquiryChannel(models.TextChoices):
    """Where an enquiry came in."""

    HOTLINE = "hotline", _("政务热线")
    PETITION = "petition", _("信访系统")
    MAILBOX = "mailbox", _("信箱")
    WEIBO = "weibo", _("微博")
    WECHAT = "wechat", _("微信")
    OTHER = "other", _("其他")


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    """Enquiries, through the door by which an account may see them."""

    def visible_to(self, account: object) -> Self:
        """Keep the enquiries of agencies that the account may see."""
        return records_visible_to(self, account)


class Enquiry(models.Model):
    """One matter that came in by a channel: a hotline work order, a petition matter, a message.

    `number` is the other system's; it is unique within agency and channel.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="enquiries", verbose_name=_("机构"))
    channel = models.CharField(_("渠道"), max_length=8, choices=EnquiryChannel)
    number = models.CharField(_("编号"), max_length=64)
    topic = models.CharField(_("主题"), max_length=128)
    received_on = models.DateField(_("收到日期"))
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    settled_on = models.DateField(_("办结日期"), null=True, blank=True)
    entered_at = models.DateTimeField(_("录入时间"))

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("来信来电")
        verbose_name_plural = _("来信来电")
        ordering: ClassVar[list[str]] = ["-received_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "channel", "number"], name="enquiries_enquiry_number"),
            models.CheckConstraint(
                condition=models.Q(answered_on__isnull=True) | models.Q(answered_on__gte=models.F("received_on")),
                name="enquiries_enquiry_answered",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_on__isnull=True) | models.Q(settled_on__gte=models.F("received_on")),
                name="enquiries_enquiry_settled",
            ),
        ]
        indexes = [models.Index(fields=["agency", "channel", "answered_on"], name="enquiries_enquiry_answer")]

    def __str__(self) -> str:
        return self.number
