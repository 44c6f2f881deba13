"""Forms of agencies, departments, posts, officers and holdings."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.acts import AMENDABLE
from gongkai.agencies.models import Agency, Department, Officer, Post, PostHolding, Role
from gongkai.ui.forms import Form, ModelForm, RecordsField


class AgencyForm(ModelForm):
    """Change what an agency is called and how it is reached."""

    class Meta:
        model = Agency
        fields = AMENDABLE[Agency]
        widgets: ClassVar[dict[str, Any]] = {
            "duties": forms.Textarea(attrs={"rows": 4}),
            "guide": forms.Textarea(attrs={"rows": 8}),
        }
        error_messages: ClassVar[dict[str, Any]] = {"credit_code": {"unique": _("这个统一社会信用代码已有机构使用。")}}
        help_texts: ClassVar[dict[str, Any]] = {
            "document_code": _("发文字号中的机关代字。例如：示房"),
            "region_code": _("例如：999901"),
            "guide": _("公众在「公开指南」栏目看到的内容。"),
            "to_on": _("仍在的不填。"),
        }


class NewAgencyForm(AgencyForm):
    """Put a subordinate agency into the ledger; its code is never changed."""

    class Meta(AgencyForm.Meta):
        fields = ("code", *AMENDABLE[Agency])
        error_messages: ClassVar[dict[str, Any]] = {
            **AgencyForm.Meta.error_messages,
            "code": {"unique": _("这个机构代码已有机构使用，请换一个。")},
        }
        help_texts: ClassVar[dict[str, Any]] = {
            **AgencyForm.Meta.help_texts,
            "code": _("用在网址里，小写字母、数字或连字符，建立后不能修改。"),
        }


class DepartmentForm(ModelForm):
    """Add or rename a department."""

    class Meta:
        model = Department
        fields = ("name", "position")
        help_texts: ClassVar[dict[str, Any]] = {"position": _("数小的排在前面。")}


class NewDepartmentForm(Form):
    """Add a department; it stands last until its position is changed."""

    name = forms.CharField(label=_("股室名称"), max_length=64)


class OfficerForm(ModelForm):
    """Change an officer's name or department."""

    class Meta:
        model = Officer
        fields = AMENDABLE[Officer]

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = agency.departments.all()  # type: ignore[attr-defined]  # a choice of records
        self.fields["department"].empty_label = _("不属于股室")  # type: ignore[attr-defined]


class AccountForm(Form):
    """Open an account."""

    username = forms.CharField(label=_("用户名"), max_length=64)
    password = forms.CharField(
        label=_("初始密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少10位，不要用姓名、用户名或常见密码。请当面交给本人。"),
    )


class PasswordForm(Form):
    """Set a new password."""

    password = forms.CharField(
        label=_("新密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少10位，不要用姓名、用户名或常见密码。请当面交给本人。"),
    )


class PostForm(ModelForm):
    """Change the title or the departments of a post."""

    class Meta:
        model = Post
        fields: ClassVar[tuple[str, ...]] = AMENDABLE[Post]
        widgets: ClassVar[dict[str, Any]] = {"departments": forms.CheckboxSelectMultiple}
        field_classes: ClassVar[dict[str, Any]] = {"departments": RecordsField}
        help_texts: ClassVar[dict[str, Any]] = {"departments": _("负责或者所在的股室；都不选表示全部股室。")}

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "role" in self.fields:
            self.fields["role"].choices = [("", _("请选择")), *Role.choices]  # type: ignore[attr-defined]  # a choice
        self.fields["departments"].queryset = agency.departments.all()  # type: ignore[attr-defined]  # a choice of records


class NewPostForm(PostForm):
    """Add a post; its role is never changed."""

    class Meta(PostForm.Meta):
        fields: ClassVar[tuple[str, ...]] = ("role", *AMENDABLE[Post])


class HolderField(forms.ModelChoiceField):
    """A choice of holdings, by who holds which post."""

    def label_from_instance(self, obj: Any) -> str:
        """The name with the post."""
        return f"{obj.officer.name}（{obj.post.title}）"


class AppointForm(Form):
    """Appoint an officer of the agency to a post."""

    officer = forms.ModelChoiceField(label=_("人员"), queryset=Officer.objects.none(), empty_label=_("请选择"))
    from_on = forms.DateField(label=_("任职的第一日"))
    to_on = forms.DateField(
        label=_("任职的最后一日"),
        required=False,
        help_text=_("长期任职的不填；临时任职的填写最后一日。外出授权请用「外出授权」。"),
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = agency.officers.order_by("name", "pk")  # type: ignore[attr-defined]  # a choice of records


class DeputyForm(Form):
    """Let an officer stand in for the holder of a post."""

    holding = HolderField(label=_("谁外出"), queryset=PostHolding.objects.none(), empty_label=_("请选择"))
    officer = forms.ModelChoiceField(label=_("由谁代"), queryset=Officer.objects.none(), empty_label=_("请选择"))
    from_on = forms.DateField(label=_("授权的第一日"))
    to_on = forms.DateField(label=_("授权的最后一日"), help_text=_("到期自动结束；提前回来的，在「任职」里结束。"))

    def __init__(self, *args: Any, agency: Agency, holdings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holding"].queryset = holdings  # type: ignore[attr-defined]  # a choice of records
        self.fields["officer"].queryset = agency.officers.order_by("name", "pk")  # type: ignore[attr-defined]


class SamePersonForm(Form):
    """Name another record of the same natural person."""

    other = forms.ModelChoiceField(
        label=_("与谁是同一人"),
        queryset=Officer.objects.none(),
        required=False,
        empty_label=_("不是别人"),
        help_text=_("同一人的几个账号在审核里只算一个人：不能自己起草、自己审核、自己签发。"),
    )

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = others  # type: ignore[attr-defined]  # a choice of records


class EndForm(Form):
    """The last day of a holding."""

    to_on = forms.DateField(label=_("任职的最后一日"))
