"""Forms of the word list."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.review.models import WordSeverity
from gongkai.ui.forms import Form


class WordForm(Form):
    """A word for the list."""

    text = forms.CharField(
        label=_("词"),
        max_length=64,
        help_text=_("两个字以上；全角半角、大小写不区分。不要写个人的号码，号码不用列也会检查。"),
    )
    severity = forms.ChoiceField(
        label=_("发现时"), choices=WordSeverity.choices, initial=WordSeverity.WARN, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("说明"), max_length=128, required=False, help_text=_("为什么列入，给以后维护的人看。")
    )
