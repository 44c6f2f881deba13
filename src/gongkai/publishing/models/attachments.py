"""Files that belong to an item, in their order."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.files.models import StoredFile
from gongkai.files.names import NAME_LENGTH
from gongkai.files.types import FileType, extension_of, type_of
from gongkai.publishing.models.items import Item


class AttachmentManager(models.Manager["Attachment"]):
    """The attachments that an item has, each with its file, in one query."""

    def get_queryset(self) -> models.QuerySet[Attachment]:
        """Attachments with their files, without those that were taken away."""
        return super().get_queryset().select_related("stored").filter(taken_away_on__isnull=True)


class Attachment(models.Model):
    """A file of an item as it is now: what is read in review and frozen with the item.

    The public never gets this row: it is served what the published copy names. `position` counts from 1.

    One that was taken away when its publicity term was over keeps its row with the day and the reason, for the record
    (`kept`); it belongs to the content no more.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(Item, models.CASCADE, related_name="attachments", verbose_name=_("公开信息"))
    position = models.PositiveSmallIntegerField(_("顺序"))
    name = models.CharField(_("名称"), max_length=NAME_LENGTH)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("文件"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("上传人"))
    added_at = models.DateTimeField(_("上传时间"))

    taken_away_on = models.DateField(_("撤下日期"), null=True, blank=True)
    taken_away_why = models.CharField(_("撤下原因"), max_length=255, blank=True)

    objects = AttachmentManager()
    kept: ClassVar[models.Manager[Attachment]] = models.Manager()

    class Meta:
        verbose_name = _("附件")
        verbose_name_plural = _("附件")
        ordering: ClassVar[list[str]] = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["item", "name"], name="publishing_attachment_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def extension(self) -> str:
        """The extension of the name; it is that of what the file holds."""
        return extension_of(self.name)

    @property
    def type(self) -> FileType:
        """The type by the name's extension."""
        return type_of(self.extension)
