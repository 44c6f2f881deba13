"""What the release gate keeps: results by hash, office word lists, overrides by two persons, finds in what is public.

Nothing here holds a found number: findings are kept masked.
"""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import CONTENT_ROLES, agency_ids_of
from gongkai.screening import KINDS, Kind


class Verdict(models.TextChoices):
    """What may happen with a part."""

    CLEAN = "clean", _("可以公开")
    WARN = "warn", _("请核对")
    BLOCK = "block", _("不能公开")
    UNREADABLE = "unreadable", _("没有读成")


class Screening(models.Model):
    """The result for exactly these bytes under these rules and words; made anew when either differs, never changed.

    `digest` is the SHA-256 of what was looked at, `extension` the way it was read, `fingerprint` names the rules and
    the agency's word list.
    """

    digest = models.CharField(max_length=64)
    extension = models.CharField(max_length=16)
    fingerprint = models.CharField(max_length=64)
    type = models.CharField(_("类型"), max_length=16)
    verdict = models.CharField(_("结论"), max_length=12, choices=Verdict)
    findings = models.JSONField(_("发现"), default=list)
    looked_at = models.DateTimeField(_("检查时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("检查结果")
        verbose_name_plural = _("检查结果")
        constraints = [
            models.UniqueConstraint(fields=["digest", "extension", "fingerprint"], name="review_screening_once"),
        ]

    def __str__(self) -> str:
        return f"{self.digest[:12]} {self.get_verdict_display()}"


class WordSeverity(models.TextChoices):
    """What a word of the list does."""

    BLOCK = "block", _("阻止公开")
    WARN = "warn", _("提醒核对")


class WordQuerySet(models.QuerySet["Word"]):
    """Words of the lists."""

    def visible_to(self, account: object) -> Self:
        """Keep the words of the agencies whose contents the account works on."""
        return self.filter(agency_id__in=agency_ids_of(account, CONTENT_ROLES))


class Word(models.Model):
    """A word that an office does not want to see published unlooked at. `form` is how it is compared."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="screening_words", verbose_name=_("机构"))
    text = models.CharField(_("词"), max_length=64)
    form = models.CharField(max_length=64, editable=False)
    severity = models.CharField(_("发现时"), max_length=8, choices=WordSeverity, default=WordSeverity.WARN)
    note = models.CharField(_("说明"), max_length=128, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("加入人")
    )
    added_at = models.DateTimeField(_("加入时间"))

    objects = WordQuerySet.as_manager()

    class Meta:
        verbose_name = _("词")
        verbose_name_plural = _("词表")
        ordering: ClassVar[list[str]] = ["form"]
        constraints = [models.UniqueConstraint(fields=["agency", "form"], name="review_word_once")]

    def __str__(self) -> str:
        return self.text


class Ground(models.TextChoices):
    """On what ground content with a blocking finding may go out all the same."""

    FALSE_ALARM = "false_alarm", _("误报：不是个人信息，也不是标志")
    OFFICIAL = "official", _("单位的公务电话或账号，不属于个人信息")
    LAWFUL = "lawful", _("法律、法规、规章规定应当公开")
    CONSENT = "consent", _("当事人单独同意公开")
    PUBLIC_INTEREST = "public_interest", _("不公开会对公共利益造成重大影响")
    READ_BY_HAND = "read_by_hand", _("无法自动检查，已由人逐页看过")


class OverrideState(models.TextChoices):
    """Where a request to let findings pass stands."""

    ASKED = "asked", _("等待另一人确认")
    CONFIRMED = "confirmed", _("已确认")
    DECLINED = "declined", _("未同意")


class Override(models.Model):
    """A request by one officer to let certain findings pass, and what a second one said.

    It counts for the object named by kind and key only, and in it for the very same bytes: each finding is held with
    the hash of the part it is in. `content_digest` is the content that was read when it was asked for.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="overrides", verbose_name=_("机构"))
    object_kind = models.CharField(max_length=64)
    object_key = models.CharField(max_length=64)
    content_digest = models.CharField(max_length=64)
    drafter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("起草人")
    )
    ground = models.CharField(_("依据"), max_length=16, choices=Ground)
    text = models.CharField(_("说明"), max_length=500)
    state = models.CharField(_("状态"), max_length=12, choices=OverrideState, default=OverrideState.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提出人"))
    asked_at = models.DateTimeField(_("提出时间"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("确认人")
    )
    decided_at = models.DateTimeField(_("确认时间"), null=True)

    class Meta:
        verbose_name = _("放行")
        verbose_name_plural = _("放行")
        ordering: ClassVar[list[str]] = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["object_kind", "object_key"], name="review_override_object")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("asked_by")),
                name="review_override_two_persons",
            ),
            models.CheckConstraint(
                condition=models.Q(state="asked", decided_by__isnull=True)
                | (~models.Q(state="asked") & models.Q(decided_by__isnull=False)),
                name="review_override_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ground_display()} {self.get_state_display()}"


class OverriddenFinding(models.Model):
    """One finding of an override, masked: the part's hash and the finding's key in it name it."""

    override = models.ForeignKey(Override, models.CASCADE, related_name="findings", verbose_name=_("放行"))
    part_label = models.CharField(_("部分"), max_length=255)
    part_digest = models.CharField(max_length=64)
    key = models.CharField(max_length=32)
    kind = models.CharField(_("种类"), max_length=32)
    place = models.CharField(_("位置"), max_length=500, blank=True)
    masked = models.CharField(_("遮盖后的内容"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("放行的发现")
        verbose_name_plural = _("放行的发现")
        ordering: ClassVar[list[str]] = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["override", "part_digest", "key"], name="review_overriddenfinding_once")
        ]

    def __str__(self) -> str:
        return f"{self.part_label} {self.place} {self.masked}"

    @property
    def label(self) -> str:
        """The kind in Chinese."""
        return KINDS[Kind(self.kind)].name


class PublishedFinding(models.Model):
    """Something public in which a later look found what should not be public; the office's matter until settled.

    Settled by withdrawal, by an override, or when another look finds it clean.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="published_findings", verbose_name=_("机构"))
    object_kind = models.CharField(max_length=64)
    object_key = models.CharField(max_length=64)
    title = models.CharField(_("名称"), max_length=255)
    content_digest = models.CharField(max_length=64)
    count = models.PositiveIntegerField(_("处数"))
    found_at = models.DateTimeField(_("发现时间"))
    settled_at = models.DateTimeField(_("了结时间"), null=True)
    settled_how = models.CharField(_("怎样了结"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("已公开内容中的发现")
        verbose_name_plural = _("已公开内容中的发现")
        ordering: ClassVar[list[str]] = ["found_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["object_kind", "object_key"],
                condition=models.Q(settled_at__isnull=True),
                name="review_publishedfinding_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.count}"
