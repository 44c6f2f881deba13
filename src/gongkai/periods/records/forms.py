"""The one form of a record: as its register declares it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import fields_for_model, model_to_dict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.periods.records.kinds import RecordKind, kind_of
from gongkai.periods.records.models import Record
from gongkai.ui.forms import Form, adopt_widgets

CHOICES_SHOWN = 200


class RecordForm(Form):
    """Enter or correct a record of an agency: the fields of its register but the record it hangs on.

    That one its page decides. Whether the record may stand is asked of the act alone, so that it says why once.
    """

    def __init__(self, *args: Any, kind: RecordKind, agency: Agency, record: Record | None = None) -> None:
        names = [name for name in kind.fields if name != kind.parent]
        shown = record or kind.model()
        initial = {**model_to_dict(shown, names), **{link: getattr(shown, link, None) for link in kind.links()}}
        super().__init__(*args, initial=initial)
        self.fields.update(fields_for_model(kind.model, names))
        adopt_widgets(self.fields)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                offer_records(field, agency)
            elif isinstance(field, forms.ChoiceField):
                field.choices = [("", _("请选择") if field.required else _("未选")), *_offered(field)]


def _offered(field: forms.ChoiceField) -> list[Any]:
    """The choices without Django's row of dashes."""
    choices: Any = field.choices
    return [choice for choice in choices if choice[0] != ""]


class ChangeForm(Form):
    """The reason for a change; the act asks for it where something that was there is changed."""

    reason = forms.CharField(
        label=_("更正原因"),
        max_length=200,
        required=False,
        help_text=_("只补填空白项的不用写；改动已填内容的必须写明，会留在办理记录里。"),
    )


class ReasonForm(Form):
    """The reason for a withdrawal."""

    reason = forms.CharField(label=_("原因"), max_length=200, help_text=_("会留在办理记录里。例如：与另一条重复登记。"))


def offer_records(field: forms.ModelChoiceField[Any], agency: Agency) -> None:
    """Offer the standing records of the agency: to choose from while they are few, by their number when many."""
    model = field.queryset.model if isinstance(field.queryset, QuerySet) else None
    if model is None or not issubclass(model, Record):
        raise TypeError("a record names records only")
    field.queryset = model.objects.filter(agency=agency).standing()
    field.empty_label = gettext("未选")
    if field.queryset.count() <= CHOICES_SHOWN:
        return
    name = kind_of(model).key[-1]
    field.to_field_name = name
    field.widget = forms.TextInput(attrs={"maxlength": kind_of(model).field(name).max_length})
    title = kind_of(model).title_of(name)
    field.help_text = gettext("填写%(title)s。") % {"title": title}
    field.error_messages["invalid_choice"] = gettext("没有这个%(title)s的记录，请核对后再填。") % {"title": title}
