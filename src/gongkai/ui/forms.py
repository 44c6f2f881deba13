"""The one form: renderer, the widgets and sentences whose Django defaults are not ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import (
    EmailValidator,
    MaxLengthValidator,
    MaxValueValidator,
    MinLengthValidator,
    MinValueValidator,
)
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext as _


def status_of(refusals: Sequence[object], *typed: forms.BaseForm | None) -> int:
    """The status of a page with forms: 409 where the act was refused, 422 where something typed is wrong, else 200."""
    if refusals:
        return 409
    return 422 if any(form is not None and form.errors for form in typed) else 200


class Renderer(DjangoTemplates):
    """Our form and field templates over Django's widget templates, named in `FORM_RENDERER`.

    Django's own engine for forms is kept, because it finds the widget templates without `django.forms` being an
    installed application; its templates load the library `ui` themselves where they need it.
    """

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"


class DateInput(forms.DateInput):
    """A day, by the calendar of the browser; the value travels as 2017-05-19."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """An instant in Shanghai time, to the minute."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


REPLACED: dict[type[forms.Widget], type[forms.Widget]] = {
    forms.DateInput: DateInput,
    forms.DateTimeInput: DateTimeInput,
}


def adopt_widgets(fields: Mapping[str, forms.Field]) -> None:
    """Give days and instants our inputs. A widget that was chosen on purpose (any class but Django's default) stays."""
    for field in fields.values():
        chosen = REPLACED.get(type(field.widget))
        if chosen is not None:
            replacement = chosen()
            replacement.is_required = field.widget.is_required
            replacement.attrs = {**field.widget.attrs, **replacement.attrs}
            field.widget = replacement


class OurWidgets:
    """Mixed into a form before its base: its days and instants get our inputs."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        adopt_widgets(self.fields)


class Form(OurWidgets, forms.Form):
    """A form with our widgets."""


class ModelForm(OurWidgets, forms.ModelForm):
    """A form of a model with our widgets."""


def _required(field: forms.Field) -> str:
    if isinstance(field, forms.FileField):
        return _("请选择文件。")
    if isinstance(field, forms.BooleanField):
        return _("请勾选。")
    return _("请选择。") if isinstance(field, forms.ChoiceField | forms.ModelChoiceField) else _("请填写。")


class RecordsField(forms.ModelMultipleChoiceField):
    """A choice of several records. A key beyond what the database can hold is no choice; Django makes a fault of it."""

    def clean(self, value: Any) -> Any:
        """The records chosen."""
        try:
            return super().clean(value)
        except OverflowError as error:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from error


# Django's own sentences, known by identity (a sentence that a form chose itself is another object), and ours.
_SENTENCES: list[tuple[Any, Callable[[forms.Field], str]]] = [
    (forms.Field.default_error_messages["required"], _required),
    (MaxLengthValidator.message, lambda _f: _("最多%(limit_value)s个字，现在有%(show_value)s个，请删减。")),
    (MinLengthValidator.message, lambda _f: _("至少%(limit_value)s个字，现在有%(show_value)s个，请补充。")),
    (MaxValueValidator.message, lambda _f: _("不能大于%(limit_value)s。")),
    (MinValueValidator.message, lambda _f: _("不能小于%(limit_value)s。")),
    (EmailValidator.message, lambda _f: _("不是有效的电子邮箱地址，请检查。")),
    (forms.IntegerField.default_error_messages["invalid"], lambda _f: _("请填写整数。")),
    (forms.DecimalField.default_error_messages["invalid"], lambda _f: _("请填写数字。")),
    (
        forms.DateField.default_error_messages["invalid"],
        lambda _f: _("不是有效的日期，请按“2017-05-19”这样填写。"),
    ),
    (
        forms.DateTimeField.default_error_messages["invalid"],
        lambda _f: _("不是有效的时间，请按“2017-05-19 09:30”这样填写。"),
    ),
    (
        forms.ChoiceField.default_error_messages["invalid_choice"],
        lambda _f: _("“%(value)s”不在可选的范围里，请重新选择。"),
    ),
    (
        forms.ModelChoiceField.default_error_messages["invalid_choice"],
        lambda _f: _("选中的一项已经不能使用，请重新选择。"),
    ),
    (
        forms.ModelMultipleChoiceField.default_error_messages["invalid_choice"],
        lambda _f: _("选中的一项已经不能使用，请重新选择。"),
    ),
    (forms.FileField.default_error_messages["empty"], lambda _f: _("文件是空的，请重新选择。")),
    (forms.FileField.default_error_messages["missing"], lambda _f: _("请选择文件。")),
]


def sentences(bound: forms.BoundField) -> list[str]:
    """What is wrong with a field, in our words where Django's default sentence would stand."""
    return [_sentence(bound.field, error) for error in bound.errors.as_data()]


def _sentence(field: forms.Field, error: ValidationError) -> str:
    for theirs, ours in _SENTENCES:
        if error.message is theirs:
            text = ours(field)
            return text % error.params if error.params else text
    return " ".join(str(message) for message in error.messages)
