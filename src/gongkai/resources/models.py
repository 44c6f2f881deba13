"""What an agency has for its OGI work: offices, reading points with visitors, staff, funds, meetings, training."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.periods.records.models import STANDING, Record


class Resource(Record):
    """Something in being from a day to a day, both included."""

    name = models.CharField(_("名称"), max_length=64)
    from_on = models.DateField(_("起始日期"))
    to_on = models.DateField(_("终止日期"), null=True, blank=True, help_text=_("仍在的不填。"))

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["from_on", "id"]

    def __str__(self) -> str:
        return self.name


class OgiOffice(Resource):
    """An office that does the agency's OGI work (row 8.1)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="ogi_offices", verbose_name=_("机构"))

    class Meta(Resource.Meta):
        verbose_name = _("专门机构")
        verbose_name_plural = _("专门机构")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name", "from_on"], condition=STANDING, name="resources_ogioffice_name"
            )
        ]


class ReadingPoint(Resource):
    """A place where the public can read government information (row 8.2)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reading_points", verbose_name=_("机构"))
    address = models.CharField(_("地址"), max_length=128, blank=True)

    class Meta(Resource.Meta):
        verbose_name = _("查阅点")
        verbose_name_plural = _("查阅点")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name", "from_on"], condition=STANDING, name="resources_readingpoint_name"
            )
        ]


class Employment(models.TextChoices):
    """Whether OGI work is somebody's whole post or beside another."""

    FULL_TIME = "full_time", _("专职")
    PART_TIME = "part_time", _("兼职")


class StaffMember(Resource):
    """A person who does OGI work (rows 8.4.1 and 8.4.2)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="staff_members", verbose_name=_("机构"))
    employment = models.CharField(_("性质"), max_length=12, choices=Employment)

    class Meta(Resource.Meta):
        verbose_name = _("工作人员")
        verbose_name_plural = _("工作人员")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name", "from_on"], condition=STANDING, name="resources_staffmember_name"
            )
        ]


class Visit(Record):
    """Visitors received at a reading point on a day (row 8.3)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="visits", verbose_name=_("机构"))
    reading_point = models.ForeignKey(ReadingPoint, models.PROTECT, related_name="visits", verbose_name=_("查阅点"))
    on = models.DateField(_("日期"))
    visitors = models.PositiveIntegerField(_("人数"), validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = _("接待查阅")
        verbose_name_plural = _("接待查阅")
        ordering: ClassVar[list[str]] = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.on} {self.visitors}人"


class Fund(Record):
    """Money spent on OGI work on a day, in yuan; gazette and website excluded (row 8.5, printed in 万元)."""

    on = models.DateField(_("日期"))
    amount = models.DecimalField(
        _("金额（元）"), max_digits=14, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    purpose = models.CharField(
        _("用途"), max_length=128, help_text=_("不包括政府公报编辑管理和政府网站建设维护的经费。")
    )

    class Meta:
        verbose_name = _("专项经费")
        verbose_name_plural = _("专项经费")
        ordering: ClassVar[list[str]] = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.on} {self.purpose}"


class Meeting(Record):
    """A meeting on OGI work (row 9.1)."""

    held_on = models.DateField(_("召开日期"))
    topic = models.CharField(_("主题"), max_length=128)

    class Meta:
        verbose_name = _("工作会议")
        verbose_name_plural = _("工作会议")
        ordering: ClassVar[list[str]] = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "held_on", "topic"], condition=STANDING, name="resources_meeting_day"
            )
        ]

    def __str__(self) -> str:
        return self.topic


class Training(Record):
    """A training session on OGI (rows 9.2 and 9.3)."""

    held_on = models.DateField(_("举办日期"))
    topic = models.CharField(_("主题"), max_length=128)
    participants = models.PositiveIntegerField(_("参加人次"), validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = _("培训")
        verbose_name_plural = _("培训")
        ordering: ClassVar[list[str]] = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "held_on", "topic"], condition=STANDING, name="resources_training_day"
            )
        ]

    def __str__(self) -> str:
        return self.topic
