"""The form of a chain: a name and a row for each step. Works without JavaScript: rows without a name are no step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Role
from gongkai.review.chains import ROUNDS, StepPlan
from gongkai.review.models import StepKind
from gongkai.review.permissions import APPROVING_ROLES, LABEL_LENGTH, MOST_STEPS
from gongkai.ui.forms import Form


class ChainForm(Form):
    """The name of a chain."""

    name = forms.CharField(label=_("流程名称"), max_length=64)


class StepForm(Form):
    """One step; without a label there is none."""

    label = forms.CharField(label=_("环节名称"), max_length=LABEL_LENGTH, required=False)
    place = forms.IntegerField(label=_("次序"), min_value=1, max_value=99)
    kind = forms.ChoiceField(label=_("环节性质"), choices=StepKind.choices)
    roles = forms.MultipleChoiceField(
        label=_("由谁办理"),
        choices=[(role.value, role.label) for role in Role if role in APPROVING_ROLES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("勾几种岗位，其中任何一人都可以办理。"),
    )
    checks_secrecy = forms.BooleanField(label=_("本环节作保密审查，办理时必须选审查结论"), required=False)
    rounds = forms.TypedMultipleChoiceField(
        label=_("三审三校"),
        choices=list(ROUNDS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("人少的单位可以把两项合在一个环节。"),
    )

    @property
    def is_step(self) -> bool:
        """Whether the row names a step."""
        return bool(self.cleaned_data.get("label", "").strip())

    def plan(self) -> StepPlan:
        """The step that the row tells."""
        data = self.cleaned_data
        return StepPlan(
            data["kind"],
            data["label"].strip(),
            tuple(data["roles"]),
            data["checks_secrecy"],
            tuple(sorted(data["rounds"])),
        )


class BaseStepFormSet(forms.BaseFormSet):
    """The steps of a chain, in the order of their places."""

    def plans(self) -> list[StepPlan]:
        """The steps that the rows tell, in order."""
        rows: list[Any] = [form for form in self.forms if form.is_step]
        return [form.plan() for form in sorted(rows, key=lambda form: form.cleaned_data["place"])]


StepFormSet: Any = forms.formset_factory(StepForm, formset=BaseStepFormSet, extra=0, max_num=MOST_STEPS + 4)


def initial_rows(plans: list[StepPlan]) -> list[dict[str, Any]]:
    """The steps as rows of the form, with two empty rows to add some."""
    rows: list[dict[str, Any]] = [
        {
            "label": plan.label,
            "place": place * 10,
            "kind": str(plan.kind),
            "roles": [str(role) for role in plan.roles],
            "checks_secrecy": plan.checks_secrecy,
            "rounds": list(plan.rounds),
        }
        for place, plan in enumerate(plans, start=1)
    ]
    empty = max(0, min(2, MOST_STEPS - len(rows)))
    last = 10 * len(rows)
    return rows + [{"place": last + 10 * number, "kind": StepKind.REVIEW.value} for number in range(1, empty + 1)]
