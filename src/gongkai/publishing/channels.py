"""Forms by which it is recorded how items went out."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.publishing.models import ChannelKind
from gongkai.publishing.permissions import PLACE_LENGTH
from gongkai.publishing.platforms import PictureField
from gongkai.ui.forms import Form


class ChannelForm(Form):
    """By which channel, on which day, where."""

    kind = forms.ChoiceField(label=_("渠道"), choices=[("", _("请选择")), *ChannelKind.choices])
    on = forms.DateField(label=_("公开日期"), help_text=_("在这个渠道上公开的第一天。"))
    place = forms.CharField(
        label=_("地点或名称"),
        required=False,
        max_length=PLACE_LENGTH,
        help_text=_("现场张贴写地点，报刊、广播、电视和其他方式写名称；其余可以不填。"),
    )


class OneChannelForm(ChannelForm):
    """A channel of one item, with a photo where it was posted."""

    photo = PictureField(
        label=_("张贴照片"), required=False, help_text=_("现场张贴的可以上传 PNG 或 JPG 照片，只在系统内部显示。")
    )


class RemovalForm(Form):
    """Why a channel is taken out of the record."""

    reason = forms.CharField(label=_("删除原因"), max_length=255, help_text=_("留在办理记录里，不对外公开。"))
