"""The sign-in form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from gongkai.accounts import sign_in
from gongkai.ui.forms import Form


class SignInForm(AuthenticationForm):
    """User name and password. A wrong name and a wrong password get the same answer, and so does either too often.

    While a user name is locked its password is not looked at: guessing right tells nothing.
    """

    username = forms.CharField(
        label=_("用户名"), max_length=64, widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label=_("密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    error_messages: dict[str, Any] = {
        "invalid_login": _("用户名或密码不对，请重新输入。忘记密码请联系本单位的系统管理员。"),
        "inactive": _("用户名或密码不对，请重新输入。忘记密码请联系本单位的系统管理员。"),
        "locked": _("用户名或密码连续输错太多次，请%(minutes)d分钟后再试。忘记密码请联系本单位的系统管理员。"),
    }

    @sensitive_variables()
    def clean(self) -> dict[str, Any]:
        """Sign in, unless the user name was given with wrong passwords too often."""
        username, at = self.cleaned_data.get("username"), timezone.now()
        if not username or not self.cleaned_data.get("password"):
            return dict(super().clean())
        if sign_in.is_locked(username, at):
            minutes = int(sign_in.WINDOW.total_seconds() // 60)
            raise forms.ValidationError(self.error_messages["locked"], code="locked", params={"minutes": minutes})
        try:
            cleaned = dict(super().clean())
        except forms.ValidationError:
            sign_in.note_failure(username, at)
            raise
        sign_in.forget_failures(username)
        return cleaned


class OwnPasswordForm(Form):
    """Set another password for the own account."""

    old = forms.CharField(
        label=_("原密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    password = forms.CharField(
        label=_("新密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少10位，不要用姓名、用户名或常见密码。"),
    )
    again = forms.CharField(
        label=_("再输入一次新密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    @sensitive_variables()
    def clean_again(self) -> str:
        """The new password, typed alike twice."""
        again = str(self.cleaned_data["again"])
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError(_("两次输入的新密码不一样，请重新输入。"))
        return again
