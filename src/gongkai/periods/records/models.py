"""What every record of a register has."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import records_visible_to

# The condition of constraints: a record that was withdrawn as a mistake no longer takes its number or name.
STANDING = models.Q(withdrawn_at__isnull=True)


class RecordQuerySet(models.QuerySet[Any]):
    """Records of an agency, through the door by which an account may see them."""

    def visible_to(self, account: object) -> Self:
        """Keep the records of agencies whose contents the account may read."""
        return records_visible_to(self, account)

    def standing(self) -> Self:
        """Keep the records that were not withdrawn; only these count in a figure."""
        return self.filter(STANDING)


class Record(models.Model):
    """One row of a register. It is never deleted: a mistaken one is withdrawn, keeps its page and no longer counts."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("机构"))
    entered_at = models.DateTimeField(_("录入时间"), editable=False)
    withdrawn_at = models.DateTimeField(_("撤销时间"), null=True, blank=True, editable=False)
    withdrawal_reason = models.CharField(_("撤销原因"), max_length=200, blank=True, editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
