"""Thin registers of requests, replies and disputes. Of an applicant only the kind is kept, no name and no address."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.periods.records.models import STANDING, Record


class RequestChannel(models.TextChoices):
    """How a request came in (rows 3.1.1 to 3.1.5)."""

    IN_PERSON = "in_person", _("当面")
    FAX = "fax", _("传真")
    INTERNET = "internet", _("网络")
    MAIL = "mail", _("信函")
    OTHER = "other", _("其他形式")


class ApplicantKind(models.TextChoices):
    """Who asked, in the words of the request table in force."""

    NATURAL_PERSON = "natural_person", _("自然人")
    ENTERPRISE = "enterprise", _("商业企业")
    RESEARCH = "research", _("科研机构")
    PUBLIC_WELFARE = "public_welfare", _("社会公益组织")
    LEGAL_SERVICE = "legal_service", _("法律服务机构")
    OTHER = "other", _("其他")


class ReplyOutcome(models.TextChoices):
    """What a reply says, in the words of rows 3.3.1 to 3.3.8 of the table for 2014 to 2018."""

    ALREADY_PUBLISHED = "already_published", _("属于已主动公开范围")
    GRANTED = "granted", _("同意公开")
    PARTLY_GRANTED = "partly_granted", _("同意部分公开")
    REFUSED = "refused", _("不同意公开")
    NOT_OURS = "not_ours", _("不属于本行政机关公开")
    DOES_NOT_EXIST = "does_not_exist", _("申请信息不存在")
    CLARIFICATION = "clarification", _("告知作出更改补充")
    OTHER_CHANNEL = "other_channel", _("告知通过其他途径办理")


class RefusalGround(models.TextChoices):
    """Why a reply refuses (rows 3.3.4.1 to 3.3.4.6)."""

    STATE_SECRET = "state_secret", _("涉及国家秘密")
    TRADE_SECRET = "trade_secret", _("涉及商业秘密")
    PERSONAL_PRIVACY = "personal_privacy", _("涉及个人隐私")
    SECURITY_AND_STABILITY = "security", _("危及国家安全、公共安全、经济安全和社会稳定")
    NOT_GOVERNMENT_INFORMATION = "not_information", _("不是《条例》所指政府信息")
    OTHER_LAW = "other_law", _("法律法规规定的其他情形")


class DisputeOutcome(models.TextChoices):
    """How a reconsideration or a lawsuit ended (rows 4.1 to 4.3 and 5.1 to 5.3)."""

    UPHELD = "upheld", _("维持或者驳回")
    CORRECTED = "corrected", _("被依法纠错")
    OTHER = "other", _("其他情形")


class InfoRequest(Record):
    """A request for government information.

    `base_limit_on` is the last day of the limit without extension, `extended_to_on` the last day with it. `served_on`
    is derived: the day on which the first reply that settles the request was served (a notice to complete the request
    does not). `closed_on` is that day, or the day entered for a request that was closed without a reply.
    """

    number = models.CharField(_("申请编号"), max_length=64)
    received_on = models.DateField(_("收到日期"))
    channel = models.CharField(_("申请方式"), max_length=12, choices=RequestChannel)
    applicant_kind = models.CharField(_("申请人类别"), max_length=16, choices=ApplicantKind)
    subject = models.CharField(
        _("申请内容"), max_length=200, help_text=_("写所需信息的名称，不写申请人姓名、住址等个人信息。")
    )
    base_limit_on = models.DateField(_("答复期限"), help_text=_("未延期时的最后一日。"))
    extended_to_on = models.DateField(_("延长至"), null=True, blank=True, help_text=_("没有延期的不填。"))
    closed_on = models.DateField(
        _("结案日期"),
        null=True,
        blank=True,
        help_text=_("登记答复后自动填写；没有答复而结案的（如申请人撤回），填写结案当日。"),
    )
    served_on = models.DateField(_("首次答复送达日期"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("信息公开申请")
        verbose_name_plural = _("信息公开申请")
        ordering: ClassVar[list[str]] = ["-received_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "number"], condition=STANDING, name="inforequests_inforequest_number"
            ),
            models.CheckConstraint(
                condition=models.Q(base_limit_on__gte=models.F("received_on")), name="inforequests_inforequest_limit"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "received_on"], name="inforequests_received"),
            models.Index(fields=["agency", "served_on"], name="inforequests_served"),
        ]

    def __str__(self) -> str:
        return self.number


class Reply(Record):
    """A reply that was served on an applicant; one request may have several (rows 3.3 to 3.3.8)."""

    request = models.ForeignKey(InfoRequest, models.PROTECT, related_name="replies", verbose_name=_("申请"))
    served_on = models.DateField(_("送达日期"))
    outcome = models.CharField(_("答复结果"), max_length=20, choices=ReplyOutcome)
    ground = models.CharField(
        _("不同意公开的理由"), max_length=20, choices=RefusalGround, blank=True, help_text=_("只在不同意公开时选择。")
    )

    class Meta:
        verbose_name = _("答复")
        verbose_name_plural = _("答复")
        ordering: ClassVar[list[str]] = ["-served_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(outcome="refused") & ~models.Q(ground=""))
                | (~models.Q(outcome="refused") & models.Q(ground="")),
                name="inforequests_reply_ground",
            ),
        ]
        indexes = [models.Index(fields=["agency", "served_on"], name="inforequests_reply_served")]

    def __str__(self) -> str:
        return f"{self.request} {self.served_on} {self.get_outcome_display()}"


class Dispute(Record):
    """A case against the agency about its OGI work.

    Counts in the year in which it was concluded; open on 31 December, as another case (其他情形).
    """

    number = models.CharField(_("案号"), max_length=64)
    filed_on = models.DateField(_("受理日期"))
    concluded_on = models.DateField(_("审结日期"), null=True, blank=True)
    outcome = models.CharField(_("结果"), max_length=12, choices=DisputeOutcome, blank=True)
    request = models.ForeignKey(
        InfoRequest, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("所涉申请")
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number


_CONCLUDED = models.Q(concluded_on__isnull=True, outcome="") | (
    models.Q(concluded_on__gte=models.F("filed_on")) & ~models.Q(outcome="")
)


class Reconsideration(Dispute):
    """An administrative reconsideration (rows 4 to 4.3)."""

    class Meta:
        verbose_name = _("行政复议")
        verbose_name_plural = _("行政复议")
        ordering: ClassVar[list[str]] = ["-filed_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "number"], condition=STANDING, name="inforequests_reconsideration_number"
            ),
            models.CheckConstraint(condition=_CONCLUDED, name="inforequests_reconsideration_concluded"),
        ]


class Lawsuit(Dispute):
    """An administrative lawsuit (rows 5 to 5.3)."""

    class Meta:
        verbose_name = _("行政诉讼")
        verbose_name_plural = _("行政诉讼")
        ordering: ClassVar[list[str]] = ["-filed_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "number"], condition=STANDING, name="inforequests_lawsuit_number"
            ),
            models.CheckConstraint(condition=_CONCLUDED, name="inforequests_lawsuit_concluded"),
        ]
