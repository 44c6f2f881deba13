"""Forms of the staff pages of reports."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.ui.forms import Form


class DateForm(Form):
    """The day under the signature."""

    dated_on = forms.DateField(
        label=_("落款日期"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("印在报告末尾。年度报告应当在规定的期限前公布。"),
    )


class RecallForm(Form):
    """The reason for which a drafter takes a report out of its chain."""

    reason = forms.CharField(label=_("收回原因"), max_length=200)
