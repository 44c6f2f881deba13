"""Columns and disclosed items."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from tree_queries.models import TreeNode
from tree_queries.query import TreeQuerySet

from gongkai.agencies.models import Agency, Department
from gongkai.agencies.permissions import CONTENT_ROLES, agency_ids_of, supervised_ids
from gongkai.files.models import StoredFile


class ColumnKind(models.TextChoices):
    """Whose board a column stands on."""

    BOARD = "board", _("本单位板块")
    COMMON = "common", _("公共栏目")


class Column(TreeNode):
    """A column of an agency's section of the site; `code` stands in addresses."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="columns", verbose_name=_("机构"))
    code = models.SlugField(_("栏目代码"), max_length=32)
    name = models.CharField(_("栏目名称"), max_length=64)
    kind = models.CharField(_("栏目性质"), max_length=8, choices=ColumnKind, default=ColumnKind.BOARD)
    position = models.PositiveIntegerField(_("排序"), default=0)
    is_hidden = models.BooleanField(_("停用"), default=False)

    objects = TreeQuerySet.as_manager(with_tree_fields=True)

    class Meta:
        verbose_name = _("栏目")
        verbose_name_plural = _("栏目")
        ordering: ClassVar[list[str]] = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="publishing_column_code")]

    def __str__(self) -> str:
        return self.name


class ItemState(models.TextChoices):
    """Where an item stands."""

    DRAFTED = "drafted", _("起草中")
    IN_REVIEW = "in_review", _("审核中")
    PUBLISHED = "published", _("已公开")
    WITHDRAWN = "withdrawn", _("已撤回")


class DisclosureAttribute(models.TextChoices):
    """The disclosure attribute fixed at the source (国办发〔2016〕80号)."""

    PROACTIVE = "proactive_disclosure", _("主动公开")
    ON_REQUEST = "disclosure_on_request", _("依申请公开")
    WITHHELD = "non_disclosure", _("不予公开")


class KeyArea(models.TextChoices):
    """Fields of strong public interest in a housing agency's work (重点领域)."""

    AFFORDABLE_HOUSING = "affordable_housing", _("住房保障")
    EXPROPRIATION = "expropriation_of_housing", _("房屋征收")
    PROPERTY_MANAGEMENT = "property_management", _("物业管理")
    HOUSING_MARKET = "housing_market", _("房产交易")
    NONE = "none", _("其他")


class Validity(models.TextChoices):
    """Whether a document is in force (有效性). Empty means that nothing was stated; expiry by its own day is derived."""

    IN_FORCE = "in_force", _("有效")
    AMENDED = "amended", _("已修改")
    EXPIRED = "expired", _("已失效")
    REPEALED = "repealed", _("已废止")


class Ground(models.TextChoices):
    """Why information is not to be disclosed, or only on request (政府信息公开条例, Order 711, arts. 14 to 16)."""

    STATE_SECRET = "state_secret", _("国家秘密")
    PROHIBITED = "prohibited_by_law", _("法律、行政法规禁止公开")
    SECURITY = "security_and_stability", _("可能危及国家安全、公共安全、经济安全、社会稳定")
    THIRD_PARTY = "third_party", _("涉及第三方合法权益")
    INTERNAL = "internal_affairs", _("内部事务信息")
    PROCESS = "process", _("过程性信息")
    CASE_FILE = "case_file", _("行政执法案卷信息")
    OTHER = "other", _("其他（写明理由）")


class DayUnit(models.TextChoices):
    """How the days of a term are counted."""

    WORKING = "working_day", _("工作日")
    CALENDAR = "day", _("自然日")


class TermEnd(models.TextChoices):
    """What happens to a list when the term for which it was shown is over."""

    WITHDRAW = "withdraw", _("整条撤下，原地址说明公示期满")
    MASK = "mask", _("遮盖个人信息后继续公开；不能可靠遮盖的，整条撤下")


class Genre(models.TextChoices):
    """The kinds of official documents (党政机关公文处理工作条例, 2012) that items of an agency use."""

    NOTICE = "notice", _("通知")
    ANNOUNCEMENT = "announcement", _("公告")
    PUBLIC_NOTICE = "public_notice", _("通告")
    DECISION = "decision", _("决定")
    OPINION = "opinion", _("意见")
    REPORT = "report", _("报告")
    REPLY = "reply", _("批复")
    LETTER = "letter", _("函")
    OTHER = "other", _("其他")


WITHDRAWAL_NOTE_LENGTH = 255
NOTE_LENGTH = 255


class WithdrawalReason(models.TextChoices):
    """What the public is told of a withdrawal: one of these, never a free text that nobody else has read."""

    WRONG = "wrong", _("内容有误")
    OUTDATED = "outdated", _("内容已失效")
    PERSONAL = "personal", _("涉及个人信息")
    NOT_TO_DISCLOSE = "not_to_disclose", _("依法不予公开")
    TERM_OVER = "term_over", _("公示期满")
    DUPLICATE = "duplicate", _("重复发布")
    OTHER = "other", _("其他")


# What may be read by everyone while it is published: of proactive disclosure, and confirmed where it is history.
OPEN = models.Q(attribute=DisclosureAttribute.PROACTIVE) & (
    models.Q(entered_as_history=False) | models.Q(confirmed_at__isnull=False)
)
WENT_PUBLIC = OPEN & models.Q(state__in=[ItemState.PUBLISHED, ItemState.WITHDRAWN])


class ItemQuerySet(models.QuerySet["Item"]):
    """Items, through the doors by which the public and an account may see them."""

    def public(self) -> Self:
        """Keep what everyone may read: published, confirmed where it is history, and of proactive disclosure."""
        return self.filter(OPEN, state=ItemState.PUBLISHED)

    def went_public(self) -> Self:
        """Keep what everyone may read or could read before it was withdrawn."""
        return self.filter(WENT_PUBLIC)

    def to_confirm(self) -> Self:
        """Keep the entered history that becomes public when a second officer confirms it."""
        return self.filter(
            entered_as_history=True,
            confirmed_at=None,
            state=ItemState.PUBLISHED,
            attribute=DisclosureAttribute.PROACTIVE,
        )

    def in_force(self, on: dt.date) -> Self:
        """Keep the normative documents that are in force on a day, as far as it was stated."""
        not_over = models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=on)
        begun = models.Q(effective_on__isnull=True) | models.Q(effective_on__lte=on)
        ended = models.Q(validity__in=[Validity.EXPIRED, Validity.REPEALED], validity_from_on__lte=on)
        return self.filter(not_over & begun & ~ended, is_normative=True)

    def term_over(self, today: dt.date) -> Self:
        """Keep the public items whose publicity period ended before today and was not dealt with."""
        return self.filter(state=ItemState.PUBLISHED, publicity_until__lt=today, publicity_ended_at__isnull=True)

    def visible_to(self, account: object) -> Self:
        """Keep the items of the account's own agencies, and of supervised ones those that went public."""
        own = models.Q(agency_id__in=agency_ids_of(account, CONTENT_ROLES))
        return self.filter(own | models.Q(WENT_PUBLIC, agency_id__in=supervised_ids(account)))


class Item(models.Model):
    """One piece of government information with its metadata.

    Three days are kept apart: `written_on` (成文日期), `published_on` (the stated first public day, with its source)
    and `entered_at` (the system's). Figures use `published_on`.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="items", verbose_name=_("发布机构"))
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="items", verbose_name=_("起草股室")
    )
    columns = models.ManyToManyField(Column, related_name="items", verbose_name=_("栏目"))
    state = models.CharField(_("状态"), max_length=12, choices=ItemState, default=ItemState.DRAFTED)

    title = models.CharField(_("名称"), max_length=255)
    body = models.TextField(_("正文"), blank=True)
    document_number = models.CharField(_("文号"), max_length=64, blank=True)
    subject_class = models.CharField(_("主题分类"), max_length=64, blank=True)
    genre = models.CharField(_("体裁分类"), max_length=16, choices=Genre, default=Genre.NOTICE)
    attribute = models.CharField(
        _("公开属性"), max_length=24, choices=DisclosureAttribute, default=DisclosureAttribute.PROACTIVE
    )
    key_area = models.CharField(_("重点领域"), max_length=32, choices=KeyArea, default=KeyArea.NONE)
    is_normative = models.BooleanField(_("行政规范性文件"), default=False)
    interprets = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="interpretations", verbose_name=_("解读的文件")
    )

    # Part of the approved content, where they are set: see `content_of`.
    effective_on = models.DateField(_("实施日期"), null=True, blank=True)
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    issuers = models.JSONField(_("联合发文机构"), default=list, blank=True)
    ground = models.CharField(_("不公开的理由"), max_length=24, choices=Ground, blank=True)
    ground_note = models.CharField(_("理由说明"), max_length=NOTE_LENGTH, blank=True)
    publicity_days = models.PositiveSmallIntegerField(_("公示天数"), null=True, blank=True)
    publicity_unit = models.CharField(_("公示期按"), max_length=12, choices=DayUnit, blank=True)
    publicity_then = models.CharField(_("公示期满后"), max_length=8, choices=TermEnd, blank=True)
    # Facts that come after publication; they belong to no approval.
    validity = models.CharField(_("有效性"), max_length=8, choices=Validity, blank=True)
    validity_from_on = models.DateField(_("有效性变动日期"), null=True, blank=True)
    validity_note = models.CharField(_("有效性依据"), max_length=NOTE_LENGTH, blank=True)
    publicity_until = models.DateField(_("公示期至"), null=True, blank=True)
    publicity_ended_at = models.DateTimeField(_("公示期满处理时间"), null=True, blank=True)

    written_on = models.DateField(_("成文日期"))
    published_on = models.DateField(_("发布日期"), null=True, blank=True)
    published_on_source = models.CharField(_("发布日期依据"), max_length=128, blank=True)
    entered_at = models.DateTimeField(_("录入时间"))
    released_at = models.DateTimeField(_("发布时间"), null=True, blank=True)

    drafter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("起草人")
    )
    index_number = models.CharField(_("索引号"), max_length=40, unique=True, null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("编号年份"), null=True, blank=True)
    serial = models.PositiveIntegerField(_("序号"), null=True, blank=True)
    published_digest = models.CharField(_("公开版本"), max_length=64, blank=True)
    entered_as_history = models.BooleanField(_("系统启用前公开"), default=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("复核人")
    )
    confirmed_at = models.DateTimeField(_("复核时间"), null=True, blank=True)
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("撤回原因"), max_length=16, blank=True, choices=WithdrawalReason)
    withdrawal_note = models.CharField(_("撤回说明"), max_length=WITHDRAWAL_NOTE_LENGTH, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("公开信息")
        verbose_name_plural = _("公开信息")
        ordering: ClassVar[list[str]] = ["-published_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "serial"], name="publishing_item_serial"),
            models.CheckConstraint(
                condition=~models.Q(state="published")
                | models.Q(published_on__isnull=False, serial__isnull=False, index_number__isnull=False),
                name="publishing_item_published_has_numbers",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="published") | ~models.Q(published_digest=""),
                name="publishing_item_published_has_copy",
            ),
            models.CheckConstraint(
                condition=models.Q(validity__in=["", *Validity.values]), name="publishing_item_validity"
            ),
            models.CheckConstraint(
                condition=models.Q(publicity_days__isnull=True, publicity_unit="", publicity_then="")
                | models.Q(publicity_days__gt=0, publicity_unit__in=DayUnit.values, publicity_then__in=TermEnd.values),
                name="publishing_item_publicity_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawal_reason__in=["", *WithdrawalReason.values]),
                name="publishing_item_withdrawal_reason",
            ),
            # Only history entered at the server's command line has no drafter.
            models.CheckConstraint(
                condition=models.Q(drafter__isnull=False) | models.Q(entered_as_history=True),
                name="publishing_item_has_drafter",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "published_on"], name="publishing_item_counted"),
            models.Index(fields=["agency", "state", "-published_on"], name="publishing_item_agency_day"),
            # The newest of all agencies: the home, without sorting everything that is public.
            models.Index(fields=["state", "-published_on", "-id"], name="publishing_item_newest"),
            # How many of an agency are public, counted in the index alone.
            models.Index(
                fields=["agency", "state", "attribute", "entered_as_history", "confirmed_at"],
                name="publishing_item_open",
            ),
            # What `gongkai tick` looks for.
            models.Index(
                fields=["publicity_until"],
                condition=models.Q(publicity_until__isnull=False, publicity_ended_at__isnull=True),
                name="publishing_item_term_runs",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def validity_on(self, day: dt.date) -> str:
        """The validity on a day, a code of `Validity` or empty: what was stated, or expiry by the document's own day."""
        if self.validity in (Validity.EXPIRED, Validity.REPEALED):
            if self.validity_from_on is None or self.validity_from_on <= day:
                return self.validity
            return Validity.IN_FORCE
        if self.valid_until is not None and self.valid_until < day:
            return Validity.EXPIRED
        if not self.validity and (self.valid_until or self.effective_on):
            return Validity.IN_FORCE if self.effective_on is None or self.effective_on <= day else ""
        return self.validity

    def get_absolute_url(self) -> str:
        """The public address; an item that was never published has none and gives an empty string."""
        return f"/info/{self.agency.code}/{self.year}-{self.serial}/" if self.serial else ""


class ChannelKind(models.TextChoices):
    """The channels of rows 1.2.1 to 1.2.5; the last three are counted as other."""

    GAZETTE = "gazette", _("政府公报")
    WEBSITE = "website", _("政府网站")
    WEIBO = "weibo", _("政务微博")
    WECHAT = "wechat", _("政务微信")
    MEDIA = "media", _("报刊、广播、电视")
    POSTING = "posting", _("现场张贴")
    OTHER = "other", _("其他方式")


class ItemChannel(models.Model):
    """One channel by which an item went out, with the day."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="channels", verbose_name=_("公开信息"))
    kind = models.CharField(_("渠道"), max_length=8, choices=ChannelKind)
    on = models.DateField(_("日期"))
    place = models.CharField(_("地点或名称"), max_length=128, blank=True)
    # Staff read the photo, the public does not: it may show passers-by or what is posted beside.
    photo = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("张贴照片")
    )
    photo_name = models.CharField(_("照片名称"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("公开渠道")
        verbose_name_plural = _("公开渠道")
        ordering: ClassVar[list[str]] = ["on", "id"]
        constraints = [models.UniqueConstraint(fields=["item", "kind", "place"], name="publishing_itemchannel_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"
