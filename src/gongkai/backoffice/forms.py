"""The sign-in form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """User name and password. A wrong name and a wrong password get the same answer."""

    username = forms.CharField(
        label=_("用户名"), max_length=64, widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label=_("密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    error_messages: dict[str, Any] = {
        "invalid_login": _("用户名或密码不对，请重新输入。忘记密码请联系本单位的系统管理员。"),
        "inactive": _("用户名或密码不对，请重新输入。忘记密码请联系本单位的系统管理员。"),
    }
