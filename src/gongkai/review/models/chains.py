"""Approval chains, frozen copies and opinions. What is approved is known only by kind, key and content hash."""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency, Department, Officer
from gongkai.agencies.permissions import CONTENT_ROLES, agency_ids_of


class StepKind(models.TextChoices):
    """What a step does. Drafter, reviewers and signer are always different persons."""

    REVIEW = "review", _("审核")
    SIGN = "sign", _("签发")
    RELEASE = "release", _("发布")


class Chain(models.Model):
    """The steps that an agency asks of a kind of content. Approvals keep a copy of the steps they began with."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="chains", verbose_name=_("机构"))
    object_kind = models.CharField(_("适用内容"), max_length=64)
    name = models.CharField(_("名称"), max_length=64)

    class Meta:
        verbose_name = _("审核流程")
        verbose_name_plural = _("审核流程")
        constraints = [models.UniqueConstraint(fields=["agency", "object_kind"], name="review_chain_kind")]

    def __str__(self) -> str:
        return self.name


class ChainStep(models.Model):
    """One step: its kind, its label and the roles that may take it."""

    chain = models.ForeignKey(Chain, models.CASCADE, related_name="steps", verbose_name=_("审核流程"))
    position = models.PositiveSmallIntegerField(_("次序"))
    kind = models.CharField(_("环节性质"), max_length=8, choices=StepKind)
    label = models.CharField(_("环节名称"), max_length=32)
    roles = models.JSONField(_("角色"), default=list)
    checks_secrecy = models.BooleanField(_("作保密审查"), default=False)
    rounds = models.JSONField(_("三审三校"), default=list)

    class Meta:
        verbose_name = _("审核环节")
        verbose_name_plural = _("审核环节")
        ordering: ClassVar[list[str]] = ["chain", "position"]
        constraints = [models.UniqueConstraint(fields=["chain", "position"], name="review_chainstep_position")]

    def __str__(self) -> str:
        return self.label


class FrozenCopy(models.Model):
    """Content exactly as it was read: canonical JSON, addressed by its SHA-256; triggers keep it unchanged."""

    digest = models.CharField(max_length=64, primary_key=True)
    canonical = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.digest


class ApprovalState(models.TextChoices):
    """Where an approval stands."""

    IN_REVIEW = "in_review", _("审核中")
    RETURNED = "returned", _("已退回")
    RECALLED = "recalled", _("已收回")
    RELEASED = "released", _("已发布")


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """Runs of chains."""

    def visible_to(self, account: object) -> Self:
        """Keep the runs in the agencies whose contents the account works on."""
        return self.filter(agency_id__in=agency_ids_of(account, CONTENT_ROLES))


class Approval(models.Model):
    """One run of a chain over one object, from submission to release, return or recall."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="approvals", verbose_name=_("机构"))
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="approvals", verbose_name=_("起草股室")
    )
    object_kind = models.CharField(max_length=64)
    object_key = models.CharField(max_length=64)
    title = models.CharField(_("标题"), max_length=255)
    drafter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("起草人"))
    steps = models.JSONField(_("环节"))
    position = models.PositiveSmallIntegerField(_("当前环节"), default=1)
    state = models.CharField(_("状态"), max_length=12, choices=ApprovalState, default=ApprovalState.IN_REVIEW)
    content = models.ForeignKey(FrozenCopy, models.PROTECT, related_name="+", verbose_name=_("内容"))
    submitted_at = models.DateTimeField(_("送审时间"))

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("审批")
        verbose_name_plural = _("审批")
        ordering: ClassVar[list[str]] = ["-submitted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["object_kind", "object_key"],
                condition=models.Q(state="in_review"),
                name="review_approval_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Decision(models.TextChoices):
    """What an opinion says."""

    SUBMIT = "submit", _("送审")
    AGREE = "agree", _("同意")
    RETURN = "return", _("退回")
    RELEASE = "release", _("发布")


class SecrecyResult(models.TextChoices):
    """What a secrecy check found. Only the first lets content go on."""

    CLEAR = "clear", _("不涉密，可以公开")
    AFTER_REMOVAL = "after_removal", _("删除或遮盖有关内容后可以公开")
    DOUBTFUL = "doubtful", _("不能确定，须报主管部门或者保密行政管理部门确定")
    SECRET = "secret", _("涉及国家秘密、工作秘密，不公开")


class Opinion(models.Model):
    """What one person said of exactly one content, with the name and post at that time; triggers keep it so.

    `officer` is the person, `by` the account with which it was said; without one on paper, when a leader signs
    without ever signing in. `on_behalf_of` names whom a deputy stood for. On paper (纸质签批) an officer who did not
    draft entered it from a signed `sheet` with its `scan`; `at` is then when it was entered, `signed_on` the day on
    the paper.
    """

    approval = models.ForeignKey(Approval, models.PROTECT, related_name="opinions", verbose_name=_("审批"))
    position = models.PositiveSmallIntegerField(_("环节"))
    step_label = models.CharField(_("环节名称"), max_length=32)
    content = models.ForeignKey(FrozenCopy, models.PROTECT, related_name="+", verbose_name=_("内容"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("账号")
    )
    officer = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("人员")
    )
    name = models.CharField(_("姓名"), max_length=64)
    post_title = models.CharField(_("岗位"), max_length=64)
    on_behalf_of = models.CharField(_("代何人"), max_length=64, blank=True, default="")
    decision = models.CharField(_("意见"), max_length=8, choices=Decision)
    secrecy = models.CharField(_("保密审查结论"), max_length=16, choices=SecrecyResult, blank=True, default="")
    text = models.TextField(_("说明"), blank=True)
    at = models.DateTimeField(_("时间"))
    on_paper = models.BooleanField(_("纸质签批"), default=False)
    signed_on = models.DateField(_("签署日期"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("录入人")
    )
    sheet = models.ForeignKey(
        "review.ApprovalSheet",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="opinions",
        verbose_name=_("审批单"),
    )
    scan = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("扫描件")
    )
    scan_name = models.CharField(_("扫描件文件名"), max_length=255, blank=True, default="")

    class Meta:
        verbose_name = _("意见")
        verbose_name_plural = _("意见")
        ordering: ClassVar[list[str]] = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    on_paper=True,
                    signed_on__isnull=False,
                    entered_by__isnull=False,
                    sheet__isnull=False,
                    scan__isnull=False,
                    officer__isnull=False,
                )
                | models.Q(on_paper=False, by__isnull=False),
                name="review_opinion_paper_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step_label} {self.name} {self.get_decision_display()}"
