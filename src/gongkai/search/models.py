"""What can be found. The words of the texts are kept beside, in tables of the database's own kind (`gongkai.search.engines`)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """Who a text may be shown to; a text that both may find is two documents."""

    PUBLIC = "public", _("公众")
    STAFF = "staff", _("工作人员")


class Document(models.Model):
    """One thing that can be found, by its kind and key. Written by `gongkai.search.index` alone.

    `folded` is the folded title, a space and the folded text: the very text that was indexed, which is needed to take
    its words out of the index again. The two long columns stand last, where the others are read without them.
    """

    scope = models.CharField(max_length=8, choices=Scope)
    kind = models.CharField(max_length=32)
    key = models.CharField(max_length=64)
    agency_code = models.CharField(_("机构"), max_length=32, blank=True)
    on = models.DateField(_("日期"), null=True)
    day = models.PositiveIntegerField(
        help_text="`on` as a number (date.toordinal), 0 for none: order and year go by it."
    )
    url = models.CharField(max_length=500)
    title = models.TextField(_("名称"))
    text = models.TextField(_("正文"), blank=True)
    folded = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "kind", "key"], name="search_document_key"),
            models.CheckConstraint(condition=models.Q(scope__in=["public", "staff"]), name="search_document_scope"),
        ]
        indexes = [
            models.Index(
                models.F("scope"),
                models.F("day").desc(),
                models.F("id").desc(),
                name="search_document_newest",
            ),
            models.Index(
                models.F("scope"),
                models.F("agency_code"),
                models.F("day").desc(),
                models.F("id").desc(),
                name="search_document_agency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.kind} {self.key}"


class DocumentColumn(models.Model):
    """A column, by its code, in which a document stands."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="columns")
    column = models.CharField(_("栏目"), max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["column", "document"], name="search_documentcolumn_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.column}"
