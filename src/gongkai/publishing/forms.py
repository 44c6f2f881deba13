"""The form of an item, in the order in which a person knows the answers."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.templatetags.static import static
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
from gongkai.publishing.practice import key_areas_of, practice_of
from gongkai.publishing.text import EXTENSIONS, from_lines, from_plain, is_plain, to_lines, to_plain
from gongkai.ui.forms import RecordsField

PLAIN, STRUCTURED = "plain", "html"
LABELS = {
    "toolbar": _("排版"),
    "style": _("段落样式"),
    "paragraph": _("正文"),
    "heading2": _("一级标题"),
    "heading3": _("二级标题"),
    "heading4": _("三级标题"),
    "bold": _("加粗"),
    "italic": _("斜体"),
    "bullets": _("项目符号"),
    "numbers": _("编号"),
    "quote": _("引用"),
    "link": _("链接"),
    "unlink": _("去掉链接"),
    "address": _("链接的地址"),
    "addressHelp": _("以 https:// 或 / 开头。先选中文字，再加链接。"),
    "wrongAddress": _("地址要以 http://、https://、mailto: 或 / 开头。"),
    "set": _("确定"),
    "cancel": _("取消"),
    "table": _("插入表格"),
    "rowAfter": _("加一行"),
    "rowGone": _("删一行"),
    "columnAfter": _("加一列"),
    "columnGone": _("删一列"),
    "header": _("表头"),
    "merge": _("合并单元格"),
    "split": _("拆分单元格"),
    "tableGone": _("删除表格"),
    "undo": _("撤销"),
    "redo": _("重做"),
    "help": _("可以从 Word、WPS 粘贴，文字、标题、列表、表格和链接会保留，字体和颜色按网站统一。"),
}


class TextEditor(forms.Textarea):
    """A text field that the browser turns into the editor; where that cannot run it stays a text field."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add what the editor needs to know: where its library is, its schema and its words."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-editor": static("django_prose_editor/editor.js"),
            "data-editor-extensions": json.dumps(EXTENSIONS, separators=(",", ":")),
            "data-editor-labels": json.dumps({name: str(label) for name, label in LABELS.items()}, ensure_ascii=False),
        }
        return context


class PolicyField(forms.ModelChoiceField):
    """A choice of one public item: many are called alike, so the day and the document number stand beside it."""

    def label_from_instance(self, obj: Any) -> str:
        """Title, document number and day of publication."""
        told = "，".join(part for part in (obj.document_number, f"{obj.published_on:%Y-%m-%d}") if part)
        return f"{obj.title}（{told}）"


class ItemForm(forms.Form):
    """Write or change an item of one agency.

    The text is written in the editor. Where that does not run, a text of paragraphs alone is typed plainly, one
    paragraph a line; a text with headings, lists, tables or links is shown as the HTML it is, so that nothing of it is
    lost: `body_format` says which of the two `body_text` holds. `digest` is that of the content the officer opened, so
    that somebody else's change meanwhile is not overwritten.
    """

    title = forms.CharField(label=_("名称"), max_length=255)
    body_text = forms.CharField(
        label=_("正文"),
        help_text=_("每段一行，不必空格或空行。"),
        widget=TextEditor(attrs={"rows": 14}),
        required=False,
    )
    body_format = forms.ChoiceField(
        choices=[(PLAIN, PLAIN), (STRUCTURED, STRUCTURED)], widget=forms.HiddenInput, required=False
    )
    columns = RecordsField(
        label=_("栏目"),
        queryset=Column.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    department = forms.ModelChoiceField(
        label=_("起草股室"), queryset=Department.objects.none(), required=False, empty_label=_("不属于股室")
    )
    written_on = forms.DateField(label=_("成文日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    document_number = forms.CharField(
        label=_("文号"), max_length=64, required=False, help_text=_("没有文号的不填。例如：示房保〔2017〕12号")
    )
    genre = forms.ChoiceField(label=_("体裁分类"), choices=Genre.choices)
    subject_class = forms.CharField(label=_("主题分类"), max_length=64, required=False)
    key_area = forms.ChoiceField(label=_("重点领域"), choices=KeyArea.choices)
    attribute = forms.ChoiceField(label=_("公开属性"), choices=DisclosureAttribute.choices)
    is_normative = forms.BooleanField(label=_("行政规范性文件"), required=False)
    interprets = PolicyField(
        label=_("解读的文件"),
        queryset=Item.objects.none(),
        required=False,
        empty_label=_("不是政策解读"),
        help_text=_("本件是政策解读时选择它解读的文件。"),
    )
    digest = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, agency: Agency, item: Item | None = None, **kwargs: Any) -> None:
        """Offer the columns, departments and policies of the agency."""
        super().__init__(*args, **kwargs)
        self.stored_body = item.body if item is not None else ""
        if self["body_format"].value() == STRUCTURED:
            self.fields["body_text"].help_text = _(
                "正文含有标题、列表、表格或链接，按网页代码显示。请保留尖括号里的内容，只改文字。"
            )
        self._choices("columns").queryset = columns_to_offer(agency, item)
        areas = self.fields["key_area"]
        if isinstance(areas, forms.ChoiceField):
            areas.choices = key_areas_of(agency, item)
        self._choices("department").queryset = agency.departments.all()
        policies = Item.objects.public().filter(agency=agency, interprets=None).order_by("-published_on", "-pk")
        if item is not None:
            policies = policies.exclude(pk=item.pk)
        self._choices("interprets").queryset = policies

    def _choices(self, name: str) -> forms.ModelChoiceField[Any]:
        field = self.fields[name]
        if not isinstance(field, forms.ModelChoiceField):
            raise TypeError(name)
        return field

    def _body(self) -> str:
        """The text as HTML; what nobody touched stays to the letter, so that opinions on it go on counting."""
        typed = self.cleaned_data["body_text"].replace("\r\n", "\n")
        structured = self.cleaned_data["body_format"] == STRUCTURED
        if self.stored_body and typed == (to_lines if structured else to_plain)(self.stored_body):
            return self.stored_body
        return from_lines(typed) if structured else from_plain(typed)

    def item_fields(self) -> ItemFields:
        """What was typed, as the act takes it."""
        data = self.cleaned_data
        return ItemFields(
            title=data["title"],
            body=self._body(),
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


def columns_to_offer(agency: Agency, item: Item | None) -> Any:
    """The columns of an agency that are in use; of an item also those it has."""
    listed = list(Column.objects.filter(agency=agency))
    hidden: set[int] = set()
    for column in listed:  # parents come before what is below them
        if column.is_hidden or column.parent_id in hidden:
            hidden.add(column.pk)
    own = {column.pk for column in item.columns.all()} if item is not None else set()
    return Column.objects.filter(agency=agency).exclude(pk__in=hidden - own)


def initial_of(item: Item, digest: str) -> dict[str, Any]:
    """What the form shows of an item."""
    plain = is_plain(item.body)
    return {
        "title": item.title,
        "body_text": to_plain(item.body) if plain else to_lines(item.body),
        "body_format": PLAIN if plain else STRUCTURED,
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


def initial_of_new(agency: Agency, department: Department | None) -> dict[str, Any]:
    """What the form of a new item shows: today, the officer's own department, the agency's usual class."""
    return {
        "written_on": timezone.localdate(),
        "department": department.pk if department else None,
        "subject_class": practice_of(agency).subject_class,
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
