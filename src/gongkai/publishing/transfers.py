"""Information handed over to libraries and archives, where the public reads it (rows 7 to 7.2)."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Role
from gongkai.periods.records.kinds import RecordKind
from gongkai.periods.records.models import Record
from gongkai.periods.records.windows import in_year


class PlaceKind(models.TextChoices):
    """What the place is."""

    LIBRARY = "library", _("图书馆")
    ARCHIVE = "archive", _("档案馆")
    OTHER = "other", _("其他查阅场所")


class Medium(models.TextChoices):
    """On paper or as files; what goes both ways is two records."""

    PAPER = "paper", _("纸质文件")
    ELECTRONIC = "electronic", _("电子文件")


class Transfer(Record):
    """Documents handed over to a place on a day; `documents` is their number (条)."""

    handed_over_on = models.DateField(_("移交日期"))
    place_kind = models.CharField(_("场所类别"), max_length=8, choices=PlaceKind)
    place = models.CharField(_("场所名称"), max_length=64)
    medium = models.CharField(_("载体"), max_length=12, choices=Medium)
    documents = models.PositiveIntegerField(_("条数"), validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = _("报送查阅场所")
        verbose_name_plural = _("报送查阅场所")
        ordering: ClassVar[list[str]] = ["-handed_over_on", "-id"]

    def __str__(self) -> str:
        return f"{self.handed_over_on} {self.place} {self.get_medium_display()}{self.documents}条"


TRANSFER = RecordKind(
    Transfer,
    slug="transfers",
    roles=(Role.OFFICE, Role.RELEASER),
    fields=("handed_over_on", "place_kind", "place", "medium", "documents"),
    columns=("handed_over_on", "place", "place_kind", "medium", "documents"),
    filters=("place_kind", "medium"),
    search=("place",),
    window=in_year("handed_over_on"),
    decides="handed_over_on",
    registers={"transfers": Q()},
)
