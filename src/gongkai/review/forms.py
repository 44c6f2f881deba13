"""The form of an opinion, for the pages of every kind of content."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.review.models import SecrecyResult
from gongkai.review.permissions import Step
from gongkai.ui.forms import Form


class OpinionForm(Form):
    """An opinion, or the reason of a return, on exactly the content with this digest.

    Where the step checks secrecy the result is part of the opinion; `for_step` takes the question away elsewhere.
    """

    digest = forms.CharField(widget=forms.HiddenInput)
    secrecy = forms.ChoiceField(
        label=_("保密审查结论"),
        choices=SecrecyResult.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("本环节作保密审查，同意时必须选择。结论不是第一项的，请退回起草人。"),
    )
    text = forms.CharField(
        label=_("意见"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("同意可以不写，退回须写明原因。"),
    )

    def for_step(self, step: Step | None) -> OpinionForm:
        """The form with what the step asks for."""
        if step is None or not step.checks_secrecy:
            self.fields.pop("secrecy", None)
        return self
