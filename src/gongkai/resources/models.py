"""What an agency has for its OGI work: offices, reading points with their visitors, staff."""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import records_visible_to


class ResourceQuerySet(models.QuerySet[models.Model]):
    """Records of an agency, through the door by which an account may see them."""

    def visible_to(self, account: object) -> Self:
        """Keep the records of agencies that the account may see."""
        return records_visible_to(self, account)


class Resource(models.Model):
    """Something in being from a day to a day."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("名称"), max_length=64)
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    entered_at = models.DateTimeField(_("录入时间"))

    objects = ResourceQuerySet.as_manager()

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
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="resources_ogioffice_name")]


class ReadingPoint(Resource):
    """A place where the public can read government information (row 8.2)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reading_points", verbose_name=_("机构"))
    address = models.CharField(_("地址"), max_length=128, blank=True)

    class Meta(Resource.Meta):
        verbose_name = _("查阅点")
        verbose_name_plural = _("查阅点")
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="resources_readingpoint_name")]


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
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="resources_staffmember_name")]


class Visit(models.Model):
    """Visitors received at a reading point on a day (row 8.3)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="visits", verbose_name=_("机构"))
    reading_point = models.ForeignKey(ReadingPoint, models.PROTECT, related_name="visits", verbose_name=_("查阅点"))
    on = models.DateField(_("日期"))
    visitors = models.PositiveIntegerField(_("人数"))
    entered_at = models.DateTimeField(_("录入时间"))

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("接待查阅")
        verbose_name_plural = _("接待查阅")
        ordering: ClassVar[list[str]] = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.on} {self.visitors}"
