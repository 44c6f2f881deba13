"""Where officers are now, so that two people on one item see each other."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Presence(models.Model):
    """The object that an officer had open last. One row an account, overwritten: it is a courtesy, not a record."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+", verbose_name=_("账号")
    )
    object_kind = models.CharField(max_length=64)
    object_key = models.CharField(max_length=64)
    is_editing = models.BooleanField(_("正在修改"), default=False)
    seen_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("在场")
        verbose_name_plural = _("在场")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["object_kind", "object_key"], name="review_presence_object")
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.object_kind} {self.object_key}"
