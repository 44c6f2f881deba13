"""The form of an item, in the order in which a person knows the answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency, Department
from gongkai.publishing.acts import ItemFields
from gongkai.publishing.models import (
    WITHDRAWAL_NOTE_LENGTH,
    Column,
    DisclosureAttribute,
    Genre,
    Item,
    KeyArea,
    WithdrawalReason,
)
from gongkai.publishing.text import from_plain, to_plain


class ItemForm(forms.Form):
    """Write or change an item of one agency.

    The text is typed plainly, one paragraph a line. `digest` is that of the content the officer opened, so that
    somebody else's change meanwhile is not overwritten.
    """

    title = forms.CharField(label=_("名称"), max_length=255)
    body_text = forms.CharField(
        label=_("正文"),
        help_text=_("每段一行，不必空格或空行。"),
        widget=forms.Textarea(attrs={"rows": 14}),
        required=False,
    )
    columns = forms.ModelMultipleChoiceField(
        label=_("栏目"),
        queryset=Column.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    department = forms.ModelChoiceField(label=_("起草股室"), queryset=Department.objects.none(), required=False)
    written_on = forms.DateField(label=_("成文日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    document_number = forms.CharField(
        label=_("文号"), max_length=64, required=False, help_text=_("没有文号的不填。例如：示房保〔2017〕12号")
    )
    genre = forms.ChoiceField(label=_("体裁分类"), choices=Genre.choices)
    subject_class = forms.CharField(label=_("主题分类"), max_length=64, required=False)
    key_area = forms.ChoiceField(label=_("重点领域"), choices=KeyArea.choices)
    attribute = forms.ChoiceField(label=_("公开属性"), choices=DisclosureAttribute.choices)
    is_normative = forms.BooleanField(label=_("行政规范性文件"), required=False)
    interprets = forms.ModelChoiceField(
        label=_("解读的文件"),
        queryset=Item.objects.none(),
        required=False,
        help_text=_("本件是政策解读时选择它解读的文件。"),
    )
    digest = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, agency: Agency, item: Item | None = None, **kwargs: Any) -> None:
        """Offer the columns, departments and policies of the agency."""
        super().__init__(*args, **kwargs)
        self._choices("columns").queryset = Column.objects.filter(agency=agency)
        self._choices("department").queryset = agency.departments.all()
        policies = Item.objects.public().filter(agency=agency, interprets=None)
        if item is not None:
            policies = policies.exclude(pk=item.pk)
        self._choices("interprets").queryset = policies

    def _choices(self, name: str) -> forms.ModelChoiceField[Any]:
        field = self.fields[name]
        if not isinstance(field, forms.ModelChoiceField):
            raise TypeError(name)
        return field

    def item_fields(self) -> ItemFields:
        """What was typed, as the act takes it."""
        data = self.cleaned_data
        return ItemFields(
            title=data["title"],
            body=from_plain(data["body_text"]),
            written_on=data["written_on"],
            document_number=data["document_number"],
            subject_class=data["subject_class"],
            genre=data["genre"],
            attribute=data["attribute"],
            key_area=data["key_area"],
            is_normative=data["is_normative"],
            interprets=data["interprets"],
            department=data["department"],
            columns=tuple(data["columns"]),
        )


def initial_of(item: Item, digest: str) -> dict[str, Any]:
    """What the form shows of an item."""
    return {
        "title": item.title,
        "body_text": to_plain(item.body),
        "columns": [column.pk for column in item.columns.all()],
        "department": item.department_id,
        "written_on": item.written_on,
        "document_number": item.document_number,
        "subject_class": item.subject_class,
        "genre": item.genre,
        "key_area": item.key_area,
        "attribute": item.attribute,
        "is_normative": item.is_normative,
        "interprets": item.interprets_id,
        "digest": digest,
    }


def initial_of_new(department: Department | None) -> dict[str, Any]:
    """What the form of a new item shows: today, the officer's own department, a housing agency's usual class."""
    return {
        "written_on": timezone.localdate(),
        "department": department.pk if department else None,
        "subject_class": "城乡建设、环境保护\\城乡建设（含住房）",
        "attribute": DisclosureAttribute.PROACTIVE,
        "genre": Genre.NOTICE,
        "key_area": KeyArea.NONE,
    }


class RecallForm(forms.Form):
    """Why the drafter takes an item out of its chain."""

    reason = forms.CharField(
        label=_("收回原因"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        help_text=_("各环节的办理人会看到。"),
    )


class WithdrawalForm(forms.Form):
    """Why a published item is taken back: what the public is told, and what only officers read."""

    reason = forms.ChoiceField(
        label=_("撤回原因"),
        choices=[("", _("请选择")), *WithdrawalReason.choices],
        help_text=_("公众会在原地址看到这一项。"),
    )
    note = forms.CharField(
        label=_("说明"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=WITHDRAWAL_NOTE_LENGTH,
        help_text=_("只在系统内部显示，不对外公开。原因选「其他」时必须写。"),
    )


class OpinionForm(forms.Form):
    """An opinion, or the reason of a return, on exactly the content with this digest."""

    digest = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("意见"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("同意可以不写，退回须写明原因。"),
    )
