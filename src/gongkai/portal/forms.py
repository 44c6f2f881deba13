"""The search form of the public pages."""

from __future__ import annotations

from collections.abc import Sized
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

SHORTEST = 2  # characters; the index finds any substring from two on
LONGEST = 100


class SearchForm(forms.Form):
    """What to look for and where. Nothing is asked for but words: a wrong filter is ignored, not an error."""

    q = forms.CharField(label=_("查找"), max_length=LONGEST, required=False, strip=True)
    agency = forms.ChoiceField(label=_("发布机构"), required=False)
    column = forms.ChoiceField(label=_("栏目"), required=False)
    year = forms.TypedChoiceField(label=_("发布年份"), required=False, coerce=int, empty_value=None)

    def __init__(
        self,
        data: Any,
        *,
        agencies: list[tuple[str, str]],
        columns: list[tuple[str, str]],
        years: list[int],
    ) -> None:
        super().__init__(data)
        for name, choices, all_of_them in (
            ("agency", agencies, _("全部机构")),
            ("column", columns, _("全部栏目")),
            ("year", [(str(year), str(year)) for year in years], _("全部年份")),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
            field.choices = [("", all_of_them), *choices]
        # One choice beside "all" is none.
        named: dict[str, Sized] = {"agency": agencies, "column": columns, "year": years}
        self.narrowing = [name for name, choices in named.items() if len(choices) > 1]
