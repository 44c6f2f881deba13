"""Forms of columns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.publishing.models import Column, ColumnKind
from gongkai.publishing.tables import ColumnChoice
from gongkai.ui.forms import Form


class ColumnForm(Form):
    """What may be changed of a column: all but its code."""

    name = forms.CharField(label=_("栏目名称"), max_length=64)
    parent = ColumnChoice(
        label=_("上级栏目"), queryset=Column.objects.none(), required=False, empty_label=_("没有，放在最上一级")
    )
    kind = forms.ChoiceField(label=_("栏目性质"), choices=ColumnKind.choices, initial=ColumnKind.BOARD)
    is_hidden = forms.BooleanField(
        label=_("停用"),
        required=False,
        help_text=_("停用后，它和下级栏目不再供起草时选择，公众目录里也不显示；里面的信息仍然公开，地址不变。"),
    )

    def __init__(self, *args: Any, agency: Agency, column: Column | None = None, **kwargs: Any) -> None:
        """Offer the agency's columns as parents, without the column itself and what is below it."""
        super().__init__(*args, **kwargs)
        parents = Column.objects.filter(agency=agency)
        if column is not None:
            parents = parents.exclude(pk__in=[column.pk, *column.descendants().values_list("pk", flat=True)])
        field = self.fields["parent"]
        if not isinstance(field, forms.ModelChoiceField):
            raise TypeError("parent")
        field.queryset = parents


class NewColumnForm(ColumnForm):
    """A column with its code, which is given once."""

    code = forms.SlugField(
        label=_("栏目代码"),
        max_length=32,
        help_text=_("出现在网址里，建立后不能再改。用小写字母、数字和连字符，例如 zfbz。"),
    )
    is_hidden = None  # type: ignore[assignment]  # Django's way to leave a field out: a new column is in use
    field_order = ("name", "code", "parent", "kind")


def initial_of_column(column: Column) -> dict[str, Any]:
    """What the form shows of a column."""
    return {
        "name": column.name,
        "parent": column.parent_id,
        "kind": column.kind,
        "is_hidden": column.is_hidden,
    }
