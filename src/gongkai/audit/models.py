"""Events: one chain per item or case. Agency and object are plain keys, so that audit knows no other model."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Installation(models.Model):
    """The home this database belongs to; a database is refused by any other home."""

    home_id = models.UUIDField(unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.home_id)


class ChainHead(models.Model):
    """The last link of an object's chain; its row is the lock under which the next event is appended.

    Database triggers refuse to delete it or to move it back.
    """

    object_kind = models.CharField(max_length=64)
    object_key = models.CharField(max_length=64)
    length = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["object_kind", "object_key"], name="audit_chainhead_object"),
        ]

    def __str__(self) -> str:
        return f"{self.object_kind} {self.object_key} {self.length}"


class Event(models.Model):
    """One thing that was done. Database triggers refuse to change, replace or delete it.

    `digest` is the SM3 of the previous digest and this event's fields (see `gongkai.audit.chain`).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency_code = models.CharField(_("机构"), max_length=32, blank=True)
    object_kind = models.CharField(max_length=64)
    object_key = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField()
    kind = models.CharField(_("事件"), max_length=64)
    data = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("操作人")
    )
    at = models.DateTimeField(_("时间"))
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["object_kind", "object_key", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["object_kind", "object_key", "sequence"], name="audit_event_sequence"),
        ]
        indexes = [
            models.Index(fields=["agency_code", "-at"], name="audit_event_agency_at"),
            models.Index(fields=["kind", "-at"], name="audit_event_kind_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_kind} {self.object_key} #{self.sequence}"
