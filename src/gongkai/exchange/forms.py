"""Forms of the mapping pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongkai.enquiries.models import EnquiryResult
from gongkai.exchange.mapped import FIELDS, USUAL_RESULTS, guess, is_personal
from gongkai.exchange.models import LAST_HEADER_ROW, ColumnMapping, DayOrder, MappedRegister
from gongkai.ui.forms import Form

ACCEPTED = ".xlsx,.xls,.et,.ods,.csv"
FIELD_PREFIX = "column_"


class ExportForm(Form):
    """An export to be imported."""

    file = forms.FileField(
        label=_("导出的文件"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("XLSX、XLS 或 CSV。文件只在内存里读，不保存。"),
    )


class SampleForm(Form):
    """The export from which a mapping is made."""

    header_row = forms.IntegerField(
        label=_("表头所在行"),
        initial=1,
        min_value=1,
        max_value=LAST_HEADER_ROW,
        help_text=_("列名在第几行。上面有大标题的，表头一般在第2行。"),
    )
    file = ExportForm.base_fields["file"]


class MappingForm(Form):
    """Which column fills which field. Columns of persons' data are not offered."""

    name = forms.CharField(label=_("名称"), max_length=64, help_text=_("对方系统的名称，例如：市12345平台。"))
    register = forms.ChoiceField(label=_("导入到"), choices=MappedRegister.choices)
    day_order = forms.ChoiceField(label=_("日期写法"), choices=DayOrder.choices)

    def __init__(
        self,
        *args: Any,
        headers: Sequence[str],
        said: Sequence[str] = (),
        mapping: ColumnMapping | None = None,
        **kwargs: Any,
    ) -> None:
        known = mapping.columns if mapping else {}
        guessed = {name: header for name, header in known.items() if header in headers} or guess(headers)
        initial: dict[str, Any] = {FIELD_PREFIX + name: header for name, header in guessed.items()}
        initial |= {"results": _lines_of(mapping, said)}
        if mapping:
            initial |= {"name": mapping.name, "register": mapping.register, "day_order": mapping.day_order}
        super().__init__(*args, initial=initial, **kwargs)
        offered = [(header, header) for header in headers if not is_personal(header)]
        for mapped in FIELDS:
            self.fields[FIELD_PREFIX + mapped.name] = forms.ChoiceField(
                label=mapped.label,
                required=mapped.required,
                choices=[("", _("请选择") if mapped.required else _("没有这一列")), *offered],
                help_text=mapped.help,
            )
        self.fields["results"] = forms.CharField(
            label=_("结果的说法"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 6}),
            help_text=_(
                "选了「办理结果」列才需要。一行一种，写成「对方的说法 = 本系统的结果」。本系统的结果有：%(results)s。"
            )
            % {"results": "、".join(str(label) for label in EnquiryResult.labels)},
        )

    @property
    def columns(self) -> dict[str, str]:
        """The chosen header by field."""
        return {mapped.name: self.cleaned_data.get(FIELD_PREFIX + mapped.name, "") for mapped in FIELDS}

    def clean_results(self) -> dict[str, str]:
        """The result by what the other system writes. Raises `ValidationError` for a line that says neither."""
        by_label = {str(label): value for value, label in EnquiryResult.choices}
        found = {}
        for line in self.cleaned_data["results"].splitlines():
            said, equals, label = (part.strip() for part in line.replace("＝", "=").partition("="))
            if not line.strip() or (equals and not label):
                continue
            if label not in by_label:
                raise ValidationError(_("「%(line)s」没有写成「对方的说法 = 本系统的结果」。") % {"line": line.strip()})
            found[said] = by_label[label]
        return found


def _lines_of(mapping: ColumnMapping | None, said: Sequence[str]) -> str:
    """The translations as lines: those saved, and what the sample says besides."""
    labels = {str(value): str(label) for value, label in EnquiryResult.choices}
    known = dict(mapping.results) if mapping else {}
    return "\n".join(_each(known, said, labels))


def _each(known: dict[str, str], said: Sequence[str], labels: dict[str, str]) -> Iterator[str]:
    for text, value in known.items():
        yield f"{text} = {labels[value]}"
    for text in said:
        if text not in known:
            yield (
                f"{text} = {labels.get(str(USUAL_RESULTS.get(text, '')), '')}".rstrip(" ")
                if (text in USUAL_RESULTS)
                else f"{text} = "
            )
