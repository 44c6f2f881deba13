"""What is known of a stored file. Its bytes lie in the storage under their SHA-256."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """A file addressed by its hash. Database triggers refuse to change, replace or delete the row.

    `extension` is that of the first name the bytes came under, in lower case without dot; names belong to those who
    use the file.
    """

    digest = models.CharField(_("SHA-256"), max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField(_("字节数"))
    media_type = models.CharField(_("媒体类型"), max_length=100)
    extension = models.CharField(_("扩展名"), max_length=8)
    stored_at = models.DateTimeField(_("保存时间"))

    class Meta:
        verbose_name = _("文件")
        verbose_name_plural = _("文件")
        ordering: ClassVar[list[str]] = ["stored_at", "digest"]

    def __str__(self) -> str:
        return f"{self.digest[:12]}.{self.extension}"


class FileText(models.Model):
    """What can be read in a stored file, taken at the door for search and preview; its beginning where it is long."""

    stored = models.OneToOneField(StoredFile, models.PROTECT, primary_key=True, related_name="text")
    text = models.TextField(_("文字"))

    class Meta:
        verbose_name = _("文件文字")
        verbose_name_plural = _("文件文字")

    def __str__(self) -> str:
        return f"{self.stored_id[:12]} {len(self.text)}"
