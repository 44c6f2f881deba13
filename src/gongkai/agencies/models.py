"""Agencies and the people who hold posts in them."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from tree_queries.models import TreeNode
from tree_queries.query import TreeQuerySet

from gongkai.agencies.validators import check_credit_code


class Role(models.TextChoices):
    """What a post is for. The codes are part of the command-line contract."""

    CONTRIBUTOR = "contributor", _("信息员")
    DEPARTMENT_HEAD = "department_head", _("股室负责人")
    OFFICE = "office", _("办公室")
    LEADER_IN_CHARGE = "leader_in_charge", _("分管负责人")
    HEAD = "head", _("主要负责人")
    RELEASER = "releaser", _("发布人")
    REQUEST_OFFICER = "request_officer", _("申请办理人")
    ENQUIRY_OFFICER = "enquiry_officer", _("来信来电办理人")
    AUDITOR = "auditor", _("审计员")
    SUPERVISOR = "supervisor", _("监督员")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("系统管理员")


class AgencyKind(models.TextChoices):
    """What an agency is in the structure of government."""

    GOVERNMENT = "government", _("人民政府")
    DEPARTMENT = "department", _("政府部门")
    AUTHORISED = "authorised", _("法律法规授权的组织")
    INSTITUTION = "institution", _("所属事业单位")


class AgencyQuerySet(TreeQuerySet["Agency"]):
    """Agencies, with the only door by which an account may see them."""

    def visible_to(self, account: object) -> Self:
        """Keep the agencies in which the account holds a post today, those below one it supervises, and those whose
        first administrator it is to appoint."""
        from gongkai.agencies.permissions import visible_agencies  # permissions stand above models

        return visible_agencies(self, account)


class Agency(TreeNode):
    """An administrative agency or an organisation authorised by law to manage public affairs.

    `code` stands in addresses and commands and is never changed. `parent` is the agency that directly manages it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(
        _("机构代码"),
        max_length=32,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9-]{2,32}\Z", _("机构代码为2至32位小写字母、数字或连字符。"))],
    )
    name = models.CharField(_("机构名称"), max_length=128)
    short_name = models.CharField(_("简称"), max_length=32)
    document_code = models.CharField(_("机关代字"), max_length=16, blank=True)
    credit_code = models.CharField(
        _("统一社会信用代码"), max_length=18, unique=True, null=True, blank=True, validators=[check_credit_code]
    )
    region_code = models.CharField(_("行政区划代码"), max_length=12, blank=True)
    kind = models.CharField(_("机构性质"), max_length=16, choices=AgencyKind, default=AgencyKind.DEPARTMENT)
    position = models.PositiveIntegerField(_("排序"), default=0)
    address = models.CharField(_("地址"), max_length=128, blank=True)
    office_hours = models.CharField(_("办公时间"), max_length=128, blank=True)
    telephone = models.CharField(_("电话"), max_length=32, blank=True)
    email = models.EmailField(_("电子邮箱"), blank=True)
    duties = models.TextField(_("职责"), blank=True)
    guide = models.TextField(_("公开指南"), blank=True)
    is_sample = models.BooleanField(_("示例"), default=False)
    from_on = models.DateField(_("设立日期"), null=True, blank=True)
    to_on = models.DateField(_("撤销日期"), null=True, blank=True)

    objects = AgencyQuerySet.as_manager(with_tree_fields=True)

    class Meta:
        verbose_name = _("机构")
        verbose_name_plural = _("机构")
        ordering: ClassVar[list[str]] = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class SettingQuerySet(models.QuerySet[Any]):
    """What an administrator sets up in an agency, through the door by which an account may see it."""

    def visible_to(self, account: object) -> Self:
        """Keep what belongs to agencies that the account administers."""
        from gongkai.agencies.permissions import settings_visible_to  # permissions stand above models

        return settings_visible_to(self, account)


class Department(models.Model):
    """A section (股室) that makes and supplies information."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="departments", verbose_name=_("机构"))
    name = models.CharField(_("股室名称"), max_length=64)
    position = models.PositiveIntegerField(_("排序"), default=0)

    objects = SettingQuerySet.as_manager()

    class Meta:
        verbose_name = _("股室")
        verbose_name_plural = _("股室")
        ordering: ClassVar[list[str]] = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="agencies_department_name")]

    def __str__(self) -> str:
        return self.name


class Officer(models.Model):
    """A person who works for an agency; signs in only with an account.

    One natural person with two accounts is two records: the later ones name the first in `same_person_as`. Whoever
    must be different persons is compared by `person`.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="officers", verbose_name=_("机构"))
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="officers", verbose_name=_("股室")
    )
    name = models.CharField(_("姓名"), max_length=64)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="officer", verbose_name=_("账号")
    )
    same_person_as = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="also", verbose_name=_("同一人")
    )

    objects = SettingQuerySet.as_manager()

    class Meta:
        verbose_name = _("人员")
        verbose_name_plural = _("人员")
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def person(self) -> int:
        """The natural person: equal for all records of one."""
        return self.same_person_as_id or self.pk


class Post(models.Model):
    """A function in an agency (岗位). `departments` are those it leads or belongs to; empty means all."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts", verbose_name=_("机构"))
    role = models.CharField(_("角色"), max_length=24, choices=Role)
    title = models.CharField(_("岗位名称"), max_length=64)
    departments = models.ManyToManyField(Department, blank=True, related_name="posts", verbose_name=_("股室"))

    objects = SettingQuerySet.as_manager()

    class Meta:
        verbose_name = _("岗位")
        verbose_name_plural = _("岗位")
        ordering: ClassVar[list[str]] = ["id"]
        constraints = [models.UniqueConstraint(fields=["agency", "title", "role"], name="agencies_post_title")]

    def __str__(self) -> str:
        return self.title


class PostHoldingQuerySet(models.QuerySet["PostHolding"]):
    """Who held which post when."""

    def visible_to(self, account: object) -> Self:
        """Keep the holdings in agencies that the account administers."""
        return self.filter(post__in=Post.objects.visible_to(account))

    def on(self, day: dt.date) -> Self:
        """Keep the holdings that are in force on a day (both ends included); a deputy's only while the one it stands
        for holds the post."""
        in_force = models.Q(from_on__lte=day) & (models.Q(to_on__isnull=True) | models.Q(to_on__gte=day))
        principal = PostHolding.objects.filter(
            in_force,
            post=models.OuterRef("post"),
            officer=models.OuterRef("deputises_for"),
            deputises_for__isnull=True,
        )
        return self.filter(in_force).filter(models.Q(deputises_for__isnull=True) | models.Exists(principal))


class PostHolding(models.Model):
    """An officer holds a post from a day to a day; as a deputy (外出授权) in the place of one who holds it."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings", verbose_name=_("岗位"))
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="holdings", verbose_name=_("人员"))
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    deputises_for = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="deputies", verbose_name=_("代何人")
    )

    objects = PostHoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        ordering: ClassVar[list[str]] = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_on__isnull=True) | models.Q(to_on__gte=models.F("from_on")),
                name="agencies_postholding_dates",
            ),
            models.CheckConstraint(
                condition=models.Q(deputises_for__isnull=True) | models.Q(to_on__isnull=False),
                name="agencies_postholding_deputy_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} · {self.post}"


class NumberCounter(models.Model):
    """The last number given out in a series of an agency and year; its row is the lock."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    series = models.CharField(max_length=32)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "series", "year"], name="agencies_numbercounter_series"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.series} {self.year}: {self.last}"
