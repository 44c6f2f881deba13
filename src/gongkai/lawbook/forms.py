"""The form of one setting."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.lawbook.settings import Setting
from gongkai.rules.years import FIRST_YEAR

# A field for each kind of value that some setting has.
FIELDS: dict[type, Callable[[], forms.Field]] = {
    bool: lambda: forms.TypedChoiceField(
        label=_("取值"),
        choices=[("yes", _("是")), ("no", _("否"))],
        coerce=lambda typed: typed == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择是或否。")},
    ),
}


class SettingForm(forms.Form):
    """From which year on a setting has which value."""

    from_year = forms.IntegerField(
        label=gettext_lazy("自哪一年度起"),
        help_text=gettext_lazy("从这一年度起一直有效，直到以后的年度另有设置。"),
    )

    def __init__(self, data: object = None, *, setting: Setting) -> None:
        this_year = timezone.localdate().year
        super().__init__(data, initial={"from_year": this_year})  # type: ignore[arg-type]  # a query dict or None
        year = forms.IntegerField(min_value=FIRST_YEAR, max_value=this_year + 1)
        self.fields["from_year"].validators += year.validators
        self.fields["value"] = FIELDS[setting.kind]()
