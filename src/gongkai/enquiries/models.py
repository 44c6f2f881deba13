"""Enquiries and responses to public concern. Of a person nothing is kept: number, days, topic and result only."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.periods.records.models import STANDING, Record


class EnquiryChannel(models.TextChoices):
    """Where an enquiry came in."""

    HOTLINE = "hotline", _("政务热线")
    PETITION = "petition", _("信访系统")
    MAILBOX = "mailbox", _("信箱")
    WEIBO = "weibo", _("微博")
    WECHAT = "wechat", _("微信")
    OTHER = "other", _("其他")


class EnquiryResult(models.TextChoices):
    """Where a matter stands or how it ended, as the system says from which it was taken over."""

    IN_HAND = "in_hand", _("办理中")
    ANSWERED = "answered", _("已答复")
    SETTLED = "settled", _("已办结")
    REFERRED = "referred", _("已转办")
    NOT_ACCEPTED = "not_accepted", _("不予受理")
    WITHDRAWN = "withdrawn", _("来件人撤回")


class ResponseChannel(models.TextChoices):
    """By what an agency answered a topic of public concern (rows 2.2.4 and 2.2.5)."""

    WEIBO = "weibo", _("微博")
    WECHAT = "wechat", _("微信")
    OTHER = "other", _("其他方式")


class ComplaintOutcome(models.TextChoices):
    """How a complaint about OGI ended (rows 6.1 to 6.3)."""

    UPHELD = "upheld", _("维持具体行政行为")
    CORRECTED = "corrected", _("被纠错")
    OTHER = "other", _("其他情形")


class HotTopic(Record):
    """A matter of strong public concern; answered by whatever means, it counts once (row 2.1)."""

    topic = models.CharField(_("主题"), max_length=128)
    noticed_on = models.DateField(_("发现日期"), null=True, blank=True)
    answered_on = models.DateField(_("首次回应日期"), null=True, blank=True)
    channel = models.CharField(_("回应方式"), max_length=8, choices=ResponseChannel, blank=True)

    class Meta:
        verbose_name = _("热点舆情")
        verbose_name_plural = _("热点舆情")
        ordering: ClassVar[list[str]] = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "topic"], condition=STANDING, name="enquiries_hottopic_topic"),
        ]

    def __str__(self) -> str:
        return self.topic


class Enquiry(Record):
    """One matter that came in by a channel: a hotline work order, a petition matter, a message.

    `number` is the other system's; it is unique within agency and channel. `limit_on` is the limit printed on the
    matter itself, which goes before any rule. `counts_as_response`: its answer is a
    response to public concern; `hot_topic` is the topic that it answers.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="enquiries", verbose_name=_("机构"))
    channel = models.CharField(_("渠道"), max_length=8, choices=EnquiryChannel)
    number = models.CharField(_("编号"), max_length=64)
    topic = models.CharField(_("主题"), max_length=128)
    received_on = models.DateField(_("收到日期"))
    limit_on = models.DateField(
        _("办理期限"), null=True, blank=True, help_text=_("工单或信访件上载明的期限。没有载明的不填。")
    )
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    settled_on = models.DateField(_("办结日期"), null=True, blank=True)
    result = models.CharField(_("办理结果"), max_length=16, choices=EnquiryResult, blank=True)
    counts_as_response = models.BooleanField(_("属于回应公众关注"), default=False)
    hot_topic = models.ForeignKey(
        HotTopic, models.PROTECT, null=True, blank=True, related_name="enquiries", verbose_name=_("回应的热点")
    )

    class Meta:
        verbose_name = _("来信来电")
        verbose_name_plural = _("来信来电")
        ordering: ClassVar[list[str]] = ["-received_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "channel", "number"], condition=STANDING, name="enquiries_enquiry_number"
            ),
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


class NewsConference(Record):
    """A news conference that the agency held or took part in (rows 2.2.1 and 2.2.1.1)."""

    held_on = models.DateField(_("举办日期"))
    topic = models.CharField(_("主题"), max_length=128)
    led_by_head = models.BooleanField(_("主要负责同志参加"), default=False)

    class Meta:
        verbose_name = _("新闻发布会")
        verbose_name_plural = _("新闻发布会")
        ordering: ClassVar[list[str]] = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "held_on", "topic"], condition=STANDING, name="enquiries_newsconference_day"
            ),
        ]

    def __str__(self) -> str:
        return self.topic


class OnlineInterview(Record):
    """An interview on a government website (rows 2.2.2 and 2.2.2.1)."""

    held_on = models.DateField(_("举办日期"))
    topic = models.CharField(_("主题"), max_length=128)
    led_by_head = models.BooleanField(_("主要负责同志参加"), default=False)

    class Meta:
        verbose_name = _("在线访谈")
        verbose_name_plural = _("在线访谈")
        ordering: ClassVar[list[str]] = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "held_on", "topic"], condition=STANDING, name="enquiries_onlineinterview_day"
            ),
        ]

    def __str__(self) -> str:
        return self.topic


class OgiComplaint(Record):
    """A complaint to a supervising authority about the agency's OGI work (rows 6 to 6.3).

    Counts in the year in which it was concluded; open on 31 December, as another case (其他情形).
    """

    number = models.CharField(_("编号"), max_length=64)
    received_on = models.DateField(_("收到日期"))
    concluded_on = models.DateField(_("办结日期"), null=True, blank=True)
    outcome = models.CharField(_("结果"), max_length=12, choices=ComplaintOutcome, blank=True)

    class Meta:
        verbose_name = _("举报投诉")
        verbose_name_plural = _("举报投诉")
        ordering: ClassVar[list[str]] = ["-received_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "number"], condition=STANDING, name="enquiries_ogicomplaint_number"
            ),
            models.CheckConstraint(
                condition=models.Q(concluded_on__isnull=True, outcome="")
                | (models.Q(concluded_on__gte=models.F("received_on")) & ~models.Q(outcome="")),
                name="enquiries_ogicomplaint_concluded",
            ),
        ]

    def __str__(self) -> str:
        return self.number
