"""Forms of approval sheets: what goes on one, and what was signed on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Officer
from gongkai.review.models import Approval, Decision, SecrecyResult, SheetEntry
from gongkai.review.permissions import Step, current_step
from gongkai.ui.forms import Form, RecordsField


class ApprovalsField(RecordsField):
    """A choice of approvals, by title, drafter and step."""

    def label_from_instance(self, obj: Any) -> str:
        """The title with who drafted it and where it stands."""
        return f"{obj.title}（{obj.drafter.name}起草，轮到{current_step(obj).label}）"


class EntriesField(RecordsField):
    """A choice of what stands on a sheet."""

    def label_from_instance(self, obj: Any) -> str:
        """The number on the sheet with the title."""
        return f"第{obj.place}件　{obj.approval.title}"


class OfficerField(forms.ModelChoiceField):
    """A choice of those who hold the post of a step."""

    posts: dict[int, str]

    def label_from_instance(self, obj: Any) -> str:
        """The name with the post."""
        return f"{obj.name}（{self.posts.get(obj.pk, '')}）"


class SheetForm(Form):
    """Choose what goes on a sheet."""

    approvals = ApprovalsField(
        label=_("送纸质签批的内容"),
        queryset=Approval.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("几件短的内容可以合在一张单上，但要在同一环节。"),
        error_messages={"required": _("请至少勾选一件。")},
    )

    def __init__(self, *args: Any, approvals: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["approvals"].queryset = approvals  # type: ignore[attr-defined]  # a choice of records


class PaperForm(Form):
    """Enter what one person signed on a sheet."""

    entries = EntriesField(
        label=_("签的是哪几件"),
        queryset=SheetEntry.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请勾选签批的是哪一件。")},
    )
    officer = OfficerField(label=_("签批人"), queryset=Officer.objects.none(), empty_label=_("请选择"))
    signed_on = forms.DateField(label=_("签署日期"), help_text=_("照纸上写的日期填。"))
    decision = forms.ChoiceField(
        label=_("意见"),
        choices=[(Decision.AGREE.value, _("同意")), (Decision.RETURN.value, _("退回起草人"))],
        widget=forms.RadioSelect,
        initial=Decision.AGREE.value,
    )
    secrecy = forms.ChoiceField(
        label=_("保密审查结论"),
        choices=SecrecyResult.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("照纸上勾选的填。"),
    )
    text = forms.CharField(
        label=_("纸上写的意见"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        help_text=_("照抄纸上的批示；只签名的不填。退回须写明原因。"),
    )
    scan = forms.FileField(
        label=_("扫描件"),
        help_text=_("这一次签批之后扫描的整张审批单，PDF或者清楚的照片。一份扫描件只用于一个人的一次签批。"),
    )

    def __init__(
        self, *args: Any, entries: Any, officers: dict[int, str], step: Step, has_scan: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entries"].queryset = entries  # type: ignore[attr-defined]  # a choice of records
        chosen = self.fields["officer"]
        chosen.posts = officers  # type: ignore[attr-defined]
        chosen.queryset = Officer.objects.filter(pk__in=officers).order_by("name", "pk")  # type: ignore[attr-defined]
        if not step.checks_secrecy:
            del self.fields["secrecy"]
        if has_scan:
            self.fields["scan"].required = False
            self.fields["scan"].help_text = _(
                "同一个人在这一环节签的其他件，不用再传；换了人签的，要在签字之后重新扫描。"
            )
