"""Forms of what else is said of an item: its details, and whether it is in force."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.publishing.acts import DetailFields
from gongkai.publishing.models import NOTE_LENGTH, DayUnit, DisclosureAttribute, Ground, Item, TermEnd, Validity
from gongkai.publishing.practice import practice_of
from gongkai.ui.forms import Form

# The articles are those of the Regulations of 2019 (Order 711).
GROUND_ARTICLES = {
    Ground.STATE_SECRET: "第十四条",
    Ground.PROHIBITED: "第十四条",
    Ground.SECURITY: "第十四条",
    Ground.THIRD_PARTY: "第十五条",
    Ground.INTERNAL: "第十六条第一款",
    Ground.PROCESS: "第十六条第二款",
    Ground.CASE_FILE: "第十六条第二款",
}
GROUNDS = [
    (
        ground.value,
        f"{ground.label}（条例{GROUND_ARTICLES[ground]}）" if ground in GROUND_ARTICLES else str(ground.label),
    )
    for ground in Ground
]


class DetailsForm(Form):
    """What else is said of an item; `digest` is that of the content the officer opened."""

    issuers = forms.CharField(
        label=_("联合发文机构"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("几个机关联合发文的，每行写一个其他机关的全称，不写本机构。"),
    )
    effective_on = forms.DateField(
        label=_("实施日期"), required=False, help_text=_("文件写明自某日起施行的，填那一天。")
    )
    valid_until = forms.DateField(
        label=_("有效期至"), required=False, help_text=_("有效期的最后一天。过了这一天，显示为已失效。")
    )
    ground = forms.ChoiceField(
        label=_("不公开的理由"),
        required=False,
        choices=[("", _("没有"))],
        help_text=_("公开属性是「不予公开」的必须选；是「依申请公开」的，有理由就选。"),
    )
    ground_note = forms.CharField(label=_("理由说明"), required=False, max_length=NOTE_LENGTH)
    publicity_days = forms.IntegerField(
        label=_("公示天数"), required=False, min_value=1, help_text=_("公示名单等只在一段时间内公开的填；其余不填。")
    )
    publicity_unit = forms.ChoiceField(
        label=_("公示期按"), required=False, choices=[("", _("不是公示")), *DayUnit.choices]
    )
    publicity_then = forms.ChoiceField(
        label=_("公示期满后"),
        required=False,
        choices=[("", _("不是公示")), *TermEnd.choices],
        help_text=_("到期由系统自动处理，办理记录和原来的版本都保留。"),
    )
    digest = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        """Ask for a ground only of what is not disclosed proactively."""
        super().__init__(*args, **kwargs)
        practice = practice_of(item.agency)
        unit = dict(DayUnit.choices).get(practice.publicity_unit, "")
        self.fields["publicity_days"].help_text = _(
            "公示名单等只在一段时间内公开的填；其余不填。本机构通常公示%(days)s个%(unit)s。"
        ) % {"days": practice.publicity_days, "unit": unit}
        if item.attribute == DisclosureAttribute.PROACTIVE:
            del self.fields["ground"], self.fields["ground_note"]
        else:
            field = self.fields["ground"]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("没有")), *GROUNDS]

    def details(self) -> DetailFields:
        """What was typed, as the act takes it."""
        data = self.cleaned_data
        names = (line.strip() for line in data["issuers"].splitlines())
        return DetailFields(
            effective_on=data["effective_on"],
            valid_until=data["valid_until"],
            issuers=tuple(name for name in names if name),
            ground=data.get("ground", ""),
            ground_note=data.get("ground_note", "").strip(),
            publicity_days=data["publicity_days"],
            publicity_unit=data["publicity_unit"],
            publicity_then=data["publicity_then"],
        )


def initial_of_details(item: Item, digest: str) -> dict[str, Any]:
    """What the form shows of an item."""
    return {
        "issuers": "\n".join(item.issuers),
        "effective_on": item.effective_on,
        "valid_until": item.valid_until,
        "ground": item.ground,
        "ground_note": item.ground_note,
        "publicity_days": item.publicity_days,
        "publicity_unit": item.publicity_unit,
        "publicity_then": item.publicity_then,
        "digest": digest,
    }


class ValidityForm(Form):
    """Whether a document is in force since a day, and by what that was decided."""

    validity = forms.ChoiceField(label=_("有效性"), choices=[("", _("请选择")), *Validity.choices])
    from_on = forms.DateField(label=_("自"), help_text=_("从这一天起是这样，公众会看到。"))
    note = forms.CharField(
        label=_("依据"), max_length=NOTE_LENGTH, help_text=_("例如清理结果公布的文号。只在系统内部显示，不对外公开。")
    )
