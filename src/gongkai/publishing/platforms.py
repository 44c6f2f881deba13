"""Forms of publication on a platform outside, and of how an agency publishes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.publishing.acts import PracticeFields
from gongkai.publishing.acts.practice import LONGEST_PUBLICITY
from gongkai.publishing.models import (
    URL_LENGTH,
    AgencyPractice,
    DayUnit,
    Numbering,
    PublicationMode,
)
from gongkai.ui.forms import Form

PICTURES = ("png", "jpg", "jpeg")


class PictureField(forms.FileField):
    """A picture; what is in it is looked at by the door of `gongkai.files`."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.ClearableFileInput(attrs={"accept": ",".join(f".{name}" for name in PICTURES)})
        super().__init__(widget=widget, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The upload, if its name is that of a picture."""
        upload = super().clean(data, initial)
        if upload and upload.name.rpartition(".")[2].lower() not in PICTURES:
            raise forms.ValidationError(_("请选择 PNG 或 JPG 图片。"))
        return upload


class OutsideForm(Form):
    """Where and when the approved content went public on the platform; `digest` is that of the content."""

    url = forms.CharField(
        label=_("正式页面地址"),
        max_length=URL_LENGTH,
        help_text=_("在平台上打开发布好的页面，从浏览器地址栏完整复制，以 http:// 或 https:// 开头。"),
    )
    published_at = forms.DateTimeField(label=_("平台上的发布时间"), help_text=_("以页面上显示的为准。"))
    index_number = forms.CharField(label=_("平台给出的索引号"), max_length=40, required=False)
    screenshot = PictureField(
        label=_("页面截图"), required=False, help_text=_("PNG 或 JPG。留作公开过的凭证，只在系统内部显示。")
    )
    digest = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, practice: AgencyPractice, **kwargs: Any) -> None:
        """Ask for the platform's number where numbers come from there."""
        super().__init__(*args, **kwargs)
        if practice.numbering == Numbering.RECORDED:
            self.fields["index_number"].required = True
        else:
            del self.fields["index_number"]


class PracticeForm(Form):
    """How an agency publishes."""

    mode = forms.ChoiceField(
        label=_("发布方式"),
        choices=PublicationMode.choices,
        widget=forms.RadioSelect,
        help_text=_("静态目录暂时还不能选。"),
    )
    numbering = forms.ChoiceField(label=_("索引号"), choices=Numbering.choices, widget=forms.RadioSelect)
    subject_class = forms.CharField(
        label=_("起草时预填的主题分类"),
        max_length=64,
        required=False,
        help_text=_("写成「一级\\二级」，例如：综合政务\\政务公开。起草人可以改。"),
    )
    key_areas = forms.CharField(
        label=_("重点领域"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "起草时可选的重点领域，每行一个：代码，空格，名称。例如：affordable_housing 住房保障。「其他」总在最后，不用写。"
        ),
    )
    publicity_days = forms.IntegerField(
        label=_("通常的公示天数"),
        min_value=1,
        max_value=LONGEST_PUBLICITY,
        help_text=_("法律没有统一规定，按本地规定填写。起草时可以另填。"),
    )
    publicity_unit = forms.ChoiceField(label=_("公示期按"), choices=DayUnit.choices)

    def clean_key_areas(self) -> dict[str, str]:
        """Code and name of each line."""
        areas: dict[str, str] = {}
        for line in self.cleaned_data["key_areas"].splitlines():
            if not line.strip():
                continue
            code, _space, name = line.strip().partition(" ")
            if not name.strip():
                raise forms.ValidationError(
                    _("「%(line)s」缺少名称，请写成：代码，空格，名称。") % {"line": line.strip()}
                )
            if code in areas:
                raise forms.ValidationError(_("代码「%(code)s」写了两次。") % {"code": code})
            areas[code] = name.strip()
        return areas

    def practice_fields(self) -> PracticeFields:
        """What was typed, as the act takes it."""
        return PracticeFields(**self.cleaned_data)


class TemplateForm(Form):
    """The workbook in whose layout the platform imports."""

    file = forms.FileField(
        label=_("导入模板"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        help_text=_(
            "平台的批量导入表（XLSX）。在要填的单元格里写大括号和字段名，例如 {名称}、{文号}、{成文日期}、{发布机构}、{正文}。"
        ),
    )


def initial_of_practice(practice: AgencyPractice) -> dict[str, Any]:
    """What the form shows."""
    return {
        "mode": practice.mode,
        "numbering": practice.numbering,
        "subject_class": practice.subject_class,
        "key_areas": "\n".join(f"{code} {name}" for code, name in practice.key_areas.items()),
        "publicity_days": practice.publicity_days,
        "publicity_unit": practice.publicity_unit,
    }
